"""What is to be done around one person: for whoever coordinates.

Requirement rows: F10, I12, K05 (whoever coordinates asks how it goes, and finds another way). Sources: Lund §§ 8, 11.3, 11.4; Rana,
Ansvarsgruppe.
"""

from datetime import timedelta

from bot.domain.ids import CaseId, PersonId
from bot.domain.member_tasks import MemberTaskState, words_of
from bot.domain.minutes_commands import DropTask, GiveTask, HandOnTask, TaskDone
from bot.domain.minutes_queries import CaseTasksView, TasksOfCase, TaskView
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.minutes_words import task_line
from conversations.picking import Line, pick

LONGEST = 400
NEW = "new"
DONE = "done"


async def case_tasks(ask: Ask) -> None:
    """Begun from a case or from a notice."""
    await case_tasks_of(ask, CaseId(int(ask.given["case"])))


async def case_tasks_of(ask: Ask, case: CaseId) -> None:
    """The list, and what can be done about one of it."""
    view = await ask.look(TasksOfCase(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    for each in view.tasks:
        await ask.say(_line(each))
    lines = [Line(value=str(each.task), button=_short(each)) for each in view.tasks if each.state is MemberTaskState.OPEN]
    lines += [Line(value=NEW, button=t("Give somebody a task"), listed=False), Line(value=DONE, button=t("That is all"), listed=False)]
    prompt = t("What do you want to do?") if view.tasks else t("Nothing is waiting here. What do you want to do?")
    chosen = await pick(ask, prompt, lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == NEW:
        await _give(ask.under(NEW), view)
    elif chosen != DONE:
        await _one(ask.under(f"task/{chosen}"), view, next(each for each in view.tasks if str(each.task) == chosen))


def _line(task: TaskView) -> Text:
    line = task_line(task)
    return joined(line, t("«{words}»", words=task.why), by=" ") if task.why else line


def _short(task: TaskView) -> Text:
    return t("{name}: by {day}", name=_cut(task.owner), day=task.due_on)


def _cut(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:15]}…"


async def ask_owner(ask: Ask, owners: tuple[tuple[PersonId, str], ...], prompt: Text) -> PersonId:
    """Somebody who may have a task."""
    lines = [Line(value=str(person), button=verbatim(_cut(name)), details=verbatim(name)) for person, name in owners]
    return PersonId(int(await pick(ask.under("owner"), prompt, lines, sensitivity=Sensitivity.PERSONAL)))


async def _give(ask: Ask, view: CaseTasksView) -> None:
    if not view.owners:
        await ask.say(t("There is nobody who can have a task here."), sensitivity=Sensitivity.NEUTRAL)
        return
    today = (await ask.look(Now())).date()
    owner = await ask_owner(ask, view.owners, t("Who does it?"))
    words = await ask.text("words", t("What is to be done? A few words."), max_length=LONGEST)
    day = await ask.date("day", t("By which day?"), earliest=today, latest=today + timedelta(days=730))
    await ask.do("give", GiveTask(case=view.case, owner=owner, words=words or "", due_on=day or today))
    await ask.say(t("They are told. You see here how it goes."), sensitivity=Sensitivity.NEUTRAL)


async def _one(ask: Ask, view: CaseTasksView, task: TaskView) -> None:
    options = {
        "done": t("It is done"),
        "hand_on": t("Somebody else does it"),
        "drop": t("It is no longer needed"),
        "nothing": t("Change nothing"),
    }
    what = await ask.choice("what", t("{words}. What about it?", words=words_of(task.code, task.words)), options)
    if what == "done":
        await ask.do("done", TaskDone(task=task.task))
    elif what == "drop":
        await ask.do("drop", DropTask(task=task.task))
    elif what == "hand_on" and view.owners:
        owner = await ask_owner(ask, view.owners, t("Who does it?"))
        await ask.do("hand_on", HandOnTask(task=task.task, owner=owner))
    else:
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Noted. Those it concerns are told."), sensitivity=Sensitivity.NEUTRAL)
