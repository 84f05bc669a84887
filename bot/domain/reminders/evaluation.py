"""When it is asked how things are going, and whether anybody has been in touch.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.evaluation_facts`), nor the words
(`bot.services.reminders.evaluation`). Guarantees: another day makes the reminders anew, since the day is part of their keys; whoever has
just answered is not asked again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.ids import CaseId, MeetingId, PersonId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of
from bot.domain.reminders.meeting import before

ASKED_FOR_DAYS: Final = 14
"""So long an unanswered question about how things are going is useful (our default)."""
AFTER_MEETING_DAYS: Final = 7
"""So long after a meeting it is useful to be asked about it (our default)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationFacts:
    """What the rules need to know of a case with a coordinator. Moments are aware, days in Oslo.

    `since`: the coordinator's yes. `on`: the day agreed. `answered_at`, `followed_up_at`: the last answer of each kind. `held`: meetings
    of the group that were held since.
    """

    case: CaseId
    coordinator: PersonId
    since: datetime
    on: date | None
    answered_at: datetime | None
    followed_up_at: datetime | None
    held: tuple[tuple[MeetingId, datetime], ...]


def reminders(case: EvaluationFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of about how things are going."""
    return frozenset((*_day(case, rules), *_no_day(case, rules), *_meetings(case, rules), *_follow_up(case, rules)))


def _day(case: EvaluationFacts, rules: Rules) -> Iterator[Reminder]:
    """Both are reminded before the day agreed, and the person is asked on it (L02: Herøy, Evaluering; Rana, Oppfølging)."""
    if case.on is None or _answered_since(case, case.on - timedelta(days=rules.profile.evaluation.nudge_days)):
        return
    soon = before(rules, case.on - timedelta(days=rules.profile.evaluation.nudge_days))
    yield _reminder(case, ReminderKind.EVALUATION_SOON, f"{case.on}", soon, until=_midnight_after(case.on), person=case.coordinator)
    over = case.on + timedelta(days=ASKED_FOR_DAYS)
    yield _reminder(case, ReminderKind.EVALUATION_DAY, f"{case.on}", rules.on(case.on), until=_midnight_after(over))


def _no_day(case: EvaluationFacts, rules: Rules) -> Iterator[Reminder]:
    """A day is always agreed: also the next one, when one has passed (L02: Herøy, Evaluering). Twice as long without: KE is told."""
    days, since = rules.profile.evaluation.without_date_days, case.since
    if case.on is not None:
        since = max(since, datetime.combine(case.on, time(12), OSLO))
    if case.on is not None and not _answered_since(case, case.on - timedelta(days=rules.profile.evaluation.nudge_days)):
        since += timedelta(days=ASKED_FOR_DAYS)
    for person, wait in ((case.coordinator, days), (None, 2 * days)):
        key = f"{case.on or 'none'}/{day_of(case.since)}/{'unit' if person is None else 'coordinator'}"
        yield _reminder(case, ReminderKind.EVALUATION_NO_DATE, key, rules.after(since, wait), person=person)


def _meetings(case: EvaluationFacts, rules: Rules) -> Iterator[Reminder]:
    """The person is asked after each meeting of the group where the municipality wants that (L03: Lund §§ 7.12, 8)."""
    if not rules.profile.evaluation.after_each_meeting:
        return
    for meeting, at in case.held:
        if case.answered_at is None or case.answered_at < at:
            until = _midnight_after(day_of(at) + timedelta(days=AFTER_MEETING_DAYS))
            yield _reminder(case, ReminderKind.EVALUATION_MEETING, f"{meeting}", rules.after(at, 1), until=until, about=meeting)


def _follow_up(case: EvaluationFacts, rules: Rules) -> Iterator[Reminder]:
    """The person is asked whether anybody has been in touch, and whether they know what happens next (our default; issue 6)."""
    for days in rules.profile.evaluation.follow_up_days:
        due = rules.after(case.since, days)
        lately = case.followed_up_at is not None and due - timedelta(days=ASKED_FOR_DAYS) <= case.followed_up_at
        if lately:
            continue
        until = _midnight_after(day_of(due) + timedelta(days=ASKED_FOR_DAYS))
        yield _reminder(case, ReminderKind.FOLLOW_UP, f"{day_of(case.since)}/{days}", due, until=until)


def _answered_since(case: EvaluationFacts, day: date) -> bool:
    return case.answered_at is not None and day_of(case.answered_at) >= day


def _reminder(
    case: EvaluationFacts,
    kind: ReminderKind,
    key: str,
    due_at: datetime,
    *,
    until: datetime | None = None,
    person: PersonId | None = None,
    about: int | None = None,
) -> Reminder:
    return Reminder(
        key=f"evaluation/{case.case}/{kind}/{key}",
        kind=kind,
        due_at=due_at,
        useful_until=until,
        case=case.case,
        person=person,
        object=about,
    )


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OSLO).astimezone(UTC)
