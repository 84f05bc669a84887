"""What a conversation can look up: named questions to today's facts, and what they answer with.

Here: queries and views as values. Not here: SQL and rights; a query is answered by `bot.services.queries`, inside the transaction,
after the access table has been asked. Guarantee: a view of a case is never given to someone who may not see it: the answer is None.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.access import Role
from bot.domain.cases import (
    AgeGroup,
    AssignmentState,
    CaseState,
    DecisionKind,
    DecisionState,
    ForWhom,
    LadderStep,
    Place,
    Source,
    TalkKind,
    TalkState,
    TaskKind,
    Wanted,
)
from bot.domain.ids import AssignmentId, CaseId, DecisionId, PersonId, TalkId, TaskId
from bot.domain.rules import Law, Profile
from bot.engine.ask import Query
from bot.engine.texts import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class MeView:
    """The one who is talking. `roles` are the standing roles (staff); roles in a case depend on the case."""

    person: PersonId
    language: Language
    name: str | None
    phone: str | None
    roles: frozenset[Role]
    department: str | None
    link_confirmed: bool

    @property
    def staff(self) -> bool:
        return bool(self.roles & {Role.KE, Role.KE_LEADER, Role.LEADER, Role.COORDINATOR, Role.REPORTER})


@dataclass(frozen=True, slots=True)
class Me(Query[MeView]):
    """Who is talking?"""


@dataclass(frozen=True, slots=True)
class TheProfile(Query[Profile]):
    """The municipality's profile."""


@dataclass(frozen=True, slots=True)
class TheLaw(Query[Law]):
    """The law profile in force today."""


@dataclass(frozen=True, slots=True)
class Now(Query[datetime]):
    """The moment of this turn, aware, in Oslo."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkView:
    """A clarifying talk or a start-up talk. Times are aware."""

    talk: TalkId
    kind: TalkKind
    state: TalkState
    place: Place
    proposals: tuple[datetime, ...]
    at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionView:
    """A decision or a proposed refusal."""

    decision: DecisionId
    kind: DecisionKind
    state: DecisionState
    granted: Wanted | None
    reason: str
    by: PersonId
    by_name: str
    at: datetime
    complain_by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentView:
    """One candidate asked, with everything the leader and the candidate need in order to answer."""

    assignment: AssignmentId
    case: CaseId
    number: int
    initials: str
    state: AssignmentState
    step: LadderStep
    department: str | None
    candidate: PersonId | None
    candidate_name: str | None
    candidate_load: int
    leader_name: str | None
    criteria: tuple[str, ...]
    reason: str
    over_limit: bool
    refusal: str | None
    age_group: AgeGroup
    wanted: Wanted
    asked_at: datetime
    answer_by: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactView:
    """The coordinator's first contact with the recipient."""

    at: datetime
    place: Place
    by_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TickView:
    """One item of a checklist. `item` is the id of the item in the profile's checklist."""

    item: str
    done_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskView:
    """Something KE has to do. `words` are the case worker's own or empty."""

    task: TaskId
    kind: TaskKind
    case: CaseId | None
    number: int | None
    initials: str | None
    due: date
    late: bool
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case as the one who asks may see it; what one may not see is empty. `services` are ids of the profile's directory.

    `late`: the answer has been promised for an earlier day, and there is no decision yet.

    `long_lasting` is yes, no or unsure; `reach` is chat, phone, letter or visit; `communication` holds codes or the applicant's own words.
    """

    case: CaseId
    number: int
    state: CaseState
    source: Source
    for_whom: ForWhom
    age_group: AgeGroup
    wanted: Wanted
    child_path: bool
    subject_name: str
    initials: str
    applicant_name: str
    applicant_language: Language
    services: tuple[str, ...]
    long_lasting: str
    need: str | None
    important: str | None
    wish: str | None
    reach: str
    reach_details: str | None
    communication: str | None
    received_at: datetime
    answer_by: date
    late: bool
    coordinator_name: str | None
    coordinator_contact: str | None
    talks: tuple[TalkView, ...]
    decisions: tuple[DecisionView, ...]
    assignments: tuple[AssignmentView, ...]
    contacts: tuple[ContactView, ...]
    ke_ticks: tuple[TickView, ...]
    coordinator_ticks: tuple[TickView, ...]
    open_tasks: tuple[TaskView, ...]
    possible_duplicates: tuple[int, ...]
    """Numbers of other living cases that seem to be about the same person (one coordinator, one plan: Ringerike; Herøy)."""
    delay_until: date | None
    meeting_place: Place | None = None
    """Where the recipient would like to meet the coordinator first (D01), once it has been said."""
    unseen: bool = False
    """KE: somebody says to act for the person, and nobody at the unit has seen it yet (E03)."""
    contact_by: date | None = None
    """By when the coordinator is to get in touch for the first time, in Oslo; None once they have, or without a coordinator (D01)."""
    contact_late: bool = False
    halted: bool = False
    """The unit and whoever coordinates: no message about the case leaves, since the person has died or moved away (P12)."""
    may_withdraw: bool = True
    may_object: bool = True
    """Whether the one who asks can stop it at once, and object to sharing between health services: never a youth's alone."""
    content: bool = True
    """Whether the one who asks may see what is in it. A relative or a reporter only sees how far it has come."""


@dataclass(frozen=True, slots=True)
class TheCase(Query["CaseView | None"]):
    """One case, or None where it does not exist or the one who asks may not see it. The read is recorded in the audit."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """A case in a list: number and initials only. `as_coordinator`: I am its coordinator or substitute, not a party or who reported it.

    `due`: what the one who asks has to do next in it, by when; None where nothing waits for them.
    """

    case: CaseId
    number: int
    initials: str
    state: CaseState
    wanted: Wanted
    received_at: datetime
    due: date | None
    late: bool
    as_coordinator: bool = False

    @property
    def urgency(self) -> tuple[bool, date, int]:
        """By which lists are ordered: what is late first, then what is due first."""
        return (not self.late, self.due or date.max, self.number)


@dataclass(frozen=True, slots=True)
class MyCases(Query[tuple[CaseLine, ...]]):
    """Cases in which I am a party or the coordinator, newest first."""


@dataclass(frozen=True, slots=True)
class Inbox(Query[tuple[CaseLine, ...]]):
    """KE: every living case that KE still holds, earliest deadline first. Empty for others."""


@dataclass(frozen=True, slots=True)
class KeTasks(Query[tuple[TaskView, ...]]):
    """KE: every open task, earliest deadline first. Empty for others."""


@dataclass(frozen=True, slots=True)
class AsksForMe(Query[tuple[AssignmentView, ...]]):
    """Leader or candidate: what waits for my answer."""


@dataclass(frozen=True, slots=True)
class TheAssignment(Query["AssignmentView | None"]):
    """One candidate asked, for KE, the leader asked and the candidate. None for others."""

    assignment: AssignmentId


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateLine:
    """Someone who could be coordinator. `load` counts cases accepted now; `trained` is the day of the training or None.

    `services`: how many of the services named in the case the candidate's department gives.
    """

    person: PersonId
    name: str
    department: str | None
    load: int
    at_limit: bool
    trained: date | None
    wished: bool
    has_leader: bool
    services: int = 0


@dataclass(frozen=True, slots=True)
class Candidates(Query[tuple[CandidateLine, ...]]):
    """KE, or the leader asked (own department only): candidates, the service most involved first, then by load, name; nobody left out."""

    case: CaseId
