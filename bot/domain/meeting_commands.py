"""What can be asked for about a meeting, in the imperative.

Here: commands as values. Not here: what they do (`bot.services.meetings`) and who may (`bot.domain.access`, asked when they take effect).
Answers to an invitation stand in `bot.domain.attendance_commands`.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.called_in import CalledIn
from bot.domain.ids import CaseId, MeetingId, MemberId, PersonId
from bot.domain.meetings import MeetingKind, MeetingPlace
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeMeeting(Command[int]):
    """Plan a meeting and ask the recipient for a yes to time, circle and agenda (G06, G07, D11). The result is the meeting.

    `purpose`: a ready-made one by its code, or own words. `times`: one, or up to five to choose among (G21). `members`: who of the
    circle; those no consent covers are refused (E04). `needed`: without whom there is no point. `codes` are ready-made points, `lines`
    the caller's own, `called_in` who comes for single points only (G11). `short_reason` is demanded where the first time leaves less
    notice than the profile asks for (G18).
    """

    case: CaseId
    kind: MeetingKind
    purpose: str
    place: MeetingPlace
    times: tuple[datetime, ...]
    minutes: int
    members: tuple[MemberId, ...]
    needed: tuple[MemberId, ...] = ()
    codes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    called_in: tuple[CalledIn, ...] = ()
    where: str | None = None
    link: str | None = None
    chair: PersonId | None = None
    writer: PersonId | None = None
    short_reason: str | None = None
    leader_knows: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreeToMeeting(Command[None]):
    """The recipient's yes. `refused`: places of times that do not suit; `out`: members who shall not come; `lines`: own points, put first.

    The coordinator or KE may note what the recipient said by phone or face to face.
    """

    meeting: MeetingId
    refused: tuple[int, ...] = ()
    out: tuple[MemberId, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkFirst(Command[None]):
    """The recipient says no to the meeting as it is planned, or wants to talk first (G06)."""

    meeting: MeetingId
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VoteOnTimes(Command[None]):
    """Which of the open times suit the one who answers, by their places; none of them is an answer too (G21)."""

    meeting: MeetingId
    suits: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PickMeetingTime(Command[None]):
    """The coordinator picks one of the times by its place; the invitation goes out."""

    meeting: MeetingId
    choice: int
    short_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeMeeting(Command[None]):
    """Another time or place, or other points. Those called are told what changed; they answer anew only where time or place did (G19).

    What is None stays as it is; `lines` None keeps the agenda, else the ready-made `codes` and these words are the new one. `called_in`:
    who comes for which points from now on; whoever is not named keeps their points, which must still be there (G11).
    """

    meeting: MeetingId
    at: datetime | None = None
    place: MeetingPlace | None = None
    where: str | None = None
    link: str | None = None
    codes: tuple[str, ...] = ()
    lines: tuple[str, ...] | None = None
    called_in: tuple[CalledIn, ...] = ()
    short_reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NameRoles(Command[None]):
    """Who leads and who writes from now on (G13); None: it is decided in the meeting. Whoever is newly named is told."""

    meeting: MeetingId
    chair: PersonId | None
    writer: PersonId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelMeeting(Command[None]):
    """The meeting is off. Those called are told, with the reason where there is one."""

    meeting: MeetingId
    reason: str | None = None
