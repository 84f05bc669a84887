"""Life phases and transitions: what can be asked for and looked up.

Here: commands, queries and views as values. Not here: what follows from an age (`bot.domain.phases`, `bot.domain.transitions`), nor who may
do what (`bot.domain.access`).
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CaseId, DropOutId, TransitionId
from bot.domain.phases import Card, CardState, Phase
from bot.domain.transitions import TransitionKind
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPhase(Command[None]):
    """This phase from now on (M04); None: the one that follows from the age."""

    case: CaseId
    phase: Phase | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveCards(Command[None]):
    """The person and those who act for them get these cards to read (M10 to M12, M20 to M24, M40 to M43)."""

    case: CaseId
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SetCards(Command[None]):
    """These cards are not relevant, or come later: then `again_on` is the day in Oslo on which they are brought to mind."""

    case: CaseId
    cards: tuple[Card, ...]
    state: CardState
    again_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteOutlook(Command[None]):
    """What was said about now and later (M01: Herøy, Livsfaser). None: nothing to note."""

    case: CaseId
    usual: str | None
    special: str | None
    everyday: str | None
    wishes: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordTransition(Command[TransitionId]):
    """A change is agreed: from where, to where, on which day in Oslo, and who informs whom (M02). The result: its number."""

    case: CaseId
    kind: TransitionKind
    origin: str
    target: str
    on: date
    informs: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOn(Command[None]):
    """All that is needed has been passed on, and the plan is updated where there is one (M15, M30, M44)."""

    transition: TransitionId


@dataclass(frozen=True, kw_only=True, slots=True)
class SkipTransition(Command[None]):
    """This change does not concern the person: it is not raised any more. `skip` False: raise it again."""

    case: CaseId
    kind: TransitionKind
    skip: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportDropOut(Command[None]):
    """Somebody is leaving school, or may do so: the follow-up service is to be contacted at once (M27)."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteFollowUpContact(Command[None]):
    """The follow-up service has been contacted."""

    drop_out: DropOutId


@dataclass(frozen=True, kw_only=True, slots=True)
class CardLine:
    """A card of the list, and what has become of it; `state` None: not yet gone through."""

    card: Card
    state: CardState | None
    again_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TransitionLine:
    """A change, foreseen or recorded. `transition` is None until it is recorded; `done`: everything is passed on."""

    kind: TransitionKind
    day: date
    transition: TransitionId | None
    origin: str | None
    target: str | None
    informs: str | None
    done: bool
    skipped: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What was last said about now and later, on a day in Oslo."""

    on: date
    usual: str | None
    special: str | None
    everyday: str | None
    wishes: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseView:
    """The life phase of a case, for those who coordinate it. `by_hand`: set by a person. `cards` are those of the phase.

    `transitions`: those to come, and those recorded and not done. `specialists`: entries of the directory nobody around comes from (M13).
    """

    case: CaseId
    number: int
    initials: str
    phase: Phase | None
    by_hand: bool
    cards: tuple[CardLine, ...]
    transitions: tuple[TransitionLine, ...]
    outlook: Outlook | None
    drop_out: DropOutId | None
    specialists: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class ThePhase(Query["PhaseView | None"]):
    """The life phase of a case: for the unit and the coordinator. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class CardsView:
    """The cards given in a case, for those who got them and those who coordinate."""

    case: CaseId
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class TheCards(Query["CardsView | None"]):
    """What has been given to read. None for whoever it is not for."""

    case: CaseId
