"""Tasks as one person may see them.

Here: answers to the queries about tasks. Not here: what changes one (`bot.services.member_tasks`). Guarantees: whoever has a task sees it
while a consent lets them; whoever coordinates sees those of the case.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import minutes_queries as queries
from bot.domain.access import Action
from bot.domain.ids import CaseId
from bot.domain.member_tasks import MemberTask, MemberTaskState
from bot.engine.ask import Query
from bot.services import member_tasks
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.store import assignments, audit, cases
from bot.store import member_tasks as store

SHOWN_TO_WHO_COORDINATES: Final = frozenset({MemberTaskState.OPEN, MemberTaskState.CANNOT})


def view(context: Context, task: MemberTask) -> queries.TaskView:
    """One task, for somebody who may see it."""
    has = member_tasks.has(context, task)
    return queries.TaskView(
        task=task.id,
        case=task.case,
        number=cases.get(context.tx, task.case).number,
        initials=initials_of(context, task.case),
        owner=member_tasks.name_in(context, task.case, has),
        mine=has == context.actor,
        code=task.code,
        words=task.words,
        due_on=task.due_on,
        late=task.state is MemberTaskState.OPEN and task.due_on < context.today,
        state=task.state,
        why=task.why,
        meeting=task.meeting,
    )


def my_tasks(context: Context, _query: queries.MyTasks) -> tuple[queries.TaskView, ...]:
    """What the actor has now: given to them, or come to them with the coordination."""
    tx = context.tx
    found = {*store.cases_with_open(tx, context.actor), *assignments.coordinated_by(tx, context.actor)}
    mine = [each for case in found for each in open_in(context, case) if member_tasks.has(context, each) == context.actor]
    for case in sorted({each.case for each in mine}):
        audit.record(tx, "tasks.read", actor=context.actor, case=case)
    return tuple(view(context, each) for each in sorted(mine, key=lambda each: (each.due_on, each.id)))


def open_in(context: Context, case: CaseId) -> tuple[MemberTask, ...]:
    """The open tasks of a case."""
    return tuple(each for each in store.of_case(context.tx, case) if each.state is MemberTaskState.OPEN)


def the_task(context: Context, query: queries.TheTask) -> queries.TaskView | None:
    """One task, for whoever has it and for those who coordinate."""
    task = store.find(context.tx, query.task)
    if task is None:
        return None
    if member_tasks.has(context, task) != context.actor and not context.may(Action.WRITE_MINUTES, task.case):
        return None
    return view(context, task)


def tasks_of_case(context: Context, query: queries.TasksOfCase) -> queries.CaseTasksView | None:
    """Everything that is to be done in a case, for whoever coordinates."""
    if not context.may(Action.WRITE_MINUTES, query.case):
        return None
    audit.record(context.tx, "tasks.read", actor=context.actor, case=query.case)
    every = store.of_case(context.tx, query.case)
    return queries.CaseTasksView(
        case=query.case,
        number=cases.get(context.tx, query.case).number,
        initials=initials_of(context, query.case),
        tasks=tuple(view(context, each) for each in every if each.state in SHOWN_TO_WHO_COORDINATES),
        owners=member_tasks.owners(context, query.case),
    )


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.MyTasks: my_tasks,
    queries.TheTask: the_task,
    queries.TasksOfCase: tasks_of_case,
}
