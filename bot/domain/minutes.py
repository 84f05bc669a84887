"""Minutes of a meeting: what was decided, who does what by when, and where people saw it differently.

Here: minutes as values and what they lead to. Not here: the tasks that come of them (`bot.domain.member_tasks`), SQL. Guarantees: minutes
hold decisions and responsibilities, nothing else (Lund § 11.4, Referat); a decision passed on is somebody's task; they are sent to those
whom they concern, each what concerns them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.called_in import own_points
from bot.domain.ids import CaseId, MeetingId, MinutesId, PersonId
from bot.domain.meetings import Meeting, Part
from bot.domain.words import Words


class MinutesState(StrEnum):
    """How far the minutes have come."""

    DRAFT = "draft"
    READ_BACK = "read_back"
    """Those present are asked whether it was understood rightly (I05)."""
    SENT = "sent"


STEPS: Final = {
    MinutesState.DRAFT: frozenset({MinutesState.READ_BACK, MinutesState.SENT}),
    MinutesState.READ_BACK: frozenset({MinutesState.DRAFT, MinutesState.SENT}),
    MinutesState.SENT: frozenset[MinutesState](),
}


class Outcome(StrEnum):
    """What became of a point. The group advises and coordinates; what it cannot decide is passed on (F08: Lund § 11.4)."""

    DECIDED = "decided"
    PASSED_ON = "passed_on"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned:
    """Who does what by when, as agreed under one point; a task of the owner's once the minutes are sent. `due_on` is a day in Oslo."""

    owner: PersonId
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One point as minuted. `title` is the agenda's own line; `code` where it was a ready-made one, with the words of the municipality's
    own in `local`.

    `to_whom`: who a decision was passed on to. `disagreement`: that professionals see it differently, and how (I07: Lund § 11.4).
    `by` are those who put something into the minutes here, so that they get the point even if called in for it alone (I06).
    """

    place: int
    code: str | None
    title: str | None
    outcome: Outcome
    words: str | None
    to_whom: str | None = None
    disagreement: str | None = None
    by: tuple[PersonId, ...] = ()
    tasks: tuple[Assigned, ...] = ()
    local: Words | None = None

    @property
    def empty(self) -> bool:
        """Did nothing come of it?"""
        return self.outcome is Outcome.NOTHING and not self.tasks and not self.disagreement


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """The minutes of a meeting. `next_on`: the day agreed for the next meeting; else `why_not` says why there is none (G12, D08).

    `edition`: one more each time they are written, so that a yes to an earlier one counts for nothing.
    `confirmed` and `objected` are those present who pressed that it is right, or that it is not. Moments are aware.
    """

    id: MinutesId
    meeting: MeetingId
    case: CaseId
    state: MinutesState
    edition: int
    writer: PersonId
    present: tuple[PersonId, ...]
    points: tuple[Point, ...]
    next_on: date | None
    why_not: str | None
    begun_at: datetime
    sent_at: datetime | None
    archived_at: datetime | None
    confirmed: tuple[PersonId, ...] = ()
    objected: tuple[PersonId, ...] = ()


def concerns(point: Point, person: PersonId) -> bool:
    """Does a point concern somebody who was called in for part of it? They gave to it, or have a task from it (I06)."""
    return person in point.by or any(each.owner == person for each in point.tasks)


def gets_all(meeting: Meeting, person: PersonId, fixed: frozenset[PersonId]) -> bool:
    """The recipient's side, the coordinator and the fixed members get all of it; those called in get what concerns them (I06, G11)."""
    found = next((each for each in meeting.invited if each.person == person), None)
    return found is not None and (found.part is not Part.MEMBER or (person in fixed and not found.points))


def points_for(minutes: Minutes, meeting: Meeting, person: PersonId, fixed: frozenset[PersonId]) -> tuple[Point, ...]:
    """What somebody who was called gets of the minutes; nothing where nothing in them concerns them (I06: Lund § 11.4)."""
    if gets_all(meeting, person, fixed):
        return minutes.points
    own = own_points(meeting, person)
    led_to_something = (each for each in minutes.points if meeting.takes_part(person))
    return tuple(each for each in led_to_something if concerns(each, person) or (each.place in own and not each.empty))
