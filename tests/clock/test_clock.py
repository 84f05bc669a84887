"""Time is aware and in UTC, and working days are Norway's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import OSLO, SystemClock, TurnableClock, WorkingCalendar
from bot.domain.calendar import Calendar

CALENDAR: Calendar = WorkingCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def oslo(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


def test_now_is_aware_and_in_utc() -> None:
    with time_machine.travel(oslo(2027, 7, 1, 14), tick=False):
        assert SystemClock().now() == datetime(2027, 7, 1, 12, tzinfo=UTC)
        assert SystemClock().now().tzinfo is UTC


def test_a_turned_clock_goes_on_from_where_it_was_turned_to() -> None:
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False) as traveller:
        clock = TurnableClock()
        clock.turn(timedelta(days=1))
        assert clock.now() == datetime(2027, 3, 2, 12, tzinfo=UTC)
        clock.turn_to(oslo(2027, 3, 16, 8))
        traveller.shift(60)
        assert clock.now() == datetime(2027, 3, 16, 7, 1, tzinfo=UTC)


def test_a_clock_is_never_turned_back() -> None:
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False):
        clock = TurnableClock()
        with pytest.raises(ValueError, match="forward"):
            clock.turn(timedelta(seconds=-1))
        with pytest.raises(ValueError, match="forward"):
            clock.turn_to(datetime(2027, 3, 1, 11, tzinfo=UTC))
        with pytest.raises(ValueError, match="time zone"):
            clock.turn_to(datetime(2027, 4, 1))  # noqa: DTZ001 - a naive moment is what is refused
        assert clock.now() == datetime(2027, 3, 1, 12, tzinfo=UTC)


# 2027: Easter Sunday is 28 March; 2026: 5 April. Lov om helligdager og helligdagsfred § 2; lov om 1. og 17. mai § 1.
@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2026, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2028, 12, 26),
        date(2027, 3, 6),
        date(2027, 3, 7),
    ],
)
def test_public_holidays_and_weekends_are_no_working_days(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("day", [date(2027, 3, 24), date(2027, 3, 30), date(2027, 5, 18), date(2026, 12, 24), date(2026, 12, 31)])
def test_other_weekdays_are_working_days(day: date) -> None:
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2027, 3, 1), 5, date(2027, 3, 8)),
        (date(2027, 3, 24), 1, date(2027, 3, 30)),
        (date(2027, 3, 30), -1, date(2027, 3, 24)),
        (date(2027, 3, 6), 1, date(2027, 3, 8)),
        (date(2027, 3, 6), 0, date(2027, 3, 6)),
        (date(2026, 12, 23), 6, date(2027, 1, 4)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(start: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, count) == end


@given(day=DAYS, count=st.integers(0, 30))
def test_counting_working_days_there_and_back_ends_where_it_started(day: date, count: int) -> None:
    start = CALENDAR.next_working_day(day)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, count), -count) == start


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (oslo(2027, 3, 4, 14), oslo(2027, 3, 4, 14)),
        (oslo(2027, 3, 4, 8), oslo(2027, 3, 4, 8)),
        (oslo(2027, 3, 4, 20), oslo(2027, 3, 4, 20)),
        (oslo(2027, 3, 4, 20, 1), oslo(2027, 3, 5, 8)),
        (oslo(2027, 3, 4, 7, 59), oslo(2027, 3, 4, 8)),
        (oslo(2027, 3, 5, 23), oslo(2027, 3, 8, 8)),
        (oslo(2027, 3, 6, 3), oslo(2027, 3, 8, 8)),
        (oslo(2027, 3, 24, 22), oslo(2027, 3, 30, 8)),
        (oslo(2027, 5, 14, 23, 30), oslo(2027, 5, 18, 8)),
    ],
)
def test_messages_go_in_the_daytime_of_working_days(moment: datetime, expected: datetime) -> None:
    assert CALENDAR.sending_time(moment, earliest=time(8), latest=time(20)) == expected


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_sending_time_is_never_earlier_and_always_allowed(moment: datetime) -> None:
    sent = CALENDAR.sending_time(moment, earliest=time(8), latest=time(20))
    assert sent >= moment
    assert sent.tzinfo is UTC
    assert time(8) <= sent.astimezone(OSLO).time() <= time(20)
    assert CALENDAR.is_working_day(sent.astimezone(OSLO).date())
    assert CALENDAR.sending_time(sent, earliest=time(8), latest=time(20)) == sent


def test_a_naive_moment_and_hours_turned_around_are_mistakes() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.sending_time(datetime(2027, 3, 4, 14), earliest=time(8), latest=time(20))  # noqa: DTZ001 - refused
    with pytest.raises(ValueError, match="turned around"):
        CALENDAR.sending_time(oslo(2027, 3, 4, 14), earliest=time(20), latest=time(8))
