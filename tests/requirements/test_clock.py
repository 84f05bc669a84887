"""The clock turned to each reminder of the path, one by one: who is told, with which button, and what the unit gets to do.

Here: what happens when nobody does anything, from the first question to the first contact. Not here: the rules as such
(`bot.domain.reminders`). The path begins on Monday 2 March 2026 at ten; Easter lies in it.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.cases import Place, TalkKind, TaskKind
from bot.domain.commands import HoldTalk, ProposeTalk, RecordContact
from bot.domain.ids import SubstituteId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO, ReminderKind
from bot.domain.substitute_commands import AnswerSubstitute, ProposeSubstitute, SayAway
from bot.domain.substitutes import SubstituteScope
from bot.engine.texts import Text, t
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, NUMBER, newcomer
from tests.world import Chat, World


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def to(town: Town, day: date, clock: time = time(12)) -> None:
    """Turn the clock to a day, reminder by reminder."""
    await town.world.turn(datetime.combine(day, clock, OSLO) - town.world.clock.now())


async def news(town: Town, chat: Chat, day: date) -> list[str]:
    """What comes into a chat while the clock is turned to noon of a day."""
    before = len(chat.messages)
    await to(town, day)
    return [message.text for message in chat.messages[before:]]


async def test_B12_C01_the_unit_hears_of_a_first_talk_before_it_is_late_and_when_it_is(town: Town) -> None:
    await town.applied()
    assert await news(town, town.anne, date(2026, 3, 5)) == []
    soon = t("Case {number}: no first talk is agreed yet. It should be held by tomorrow.", number=NUMBER)
    assert await news(town, town.anne, date(2026, 3, 6)) == [await town.world.words(town.anne, soon)]
    late = t("Case {number}: the first talk is late. Please phone the person today.", number=NUMBER)
    assert await news(town, town.anne, date(2026, 3, 10)) == [await town.world.words(town.anne, late)]
    await town.world.press(town.anne, "Open the case")
    assert NUMBER in town.anne.last.text


async def test_B12_a_booked_talk_stops_the_unit_s_reminders(town: Town) -> None:
    await town.applied()
    await town.does(town.anne, HoldTalk(case=FIRST, kind=TalkKind.CLARIFYING, note=None))
    assert await news(town, town.anne, date(2026, 3, 20)) == []


async def test_B12_times_offered_and_not_answered_are_offered_once_more(town: Town) -> None:
    applicant = await town.applied()
    times = tuple(datetime(2026, 3, day, 10, tzinfo=OSLO) for day in (4, 9, 10))
    await town.does(town.anne, ProposeTalk(case=FIRST, kind=TalkKind.CLARIFYING, place=Place.OFFICE, times=times))
    again = t("You have been offered times for a talk, {where}. Which one suits you?", where=t("at our office"))
    await town.world.deliver()
    passed = await town.world.carried(applicant, t("{time}", time=times[0]))
    assert await news(town, applicant, date(2026, 3, 5)) == [await town.world.words(applicant, again)]
    assert len([label for label in applicant.last.labels if "mars" in label]) == 2, "the time that has passed is not offered again"
    await town.world.press_data(applicant, passed)
    assert (await town.rows("SELECT state FROM talks"))[0]["state"] == "proposed", "nobody agrees on a time that has passed"
    await town.world.write(applicant, "/sak")
    await town.world.press(applicant, t("Choose a time: {talk}", talk=t("The first talk")))
    assert len([label for label in applicant.last.labels if "mars" in label]) == 2
    await town.world.press(applicant, t("{moment}", moment=times[1]))
    cannot = t("I cannot come: {talk}", talk=t("The first talk"))
    await town.world.write(applicant, "/sak")
    assert await town.world.offers(applicant, cannot)
    # The day after the talk whoever held it is asked to note it.
    held = t("Case {number}: was the talk held? Please note it.", number=NUMBER)
    assert await town.world.words(town.anne, held) in await news(town, town.anne, date(2026, 3, 10))
    assert await town.world.offers(town.anne, "Note the talk")
    await town.world.write(applicant, "/sak")
    assert not await town.world.offers(applicant, cannot), "it is over"


async def test_B11_the_answer_within_a_month_or_a_message_about_the_delay(town: Town) -> None:
    applicant = await town.applied()
    await town.does(town.anne, HoldTalk(case=FIRST, kind=TalkKind.CLARIFYING, note=None))
    due = date(2026, 4, 2)
    soon = t("Case {number} must be answered by {day}.", number=NUMBER, day=due)
    assert await news(town, town.anne, date(2026, 3, 26)) == [await town.world.words(town.anne, soon)]
    # The day after is Good Friday; nobody is written to before Easter is over.
    late = t("Case {number}: the answer is late. Decide, or tell the person why it takes longer.", number=NUMBER)
    assert await news(town, town.anne, date(2026, 4, 6)) == []
    assert await news(town, town.anne, date(2026, 4, 7)) == [await town.world.words(town.anne, late)]
    assert TaskKind.ANSWER_LATE in await town.to_do()
    await town.world.press(town.anne, "Open the case")
    await town.world.write(town.anne, "30.04.2026")
    await town.world.write(town.anne, "Vi venter på helsestasjonen.")
    await town.world.press(town.anne, "Yes, this is right")
    told = "The answer to application {number} takes longer than we said. You get it by {day}. The reason is: {reason}"
    new_day = {"number": NUMBER, "day": date(2026, 4, 30), "reason": "Vi venter på helsestasjonen."}
    assert await town.world.says(applicant, t(told, **new_day), last=1)
    assert TaskKind.ANSWER_LATE not in await town.to_do()
    again = t("Case {number} must be answered by {day}.", number=NUMBER, day=date(2026, 4, 30))
    assert await news(town, town.anne, date(2026, 4, 23)) == [await town.world.words(town.anne, again)], "a new promise, a new reminder"


async def test_C03_a_silent_leader_is_reminded_and_then_it_is_the_units_task(town: Town) -> None:
    await town.applied()
    await town.granted()
    await town.asks()
    waits = t("We still wait for your answer about case {number}.", number=NUMBER)
    assert await news(town, town.lars, date(2026, 3, 6)) == []
    assert await news(town, town.lars, date(2026, 3, 9)) == [await town.world.words(town.lars, waits)]
    phone = t("Case {number}: the leader has not answered. Please phone.", number=NUMBER)
    assert await news(town, town.anne, date(2026, 3, 10)) == [await town.world.words(town.anne, phone)]
    assert TaskKind.LEADER_SILENT in await town.to_do()
    assert await news(town, town.lars, date(2026, 4, 20)) == [], "asked once more, not for ever"
    await town.leader_agrees()
    assert TaskKind.LEADER_SILENT not in await town.to_do()


async def test_C20_a_silent_candidate_is_reminded_and_then_it_is_the_units_task(town: Town) -> None:
    await town.applied()
    await town.granted()
    await town.asks()
    await to(town, date(2026, 3, 5))
    await town.leader_agrees()
    assert await news(town, town.nora, date(2026, 3, 9)) == []
    waits = t("We still wait for your answer about case {number}.", number=NUMBER)
    assert await news(town, town.nora, date(2026, 3, 10)) == [await town.world.words(town.nora, waits)]
    # "I must talk with my leader" gives the whole time anew.
    await town.world.press(town.nora, "Read and answer", "I must talk with my leader")
    assert await news(town, town.anne, date(2026, 3, 12)) == []
    assert await news(town, town.nora, date(2026, 3, 13)) == [await town.world.words(town.nora, waits)]
    phone = t("Case {number}: the candidate has not answered. Please phone.", number=NUMBER)
    assert await news(town, town.anne, date(2026, 3, 16)) == [await town.world.words(town.anne, phone)]
    assert TaskKind.CANDIDATE_SILENT in await town.to_do()


async def test_D01_the_coordinator_is_nudged_then_late_for_the_unit_then_told_to_the_leader(town: Town) -> None:
    await town.appointed()
    nudge = t("Case {number}: have you been in touch with the person yet?", number=NUMBER)
    assert await news(town, town.nora, date(2026, 3, 4)) == []
    assert await news(town, town.nora, date(2026, 3, 5)) == [await town.world.words(town.nora, nudge)]
    late = t("Case {number}: the first contact is late. Please make contact today, or say that you cannot.", number=NUMBER)
    assert await news(town, town.nora, date(2026, 3, 9)) == [await town.world.words(town.nora, late)]
    assert await town.world.offers(town.nora, "I have no time for this")
    assert await town.world.says(town.anne, t("Case {number}: the coordinator has not been in touch yet.", number=NUMBER), last=1)
    assert TaskKind.CONTACT_LATE in await town.to_do()
    together = t("{name} has not yet been in touch with the person in case {number}. Please talk together.", name=NORA, number=NUMBER)
    assert await news(town, town.lars, date(2026, 3, 12)) == [await town.world.words(town.lars, together)]
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    assert TaskKind.CONTACT_LATE not in await town.to_do()


async def test_D01_N18_while_the_coordinator_is_away_whoever_stands_in_is_nudged_or_the_unit_has_it(town: Town) -> None:
    await town.appointed()
    await town.does(town.nora, SayAway(first=date(2026, 3, 4), last=date(2026, 3, 6)))
    nudge = t("Case {number}: have you been in touch with the person yet?", number=NUMBER)
    await to(town, date(2026, 3, 6))
    assert not await town.world.says(town.nora, nudge), "nobody stands in: the unit has its task"
    assert TaskKind.NOBODY_STANDS_IN in await town.to_do()
    await town.does(town.nora, SayAway(first=date(2026, 3, 6), last=date(2026, 3, 20)))
    until = datetime(2026, 3, 21, tzinfo=OSLO).astimezone(UTC)
    now, nils = town.world.clock.now(), await town.world.person(town.nils)
    period = ProposeSubstitute(case=FIRST, person=nils, scope=SubstituteScope.PERIOD, starts_at=now, ends_at=until, note=None)
    asked = await town.does(town.nora, period)
    assert isinstance(asked, int)
    await town.does(town.nils, AnswerSubstitute(substitute=SubstituteId(asked), yes=True))
    late = t("Case {number}: the first contact is late. Please make contact today, or say that you cannot.", number=NUMBER)
    told = await news(town, town.nora, date(2026, 3, 9))
    assert await town.world.words(town.nils, late) in town.nils.text()
    assert await town.world.words(town.nora, late) not in told


async def test_D01_one_who_has_been_in_touch_is_not_nudged(town: Town) -> None:
    await town.appointed()
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    nudge = await town.world.words(town.nora, t("Case {number}: have you been in touch with the person yet?", number=NUMBER))
    told = await news(town, town.nora, date(2026, 4, 30))
    assert [each for each in told if nudge in each] == []
    assert await town.rows("SELECT kind FROM reminders WHERE kind LIKE 'contact%' AND state = 'fired'") == []
    assert await town.world.offers(town.lars, "We have found time") is False


async def test_B14_an_application_left_half_way_is_asked_about_and_then_deleted(town: Town) -> None:
    chat = await newcomer(town.world, "Nynorsk")
    await town.world.press(chat, "Ask for help", "Me")
    await town.world.write(chat, "Kari Prøve")
    half: Text = t("You have begun something here and are half way. Do you want to go on?")
    assert await news(town, chat, date(2026, 3, 4)) == [await town.world.words(chat, half)]
    assert "Kari" not in chat.last.text, "it says that something is half way, not what"
    assert await news(town, chat, date(2026, 3, 9)) == [await town.world.words(chat, half)]
    keep = t("You began something here a while ago. Do you want to keep it?")
    assert await news(town, chat, date(2026, 3, 23)) == [await town.world.words(chat, keep)]
    assert [await town.world.offers(chat, each) for each in ("Go on", "Keep it for a year", "Delete it now")] == [True, True, True]
    await to(town, date(2026, 3, 31))
    assert await town.rows("SELECT * FROM answers") == []
    await town.world.press(chat, "Go on")
    assert chat.toasts, "what is gone is said, not begun again by itself"


async def test_B14_kept_for_a_year_when_the_person_wants_it_and_taken_up_again(town: Town) -> None:
    chat = await newcomer(town.world)
    await town.world.press(chat, "Ask for help", "Me")
    await town.world.write(chat, "Kari Prøve")
    await to(town, date(2026, 3, 23))
    await town.world.press(chat, "Keep it for a year")
    assert await news(town, chat, date(2026, 12, 1)) == []
    await town.world.write(chat, "/meny")
    await town.world.press(chat, t("Go on: {title}", title=t("Ask for help")))
    assert await town.world.offers(chat, "18 to 66"), "at the question where they stopped"


async def test_C03_D01_nobody_is_written_to_at_night_on_a_sunday_or_in_easter(town: Town) -> None:
    await to(town, date(2026, 3, 26))
    await town.appointed()
    await town.applied("Bokmål", name="Ola Prøve")
    await to(town, date(2026, 5, 20))
    calendar, sending = town.world.municipality.calendar, town.world.municipality.profile.sending
    sent = await town.rows("SELECT created_at FROM outbox WHERE class = :kind AND lane = 'notice'", kind=MessageClass.REMINDER)
    moments = [datetime.fromisoformat(row["created_at"]).astimezone(OSLO) for row in sent]
    assert len(moments) > 8
    assert [each for each in moments if not calendar.is_working_day(each.date())] == []
    assert [each for each in moments if not sending.earliest <= each.time() <= sending.latest] == []


async def test_C03_after_a_week_without_power_what_still_helps_is_said_and_the_rest_is_recorded(town: Town) -> None:
    await town.applied()
    town.world.clock.turn(timedelta(days=9))
    await town.world.tick()
    settled = {row["kind"]: (row["state"], row["outcome"]) for row in await town.rows("SELECT * FROM reminders WHERE state <> 'pending'")}
    assert settled[ReminderKind.CLARIFY_SOON] == ("skipped", "too_late")
    assert settled[ReminderKind.CLARIFY_LATE] == ("fired", "told")
    before = len(town.anne.messages)
    await town.world.tick()
    assert len(town.anne.messages) == before, "said once"
