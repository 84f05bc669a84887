"""A destroyed key is gone everywhere: from the database, its write-ahead log, and every older backup."""

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.cases import AgeGroup, CaseState, ForWhom, Source, Wanted
from bot.domain.ids import CaseId
from bot.engine.texts import Language
from bot.key_halves import ADDED_AT_ONCE, HALF_BYTES, KeyHalves
from bot.keyfile import KeyFileRefused
from bot.store import cases
from bot.store.database import Database, DatabaseUnusable, Tx
from bot.store.seal import KeyDestroyed, KeyOwner, Keyring
from tests.world import FixedClock

CANARY = "Kanarifugl treng hjelp med alt – æøå"
OTHER = "Ein annan som skal bli verande"


def ring(folder: Path, name: str = "halves") -> Keyring:
    return Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32), halves=KeyHalves(folder / name))


@pytest.fixture
async def opened(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))
    yield database
    await database.close()


def told(need: str) -> cases.Content:
    return cases.Content(
        subject_name="Kanarifugl Prøveperson",
        applicant_name=None,
        services=(),
        long_lasting="yes",
        need=need,
        important=None,
        wish=None,
        reach="phone",
        reach_details=None,
        communication=None,
        told=None,
    )


def received(tx: Tx, need: str) -> CaseId:
    return cases.create(
        tx,
        told(need),
        state=CaseState.RECEIVED,
        source=Source.CHAT,
        for_whom=ForWhom.ME,
        age_group=AgeGroup.ADULT,
        wanted=Wanted.COORDINATOR,
        language=Language.NN,
        answer_by=date(2027, 4, 1),
    )


def backup(database: Path, to: Path) -> None:
    """As docs/operations.md says."""
    with sqlite3.connect(database) as source, sqlite3.connect(to) as copy:
        source.backup(copy)
    source.close()
    copy.close()


async def read(path: Path, keyring: Keyring, clock: FixedClock, case: CaseId) -> str | None:
    database = await Database.open(path, clock=clock, keyring=keyring)
    try:
        return (await database.transact(lambda tx: cases.content(tx, case))).need
    finally:
        await database.close()


async def test_content_is_gone_from_the_database_its_log_and_an_older_backup(tmp_path: Path, clock: FixedClock, opened: Database) -> None:
    case, other = await opened.transact(lambda tx: (received(tx, CANARY), received(tx, OTHER)))
    backup(tmp_path / "a.db", tmp_path / "older.db")
    shutil.copy(tmp_path / "halves", tmp_path / "halves-before")
    # The backup is a real one: with the halves of its day everything in it opens.
    shutil.copy(tmp_path / "older.db", tmp_path / "tried.db")
    assert await read(tmp_path / "tried.db", ring(tmp_path, "halves-before"), clock, case) == CANARY

    await opened.transact(lambda tx: tx.destroy_key(KeyOwner("case", case)))
    with pytest.raises(KeyDestroyed):
        await opened.transact(lambda tx: cases.content(tx, case))
    assert (await opened.transact(lambda tx: cases.content(tx, other))).need == OTHER
    # Today's key file and today's halves open nothing of it in the older backup, and all of the other case.
    with pytest.raises(KeyDestroyed):
        await read(tmp_path / "older.db", ring(tmp_path), clock, case)
    assert await read(tmp_path / "older.db", ring(tmp_path), clock, other) == OTHER
    for name in ("a.db", "a.db-wal", "a.db-shm", "older.db"):
        content = (tmp_path / name).read_bytes()
        for planted in ("Kanarifugl", CANARY, json.dumps(CANARY)[1:-1]):
            assert planted.encode() not in content, name


async def test_the_halves_of_the_destroyed_are_zeros_and_all_others_are_not(tmp_path: Path, opened: Database) -> None:
    made = await opened.transact(lambda tx: [received(tx, CANARY) for _ in range(3)])
    halves = KeyHalves(tmp_path / "halves")
    before = (tmp_path / "halves").read_bytes()
    await opened.transact(lambda tx: tx.destroy_key(KeyOwner("case", made[1])))
    after = (tmp_path / "halves").read_bytes()
    assert len(halves.erased()) == 1
    (number,) = halves.erased()
    assert after[number * HALF_BYTES : (number + 1) * HALF_BYTES] == bytes(HALF_BYTES)
    assert after[: number * HALF_BYTES] == before[: number * HALF_BYTES]
    assert after[(number + 1) * HALF_BYTES :] == before[(number + 1) * HALF_BYTES :]


async def test_undone_destroys_nothing(tmp_path: Path, opened: Database) -> None:
    case = await opened.transact(lambda tx: received(tx, CANARY))

    def fail(tx: Tx) -> None:
        tx.destroy_key(KeyOwner("case", case))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await opened.transact(fail)
    assert KeyHalves(tmp_path / "halves").erased() == frozenset()
    assert (await opened.transact(lambda tx: cases.content(tx, case))).need == CANARY


async def test_killed_between_the_commit_and_the_erasing_it_is_erased_at_the_next_start(tmp_path: Path, clock: FixedClock) -> None:
    database = await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))
    case = await database.transact(lambda tx: received(tx, CANARY))
    await database.transact(
        lambda tx: tx.execute("UPDATE data_keys SET wrapped = NULL WHERE owner_kind = 'case' AND owner = :case", case=case)
    )
    await database.close()
    assert KeyHalves(tmp_path / "halves").erased() == frozenset()
    await (await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))).close()
    assert len(KeyHalves(tmp_path / "halves").erased()) == 1


async def test_a_backup_put_back_takes_no_half_that_was_erased(tmp_path: Path, clock: FixedClock) -> None:
    database = await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))
    await database.transact(lambda tx: received(tx, OTHER))
    backup(tmp_path / "a.db", tmp_path / "older.db")
    later = await database.transact(lambda tx: received(tx, CANARY))
    await database.transact(lambda tx: tx.destroy_key(KeyOwner("case", later)))
    await database.close()
    restored = await Database.open(tmp_path / "older.db", clock=clock, keyring=ring(tmp_path))
    again = await restored.transact(lambda tx: received(tx, "Ny sak"))
    assert (await restored.transact(lambda tx: cases.content(tx, again))).need == "Ny sak"
    await restored.close()


async def test_keys_from_before_there_were_halves_get_one(tmp_path: Path, clock: FixedClock) -> None:
    whole = Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32))
    database = await Database.open(tmp_path / "a.db", clock=clock, keyring=whole)
    case = await database.transact(lambda tx: received(tx, CANARY))
    await database.close()
    assert await read(tmp_path / "a.db", ring(tmp_path), clock, case) == CANARY
    with sqlite3.connect(tmp_path / "a.db") as raw:
        assert raw.execute("SELECT count(*) FROM data_keys WHERE half IS NULL").fetchone() == (0,)
    raw.close()


@pytest.mark.parametrize("damage", ["missing", "older", "another"])
async def test_without_its_newest_halves_a_database_is_refused_and_nothing_is_made_anew(
    tmp_path: Path, clock: FixedClock, damage: str
) -> None:
    database = await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))
    await database.transact(lambda tx: [received(tx, CANARY) for _ in range(3)])
    await database.close()
    halves = tmp_path / "halves"
    content = halves.read_bytes()
    if damage == "missing":
        halves.unlink()
    elif damage == "older":
        halves.write_bytes(content[: 2 * HALF_BYTES])
    else:
        halves.write_bytes(b"something else".ljust(len(content)))
    with pytest.raises((DatabaseUnusable, KeyFileRefused), match="newest copy"):
        await Database.open(tmp_path / "a.db", clock=clock, keyring=ring(tmp_path))
    assert halves.exists() == (damage != "missing")


def test_the_file_grows_in_one_step_and_never_changes_what_is_there(tmp_path: Path) -> None:
    halves = KeyHalves(tmp_path / "halves")
    assert halves.count() == 0
    halves.add()
    assert halves.count() == ADDED_AT_ONCE
    seen = {halves.half(number) for number in _some()}
    assert None not in seen
    assert len(seen) == len(list(_some()))
    before = halves.path.read_bytes()
    halves.add()
    assert halves.count() == 2 * ADDED_AT_ONCE
    assert halves.path.read_bytes()[: len(before)] == before
    halves.erase([7])
    assert (halves.half(7), halves.erased()) == (None, frozenset({7}))
    with pytest.raises(KeyFileRefused, match="newest copy"):
        halves.half(2 * ADDED_AT_ONCE + 1)


def test_what_a_crash_has_left_of_a_half_is_written_over(tmp_path: Path) -> None:
    halves = KeyHalves(tmp_path / "halves")
    halves.add()
    with halves.path.open("ab") as cut_off:
        cut_off.write(b"cut off")
    assert halves.count() == ADDED_AT_ONCE
    halves.add()
    assert halves.path.stat().st_size == (2 * ADDED_AT_ONCE + 1) * HALF_BYTES


def test_a_file_open_to_others_is_refused(tmp_path: Path) -> None:
    halves = KeyHalves(tmp_path / "halves")
    halves.add()
    assert halves.path.stat().st_mode & 0o777 == 0o600
    halves.path.chmod(0o640)
    with pytest.raises(KeyFileRefused, match="chmod 600"):
        halves.half(1)


def _some() -> Iterator[int]:
    yield from range(1, ADDED_AT_ONCE + 1, 97)
