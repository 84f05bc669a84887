"""Meetings: called in time, answered, remembered, and often enough.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.meeting_facts`), nor the words
(`bot.services.reminders.meeting`). Guarantees: only the silent are asked for an answer; whoever said no hears no more of it; another time
or place makes all of them anew, since the moment is part of each key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.ids import CaseId, MeetingId, PersonId
from bot.domain.meetings import MeetingState, last_day_to_send
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of

NOT_CALLED_DAYS: Final = (28, 21, 15)
"""So many days before the meeting, where the invitation has not gone out (G01: our lead for Lund's 14 days)."""
LAST_ANSWER_DAYS: Final = 3
WEEK_DAYS: Final = 7
WHO_COMES_WORKING_DAYS: Final = 2
BETWEEN_DAYS: Final = 7
"""The two who met the recipient before meet them after within a week (J02, our default)."""
WARNED_WEEKS: Final = 6
MONTHS: Final = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingFacts:
    """What the rules need to know of a meeting. `first_time`: its time, or the earliest that can still be picked. Moments are aware.

    `holder`: whoever holds its threads; None: the unit. `silent`, `coming` and `voters_silent` are those to whom each rule can apply;
    `asked_at` is when the last invitation went out. `between`: members who have not yet met the recipient after it.
    `said_at`: when each of those who come said so; nobody is reminded at once of what they have just said.
    """

    id: MeetingId
    state: MeetingState
    first_time: datetime | None
    at: datetime | None
    notice_days: int
    holder: PersonId | None
    planned_at: datetime
    asked_at: datetime | None
    silent: tuple[PersonId, ...] = ()
    coming: tuple[PersonId, ...] = ()
    voters_silent: tuple[PersonId, ...] = ()
    between: tuple[PersonId, ...] = ()
    said_at: Mapping[PersonId, datetime] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingsFacts:
    """All the meetings of a case. `since`: the day of the last one that counts for the rhythm, or when the group began; None: no rhythm.

    `holder`: the coordinator; None: the unit.
    """

    case: CaseId
    meetings: tuple[MeetingFacts, ...]
    since: date | None
    holder: PersonId | None


def reminders(facts: MeetingsFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of about meetings."""
    found = [each for meeting in facts.meetings for each in _of_meeting(facts.case, meeting, rules)]
    return frozenset((*found, *_rhythm(facts, rules)))


def _of_meeting(case: CaseId, meeting: MeetingFacts, rules: Rules) -> Iterator[Reminder]:
    match meeting.state:
        case MeetingState.ASKED | MeetingState.TALK_FIRST | MeetingState.VOTING:
            yield from _planned(case, meeting, rules)
        case MeetingState.CALLED:
            yield from _called(case, meeting, rules)
        case MeetingState.HELD:
            yield from _after(case, meeting, rules)


def _planned(case: CaseId, meeting: MeetingFacts, rules: Rules) -> Iterator[Reminder]:
    """The invitation has not gone out: the coordinator is told in time (G01); those who have not chosen among the times, too (G21, H02)."""
    if meeting.first_time is None:
        return
    day = day_of(meeting.first_time)
    for days in NOT_CALLED_DAYS:
        due_at = rules.on(day - timedelta(days=days))
        # A day that had come when the meeting was planned reminds of nothing: else the first morning would bring them all at once.
        if days > meeting.notice_days and day_of(due_at) > day_of(meeting.planned_at):
            yield Reminder(
                key=f"meeting/{meeting.id}/not-called/{day}/{days}",
                kind=ReminderKind.MEETING_NOT_CALLED,
                due_at=due_at,
                useful_until=_midnight_after(last_day_to_send(day, meeting.notice_days)),
                case=case,
                person=meeting.holder,
                object=meeting.id,
            )
    for days in rules.profile.meetings.answer_nudge_days:
        for person in meeting.voters_silent:
            yield Reminder(
                key=f"meeting/{meeting.id}/vote/{day}/{person}/{days}",
                kind=ReminderKind.MEETING_VOTE,
                due_at=rules.after(meeting.planned_at, days),
                useful_until=meeting.first_time,
                case=case,
                person=person,
                object=meeting.id,
            )


def _called(case: CaseId, meeting: MeetingFacts, rules: Rules) -> Iterator[Reminder]:
    at = meeting.at
    if at is None:
        return
    stamp, day = int(at.timestamp()), day_of(at)
    if meeting.asked_at is not None:
        # Only the silent, after the days of the profile and once more before it (H02); never after "cannot".
        moments = [before(rules, day - timedelta(days=LAST_ANSWER_DAYS))]
        moments += [rules.after(meeting.asked_at, days) for days in rules.profile.meetings.answer_nudge_days]
        by_day = {day_of(each): each for each in sorted(moments, reverse=True) if meeting.asked_at < each and day_of(each) < day}
        for person in meeting.silent:
            for on, moment in by_day.items():
                yield Reminder(
                    key=f"meeting/{meeting.id}/answer/{stamp}/{person}/{on}",
                    kind=ReminderKind.MEETING_ANSWER,
                    due_at=moment,
                    useful_until=at,
                    case=case,
                    person=person,
                    object=meeting.id,
                )
    for person in meeting.coming:
        yield from _remember(case, meeting, person, rules)
    who_comes = rules.on(rules.calendar.add_working_days(day, -WHO_COMES_WORKING_DAYS))
    if meeting.asked_at is None or who_comes > meeting.asked_at:
        yield Reminder(
            key=f"meeting/{meeting.id}/who-comes/{stamp}",
            kind=ReminderKind.MEETING_WHO_COMES,
            due_at=who_comes,
            useful_until=at,
            case=case,
            person=meeting.holder,
            object=meeting.id,
        )


def _remember(case: CaseId, meeting: MeetingFacts, person: PersonId, rules: Rules) -> Iterator[Reminder]:
    """A week before and the working day before, to those who come (H06: the button to say that one cannot is what it is for)."""
    assert meeting.at is not None
    stamp, day = int(meeting.at.timestamp()), day_of(meeting.at)
    known = max((each for each in (meeting.asked_at, meeting.said_at.get(person)) if each is not None), default=None)
    week = before(rules, day - timedelta(days=WEEK_DAYS))
    if known is None or week > known:
        yield Reminder(
            key=f"meeting/{meeting.id}/week/{stamp}/{person}",
            kind=ReminderKind.MEETING_WEEK,
            due_at=week,
            useful_until=_midnight_after(day - timedelta(days=LAST_ANSWER_DAYS)),
            case=case,
            person=person,
            object=meeting.id,
        )
    tomorrow = rules.on(rules.calendar.add_working_days(day, -1))
    if known is None or tomorrow > known:
        yield Reminder(
            key=f"meeting/{meeting.id}/tomorrow/{stamp}/{person}",
            kind=ReminderKind.MEETING_TOMORROW,
            due_at=tomorrow,
            useful_until=meeting.at,
            case=case,
            person=person,
            object=meeting.id,
        )


def before(rules: Rules, day: date) -> datetime:
    """The morning of that day, or of the last working day before it: a reminder before something never comes later."""
    return rules.on(day if rules.calendar.is_working_day(day) else rules.calendar.add_working_days(day, -1))


def _after(case: CaseId, meeting: MeetingFacts, rules: Rules) -> Iterator[Reminder]:
    """Those who met the recipient before the meeting meet them after it (J02: Lund § 11.4, Alternativ organisering)."""
    if meeting.at is None:
        return
    for person in meeting.between:
        yield Reminder(
            key=f"meeting/{meeting.id}/between/{person}",
            kind=ReminderKind.MEETING_BETWEEN,
            due_at=rules.after(meeting.at, BETWEEN_DAYS),
            case=case,
            person=person,
            object=meeting.id,
        )


def _rhythm(facts: MeetingsFacts, rules: Rules) -> Iterator[Reminder]:
    """So many meetings a year at least (G09: Ås one, Lund two): warned six weeks before it is too long, told when it is."""
    coming = any(each.state in {MeetingState.CALLED, MeetingState.VOTING, MeetingState.ASKED} for each in facts.meetings)
    if facts.since is None or coming:
        return
    latest = months_after(facts.since, MONTHS // max(1, rules.profile.meetings.a_year_at_least))
    warned = Reminder(
        key=f"case/{facts.case}/meeting-due/{latest}",
        kind=ReminderKind.MEETING_DUE,
        due_at=rules.on(latest - timedelta(weeks=WARNED_WEEKS)),
        useful_until=_midnight_after(latest),
        case=facts.case,
        person=facts.holder,
    )
    late = Reminder(
        key=f"case/{facts.case}/meeting-overdue/{latest}",
        kind=ReminderKind.MEETING_OVERDUE,
        due_at=rules.on(latest + timedelta(days=1)),
        case=facts.case,
        person=facts.holder,
    )
    yield from (warned, late)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OSLO).astimezone(UTC)
