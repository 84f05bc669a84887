"""The audit chain shows every tampering."""

import random
import sqlite3
from collections.abc import Callable

import pytest

from bot.domain.ids import CaseId, PersonId
from bot.store import audit
from bot.store.database import Database, Tx

Row = dict[str, object]
ENTRIES = 60


def _fill(tx: Tx) -> None:
    for number in range(ENTRIES):
        audit.record(tx, "case.read", actor=PersonId(number % 5 + 1), case=CaseId(number % 7), content=bool(number % 2))


def _flip(rows: list[Row], dice: random.Random) -> None:
    row = dice.choice(rows)
    column = dice.choice(list(row))
    value = row[column]
    match value:
        case bytes():
            row[column] = bytes([value[0] ^ 1]) + value[1:]
        case int():
            row[column] = value + 1
        case _:
            row[column] = f"{value} "


def _drop(rows: list[Row], dice: random.Random) -> None:
    # The newest entry can be cut off without a trace in the chain itself; its head is what is kept elsewhere.
    del rows[dice.randrange(len(rows) - 1)]


def _swap(rows: list[Row], dice: random.Random) -> None:
    one, other = dice.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def _insert(rows: list[Row], dice: random.Random) -> None:
    rows.insert(dice.randrange(len(rows)), dict(dice.choice(rows)))


@pytest.mark.parametrize("tamper", [_flip, _drop, _swap, _insert])
async def test_every_tampering_is_found(database: Database, tamper: Callable[[list[Row], random.Random], None]) -> None:
    await database.transact(_fill)
    assert await database.transact(audit.verify) == (ENTRIES, None)
    whole = [dict(row) for row in await database.transact(lambda tx: tx.all("SELECT * FROM audit ORDER BY id"))]
    dice = random.Random(7)
    for _ in range(250):
        rows = [dict(row) for row in whole]
        tamper(rows, dice)
        assert audit.first_break(rows) is not None, rows


async def test_the_table_itself_refuses_changes(database: Database) -> None:
    await database.transact(_fill)
    for sql in ("UPDATE audit SET action = 'x' WHERE id = 3", "DELETE FROM audit WHERE id = 3"):
        with pytest.raises(sqlite3.IntegrityError, match="audit"):
            await database.transact(lambda tx, sql=sql: tx.execute(sql))  # type: ignore[misc]
