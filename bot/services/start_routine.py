"""How far a case has come in the thirteen steps of Lund § 7.

Here: the steps from what is stored. Not here: the steps themselves (`bot.domain.start_routine`). Guarantee: only those who may see what is
in a case see how far it has come (K23).
"""

from collections.abc import Iterator

from bot.domain.access import Action
from bot.domain.cases import CaseState, TalkKind, TalkState
from bot.domain.groups import COUNTED
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingState
from bot.domain.member_tasks import MemberTaskState
from bot.domain.minutes import MinutesState
from bot.domain.plan_queries import StartView, TheStart
from bot.domain.start_routine import Step, next_step
from bot.services.municipality import Context
from bot.store import assignments, cases, closings, groups, meetings, member_tasks, minutes, plans, startups, talks


def the_start(context: Context, query: TheStart) -> StartView | None:
    """The steps that are behind, and the next one."""
    if not context.may(Action.SEE_PLAN, query.case):
        return None
    done = frozenset(_done(context, query.case))
    return StartView(
        number=cases.get(context.tx, query.case).number, done=tuple(step for step in Step if step in done), next=next_step(done)
    )


def _done(context: Context, case: CaseId) -> Iterator[Step]:
    tx, found = context.tx, cases.get(context.tx, case)
    yield from (Step.NEED, Step.WISH, Step.APPLIED)
    held = {each.kind for each in talks.of_case(tx, case) if each.state is TalkState.HELD}
    if TalkKind.CLARIFYING in held or found.state in {CaseState.APPOINTING, CaseState.ACTIVE}:
        yield Step.FIRST_TALK
    if assignments.accepted(tx, case) is not None:
        yield Step.WHO
    if TalkKind.STARTUP in held:
        yield from (Step.START_TALK, Step.MAPPED)
    yield from _together(context, case)


def _together(context: Context, case: CaseId) -> Iterator[Step]:
    """From the choice of tool on."""
    tx = context.tx
    sent = any(each.state is MinutesState.SENT for each in minutes.of_case(tx, case))
    if plans.of_case(tx, case) is not None or sent or startups.way(tx, case) is not None:
        yield Step.TOOL
    met = any(each.kind in COUNTED and each.state is MeetingState.HELD for each in meetings.of_case(tx, case))
    if met:
        yield Step.GROUP
    agreed = member_tasks.of_case(tx, case)
    if any(each.code is None for each in agreed):
        yield Step.PLANNED
    if any(each.code is None and each.state is MemberTaskState.DONE for each in agreed):
        yield Step.FOLLOWED_UP
    group = groups.of_case(tx, case)
    if any(each.evaluated_on is not None for each in group):
        yield Step.EVALUATED
    if closings.open_of(tx, case) is not None:
        yield Step.GO_ON
