"""Applying and reporting: who asks, for whom, for what, and in which words. What the unit does with it: `test_receiving`.

Rows A02 to A04, A06, A08, A11, A13, A14, B01 to B10.
"""

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, ForWhom, Source, TaskKind, Wanted
from bot.engine.texts import Language, t
from bot.store import cases
from conversations.cards import SINGLE_SERVICES, SINGLE_SERVICES_FOR_ANOTHER, YOUNG
from tests.requirements.town import NORA, Town
from tests.requirements.walks import (
    AT_WORK,
    FIRST,
    KNOWN,
    NUMBER,
    apply,
    fill_in,
    how_many,
    newcomer,
    open_case,
    open_kinds,
    the_case,
    to_be_contacted,
    told,
    unit,
    was_told,
)
from tests.world import Chat, World

RIGHT = "Anyone who needs several services over time may have the right to a coordinator and an individual plan."
CHILDRENS = t("A children's coordinator keeps track for the whole family. How much help is needed counts, never the name of an illness.")
DIRECTLY = "You can contact us directly at any time:"


async def roles(world: World) -> list[str]:
    return [role for _, role in await world.read(lambda tx: cases.parties(tx, FIRST))]


async def test_A02_A03_a_need_met_at_work_is_reported_with_the_persons_consent(world: World) -> None:
    ke, teacher = await unit(world), await newcomer(world, "Nynorsk")
    await world.write(teacher, "/sok")
    await world.press(teacher, AT_WORK)
    assert await world.says(teacher, "This takes about two minutes. Report as soon as you can.", last=1)
    await world.write(teacher, "/avbryt")
    await apply(world, teacher, AT_WORK, name="OP", age="Under 16", own_name="Nils Prøve")
    case = await the_case(world)
    assert (case.for_whom, case.source, await roles(world)) == (ForWhom.AT_WORK, Source.CHAT, ["reporter"])
    assert (await told(world)).told is True
    assert case.received_at == world.clock.now()
    assert await world.says(teacher, t("We have received this. Your number is {number}.", number=NUMBER), last=1)
    assert await world.says(ke, t("New case {number}. The clarifying talk should be held by {day}.", number=NUMBER, day=_monday(world)))
    assert await open_kinds(world) == [TaskKind.CLARIFY]


def _monday(world: World) -> object:
    return world.municipality.calendar.add_working_days(world.clock.now().date(), 5)


@pytest.mark.parametrize("answer", ["Yes, but the person says no", "No, not yet"])
async def test_A02_nothing_is_registered_about_someone_who_does_not_know_or_says_no(world: World, answer: str) -> None:
    teacher = await newcomer(world)
    await world.write(teacher, "/sok")
    await world.press(teacher, AT_WORK, answer)
    assert await how_many(world, "cases") == 0
    assert "Trenger du hjelp fra flere tjenester" in teacher.last.text


async def test_A02_who_reported_sees_where_it_stands_and_never_what_is_in_it(world: World) -> None:
    teacher = await newcomer(world)
    await apply(world, teacher, AT_WORK, name="Ola Prøve", need="Trenger noen som holder oversikt", own_name="Nils Prøve")
    before = len(teacher.messages)
    await world.write(teacher, "/sak")
    seen = "\n".join(each.text for each in teacher.messages[before:])
    assert NUMBER in seen
    assert "oversikt" not in seen
    assert "Ola" not in seen


@pytest.mark.parametrize("language", ["Bokmål", "Nynorsk"])
@pytest.mark.parametrize("whom", ["Me", "My child", AT_WORK])
async def test_A04_B13_every_receipt_tells_of_the_right_and_that_one_may_contact_the_unit(world: World, whom: str, language: str) -> None:
    chat = await newcomer(world, language)
    await apply(world, chat, whom)
    for words in (RIGHT, DIRECTLY):
        assert await world.says(chat, words, last=1)
    assert "00 00 01 00" in chat.last.text


async def test_A04_the_shortest_path_and_what_is_entered_by_hand_tell_it_too(world: World) -> None:
    chat, ke = await newcomer(world), await unit(world)
    await to_be_contacted(world, chat)
    assert await world.says(chat, RIGHT, last=1)
    assert await world.says(chat, DIRECTLY, last=1)
    await entered_by_hand(world, ke)
    assert await world.says(ke, "Tell them that they may have the right to a coordinator and an individual plan.", last=1)


async def entered_by_hand(world: World, ke: Chat, source: str = "By phone") -> None:
    """The unit enters what somebody said on the phone or wrote on paper."""
    await world.write(ke, "/ansatt")
    await world.press(ke, "Register a new case", source, "The one who got in touch")
    await world.write(ke, "Ragnhild Prøve")
    await world.press(ke, "By phone")
    await world.write(ke, "55 12 34 56")
    await world.press(ke, "67 or older", "A coordinator", "I don't remember", "I don't know", "Not told", "Not told", "Not told")
    await world.press(ke, "None of these", "Nynorsk", "Yes, this is right")


async def test_A06_three_doors_and_the_phone_lead_to_one_inbox(world: World) -> None:
    ke, recipient = await unit(world), await newcomer(world)
    relative, teacher = await newcomer(world, "Nynorsk"), await world.staff("Nils Prøve", Role.REPORTER, department="kultur_oppvekst")
    await apply(world, recipient)
    await apply(world, relative, "Someone close to me", name="OP", own_name="Eva Prøve")
    await apply(world, teacher, AT_WORK, name="LP", own_name=KNOWN)
    await entered_by_hand(world, ke)
    await world.write(ke, "/ansatt")
    await world.press(ke, "Open cases")
    for number, initials in enumerate(("KP", "OP", "LP", "RP"), start=1001):
        assert await world.says(ke, t("{initials}, no. {number}", initials=initials, number=str(number)), last=1)
    assert await open_kinds(world) == [TaskKind.CLARIFY] * 4


WISHES = [
    ("Yes", "Yes", None, Wanted.BOTH),
    ("Yes", "No", None, Wanted.COORDINATOR),
    ("Yes", "I don't know", None, Wanted.COORDINATOR),
    ("No", "Yes", None, Wanted.PLAN),
    ("I don't know", "Yes", None, Wanted.PLAN),
    ("No", "No", "Yes", Wanted.GROUP),
    ("No", "No", "No", Wanted.UNSURE),
    ("I don't know", "I don't know", None, Wanted.UNSURE),
]


@pytest.mark.parametrize(("coordinator", "plan", "group", "wanted"), WISHES)
async def test_A14_B02_coordinator_and_plan_are_two_questions_and_each_answer_is_full(
    world: World, coordinator: str, plan: str, group: str | None, wanted: Wanted
) -> None:
    chat = await newcomer(world)
    await apply(world, chat, coordinator=coordinator, plan=plan, group=group)
    assert (await the_case(world)).wanted is wanted


async def test_A08_who_wants_no_plan_hears_of_the_group_and_can_have_one(world: World) -> None:
    chat = await newcomer(world, "Nynorsk")
    await world.write(chat, "/sok")
    await world.press(chat, "Me")
    await world.write(chat, "Kari Prøve")
    await world.press(chat, "18 to 66", "I don't remember", "Yes", "No", "No")
    assert await world.says(chat, "A responsibility group meets and agrees on what to do. It can be set up without a plan.", last=1)
    assert await world.says(chat, "Is a responsibility group wanted?", last=1)


@pytest.mark.parametrize("whom", ["A child we expect", "My child"])
async def test_A11_a_family_reaches_the_childrens_coordinator_without_a_diagnosis(world: World, whom: str) -> None:
    ke, parent = await unit(world), await newcomer(world, "Nynorsk")
    await apply(world, parent, whom, name="Lillebror", age="Under 16", own_name="Eva Prøve")
    assert await was_told(world, parent, CHILDRENS)
    case = await the_case(world)
    assert case.age_group is (AgeGroup.UNBORN if whom == "A child we expect" else AgeGroup.UNDER_16)
    assert await roles(world) == ["parent"]
    await open_case(world, ke)
    assert await world.says(ke, "This is about a child: a children's coordinator.", last=1)
    asked = [each.text.casefold() for each in parent.messages if each.rows]
    assert not any("diagnos" in words for words in asked)


async def test_A11_at_eighteen_the_childrens_path_ends(world: World) -> None:
    parent = await newcomer(world)
    await apply(world, parent, "My child", age="18 to 66")
    assert not await was_told(world, parent, CHILDRENS)


async def test_A13_the_criteria_are_explained_and_turn_nobody_away(world: World) -> None:
    chat = await newcomer(world, "Nynorsk")
    await apply(world, chat, long_lasting="No", coordinator="No", plan="No", group="No", name=None, age=None)
    for words in (world.municipality.profile.criteria.coordinated, world.municipality.profile.criteria.long_lasting):
        sentence = t("The law has this in mind: {words} Any answer is fine, and nobody is turned away.", words=words.text(Language.NN))
        assert await was_told(world, chat, sentence)
    assert (await told(world)).services == ()
    assert await open_kinds(world) == [TaskKind.CLARIFY]
    assert await world.says(chat, t("We have received this. Your number is {number}.", number=NUMBER), last=1)


async def test_B01_one_question_on_a_screen_and_no_more_than_a_dozen(world: World) -> None:
    chat = await newcomer(world)
    before = len(chat.messages)
    await world.write(chat, "/sok")
    await fill_in(world, chat)
    questions = chat.messages[before:]
    assert len(questions) <= 12
    # Each answer settles its question: only the newest still has buttons.
    assert [bool(each.rows) for each in questions] == [False] * (len(questions) - 1) + [True]


@pytest.mark.parametrize(
    ("whom", "role", "for_whom"),
    [
        ("Me", "self", ForWhom.ME),
        ("My child", "parent", ForWhom.MY_CHILD),
        ("Someone I am guardian for", "guardian", ForWhom.WARD),
        ("Someone close to me", "relative", ForWhom.RELATIVE),
        (AT_WORK, "reporter", ForWhom.AT_WORK),
    ],
)
async def test_B03_S01_who_applies_is_asked_first_and_single_services_are_ones_own_matter(
    world: World, whom: str, role: str, for_whom: ForWhom
) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/sok")
    assert await world.says(chat, "Who is this about?", last=1)
    await fill_in(world, chat, whom)
    await world.press(chat, "Yes, this is right")
    assert ((await the_case(world)).for_whom, await roles(world)) == (for_whom, [role])
    for_me, for_another = [await world.says(chat, each, last=1) for each in (SINGLE_SERVICES, SINGLE_SERVICES_FOR_ANOTHER)]
    own_matter = whom != AT_WORK
    assert (for_me, for_another) == (whom == "Me", own_matter and whom != "Me"), "nobody else has a guardian here, or services to get"
    assert ("https://solvik.example/tjenester" in chat.last.text) is own_matter


async def test_B04_the_wish_weighs_first_and_the_outcome_is_told_back(world: World) -> None:
    town = await Town.of(world)
    applicant = await town.applied(wish="Kim, helst")
    await town.granted()
    await town.looks_for()
    assert await world.says(town.anne, t("Next by the rule: {step}. You choose.", step=t("1. The person's wish")), last=1)
    await world.press(town.anne, "1. The person's wish")
    assert "1. Kim Prøve" in town.anne.last.text
    assert "Kim, helst" in town.anne.last.text
    await world.press(town.anne, NORA)
    await town.says_why()
    await town.leader_agrees()
    await town.accepts(town.nora)
    assert await world.says(applicant, t("You wished for: {wish}. We have looked at your wish first.", wish="Kim, helst"))


async def test_B05_B07_ones_own_words_reach_the_unit_in_full_and_are_never_needed(world: World) -> None:
    ke, chat, other = await unit(world), await newcomer(world, "Nynorsk"), await newcomer(world)
    need, important = "Å sleppe å fortelje alt om igjen. " * 50, "Å komme meg ut i båten"
    await apply(world, chat, need=need.strip(), important=important)
    await apply(world, other)
    assert ((await told(world)).need, (await told(world)).important) == (need.strip(), important)
    await open_case(world, ke)
    await world.press(ke, "Read all their words")
    assert any(need.strip() in each.text for each in ke.messages)
    assert (await told(world, type(FIRST)(2))).need is None


async def test_B06_A13_services_are_picked_from_the_directory_or_not_remembered(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await apply(world, chat, services=["Hjemmetjeneste", "Fysioterapi"])
    assert (await told(world)).services == ("hjemmetjeneste", "fysioterapi")
    await open_case(world, ke)
    assert "Hjemmetjeneste" in ke.last.text
    assert "Fysioterapi" in ke.last.text


async def test_B08_the_written_form_and_the_interpreter_are_asked_once_and_reach_the_coordinator(world: World) -> None:
    town = await Town.of(world)
    await town.appointed("Nynorsk", needs=["Interpreter", "Plenty of time"], tongue="polsk", wish="Nora")
    assert (await the_case(world)).language is Language.NN
    for staff in (town.anne, town.nora):
        needs = t(
            "Keep in mind: {needs}", needs=f"{await world.words(staff, 'Interpreter')}: polsk, {await world.words(staff, 'Plenty of time')}"
        )
        await world.write(staff, "/ansatt")
        if staff is town.nora:
            await world.press(staff, "Those I coordinate for", t("{initials}, no. {number}", initials="KP", number=NUMBER))
        else:
            await world.press(staff, "Find a case by number")
            await world.write(staff, NUMBER)
        assert await world.says(staff, needs, last=1)
        assert "Nynorsk" in staff.last.text
        assert "interpreter" not in staff.last.text


async def test_B09_two_presses_are_enough(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world, "Nynorsk")
    await world.write(chat, "/sok")
    await world.press(chat, "Ask someone to contact me")
    assert await how_many(world, "cases") == 0
    await world.press(chat, "Here in Samråd")
    assert (await the_case(world)).wanted is Wanted.CONTACT
    assert await open_kinds(world) == [TaskKind.CLARIFY]
    assert await world.says(ke, t("New case {number}. The clarifying talk should be held by {day}.", number=NUMBER, day=_monday(world)))


async def test_B09_meet_me_where_i_am(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await world.write(chat, "/sok")
    await world.press(chat, "Ask someone to contact me", "Come and meet me")
    await world.write(chat, "På benken ved biblioteket")
    assert ((await told(world)).reach, (await told(world)).reach_details) == ("visit", "På benken ved biblioteket")
    await open_case(world, ke)
    assert "På benken ved biblioteket" in ke.last.text


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("55 12 34 56", "+4755123456", "55 12 34 56"),
        ("+47 55123456", "+4755123456", "55 12 34 56"),
        ("tlf 0047 55 12 34 56", "+4755123456", "55 12 34 56"),
        ("55 12 34 56, helst etter fire", "55 12 34 56, helst etter fire", "55 12 34 56, helst etter fire"),
    ],
)
async def test_B09_a_phone_number_is_read_as_people_write_it_and_never_thrown_away(
    world: World, written: str, stored: str, shown: str
) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await world.write(chat, "/sok")
    await world.press(chat, "Ask someone to contact me", "Phone me")
    await world.write(chat, written)
    assert (await told(world)).reach_details == stored
    await open_case(world, ke)
    assert await world.says(ke, t("How: {details}", details=shown), last=1)


async def test_B10_young_people_are_spoken_to_and_the_child_has_lines_of_its_own(world: World) -> None:
    young, parent = await newcomer(world, "Nynorsk"), await newcomer(world)
    await apply(world, young, name="Mia Prøve", age="Under 16")
    assert await was_told(world, young, YOUNG)
    await apply(world, parent, "My child", name="Ola", age="Under 16", need="Hjelp på skolen", important="Å spille fotball")
    assert await was_told(world, parent, "What is important to the child? The child can write here too.")
    assert (await told(world, type(FIRST)(2))).important == "Å spille fotball"
    assert not await was_told(world, parent, YOUNG)
