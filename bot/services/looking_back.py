"""A private moment to look back, and a word on our texts.

Here: who wants the prompt, and what becomes of a word on a text. Guarantees: what anybody thinks when looking back comes nowhere; a word on
a text is a task for the unit that does not say whose it is (O04, O07: Rana).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.looking_back import GiveFeedback, LooksBack, RemindToLookBack
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import due, notices
from bot.services.municipality import Context
from bot.store import audit, look_backs, tasks

FEEDBACK_WORKING_DAYS: Final = 10


def remind(context: Context, command: RemindToLookBack) -> None:
    """From now on with a prompt on Fridays, or without."""
    context.require(Action.LOOK_BACK)
    look_backs.want(context.tx, context.actor, command.on)
    due.of_unit(context.tx, context.municipality)


def looks_back(context: Context, _query: LooksBack) -> bool:
    """Does the actor want the prompt?"""
    return context.actor in look_backs.wanted_by(context.tx)


def give_feedback(context: Context, command: GiveFeedback) -> None:
    """A word on a text, for the unit, without whose it is."""
    context.require(Action.READ_PUBLIC)
    due_on = context.municipality.calendar.add_working_days(context.today, FEEDBACK_WORKING_DAYS)
    words = "\n".join(part for part in (command.about, command.words) if part)
    task = tasks.add(context.tx, TaskKind.FEEDBACK, due_on=due_on, words=words)
    audit.record(context.tx, "feedback.given", actor=None, task=task)
    notices.tell_ke(context, t("Somebody has a word on one of our texts."), dedupe_key=f"feedback/{task}")


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {RemindToLookBack: remind, GiveFeedback: give_feedback}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {LooksBack: looks_back}
