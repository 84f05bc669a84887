"""What can be looked up about who comes.

Here: queries and views as values, answered by `bot.services.attendance_views`. Not here: SQL and rights. Guarantee: reasons are for whoever
holds the threads; the others see who comes, no more.
"""

from dataclasses import dataclass

from bot.domain.attendance import Reply
from bot.domain.ids import MeetingId, MemberId, PersonId
from bot.engine.ask import Query


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyView:
    """One person's answer. `words` are there only for whoever holds the threads, and for the one who wrote them."""

    person: PersonId
    name: str
    service: str | None
    reply: Reply | None
    words: str | None
    needed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureView:
    """A measure put to the recipient. `yes` is None while it waits."""

    measure: int
    words: str
    yes: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BetweenView:
    """One of the two who meet the recipient."""

    member: MemberId
    name: str
    met_before: bool
    met_after: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceView:
    """Who comes to a meeting, who cannot, who may, who is silent; and my own answer. `open`: an answer can still be changed.

    `recipient`: I am the recipient's side. `holds`: I hold the threads. `between`: the two, where the recipient chose that way. `over`: its
    time has begun. `tool`: the planning tool's name where the invitation goes in there too, `in_tool` whether it has been put there.
    """

    meeting: MeetingId
    replies: tuple[ReplyView, ...]
    mine: Reply | None
    open: bool
    recipient: bool
    holds: bool
    measures: tuple[MeasureView, ...]
    between: tuple[BetweenView, ...]
    choosable: tuple[tuple[MemberId, str], ...]
    """Members who are to come, among whom the recipient can choose two."""
    over: bool = False
    tool: str | None = None
    in_tool: bool = False

    @property
    def silent(self) -> tuple[ReplyView, ...]:
        """Who has not said."""
        return tuple(each for each in self.replies if each.reply is None)


@dataclass(frozen=True, slots=True)
class TheAttendance(Query["AttendanceView | None"]):
    """Who comes to a called meeting, for those who are to come and those who call it. None for others."""

    meeting: MeetingId
