"""What can be asked for about coming to a meeting, in the imperative.

Here: commands as values. Not here: what they do (`bot.services.attendance`) and who may.
"""

from dataclasses import dataclass

from bot.domain.attendance import Reply
from bot.domain.ids import MeetingId, MemberId, PersonId
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerInvitation(Command[None]):
    """Say whether one comes (H01). A button's command: it works until the meeting begins, from an old message too.

    `words`: a reason, only where one wants to give it, or the name of whoever comes instead.
    """

    meeting: MeetingId
    reply: Reply
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Suits(Command[None]):
    """Say by the meeting's number alone whether the time suits, where the chat may not say more (H01). A button's command."""

    meeting: MeetingId
    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteReply(Command[None]):
    """Whoever holds the threads notes what somebody said by phone or face to face."""

    meeting: MeetingId
    person: PersonId
    reply: Reply
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PutMeasures(Command[None]):
    """Put measures to the recipient, who cannot be there, beforehand (J04: Lund § 11.4, Gruppens funksjon)."""

    meeting: MeetingId
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideMeasure(Command[None]):
    """The recipient's yes or no to one measure. Until there is one, it waits (J05)."""

    meeting: MeetingId
    measure: int
    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseTwo(Command[None]):
    """The recipient chooses two members who meet them before and after instead of sitting in the meeting (J01, J06: Lund § 11.4)."""

    meeting: MeetingId
    members: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteMet(Command[None]):
    """One of the two has met the recipient, before or after the meeting (J02)."""

    meeting: MeetingId
    member: MemberId
    after: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AskInstead(Command[None]):
    """Somebody who cannot come is asked for a colleague, or for a written note (H04)."""

    meeting: MeetingId
    person: PersonId
    written: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteInTool(Command[None]):
    """The invitation with its agenda is put into the municipality's planning tool as well (G08: Herøy, IP-møte)."""

    meeting: MeetingId
