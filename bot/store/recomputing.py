"""How far a recomputation of all reminders has come.

Here: one row, and the cases after a place. Not here: computing (`bot.services.recompute`). Guarantee: what was begun by the same rules is
taken up where it stopped.
"""

from dataclasses import dataclass

from bot.domain.ids import CaseId, SessionId
from bot.store.database import Tx
from bot.store.times import stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Recomputing:
    """By which rules, up to which case, how many reminders were changed, and whether it is done."""

    digest: str
    cursor: int
    changed: int
    finished: bool


def state(tx: Tx) -> Recomputing | None:
    """The last recomputation; None where there was none."""
    row = tx.one("SELECT * FROM recomputing WHERE id = 1")
    if row is None:
        return None
    return Recomputing(digest=row["digest"], cursor=row["cursor"], changed=row["changed"], finished=row["finished_at"] is not None)


def begin(tx: Tx, digest: str) -> None:
    """From the first case on, by these rules."""
    tx.execute(
        "INSERT INTO recomputing (id, digest, cursor, changed, begun_at) VALUES (1, :digest, 0, 0, :now)"
        " ON CONFLICT (id) DO UPDATE SET digest = :digest, cursor = 0, changed = 0, begun_at = :now, finished_at = NULL",
        digest=digest,
        now=stamp(tx.now),
    )


def advance(tx: Tx, cursor: int, changed: int) -> None:
    """So far, with so many more reminders changed."""
    tx.execute("UPDATE recomputing SET cursor = :cursor, changed = changed + :changed WHERE id = 1", cursor=cursor, changed=changed)


def finish(tx: Tx) -> None:
    """All of it."""
    tx.execute("UPDATE recomputing SET finished_at = :now WHERE id = 1", now=stamp(tx.now))


def cases_after(tx: Tx, cursor: int, limit: int) -> list[CaseId]:
    """The next cases by their number in the table."""
    return [
        CaseId(row["id"]) for row in tx.all("SELECT id FROM cases WHERE id > :cursor ORDER BY id LIMIT :limit", cursor=cursor, limit=limit)
    ]


def sessions_reminded(tx: Tx) -> list[SessionId]:
    """Conversations left half way that have a reminder."""
    rows = tx.all("SELECT DISTINCT session FROM reminders WHERE state = 'pending' AND session IS NOT NULL ORDER BY session")
    return [SessionId(row["session"]) for row in rows]


def left(tx: Tx, cursor: int) -> int:
    """How many cases come after that one."""
    row = tx.one("SELECT count(*) AS n FROM cases WHERE id > :cursor", cursor=cursor)
    return 0 if row is None else int(row["n"])
