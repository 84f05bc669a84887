"""What can be looked up about meetings.

Here: queries and views as values, answered by `bot.services.meeting_views`. Not here: SQL and rights. Guarantee: whoever is
not to come, and neither coordinates nor decides, gets None or nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.ids import CaseId, MeetingId, MemberId, PersonId
from bot.domain.meetings import MeetingKind, MeetingPlace, MeetingState, Part
from bot.engine.ask import Query
from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipantView:
    """One who is to come, as the others see them. `covered`: a consent names meetings for this member.

    `points`: the points they are called in for, by their numbers on the agenda; `about`: about when, in Oslo. Empty and None for all of it.
    """

    person: PersonId
    member: MemberId | None
    part: Part
    name: str
    title: str | None
    service: str | None
    needed: bool
    out: bool
    covered: bool = True
    points: tuple[int, ...] = ()
    about: time | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeView:
    """One of the times put to a vote. `place` is its place in the list."""

    place: int
    at: datetime
    refused: bool
    suits: tuple[str, ...]
    """Names of those whom it suits."""
    missing: tuple[str, ...]
    """Names of those who have answered and cannot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingView:
    """A meeting as one who has to do with it sees it. `calls`: may change it. `answers`: is asked for the recipient's yes.

    `agenda`: the points this reader gets, `numbers`: their numbers. `only_mine`: those are what the reader is called in for, from `about`
    in Oslo (G11). For whoever calls it: `theirs`, points in the words of the person's side, and `ready`, the ready-made ones by name.
    `last_day`: the last day on which an invitation keeps the notice; `silent`: how many have not voted.
    """

    meeting: MeetingId
    case: CaseId
    number: int
    initials: str
    kind: MeetingKind
    state: MeetingState
    purpose: Text
    place: MeetingPlace
    where: str | None
    link: str | None
    at: datetime | None
    minutes: int
    times: tuple[TimeView, ...]
    my_votes: tuple[int, ...] | None
    participants: tuple[ParticipantView, ...]
    agenda: tuple[Text, ...]
    numbers: tuple[int, ...]
    theirs: tuple[str, ...]
    ready: tuple[tuple[str, Text], ...]
    only_mine: bool
    about: time | None
    chair: str | None
    writer: str | None
    notice_days: int
    last_day: date | None
    short_reason: str | None
    silent: int
    calls: bool
    answers: bool
    called_at: datetime | None


@dataclass(frozen=True, slots=True)
class TheMeeting(Query["MeetingView | None"]):
    """One meeting, for the coordinator, KE, the recipient's side and those who are to come."""

    meeting: MeetingId


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    meeting: MeetingId
    case: CaseId
    number: int
    initials: str
    kind: MeetingKind
    state: MeetingState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingsOf(Query[tuple[MeetingLine, ...]]):
    """Every meeting of a case that the one who asks may see, newest first."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class MyMeetings(Query[tuple[MeetingLine, ...]]):
    """What I am to come to, or call, or am asked about: the earliest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingPlanView:
    """What the one who calls a meeting needs: who can come, what the last one was like, and what the profile asks for.

    `held`: of which kinds there have been meetings. `candidates`: the circle, with whether a consent covers them. `people`: who can lead
    or write. `turn`: whose turn it is to write, where the group takes turns (G15).
    """

    case: CaseId
    number: int
    initials: str
    held: frozenset[MeetingKind]
    has_plan: bool
    candidates: tuple[ParticipantView, ...]
    people: tuple[tuple[PersonId, str], ...]
    last_place: MeetingPlace | None
    last_where: str | None
    last_writer: str | None
    turn: str | None
    notice_days: int
    first_day: date
    """The first day that keeps the notice where the invitation goes out today."""
    open_meeting: MeetingId | None


@dataclass(frozen=True, slots=True)
class MeetingPlan(Query["MeetingPlanView | None"]):
    """For the coordinator and KE; None for others."""

    case: CaseId
