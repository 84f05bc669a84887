"""What takes the right to decide away in a matter, or keeps parents from seeing: lapses and shielding.

Here: statements about them. Not here: who may record them (`bot.services.recording_standing`). Guarantees: a lapse has somebody of
the health personnel who decided it; reasons and names are sealed with the case's key; what has ended is kept.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from bot.domain.ids import CaseId, LapseId, PersonId
from bot.domain.rights import Matter
from bot.domain.standing import HealthProfession
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapse:
    """Recorded lapse of the right to decide in a matter. `until`: the last day, None while open."""

    id: LapseId
    case: CaseId
    matter: Matter
    profession: HealthProfession
    decided_by: str
    why: str
    decided_on: date
    until: date | None
    recorded_at: datetime

    def holds(self, today: date) -> bool:
        """Does it hold on this day?"""
        return self.decided_on <= today and (self.until is None or today <= self.until)


def _owner(case: int) -> KeyOwner:
    return KeyOwner("case", case)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def end(tx: Tx, table: str, number: int, by: PersonId) -> CaseId | None:
    """End a row of one of the tables of standing; the case, or None where it had ended already."""
    row = tx.one(
        f"UPDATE {table} SET ended_at = :now, ended_by = :by WHERE id = :id AND ended_at IS NULL RETURNING case_id",  # noqa: S608
        now=stamp(tx.now),
        by=by,
        id=number,
    )
    if row is None:
        return None
    tx.touch(row["case_id"])
    return CaseId(row["case_id"])


def add(
    tx: Tx,
    case: CaseId,
    matter: Matter,
    *,
    profession: HealthProfession,
    decided_by: str,
    why: str,
    decided_on: date,
    until: date | None,
    by: PersonId,
) -> LapseId:
    """Record that health personnel have decided that the person cannot decide in a matter. One in force in the same matter ends."""
    tx.execute(
        "UPDATE lapses SET ended_at = :now, ended_by = :by WHERE case_id = :case AND matter = :matter AND ended_at IS NULL",
        case=case,
        matter=matter,
        by=by,
        now=stamp(tx.now),
    )
    number = LapseId(tx.next_id("lapses"))
    grounds = json.dumps({"by": decided_by, "why": why}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO lapses (id, case_id, matter, profession, decided_on, until, grounds, recorded_by, recorded_at)"
        " VALUES (:id, :case, :matter, :profession, :decided_on, :until, :grounds, :by, :now)",
        id=number,
        case=case,
        matter=matter,
        profession=profession,
        decided_on=decided_on.isoformat(),
        until=None if until is None else until.isoformat(),
        grounds=tx.seal(Field("lapses", "grounds", number), _owner(case), grounds),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return number


def finish(tx: Tx, lapse: LapseId, *, by: PersonId) -> CaseId | None:
    """The person decides again; the case, or None where it had ended already."""
    return end(tx, "lapses", lapse, by)


def case_of(tx: Tx, lapse: LapseId) -> CaseId | None:
    """The case a lapse is recorded in."""
    row = tx.one("SELECT case_id FROM lapses WHERE id = :id", id=lapse)
    return None if row is None else CaseId(row["case_id"])


def of_case(tx: Tx, case: CaseId) -> tuple[Lapse, ...]:
    """Lapses that have not been ended, also those whose days are over."""
    rows = tx.all("SELECT * FROM lapses WHERE case_id = :case AND ended_at IS NULL ORDER BY id", case=case)
    return tuple(_lapse(tx, row) for row in rows)


def _lapse(tx: Tx, row: Row) -> Lapse:
    told = json.loads(tx.open(Field("lapses", "grounds", row["id"]), _owner(row["case_id"]), row["grounds"]))
    return Lapse(
        id=LapseId(row["id"]),
        case=CaseId(row["case_id"]),
        matter=Matter(row["matter"]),
        profession=HealthProfession(row["profession"]),
        decided_by=told["by"],
        why=told["why"],
        decided_on=date.fromisoformat(row["decided_on"]),
        until=_day(row["until"]),
        recorded_at=moment(row["recorded_at"]),
    )


@recalled
def lapsed(tx: Tx, case: CaseId, today: date) -> frozenset[Matter]:
    """Matters in which a lapse holds on a day. Opens nothing sealed."""
    rows = tx.all(
        "SELECT matter FROM lapses WHERE case_id = :case AND ended_at IS NULL"
        " AND decided_on <= :today AND (until IS NULL OR until >= :today)",
        case=case,
        today=today.isoformat(),
    )
    return frozenset(Matter(row["matter"]) for row in rows)


def shield(tx: Tx, case: CaseId, reason: str, *, by: PersonId) -> bool:
    """Parents do not see what is in the case any more; False where that was so already."""
    if shielded(tx, case):
        return False
    number = tx.next_id("shieldings")
    tx.execute(
        "INSERT INTO shieldings (id, case_id, reason, recorded_by, recorded_at) VALUES (:id, :case, :reason, :by, :now)",
        id=number,
        case=case,
        reason=tx.seal(Field("shieldings", "reason", number), _owner(case), reason),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return True


def end_shield(tx: Tx, case: CaseId, *, by: PersonId) -> bool:
    """Parents see it again, as far as they may; False where nothing was shielded."""
    done = tx.execute(
        "UPDATE shieldings SET ended_at = :now, ended_by = :by WHERE case_id = :case AND ended_at IS NULL",
        case=case,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return done == 1


def shielded(tx: Tx, case: CaseId) -> bool:
    """Is the case shielded from parents?"""
    return tx.one("SELECT 1 FROM shieldings WHERE case_id = :case AND ended_at IS NULL", case=case) is not None
