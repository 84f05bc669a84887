"""Reminders of a case on its way: KE's clock, the talks, the first contact, and a group that has become long-term.

Here: pure rules. Not here: who is asked to be coordinator (`appointing`), nor the words (`bot.services.reminders`).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.cases import BEFORE_DECISION, AssignmentState, CaseState, TalkKind, TalkState, Wanted
from bot.domain.reminders.facts import OSLO, CaseFacts, Reminder, ReminderKind, Rules, day_of

ANSWER_SOON_DAYS: Final = 7
TIMES_SILENT_DAYS: Final = 3
TALK_NOTED_DAYS: Final = 1


def reminders(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """What a case on its way wants to be reminded of."""
    yield from _ke_clock(case, rules)
    yield from _talks(case, rules)
    yield from _contact(case, rules)
    yield from _group(case, rules)


def _ke_clock(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """The clarifying talk within five working days (our default; Lund § 7.4 asks for the talk), an answer within a month (fvl § 11 a)."""
    if case.state not in BEFORE_DECISION:
        return
    if not any(talk.kind is TalkKind.CLARIFYING and talk.state in {TalkState.BOOKED, TalkState.HELD} for talk in case.talks):
        last = rules.working_days_after(case.received_at, rules.profile.deadlines.clarifying_talk_working_days)
        soon = rules.calendar.add_working_days(last, -1)
        yield Reminder(
            key=f"case/{case.id}/clarify-soon",
            kind=ReminderKind.CLARIFY_SOON,
            due_at=rules.on(soon),
            useful_until=rules.on(last),
            case=case.id,
        )
        late = rules.on(last + timedelta(days=1))
        yield Reminder(key=f"case/{case.id}/clarify-late", kind=ReminderKind.CLARIFY_LATE, due_at=late, case=case.id)
    soon_at = rules.on(case.due - timedelta(days=ANSWER_SOON_DAYS))
    until = datetime.combine(case.due + timedelta(days=1), time(), OSLO).astimezone(UTC)
    # A new promise (a delay the applicant was told of) is a new fact, so it has a key of its own.
    yield Reminder(
        key=f"case/{case.id}/answer-soon/{case.due}", kind=ReminderKind.ANSWER_SOON, due_at=soon_at, useful_until=until, case=case.id
    )
    late_at = rules.on(case.due + timedelta(days=1))
    yield Reminder(key=f"case/{case.id}/answer-late/{case.due}", kind=ReminderKind.ANSWER_LATE, due_at=late_at, case=case.id)


def _talks(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A time offered and not answered; the day before a talk; a talk nobody has noted (Lund §§ 7.4, 7.6; our completion)."""
    for talk in case.talks:
        if talk.state is TalkState.PROPOSED:
            due = rules.after(talk.created_at, TIMES_SILENT_DAYS)
            yield Reminder(key=f"talk/{talk.id}/times-silent", kind=ReminderKind.TIMES_SILENT, due_at=due, case=case.id, object=talk.id)
        if talk.state is TalkState.BOOKED and talk.at is not None:
            stamp = int(talk.at.timestamp())
            before = rules.on(rules.calendar.add_working_days(day_of(talk.at), -1))
            yield Reminder(
                key=f"talk/{talk.id}/tomorrow/{stamp}",
                kind=ReminderKind.TALK_TOMORROW,
                due_at=before,
                useful_until=talk.at,
                case=case.id,
                object=talk.id,
            )
            noted = rules.after(talk.at, TALK_NOTED_DAYS)
            yield Reminder(key=f"talk/{talk.id}/noted/{stamp}", kind=ReminderKind.TALK_NOTED, due_at=noted, case=case.id, object=talk.id)


def _contact(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """The coordinator's first contact: nudged, late for KE, and then told to the leader (Rana, Oppstart 4; Lund § 7.6; days by profile)."""
    if case.state is not CaseState.ACTIVE or case.contacted:
        return
    for held in case.assignments:
        if held.state is AssignmentState.ACCEPTED and held.answered_at is not None:
            for kind, days, person in (
                (ReminderKind.CONTACT_NUDGE, rules.profile.deadlines.contact_nudge_day, held.candidate),
                (ReminderKind.CONTACT_LATE, rules.profile.deadlines.contact_days, held.candidate),
                (ReminderKind.CONTACT_LEADER, rules.profile.deadlines.leader_told_day, held.leader),
            ):
                key = f"assignment/{held.id}/{kind}"
                yield Reminder(key=key, kind=kind, due_at=rules.after(held.answered_at, days), case=case.id, person=person, object=held.id)


def _group(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A group that has become long-term: a coordinator and a plan are to be offered (A09; Lund § 11.4; months by profile)."""
    if case.state is not CaseState.ACTIVE or case.wanted is not Wanted.GROUP:
        return
    for held in case.assignments:
        if held.state is AssignmentState.ACCEPTED and held.answered_at is not None:
            day = months_after(day_of(held.answered_at), rules.profile.deadlines.group_without_coordinator_months)
            key = f"assignment/{held.id}/{ReminderKind.GROUP_LONG}"
            yield Reminder(key=key, kind=ReminderKind.GROUP_LONG, due_at=rules.on(day), case=case.id, person=held.candidate, object=held.id)
