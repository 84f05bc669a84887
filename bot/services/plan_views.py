"""The plan as one may see it.

Here: the answer to the query about it, and the table of all answers about the plan. Not here: what changes it (`bot.services.plans`).
Guarantee: the person's side, those who
coordinate and the unit see it, nobody else; of a sub-plan there is nothing but name, owner and day.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import TalkKind, TalkState
from bot.domain.circle import TAKES_PART
from bot.domain.ids import CaseId
from bot.domain.member_tasks import MemberTaskState
from bot.domain.minutes_queries import TaskView
from bot.domain.plan_queries import GoalView, PlanView, SubPlanView, ThePlan, TheStart
from bot.domain.plans import Goal, GoalState
from bot.engine.ask import Query
from bot.services import guidance, member_task_views, member_tasks, plans, promises, start_routine
from bot.services.case_views import initials_of
from bot.services.minutes_sending import WITH_A_PLAN
from bot.services.municipality import Context
from bot.store import audit, cases, members, talks
from bot.store import member_tasks as stored_tasks
from bot.store import plans as store


def the_plan(context: Context, query: ThePlan) -> PlanView | None:
    """The plan of a case. Reading it is recorded."""
    if not context.may(Action.SEE_PLAN, query.case):
        return None
    tx, case = context.tx, query.case
    audit.record(tx, "plan.read", actor=context.actor, case=case)
    plan, may_change = store.of_case(tx, case), context.may(Action.CHANGE_PLAN, case)
    return PlanView(
        case=case,
        number=cases.get(tx, case).number,
        initials=initials_of(context, case),
        wanted=cases.get(tx, case).wanted in WITH_A_PLAN,
        opened_on=None if plan is None else plan.opened_on,
        tool=None if plan is None else plan.tool,
        converted=plan is not None and plan.converted,
        steps=store.steps(tx, case),
        goals=tuple(_goal(context, each) for each in store.goals(tx, case) if each.state is GoalState.OPEN),
        sub_plans=tuple(
            SubPlanView(sub_plan=each.id, kind=each.kind, owner=each.owner, on=each.on_day) for each in store.sub_plans(tx, case)
        ),
        owners=member_tasks.owners(context, case) if may_change else (),
        unread=_unread(context, case) if may_change else (),
        communication=cases.content(tx, case).communication if may_change else None,
        mapped=any(each.kind is TalkKind.STARTUP and each.state is TalkState.HELD for each in talks.of_case(tx, case)),
        own_side=plans.of_persons_side(context, case),
        may_change=may_change,
        may_write=context.may(Action.WRITE_GOAL, case),
    )


def _goal(context: Context, goal: Goal) -> GoalView:
    return GoalView(
        goal=goal.id,
        words=goal.words,
        own=goal.own,
        mine=plans.may_end(context, goal),
        measures=tuple(_measures(context, goal)),
    )


def _measures(context: Context, goal: Goal) -> list[TaskView]:
    """What is still to be done towards a goal, and what is done; not what was dropped."""
    found = [stored_tasks.find(context.tx, each) for each in store.measures(context.tx, goal.id)]
    shown = [each for each in found if each is not None and each.state is not MemberTaskState.DROPPED]
    return [member_task_views.view(context, each) for each in shown]


def _unread(context: Context, case: CaseId) -> tuple[str, ...]:
    """Those who take part and have not read how progress is asked for (K06)."""
    taking_part = [each for each in members.of_case(context.tx, case) if each.state in TAKES_PART]
    return tuple(each.name for each in taking_part if not store.has_read_progress(context.tx, each.id))


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    ThePlan: the_plan,
    TheStart: start_routine.the_start,
    **promises.ANSWERS,
    **guidance.ANSWERS,
}
