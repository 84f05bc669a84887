"""What the unit does with what came in, and what the applicant can do meanwhile: the clock, the talk, taking back.

Rows B11 to B13, B15.
"""

from datetime import date, datetime

import pytest

from bot.domain.cases import CaseState, TalkState, TaskKind
from bot.domain.reminders import OSLO
from bot.engine.texts import t
from bot.store import people, talks
from tests.requirements.town import Town
from tests.requirements.walks import (
    FIRST,
    NUMBER,
    apply,
    days,
    newcomer,
    open_case,
    open_kinds,
    the_case,
    unit,
)
from tests.world import Chat, World


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
    thursday = await world.carried(chat, t("{time}", time=THURSDAY))
    await world.press(chat, t("{time}", time=FRIDAY))
    (talk,) = await world.read(lambda tx: talks.of_case(tx, FIRST))
    assert (talk.state, talk.at) == (TalkState.BOOKED, FRIDAY)
    assert await world.says(chat, t("We have agreed on {time}, {where}.", time=FRIDAY, where=t("at your home")), last=1)
    agreed = t("Case {number}: the talk is agreed for {time}, {where}.", number=NUMBER, time=FRIDAY, where=t("at the person's home"))
    assert await world.says(ke, agreed, last=1)
    before = len(chat.messages)
    await world.press_data(chat, thursday)
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
    assert await world.says(stranger, "We find nothing from you here yet. You can ask for help from the menu.", last=1)
