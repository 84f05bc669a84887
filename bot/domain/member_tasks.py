"""A task of one of those around a person: what, whose, by when.

Here: tasks as values and their steps. Not here: KE's own tasks (`bot.domain.cases.TaskKind`), SQL. Guarantees: a task has one owner, who
has been told; it ends as done, as handed on, or as not possible with a reason, never by silence (I12: Lund §§ 8, 11.4; F10: Rana).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, PersonId
from bot.engine.texts import Text, t, verbatim


class MemberTaskState(StrEnum):
    """How a task stands."""

    OPEN = "open"
    DONE = "done"
    CANNOT = "cannot"
    """The owner cannot: the coordinator finds another way."""
    DROPPED = "dropped"
    """It is no longer needed, or somebody else has taken it."""


class TaskCode(StrEnum):
    """What always comes of minutes, for whoever coordinates: read in each language, and handed on with the coordination."""

    ARCHIVE = "archive"
    """Put the minutes in the journal or the folder (I09: Lund § 11.4)."""
    ARCHIVE_PLAN = "archive_plan"
    """Where the tool does not do it by itself: keep the plan as it was (T03: Steinkjer; in Herøy the tool does it)."""
    UPDATE_PLAN = "update_plan"
    """Bring the plan up to date (I11: Ås; Herøy, IP-møte)."""
    BRING_ON = "bring_on"
    """Pass on what the group could not decide, and push (F08: Lund § 11.4)."""


TASKS: Final[Mapping[TaskCode, Text]] = {
    TaskCode.ARCHIVE: t("Put the minutes in the journal or the archive"),
    TaskCode.ARCHIVE_PLAN: t("Archive the plan as it is, before you change it"),
    TaskCode.UPDATE_PLAN: t("Bring the plan up to date"),
    TaskCode.BRING_ON: t("Pass it on, and follow it up"),
}
"""What always comes of minutes, in words."""


def words_of(code: TaskCode | None, words: str) -> Text:
    """A task as it is read: one that always comes in each reader's language, with somebody's words where there are any."""
    if code is None:
        return verbatim(words)
    return t("{task}: {words}", task=TASKS[code], words=words) if words else TASKS[code]


ENDED: Final = frozenset({MemberTaskState.DONE, MemberTaskState.CANNOT, MemberTaskState.DROPPED})


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberTask:
    """A task. `code`: one of those that always come; else `words` are somebody's own. Moments are aware.

    `due_on` is a day in Oslo; `longer` counts how often the owner has asked for more time.
    """

    id: MemberTaskId
    case: CaseId
    meeting: MeetingId | None
    owner: PersonId
    code: TaskCode | None
    words: str
    due_on: date
    state: MemberTaskState
    why: str | None
    longer: int
    given_by: PersonId
    given_at: datetime
    ended_at: datetime | None
