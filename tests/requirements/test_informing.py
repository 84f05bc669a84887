"""Telling people of their rights: public cards, the card to hand over, the unit's own round of telling.

Rows A01, A05, A07, A11 to A16, B10, B17, C17, Q06, S01 to S06, S08, T09.
"""

from datetime import date, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.directory import Listed
from bot.domain.law import Right
from bot.domain.rules import Audience
from bot.engine.texts import Language, Text, t
from bot.profile import load_law, load_profile, profile_warnings, shipped_profiles
from bot.services import due
from bot.store import tasks
from conversations.cards import COORDINATOR, FAQ, GROUP, PLAN, YOUNG, childrens_coordinator, criteria, paper, rights
from conversations.contact_card import contact_card, service_card
from conversations.info import ROOMS
from tests.requirements.walks import apply, grant, how_many, newcomer, numbered, open_case, open_kinds, unit
from tests.world import Chat, World

HANDBOOKS = [each for each in shipped_profiles() if each != "demo"]


WHAT, RIGHTS, MORE = (words.msgid for words, _ in ROOMS.values())


async def read(world: World, chat: Chat, *presses: str) -> str:
    """Open the information and press; what the last message says."""
    await world.write(chat, "/info")
    return (await world.press(chat, *presses)).text


@pytest.mark.parametrize(
    ("topic", "card"),
    [
        ((WHAT, "Coordinator"), COORDINATOR),
        ((WHAT, "Individual plan"), PLAN),
        ((WHAT, "Responsibility group"), GROUP),
        ((WHAT, "Children's coordinator"), childrens_coordinator(load_law(date(2026, 3, 2)), load_profile("demo"))),
        ((RIGHTS, "For you who are under 18"), YOUNG),
        ((RIGHTS, "Your rights"), rights(load_law(date(2026, 3, 2)), Language.NN)),
        ((RIGHTS, "Who is it for?"), criteria(load_profile("demo"), Language.NN)),
        ((MORE, "Forms on paper"), paper(load_profile("demo"), Language.NN)),
        (("Phone and address",), contact_card(load_profile("demo"), Language.NN)),
    ],
)
async def test_A05_A13_B10_B17_every_card_is_there_for_anyone(world: World, topic: tuple[str, ...], card: Text) -> None:
    chat = world.newcomer("nn")
    words = await read(world, chat, *topic)
    assert await world.words(chat, card) in words


async def test_A05_reading_stores_nothing_and_needs_no_link(world: World) -> None:
    chat = world.newcomer("nb")
    for topic in ("Coordinator", "Children's coordinator", "Individual plan"):
        await world.write(chat, "/info")
        await world.press(chat, WHAT, topic, "That is all")
    assert {table: await how_many(world, table) for table in ("cases", "ke_tasks", "answers", "inquiries")} == {
        "cases": 0,
        "ke_tasks": 0,
        "answers": 0,
        "inquiries": 0,
    }


async def test_A07_the_directory_shows_the_way_and_a_human_is_beside_it(world: World) -> None:
    chat = await newcomer(world, "Nynorsk")
    await world.write(chat, "/info")
    await world.press(chat, "Who can help with what?", "Choose from the list", "A child from 6 to 12")
    first = next(each for each in world.municipality.profile.services if each.audience in {Audience.CHILD, Audience.BOTH})
    words = (await world.press(chat, numbered(first.name.nn))).text
    listed = Listed(service=first, checked_on=first.verified, days_since=0, wrong=False)
    assert await world.words(chat, service_card(listed, Language.NN)) in words
    await world.press(chat, "Ask us", "Write a message")
    await world.write(chat, "Kven kan hjelpe oss med skyss?")
    assert await open_kinds(world) == [TaskKind.INQUIRY]
    assert await world.says(chat, "Thank you. A person will read it and answer you.", last=1)


async def test_A11_the_childrens_coordinator_since_when_until_when_and_no_diagnosis(world: World) -> None:
    chat = world.newcomer("nn")
    words = await read(world, chat, WHAT, "Children's coordinator")
    assert "1. august 2022" in words
    assert "18" in words
    section = world.municipality.law(date(2026, 3, 2)).section(Right.CHILDREN_COORDINATOR)
    assert section.since == date(2022, 8, 1)
    assert await world.says(chat, "What counts is how much help is needed, never the name of an illness.", last=1)


async def test_A12_the_directorates_film(world: World) -> None:
    chat = world.newcomer("nb")
    assert str(world.municipality.profile.links.video) in await read(world, chat, MORE, "A short film")


@pytest.mark.parametrize("name", shipped_profiles())
def test_A12_B17_every_link_of_a_profile_can_be_opened(name: str) -> None:
    links = load_profile(name).links
    for each in (links.home, links.video, links.application_form, links.consent_form, links.evaluation_form, links.plan_template):
        assert each is None or each.startswith("https://") or each.startswith("http://")
    assert links.video is None or "watch?v=" in links.video or "video" in links.video


def test_A13_lund_counts_beyond_the_doctor_and_the_nurse_and_nobody_counts_months() -> None:
    lund, ringerike = load_profile("lund").criteria, load_profile("ringerike").criteria
    assert "fastlege" in lund.coordinated.nb
    assert "helsesykepleie" in lund.coordinated.nb
    assert "fastlege" not in ringerike.coordinated.nb
    assert lund.services_needed == ringerike.services_needed == 2
    for each in map(load_profile, HANDBOOKS):
        assert not any(digit.isdigit() for digit in each.criteria.long_lasting.nb + each.criteria.long_lasting.nn)
        words = (each.criteria.coordinated, each.criteria.long_lasting)
        assert not any("Du tren" in form for one in words for form in (one.nb, one.nn)), "a parent reads it of a child"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("apply_for_me", id="S01"),
        pytest.param("do_it_all", id="S02"),
        pytest.param("come_along", id="S03"),
        pytest.param("grant", id="S04"),
        pytest.param("binding", id="S04-plan"),
        pytest.param("group_decides", id="S05"),
        pytest.param("duty", id="S06"),
    ],
)
async def test_S01_S02_S03_S04_S05_S06_what_the_role_is_not_and_who_must_help(world: World, number: str) -> None:
    chat = world.newcomer("nb")
    question, answer = FAQ[number]
    await world.write(chat, "/info")
    words = (await world.press(chat, "Questions, forms and reading", "Questions and answers", question)).text
    assert await world.words(chat, answer) in words


async def test_A01_the_card_to_hand_over_is_in_both_forms_and_the_tick_counts_nobody(world: World) -> None:
    teacher = await world.staff("Nils Prøve", Role.REPORTER, department="kultur_oppvekst")
    await world.write(teacher, "/ansatt")
    card = (await world.press(teacher, "A card to hand over")).text
    profile = world.municipality.profile
    for words in ("rett til en koordinator", "rett til ein koordinator", "Koordinerende enhet", "Koordinerande eining", profile.links.home):
        assert words in card
    await world.press(teacher, "I have told someone")
    who = await world.person(teacher)
    (row,) = await world.read(lambda tx: tx.all("SELECT * FROM informed"))
    assert dict(row) == {"month": "2026-03", "person": who, "times": 1}


async def test_A01_whoever_is_not_of_staff_finds_no_desk(world: World) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/ansatt")
    assert not await world.offers(chat, "A card to hand over")
    assert await world.offers(chat, "Talk to a human")


async def turn_to(world: World, day: date) -> None:
    """Let the days pass, with the hourly look at the unit's own tasks before each tick."""
    while world.clock.now().date() < day:
        await world.read(lambda tx: due.of_unit(tx, world.municipality))
        await world.turn(timedelta(days=1))


async def test_A15_each_year_the_unit_gets_the_parents_meetings(world: World) -> None:
    ke = await unit(world)
    await turn_to(world, date(2027, 9, 3))
    kinds = await open_kinds(world)
    assert kinds.count(TaskKind.YEARLY_PARENTS) == 2
    words = next(each.words for each in world.municipality.profile.recurring if each.id == TaskKind.YEARLY_PARENTS)
    assert sum(words.nb in message.text for message in ke.messages) == 2
    found = [task for task in await world.read(tasks.open_tasks) if task.kind is TaskKind.YEARLY_PARENTS]
    assert [task.due_on for task in found] == [date(2026, 9, 1), date(2027, 9, 1)]


async def test_A16_C17_each_week_the_unit_looks_for_those_with_services_and_no_offer(world: World) -> None:
    ke = await unit(world)
    await turn_to(world, date(2026, 3, 24))
    found = [task for task in await world.read(tasks.open_tasks) if task.kind is TaskKind.WEEKLY_SERVICES]
    assert [task.due_on for task in found] == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)]
    await world.write(ke, "/ansatt")
    await world.press(ke, "Tasks", numbered("Find those not yet asked"))
    assert await world.says(ke, "Look for people with several services who have had no offer.", last=1)
    await world.press(ke, "Yes, it is done")
    assert (await open_kinds(world)).count(TaskKind.WEEKLY_SERVICES) == 2


async def test_A15_C17_a_tick_that_comes_twice_or_late_gives_one_task(world: World) -> None:
    await world.read(lambda tx: due.of_unit(tx, world.municipality))
    world.clock.turn(timedelta(days=10))
    for _ in range(3):
        await world.read(lambda tx: due.of_unit(tx, world.municipality))
        await world.tick()
    assert (await open_kinds(world)).count(TaskKind.WEEKLY_SERVICES) == 1


@pytest.mark.parametrize("name", HANDBOOKS)
def test_Q06_every_way_to_reach_the_unit_that_a_handbook_gives_is_shown_and_a_missing_phone_is_warned_of(name: str) -> None:
    profile = load_profile(name)
    shown = contact_card(profile, Language.NN)
    lines = str(shown.args)
    contact = profile.contact
    assert (contact.best_phone() is None) == any("contact has no phone" in each for each in profile_warnings(profile))
    for each in (contact.email, contact.address):
        assert each is None or each in lines
    for number in (contact.phone, contact.switchboard):
        digits = (number or "").removeprefix("+47")
        assert digits in lines.replace(" ", "")


async def test_Q06_the_units_numbers_stand_in_the_receipt_the_help_and_the_information(world: World) -> None:
    chat = await newcomer(world)
    phone = "00 00 01 00"
    await apply(world, chat)
    receipt = chat.last
    assert phone in receipt.text
    assert "koordinerende.enhet@solvik.example" in receipt.text
    assert await world.words(chat, t("Talk to a human")) in receipt.labels
    assert phone in (await world.write(chat, "/hjelp")).text
    assert phone in await read(world, chat, "Phone and address")


async def test_S08_the_unit_sees_who_has_the_main_responsibility_and_who_takes_part(world: World) -> None:
    ke = await unit(world)
    await world.staff("Liv Leder", Role.LEADER, department="hjemmetjenesten")
    chat = await newcomer(world)
    await apply(world, chat)
    await grant(world, ke)
    await open_case(world, ke)
    await world.press(ke, "Find a coordinator", "3. Ask a department")
    lines = {line.partition(":")[0]: line for line in ke.last.text.splitlines() if ". " in line and ":" in line}
    main, part = await world.words(ke, "main responsibility for the task"), await world.words(ke, "takes part")
    assert any("Hjemmetjenesten" in name and main in line for name, line in lines.items())
    assert any("Kultur og oppvekst" in name and part in line for name, line in lines.items())


def test_S08_in_lund_health_has_the_main_responsibility_and_culture_and_schools_take_part() -> None:
    departments = {each.name.nb: each.health_and_care for each in load_profile("lund").departments}
    assert any(departments.values())
    assert [name for name, main in departments.items() if not main]


@pytest.mark.parametrize("right", list(Right))
async def test_T09_a_right_is_shown_with_its_section_and_the_day_it_was_compared(world: World, right: Right) -> None:
    chat = world.newcomer("nn")
    words = await read(world, chat, RIGHTS, "Your rights")
    law = world.municipality.law(date(2026, 3, 2))
    cited = law.section(right).cited.nn
    assert "§" in cited
    assert cited in words
    assert await world.says(chat, t("Compared with the law on {day}.", day=law.checked), last=1)
