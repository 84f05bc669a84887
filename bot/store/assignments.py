"""Who has been asked to be coordinator, and who is.

Here: statements about candidates. Guarantees: one open question and one coordinator in a case at a time; the tables hold that.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Literal

from bot.domain.cases import AssignmentState, LadderStep
from bot.domain.ids import AssignmentId, CaseId, PersonId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """One candidate asked. Moments are aware."""

    id: AssignmentId
    case: CaseId
    step: LadderStep
    state: AssignmentState
    department: str | None
    candidate: PersonId | None
    leader: PersonId | None
    over_limit: bool
    criteria: tuple[str, ...]
    proposed_by: PersonId
    created_at: datetime
    asked_at: datetime
    answered_at: datetime | None


def propose(
    tx: Tx,
    case: CaseId,
    *,
    step: LadderStep,
    state: AssignmentState,
    department: str | None,
    candidate: PersonId | None,
    leader: PersonId | None,
    over_limit: bool,
    criteria: tuple[str, ...],
    reason: str,
    by: PersonId,
) -> AssignmentId:
    """Ask a leader or a candidate."""
    assignment = AssignmentId(tx.next_id("assignments"))
    tx.execute(
        "INSERT INTO assignments"
        " (id, case_id, step, state, department, candidate, leader, criteria, reason, over_limit, proposed_by, created_at, asked_at)"
        " VALUES (:id, :case, :step, :state, :department, :candidate, :leader, :criteria, :reason, :over, :by, :now, :now)",
        id=assignment,
        case=case,
        step=step,
        state=state,
        department=department,
        candidate=candidate,
        leader=leader,
        criteria=json.dumps(criteria),
        reason=tx.seal(Field("assignments", "reason", assignment), KeyOwner("case", case), reason),
        over=int(over_limit),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return assignment


def move(tx: Tx, assignment: Assignment, to: AssignmentState, *, candidate: PersonId | None = None, over_limit: bool | None = None) -> bool:
    """Take an assignment on from the state it was read in; False where somebody else was first."""
    ended = to in {AssignmentState.ENDED, AssignmentState.RECALLED, AssignmentState.DECLINED, AssignmentState.LEADER_REFUSED}
    done = tx.execute(
        "UPDATE assignments SET state = :to, candidate = coalesce(:candidate, candidate), over_limit = coalesce(:over, over_limit),"
        " asked_at = CASE WHEN :to = 'candidate_asked' THEN :now ELSE asked_at END,"
        " answered_at = CASE WHEN :to = 'candidate_asked' THEN NULL ELSE :now END,"
        " ended_at = CASE WHEN :ended THEN :now ELSE ended_at END WHERE id = :id AND state = :was",
        to=to,
        was=assignment.state,
        candidate=candidate,
        over=None if over_limit is None else int(over_limit),
        now=stamp(tx.now),
        ended=int(ended),
        id=assignment.id,
    )
    tx.touch(assignment.case)
    return done == 1


def ask_again(tx: Tx, assignment: Assignment) -> None:
    """Give the one who is asked the full time anew."""
    tx.execute("UPDATE assignments SET asked_at = :now WHERE id = :id", now=stamp(tx.now), id=assignment.id)
    tx.touch(assignment.case)


def write(tx: Tx, assignment: Assignment, column: Literal["refusal", "own_reason"], words: str) -> None:
    """Keep, sealed, why not, or why the candidate takes one more."""
    sealed = tx.seal(Field("assignments", column, assignment.id), KeyOwner("case", assignment.case), words)
    tx.execute(f"UPDATE assignments SET {column} = :sealed WHERE id = :id", sealed=sealed, id=assignment.id)  # noqa: S608 (two fixed names)


def words(tx: Tx, assignment: Assignment, column: Literal["reason", "refusal", "own_reason"]) -> str | None:
    """The sealed words again."""
    row = tx.one(f"SELECT {column} AS sealed FROM assignments WHERE id = :id", id=assignment.id)  # noqa: S608 (three fixed names)
    if row is None or row["sealed"] is None:
        return None
    return tx.open(Field("assignments", column, assignment.id), KeyOwner("case", assignment.case), row["sealed"])


def _assignment(row: Row) -> Assignment:
    return Assignment(
        id=AssignmentId(row["id"]),
        case=CaseId(row["case_id"]),
        step=LadderStep(row["step"]),
        state=AssignmentState(row["state"]),
        department=row["department"],
        candidate=None if row["candidate"] is None else PersonId(row["candidate"]),
        leader=None if row["leader"] is None else PersonId(row["leader"]),
        over_limit=bool(row["over_limit"]),
        criteria=tuple(json.loads(row["criteria"])),
        proposed_by=PersonId(row["proposed_by"]),
        created_at=moment(row["created_at"]),
        asked_at=moment(row["asked_at"]),
        answered_at=moment_or_none(row["answered_at"]),
    )


@recalled
def find(tx: Tx, assignment: AssignmentId) -> Assignment | None:
    """An assignment by its id."""
    row = tx.one("SELECT * FROM assignments WHERE id = :id", id=assignment)
    return None if row is None else _assignment(row)


@recalled
def of_case(tx: Tx, case: CaseId) -> list[Assignment]:
    """Everybody asked in a case, first asked first."""
    return [_assignment(row) for row in tx.all("SELECT * FROM assignments WHERE case_id = :case ORDER BY id", case=case)]


@recalled
def accepted(tx: Tx, case: CaseId) -> Assignment | None:
    """The coordinator's assignment, or None where there is no coordinator."""
    row = tx.one("SELECT * FROM assignments WHERE case_id = :case AND state = 'accepted'", case=case)
    return None if row is None else _assignment(row)


def waiting_for(tx: Tx, who: PersonId) -> list[Assignment]:
    """What waits for someone's answer, oldest first."""
    rows = tx.all(
        "SELECT * FROM assignments WHERE (leader = :who AND state = 'leader_asked')"
        " OR (candidate = :who AND state = 'candidate_asked') ORDER BY asked_at",
        who=who,
    )
    return [_assignment(row) for row in rows]


def coordinated_by(tx: Tx, who: PersonId) -> list[CaseId]:
    """Cases someone coordinates now, newest first."""
    rows = tx.all("SELECT case_id FROM assignments WHERE candidate = :who AND state = 'accepted' ORDER BY case_id DESC", who=who)
    return [CaseId(row["case_id"]) for row in rows]


def load(tx: Tx, who: PersonId) -> int:
    """How many cases someone coordinates now."""
    return len(coordinated_by(tx, who))
