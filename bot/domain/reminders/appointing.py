"""Reminders of a question to a leader or a candidate that nobody has answered.

Here: pure rules. Not here: the words (`bot.services.reminders`).
"""

from collections.abc import Iterator
from typing import Final

from bot.domain.cases import AssignmentState, CaseState
from bot.domain.reminders.facts import CaseFacts, Reminder, ReminderKind, Rules

_SILENT: Final = {
    AssignmentState.LEADER_ASKED: (ReminderKind.LEADER_SILENT, ReminderKind.LEADER_STILL_SILENT),
    AssignmentState.CANDIDATE_ASKED: (ReminderKind.CANDIDATE_SILENT, ReminderKind.CANDIDATE_STILL_SILENT),
}


def reminders(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A leader or a candidate who has not answered in time is asked again, and a working day later KE takes over (C03; Lund § 11.1)."""
    for asked in case.assignments:
        if case.state is not CaseState.APPOINTING or asked.state not in _SILENT:
            continue
        first, then = _SILENT[asked.state]
        leader = asked.state is AssignmentState.LEADER_ASKED
        deadlines = rules.profile.deadlines
        days = deadlines.leader_answer_working_days if leader else deadlines.candidate_answer_working_days
        last = rules.working_days_after(asked.asked_at, days)
        key = f"assignment/{asked.id}/{asked.state}/{int(asked.asked_at.timestamp())}"
        person = asked.leader if leader else asked.candidate
        yield Reminder(key=f"{key}/silent", kind=first, due_at=rules.on(last), case=case.id, person=person, object=asked.id)
        after = rules.on(rules.calendar.add_working_days(last, 1))
        yield Reminder(key=f"{key}/still-silent", kind=then, due_at=after, case=case.id, object=asked.id)
