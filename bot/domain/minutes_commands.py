"""What can be asked for about minutes and the tasks that come of them, in the imperative.

Here: commands as values. Not here: what they do (`bot.services.minutes`, `bot.services.member_tasks`) and who may.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, MinutesId, PersonId
from bot.domain.minutes import Point
from bot.engine.ask import Command


class Then(StrEnum):
    """What is done with the minutes once they are written."""

    KEEP = "keep"
    ASK = "ask"
    """Those present are asked whether it was understood rightly (I05)."""
    SEND = "send"
    """It was read aloud, and those present agreed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteMinutes(Command[None]):
    """Exactly this is in the minutes now. `next_on` or `why_not`: one of them is always there (G12, D08).

    `edition`: the one the writer saw, None where there were none yet; two who write at once do not undo each other.
    """

    meeting: MeetingId
    edition: int | None
    present: tuple[PersonId, ...]
    points: tuple[Point, ...]
    next_on: date | None
    why_not: str | None
    then: Then


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishMinutes(Command[None]):
    """Ask those present about what is written, or send it."""

    minutes: MinutesId
    edition: int
    then: Then


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesRight(Command[None]):
    """Somebody present says that it was understood rightly (I05). `edition` is the one they read."""

    minutes: MinutesId
    edition: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesWrong(Command[None]):
    """Somebody says that it is not right, before or after it was sent (I05, I13)."""

    minutes: MinutesId
    edition: int
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskDone(Command[None]):
    """It is done (I12). A button's command."""

    task: MemberTaskId


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLonger(Command[None]):
    """The owner needs longer, until a new day; the coordinator is told."""

    task: MemberTaskId
    due_on: date
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskCannot(Command[None]):
    """The owner cannot do it; the coordinator is told why, and finds another way."""

    task: MemberTaskId
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveTask(Command[int]):
    """Whoever coordinates gives somebody a task, in a meeting or between meetings. The result is the task."""

    case: CaseId
    owner: PersonId
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOnTask(Command[None]):
    """Somebody else takes an open task."""

    task: MemberTaskId
    owner: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class DropTask(Command[None]):
    """It is no longer needed."""

    task: MemberTaskId
