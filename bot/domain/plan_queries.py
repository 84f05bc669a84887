"""What can be looked up about the plan and the work around it.

Here: queries and their views as values. Not here: the answers (`bot.services.plan_views`), nor who may.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CaseId, GoalId, PersonId, PromiseId, SubPlanId
from bot.domain.minutes_queries import TaskView
from bot.domain.plans import PlanStep, SubPlanKind
from bot.domain.promises import Answer, GuidanceKind
from bot.domain.start_routine import Step
from bot.engine.ask import Query


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalView:
    """An open goal and what is done towards it. `own`: in the person's own words; `mine`: the reader may end it."""

    goal: GoalId
    words: str
    own: bool
    mine: bool
    measures: tuple[TaskView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SubPlanView:
    """A service's own plan: name, owner, day. Nothing of what stands in it."""

    sub_plan: SubPlanId
    kind: SubPlanKind
    owner: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanView:
    """The plan as one reader sees it. `opened_on` None: none is opened yet; `tool` is where it is written.

    `wanted`: a plan was asked for or granted. `own_side`: the reader is the person, or acts for them. `may_change`: the reader coordinates.
    `may_write`: the reader may write goals.
    `communication`: what a good talk with the person needs, as stored with the case, for whoever coordinates (K22).
    `mapped`: the start-up talk is held. `unread`: members who have not read how progress is asked for (K06), for whoever coordinates.
    """

    case: CaseId
    number: int
    initials: str
    wanted: bool
    opened_on: date | None
    tool: str | None
    converted: bool
    steps: tuple[PlanStep, ...]
    goals: tuple[GoalView, ...]
    sub_plans: tuple[SubPlanView, ...]
    owners: tuple[tuple[PersonId, str], ...]
    unread: tuple[str, ...]
    communication: str | None
    mapped: bool
    own_side: bool
    may_change: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class ThePlan(Query["PlanView | None"]):
    """The plan of a case, for the person's side, those who coordinate and the unit. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseView:
    """Something to be found out, as the person and the coordinator see it. `late`: its day has passed without an answer."""

    promise: PromiseId
    words: str
    due_on: date
    late: bool
    answer: Answer | None
    reply: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromisesView:
    """What is asked in a case: open first. `may_answer`: the reader coordinates.

    `answer_by`: the day, in Oslo, of an answer promised today.
    """

    case: CaseId
    number: int
    initials: str
    answer_by: date
    may_answer: bool
    promises: tuple[PromiseView, ...]


@dataclass(frozen=True, slots=True)
class ThePromises(Query["PromisesView | None"]):
    """What is asked and promised in a case, for the person's side and those who coordinate. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidanceView:
    """What the unit or the leader reads of a question for guidance (K16; R05)."""

    kind: GuidanceKind
    asked_by: str
    words: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidanceOfCase:
    """What the coordinator can ask for: whether there is a leader to tell, and what waits already."""

    case: CaseId
    number: int
    initials: str
    leader: bool
    waiting: tuple[GuidanceView, ...]


@dataclass(frozen=True, slots=True)
class TheGuidance(Query["GuidanceOfCase | None"]):
    """The questions for guidance in a case that wait, for whoever coordinates and the unit. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class StartView:
    """How far a case has come in the thirteen steps. `next` is None when all are behind."""

    number: int
    done: tuple[Step, ...]
    next: Step | None


@dataclass(frozen=True, slots=True)
class TheStart(Query["StartView | None"]):
    """The thirteen steps, for the person's side, those who coordinate and the unit (K23: Lund § 7). None for others."""

    case: CaseId
