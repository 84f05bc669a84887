"""What I have to do: done in one press, needs longer, or cannot be done.

Requirement rows: F10 (each has an own list), I12 (each decision has an owner and a day). Sources: Lund §§ 8, 11.4; Rana, Ansvarsgruppe.
"""

from datetime import timedelta

from bot.domain.ids import MemberTaskId
from bot.domain.member_tasks import MemberTaskState, words_of
from bot.domain.minutes_commands import TaskCannot, TaskDone, TaskLonger
from bot.domain.minutes_queries import MyTasks, TaskView, TheTask
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.picking import Line, pick

HOW = {"longer", "cannot"}
LONGEST = 300


async def my_tasks(ask: Ask) -> None:
    """The list behind /oppgaver, and one of it."""
    mine = await ask.look(MyTasks())
    if not mine:
        await ask.say(t("There is nothing you have to do here now."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [Line(value=str(each.task), button=_short(each), details=_details(each)) for each in mine]
    chosen = await pick(ask, t("This is what you have to do. Which one is it about?"), lines, sensitivity=Sensitivity.PERSONAL)
    await _one(ask.under(f"task/{chosen}"), next(each for each in mine if str(each.task) == chosen))


async def my_task(ask: Ask) -> None:
    """Begun from a notice about one task; `how` says which button was pressed."""
    task = await ask.look(TheTask(MemberTaskId(int(ask.given["task"]))))
    if task is None or task.state is not MemberTaskState.OPEN:
        await ask.say(t("This is settled already, or with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await _one(ask.under(f"task/{task.task}"), task, ask.given.get("how"))


def _short(task: TaskView) -> Text:
    return t("{initials}, no. {number}: by {day}", initials=task.initials, number=str(task.number), day=task.due_on)


def _details(task: TaskView) -> Text:
    line = t("{words}, by {day}", words=words_of(task.code, task.words), day=task.due_on)
    return t("{line} (the day has passed)", line=line) if task.late else line


async def _one(ask: Ask, task: TaskView, how: str | None = None) -> None:
    await ask.say(t("Case {number}, {initials}", number=str(task.number), initials=task.initials))
    await ask.say(_details(task))
    if how not in HOW:
        options = {"done": t("It is done"), "longer": t("I need longer"), "cannot": t("I cannot do it"), "later": t("Not now")}
        how = await ask.choice("how", t("How does it go?"), options)
    if how == "done":
        await ask.do("done", TaskDone(task=task.task))
        await ask.say(t("Thank you. It is noted as done."), sensitivity=Sensitivity.NEUTRAL)
    elif how == "longer":
        await _longer(ask, task)
    elif how == "cannot":
        why = await ask.text("why", t("Why not? Your coordinator reads it and finds another way."), max_length=LONGEST)
        await ask.do("cannot", TaskCannot(task=task.task, why=why or ""))
        await ask.say(t("Thank you for saying so. The coordinator is told."))


async def _longer(ask: Ask, task: TaskView) -> None:
    """A new day, with or without a word about why."""
    today = (await ask.look(Now())).date()
    day = await ask.date("day", t("By which day will it be done?"), earliest=today + timedelta(days=1), latest=today + timedelta(days=365))
    words = await ask.text("words", t("Do you want to say why?"), skip=t("No, that is all"), max_length=LONGEST)
    await ask.do("longer", TaskLonger(task=task.task, due_on=day or today, words=words))
    await ask.say(t("Thank you. The new day is noted, and the coordinator is told."))
