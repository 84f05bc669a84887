"""What can be asked for about the plan and the work around it, in the imperative.

Here: commands as values. Not here: what they do (`bot.services.plans`, `bot.services.promises`, `bot.services.guidance`) and who may.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CaseId, GoalId, MeetingId, MemberId, PersonId, PromiseId, SubPlanId
from bot.domain.plans import GoalState, PlanStep, SubPlanKind
from bot.domain.promises import Answer, GuidanceKind, OwnLook
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPlan(Command[None]):
    """The plan is opened in the tool, on this day in Oslo, or simple cooperation there is made one (K14). The person is told."""

    case: CaseId
    on: date
    tool: str
    converted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TickPlanStep(Command[None]):
    """One thing that is done when a plan is opened (K08, K20)."""

    case: CaseId
    step: PlanStep


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteGoal(Command[int]):
    """A goal: the person's in own words (K04), or a short title set together (K01). The result is the goal."""

    case: CaseId
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EndGoal(Command[None]):
    """A goal is reached, or not a goal any more."""

    goal: GoalId
    state: GoalState


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveMeasure(Command[int]):
    """Somebody does something towards a goal, by a day in Oslo (K01, K02). The result is the task."""

    goal: GoalId
    owner: PersonId
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class AddSubPlan(Command[int]):
    """A service has a plan of its own: which, who holds it, since when (K07)."""

    case: CaseId
    kind: SubPlanKind
    owner: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class EndSubPlan(Command[None]):
    """A service's own plan is not in use any more."""

    sub_plan: SubPlanId


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseAnswer(Command[int]):
    """Something is to be found out: the person asks, or the coordinator says so for them (K18). The result is the promise."""

    case: CaseId
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPromise(Command[None]):
    """The answer: yes, no because, or in part (K19). `words` may only be missing with a yes."""

    promise: PromiseId
    answer: Answer
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForGuidance(Command[int]):
    """The coordinator is stuck, or lifts something on the person's behalf (K16, K21). The result is the question's id.

    The unit gets it on its list; with `to_leader` the coordinator's leader is asked too.
    """

    case: CaseId
    kind: GuidanceKind
    to_leader: bool
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAtOwnWork(Command[None]):
    """The coordinator's own look: what of it was done (K10)."""

    case: CaseId
    done: tuple[OwnLook, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TellOfChange(Command[None]):
    """Something has changed with a service that takes part; whoever coordinates is told (K17). A button's command."""

    member: MemberId


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadProgress(Command[None]):
    """A member has read how progress is asked for (K06). A button's command."""

    member: MemberId


@dataclass(frozen=True, kw_only=True, slots=True)
class UpToDate(Command[None]):
    """Whoever has measures says that they are up to date before a meeting (K03). A button's command."""

    meeting: MeetingId
