"""Training and guidance of coordinators: six parts, who has had which, and who helps.

Here: values, commands and queries. Not here: what is taught (`conversations.lessons`), gatherings (`bot.domain.gatherings`), SQL.
Requirement rows: R01, R02, R05, R07 to R09. Sources: Rana, Opplæring i individuell plan og koordinatorrollen; Ringerike, Kompetanse hos
oppnevnte koordinatorer; Ås, Individuell plan; Lund § 11.3 (system coordinator).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import PersonId
from bot.engine.ask import Command, Query


class TrainingPart(StrEnum):
    """What training consists of (Rana, Opplæring), in that order."""

    LAW = "law"
    VALUES = "values"
    COMMUNICATION = "communication"
    ROLE = "role"
    PLAN = "plan"
    RESPONSIBILITY = "responsibility"


class GuidanceTopic(StrEnum):
    """What guidance is asked for about."""

    CASE = "case"
    ROLE = "role"
    LAW = "law"
    PLAN = "plan"
    TOOL = "tool"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteTraining(Command[bool]):
    """The unit notes that somebody has had these parts, with today's date. The result: all six are there now."""

    person: PersonId
    parts: tuple[TrainingPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameToolContact(Command[None]):
    """The unit says who helps with the planning tool; `department` None: everywhere that has nobody of its own (Ås; Lund § 11.3)."""

    department: str | None
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class AskGuidance(Command[bool]):
    """Somebody at work asks the unit for guidance (Rana: guidance after a reported need). False: it waits for an answer already."""

    topic: GuidanceTopic
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedHelp(Command[None]):
    """The answer to "Do you need help?" in one press (Ringerike: coordinators seldom ask by themselves). `month` is YYYY-MM."""

    yes: bool
    month: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingLine:
    """One coordinator's training. `trained`: the day it was whole, or as the staff file says; None: not yet."""

    person: PersonId
    name: str
    department: str | None
    taken: tuple[tuple[TrainingPart, date], ...]
    trained: date | None
    load: int

    @property
    def missing(self) -> tuple[TrainingPart, ...]:
        """The parts not yet had, in their order."""
        had = {part for part, _ in self.taken}
        return tuple(part for part in TrainingPart if part not in had)


@dataclass(frozen=True, slots=True)
class TheTraining(Query[tuple[TrainingLine, ...]]):
    """KE: every coordinator. A leader: those of one's own department (R08). By name; empty for others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MySupport:
    """What a coordinator is helped with: one's own training, and who helps with the planning tool here."""

    taken: tuple[TrainingPart, ...]
    trained: date | None
    tool_contact: str | None
    tool_phone: str | None


@dataclass(frozen=True, slots=True)
class TheSupport(Query[MySupport]):
    """One's own training and helpers."""
