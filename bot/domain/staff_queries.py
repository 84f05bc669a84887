"""What only staff look up beyond one case: a case by its number, one's own people, departments, and what a task is about.

Here: queries as values, answered by `bot.services` like those in `bot.domain.queries`. Not here: SQL and rights. Guarantee: whoever may
not see the answer gets None or nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CaseId, InquiryId, PersonId, TaskId
from bot.domain.queries import CandidateLine, TaskView
from bot.engine.ask import Query


@dataclass(frozen=True, slots=True)
class CaseByNumber(Query[CaseId | None]):
    """KE: the case with this number, in whatever state (B18: someone phones and says the number). None for others."""

    number: int


@dataclass(frozen=True, slots=True)
class OwnPeople(Query[tuple[CandidateLine, ...]]):
    """Leader: those of one's own department who can coordinate. KE: everyone who can. By name; empty for others. `wished` is False."""


@dataclass(frozen=True, slots=True)
class InquiryOfTask(Query[InquiryId | None]):
    """KE: the message that a task of the kind INQUIRY asks for an answer to."""

    task: TaskId


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryView:
    """A message to a human at KE."""

    inquiry: InquiryId
    case_number: int | None
    from_name: str | None
    phone: str | None
    words: str
    received_at: datetime
    by_chat: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class TheInquiry(Query["InquiryView | None"]):
    """KE: one inquiry."""

    inquiry: InquiryId


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidanceLine:
    """One who asks the unit for guidance and waits: about a case or about none. `asked_on` is a day in Oslo."""

    task: TaskView
    name: str
    asked_on: date


@dataclass(frozen=True, slots=True)
class GuidanceAsked(Query[tuple[GuidanceLine, ...]]):
    """KE: all who wait for guidance, inside a case and outside, the earliest day first (R05, K16). Empty for others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentLine:
    """A department of the profile with its leader, as far as one is registered."""

    department: str
    leader: PersonId | None
    leader_name: str | None
    involved: bool
    leader_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Departments(Query[tuple[DepartmentLine, ...]]):
    """The departments KE can ask. `involved`: gives one of the services named in the case."""

    case: CaseId | None = None
