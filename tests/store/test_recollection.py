"""What one transaction has read already is recalled only as long as a fresh read would give the same."""

import sqlite3
from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.domain.ids import CaseId
from bot.domain.incoming import AccountId
from bot.engine.texts import Language
from bot.store import people, sessions
from bot.store.database import Database, Tx
from bot.store.recollection import Recollection, recalled, schema_of
from bot.store.seal import Field, KeyDestroyed, KeyOwner, Keyring, SealBroken
from tests.requirements.meeting_walks import Table
from tests.world import World

T = TypeVar("T")


class Counted:
    """A read that counts how often it was done."""

    def __init__(self, sql: str) -> None:
        self.sql, self.times = sql, 0

    def of(self, tx: Tx) -> list[tuple[object, ...]]:
        def read() -> list[tuple[object, ...]]:
            self.times += 1
            return [tuple(row) for row in tx.all(self.sql)]

        return tx.recall(self, read)


async def test_what_has_not_changed_is_read_once_and_what_has_is_read_anew(database: Database) -> None:
    names = Counted("SELECT id, language FROM people")

    def work(tx: Tx) -> None:
        who = people.create(tx, language=Language.NB)
        assert names.of(tx) == names.of(tx) == [(who, "nb")]
        tx.execute("INSERT INTO series (name, last) VALUES ('of a test', 1)")
        assert (names.of(tx), names.times) == ([(who, "nb")], 1), "another table has nothing to do with it"
        people.set_language(tx, who, Language.NN)
        assert (names.of(tx), names.times) == ([(who, "nn")], 2)

    await database.transact(work)


async def test_a_read_within_a_read_counts_for_both(database: Database) -> None:
    inner = Counted("SELECT id FROM people")

    @recalled
    def outer(tx: Tx) -> int:
        return len(inner.of(tx))

    def work(tx: Tx) -> None:
        assert inner.of(tx) == []
        assert outer(tx) == 0, "the inner one is recalled here, and the outer one depends on it all the same"
        people.create(tx, language=Language.NB)
        assert outer(tx) == 1

    await database.transact(work)


async def test_what_a_deletion_takes_along_is_read_anew(database: Database) -> None:
    answers = Counted("SELECT session FROM answers")

    def work(tx: Tx) -> None:
        who = people.create(tx, language=Language.NB)
        account = AccountId(1)
        people.add_account(tx, account, who)
        session = sessions.begin(tx, who, "apply", {}, account=account)
        tx.execute("INSERT INTO answers (session, key, value) VALUES (:s, 'k', :v)", s=session.id, v=b"x")
        assert answers.of(tx) == [(session.id,)]
        tx.execute("DELETE FROM sessions WHERE id = :s", s=session.id)
        assert answers.of(tx) == []

    await database.transact(work)


async def test_what_was_undone_is_read_anew(database: Database) -> None:
    found = Counted("SELECT id FROM people")

    def undone(tx: Tx) -> None:
        with tx.savepoint():
            people.create(tx, language=Language.NB)
            assert len(found.of(tx)) == 1
            raise ZeroDivisionError

    def work(tx: Tx) -> None:
        assert found.of(tx) == []
        with pytest.raises(ZeroDivisionError):
            undone(tx)
        assert found.of(tx) == []

    await database.transact(work)


async def test_what_was_opened_is_not_recalled_after_its_key_was_destroyed(database: Database) -> None:
    field, owner = Field("people", "name", 7), KeyOwner("case", 7)

    def work(tx: Tx) -> None:
        sealed = tx.seal(field, owner, "words")

        @recalled
        def words(tx: Tx, _case: CaseId) -> str:
            return tx.open(field, owner, sealed)

        assert words(tx, CaseId(7)) == "words"
        tx.destroy_key(owner)
        with pytest.raises(KeyDestroyed):
            words(tx, CaseId(7))

    await database.transact(work)


async def test_a_read_that_writes_is_a_bug_and_is_said(database: Database) -> None:
    @recalled
    def wrong(tx: Tx) -> int:
        return people.create(tx, language=Language.NB)

    with pytest.raises(RuntimeError, match="a read that is to be recalled writes to"):
        await database.transact(wrong)


async def test_a_list_is_handed_out_as_a_copy(database: Database) -> None:
    @recalled
    def numbers(tx: Tx) -> list[int]:
        return [row[0] for row in tx.all("SELECT 1")]

    def work(tx: Tx) -> None:
        numbers(tx).append(2)
        assert numbers(tx) == [1]

    await database.transact(work)


async def test_whatever_is_recalled_on_a_long_way_is_what_would_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case from its application to a meeting and past it, with every recalled value held against a fresh one."""
    times, recall = 0, Recollection.recall

    def compared(self: Recollection, key: Hashable, read: Callable[[], T]) -> T:
        nonlocal times
        again = key in self._kept
        found = recall(self, key, read)
        if again:
            kept, self._kept = self._kept, {}
            assert recall(self, key, read) == found, f"{key} is not what would be read now"
            self._kept, times = kept, times + 1
        return found

    monkeypatch.setattr(Recollection, "recall", compared)
    world = await World.open(tmp_path / "samrad.db", start=datetime(2026, 3, 2, 9, tzinfo=UTC))
    table = await Table.of(world)
    await table.calls(table.at(20))
    await world.turn(timedelta(days=40))
    await world.database.close()
    assert times > 1000


async def test_what_was_opened_in_one_place_does_not_open_in_another(database: Database) -> None:
    here, there, owner = Field("people", "name", 7), Field("people", "phone", 7), KeyOwner("case", 7)

    def work(tx: Tx) -> None:
        sealed = tx.seal(here, owner, "words")
        tx.seal(here, KeyOwner("case", 8), "a key of its own")
        assert tx.open(here, owner, sealed) == tx.open(here, owner, sealed) == "words"
        for field, whose in ((there, owner), (here, KeyOwner("case", 8))):
            with pytest.raises(SealBroken):
                tx.open(field, whose, sealed)
        tx.destroy_key(owner)
        with pytest.raises(KeyDestroyed):
            tx.open(here, owner, sealed)

    await database.transact(work)


async def test_each_sealed_text_is_opened_once_in_a_transaction(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    times, really = 0, Keyring.open

    def counted(self: Keyring, *place: Any) -> str:
        nonlocal times
        times += 1
        return really(self, *place)

    monkeypatch.setattr(Keyring, "open", counted)

    def work(tx: Tx) -> None:
        who = people.create(tx, language=Language.NB)
        session = sessions.begin(tx, who, "apply", {}, account=None)
        for key in ("first", "second", "third"):
            sessions.answer(tx, session, key, key)
            assert sessions.answers(tx, session)[key] == key
        sessions.answer(tx, session, "first", "other words")
        assert sessions.answers(tx, session) == {"first": "other words", "second": "second", "third": "third"}
        assert times == 1 + 4, "what the session was begun with, and each answer as it was given"

    await database.transact(work)


def test_only_what_can_delete_reaches_the_rows_that_go_along() -> None:
    raw = sqlite3.connect(":memory:")
    raw.row_factory = sqlite3.Row
    for sql in (
        "CREATE TABLE migrations (number INTEGER, digest TEXT)",
        "INSERT INTO migrations VALUES (1, 'of this test')",
        "CREATE TABLE house (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE room (id INTEGER PRIMARY KEY, inside INTEGER REFERENCES house ON DELETE CASCADE)",
        "CREATE TABLE chair (stands_in INTEGER REFERENCES room ON DELETE CASCADE, belongs_to INTEGER REFERENCES house ON UPDATE CASCADE)",
        "CREATE TABLE bell (id INTEGER PRIMARY KEY)",
        "CREATE TRIGGER rings AFTER UPDATE ON bell BEGIN DELETE FROM room; END",
        "CREATE TABLE key (name TEXT UNIQUE ON CONFLICT REPLACE)",
        "CREATE TABLE ring (opened_by TEXT REFERENCES key (name) ON DELETE CASCADE)",
    ):
        raw.execute(sql)
    schema = schema_of(raw)
    everything = {"house", "room", "chair"}
    assert schema.changed(" SELECT * FROM house") == frozenset()
    assert schema.changed("UPDATE room SET inside = 1") == schema.changed("INSERT INTO room VALUES (1, 1)") == {"room"}
    assert schema.changed("UPDATE house SET id = 2") == {"house", "chair"}, "as the foreign key says"
    for sql in (
        "DELETE FROM house",
        "REPLACE INTO house VALUES (1)",
        "INSERT OR REPLACE INTO house VALUES (1)",
        "WITH a AS () DELETE FROM house",
    ):
        assert schema.changed(sql) == everything
    assert schema.changed("UPDATE bell SET id = 2") == {"bell", "room", "chair"}, "a trigger may delete"
    assert schema.changed("INSERT INTO key VALUES ('a')") == {"key", "ring"}
    raw.close()
