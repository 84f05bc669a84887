"""What can be done and looked up about a start-up talk and what follows from it.

Here: commands, queries and views as values. Not here: what they do (`bot.services.startup`, `bot.services.introductions`) and who may
(`bot.domain.access`). Guarantee: a view is given only to those whom the access table names; to anybody else None.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.consent import SharingState
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.office_hours import OfficeHours
from bot.domain.startup import Point, SelfCheck, StartupEnd, Way, WayOfWorking
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class WritePoint(Command[None]):
    """One point of the start-up talk, kept at once. The person's own points are the person's; the others the coordinator's."""

    case: CaseId
    point: Point
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForHelpToWrite(Command[None]):
    """The person wants help to present themself (D18): the coordinator is told."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishStartup(Command[None]):
    """The start-up talk was held. `next_on` with `owner` and `words` becomes a task; else `why_not` says why there is no next day yet."""

    case: CaseId
    next_on: date | None = None
    owner: PersonId | None = None
    words: str | None = None
    why_not: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseWay(Command[None]):
    """Which tool they work with (D14, D15). `words`: how, needed where there is no plan (K13)."""

    case: CaseId
    way: Way
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TickSelf(Command[None]):
    """The coordinator ticks one thing about the own work (D21)."""

    case: CaseId
    item: SelfCheck


@dataclass(frozen=True, kw_only=True, slots=True)
class Introduce(Command[int]):
    """Tell every partner whom a consent covers who the coordinator is (D10). The result: how many were told now."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerIntroduction(Command[None]):
    """A partner has read who the coordinator is. One press."""

    member: MemberId


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteIntroduced(Command[None]):
    """The coordinator has told a partner by phone or face to face."""

    member: MemberId


@dataclass(frozen=True, kw_only=True, slots=True)
class SetOfficeHours(Command[None]):
    """When the actor can be reached, in Oslo time (D16). `days`: Monday is 0."""

    opens: time
    closes: time
    days: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PointView:
    """A point with whose words they are. `mine`: the reader wrote it."""

    point: Point
    words: str
    name: str
    mine: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerView:
    """Somebody in the circle. `covered`: a consent lets them know of the coordinator now. `joined`: they have said yes to take part.

    `told_on` and `answered_on` are days in Oslo, for the coordinator there is now.
    """

    member: MemberId
    name: str
    covered: bool
    joined: bool
    told_on: date | None
    answered_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StartupView:
    """The start-up talk as its reader may see it. `coordinates`: the reader holds it; else the reader is of the person's side.

    `important`: what the person wrote in the application (B07). `points`: for the person's side those they wrote themselves. `owners`: who
    can have the next contact. `checked`: what the reader has ticked.
    """

    case: CaseId
    number: int
    initials: str
    coordinates: bool
    writes: bool
    chooses: bool
    sharing: SharingState
    important: str | None
    points: tuple[PointView, ...]
    ended: StartupEnd | None
    next_name: str | None
    way: WayOfWorking | None
    owners: tuple[tuple[PersonId, str], ...]
    partners: tuple[PartnerView, ...]
    checked: frozenset[SelfCheck]


@dataclass(frozen=True, slots=True)
class TheStartup(Query["StartupView | None"]):
    """The start-up talk of a case."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursView:
    """When a coordinator can be reached. `open_now`: now is within the hours; else `next_open` is the next moment that is."""

    hours: OfficeHours
    open_now: bool
    next_open: datetime


@dataclass(frozen=True, slots=True)
class TheHours(Query["HoursView | None"]):
    """When the coordinator of a case can be reached; None where there is none, or the reader may not know who it is."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class MyHours(Query["OfficeHours"]):
    """The reader's own hours, as they have set them or as the profile says."""
