"""What can be asked for about a change of coordinator.

Here: commands as values. Not here: what they do (`bot.services.change_of_coordinator`, `bot.services.change_answers`,
`bot.services.taking_over`) and who may (`bot.domain.access`, asked when the command takes effect).
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.cases import Place
from bot.domain.changes import ChangeReason
from bot.domain.ids import CaseId, ChangeAskId, ChangeId, PersonId
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class StartChange(Command[int]):
    """Begin a change of coordinator (N01). The change's id. `at_meeting`: it is to be talked about at a meeting (N11; Herøy, Skifte)."""

    case: CaseId
    reason: ChangeReason
    words: str | None = None
    at_meeting: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StopChange(Command[None]):
    """Whoever began it, or the unit, stops it. Everything stays as it is."""

    change: ChangeId


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderOnChange(Command[None]):
    """The coordinator's leader: yes, there can be a change, or no and why (Lund § 11.2.1). One press for the yes."""

    change: ChangeId
    yes: bool
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WishCoordinator(Command[None]):
    """Whom the person wishes, first wish first, and in their own words (Lund § 11.2.2). Neither is needed."""

    change: ChangeId
    order: tuple[PersonId, ...] = ()
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerChange(Command[None]):
    """One who is asked to take over says yes or no (Lund § 11.2.3). Beyond the profile's limit a yes needs a reason of their own."""

    ask: ChangeAskId
    yes: bool
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerChangeAsLeader(Command[None]):
    """The leader of the one who said yes (Lund § 11.2.4). One press for the yes."""

    ask: ChangeAskId
    yes: bool
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NameCoordinator(Command[None]):
    """The leaders have agreed on somebody, a department names somebody, or the unit does (Lund § 11.2.7 and 8; Herøy, Skifte)."""

    change: ChangeId
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class HandToUnit(Command[None]):
    """The leaders do not agree, or another department must take over: the unit decides (Lund § 11.2.8; Rana, Overføring)."""

    change: ChangeId
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideDepartment(Command[None]):
    """The unit decides which department is to appoint the next coordinator (Lund § 11.2.8)."""

    change: ChangeId
    department: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteMet(Command[None]):
    """The one who takes over has met the person, and where (N14: Rana, Overføring; Ås, BTI)."""

    case: CaseId
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkTogetherUntil(Command[None]):
    """Until which day the old and the new coordinator work together (N12: Herøy, as long as possible)."""

    case: CaseId
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class LetGo(Command[None]):
    """The old coordinator lets go before the day planned. Only where the new one has met the person (N14)."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolChanged(Command[None]):
    """The new coordinator has changed the roles in the planning tool (N07: Lund § 11.2.6)."""

    change: ChangeId
