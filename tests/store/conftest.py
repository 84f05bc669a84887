"""A real database for each test, with a clock that stands still."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.seal import Keyring
from tests.world import FixedClock

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32))


@pytest.fixture
async def database(tmp_path: Path, clock: FixedClock, keyring: Keyring) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "samrad.db", clock=clock, keyring=keyring)
    yield opened
    await opened.close()
