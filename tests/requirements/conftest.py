"""The municipality in which the rows are shown: Solvik, made up, on a Monday morning in March.

Here: the world each test gets. Not here: who is in it and what they do; that is the test.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world import World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Ten o'clock in Oslo."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """At level `full`, where everything may pass through the chat; closed afterwards."""
    opened = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield opened
    await opened.database.close()
