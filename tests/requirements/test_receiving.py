"""What the unit does with what came in, and what the applicant can do meanwhile: the clock, the talk, taking back, leaving half way.

Rows A03, A09, A10, B11 to B18.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.cases import CaseState, Source, TalkState, TaskKind, Wanted
from bot.domain.reminders import OSLO
from bot.engine.texts import Language, t
from bot.profile import load_profile, shipped_profiles
from bot.store import people, talks, tasks
from tests.requirements.town import Town
from tests.requirements.walks import (
    AT_WORK,
    FIRST,
    NUMBER,
    apply,
    grant,
    how_many,
    newcomer,
    open_case,
    open_kinds,
    the_case,
    to_be_contacted,
    told,
    unit,
)
from tests.world import Chat, World

LONG_AGO = t("This button no longer works. Press Menu to go on.")


async def begun(world: World, chat: Chat, *first: str) -> None:
    """An application with a name in it, left at the question of age."""
    await world.write(chat, "/sok")
    await world.press(chat, *(first or ("Me",)))
    await world.write(chat, "Kari Prøve")


async def days(world: World, count: int) -> None:
    await world.turn(timedelta(days=count))


async def test_B11_a_number_and_a_receipt_at_once_and_a_month_to_answer(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world, "Nynorsk")
    await apply(world, chat)
    case = await the_case(world)
    assert case.received_at == world.clock.now()
    assert case.answer_by == date(2026, 4, 2)
    assert await world.says(chat, t("We have received this. Your number is {number}.", number=NUMBER), last=1)
    await days(world, 7)
    assert await world.says(ke, t("Case {number}: no first talk is agreed yet. It should be held by tomorrow.", number=NUMBER))
    await days(world, 1)
    assert await world.says(ke, t("Case {number}: the first talk is late. Please phone the person today.", number=NUMBER))
    await world.turn(datetime(2026, 3, 26, 20, tzinfo=OSLO) - world.clock.now())
    assert await world.says(ke, t("Case {number} must be answered by {day}.", number=NUMBER, day=date(2026, 4, 2)))
    # Maundy Thursday is a holiday and Easter follows: nobody is written to before Tuesday.
    await world.turn(datetime(2026, 4, 7, 12, tzinfo=OSLO) - world.clock.now())
    assert await world.says(ke, t("Case {number}: the answer is late. Decide, or tell the person why it takes longer.", number=NUMBER))
    assert TaskKind.ANSWER_LATE in await open_kinds(world)


async def test_B11_the_applicant_hears_of_a_delay_why_and_until_when(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world, "Nynorsk")
    await apply(world, chat)
    await open_case(world, ke)
    await world.press(ke, "Tell of a delay")
    await world.write(ke, "20. april 2026")
    await world.write(ke, "Vi venter på svar fra legen.")
    await world.press(ke, "Yes, this is right")
    promised = t(
        "The answer to application {number} takes longer than we said. You get it by {day}. The reason is: {reason}",
        number=NUMBER,
        day=date(2026, 4, 20),
        reason="Vi venter på svar fra legen.",
    )
    assert await world.says(chat, promised, last=1)
    assert (await the_case(world)).due == date(2026, 4, 20)
    await world.turn(datetime(2026, 4, 13, 12, tzinfo=OSLO) - world.clock.now())
    assert await world.says(ke, t("Case {number} must be answered by {day}.", number=NUMBER, day=date(2026, 4, 20)))
    assert TaskKind.ANSWER_LATE not in await open_kinds(world)


async def offered(world: World, ke: Chat, *times: str) -> None:
    """The unit offers times at the person's home."""
    await open_case(world, ke)
    await world.press(ke, "The first talk", "Offer up to three times", "At home")
    for number, each in enumerate(times, start=1):
        day, _, clock = each.partition(" ")
        await world.write(ke, day)
        await world.write(ke, clock)
        if number < 3:
            await world.press(ke, "No" if number == len(times) else "Yes")


THURSDAY, FRIDAY = datetime(2026, 3, 5, 10, tzinfo=OSLO), datetime(2026, 3, 6, 14, 30, tzinfo=OSLO)


async def test_B12_the_unit_offers_times_and_the_person_picks_one(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world, "Nynorsk")
    await apply(world, chat)
    await offered(world, ke, "5.3.2026 10.00", "6.3.2026 14.30")
    assert (await the_case(world)).state is CaseState.CLARIFYING
    await world.press(chat, t("{time}", time=FRIDAY))
    (talk,) = await world.read(lambda tx: talks.of_case(tx, FIRST))
    assert (talk.state, talk.at) == (TalkState.BOOKED, FRIDAY)
    assert await world.says(chat, t("We have agreed on {time}, {where}.", time=FRIDAY, where=t("at your home")), last=1)
    agreed = t("Case {number}: the talk is agreed for {time}, {where}.", number=NUMBER, time=FRIDAY, where=t("at the person's home"))
    assert await world.says(ke, agreed, last=1)
    before = len(chat.messages)
    await world.press(chat, t("{time}", time=THURSDAY))
    assert len(chat.messages) == before
    assert await world.words(chat, "This time is no longer open. If you need another, please tell us.") == chat.toasts[-1]
    await days(world, 3)
    reminded = t("Do you remember our talk? It is {time}, {where}.", time=FRIDAY, where=t("at your home"))
    assert await world.says(chat, reminded, last=1)
    await days(world, 4)
    assert await world.says(ke, t("Case {number}: was the talk held? Please note it.", number=NUMBER))
    assert not await world.says(ke, t("Case {number}: the first talk is late. Please phone the person today.", number=NUMBER))


async def test_B12_none_suits_and_no_answer(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await apply(world, chat)
    await offered(world, ke, "12.3.2026 10.00")
    await days(world, 4)
    assert await world.says(
        chat, t("You have been offered times for a talk, {where}. Which one suits you?", where=t("at your home")), last=1
    )
    await world.press(chat, "None of them suits")
    await world.write(chat, "Helst mandager")
    assert await world.says(ke, t("Case {number}: none of the times suits. Please offer others, or phone.", number=NUMBER), last=1)
    assert "Helst mandager" in ke.last.text
    assert (await world.read(lambda tx: talks.of_case(tx, FIRST)))[0].state is TalkState.CANCELLED
    assert TaskKind.CLARIFY in await open_kinds(world)


async def test_B13_a_human_is_one_press_away_and_answers(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world, "Nynorsk")
    await apply(world, chat)
    await world.press(chat, "Talk to a human", "Write a message")
    await world.write(chat, "Når hører jeg fra dere?")
    assert await open_kinds(world) == [TaskKind.INQUIRY, TaskKind.CLARIFY]
    await world.press(ke, "Read and answer")
    assert "Når hører jeg fra dere?" in ke.last.text
    await world.press(ke, "Write an answer")
    await world.write(ke, "I morgon.")
    await world.press(ke, "Yes, this is right")
    assert "I morgon." in chat.last.text
    assert await open_kinds(world) == [TaskKind.CLARIFY]


async def test_B13_phone_me_needs_one_number_and_nothing_more(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await world.write(chat, "/menneske")
    await world.press(chat, "Phone me")
    await world.write(chat, "nei")
    assert await open_kinds(world) == []
    await world.write(chat, "tlf. 55123456")
    assert await open_kinds(world) == [TaskKind.INQUIRY]
    me = await world.person(chat)
    assert (await world.read(lambda tx: people.person(tx, me))).phone == "+4755123456"
    await world.press(ke, "Read and answer")
    assert "55 12 34 56" in ke.last.text
    await world.write(chat, "/menneske")
    await world.press(chat, "Phone me", "The number you have from me")
    assert await open_kinds(world) == [TaskKind.INQUIRY] * 2


async def test_B13_words_out_of_the_blue_reach_the_unit(world: World) -> None:
    ke, chat = await unit(world), await newcomer(world)
    await world.write(chat, "Dere svarer jo aldri, for helvete")
    assert await open_kinds(world) == [TaskKind.INQUIRY]
    assert "helvete" not in chat.last.text
    await world.press(ke, "Read and answer")
    assert "Dere svarer jo aldri, for helvete" in ke.last.text


HALF_WAY = "You have begun something here and are half way. Do you want to go on?"
KEEP = "You began something here a while ago. Do you want to keep it?"


async def test_B14_an_unfinished_application_is_brought_to_mind_after_2_7_and_21_days(world: World) -> None:
    chat = await newcomer(world, "Nynorsk")
    await begun(world, chat)
    said: list[tuple[int, bool]] = []
    for day in range(1, 25):
        before = len(chat.messages)
        await days(world, 1)
        for message in chat.messages[before:]:
            said.append((day, message.text == await world.words(chat, KEEP)))
    assert said == [(2, False), (7, False), (21, True)]
    await world.press(chat, "Go on")
    assert await world.says(chat, "How old are you?", last=1)


async def test_B14_kept_for_a_year_when_asked_to(world: World) -> None:
    chat = await newcomer(world)
    await begun(world, chat)
    await days(world, 22)
    await world.press(chat, "Keep it for a year")
    before = len(chat.messages)
    await days(world, 360)
    assert len(chat.messages) == before
    await world.write(chat, "/meny")
    await world.press(chat, t("Go on: {title}", title=t("Ask for help")))
    assert await world.says(chat, "How old are you?", last=1)


@pytest.mark.parametrize("pressed", [True, False])
async def test_B14_deleted_when_asked_to_or_when_nobody_answers(world: World, pressed: bool) -> None:
    chat = await newcomer(world)
    await begun(world, chat)
    assert await how_many(world, "answers") > 0
    await days(world, 22)
    if pressed:
        await world.press(chat, "Delete it now")
    else:
        await days(world, 14)
    assert await how_many(world, "answers") == 0
    await world.press(chat, "Go on")
    assert chat.toasts[-1] == await world.words(chat, LONG_AGO)
    before = len(chat.messages)
    await days(world, 60)
    assert len(chat.messages) == before


async def test_B14_sent_in_means_no_reminders(world: World) -> None:
    chat = await newcomer(world)
    await to_be_contacted(world, chat)
    await days(world, 40)
    assert not await world.says(chat, HALF_WAY)


async def test_B14_a_restart_half_way_loses_nothing(world: World, tmp_path: Path) -> None:
    chat = await newcomer(world, "Nynorsk")
    await begun(world, chat)
    again = await World.open(tmp_path / "samrad.db", start=world.clock.now())
    again.chats = world.chats
    again._updates, again._messages = world._updates, world._messages
    await again.press(chat, "18 to 66", "I don't remember", "I don't know", "Yes", "No", "No one in mind", "Leave it for the talk")
    await again.press(chat, "Here in the chat", "None of these", "Yes, this is right")
    assert (await told(again)).subject_name == "Kari Prøve"
    await again.database.close()


async def test_A03_a_report_that_was_not_sent_is_brought_to_mind_after_three_days(world: World) -> None:
    teacher = await newcomer(world)
    await begun(world, teacher, AT_WORK, "Yes, and it is fine")
    reminded = []
    for day in range(1, 8):
        before = len(teacher.messages)
        await days(world, 1)
        reminded += [day] * (len(teacher.messages) - before)
    assert reminded == [2, 3, 7]


@pytest.mark.parametrize("language", ["Bokmål", "Nynorsk"])
async def test_B15_taken_back_in_two_presses_and_the_unit_sees_it(world: World, language: str) -> None:
    ke, chat = await unit(world), await newcomer(world, language)
    await apply(world, chat)
    await world.write(chat, "/sak")
    await world.press(chat, "Take it back", "Yes, take it back")
    assert (await the_case(world)).state is CaseState.WITHDRAWN
    assert await world.says(ke, t("Case {number} has been withdrawn.", number=NUMBER), last=1)
    assert await open_kinds(world) == []
    before = len(ke.messages)
    await days(world, 60)
    assert len(ke.messages) == before


async def test_B15_taken_back_on_the_phone_and_an_asked_candidate_is_let_go(world: World) -> None:
    town = await Town.of(world)
    applicant = await town.applied()
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await open_case(world, town.anne)
    await world.press(town.anne, "Note something by phone", "They take it back", "Not told", "Yes")
    assert (await the_case(world)).state is CaseState.WITHDRAWN
    gone = t("Case {number} has been withdrawn. You do not have to do anything more.", number=NUMBER)
    assert await world.says(town.nora, gone, last=1)
    assert await world.says(applicant, t("Application {number} has been withdrawn. You can apply again whenever you want.", number=NUMBER))
    await world.press(town.nora, "Read and answer")
    assert not await world.offers(town.nora, "Yes")


async def test_B15_someone_else_cannot_take_it_back(world: World) -> None:
    chat, stranger = await newcomer(world), await newcomer(world)
    await apply(world, chat)
    await world.write(chat, "/sak")
    await world.press(chat, "Take it back")
    await world.press_data(stranger, world.button(chat, await world.words(chat, "Yes, take it back")))
    assert (await the_case(world)).state is CaseState.RECEIVED
    await world.write(stranger, "/sak")
    assert await world.says(stranger, "We find nothing from you here yet. You can ask for help with /sok.", last=1)


async def test_B16_a_department_that_coordinates_itself_reports_it_in_half_a_minute(world: World) -> None:
    town = await Town.of(world)
    await world.write(town.lars, "/ansatt")
    await world.press(town.lars, "Report our own decision", "Yes")
    await world.write(town.lars, "Ola Prøve")
    await world.press(
        town.lars, "18 to 66", "A coordinator and an individual plan", "Yes, choose a name", "Nora Prøve", "Yes, this is right"
    )
    case = await the_case(world)
    assert (case.source, case.state, case.wanted) == (Source.DEPARTMENT, CaseState.APPOINTING, Wanted.BOTH)
    department = world.municipality.profile.department("hjemmetjenesten")
    assert department is not None
    registered = t(
        "{department} has decided to coordinate by itself. It is registered as case {number}.", department=department.name, number=NUMBER
    )
    assert await world.says(town.anne, registered, last=1)
    assert TaskKind.APPOINT in await open_kinds(world)
    await town.accepts(town.nora)
    assert (await the_case(world)).state is CaseState.ACTIVE


async def test_B16_without_the_persons_yes_nothing_is_reported(world: World) -> None:
    town = await Town.of(world)
    await world.write(town.lars, "/tilsett")
    await world.press(town.lars, "Report our own decision", "No")
    assert await how_many(world, "cases") == 0


async def by_hand(world: World, ke: Chat, source: str) -> None:
    """The unit enters an application from somebody without a chat."""
    await world.write(ke, "/ansatt")
    await world.press(ke, "Register a new case", source, "The one who got in touch")
    await world.write(ke, "Ragnhild Prøve")
    await world.press(ke, "By phone")
    await world.write(ke, "55123456")
    await world.press(ke, "67 or older", "A coordinator", "I don't remember", "I don't know", "Not told", "Not told", "Not told")
    await world.press(ke, "None of these", "Nynorsk", "Yes, this is right")


@pytest.mark.parametrize(
    ("pressed", "source"),
    [("By phone", Source.PHONE), ("On paper", Source.PAPER), ("By a visit", Source.VISIT), ("From a department", Source.DEPARTMENT)],
)
async def test_B17_A06_paper_is_equal_the_unit_enters_it(world: World, pressed: str, source: Source) -> None:
    ke = await unit(world)
    await by_hand(world, ke, pressed)
    case = await the_case(world)
    assert (case.source, case.state, case.language, case.answer_by) == (source, CaseState.RECEIVED, Language.NN, date(2026, 4, 2))
    assert await open_kinds(world) == [TaskKind.CLARIFY]
    assert (await told(world)).reach_details == "+4755123456"


async def test_B18_the_unit_takes_every_step_by_hand_for_somebody_without_a_chat(world: World) -> None:
    town = await Town.of(world)
    ke = town.anne
    await by_hand(world, ke, "On paper")
    await open_case(world, ke)
    await world.press(ke, "The first talk", "Note a time we agreed", "By phone")
    await world.write(ke, "4.3.2026")
    await world.write(ke, "10.00")
    assert TaskKind.REACH_BY_PHONE in await open_kinds(world)
    await days(world, 3)
    await open_case(world, ke)
    await world.press(ke, "The first talk", "Note that it was held", "No note")
    await grant(world, ke)
    await town.asks("Nora Prøve")
    await open_case(world, ke)
    await world.press(ke, "Note something by phone", "An answer to our question", "Yes")
    await open_case(world, ke)
    await world.press(ke, "Note something by phone", "An answer to our question", "Yes")
    assert (await the_case(world)).state is CaseState.ACTIVE
    await open_case(world, ke)
    await world.press(ke, "Contact and start-up talk", "I have been in touch", "At home", "Later")
    assert len(await world.read(lambda tx: talks.contacts(tx, FIRST))) == 1
    # What would have been told in a chat is a task with the words to say and the number to phone.
    words = "\n".join(task.words for task in await world.read(tasks.open_tasks) if task.kind is TaskKind.REACH_BY_PHONE)
    assert "Ragnhild Prøve\n55 12 34 56\n" in words
    told_name = await world.read(
        lambda tx: world.municipality.words(
            t("{name} is the coordinator in case {number}.", name="Nora Prøve", number=NUMBER), Language.NN, tx.now
        )
    )
    assert told_name in words


async def test_A09_a_group_that_lasts_half_a_year_is_offered_a_coordinator_and_a_plan(world: World) -> None:
    town = await Town.of(world)
    await town.applied(coordinator="No", plan="No", group="Yes")
    await town.granted(granted="Only a responsibility group")
    await town.asks(step="2. The service most involved")
    await town.leader_agrees()
    await town.accepts(town.nora)
    await open_case(world, town.anne)
    await world.press(town.anne, "Contact and start-up talk", "I have been in touch", "At home", "Later")
    offer = t("The group in case {number} has become long-term. Please offer a coordinator and a plan.", number=NUMBER)
    await days(world, 181)
    assert not await world.says(town.nora, offer)
    await days(world, 6)
    assert await world.says(town.nora, offer)
    assert await world.says(town.anne, offer)
    assert (await open_kinds(world)).count(TaskKind.GROUP_OFFER) == 1


async def test_A09_a_case_with_a_coordinator_is_not_a_group_without_one(world: World) -> None:
    town = await Town.of(world)
    await town.appointed()
    await days(world, 200)
    assert TaskKind.GROUP_OFFER not in await open_kinds(world)


async def test_A10_children_and_siblings_are_asked_about_in_the_first_week(world: World) -> None:
    town = await Town.of(world)
    await town.appointed()
    siblings = next(item for item in world.municipality.profile.checklists.first_week if item.id == "siblings")
    await world.press(town.nora, "My first week")
    assert siblings.words.nb in town.nora.last.text
    label = next(label for label in town.nora.last.labels if siblings.words.nb.startswith(label.removeprefix("☐ ").removesuffix("…")))
    await world.press_data(town.nora, world.button(town.nora, label))
    await world.press(town.nora, "Done")
    assert "siblings" in await world.read(lambda tx: tasks.ticks(tx, FIRST, "coordinator"))


@pytest.mark.parametrize("name", shipped_profiles())
def test_A10_every_municipality_asks_about_children_and_siblings(name: str) -> None:
    assert "siblings" in {item.id for item in load_profile(name).checklists.first_week}
