"""Alarms: what an operator must see.

Here: raising and listing. Guarantee: one open alarm for one thing, counted, so that a fault in a loop cannot flood the table.
"""

import sqlite3

from bot.store.database import Tx
from bot.store.times import stamp


def raise_alarm(tx: Tx, kind: str, detail: str) -> bool:
    """Raise an alarm, or count it once more; whether it is new. `detail` holds codes and ids only, never a person's words."""
    row = tx.one(
        "INSERT INTO alarms (kind, detail, raised_at, last_at) VALUES (:kind, :detail, :now, :now)"
        " ON CONFLICT (kind, detail) WHERE seen_at IS NULL DO UPDATE SET times = times + 1, last_at = :now RETURNING times",
        kind=kind,
        detail=detail,
        now=stamp(tx.now),
    )
    return row is not None and row["times"] == 1


def over(tx: Tx, kind: str, detail: str) -> None:
    """What an alarm was about is over by itself."""
    tx.execute(
        "UPDATE alarms SET seen_at = :now WHERE kind = :kind AND detail = :detail AND seen_at IS NULL",
        now=stamp(tx.now),
        kind=kind,
        detail=detail,
    )


def open_alarms(tx: Tx) -> list[sqlite3.Row]:
    """Alarms nobody has seen yet, oldest first."""
    return tx.all("SELECT * FROM alarms WHERE seen_at IS NULL ORDER BY raised_at, id")


def seen(tx: Tx, alarm: int) -> bool:
    """Note that an operator has seen an alarm."""
    return tx.execute("UPDATE alarms SET seen_at = :now WHERE id = :id AND seen_at IS NULL", now=stamp(tx.now), id=alarm) == 1
