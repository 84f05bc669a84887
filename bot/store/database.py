"""The open database and its transactions.

Here: opening, migrating, and running one function as one transaction on the store's thread. Not here: statements about people, cases
or messages; each has its own module. Guarantees: everything a function does is committed together or not at all; a commit is on disk
before `transact` returns; nothing else writes meanwhile.
"""

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol, TypeVar

import aiosqlite

from bot.store.recollection import Recollection, Schema, schema_of
from bot.store.seal import Field, KeyOwner, Keyring, SealBroken
from bot.store.series import Series
from bot.store.times import stamp

T = TypeVar("T")
BUSY_MS = 10_000
_KEYS: Final = frozenset({"data_keys"})


class Clock(Protocol):
    """Who says what time it is: aware, in UTC."""

    def now(self) -> datetime: ...


class DatabaseUnusable(Exception):
    """The database cannot be used as it is. The message says what to do; it is meant for the operator."""


class Tx:
    """One open transaction. Lives on the store's thread only, and only as long as the function it is handed to."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        keyring: Keyring,
        now: datetime,
        checks: Sequence[Callable[["Tx"], None]] = (),
        *,
        schema: Schema,
    ) -> None:
        self._connection = connection
        self._keyring = keyring
        self.now = now
        self.checks = checks
        """What must hold before the commit. A part that can fail alone may ask for it earlier, at its own end."""
        self._read = Recollection(schema)
        self.series = Series(connection)
        self.touched: set[int] = set()
        """Cases that this transaction changed: what must hold for each is checked before the commit."""

    def execute(self, sql: str, **params: object) -> int:
        """Run a statement; the number of rows it changed."""
        may_change = self._read.note(sql)
        changed = self._connection.execute(sql, params).rowcount
        if changed:
            self._read.let_go(may_change)
        return changed

    def insert(self, sql: str, **params: object) -> int:
        """Run an INSERT; the id of the new row."""
        may_change = self._read.note(sql)
        row_id = self._connection.execute(sql, params).lastrowid
        self._read.let_go(may_change)
        assert row_id is not None
        return row_id

    def one(self, sql: str, **params: object) -> sqlite3.Row | None:
        """The first row, or None."""
        may_change = self._read.note(sql)
        row: sqlite3.Row | None = self._connection.execute(sql, params).fetchone()
        if may_change:
            self._read.let_go(may_change)
        return row

    def all(self, sql: str, **params: object) -> list[sqlite3.Row]:
        """All rows."""
        may_change = self._read.note(sql)
        rows = self._connection.execute(sql, params).fetchall()
        if may_change:
            self._read.let_go(may_change)
        return rows

    def next_id(self, series: str) -> int:
        """A number never given before in this series. Known before its row is written, since seals are bound to it."""
        return self.series.next(series)

    def recall(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` gives, or gave earlier in this transaction where nothing it was read from has been written since.

        One turn asks for the same few people and cases again and again. What is given must be something that nobody changes.
        """
        return self._read.recall(key, read)

    def touch(self, case: int) -> None:
        """Note that a case has changed."""
        self.touched.add(case)

    def seal(self, field: Field, owner: KeyOwner, plain: str) -> bytes:
        """Seal a text for its place."""
        before = self._connection.total_changes
        sealed = self._keyring.seal(self._connection, field, owner, plain)
        if self._connection.total_changes != before:
            self._read.let_go(_KEYS)
        return sealed

    def open(self, field: Field, owner: KeyOwner, sealed: bytes) -> str:
        """Open a sealed text, each but once. Raises `SealBroken` or `KeyDestroyed`."""
        if (plain := self._read.opened(field, owner, sealed)) is None:
            plain = self._keyring.open(self._connection, field, owner, sealed)
            self._read.keep_opened(field, owner, sealed, plain)
        return plain

    def destroy_key(self, owner: KeyOwner) -> None:
        """Make everything sealed for this owner unreadable, for good and in every backup, as soon as this transaction is committed."""
        self._keyring.destroy(self._connection, owner)
        self._read.forget()

    def mac(self, purpose: str, text: str) -> bytes:
        """A keyed code by which a text can be found again without being stored."""
        return self._keyring.mac(purpose, text)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: an exception undoes the part and is raised again.

        Inside, `touched` holds the part's own cases only, so that a part of a large batch is checked for itself.
        """
        outside, self.touched = self.touched, set()
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO part")
            self._connection.execute("RELEASE part")
            self.touched = outside
            self._read.forget()
            self._keyring.forget_all()
            raise
        self._connection.execute("RELEASE part")
        self.touched |= outside


class Database:
    """A municipality's database: one writer, one thread."""

    def __init__(self, connection: aiosqlite.Connection, *, clock: Clock, keyring: Keyring) -> None:
        self._connection = connection
        self._schema = Schema({}, {})
        self._clock = clock
        self._keyring = keyring
        self.before_commit: list[Callable[[Tx], None]] = []
        """Run in every transaction before its commit; one that raises undoes the whole transaction."""

    @classmethod
    async def open(cls, path: Path, *, clock: Clock, keyring: Keyring) -> "Database":
        """Open or make the database at `path` and bring it up to date. Raises `DatabaseUnusable`."""
        starting = aiosqlite.connect(path, isolation_level=None, cached_statements=512)
        try:
            connection = await starting
        except sqlite3.Error as error:
            # aiosqlite ends its thread after a failed start, but does not wait for it.
            await asyncio.to_thread(starting._thread.join)
            raise DatabaseUnusable(
                f"SAMRAD_DATABASE_URL: {path} cannot be opened ({error}); check that the folder is there and can be written to"
            ) from error
        database = cls(connection, clock=clock, keyring=keyring)
        try:
            await database._on_thread(_prepare)
            await database._on_thread(lambda raw: migrate(raw, clock.now()))
            database._schema = await database._on_thread(schema_of)
            await database._on_thread(lambda raw: _settle(raw, keyring))
        except sqlite3.DatabaseError as error:
            await connection.close()
            raise DatabaseUnusable(f"SAMRAD_DATABASE_URL: {path} is not a usable Samråd database ({error})") from error
        except BaseException:
            await connection.close()
            raise
        return database

    async def _on_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        # aiosqlite has no public call for "run this function on your thread". The private one is what its public calls are made of; the
        # version is pinned, and a test holds it.
        connection = self._connection
        result: T = await connection._execute(lambda: work(connection._conn))  # type: ignore[no-untyped-call]
        return result

    async def transact(self, work: Callable[[Tx], T]) -> T:
        """Run `work` as one transaction. What it raises undoes everything and is raised here."""

        def run(raw: sqlite3.Connection) -> T:
            raw.execute("BEGIN IMMEDIATE")
            tx = Tx(raw, self._keyring, self._clock.now(), self.before_commit, schema=self._schema)
            try:
                result = work(tx)
                for check in self.before_commit:
                    check(tx)
                tx.series.note()
                raw.execute("COMMIT")
                self._keyring.after_commit(raw)
            except BaseException:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
                self._keyring.forget_all()
                raise
            return result

        return await self._on_thread(run)

    async def close(self) -> None:
        """Close the database. Waits for the running transaction."""
        await self._connection.close()


def _prepare(raw: sqlite3.Connection) -> None:
    raw.row_factory = sqlite3.Row
    raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")
    # What a savepoint may have to put back is kept in memory: else every update writes its old pages to a file beside the database.
    raw.execute("PRAGMA temp_store = MEMORY")


def _settle(raw: sqlite3.Connection, keyring: Keyring) -> None:
    raw.execute("BEGIN IMMEDIATE")
    try:
        keyring.settle(raw)
        raw.execute("COMMIT")
    except SealBroken as error:
        raw.execute("ROLLBACK")
        raise DatabaseUnusable(f"SAMRAD_KEY_FILE: {error}") from error
    except BaseException:
        raw.execute("ROLLBACK")
        raise


@cache
def migrations() -> Sequence[tuple[int, str, str]]:
    """Every migration in order: number, name, SQL."""
    folder = files("bot.store").joinpath("migrations")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.name[5:-4], entry.read_text("utf-8")) for entry in found)


def migrate(raw: sqlite3.Connection, now: datetime) -> list[str]:
    """Bring the schema up to date, forward only, all in one transaction; the names of what was applied. Raises `DatabaseUnusable`."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        raw.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at TEXT NOT NULL)"
        )
        applied = {row[0]: row[2] for row in raw.execute("SELECT * FROM migrations")}
        known = migrations()
        if newer := [number for number in applied if number not in {migration[0] for migration in known}]:
            raise DatabaseUnusable(
                f"the database has migration {max(newer)}, which this version of samrad does not know; install the newer version again"
            )
        done = []
        for number, name, sql in known:
            digest = hashlib.sha256(sql.encode()).hexdigest()
            if number in applied:
                if applied[number] != digest:
                    raise DatabaseUnusable(f"migration {number} ({name}) was changed after it had been applied; put the original file back")
                continue
            for statement in statements(sql):
                raw.execute(statement)
            raw.execute("INSERT INTO migrations VALUES (?, ?, ?, ?)", (number, name, digest, stamp(now)))
            done.append(name)
        raw.execute("COMMIT")
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    return done


def statements(script: str) -> Iterator[str]:
    """The single statements of a script. (sqlite3's own `executescript` would commit first.)"""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part.strip()
            part = ""
    if part.strip():
        raise ValueError(f"a statement without an end: {part.strip()[:60]}")
