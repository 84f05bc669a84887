"""What a municipality sets itself about agendas: points of its own, and which points are put on at once.

Here: frozen values and nothing else. Not here: the points that come with Samråd, and how the two become an agenda (`bot.domain.agenda`).
Guarantee: a point of the municipality's own has its words in both written forms.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.meetings import MeetingKind
from bot.domain.words import Words


class PointOf(StrEnum):
    """At which of a person's meetings of these kinds a point belongs. Those of a group and on a plan are counted together."""

    EVERY = "every"
    FIRST = "first"
    LATER = "later"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaPoint:
    """A point of the municipality's own. `id` is its name and never changes; another point gets another id.

    `put_on_at_once`: it stands on the agenda to begin with; else it can be chosen. `after`: the point it comes after; without it, the
    last but for when to meet again.
    """

    id: str
    words: Words
    kinds: tuple[MeetingKind, ...]
    meetings: PointOf
    put_on_at_once: bool
    after: str | None = None

    def fits(self, kind: MeetingKind, *, first: bool) -> bool:
        """Does it belong at a meeting of this kind, which is the person's first or a later one?"""
        return kind in self.kinds and (self.meetings is PointOf.EVERY or (self.meetings is PointOf.FIRST) == first)


@dataclass(frozen=True, kw_only=True, slots=True)
class UsualAgendas:
    """The points that are put on at once, in their order, for each kind of meeting; None: as they come with Samråd.

    `first`: the first meeting of a group, or on a plan.
    """

    first: tuple[str, ...] | None = None
    startup: tuple[str, ...] | None = None
    group: tuple[str, ...] | None = None
    plan: tuple[str, ...] | None = None
    cooperation: tuple[str, ...] | None = None
    settle: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaRules:
    """The agendas of one municipality."""

    points: tuple[AgendaPoint, ...] = ()
    usual: UsualAgendas = UsualAgendas()

    def point(self, code: str) -> AgendaPoint | None:
        """The municipality's own point with that id, or None."""
        return next((each for each in self.points if each.id == code), None)
