"""The unit's list of tasks, and where each of them leads.

Requirement rows: C01, C18 (an open task holds a case), A15, C17 (recurring tasks), B13 (messages to a human). Sources: Lund §§ 2, 3;
Ringerike, KE og samarbeid.
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.ids import TaskId
from bot.domain.queries import KeTasks, TaskView
from bot.domain.staff_queries import InquiryOfTask
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.answer_inquiry import answer_inquiry_of
from conversations.case_desk import case_desk
from conversations.complaint import complaints
from conversations.finish_task import FINISHED_BY_ITS_STEP, finish_task_of
from conversations.picking import Line, pick
from conversations.sent_around import take_sent_around_of
from conversations.staff_words import TASKS, due_words

A_MESSAGE: Final = frozenset(
    {TaskKind.INQUIRY, TaskKind.COORDINATOR_HELP, TaskKind.COPY_OF_DATA, TaskKind.CORRECT_DATA, TaskKind.DELETE_DATA}
)
"""These begin with somebody's message, and end with an answer to it."""


async def task_list(ask: Ask) -> None:
    """Every open task, late first; one is opened."""
    tasks = await ask.look(KeTasks())
    if not tasks:
        await ask.say(t("There are no tasks now."), sensitivity=Sensitivity.NEUTRAL)
        return
    ordered = sorted(tasks, key=lambda each: (not each.late, each.due, each.task))
    chosen = await pick(ask, t("Which task do you want to open?"), [task_line(each) for each in ordered], sensitivity=Sensitivity.PERSONAL)
    task = next(each for each in tasks if each.task == int(chosen))
    await open_task(ask.under(f"task/{chosen}"), task)


def task_line(task: TaskView) -> Line:
    """A task in a list: what, about whom, and by when."""
    if task.number is None:
        details = t("{task}, {due}", task=TASKS[task.kind], due=due_words(task.due, task.late))
        return Line(value=str(task.task), button=TASKS[task.kind], details=details)
    return Line(
        value=str(task.task),
        button=TASKS[task.kind],
        details=t(
            "{task}: {initials}, no. {number}, {due}",
            task=TASKS[task.kind],
            initials=task.initials or "NN",
            number=str(task.number),
            due=due_words(task.due, task.late),
        ),
    )


async def open_task(ask: Ask, task: TaskView) -> None:
    """A message is answered, a case's next step is taken on the case, and the rest is done outside and ticked."""
    if task.kind in A_MESSAGE:
        inquiry = await ask.look(InquiryOfTask(TaskId(task.task)))
        if inquiry is not None:
            await answer_inquiry_of(ask, inquiry)
            return
    if task.kind is TaskKind.SENT_AROUND:
        await take_sent_around_of(ask, task.task)
        return
    if task.kind is TaskKind.COMPLAINT:
        await complaints(ask, task.number)
        return
    if task.kind in FINISHED_BY_ITS_STEP and task.case is not None:
        await case_desk(ask, task.case)
        return
    await finish_task_of(ask, task.task)
