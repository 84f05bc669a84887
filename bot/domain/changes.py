"""A change of coordinator: Lund's eight steps (§ 11.2), and what other municipalities do instead.

Here: the steps as a table, and the facts of a change as values. Not here: what happens at each step (`bot.services.change_of_coordinator`),
SQL. Guarantee: a change moves only along the steps listed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.choices import ChangeDecidedBy
from bot.domain.ids import CaseId, ChangeAskId, ChangeId, PersonId


class ChangeReason(StrEnum):
    """Why (Ås, Bytte; Herøy, Skifte; Rana, Overføring). `LONG_SUBSTITUTE`: a substitute has stood in for months. Never a diagnosis."""

    NEED_CHANGED = "need_changed"
    LIFE_TRANSITION = "life_transition"
    NEW_JOB = "new_job"
    OTHER_SERVICE = "other_service"
    LONG_SUBSTITUTE = "long_substitute"
    WISH = "wish"
    OTHER = "other"


class StartedAs(StrEnum):
    """As what somebody began it."""

    COORDINATOR = "coordinator"
    PERSON = "person"
    LEADER = "leader"
    UNIT = "unit"


class ChangeState(StrEnum):
    """Which step it stands at."""

    LEADER_ASKED = "leader_asked"
    """Step 1: the coordinator's leader."""
    PERSON_ASKED = "person_asked"
    """Step 2: whom the person wishes."""
    ASKING = "asking"
    """Steps 3 and 4: those around the person in the person's order, and the leader of the one who says yes."""
    LEADERS_MEET = "leaders_meet"
    """Step 7: nobody says yes, so the leaders meet."""
    UNIT_DECIDES = "unit_decides"
    """Step 8, and Herøy's own way: the coordinating unit decides."""
    DEPARTMENT_NAMES = "department_names"
    """The leader of a department names somebody (Lund, step 8; Ås and Rana, where the coordinator's own leader does)."""
    TAKING_OVER = "taking_over"
    """Steps 5 and 6: one has said yes, and both work together until the new one has met the person."""
    DONE = "done"
    STOPPED = "stopped"


OPEN_CHANGE: Final = frozenset(ChangeState) - {ChangeState.DONE, ChangeState.STOPPED}
_ANYWAY: Final = frozenset({ChangeState.STOPPED, ChangeState.UNIT_DECIDES})
"""It can always be stopped, and the unit can always be asked: by law it must provide a coordinator."""

STEPS: Final[Mapping[ChangeState, frozenset[ChangeState]]] = {
    ChangeState.LEADER_ASKED: _ANYWAY | {ChangeState.PERSON_ASKED},
    ChangeState.PERSON_ASKED: _ANYWAY | {ChangeState.ASKING, ChangeState.LEADERS_MEET, ChangeState.DEPARTMENT_NAMES},
    ChangeState.ASKING: _ANYWAY | {ChangeState.TAKING_OVER, ChangeState.LEADERS_MEET, ChangeState.DEPARTMENT_NAMES},
    ChangeState.LEADERS_MEET: _ANYWAY | {ChangeState.ASKING},
    ChangeState.UNIT_DECIDES: frozenset({ChangeState.ASKING, ChangeState.DEPARTMENT_NAMES, ChangeState.STOPPED}),
    ChangeState.DEPARTMENT_NAMES: _ANYWAY | {ChangeState.ASKING},
    ChangeState.TAKING_OVER: _ANYWAY | {ChangeState.ASKING, ChangeState.LEADERS_MEET, ChangeState.DEPARTMENT_NAMES, ChangeState.DONE},
    ChangeState.DONE: frozenset(),
    ChangeState.STOPPED: frozenset(),
}
"""Where a change can go from where it stands."""


class ChangeAskState(StrEnum):
    """How far it has come with one who may take over."""

    WAITING = "waiting"
    ASKED = "asked"
    LEADER_ASKED = "leader_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    LEADER_REFUSED = "leader_refused"
    RECALLED = "recalled"


OPEN_ASK: Final = frozenset({ChangeAskState.ASKED, ChangeAskState.LEADER_ASKED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A change without anybody's words. `since`: when the present step began. Moments are aware."""

    id: ChangeId
    case: CaseId
    state: ChangeState
    reason: ChangeReason
    started_as: StartedAs
    started_by: PersonId
    coordinator: PersonId
    leader: PersonId | None
    department: str | None
    at_meeting: bool
    back_to: ChangeState | None
    started_at: datetime
    since: datetime
    tool_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeAsk:
    """One who may take over. `place`: the order in which they are asked; `wished`: the person named them."""

    id: ChangeAskId
    change: ChangeId
    person: PersonId
    place: int
    wished: bool
    state: ChangeAskState
    leader: PersonId | None
    asked_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakingOver:
    """Who takes over, and until which day both work together. `met_at`: when the new one had met the person."""

    change: ChangeId
    case: CaseId
    person: PersonId
    starts_at: datetime
    until: date
    met_at: datetime | None


def first_step(decided_by: ChangeDecidedBy, started_as: StartedAs) -> ChangeState:
    """Where it begins: with the leader (Lund § 11.2.1; Rana), who need not be asked about what they began; Herøy reports to the unit."""
    if decided_by is ChangeDecidedBy.KE or started_as is StartedAs.LEADER:
        return ChangeState.PERSON_ASKED
    return ChangeState.LEADER_ASKED


def after_the_wish(decided_by: ChangeDecidedBy) -> ChangeState:
    """Who goes on when the person has said whom they wish: those around the person, the leader (Ås, Rana), or the unit (Herøy)."""
    return {
        ChangeDecidedBy.COORDINATOR_BY_STEPS: ChangeState.ASKING,
        ChangeDecidedBy.LEADER: ChangeState.DEPARTMENT_NAMES,
        ChangeDecidedBy.KE: ChangeState.UNIT_DECIDES,
    }[decided_by]


def may_let_go(taking_over: TakingOver | None) -> bool:
    """The old one lets go only when the new one has accepted and met the person (Rana, «før du slipper taket»; Ås, BTI)."""
    return taking_over is not None and taking_over.met_at is not None
