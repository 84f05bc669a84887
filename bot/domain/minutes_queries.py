"""What can be looked up about minutes and the tasks that come of them.

Here: queries and views as values, answered by `bot.services.minutes_views` and `bot.services.member_task_views`. Not here: SQL and rights.
Guarantee: whoever the minutes do not concern gets None, and whoever was called in for part of the meeting gets that part.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, MinutesId, PersonId
from bot.domain.meetings import MeetingKind, Part
from bot.domain.member_tasks import MemberTaskState, TaskCode
from bot.domain.minutes import MinutesState, Outcome, Point
from bot.domain.words import Words
from bot.engine.ask import Query
from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskView:
    """A task as one reader sees it. `mine`: the reader does it now. `why` is there for whoever coordinates, and for the owner."""

    task: MemberTaskId
    case: CaseId
    number: int
    initials: str
    owner: str
    mine: bool
    code: TaskCode | None
    words: str
    due_on: date
    late: bool
    state: MemberTaskState
    why: str | None
    meeting: MeetingId | None


@dataclass(frozen=True, slots=True)
class MyTasks(Query[tuple[TaskView, ...]]):
    """What I am to do, the earliest due first."""


@dataclass(frozen=True, slots=True)
class TheTask(Query["TaskView | None"]):
    """One task, for whoever does it and for those who coordinate."""

    task: MemberTaskId


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseTasksView:
    """Every open task of a case, with those that could not be done, and who can be given one."""

    case: CaseId
    number: int
    initials: str
    tasks: tuple[TaskView, ...]
    owners: tuple[tuple[PersonId, str], ...]


@dataclass(frozen=True, slots=True)
class TasksOfCase(Query["CaseTasksView | None"]):
    """For whoever coordinates and for KE; None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class PresentView:
    """One who could be there. `comes`: they said so. `called_in`: a member who is there only when needed (I06), for no point named."""

    person: PersonId
    name: str
    part: Part
    comes: bool
    called_in: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OnAgenda:
    """A point of the agenda, with its words as they are read. `local`: those of one of the municipality's own."""

    code: str | None
    title: str | None
    words: Text
    local: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenView:
    """What is written so far. `silent`: those asked who have not answered; `objected`: who says that it is not right, and why."""

    minutes: MinutesId
    state: MinutesState
    edition: int
    present: tuple[PersonId, ...]
    points: tuple[Point, ...]
    next_on: date | None
    why_not: str | None
    confirmed: tuple[str, ...]
    silent: tuple[str, ...]
    objected: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunSheetView:
    """What whoever leads or writes needs at the table (I01 to I03), and what is written so far.

    `since_last`: tasks agreed before, as they stand (I12). `disagreement`: it belongs in the minutes here (I07), else it is settled before
    the recipient is let in (I08). `everything`: minutes here tell more than decisions. `owners`: who can be given a task.
    """

    meeting: MeetingId
    case: CaseId
    number: int
    initials: str
    kind: MeetingKind
    purpose: Text
    at: datetime
    today: date
    begun: bool
    has_plan: bool
    agenda: tuple[OnAgenda, ...]
    people: tuple[PresentView, ...]
    owners: tuple[tuple[PersonId, str], ...]
    since_last: tuple[TaskView, ...]
    disagreement: bool
    everything: bool
    written: WrittenView | None


@dataclass(frozen=True, slots=True)
class TheRunSheet(Query["RunSheetView | None"]):
    """For the one named as leader or writer, whoever coordinates, and KE. None for others."""

    meeting: MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedView:
    """Who does what by when."""

    owner: str
    mine: bool
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PointView:
    """One point as one reader gets it."""

    title: Text
    outcome: Outcome
    words: str | None
    to_whom: str | None
    disagreement: str | None
    tasks: tuple[AssignedView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesView:
    """Minutes as one reader gets them. `plain`: for the person, in plain words (I13). `part`: only what concerns the reader (I06).

    `asked`: the reader was there and is asked whether it is right; `answered`: what they have said.
    """

    minutes: MinutesId
    meeting: MeetingId
    case: CaseId
    number: int
    initials: str
    kind: MeetingKind
    at: datetime
    state: MinutesState
    edition: int
    plain: bool
    part: bool
    writer: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    points: tuple[PointView, ...]
    next_on: date | None
    why_not: str | None
    asked: bool
    answered: bool | None
    objections: tuple[tuple[str, str | None], ...]
    on_page: str | None
    """Where the file to print lies, where there is a secure page."""


@dataclass(frozen=True, slots=True)
class TheMinutes(Query["MinutesView | None"]):
    """The minutes of one meeting, for those they concern."""

    meeting: MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesLine:
    """Minutes in a list. `on`: the day of the meeting, in Oslo. `archived`: they lie in the journal or the folder."""

    minutes: MinutesId
    meeting: MeetingId
    kind: MeetingKind
    on: date
    archived: bool


@dataclass(frozen=True, slots=True)
class MinutesOfCase(Query[tuple[MinutesLine, ...]]):
    """Minutes sent in a case that concern the one who asks, newest first."""

    case: CaseId
