"""Recording who may decide: what can be asked for and looked up.

Here: commands and queries as values. Not here: what follows from age and records (`bot.domain.rights`), nor who may record what
(`bot.domain.access`). Guarantee: no value here can hold an identity number or a judgement by Samråd of who is able to decide.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.access import Role
from bot.domain.ids import CaseId, LapseId, PersonId, RepresentativeId
from bot.domain.rights import Area, Gap, Matter, Needed, Rights
from bot.engine.ask import Command, Query


class HealthProfession(StrEnum):
    """Who of the health personnel decided that someone cannot decide (pbrl § 4-3; helsepersonelloven § 48)."""

    DOCTOR = "doctor"
    PSYCHOLOGIST = "psychologist"
    NURSE = "nurse"
    DENTIST = "dentist"
    OTHER_HEALTH = "other_health"


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordBirthDate(Command[None]):
    """Somebody at the unit, or the coordinator, has seen the birth date."""

    case: CaseId
    born_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRepresentative(Command[int]):
    """The unit has seen that somebody has parental responsibility, a mandate as guardian or a power of attorney.

    Either `person`, who is a party already, or a `name` for somebody new. `seen`: which paper or register. The result is its number.
    """

    case: CaseId
    capacity: Role
    areas: tuple[Area, ...]
    since: date
    until: date | None
    seen: str
    person: PersonId | None = None
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndRepresentative(Command[None]):
    """It holds no longer."""

    representative: RepresentativeId


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordLapse(Command[int]):
    """Health personnel have decided that the person cannot decide in a matter (pbrl § 4-3): who, why, from when. The result: its number."""

    case: CaseId
    matter: Matter
    profession: HealthProfession
    decided_by: str
    why: str
    decided_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndLapse(Command[None]):
    """The person decides again."""

    lapse: LapseId


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForShield(Command[None]):
    """A child from 12 asks that parents do not see what is in the case."""

    case: CaseId
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shield(Command[None]):
    """It is recorded that parents do not see what is in the case (`on`), or that they do again."""

    case: CaseId
    on: bool
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RepresentativeLine:
    """Somebody recorded. `holds`: today, and covers health and care."""

    representative: RepresentativeId
    name: str
    capacity: Role
    areas: frozenset[Area]
    since: date
    until: date | None
    holds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LapseLine:
    """A recorded lapse, with who decided it."""

    lapse: LapseId
    matter: Matter
    decided_by: str
    decided_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeciderLine:
    """Somebody who must say yes. `me`: the one who asks."""

    name: str
    capacity: Role
    needed: Needed
    me: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingView:
    """Who may decide in a case, for those who record it. `parties`: those who have said they act for the person, by id and name.

    `next_birthday`: the day on which the person becomes 16 or 18, None without a birth date and after 18.
    """

    case: CaseId
    number: int
    born_on: date | None
    rights: Rights
    next_birthday: date | None
    representatives: tuple[RepresentativeLine, ...]
    lapses: tuple[LapseLine, ...]
    shielded: bool
    deciders: tuple[DeciderLine, ...]
    gap: Gap | None
    parties: tuple[tuple[PersonId, str, Role], ...]
    may_record: bool
    """Whether the one who asks may record representatives, lapses and shielding (the unit), not the birth date only (the coordinator)."""


@dataclass(frozen=True, slots=True)
class TheStanding(Query["StandingView | None"]):
    """Who may decide in a case: for the unit and the coordinator. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoDecidesView:
    """Who decides about sharing, for the person and those who act for them. `may_ask_shield`: a child who can ask that parents do not see.

    `role`: what the one who asks is in the case today.
    """

    deciders: tuple[DeciderLine, ...]
    gap: Gap | None
    heard: bool
    may_ask_shield: bool
    shielded: bool
    role: Role


@dataclass(frozen=True, slots=True)
class WhoDecides(Query["WhoDecidesView | None"]):
    """Who can decide for the person in this case. None for whoever may not see what is in it."""

    case: CaseId
