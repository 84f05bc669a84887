"""How a case ends, and what stops everything at once.

Here: words for it. Not here: what happens then (`bot.services.closing`, `bot.services.halts`). Guarantees: a case ends for one of two
reasons and never by silence (Lund § 10; Herøy, Varigheit); it ends with the person's yes; where somebody has died or moved away nothing is
sent about the case any more.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseId, ClosingId, PersonId
from bot.engine.ask import Command, Query
from bot.engine.texts import Text


class WhyClosed(StrEnum):
    """The two reasons (P01): the person does not want it any more, or long-term coordinated services are not needed any more."""

    NOT_WANTED = "not_wanted"
    NOT_NEEDED = "not_needed"


class ClosingState(StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    RECALLED = "recalled"


class WhyHalted(StrEnum):
    """Why all sending stops at once (P12)."""

    DIED = "died"
    MOVED = "moved"


class AfterTask(StrEnum):
    """What becomes of a task that is still open when the case ends (Rana, Avslutning)."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    GOES_ON = "goes_on"
    """The owner goes on with it within their own service."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """A proposal to end a case. `words` are of whoever proposed it. Moments are aware."""

    id: ClosingId
    case: CaseId
    state: ClosingState
    why: WhyClosed
    words: str | None
    proposed_by: PersonId
    proposed_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeClosing(Command[None]):
    """The coordinator, KE or the person says that it is time to end (P01, P10). The person's own word is enough."""

    case: CaseId
    why: WhyClosed
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerClosing(Command[None]):
    """The person's yes or no to ending (P02). The coordinator or KE may note what the person said."""

    case: CaseId
    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountForTask(Command[None]):
    """What becomes of one open task when the case ends; each is accounted for, none is left."""

    task: int
    after: AfterTask


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseCase(Command[None]):
    """End the case, with the person's yes, when every task is accounted for: everybody is told, consents end (P03 to P06)."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopen(Command[None]):
    """Begin again (P02, P08): KE has the case, and consent is asked for anew."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Halt(Command[None]):
    """The person has died or moved away: all sending about the case stops before the next message; KE goes on by hand (P12)."""

    case: CaseId
    why: WhyHalted


@dataclass(frozen=True, kw_only=True, slots=True)
class Unhalt(Command[None]):
    """It was a mistake: the case goes on, and messages can be sent again."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTask:
    """A task that must be accounted for."""

    task: int
    owner: str
    words: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingView:
    """How far a case is from its end, for the person's side and those who coordinate. `closing`: what is proposed or agreed now.

    `tasks` must be accounted for; `group`: there is one; `group_looked_back`: it has looked at its work together (L08).
    """

    case: CaseId
    number: int
    initials: str
    closed: bool
    halted: WhyHalted | None
    closing: Closing | None
    tasks: tuple[OpenTask, ...]
    group: bool
    group_looked_back: bool
    may_propose: bool
    may_answer: bool
    may_close: bool
    may_reopen: bool
    may_halt: bool


@dataclass(frozen=True, slots=True)
class TheClosing(Query["ClosingView | None"]):
    """How a case ends. None for whoever has nothing to do with that."""

    case: CaseId
