"""Ten thousand made-up meetings against a naive reading of the rules: who is reminded of what, on which day.

The reading below walks through the calendar day by day with the naive list of Norwegian holidays (`tests.stories.naive`), and shares
nothing with the rules but the facts they are given. Rows G01, G19, H02, H06, H07.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.clock import WorkingCalendar
from bot.domain.ids import CaseId, MeetingId, PersonId
from bot.domain.meetings import MeetingState
from bot.domain.reminders import Reminder, ReminderKind, Rules
from bot.domain.reminders.meeting import MeetingFacts, MeetingsFacts, reminders
from bot.profile import load_profile, shipped_profiles
from tests.stories.naive import works as works

OSLO = ZoneInfo("Europe/Oslo")
CASE, HOLDER = CaseId(1), PersonId(1)
MEETINGS = 10_000
MORNING = time(9)
TOMORROW = ReminderKind.MEETING_TOMORROW
Told = tuple[ReminderKind, PersonId, date]


@cache
def rules_of(name: str) -> Rules:
    return Rules(profile=load_profile(name), calendar=WorkingCalendar())


def later(day: date) -> date:
    while not works(day):
        day += timedelta(days=1)
    return day


def earlier(day: date) -> date:
    while not works(day):
        day -= timedelta(days=1)
    return day


def morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, OSLO)


def working_day_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= works(day)
    return day


def naive(meeting: MeetingFacts, rules: Rules) -> Counter[Told]:
    """Who is to hear what on which day, read off the rules in words."""
    told: Counter[Told] = Counter()
    settings = rules.profile.meetings
    if meeting.state in {MeetingState.ASKED, MeetingState.TALK_FIRST, MeetingState.VOTING} and meeting.first_time is not None:
        day = meeting.first_time.astimezone(OSLO).date()
        told.update(
            (ReminderKind.MEETING_NOT_CALLED, HOLDER, later(day - timedelta(days=days)))
            for days in (28, 21, 15)
            if days > meeting.notice_days and meeting.planned_at.astimezone(OSLO).date() < later(day - timedelta(days=days))
        )
        planned = meeting.planned_at.astimezone(OSLO).date()
        for person in meeting.voters_silent:
            told.update((ReminderKind.MEETING_VOTE, person, later(planned + timedelta(days=days))) for days in settings.answer_nudge_days)
    if meeting.state is MeetingState.CALLED and meeting.at is not None:
        told.update(_naive_called(meeting, meeting.at, settings.answer_nudge_days))
    if meeting.state is MeetingState.HELD and meeting.at is not None:
        day = later(meeting.at.astimezone(OSLO).date() + timedelta(days=7))
        told.update((ReminderKind.MEETING_BETWEEN, person, day) for person in meeting.between)
    return told


def _naive_called(meeting: MeetingFacts, at: datetime, nudge_days: tuple[int, ...]) -> Counter[Told]:
    told: Counter[Told] = Counter()
    day, asked = at.astimezone(OSLO).date(), meeting.asked_at
    if asked is not None:
        asked_day = asked.astimezone(OSLO).date()
        days = {later(asked_day + timedelta(days=each)) for each in nudge_days} | {earlier(day - timedelta(days=3))}
        for person in meeting.silent:
            told.update((ReminderKind.MEETING_ANSWER, person, each) for each in days if asked < morning(each) and each < day)
    for person in meeting.coming:
        for kind, when in ((ReminderKind.MEETING_WEEK, earlier(day - timedelta(days=7))), (TOMORROW, working_day_before(day, 1))):
            if all(known is None or known < morning(when) for known in (asked, meeting.said_at.get(person))):
                told[kind, person, when] += 1
    if asked is None or asked < morning(working_day_before(day, 2)):
        told[ReminderKind.MEETING_WHO_COMES, HOLDER, working_day_before(day, 2)] += 1
    return told


def made_up(chance: random.Random, number: int) -> MeetingFacts:
    """A meeting at any hour of any day of three years, at whatever point of its life."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * chance.randrange(3 * 365 * 96))
    planned = at - timedelta(hours=chance.randrange(1, 24 * 60))
    asked = planned + (at - planned) * chance.random()
    people = [PersonId(each) for each in range(2, 2 + chance.randrange(12))]
    chance.shuffle(people)
    cuts = sorted(chance.randrange(len(people) + 1) for _ in range(2))
    state = chance.choice(list(MeetingState))
    return MeetingFacts(
        id=MeetingId(number),
        state=state,
        first_time=None if chance.random() < 0.05 else at,
        at=at if state in {MeetingState.CALLED, MeetingState.HELD} else None,
        notice_days=chance.choice([0, 7, 14, 21]),
        holder=HOLDER,
        planned_at=planned,
        asked_at=asked if state is MeetingState.CALLED else None,
        silent=tuple(people[: cuts[0]]),
        coming=tuple(people[cuts[0] : cuts[1]]),
        voters_silent=tuple(people[: cuts[0]]) if state is MeetingState.VOTING else (),
        between=tuple(people[:2]),
        said_at={each: asked + (at - asked) * chance.random() for each in people[cuts[0] : cuts[1]]},
    )


def of(meeting: MeetingFacts, rules: Rules) -> frozenset[Reminder]:
    return reminders(MeetingsFacts(case=CASE, meetings=(meeting,), since=None, holder=HOLDER), rules)


def told_by(found: frozenset[Reminder]) -> Counter[Told]:
    return Counter((each.kind, each.person or HOLDER, each.due_at.astimezone(OSLO).date()) for each in found)


def test_H02_H06_H07_G01_ten_thousand_meetings_are_reminded_of_as_the_rules_say() -> None:
    chance, kinds = random.Random(2027), Counter[ReminderKind]()
    profiles = [rules_of(name) for name in shipped_profiles()]
    for number in range(MEETINGS):
        meeting, rules = made_up(chance, number), profiles[number % len(profiles)]
        found = of(meeting, rules)
        assert told_by(found) == naive(meeting, rules), meeting
        assert len({each.key for each in found}) == len(found)
        for each in found:
            local = each.due_at.astimezone(OSLO)
            assert works(local.date()), "nobody is written to on a Sunday or a holiday"
            assert rules.profile.sending.earliest <= local.time() <= rules.profile.sending.latest
            kinds[each.kind] += 1
    assert all(kinds[kind] > 1000 for kind in told_kinds()), kinds


def told_kinds() -> list[ReminderKind]:
    rhythm = {ReminderKind.MEETING_DUE, ReminderKind.MEETING_OVERDUE}
    return [kind for kind in ReminderKind if kind.startswith("meeting_") and kind not in rhythm]


def test_G19_a_moved_meeting_moves_them_all() -> None:
    chance, rules = random.Random(2028), rules_of("lund")
    for number in range(1000):
        before = replace(made_up(chance, number), state=MeetingState.CALLED)
        if before.first_time is None:
            continue
        asked = before.first_time - timedelta(days=20)
        called = replace(before, at=before.first_time, asked_at=asked)
        moved = replace(called, at=before.first_time + timedelta(days=chance.randrange(1, 40)), asked_at=asked + timedelta(days=1))
        assert not {each.key for each in of(called, rules)} & {each.key for each in of(moved, rules)}


def test_H02_whoever_said_no_hears_nothing_more() -> None:
    chance, rules = random.Random(2029), rules_of("lund")
    for number in range(1000):
        meeting = made_up(chance, number)
        outside = PersonId(99)
        assert outside not in {each.person for each in of(meeting, rules)}
        gone = replace(meeting, silent=(), coming=(), voters_silent=(), between=())
        assert {each.person for each in of(gone, rules)} <= {HOLDER}


@pytest.mark.parametrize(("profile", "months"), [("as", 12), ("lund", 6)])
def test_G09_warned_six_weeks_before_it_is_too_long_and_told_when_it_is(profile: str, months: int) -> None:
    rules, since = rules_of(profile), date(2027, 1, 12)
    found = reminders(MeetingsFacts(case=CASE, meetings=(), since=since, holder=HOLDER), rules)
    latest = date(2028, 1, 12) if months == 12 else date(2027, 7, 12)
    days = {each.kind: each.due_at.astimezone(OSLO).date() for each in found}
    assert days == {
        ReminderKind.MEETING_DUE: later(latest - timedelta(days=42)),
        ReminderKind.MEETING_OVERDUE: later(latest + timedelta(days=1)),
    }
    planned = replace(made_up(random.Random(1), 1), state=MeetingState.VOTING)
    kinds = {each.kind for each in reminders(MeetingsFacts(case=CASE, meetings=(planned,), since=since, holder=HOLDER), rules)}
    assert not kinds & set(days), "a meeting that is planned is enough"
    assert reminders(MeetingsFacts(case=CASE, meetings=(), since=None, holder=HOLDER), rules) == frozenset()
