"""What can be looked up about substitutes, days away and a change of coordinator.

Here: queries and views as values. Not here: SQL and rights (`bot.services.change_views`). Guarantee: whoever may not see gets None or
nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.cases import AgeGroup, Place, TalkKind, Wanted
from bot.domain.changes import ChangeAskState, ChangeReason, ChangeState, StartedAs
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, ChangeAskId, ChangeId, PersonId, SubstituteId
from bot.domain.substitutes import SubstituteScope, SubstituteState
from bot.engine.ask import Query


@dataclass(frozen=True, kw_only=True, slots=True)
class SubstituteView:
    """Somebody asked to stand in, or who does. `note`: only for the coordinator, and for the substitute while it holds.

    `starts_at`, `ends_at`: first and last day where it is whole days, else the moments.
    """

    substitute: SubstituteId
    case: CaseId
    number: int
    initials: str
    person: PersonId
    name: str
    instead_of: str
    scope: SubstituteScope
    state: SubstituteState
    starts_at: date | datetime
    ends_at: date | datetime
    note: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class TheSubstitute(Query["SubstituteView | None"]):
    """One substitute, for those it concerns."""

    substitute: SubstituteId


@dataclass(frozen=True, slots=True)
class SubstitutesOf(Query[tuple[SubstituteView, ...]]):
    """Open questions and substitutes of a case, for those who may propose one or stand in."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class StandInLine:
    """Somebody who can stand in or take over. `knows`: they know the person already, from those around them."""

    person: PersonId
    name: str
    department: str | None
    knows: bool
    load: int


@dataclass(frozen=True, slots=True)
class StandIns(Query[tuple[StandInLine, ...]]):
    """Who can stand in: those who know the person first (Ås, Bytte), then by department and name. Empty where one may not propose."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedOfMe:
    """A question about standing in or taking over that waits for my answer. Exactly one of the ids is there."""

    number: int
    initials: str
    substitute: SubstituteId | None
    ask: ChangeAskId | None
    change: ChangeId | None
    case: CaseId


@dataclass(frozen=True, slots=True)
class ChangesAskedOfMe(Query[tuple[AskedOfMe, ...]]):
    """What waits for my answer about standing in, a change, or taking over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeAskView:
    """One who may take over, without anybody's words."""

    ask: ChangeAskId
    person: PersonId
    name: str
    wished: bool
    state: ChangeAskState
    leader_name: str | None
    over_limit: bool
    load: int
    mine: bool
    my_staff: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeView:
    """A change as the one who asks may see it. `words` and `wish` are empty for those who may not see what is in the case.

    `answers`: whose turn it is, is mine. `noting`: I may note an answer given by phone. `began`: I began it, so I may stop it.
    """

    change: ChangeId
    case: CaseId
    number: int
    initials: str
    age_group: AgeGroup
    wanted: Wanted
    state: ChangeState
    reason: ChangeReason
    started_as: StartedAs
    coordinator_name: str
    leader_name: str | None
    department: str | None
    at_meeting: bool
    words: str | None
    wish: str | None
    asks: tuple[ChangeAskView, ...]
    since: datetime
    answer_by: date
    next_name: str | None
    next_is_me: bool
    overlap_until: date | None
    met: bool
    tool_to_change: bool
    answers: bool
    noting: bool
    began: bool
    coordinates: bool


@dataclass(frozen=True, slots=True)
class TheChange(Query["ChangeView | None"]):
    """The change under way in a case, or the one just ended. None where there is none, or one may not see it."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class ChangeOfAsk(Query["CaseId | None"]):
    """The case of a question about taking over, for those it concerns."""

    ask: ChangeAskId


@dataclass(frozen=True, slots=True)
class MayTakeOver(Query[tuple[StandInLine, ...]]):
    """Whom the person can wish, or a leader can name: those around the person first. Empty where one may not."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverMember:
    """Somebody around the person, and what the consent lets them know."""

    name: str
    title: str
    phone: str | None
    knows: tuple[InfoKind, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverTalk:
    """A talk that is agreed."""

    kind: TalkKind
    place: Place
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverView:
    """What whoever takes over or stands in must know: never what was written in the chat (N13: Ås; Herøy).

    `consent_until`: the earliest day a consent ends, None where none is in force. `to_do`: ids of the coordinator's checklist.
    """

    case: CaseId
    number: int
    initials: str
    members: tuple[HandOverMember, ...]
    consent_until: date | None
    consents: int
    to_do: tuple[str, ...]
    tasks_of_unit: int
    talks: tuple[HandOverTalk, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class TheHandOver(Query["HandOverView | None"]):
    """The pack for a case, for whoever coordinates, takes over or stands in, and the unit. That it was read is recorded."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceView:
    """When I am away, first and last day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MyAbsence(Query["AbsenceView | None"]):
    """The next days I am away, or None."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GapLine:
    """Days on which a coordinator is away and nobody stands in."""

    case: CaseId
    number: int
    initials: str
    coordinator: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Uncovered(Query[tuple[GapLine, ...]]):
    """My own cases, my department's, or all for the unit: where nobody stands in (N18). Earliest first."""
