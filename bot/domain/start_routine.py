"""The thirteen steps from a need to help that hangs together, and how far a case has come (K23: Lund § 7).

Here: the steps and a pure rule. Not here: gathering the facts (`bot.services.start_routine`). Guarantee: a step counts as done by what has
happened, never by a tick alone.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.engine.texts import Text, t


class Step(StrEnum):
    """Lund § 7, in order."""

    NEED = "need"
    WISH = "wish"
    APPLIED = "applied"
    FIRST_TALK = "first_talk"
    WHO = "who"
    START_TALK = "start_talk"
    MAPPED = "mapped"
    TOOL = "tool"
    GROUP = "group"
    PLANNED = "planned"
    FOLLOWED_UP = "followed_up"
    EVALUATED = "evaluated"
    GO_ON = "go_on"


STEPS: Final[Mapping[Step, Text]] = {
    Step.NEED: t("Somebody sees that help is needed"),
    Step.WISH: t("You want it"),
    Step.APPLIED: t("You ask for it"),
    Step.FIRST_TALK: t("The first talk"),
    Step.WHO: t("Somebody says yes to coordinate"),
    Step.START_TALK: t("You meet the coordinator"),
    Step.MAPPED: t("You say what matters, and set goals"),
    Step.TOOL: t("You choose a plan or minutes"),
    Step.GROUP: t("Those who help meet"),
    Step.PLANNED: t("You agree who does what"),
    Step.FOLLOWED_UP: t("What was agreed is followed up"),
    Step.EVALUATED: t("You look at it together"),
    Step.GO_ON: t("You decide how to go on"),
}
"""The steps as the person reads them."""


def next_step(done: frozenset[Step]) -> Step | None:
    """The first step that is still to come; None when all are behind."""
    return next((step for step in Step if step not in done), None)
