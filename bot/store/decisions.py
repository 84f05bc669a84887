"""Decisions.

Here: statements about them. Guarantee: a refusal is final only when a second person has confirmed it; the table itself holds that.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.cases import DecisionKind, DecisionState, Wanted
from bot.domain.ids import CaseId, DecisionId, PersonId
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A decision or a proposed refusal, with its reason."""

    id: DecisionId
    case: CaseId
    kind: DecisionKind
    state: DecisionState
    granted: Wanted | None
    reason: str
    by: PersonId
    at: datetime
    complain_by: date | None


def record(
    tx: Tx, case: CaseId, kind: DecisionKind, *, granted: Wanted | None, reason: str, by: PersonId, complain_by: date | None
) -> DecisionId:
    """Write down what KE decided; a refusal as a proposal."""
    decision = DecisionId(tx.next_id("decisions"))
    tx.execute(
        "INSERT INTO decisions (id, case_id, kind, state, granted, reason, decided_by, decided_at, complain_by)"
        " VALUES (:id, :case, :kind, :state, :granted, :reason, :by, :now, :complain_by)",
        id=decision,
        case=case,
        kind=kind,
        state=DecisionState.PROPOSED if kind is DecisionKind.REFUSE else DecisionState.FINAL,
        granted=granted,
        reason=tx.seal(Field("decisions", "reason", decision), KeyOwner("case", case), reason),
        by=by,
        now=stamp(tx.now),
        complain_by=None if complain_by is None else complain_by.isoformat(),
    )
    tx.touch(case)
    return decision


def settle(tx: Tx, decision: Decision, *, confirmed: bool, by: PersonId, complain_by: date | None) -> bool:
    """The second person's word on a proposed refusal; False where it has been settled already."""
    done = tx.execute(
        "UPDATE decisions SET state = :state, confirmed_by = :by, confirmed_at = :now, complain_by = :complain_by"
        " WHERE id = :id AND state = 'proposed'",
        state=DecisionState.FINAL if confirmed else DecisionState.RETURNED,
        by=by,
        now=stamp(tx.now),
        complain_by=None if complain_by is None else complain_by.isoformat(),
        id=decision.id,
    )
    tx.touch(decision.case)
    return done == 1


def find(tx: Tx, decision: DecisionId) -> Decision | None:
    """A decision by its id."""
    row = tx.one("SELECT case_id FROM decisions WHERE id = :id", id=decision)
    return None if row is None else next(each for each in of_case(tx, CaseId(row["case_id"])) if each.id == decision)


def of_case(tx: Tx, case: CaseId) -> list[Decision]:
    """Every decision in a case, oldest first."""
    return [
        Decision(
            id=DecisionId(row["id"]),
            case=case,
            kind=DecisionKind(row["kind"]),
            state=DecisionState(row["state"]),
            granted=None if row["granted"] is None else Wanted(row["granted"]),
            reason=tx.open(Field("decisions", "reason", row["id"]), KeyOwner("case", case), row["reason"]),
            by=PersonId(row["decided_by"]),
            at=moment(row["decided_at"]),
            complain_by=None if row["complain_by"] is None else date.fromisoformat(row["complain_by"]),
        )
        for row in tx.all("SELECT * FROM decisions WHERE case_id = :case ORDER BY id", case=case)
    ]
