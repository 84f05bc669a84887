"""Nudges in Lund: one digest in the morning, done, later or not needed, and a leader who hears only after a warning.

Here: a coordinator with several cases, at level `full`. Not here: when a digest goes, as pure rules (`tests/domain/test_nudges.py`), and
the limit of a day (`tests/services/test_sending_day.py`). The clock begins on Monday 2 March 2026 at ten.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.cases import Place, TalkKind
from bot.domain.ids import CaseId, NudgeId, TalkId
from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import ChooseHowOften, MyNudges, NudgeDone, NudgeLater, NudgeNotNeeded, NudgeState, NudgesView
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, ReminderKind
from bot.domain.staff_commands import EndStaffRoles
from bot.engine.texts import t
from bot.services import nudges
from bot.services.municipality import Context
from bot.store import nudges as store
from bot.store import talks
from bot.store.database import Tx
from bot.store.nudges import Nudge
from bot.store.seal import Field, KeyOwner
from bot.store.times import stamp
from tests.requirements.conftest import MONDAY
from tests.requirements.town import Town
from tests.world import Chat, World

ASKED = "have you been in touch with the person yet?"
NOTED = "was the talk held?"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world = await World.open(tmp_path / "lund.db", start=MONDAY, profile="lund")
    yield await Town.of(world)
    await world.database.close()


async def to(town: Town, day: date, clock: time = time(12)) -> None:
    await town.world.turn(datetime.combine(day, clock, OSLO) - town.world.clock.now())


async def came(town: Town, chat: Chat, day: date, clock: time = time(12)) -> list[str]:
    """What comes into a chat while the clock is turned to that moment."""
    before = len(chat.messages)
    await to(town, day, clock)
    return [message.text for message in chat.messages[before:]]


async def standing(town: Town, case: int = 1) -> list[Nudge]:
    return await town.world.read(lambda tx: store.of_case(tx, CaseId(case)))


async def mine(town: Town, chat: Chat) -> NudgesView:
    person = await town.world.person(chat)

    def look(tx: Tx) -> NudgesView:
        return nudges.mine(Context(tx=tx, municipality=town.world.municipality, actor=person), MyNudges())

    return await town.world.read(look)


async def with_a_talk(town: Town) -> None:
    """Nora coordinates one case, and a start-up talk was agreed for the next day at one."""
    await town.loaded(town.nora, 1)
    person = await town.world.person(town.nora)

    def agree(tx: Tx) -> TalkId:
        at = datetime(2026, 3, 3, 13, tzinfo=OSLO)
        talk = talks.propose(tx, CaseId(1), TalkKind.STARTUP, Place.OFFICE, (at,), by=person)
        assert talks.pick(tx, talk, 0)
        talks.record_contact(tx, CaseId(1), by=person, place=Place.OFFICE)
        return talk

    await town.world.read(agree)


async def test_K05_K06_reminders_of_a_morning_come_in_one_message_with_one_way_to_answer(town: Town) -> None:
    await town.loaded(town.nora, 4)
    texts = await came(town, town.nora, date(2026, 3, 5))
    assert len(texts) == 1
    assert all(f"{place}. " in texts[0] for place in (1, 2, 3, 4))
    assert [label[:3] for label in town.nora.last.labels[:4]] == ["1. ", "2. ", "3. ", "4. "]
    await town.world.press(town.nora, "Done, later or not needed")
    assert await town.world.offers(town.nora, "How often?")
    assert len((await mine(town, town.nora)).nudges) == 4


async def test_K05_one_alone_reads_as_it_always_has_with_three_answers_under_it(town: Town) -> None:
    await town.loaded(town.nora, 1)
    (text,) = await came(town, town.nora, date(2026, 3, 5))
    assert "har du vært i kontakt" in text.lower() or "tatt kontakt" in text.lower() or "1001" in text
    for label in ("First contact", "I have done it", "Remind me later", "It is not needed"):
        assert await town.world.offers(town.nora, label)


async def test_K05_done_in_one_press_and_nothing_waits(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 5))
    await town.world.press(town.nora, "I have done it")
    assert await standing(town) == []
    assert (await mine(town, town.nora)).nudges == ()


async def test_K05_D01_who_says_to_have_been_in_touch_notes_it_and_is_not_late_all_the_same(town: Town) -> None:
    await town.loaded(town.nora, 1)
    await to(town, date(2026, 3, 5))
    await town.world.press(town.nora, "I have done it", "At home", "Later")
    assert len(await town.world.read(lambda tx: talks.contacts(tx, CaseId(1)))) == 1
    assert await standing(town) == []
    late = t("Case {number}: the first contact is late. Please make contact today, or say that you cannot.", number="1001")
    await to(town, date(2026, 3, 20))
    assert not await town.world.says(town.nora, late)


async def test_K05_D01_what_is_late_takes_the_place_of_the_question_before_it(town: Town) -> None:
    await town.loaded(town.nora, 1)
    await to(town, date(2026, 3, 5))
    assert [each.kind for each in await standing(town)] == [ReminderKind.CONTACT_NUDGE]
    await to(town, date(2026, 3, 10))
    assert [each.kind for each in await standing(town) if each.person == await town.world.person(town.nora)] == [ReminderKind.CONTACT_LATE]
    await town.world.write(town.nora, "/purring")
    await town.world.press(town.nora, town.nora.last.labels[0], "I have done it", "At home", "Later")
    assert (await mine(town, town.nora)).nudges == ()


async def test_K05_later_gives_a_new_day_and_it_comes_again_then(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    await town.world.press(town.nora, "Remind me later", "In a week")
    (put_off,) = await standing(town)
    assert (put_off.kind, put_off.state, put_off.later_on) == (ReminderKind.TALK_NOTED, NudgeState.LATER, date(2026, 3, 11))
    assert (await mine(town, town.nora)).nudges == ()
    assert await came(town, town.nora, date(2026, 3, 11), time(8, 59)) == []
    (text,) = await came(town, town.nora, date(2026, 3, 11), time(9, 1))
    assert await town.world.offers(town.nora, "I have done it")
    assert "1001" in text or "Sak" in text
    assert [each.state for each in await standing(town)] == [NudgeState.OPEN]


async def test_K05_a_day_when_offices_are_closed_becomes_the_next_working_day_and_is_told_as_that(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    await town.world.press(town.nora, "Remind me later", "Another day")
    await town.world.write(town.nora, "07.03.2026")
    assert await town.world.says(town.nora, t("Good. We remind you again on {day}.", day=date(2026, 3, 9)), last=1)
    assert [each.later_on for each in await standing(town)] == [date(2026, 3, 9)]


async def test_K05_what_is_of_no_use_later_is_not_put_off_until_then(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    (nudge,) = (await mine(town, town.nora)).nudges
    until = stamp(datetime(2026, 3, 6, 12, tzinfo=OSLO))
    await town.world.read(lambda tx: tx.execute("UPDATE nudges SET useful_until = :until", until=until))
    with pytest.raises(Refused):
        await town.does(town.nora, NudgeLater(nudge=nudge.nudge, day=date(2026, 3, 9)))
    await town.world.press(town.nora, "Remind me later")
    assert await town.world.offers(town.nora, "Tomorrow")
    assert not await town.world.offers(town.nora, "In a week")
    await to(town, date(2026, 3, 6), time(10))
    await town.world.write(town.nora, "/paminning")
    await town.world.press_data(town.nora, town.nora.last.rows[0][0][1])
    assert not await town.world.offers(town.nora, "Remind me later")


async def test_K05_not_needed_keeps_why_sealed_with_the_case(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    await town.world.press(town.nora, "It is not needed")
    await town.world.write(town.nora, "Vi snakka på telefon i staden.")
    (row,) = await town.rows("SELECT * FROM nudges")
    assert row["state"] == "not_needed"
    assert b"telefon" not in row["why"]
    place = Field("nudges", "why", row["id"])
    why = await town.world.read(lambda tx: tx.open(place, KeyOwner("case", 1), row["why"]))
    assert why == "Vi snakka på telefon i staden."


async def test_K05_an_unanswered_nudge_is_told_to_the_leader_after_a_warning_that_names_the_day(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    (nudge,) = (await mine(town, town.nora)).nudges
    assert nudge.leader_on == date(2026, 3, 11)
    assert await came(town, town.lars, date(2026, 3, 6)) == []
    (warning,) = await came(town, town.nora, date(2026, 3, 9))
    assert "11. mars" in warning
    assert await came(town, town.lars, date(2026, 3, 10)) == []
    (told,) = await came(town, town.lars, date(2026, 3, 11))
    assert "Nora Prøve" in told


async def test_K05_what_is_done_where_it_belongs_ends_the_nudge_and_no_leader_hears(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    person = await town.world.person(town.nora)
    await town.world.read(lambda tx: talks.hold(tx, CaseId(1), TalkKind.STARTUP, None, by=person))
    assert await standing(town) == []
    before = len(town.lars.messages)
    await to(town, date(2026, 3, 20))
    assert len(town.lars.messages) == before


async def test_K05_only_the_one_who_was_nudged_answers_and_only_once(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    (nudge,) = await standing(town)
    for command in (NudgeDone(nudge=nudge.id), NudgeNotNeeded(nudge=nudge.id, why="x")):
        with pytest.raises(Refused):
            await town.does(town.nils, command)
    for day in (date(2026, 3, 4), date(2026, 7, 4)):
        with pytest.raises(Refused):
            await town.does(town.nora, NudgeLater(nudge=nudge.id, day=day))
    with pytest.raises(Refused):
        await town.does(town.nora, NudgeNotNeeded(nudge=nudge.id, why="  "))
    await town.does(town.nora, NudgeDone(nudge=nudge.id))
    with pytest.raises(Refused):
        await town.does(town.nora, NudgeDone(nudge=NudgeId(nudge.id)))


async def test_K05_where_the_unit_is_nudged_one_answer_is_enough_for_all(town: Town) -> None:
    await town.applied()
    await to(town, date(2026, 3, 6))
    rows = await town.rows("SELECT person, state FROM nudges WHERE kind = 'clarify_soon' ORDER BY person")
    assert [row["state"] for row in rows] == ["open", "open"]
    await town.world.press(town.anne, "I have done it")
    rows = await town.rows("SELECT state FROM nudges WHERE kind = 'clarify_soon' ORDER BY person")
    assert {row["state"] for row in rows} == {"done", "over"}


async def test_K06_each_chooses_how_often_and_once_a_week_waits_for_monday(town: Town) -> None:
    await town.does(town.nora, ChooseHowOften(how_often=HowOften.WEEKLY))
    await town.loaded(town.nora, 2)
    assert await came(town, town.nora, date(2026, 3, 6)) == []
    (text,) = await came(town, town.nora, date(2026, 3, 9), time(9, 1))
    assert "2. " in text


async def test_K06_at_once_is_a_choice_in_the_chat_and_two_come_as_two(town: Town) -> None:
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "My work", "Reminders", "How often?", "At once, on the day it is due")
    await town.loaded(town.nora, 2)
    assert len(await came(town, town.nora, date(2026, 3, 5))) == 2


async def test_H07_a_digest_never_leaves_at_night_on_a_holiday_or_at_the_weekend(town: Town) -> None:
    await town.loaded(town.nora, 2)
    start = town.world.clock.now()
    await town.world.turn(timedelta(days=60))
    rows = await town.rows("SELECT due_at FROM outbox WHERE lane = 'notice'")
    calendar = town.world.municipality.calendar
    at = [datetime.fromisoformat(row["due_at"]).astimezone(OSLO) for row in rows]
    assert len([each for each in at if each > start]) > 3
    assert [each for each in at if not calendar.is_working_day(each.date()) or not time(8) <= each.time() <= time(20)] == []


async def test_N14_K05_whoever_has_left_is_nudged_no_more_about_their_cases(town: Town) -> None:
    await with_a_talk(town)
    await to(town, date(2026, 3, 4))
    await town.world.press(town.nora, "Remind me later", "In a week")
    nora, before = await town.world.person(town.nora), len(town.nora.messages)
    await town.does(town.anne, EndStaffRoles(person=nora))
    assert [each for each in await standing(town) if each.person == nora] == []
    await to(town, date(2026, 3, 20))
    assert len(town.nora.messages) == before
