"""What the unit does with the papers of a case that has ended.

Here: words for it. Not here: what is on the list (the profile), nor destroying what is stored (`bot.services.retention`). Guarantee: the
time after which a case is destroyed does not begin before the list is done and the case is handed to the record system (P11: Herøy,
Utskrift and Arkivering).
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.ids import CaseId
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive(Command[None]):
    """One thing on the list is done. When all are, so is the task."""

    case: CaseId
    item: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveView:
    """The list of a case that has ended. `steps`: each item of the profile with the day it was done. Days are in Oslo.

    `by`: the task's day, None when it is done. `exported_on`: when the case was last handed to the record system.
    """

    case: CaseId
    number: int
    initials: str
    steps: tuple[tuple[str, date | None], ...]
    by: date | None
    exported_on: date | None


@dataclass(frozen=True, slots=True)
class TheArchive(Query["ArchiveView | None"]):
    """The list for one case, for the unit; None for others, and while the case lives."""

    case: CaseId
