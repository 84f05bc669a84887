"""The database: one function, one transaction, forward-only migrations."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import database as module
from bot.store.database import Database, DatabaseUnusable, Tx
from bot.store.seal import Keyring
from bot.store.times import moment, stamp
from tests.world import FixedClock

MOMENTS = st.datetimes(timezones=st.timezones(), min_value=datetime(1930, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@given(one=MOMENTS, other=MOMENTS)
def test_moments_come_back_equal_and_sort_as_text(one: datetime, other: datetime) -> None:
    assert moment(stamp(one)) == one.astimezone(UTC)
    assert (stamp(one) < stamp(other)) == (one.astimezone(UTC) < other.astimezone(UTC))


def test_a_naive_moment_is_never_stored() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2027, 3, 4, 14, 0))  # noqa: DTZ001
    assert stamp(datetime(2027, 3, 4, 14, tzinfo=timezone(timedelta(hours=1)))) == "2027-03-04T13:00:00.000000Z"


async def test_it_is_as_durable_as_promised(database: Database) -> None:
    def pragmas(tx: Tx) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        return tuple(tx.all(f"PRAGMA {name}")[0][0] for name in names)

    assert await database.transact(pragmas) == ("wal", 2, 1, 1, 2)


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    def fail(tx: Tx) -> None:
        tx.next_id("cases")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        await database.transact(fail)
    assert await database.transact(lambda tx: tx.next_id("cases")) == 1


async def test_a_part_can_fail_alone(database: Database) -> None:
    def undone(tx: Tx) -> None:
        tx.execute("INSERT INTO series (name, last) VALUES ('undone', 1)")
        tx.touch(7)
        tx.execute("INSERT INTO series (name, last) VALUES ('kept', 1)")

    def parts(tx: Tx) -> list[str]:
        tx.execute("INSERT INTO series (name, last) VALUES ('kept', 1)")
        with pytest.raises(sqlite3.IntegrityError), tx.savepoint():
            undone(tx)
        assert tx.touched == set()
        return [row["name"] for row in tx.all("SELECT name FROM series")]

    assert await database.transact(parts) == ["kept"]


async def test_no_number_is_given_twice(database: Database) -> None:
    def undone(tx: Tx) -> None:
        with tx.savepoint():
            tx.next_id("cases")
            raise ZeroDivisionError

    def parts(tx: Tx) -> list[int]:
        first = tx.next_id("cases")
        with pytest.raises(ZeroDivisionError):
            undone(tx)
        return [first, tx.next_id("cases"), tx.next_id("people")]

    assert await database.transact(parts) == [1, 3, 1], "one that was given in a part that is undone is left out"
    database.before_commit.append(lambda tx: None if tx.next_id("people") == 2 else pytest.fail("given twice"))
    assert await database.transact(lambda tx: [tx.next_id("cases")]) == [4]
    database.before_commit.clear()
    assert await database.transact(lambda tx: [tx.next_id("cases"), tx.next_id("people")]) == [5, 3]


async def test_a_check_before_the_commit_undoes_everything(database: Database) -> None:
    def refuse(tx: Tx) -> None:
        raise RuntimeError("not like this")

    database.before_commit.append(refuse)
    with pytest.raises(RuntimeError):
        await database.transact(lambda tx: tx.next_id("cases"))
    database.before_commit.clear()
    assert await database.transact(lambda tx: tx.all("SELECT * FROM series")) == []


async def test_transactions_do_not_mix(database: Database) -> None:
    numbers = await asyncio.gather(*(database.transact(lambda tx: tx.next_id("cases")) for _ in range(50)))
    assert sorted(numbers) == list(range(1, 51))


async def test_opening_again_applies_nothing_twice(tmp_path: Path, database: Database, clock: FixedClock, keyring: Keyring) -> None:
    await database.transact(lambda tx: tx.next_id("cases"))
    again = await Database.open(tmp_path / "samrad.db", clock=clock, keyring=keyring)
    assert await again.transact(lambda tx: tx.next_id("cases")) == 2
    assert len(await again.transact(lambda tx: tx.all("SELECT * FROM migrations"))) == len(module.migrations())
    await again.close()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE migrations SET digest = 'x' WHERE number = 1", "changed after"),
        ("INSERT INTO migrations VALUES (9000, 'future', 'x', 'x')", "install the newer version"),
    ],
)
async def test_a_database_of_another_version_is_refused(
    tmp_path: Path, database: Database, clock: FixedClock, keyring: Keyring, sql: str, says: str
) -> None:
    await database.transact(lambda tx: tx.execute(sql))
    with pytest.raises(DatabaseUnusable, match=says):
        await Database.open(tmp_path / "samrad.db", clock=clock, keyring=keyring)


async def test_a_file_that_is_no_database_is_refused_by_the_settings_name(tmp_path: Path, clock: FixedClock, keyring: Keyring) -> None:
    (tmp_path / "no.db").write_text("this is a letter, not a database" * 40)
    with pytest.raises(DatabaseUnusable, match="SAMRAD_DATABASE_URL"):
        await Database.open(tmp_path / "no.db", clock=clock, keyring=keyring)
    with pytest.raises(DatabaseUnusable, match="SAMRAD_DATABASE_URL"):
        await Database.open(tmp_path / "nowhere" / "a.db", clock=clock, keyring=keyring)


def test_a_migration_that_fails_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    monkeypatch.setattr(module, "migrations", lambda: [(1, "good", "CREATE TABLE a (x);"), (2, "bad", "CREATE TABLE a (x);")])
    with pytest.raises(sqlite3.OperationalError):
        module.migrate(raw, datetime(2027, 3, 1, tzinfo=UTC))
    assert raw.execute("SELECT name FROM sqlite_master").fetchall() == []
    raw.close()
