"""A meeting around a person: who calls it, what it is about, when, and how far it has come.

Here: meetings as values and what follows from them. Not here: who answered what (`bot.domain.attendance`), what was decided
(`bot.domain.minutes`), SQL. Guarantees: nobody is called before the recipient has said yes to time, circle and agenda (Ås,
Koordinatorens oppgaver; Rana, Oppfølging); a time that the recipient refused is never picked; shorter notice than the profile's needs a
reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.access import Role
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MeetingId, MemberId, PersonId
from bot.domain.words import Words

FOR_THEMSELVES: Final = frozenset({Role.SELF, Role.YOUTH})
FOR_ANOTHER: Final = frozenset({Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})
MOST_TIMES: Final = 5
"""So many times can be put to a vote (G21)."""
USUAL_MINUTES: Final = 60
INVITED_BY: Final = InfoKind.MEETINGS
"""What a consent must name before somebody is called."""


class MeetingKind(StrEnum):
    """Kinds of meetings. The start-up talk of two is a talk, not a meeting (`bot.domain.cases.TalkKind`).

    `COOPERATION`: services meet without a group; no fixed rhythm, led by who took the initiative, and the leader must know (Lund § 2).
    `SETTLE`: professionals settle a disagreement before the recipient is let in (Rana, Ansvarsgruppe); a profile setting.
    """

    STARTUP = "startup"
    GROUP = "group"
    PLAN = "plan"
    COOPERATION = "cooperation"
    SETTLE = "settle"


class MeetingState(StrEnum):
    """How far a meeting has come."""

    ASKED = "asked"
    """The recipient is asked for a yes to time, circle and agenda."""
    TALK_FIRST = "talk_first"
    """The recipient wants to talk first, or said no: the coordinator goes on."""
    VOTING = "voting"
    """Those who are to come tick which of the times suit."""
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


OPEN: Final = frozenset({MeetingState.ASKED, MeetingState.TALK_FIRST, MeetingState.VOTING, MeetingState.CALLED})
STEPS: Final = {
    MeetingState.ASKED: frozenset({MeetingState.TALK_FIRST, MeetingState.VOTING, MeetingState.CALLED, MeetingState.CANCELLED}),
    MeetingState.TALK_FIRST: frozenset({MeetingState.ASKED, MeetingState.CANCELLED}),
    MeetingState.VOTING: frozenset({MeetingState.CALLED, MeetingState.ASKED, MeetingState.CANCELLED}),
    MeetingState.CALLED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset[MeetingState](),
    MeetingState.CANCELLED: frozenset[MeetingState](),
}


class MeetingPlace(StrEnum):
    """Where it is. `OTHER` is in somebody's words; `VIDEO` has a link."""

    OFFICE = "office"
    HOME = "home"
    SCHOOL = "school"
    VIDEO = "video"
    OTHER = "other"


class Part(StrEnum):
    """As what somebody is to come."""

    RECIPIENT = "recipient"
    PARTY = "party"
    """Whoever acts for the recipient: a parent, a guardian."""
    MEMBER = "member"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """One who is to come. `member` where it is a member of the circle. `points`: called in for these points of the agenda only (G11).

    `needed`: without this person the meeting loses its purpose. `out`: the recipient does not want this person there.
    """

    person: PersonId
    part: Part
    member: MemberId | None = None
    needed: bool = False
    points: tuple[int, ...] = ()
    out: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaLine:
    """One point. `code`: a ready-made line in both languages; else `words` as somebody wrote them. `by` is who put it there.

    `local`: the words of one of the municipality's own, as they were when it was put on.
    """

    code: str | None
    words: str | None
    by: PersonId
    local: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting. Moments are aware. `at` is None until one of `proposals` is picked. `sequence` counts what those called were told.

    `notice_days`: what the profile asked for when it was called; `short_reason` is there where it was called later than that.
    `uid`: its name in calendars, which never changes.
    """

    id: MeetingId
    case: CaseId
    kind: MeetingKind
    state: MeetingState
    purpose: str
    place: MeetingPlace
    where: str | None
    link: str | None
    proposals: tuple[datetime, ...]
    refused: tuple[datetime, ...]
    at: datetime | None
    minutes: int
    participants: tuple[Participant, ...]
    agenda: tuple[AgendaLine, ...]
    chair: PersonId | None
    writer: PersonId | None
    notice_days: int
    short_reason: str | None
    leader_knows: bool
    first: bool
    sequence: int
    uid: str
    proposed_by: PersonId
    created_at: datetime
    called_at: datetime | None
    ended_at: datetime | None

    @property
    def ends_at(self) -> datetime | None:
        """When it is over, by the time set aside for it."""
        return None if self.at is None else self.at + timedelta(minutes=self.minutes)

    @property
    def invited(self) -> tuple[Participant, ...]:
        """Everybody who is to come, without those the recipient does not want there."""
        return tuple(each for each in self.participants if not each.out)

    @property
    def voters(self) -> frozenset[PersonId]:
        """Who is asked which times suit: everybody who is to come but the recipient's side, who has answered already."""
        return frozenset(each.person for each in self.invited if each.part in {Part.MEMBER, Part.COORDINATOR})

    def takes_part(self, person: PersonId) -> bool:
        """Is this person to come?"""
        return any(each.person == person for each in self.invited)


def last_day_to_send(day: date, notice_days: int) -> date:
    """The last day on which the invitation keeps the notice (Lund § 11.4, Innkalling: at least 14 days)."""
    return day - timedelta(days=notice_days)


def is_short(day: date, today: date, notice_days: int) -> bool:
    """Would an invitation sent today give shorter notice than the profile asks for?"""
    return today > last_day_to_send(day, notice_days)


def open_times(meeting: Meeting, now: datetime) -> tuple[datetime, ...]:
    """The times that can still be picked: ahead, and not refused by the recipient (G21)."""
    return tuple(time for time in meeting.proposals if time > now and time not in meeting.refused)


def best_first(votes: Iterable[tuple[PersonId, datetime]], times: Iterable[datetime]) -> tuple[tuple[datetime, int], ...]:
    """The times with how many each suits, the best first and the earlier of two equals. It orders; the coordinator picks."""
    ticks = list(votes)
    counted = [(time, len({person for person, chosen in ticks if chosen == time})) for time in times]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))
