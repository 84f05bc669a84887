"""Objections to what health services may tell each other without consent.

Here: the rows. Not here: what follows (`bot.services.objections`). Guarantees: words are sealed with the case's key; one at a time.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.domain.consent import Capacity, ConsentTrust
from bot.domain.ids import CaseId, PersonId
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """An objection in force. `services` are ids of the directory; empty: all health services. `since` is UTC."""

    id: int
    case: CaseId
    person: PersonId
    services: tuple[str, ...]
    words: str | None
    since: datetime


def _details(objection: int) -> Field:
    return Field("sharing_objections", "details", objection)


def add(
    tx: Tx, case: CaseId, person: PersonId, capacity: Capacity, *, services: tuple[str, ...], words: str | None, trust: ConsentTrust
) -> int:
    """The person objects from now on. Raises `sqlite3.IntegrityError` where they do so already."""
    objection = tx.next_id("sharing_objections")
    details = json.dumps({"services": services, "words": words}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO sharing_objections (id, case_id, person, capacity, details, trust, objected_at)"
        " VALUES (:id, :case, :person, :capacity, :details, :trust, :now)",
        **{"id": objection, "case": case, "person": person, "capacity": capacity, "trust": trust, "now": stamp(tx.now)},
        **{"details": tx.seal(_details(objection), KeyOwner("case", case), details)},
    )
    tx.touch(case)
    return objection


def in_force(tx: Tx, case: CaseId) -> Objection | None:
    """What the person objects to now."""
    row = tx.one("SELECT * FROM sharing_objections WHERE case_id = :case AND ended_at IS NULL", case=case)
    if row is None:
        return None
    details = json.loads(tx.open(_details(row["id"]), KeyOwner("case", case), row["details"]))
    return Objection(
        id=row["id"],
        case=case,
        person=PersonId(row["person"]),
        services=tuple(details["services"]),
        words=details["words"],
        since=moment(row["objected_at"]),
    )


def end(tx: Tx, case: CaseId) -> bool:
    """The person objects no longer; False where they did not."""
    sql = "UPDATE sharing_objections SET ended_at = :now WHERE case_id = :case AND ended_at IS NULL"
    tx.touch(case)
    return tx.execute(sql, now=stamp(tx.now), case=case) == 1
