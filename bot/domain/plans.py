"""What Samråd carries of an individual plan, whatever tool holds the document.

Here: the plan, its goals and sub-plans as values, and what is ticked when one is opened. Not here: measures, which are tasks
(`bot.domain.member_tasks`), SQL. Guarantees: one person has one plan (K07: Herøy, Innleiing; Ringerike); of a sub-plan nothing but its
name, owner and day is kept; a goal stands in the words it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, GoalId, PersonId, SubPlanId
from bot.engine.texts import Text, t

LONGEST_TITLE: Final = 80
"""A goal as those who coordinate write it is a title; what belongs to it stands in the plan (T03)."""
LONGEST_OWN: Final = 500


class GoalState(StrEnum):
    """How a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class SubPlanKind(StrEnum):
    """Plans of single services, which mirror the goals of the one plan (Herøy, Innleiing; Ringerike)."""

    EDUCATION = "education"
    HANDOVER_LOG = "handover_log"
    REHABILITATION = "rehabilitation"
    MEASURES = "measures"
    CRISIS = "crisis"
    TREATMENT = "treatment"
    CARE = "care"
    PHYSIOTHERAPY = "physiotherapy"
    CHILD_WELFARE = "child_welfare"


SUB_PLANS: Final[Mapping[SubPlanKind, Text]] = {
    SubPlanKind.EDUCATION: t("Individual education plan"),
    SubPlanKind.HANDOVER_LOG: t("Shared log for a child"),
    SubPlanKind.REHABILITATION: t("Rehabilitation plan"),
    SubPlanKind.MEASURES: t("Plan of measures"),
    SubPlanKind.CRISIS: t("Crisis plan"),
    SubPlanKind.TREATMENT: t("Treatment plan"),
    SubPlanKind.CARE: t("Plan of the home care service"),
    SubPlanKind.PHYSIOTHERAPY: t("Plan of the physiotherapist"),
    SubPlanKind.CHILD_WELFARE: t("Plan of the child welfare service"),
}
"""Their names; what they hold is theirs."""


class PlanStep(StrEnum):
    """What is done when a plan is opened, each once (K08, K14, K20: Ås; Herøy, Framdrift and Livsfaser)."""

    SHORT_NAME = "short_name"
    NOT_YET_SHOWN = "not_yet_shown"
    PERSONAL_DATA = "personal_data"
    GOALS_THERE = "goals_there"
    ONGOING = "ongoing"
    ASSESSMENTS = "assessments"
    PARTICIPANTS = "participants"


STEPS: Final[Mapping[PlanStep, Text]] = {
    PlanStep.SHORT_NAME: t("Initials as short name"),
    PlanStep.NOT_YET_SHOWN: t("Hide the plan until it is ready to show"),
    PlanStep.PERSONAL_DATA: t("Personal data is filled in"),
    PlanStep.GOALS_THERE: t("Goals that are there already"),
    PlanStep.ONGOING: t("What the person gets help with now"),
    PlanStep.ASSESSMENTS: t("Advice from specialists is looked at"),
    PlanStep.PARTICIPANTS: t("Those who take part are in the tool"),
}
"""The steps in words. With the first the initials are shown, which are used in all our lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A plan that is opened. `opened_on` is a day in Oslo; `converted`: it was simple cooperation (Enkelt samspill) before (K14: Ås)."""

    case: CaseId
    opened_on: date
    opened_by: PersonId
    tool: str
    converted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A goal. `own`: in the words of the person, or of those who act for the person (K04: Herøy)."""

    id: GoalId
    case: CaseId
    state: GoalState
    words: str
    own: bool
    written_by: PersonId
    written_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SubPlan:
    """A plan of one service. `on_day` is the day it is from, in Oslo."""

    id: SubPlanId
    case: CaseId
    kind: SubPlanKind
    owner: str
    on_day: date
