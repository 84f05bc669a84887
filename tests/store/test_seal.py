"""Sealed fields open in their place only, and not after their key is gone."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.store import people
from bot.store.database import Database, Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner, Keyring, SealBroken
from tests.store.conftest import NOON
from tests.world import FixedClock

PLACE, CASE = Field("cases", "content", 1), KeyOwner("case", 1)
SECRET = "Ola Nordmann treng hjelp – æøå 🙂"


def _raw() -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE data_keys (owner_kind, owner, version, wrapped_by, wrapped, half, PRIMARY KEY (owner_kind, owner, version))")
    return raw


@given(words=st.text())
def test_any_words_come_back(words: str) -> None:
    raw, keyring = _raw(), Keyring(wrapping={"a": bytes(32)}, mac_key=bytes(32))
    try:
        assert keyring.open(raw, PLACE, CASE, keyring.seal(raw, PLACE, CASE, words)) == words
    except UnicodeEncodeError:
        assert any(0xD800 <= ord(letter) <= 0xDFFF for letter in words)
    raw.close()


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        (Field("cases", "content", 2), CASE),
        (Field("cases", "wish", 1), CASE),
        (Field("talks", "content", 1), CASE),
        (PLACE, KeyOwner("case", 2)),
        (PLACE, KeyOwner("person", 1)),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(place: Field, owner: KeyOwner) -> None:
    raw, keyring = _raw(), Keyring(wrapping={"a": bytes(32)}, mac_key=bytes(32))
    sealed = keyring.seal(raw, PLACE, CASE, SECRET)
    keyring.key(raw, owner)
    with pytest.raises(SealBroken):
        keyring.open(raw, place, owner, sealed)
    raw.close()


def test_every_byte_counts() -> None:
    raw, keyring = _raw(), Keyring(wrapping={"a": bytes(32)}, mac_key=bytes(32))
    sealed = keyring.seal(raw, PLACE, CASE, SECRET)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((SealBroken, KeyDestroyed)):
            keyring.open(raw, PLACE, CASE, bytes(changed))
    raw.close()


def test_an_older_wrapping_key_still_opens_and_a_missing_one_names_the_setting() -> None:
    raw = _raw()
    sealed = Keyring(wrapping={"old": bytes(32)}, mac_key=bytes(32)).seal(raw, PLACE, CASE, SECRET)
    rotated = Keyring(wrapping={"new": bytes([1] * 32), "old": bytes(32)}, mac_key=bytes(32))
    assert rotated.open(raw, PLACE, CASE, sealed) == SECRET
    with pytest.raises(SealBroken, match="SAMRAD_KEY_FILE"):
        Keyring(wrapping={"new": bytes([1] * 32)}, mac_key=bytes(32)).open(raw, PLACE, CASE, sealed)
    with pytest.raises(SealBroken, match="SAMRAD_KEY_FILE"):
        Keyring(wrapping={"old": bytes([1] * 32)}, mac_key=bytes(32)).open(raw, PLACE, CASE, sealed)
    raw.close()


async def test_a_destroyed_key_takes_its_content_along(database: Database) -> None:
    def destroy(tx: Tx) -> PersonId:
        who = people.create(tx, language=Language.NB, name=SECRET)
        assert people.person(tx, who).name == SECRET
        tx.destroy_key(KeyOwner("person", who))
        return who

    who = await database.transact(destroy)
    with pytest.raises(KeyDestroyed):
        await database.transact(lambda tx: people.person(tx, who))


async def test_a_key_of_a_transaction_undone_does_not_live_on(database: Database) -> None:
    def fail(tx: Tx) -> None:
        people.create(tx, language=Language.NB, name=SECRET)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.transact(fail)
    who = await database.transact(lambda tx: people.create(tx, language=Language.NB, name="Kari"))
    assert (await database.transact(lambda tx: people.person(tx, who))).name == "Kari"


async def test_nothing_that_was_sealed_stands_in_the_file(tmp_path: Path, clock: FixedClock, keyring: Keyring) -> None:
    opened = await Database.open(tmp_path / "a.db", clock=clock, keyring=keyring)
    await opened.transact(lambda tx: people.create(tx, language=Language.NN, name="Kanarifugl Prøveperson", phone="+4700000199"))
    await opened.close()
    written = _everything(tmp_path)
    assert b"Kanarifugl" not in written
    assert b"4700000199" not in written
    assert clock.now() == NOON


def _everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
