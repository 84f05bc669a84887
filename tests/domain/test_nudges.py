"""When a digest goes and when a leader hears, as pure rules: never at night, never on a holiday, one step less often in July."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import WorkingCalendar
from bot.domain.ids import CaseId, NudgeId, PersonId
from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import digest_time, leader_day, warned_day
from bot.domain.reminders import OSLO, ReminderKind, Rules, day_of
from bot.domain.reminders.nudging import NudgeFacts, reminders
from bot.profile import load_profile, shipped_profiles

LUND = Rules(profile=load_profile("lund"), calendar=WorkingCalendar())
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), OSLO).astimezone(UTC)


@given(since=moments, waited=st.timedeltas(timedelta(), timedelta(days=9)), often=st.sampled_from(HowOften), had=st.booleans())
def test_a_digest_leaves_in_the_hours_of_a_working_day_and_never_before_now(
    since: datetime, waited: timedelta, often: HowOften, had: bool
) -> None:
    now = since + waited
    told = digest_time(since, now, now - timedelta(hours=1) if had else None, often, LUND)
    if told is None:
        assert often is HowOften.AT_ONCE
        return
    assert told >= now
    local = told.astimezone(OSLO)
    assert LUND.calendar.is_working_day(local.date()) or told == now
    assert told == now or local.time() == time(9)


@given(since=moments, often=st.sampled_from([HowOften.DAILY, HowOften.WEEKLY]))
def test_after_a_digest_the_next_one_is_on_another_day(since: datetime, often: HowOften) -> None:
    told = digest_time(since, since, since, often, LUND)
    assert told is not None
    assert day_of(told) > day_of(since)


@pytest.mark.parametrize(
    ("day", "chosen", "told"),
    [
        (date(2026, 3, 5), HowOften.DAILY, date(2026, 3, 5)),
        (date(2026, 3, 5), HowOften.WEEKLY, date(2026, 3, 9)),
        (date(2026, 3, 9), HowOften.WEEKLY, date(2026, 3, 9)),
        (date(2026, 4, 1), HowOften.WEEKLY, date(2026, 4, 7)),  # Easter Monday is the 6th
        (date(2026, 7, 8), HowOften.DAILY, date(2026, 7, 13)),
        (date(2026, 7, 8), HowOften.AT_ONCE, date(2026, 7, 8)),
    ],
)
def test_on_which_morning_it_comes(day: date, chosen: HowOften, told: date) -> None:
    assert digest_time(at(day), at(day), None, chosen, LUND) == at(told)


def test_at_once_is_only_what_is_due_today() -> None:
    thursday, friday = date(2026, 3, 5), date(2026, 3, 6)
    assert digest_time(at(friday), at(friday), None, HowOften.AT_ONCE, LUND) is None
    assert digest_time(at(thursday), at(friday), None, HowOften.AT_ONCE, LUND) == at(friday)


@pytest.mark.parametrize("profile", shipped_profiles())
@given(day=st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_the_warning_always_comes_before_the_leader_hears(profile: str, day: date) -> None:
    rules = replace(LUND, profile=load_profile(profile) if profile != "lund" else LUND.profile)
    assert day < warned_day(day, rules) < leader_day(day, rules)
    assert warned_day(day, rules).month != 7
    assert leader_day(day, rules).month != 7


def test_july_counts_where_the_municipality_is_not_softer_then() -> None:
    hard = replace(LUND, profile=replace(LUND.profile, nudges=replace(LUND.profile.nudges, softer_in_july=False)))
    monday = date(2026, 6, 29)
    assert leader_day(monday, hard) == date(2026, 7, 6)
    assert leader_day(monday, LUND) == date(2026, 8, 6)


def _nudge(**told: object) -> NudgeFacts:
    facts = NudgeFacts(id=NudgeId(7), person=PersonId(3), nudged_at=at(date(2026, 3, 4)), useful_until=None, later_on=None, climbs=True)
    return replace(facts, **told)  # type: ignore[arg-type]


def test_put_off_it_only_comes_again_and_one_that_does_not_climb_wants_nothing() -> None:
    (again,) = reminders(CaseId(1), (_nudge(later_on=date(2026, 3, 20)),), LUND)
    assert (again.kind, again.due_at) == (ReminderKind.NUDGE_AGAIN, at(date(2026, 3, 20)))
    assert reminders(CaseId(1), (_nudge(climbs=False),), LUND) == frozenset()
    kinds = {each.kind for each in reminders(CaseId(1), (_nudge(),), LUND)}
    assert kinds == {ReminderKind.NUDGE_WARNED, ReminderKind.NUDGE_LEADER}
