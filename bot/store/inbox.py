"""Which updates have been taken in, and which were set aside.

Here: the seen-marks. Guarantee: an update is taken in once. Telegram keeps an update for 24 hours and may start its numbers anew after a
quiet week, so a mark is the number together with a digest, and counts for three days.
"""

from datetime import timedelta
from typing import Final

from bot.store.database import Tx
from bot.store.seal import UNIT, Field
from bot.store.times import stamp

MARKS_KEPT: Final = timedelta(days=3)


def mark(tx: Tx, update_id: int, digest: bytes) -> bool:
    """Note that an update is taken in; False where it has been already."""
    return (
        tx.execute(
            "INSERT INTO inbox (update_id, digest, taken_at) VALUES (:id, :digest, :now) ON CONFLICT DO NOTHING",
            id=update_id,
            digest=digest,
            now=stamp(tx.now),
        )
        == 1
    )


def set_aside(tx: Tx, update_id: int | None, what: str, fault: str) -> None:
    """Keep, sealed, an update that could not be taken in, so that it is not lost and stops no other. `fault` names the error's type."""
    row = tx.next_id("inbox_failed")
    tx.execute(
        "INSERT INTO inbox_failed (id, update_id, body, fault, set_aside_at) VALUES (:id, :update, :body, :fault, :now)",
        id=row,
        update=update_id,
        body=tx.seal(Field("inbox_failed", "body", row), UNIT, what),
        fault=fault,
        now=stamp(tx.now),
    )


def purge(tx: Tx) -> int:
    """Forget marks that can no longer matter."""
    return tx.execute("DELETE FROM inbox WHERE taken_at <= :before", before=stamp(tx.now - MARKS_KEPT))
