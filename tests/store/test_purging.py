"""A case that was handed over and has had its time is destroyed, in every table, and nothing of any other case goes with it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import CaseState
from bot.domain.ids import CaseId
from bot.key_halves import KeyHalves
from bot.services import case_file, retention
from bot.store import audit, cases, people, purging, tasks
from bot.store.database import Database, Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner, Keyring
from tests.requirements.conftest import MONDAY
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.store.test_key_halves import backup
from tests.world import World

NEED = "Kanarifugl treng hjelp med alt"
SECOND = CaseId(2)
MONTH = timedelta(days=31)


async def two_cases(world: World) -> None:
    town = await Town.of(world)
    await town.appointed(language="Bokmål", need=NEED)
    await town.applied(need=f"{NEED}, den andre")
    await world.deliver()


def end(tx: Tx, case: CaseId = FIRST) -> None:
    for task in tasks.of_case(tx, case):
        tasks.finish(tx, task.id, by=None)
    assert cases.move(tx, case, CaseState.CLOSED)


def rows_of(tx: Tx, case: CaseId) -> dict[str, int]:
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    with_case = [name for name in names if any(row["name"] == "case_id" for row in tx.all(f"PRAGMA table_info({name})"))]
    found = {name: len(tx.all(f"SELECT 1 FROM {name} WHERE case_id = :case", case=case)) for name in with_case}  # noqa: S608
    return {name: number for name, number in found.items() if number}


@pytest.fixture
def halves(tmp_path: Path) -> KeyHalves:
    return KeyHalves(tmp_path / "halves")


@pytest.fixture
async def town(tmp_path: Path, halves: KeyHalves) -> AsyncIterator[World]:
    """A town whose keys have halves, as where Samråd really runs."""
    world = await World.open(tmp_path / "samrad.db", start=MONDAY, halves=halves)
    await two_cases(world)
    yield world
    await world.database.close()


async def test_only_what_ended_was_handed_over_and_has_had_its_time_goes(town: World) -> None:
    assert await town.read(retention.destroy_cases) == []
    await town.read(end)
    assert await town.read(retention.destroy_cases) == []
    await town.read(lambda tx: case_file.export(tx, town.municipality, 1001))
    await town.read(lambda tx: case_file.export(tx, town.municipality, 1002))
    assert await town.read(retention.destroy_cases) == []
    town.clock.turn_to(town.clock.now() + MONTH)
    assert await town.read(retention.destroy_cases) == [1001]
    assert await town.read(retention.destroy_cases) == []


async def test_what_happened_after_the_export_must_be_handed_over_again(town: World) -> None:
    await town.read(end)
    await town.read(lambda tx: case_file.export(tx, town.municipality, 1001))
    town.clock.turn_to(town.clock.now() + timedelta(hours=1))
    await town.read(lambda tx: audit.record(tx, "inquiry.received", actor=None, case=FIRST))
    town.clock.turn_to(town.clock.now() + MONTH)
    assert await town.read(retention.destroy_cases) == []
    await town.read(lambda tx: case_file.export(tx, town.municipality, 1001))
    town.clock.turn_to(town.clock.now() + MONTH)
    assert await town.read(retention.destroy_cases) == [1001]


async def test_nothing_is_left_of_it_in_any_table_and_all_of_the_other(town: World) -> None:
    other = await town.read(lambda tx: rows_of(tx, SECOND))
    await town.read(end)
    await town.read(lambda tx: purging.destroy(tx, FIRST))
    assert set(await town.read(lambda tx: rows_of(tx, FIRST))) <= {"audit", "outbox"}
    assert (
        await town.read(lambda tx: tx.all("SELECT 1 FROM outbox WHERE case_id = 1 AND body IS NOT NULL AND finished_at IS NOT NULL")) == []
    )
    assert await town.read(lambda tx: rows_of(tx, SECOND)) == other
    assert (await town.read(lambda tx: cases.content(tx, SECOND))).need == f"{NEED}, den andre"
    assert await town.read(audit.verify) == (await town.read(lambda tx: tx.all("SELECT count(*) AS n FROM audit")[0]["n"]), None)
    assert await town.read(lambda tx: tx.all("PRAGMA foreign_key_check")) == []


async def test_whoever_was_in_no_other_case_is_forgotten_and_staff_are_not(town: World) -> None:
    parties = await town.read(lambda tx: cases.parties(tx, FIRST))
    staff = await town.read(lambda tx: people.with_role(tx, Role.KE))
    await town.read(end)
    await town.read(lambda tx: purging.destroy(tx, FIRST))
    assert await town.read(lambda tx: {people.person(tx, who).name for who, _ in parties}) == {None}
    assert all(await town.read(lambda tx: [people.person(tx, who).name for who in staff]))


async def test_people_go_on_as_if_there_had_been_no_such_case(town: World) -> None:
    applicant = next(chat for chat in town.chats.values() if any(NEED in message.text for message in chat.messages))
    await town.read(end)
    await town.read(lambda tx: purging.destroy(tx, FIRST))
    await town.write(applicant, "/sak")
    assert await town.says(applicant, "You have no case here.", last=2) or applicant.last.text
    assert NEED not in applicant.last.text
    assert await town.read(lambda tx: cases.find(tx, FIRST)) is None


async def test_a_backup_from_before_opens_nothing_of_it(town: World, tmp_path: Path, halves: KeyHalves) -> None:
    await town.read(end)
    backup(tmp_path / "samrad.db", tmp_path / "older.db")
    await town.read(lambda tx: purging.destroy(tx, FIRST))
    keyring = Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32), halves=halves)
    older = await Database.open(tmp_path / "older.db", clock=town.clock, keyring=keyring)
    try:
        assert (await older.transact(lambda tx: cases.content(tx, SECOND))).need == f"{NEED}, den andre"
        with pytest.raises(KeyDestroyed):
            await older.transact(lambda tx: cases.content(tx, FIRST))
        sealed = await older.transact(lambda tx: _opened(tx))
        assert sealed
        assert not any(sealed.values()), sealed
        # Started on that backup, its rows go as well.
        assert await older.transact(purging.sweep) > 0
        assert set(await older.transact(lambda tx: rows_of(tx, FIRST))) <= {"audit", "outbox"}
    finally:
        await older.close()
    for path in (tmp_path / "samrad.db", tmp_path / "samrad.db-wal", tmp_path / "samrad.db-shm", tmp_path / "older.db"):
        assert not path.exists() or b"Kanarifugl" not in path.read_bytes()


def _opened(tx: Tx) -> dict[str, bool]:
    """For each sealed value of the case: does any key there is open it?"""
    found: dict[str, bool] = {}
    for table, column in (("decisions", "reason"), ("assignments", "reason"), ("cases", "content"), ("notices", "words")):
        mine = "id = 1" if table == "cases" else "case_id = 1"
        for row in tx.all(f"SELECT id, {column} AS sealed FROM {table} WHERE {mine} AND {column} IS NOT NULL"):  # noqa: S608
            try:
                tx._keyring.open(tx._connection, Field(table, column, row["id"]), KeyOwner("case", 1), row["sealed"])
                found[f"{table}/{row['id']}"] = True
            except KeyDestroyed:
                found[f"{table}/{row['id']}"] = False
    return found
