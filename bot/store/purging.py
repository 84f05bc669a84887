"""Destroying a case: its key, so that its content opens nowhere, and its rows.

Here: which cases may go, and taking one out of every table. Not here: handing it to the record system first (`bot.services.case_file`).
Guarantees: only what has ended and was handed over goes; every row that belongs to the case goes, also in tables made later, since the
tables themselves say what belongs to what; the audit stays, and says that it was destroyed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.ids import CaseId, PersonId
from bot.store import audit
from bot.store.database import Tx
from bot.store.seal import KeyOwner
from bot.store.times import stamp

Refers = Mapping[str, Sequence[tuple[str, str, str]]]
"""For each table, which column of which other table refers to which of its columns."""
STAYS: Final = frozenset({"cases", "case_exports", "audit"})
"""That there was such a case, when it ended, and what it was handed over as."""


def record_export(tx: Tx, case: CaseId, digest: str) -> None:
    """The case was handed to the record system, as files with this digest."""
    export = tx.next_id("case_exports")
    tx.execute(
        "INSERT INTO case_exports (id, case_id, at, digest) VALUES (:id, :case, :now, :digest)",
        id=export,
        case=case,
        now=stamp(tx.now),
        digest=digest,
    )


def ripe(tx: Tx, exported_before: datetime) -> list[CaseId]:
    """Cases that have ended and were handed over after that, before this moment; nothing may have happened in them since."""
    rows = tx.all(
        "SELECT cases.id FROM cases JOIN data_keys ON owner_kind = 'case' AND owner = cases.id AND wrapped IS NOT NULL"
        " WHERE state IN ('withdrawn', 'refused', 'closed')"
        " AND EXISTS (SELECT 1 FROM case_exports WHERE case_id = cases.id AND at <= :before AND NOT EXISTS ("
        "   SELECT 1 FROM audit WHERE audit.case_id = cases.id AND audit.at > case_exports.at AND audit.action NOT LIKE '%read%'"
        "   AND audit.action <> 'case.exported'))"
        " AND NOT EXISTS (SELECT 1 FROM ke_tasks WHERE case_id = cases.id AND done_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_id = cases.id AND state IN ('ready', 'retry', 'sending'))"
        " ORDER BY cases.id",
        before=stamp(exported_before),
    )
    return [CaseId(row["id"]) for row in rows]


def destroy(tx: Tx, case: CaseId) -> int:
    """Destroy the case's key and delete its rows, and the contact data of those who are in no other case; how many rows."""
    people = [
        PersonId(row["person"])
        for row in tx.all(
            "SELECT person FROM parties WHERE case_id = :case UNION SELECT person FROM members WHERE case_id = :case", case=case
        )
    ]
    tx.destroy_key(KeyOwner("case", case))
    gone = _rows(tx, case)
    audit.record(tx, "case.destroyed", actor=None, case=case)
    return gone + sum(_contact_data(tx, who) for who in people)


def sweep(tx: Tx) -> int:
    """Delete the rows of cases whose key is destroyed: a backup was put back that still had them. How many rows."""
    rows = tx.all("SELECT owner FROM data_keys WHERE owner_kind = 'case' AND wrapped IS NULL")
    return sum(_rows(tx, CaseId(row["owner"])) for row in rows)


def _rows(tx: Tx, case: CaseId) -> int:
    # Rows refer to each other in circles (a consent to the one it replaces): what is left at the commit must fit together.
    tx.execute("PRAGMA defer_foreign_keys = ON")
    tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    refers: dict[str, list[tuple[str, str, str]]] = {}
    for table in tables:
        for row in tx.all(f"PRAGMA foreign_key_list({table})"):
            refers.setdefault(row["table"], []).append((table, row["from"], row["to"] or "id"))
    with_case = [table for table in tables if any(row["name"] == "case_id" for row in tx.all(f"PRAGMA table_info({table})"))]
    gone = sum(_delete(tx, table, "case_id = :case", case, refers, (table,)) for table in with_case if table not in STAYS | {"outbox"})
    gone += tx.execute("UPDATE outbox SET body = NULL WHERE case_id = :case AND body IS NOT NULL AND finished_at IS NOT NULL", case=case)
    tx.execute("UPDATE cases SET subject_mac = NULL WHERE id = :case", case=case)
    return gone


def _delete(tx: Tx, table: str, where: str, case: CaseId, refers: Refers, way: tuple[str, ...]) -> int:
    """Delete rows, and before them the rows of other tables that belong to them. The names are those of our own tables."""
    gone = 0
    for other, column, to in refers.get(table, ()):
        if other not in way and other not in STAYS:
            gone += _delete(tx, other, f"{column} IN (SELECT {to} FROM {table} WHERE {where})", case, refers, (*way, other))  # noqa: S608
    return gone + tx.execute(f"DELETE FROM {table} WHERE {where}", case=case)  # noqa: S608


def _contact_data(tx: Tx, who: PersonId) -> int:
    """Forget the name and number of somebody who is in no case any more, and is not staff."""
    return tx.execute(
        "UPDATE people SET name = NULL, phone = NULL WHERE id = :who AND (name IS NOT NULL OR phone IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM parties WHERE person = :who) AND NOT EXISTS (SELECT 1 FROM members WHERE person = :who)"
        " AND NOT EXISTS (SELECT 1 FROM roles WHERE person = :who)",
        who=who,
    )
