"""Those who wait for guidance from the unit, about a case and about none: one list, whichever way they asked.

Requirement rows: K16 (contact the unit), K21 (lifted on the person's behalf), R05 (guidance after a reported need). Sources: Rana, Det
enkle er ofte det beste and Opplæring; Ringerike, Utfordringer; Ås, Tips. Not here: asking (`conversations.stuck`, `conversations.support`).
"""

from bot.domain.cases import TaskKind
from bot.domain.staff_queries import GuidanceAsked, GuidanceLine
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from conversations.picking import Line, pick
from conversations.staff_words import due_words
from conversations.task_list import open_task


async def guidance(ask: Ask) -> None:
    """The unit opens one of them, the earliest day first."""
    waiting = await ask.look(GuidanceAsked())
    if not waiting:
        await ask.say(t("Nobody waits for guidance."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [_line(each) for each in waiting]
    chosen = await pick(ask, t("Who waits for guidance? Choose whom you answer."), lines, sensitivity=Sensitivity.PERSONAL)
    one = next(each for each in waiting if each.task.task == int(chosen))
    await open_task(ask.under(f"task/{chosen}"), one.task)


def _line(each: GuidanceLine) -> Line:
    """Who asks, since when and by when; which case it is about, where it is about one."""
    name, due = each.name or t("someone without a name"), due_words(each.task.due, each.task.late)
    if each.task.number is None:
        details = t("{name}, asked on {day}, {due}", name=name, day=each.asked_on, due=due)
        return Line(value=str(each.task.task), button=t("{name}", name=name), details=details)
    number = str(each.task.number)
    details = t("{name}, case {number}, asked on {day}, {due}", name=name, number=number, day=each.asked_on, due=due)
    if each.task.kind is TaskKind.LIFTED:
        details = joined(details, t("This must be lifted"), by=". ")
    return Line(value=str(each.task.task), button=t("{name}, case {number}", name=name, number=number), details=details)
