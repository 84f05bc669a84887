"""What can be asked for about substitutes and days away.

Here: commands as values. Not here: what they do (`bot.services.substitutes`, `bot.services.away`) and who may (`bot.domain.access`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CaseId, PersonId, SubstituteId
from bot.domain.substitutes import SubstituteScope
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeSubstitute(Command[int]):
    """Ask somebody to stand in for the coordinator, for one meeting or for a period (N17). Times are aware. The substitute's id.

    `note`: what the substitute must know (Ås: well informed of the tasks).
    """

    case: CaseId
    person: PersonId
    scope: SubstituteScope
    starts_at: datetime
    ends_at: datetime
    note: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSubstitute(Command[None]):
    """The one asked says yes or no; the unit may note what was said on the phone."""

    substitute: SubstituteId
    yes: bool
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndSubstitute(Command[None]):
    """Take a question back, or let the coordinator have the case again before the time is over."""

    substitute: SubstituteId


@dataclass(frozen=True, kw_only=True, slots=True)
class SayAway(Command[int]):
    """The coordinator is away from the first day to the last, both included (N18). How many cases nobody stands in for."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ComeBack(Command[None]):
    """The coordinator is back, or will not be away after all."""
