"""What of the list for archiving is done, and when a case was handed to the record system.

Here: statements about them. Not here: making the files (`bot.services.case_file`), and destroying a case (`bot.store.purging`).
"""

from datetime import datetime

from bot.domain.ids import CaseId, PersonId
from bot.store.database import Tx
from bot.store.times import moment, stamp


def done(tx: Tx, case: CaseId, item: str, *, by: PersonId) -> None:
    """Something on the list is done; once is enough."""
    tx.execute(
        "INSERT INTO archive_steps (case_id, item, done_by, done_at) VALUES (:case, :item, :by, :now) ON CONFLICT DO NOTHING",
        case=case,
        item=item,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def of_case(tx: Tx, case: CaseId) -> dict[str, datetime]:
    """When each thing on the list was done."""
    rows = tx.all("SELECT item, done_at FROM archive_steps WHERE case_id = :case", case=case)
    return {row["item"]: moment(row["done_at"]) for row in rows}


def begin_again(tx: Tx, case: CaseId) -> None:
    """The case begins again: the list is gone through anew when it ends the next time. Who did what stays in the audit."""
    tx.execute("DELETE FROM archive_steps WHERE case_id = :case", case=case)


def exported(tx: Tx, case: CaseId) -> datetime | None:
    """When the case was last handed to the record system."""
    row = tx.one("SELECT max(at) AS at FROM case_exports WHERE case_id = :case", case=case)
    return None if row is None or row["at"] is None else moment(row["at"])
