"""The person has died or moved away: all sending about the case stops before the next message.

Here: stopping, and going on where it was a mistake. Not here: what holds a message back then (`bot.services.notices`). Guarantees: what
waited to leave does not leave; no words are written by Samråd to anybody about it; KE has a task and goes on by hand (P12).
"""

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.closing import Halt, Unhalt
from bot.domain.refusal import Refused
from bot.services.municipality import EARLIER, Context
from bot.store import audit, closings, tasks


def halt(context: Context, command: Halt) -> None:
    """Stop at once. KE sees it on the list, and nobody else is told by Samråd."""
    context.require(Action.HALT, command.case)
    if not closings.halt(context.tx, command.case, command.why, by=context.actor):
        raise Refused(EARLIER)
    key = f"halt/{command.case}/{int(context.tx.now.timestamp())}"
    tasks.add(
        context.tx,
        TaskKind.HALTED,
        due_on=context.municipality.calendar.next_working_day(context.today),
        case=command.case,
        dedupe_key=key,
    )
    audit.record(context.tx, "case.halted", actor=context.actor, case=command.case, why=command.why)


def unhalt(context: Context, command: Unhalt) -> None:
    """It was a mistake. What was held back in between is not sent afterwards; KE says it by hand."""
    context.require(Action.HALT, command.case)
    if not closings.unhalt(context.tx, command.case):
        raise Refused(EARLIER)
    tasks.finish_kinds(context.tx, command.case, TaskKind.HALTED, by=context.actor)
    audit.record(context.tx, "case.unhalted", actor=context.actor, case=command.case)
