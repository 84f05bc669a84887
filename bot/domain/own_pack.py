"""What somebody needs to keep track by themselves: who to turn to, and which days to remember.

Here: words for it. Not here: putting it together (`bot.services.own_pack`). Guarantee: it holds what the person may see anyway, and never
how others are reached in private (P09: Rana, Avslutning).
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CaseId
from bot.engine.ask import Query
from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class PackContact:
    """Somebody to turn to. `phone` is a service's or the unit's, as people read it."""

    name: str
    what: Text
    phone: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPackView:
    """The pack of one person. Moments are aware; `days` are in Oslo, earliest first."""

    case: CaseId
    number: int
    contacts: tuple[PackContact, ...]
    meetings: tuple[datetime, ...]
    days: tuple[tuple[date, Text], ...]


@dataclass(frozen=True, slots=True)
class TheOwnPack(Query["OwnPackView | None"]):
    """The pack, for the person, those who act for the person, and whoever goes through it with them; None for others."""

    case: CaseId
