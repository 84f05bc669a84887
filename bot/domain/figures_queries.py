"""What the unit looks up of the whole: a month as it is published, and the register of coordinators, groups and plans.

Here: queries and views as values. Not here: what is withheld (`bot.domain.monthly`), words, SQL. Guarantee: whoever is not at the unit gets
nothing. Requirement rows: R12 (Lund § 6; Rana, KE og saksbehandling), R14 (Ringerike).
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.cases import CaseState, Wanted
from bot.domain.ids import CaseId
from bot.domain.monthly import Figure
from bot.engine.ask import Query


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthView:
    """A month as published. `month`: its first day."""

    month: date
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TheMonths(Query[tuple[MonthView, ...]]):
    """KE: the months that have ended, at most twelve, the latest first. Empty for others, and before the first month has ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterLine:
    """A living case in the register. `coordinator`, `department`, `since`: who coordinates, and from which day; None where nobody does."""

    case: CaseId
    number: int
    initials: str
    state: CaseState
    wanted: Wanted
    coordinator: str | None
    department: str | None
    since: date | None
    own_decision: bool
    group: bool
    plan: bool


@dataclass(frozen=True, slots=True)
class TheRegister(Query[tuple[RegisterLine, ...]]):
    """KE: every living case with its coordinator, group and plan; those without a coordinator first. Empty for others. It is recorded."""
