"""What one change of one case, or one tick, asks of the database is found by an index: it goes through no table that grows with all cases.

Here: every statement that runs when a case is touched, when somebody opens their desk and at a tick, as SQLite itself plans it. Not here:
how long anything takes (`benchmarks`).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.nudges import MyNudges
from bot.services import guarantees, nudges, reminders
from bot.services.municipality import Context
from bot.store import promises, training
from bot.store.database import Tx
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import World

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCAN = re.compile(r"^SCAN (\w+)")
SMALL = frozenset({"people", "roles", "look_backs"})
"""They grow with those who work in the municipality, not with the cases."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, object]]:
    """Every statement that was read by, with values it was read by."""
    found: dict[str, Mapping[str, object]] = {}
    for name in ("all", "one"):
        real: Any = getattr(Tx, name)

        def record(tx: Tx, sql: str, _real: Any = real, **params: object) -> object:
            found[sql] = params
            return _real(tx, sql, **params)

        monkeypatch.setattr(Tx, name, record)
    return found


async def test_one_change_of_one_case_and_a_tick_go_through_no_table_of_all_cases(
    tmp_path: Path, asked: dict[str, Mapping[str, object]]
) -> None:
    world = await World.open(tmp_path / "town.db", start=MONDAY)
    table = await Table.of(world)
    await table.calls(table.at(20))
    nora = await world.person(table.nora)
    asked.clear()

    def touched(tx: Tx) -> None:
        tx.touch(FIRST)
        guarantees.before_commit(world.municipality)(tx)
        nudges.mine(Context(tx=tx, municipality=world.municipality, actor=nora), MyNudges())
        promises.guidance_of_case(tx, FIRST)
        training.guidance_waits(tx, nora)
        reminders.fire_due(tx, world.municipality)

    await world.read(touched)
    statements = dict(asked)
    assert len(statements) > 20

    def plans(tx: Tx) -> list[tuple[str, str]]:
        return [(sql, row["detail"]) for sql, params in statements.items() for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", **params)]

    found = await world.read(plans)
    await world.database.close()
    assert {(scan[1], sql) for sql, detail in found if (scan := SCAN.match(detail)) is not None and scan[1] not in SMALL} == set()
    # What is due comes in its order, however much is due at the same moment.
    assert {sql for sql, detail in found if "FROM reminders WHERE state" in sql and "TEMP B-TREE" in detail} == set()
