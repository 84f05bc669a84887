"""A task of one of those around a person: what, whose, by when.

Here: tasks as values and their steps. Not here: KE's own tasks (`bot.domain.cases.TaskKind`), SQL. Guarantees: a task has one owner, who
has been told; it ends as done, as handed on, or as not possible with a reason, never by silence (I12: Lund §§ 8, 11.4; F10: Rana).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, PersonId


class MemberTaskState(StrEnum):
    """How a task stands."""

    OPEN = "open"
    DONE = "done"
    CANNOT = "cannot"
    """The owner cannot: the coordinator finds another way."""
    DROPPED = "dropped"
    """It is no longer needed, or somebody else has taken it."""


ENDED: Final = frozenset({MemberTaskState.DONE, MemberTaskState.CANNOT, MemberTaskState.DROPPED})


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberTask:
    """A task. `due_on` is a day in Oslo; `longer` counts how often the owner has asked for more time. Moments are aware."""

    id: MemberTaskId
    case: CaseId
    meeting: MeetingId | None
    owner: PersonId
    words: str
    due_on: date
    state: MemberTaskState
    why: str | None
    longer: int
    given_by: PersonId
    given_at: datetime
    ended_at: datetime | None
