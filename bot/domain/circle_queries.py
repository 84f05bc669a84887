"""What can be looked up about the circle around a person.

Here: queries and views as values, answered by `bot.services.circle_views`. Not here: SQL and rights. Guarantee: whoever is outside a
circle gets None or nothing, and a member gets what was set for them and a consent names, no more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.circle import MemberKind, MemberState, Reach
from bot.domain.circle_commands import AnyChildren
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.engine.ask import Query


class Part(StrEnum):
    """As what somebody is always of the circle."""

    PERSON = "person"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, kw_only=True, slots=True)
class AlwaysIn:
    """Somebody who is always of the circle (F18: Lund § 2): the person, who decides for them, and the coordinator.

    `you`: it is the reader, whose case it is.
    """

    person: PersonId | None
    part: Part
    name: str
    you: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberView:
    """A member as those who may see the circle see one. `now`: what they may see today; `until`: the last day of the consent, in Oslo.

    `sees`: what was set for them. `reach` is empty for those who may not change the circle.
    """

    member: MemberId
    name: str
    title: str
    service: str | None
    service_words: str | None
    kind: MemberKind
    state: MemberState
    sees: frozenset[InfoKind]
    now: frozenset[InfoKind]
    until: date | None
    reach: Reach

    @property
    def covered(self) -> bool:
        """Does a consent cover anything of it? Else nobody may invite them (E04)."""
        return bool(self.now)


@dataclass(frozen=True, kw_only=True, slots=True)
class CircleView:
    """The circle of a case. `may_change`: for the coordinator and the unit; the person sees the same list (E06).

    `no_contact_from`: the places, by their ids in the directory, from which somebody should be around a child and nobody is, for
    those who may change the circle (F17: Ringerike, KE og samarbeid; Lund § 6).
    """

    case: CaseId
    number: int
    initials: str
    subject_name: str
    always: tuple[AlwaysIn, ...]
    members: tuple[MemberView, ...]
    may_change: bool
    no_contact_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TheCircle(Query["CircleView | None"]):
    """The circle of a case, for the person, those who act for them, the coordinator and the unit. None for others."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class MyCircle:
    """A circle I am a member of, as far as I may see it now. What I may not see is None or empty.

    `coordinator` and `others` come with the kind CONTACT: who is in a circle tells about the person (T05: Ringerike).
    """

    member: MemberId
    case: CaseId
    number: int
    initials: str
    state: MemberState
    now: frozenset[InfoKind]
    until: date | None
    kind: MemberKind
    subject_name: str | None
    coordinator: str | None
    coordinator_phone: str | None
    others: tuple["Other", ...]
    need: str | None
    important: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Other:
    """Somebody else who takes part."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class MyCircles(Query[tuple[MyCircle, ...]]):
    """The circles I am a member of or asked to be, newest first; only those that a consent in force covers. Each look is recorded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildrenView:
    """What is noted about children in a case. `met_on` and `asked_on` are days in Oslo; `words` are the child's own, newest last."""

    case: CaseId
    number: int
    initials: str
    child_case: bool
    asked: AnyChildren | None
    asked_on: date | None
    follow_up: str | None
    met_on: date | None
    words: tuple["ChildsWords", ...]
    may_note: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildsWords:
    """What the child said it wants. `by_child`: written by the child itself."""

    words: str
    at: datetime
    by_child: bool


@dataclass(frozen=True, slots=True)
class TheChildren(Query["ChildrenView | None"]):
    """For the coordinator, the unit and the child itself; None for others, parents too."""

    case: CaseId
