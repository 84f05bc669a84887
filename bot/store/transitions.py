"""Changes as stored: recorded ones with who informs whom, those set aside, and schools at risk.

Here: statements about them. Not here: which are foreseen (`bot.domain.transitions`). Guarantee: from where, to where and who informs whom
are sealed with the case's key.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from bot.domain.ids import CaseId, DropOutId, PersonId, TransitionId
from bot.domain.transitions import TransitionKind
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """A change that is recorded, on a day in Oslo. `done`: everything has been passed on."""

    id: TransitionId
    case: CaseId
    kind: TransitionKind
    on: date
    origin: str
    target: str
    informs: str
    done: bool


def _words(transition: int) -> Field:
    return Field("transitions", "words", transition)


def record(tx: Tx, case: CaseId, kind: TransitionKind, *, on: date, origin: str, target: str, informs: str, by: PersonId) -> TransitionId:
    """A change; one of the same kind that is recorded and not done is replaced."""
    tx.execute("DELETE FROM transitions WHERE case_id = :case AND kind = :kind AND passed_on_at IS NULL", case=case, kind=kind)
    transition = TransitionId(tx.next_id("transitions"))
    words = json.dumps({"origin": origin, "target": target, "informs": informs}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO transitions (id, case_id, kind, on_day, words, recorded_by, recorded_at)"
        " VALUES (:id, :case, :kind, :on, :words, :by, :now)",
        id=transition,
        case=case,
        kind=kind,
        on=on.isoformat(),
        words=tx.seal(_words(transition), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return transition


def passed_on(tx: Tx, transition: Transition, *, by: PersonId) -> bool:
    """Everything has been passed on; False where it had been."""
    done = tx.execute(
        "UPDATE transitions SET passed_on_by = :by, passed_on_at = :now WHERE id = :id AND passed_on_at IS NULL",
        by=by,
        now=stamp(tx.now),
        id=transition.id,
    )
    tx.touch(transition.case)
    return done == 1


def find(tx: Tx, transition: TransitionId) -> Transition | None:
    """One of them by its number."""
    row = tx.one("SELECT * FROM transitions WHERE id = :id", id=transition)
    return None if row is None else _transition(tx, row)


def of_case(tx: Tx, case: CaseId) -> tuple[Transition, ...]:
    """Every change recorded in a case, by its day."""
    return tuple(_transition(tx, row) for row in tx.all("SELECT * FROM transitions WHERE case_id = :case ORDER BY on_day, id", case=case))


def days(tx: Tx, case: CaseId) -> tuple[tuple[TransitionKind, date], ...]:
    """What is recorded and on which days, without opening what is sealed."""
    rows = tx.all("SELECT kind, on_day FROM transitions WHERE case_id = :case ORDER BY on_day, id", case=case)
    return tuple((TransitionKind(row["kind"]), date.fromisoformat(row["on_day"])) for row in rows)


def _transition(tx: Tx, row: Row) -> Transition:
    told = json.loads(tx.open(_words(row["id"]), KeyOwner("case", row["case_id"]), row["words"]))
    return Transition(
        id=TransitionId(row["id"]),
        case=CaseId(row["case_id"]),
        kind=TransitionKind(row["kind"]),
        on=date.fromisoformat(row["on_day"]),
        origin=told["origin"],
        target=told["target"],
        informs=told["informs"],
        done=row["passed_on_at"] is not None,
    )


def skip(tx: Tx, case: CaseId, kind: TransitionKind, *, by: PersonId) -> None:
    """This change does not concern the person."""
    tx.execute(
        "INSERT INTO transitions_skipped (case_id, kind, set_by, set_at) VALUES (:case, :kind, :by, :now) ON CONFLICT DO NOTHING",
        case=case,
        kind=kind,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def unskip(tx: Tx, case: CaseId, kind: TransitionKind) -> None:
    """It does, after all."""
    tx.execute("DELETE FROM transitions_skipped WHERE case_id = :case AND kind = :kind", case=case, kind=kind)
    tx.touch(case)


def skipped(tx: Tx, case: CaseId) -> frozenset[TransitionKind]:
    """Changes that were set aside."""
    return frozenset(TransitionKind(row["kind"]) for row in tx.all("SELECT kind FROM transitions_skipped WHERE case_id = :case", case=case))


def report_drop_out(tx: Tx, case: CaseId, *, by: PersonId) -> DropOutId | None:
    """School is at risk; None where that is known and the follow-up service has not been contacted yet."""
    if open_drop_out(tx, case) is not None:
        return None
    drop_out = DropOutId(tx.next_id("drop_outs"))
    tx.execute(
        "INSERT INTO drop_outs (id, case_id, reported_by, reported_at) VALUES (:id, :case, :by, :now)",
        id=drop_out,
        case=case,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return drop_out


def open_drop_out(tx: Tx, case: CaseId) -> tuple[DropOutId, datetime] | None:
    """Since when school is at risk without the follow-up service having been contacted."""
    row = tx.one("SELECT id, reported_at FROM drop_outs WHERE case_id = :case AND contacted_at IS NULL", case=case)
    return None if row is None else (DropOutId(row["id"]), moment(row["reported_at"]))


def case_of_drop_out(tx: Tx, drop_out: DropOutId) -> CaseId | None:
    """The case in which school is at risk."""
    row = tx.one("SELECT case_id FROM drop_outs WHERE id = :id", id=drop_out)
    return None if row is None else CaseId(row["case_id"])


def contacted(tx: Tx, drop_out: DropOutId, *, by: PersonId) -> bool:
    """The follow-up service has been contacted; False where it had been."""
    row = tx.one(
        "UPDATE drop_outs SET contacted_by = :by, contacted_at = :now WHERE id = :id AND contacted_at IS NULL RETURNING case_id",
        by=by,
        now=stamp(tx.now),
        id=drop_out,
    )
    if row is not None:
        tx.touch(row["case_id"])
    return row is not None
