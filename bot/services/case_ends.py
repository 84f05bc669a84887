"""What ends with a case, however it ends.

Here: one list of everything that must not go on. Not here: why it ends (`bot.services.applications`, `bot.services.closing`). Guarantee:
after it nobody is asked, stands in, meets, owes a task or may read anything because of this case.
"""

from collections.abc import Sequence

from bot.domain.cases import AssignmentState
from bot.domain.circle import Member
from bot.domain.groups import Dissolved
from bot.domain.ids import CaseId
from bot.domain.meeting_commands import CancelMeeting
from bot.domain.meetings import OPEN
from bot.domain.member_tasks import MemberTaskState
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text
from bot.services import change_stopping, consents, groups, meeting_changes, membership, notices
from bot.services.leaders import leader_now
from bot.services.municipality import Context
from bot.store import assignments, meetings, member_tasks, talks, tasks
from bot.store import groups as stored_groups

ASKED = frozenset({AssignmentState.LEADER_ASKED, AssignmentState.CANDIDATE_ASKED})


def end_all(context: Context, case: CaseId, told: Text, *, key: str, around: Sequence[Member] = ()) -> None:
    """End everything about a case that has just ended. `told`: neutral words for the coordinator, the leader and those around the person.

    `around`: the members who could be told something until the case ended; nobody else hears of it.
    """
    tx = context.tx
    for meeting in meetings.of_case(tx, case):
        if meeting.state in OPEN:
            meeting_changes.call_off(context, meeting, CancelMeeting(meeting=meeting.id))
    if (group := stored_groups.active(tx, case)) is not None:
        groups.end(context, group, Dissolved.CASE_CLOSED)
    for member in around:
        notices.tell(context, member.person, told, sensitivity=Sensitivity.NEUTRAL, case=case, dedupe_key=f"{key}/member/{member.id}")
    for task in member_tasks.of_case(tx, case):
        if task.state is MemberTaskState.OPEN:
            member_tasks.end(tx, task, MemberTaskState.DROPPED)
    consents.on_case_ended(context, case)
    talks.cancel(tx, case)
    tasks.finish_kinds(tx, case, by=context.actor)
    _coordination(context, case, told, key)
    change_stopping.case_ended(context, case, told)
    membership.end_all(context, case)


def _coordination(context: Context, case: CaseId, told: Text, key: str) -> None:
    """The coordinator and the leader are told, and nobody is asked any more (P03)."""
    for each in assignments.of_case(context.tx, case):
        if each.state not in {*ASKED, AssignmentState.ACCEPTED}:
            continue
        assignments.move(context.tx, each, AssignmentState.ENDED if each.state is AssignmentState.ACCEPTED else AssignmentState.RECALLED)
        leader = leader_now(context.tx, each) if each.state is AssignmentState.ACCEPTED else None
        if each.state is AssignmentState.LEADER_ASKED:
            leader = each.leader
        for who in {person for person in (leader, each.candidate) if person is not None}:
            notices.tell(context, who, told, case=case, dedupe_key=f"{key}/{who}/{each.id}")
