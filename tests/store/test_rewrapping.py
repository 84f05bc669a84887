"""After a new wrapping key every key of the database is wrapped with it, whatever happens on the way."""

from functools import partial
from pathlib import Path

import pytest

from bot import keyfile
from bot.foundation import open_database
from bot.key_halves import KeyHalves
from bot.settings import SQLITE, Settings
from bot.store import rewrapping
from bot.store.database import Database, Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner, Keyring, SealBroken
from tests.world import FixedClock

OLD, NEW = {"old": bytes(32)}, {"new": bytes([1] * 32)}
PEOPLE, GONE, BROKEN = range(1, 8), 3, 5
PLACE = Field("people", "name", 1)


def ring(folder: Path, wrapping: dict[str, bytes]) -> Keyring:
    return Keyring(wrapping=wrapping, mac_key=bytes(32), halves=KeyHalves(folder / "halves"))


async def opened(folder: Path, clock: FixedClock, wrapping: dict[str, bytes]) -> tuple[Database, Keyring]:
    keyring = ring(folder, wrapping)
    return await Database.open(folder / "a.db", clock=clock, keyring=keyring), keyring


async def wrapped_by(database: Database) -> dict[int, str]:
    rows = await database.transact(lambda tx: tx.all("SELECT owner, wrapped_by FROM data_keys WHERE wrapped IS NOT NULL"))
    return {row["owner"]: row["wrapped_by"] for row in rows}


def words_of(person: int, sealed: bytes, tx: Tx) -> str:
    return tx.open(PLACE, KeyOwner("person", person), sealed)


async def test_a_stop_half_way_loses_nothing_and_then_the_new_key_alone_opens_all(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrapping, "BATCH", 2)
    database, _ = await opened(tmp_path, clock, OLD)
    sealed = await database.transact(lambda tx: {each: tx.seal(PLACE, KeyOwner("person", each), f"Ord {each}") for each in PEOPLE})
    await database.transact(lambda tx: tx.destroy_key(KeyOwner("person", GONE)))
    await database.transact(lambda tx: tx.execute("UPDATE data_keys SET wrapped = zeroblob(60) WHERE owner = :it", it=BROKEN))
    await database.close()

    database, keyring = await opened(tmp_path, clock, NEW | OLD)
    batches = iter(range(10))

    def stops(_tx: Tx) -> None:
        if next(batches) == 2:
            raise ConnectionAbortedError

    database.before_commit.append(stops)
    with pytest.raises(ConnectionAbortedError):
        await rewrapping.rewrap(database, keyring)
    database.before_commit.clear()
    assert set((await wrapped_by(database)).values()) == {"old", "new"}
    for each in set(PEOPLE) - {GONE, BROKEN}:
        assert await database.transact(partial(words_of, each, sealed[each])) == f"Ord {each}"
    assert await rewrapping.rewrap(database, keyring) == 3
    assert {each for each, by in (await wrapped_by(database)).items() if by == "old"} == {BROKEN}, "what does not open is left as it is"
    assert await rewrapping.rewrap(database, keyring) == 0
    await database.close()

    database, _ = await opened(tmp_path, clock, NEW)
    for each in PEOPLE:
        look = database.transact(partial(words_of, each, sealed[each]))
        if each in {GONE, BROKEN}:
            with pytest.raises(KeyDestroyed if each == GONE else SealBroken):
                await look
        else:
            assert await look == f"Ord {each}"
    await database.close()


async def test_only_the_process_that_goes_on_working_with_the_database_wraps_anew(tmp_path: Path, clock: FixedClock) -> None:
    settings = Settings(database_url=f"{SQLITE}{tmp_path / 'a.db'}", key_file=tmp_path / "samrad.key")
    database = await open_database(settings, clock)
    await database.transact(lambda tx: tx.seal(PLACE, KeyOwner("person", 1), "Ord"))
    await database.close()
    newest = keyfile.load(settings.key_file).add_key().wrapping[0].id
    # A command beside a bot that has not been started anew would leave it with keys it cannot open.
    for alone, anew in ((False, False), (True, True)):
        database = await open_database(settings, clock, alone=alone)
        assert ((await wrapped_by(database))[1] == newest) is anew
        await database.close()
