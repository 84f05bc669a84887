"""The start-up talk of the coordinator and the person: its points, how it ends, and how they work together from then on.

Here: the words for it. Not here: commands and queries (`bot.domain.startup_commands`), what happens then (`bot.services.startup`).
Guarantees: a talk ends with a day for the next contact, or with a spoken "not now" (D08: Rana, Oppstart); without a plan the way of
working is agreed in words (K13: Herøy, IP-møte).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, MemberTaskId, PersonId


class Point(StrEnum):
    """What is talked about. The first three are the person's own, written beforehand; the rest the coordinator notes."""

    MATTERS = "matters"
    """What is most important to the person, and what they want further (D09, B07: Rana, Oppstart; Ås, Tips)."""
    PRESENTATION = "presentation"
    """The person's own presentation (D18: Herøy, Koordinator og planeigar)."""
    HOPES = "hopes"
    """What the person expects of the coordinator, in their own words (D05, D06)."""
    SITUATION = "situation"
    RESOURCES = "resources"
    GOALS = "goals"
    NEEDS = "needs"
    """These four: the mapping (D03: Lund § 7.7; Herøy, Koordinator si arbeidsoppgåve)."""
    OF_ME = "of_me"
    """What is expected of the coordinator; can you follow up, and if not, who (D06: Ås, Tips)."""
    MY_LIMITS = "my_limits"
    """What the coordinator expects and cannot do (D07: Herøy, Koordinator og planeigar)."""
    TOGETHER = "together"
    """What is expected of the cooperation (D05: Rana, Oppstart)."""
    WHO_DOES = "who_does"
    """Who does what (D05)."""


PERSONS_OWN: Final = (Point.MATTERS, Point.PRESENTATION, Point.HOPES)
COORDINATORS: Final = tuple(each for each in Point if each not in PERSONS_OWN)


class Way(StrEnum):
    """With which tool they work: an individual plan, or minutes (Lund § 7.8), or simple cooperation (Ås, Enkelt samspill)."""

    PLAN = "plan"
    MINUTES = "minutes"
    SIMPLE = "simple"
    """Only short messages are needed, and a plan is not needed, or it is not decided yet."""


class SelfCheck(StrEnum):
    """What it takes to coordinate, one tick each (D21: Rana, Koordinatorrollen)."""

    LEADER = "leader"
    TRAINING = "training"
    KNOWS_NEED = "knows_need"
    COOPERATION = "cooperation"
    SERVICES = "services"
    RESOURCES = "resources"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """One point as somebody wrote it. `at` is aware."""

    point: Point
    words: str
    person: PersonId
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StartupEnd:
    """How a start-up talk ended. `next_on` is a day in Oslo, `owner` whose the next contact is; else `why_not` says why there is none."""

    case: CaseId
    next_on: date | None
    owner: PersonId | None
    task: MemberTaskId | None
    why_not: str | None
    noted_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOfWorking:
    """The tool chosen. `words`: how they work, always there without a plan. `chosen_at` is aware."""

    case: CaseId
    way: Way
    words: str | None
    chosen_by: PersonId
    chosen_at: datetime
