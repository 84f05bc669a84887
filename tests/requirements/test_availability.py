"""The coordinator can be reached, no case lies still, and everybody knows their own part.

Here: rows D16, D17, D19, D20 and D21. Not here: the start-up talk itself (`test_startup`).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import WorkingCalendar
from bot.domain.cases import Place
from bot.domain.commands import RecordContact
from bot.domain.office_hours import OfficeHours, next_open
from bot.domain.refusal import Refused
from bot.domain.startup import SelfCheck
from bot.domain.startup_commands import FinishStartup, SetOfficeHours, TickSelf
from bot.domain.startup_words import YOUR_PART
from bot.engine.texts import t
from bot.services import due
from bot.store import startups
from conversations.cards import FAQ
from conversations.startup_words import SELF_CHECKS
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import Chat, World

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
async def town(world: World) -> Town:
    """Nora has just said yes."""
    town = await Town.of(world)
    await town.appointed("Bokmål")
    return town


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment in Oslo in 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=OSLO)


HOURS = OfficeHours(opens=time(8), closes=time(15, 30))
PART = OfficeHours(opens=time(9), closes=time(12), days=(0, 3))


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        (HOURS, at(3, 4, 10, 0), at(3, 4, 10, 0)),
        (HOURS, at(3, 4, 7, 59), at(3, 4, 8, 0)),
        (HOURS, at(3, 4, 15, 30), at(3, 5, 8, 0)),
        (HOURS, at(3, 5, 16, 0), at(3, 8, 8, 0)),
        (HOURS, at(3, 24, 16, 0), at(3, 30, 8, 0)),  # Easter
        (HOURS, at(3, 27, 23, 0), at(3, 30, 8, 0)),  # the night in which the clocks change
        (PART, at(3, 4, 12, 0), at(3, 8, 9, 0)),
    ],
)
def test_D16_an_answer_is_promised_for_the_next_working_hour(hours: OfficeHours, now: datetime, opens: datetime) -> None:
    found = next_open(hours, now.astimezone(UTC), WorkingCalendar())
    assert found == opens.astimezone(UTC)


@pytest.mark.parametrize("days", [(), (5,), (7,)])
def test_D16_hours_that_are_never_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="weekday"):
        OfficeHours(opens=time(8), closes=time(9), days=days)
    with pytest.raises(ValueError, match="opens"):
        OfficeHours(opens=time(9), closes=time(9))


async def test_D16_the_person_reads_when_the_coordinator_can_be_reached_and_from_when_there_is_an_answer(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.write(applicant, "/sak")
    assert await town.world.says(applicant, t("On working days, from {opens} to {closes}.", opens=time(8), closes=time(15, 30)))
    await town.world.write(town.nora, "/kontortid")
    await town.world.press(town.nora, "Yes", "Mondays", "Thursdays", "Done", "10.00", "13.00")
    evening = datetime.combine(town.world.clock.now().date(), time(20), OSLO)
    town.world.clock.turn_to(evening.astimezone(UTC))
    await town.world.write(applicant, "/sak")
    days = [t("Mondays"), t("Thursdays")]
    assert await town.world.says(applicant, t("{days}, from {opens} to {closes}.", days=days, opens=time(10), closes=time(13)))
    opens = next_open(OfficeHours(opens=time(10), closes=time(13), days=(0, 3)), evening, WorkingCalendar())
    assert opens.astimezone(OSLO).weekday() in (0, 3)
    assert await town.world.says(applicant, t("It is outside these hours now. You get an answer from {moment}.", moment=opens))


async def test_D16_only_a_coordinator_sets_hours_that_can_be(town: Town) -> None:
    (applicant,) = town.applicants
    for who in (applicant, town.lars):
        with pytest.raises(Refused):
            await town.does(who, SetOfficeHours(opens=time(8), closes=time(15), days=(0,)))
    with pytest.raises(Refused):
        await town.does(town.nora, SetOfficeHours(opens=time(15), closes=time(8), days=(0,)))


async def the_silence(town: Town, who: Chat) -> list[str]:
    """What somebody has been told about a case in which nothing happens."""
    await town.world.deliver()
    words = await town.world.words(
        who, t("Case {number}: nothing has happened here since {day}. Is anything needed?", number=NUMBER, day="¤")
    )
    leader = await town.world.words(
        who,
        t(
            "Case {number}: nothing has happened since {day}. {name} is the coordinator. Please talk together about the time it takes.",
            number=NUMBER,
            day="¤",
            name=NORA,
        ),
    )
    starts = (words.split("¤")[0], leader.split("¤")[0])
    return [each.text for each in who.messages if each.text.startswith(starts)]


async def last_quiet_since(town: Town) -> date:
    rows = await town.rows("SELECT key FROM reminders WHERE kind = 'quiet_case' AND state = 'pending'")
    return date.fromisoformat(rows[-1]["key"].rsplit("/", 1)[-1])


async def test_D17_a_case_in_which_nothing_happens_is_noticed_and_the_leader_hears_after_a_warning(town: Town) -> None:
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    rules, since = town.world.municipality.profile.startup, town.world.clock.now().date()
    await town.world.turn(timedelta(days=rules.quiet_days - 1))
    assert await the_silence(town, town.nora) == []
    await town.world.turn(timedelta(days=4))
    (asked,) = await the_silence(town, town.nora)
    leader_on = since + timedelta(days=rules.quiet_days + rules.quiet_leader_days)
    assert await town.world.words(town.nora, t("If nobody answers, your leader is asked to help on {day}.", day=leader_on)) in asked
    assert await the_silence(town, town.lars) == []
    await town.world.turn(timedelta(days=rules.quiet_leader_days))
    assert len(await the_silence(town, town.lars)) == 1


async def test_D17_whatever_is_done_begins_the_time_anew(town: Town) -> None:
    rules = town.world.municipality.profile.startup
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    await town.world.turn(timedelta(days=rules.quiet_days + 3))
    assert len(await the_silence(town, town.nora)) == 1
    await town.world.press(town.nora, "I have done it")
    assert await last_quiet_since(town) == town.world.clock.now().date()
    await town.world.turn(timedelta(days=rules.quiet_leader_days + 3))
    assert await the_silence(town, town.lars) == [], "the coordinator has answered"
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.PHONE))
    assert await last_quiet_since(town) == town.world.clock.now().date()


async def test_D17_looking_at_a_case_is_not_doing_something(town: Town) -> None:
    before = await last_quiet_since(town)
    await town.world.turn(timedelta(days=5))
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for", "KP, sak 1001")
    rows = await town.rows("SELECT action FROM audit WHERE case_id = 1 AND actor > 0 ORDER BY id DESC LIMIT 1")
    assert [row["action"] for row in rows] == ["case.read"]
    await town.world.read(lambda tx: due.of_case(tx, town.world.municipality, FIRST))
    assert await last_quiet_since(town) == before


async def test_D17_what_is_agreed_ahead_counts_from_its_day(town: Town) -> None:
    nora, day = await town.world.person(town.nora), town.world.clock.now().date() + timedelta(days=40)
    await town.does(town.nora, FinishStartup(case=FIRST, next_on=day, owner=nora, words="Ringe."))
    assert await last_quiet_since(town) == day


async def test_D19_ones_own_part_is_told_after_the_talk_and_again_each_year(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.press(town.nora, "First contact", "The start-up talk was held", "Not now")
    await town.world.write(town.nora, "Vi venter.")
    await town.world.press(applicant, "What you can do yourself")
    part = await town.world.words(applicant, YOUR_PART)
    assert sum(part in each.text for each in applicant.messages) == 1
    await town.world.turn(timedelta(days=370))
    (told,) = [each.text for each in applicant.messages if part in each.text and "1001" in each.text]
    still = t("Do you still need a coordinator? We ask now and then. If you do, you need not answer. Case {number}.", number="1001")
    assert told.startswith(await town.world.words(applicant, still)), "one letter a year, not two"
    assert sum(part in each.text for each in applicant.messages) == 2
    await town.world.turn(timedelta(days=365))
    assert sum(part in each.text for each in applicant.messages) == 3


async def test_D20_the_coordinator_is_not_expected_along_to_meetings_with_one_service(town: Town) -> None:
    (applicant,) = town.applicants
    question, answer = FAQ["come_along"]
    await town.world.write(applicant, "/info")
    await town.world.press(applicant, "Questions, forms and reading", "Questions and answers", question)
    assert await town.world.says(applicant, answer, last=1)
    assert "single service" in answer.msgid


async def test_D21_six_ticks_that_are_the_coordinators_own(town: Town) -> None:
    assert len(SelfCheck) == len(SELF_CHECKS) == 6
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for", "KP, sak 1001", "First steps and lists", "What I need myself")
    await town.world.press(town.nora, SELF_CHECKS[SelfCheck.SERVICES], SELF_CHECKS[SelfCheck.KNOWS_NEED], "Done")
    assert await town.world.says(town.nora, "Is something missing? Talk to your leader, or ask us for guidance.")
    nora = await town.world.person(town.nora)
    ticked = await town.world.read(lambda tx: startups.ticked(tx, FIRST, nora))
    assert ticked == {SelfCheck.SERVICES, SelfCheck.KNOWS_NEED}
    for who in (town.anne, town.lars, town.applicants[0]):
        with pytest.raises(Refused):
            await town.does(who, TickSelf(case=FIRST, item=SelfCheck.LEADER))
