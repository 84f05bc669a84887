"""A world is set to where a way led only if it stands exactly where the way began."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.store import outbox
from tests import ways
from tests.requirements.meeting_walks import Table
from tests.requirements.town import Town
from tests.world import World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
async def worlds(tmp_path: Path) -> AsyncIterator[list[World]]:
    opened = [await World.open(tmp_path / f"{number}.db", start=MONDAY) for number in range(2)]
    yield opened
    for world in opened:
        await world.database.close()


def said(world: World) -> dict[int, str]:
    """What stands in each chat."""
    return {account: chat.text() for account, chat in world.chats.items()}


async def counted(world: World) -> dict[str, int]:
    """How many rows each table has."""
    names = await world.read(lambda tx: [row[0] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")])
    return await world.read(lambda tx: {name: tx.all(f"SELECT count(*) FROM {name}")[0][0] for name in names})  # noqa: S608 (names of tables)


async def test_a_remembered_way_leads_where_the_walked_one_led(worlds: list[World]) -> None:
    walked, remembered = worlds
    walked.place = None
    one, other = await Table.of(walked), await Table.of(remembered)
    assert {chat.account: chat.text() for chat in walked.chats.values()} == {
        chat.account: chat.text() for chat in remembered.chats.values()
    }
    assert await counted(walked) == await counted(remembered)
    assert one.members == other.members
    assert other.world is remembered
    assert other.kari is remembered.chats[other.kari.account]
    assert await one.calls(one.at(20)) == await other.calls(other.at(20))
    assert one.kari.text() == other.kari.text()


async def test_where_anything_else_was_done_the_way_is_walked(worlds: list[World]) -> None:
    first, second = worlds
    await Town.of(first)
    await second.staff("Else Prøve", Role.KE)
    town = await Town.of(second)
    assert second.place is None
    assert len(second.chats) == len(first.chats) + 1
    assert town.anne.account == first.chats[town.anne.account].account
    assert first.place is not None
    first.clock.turn(timedelta(days=1))
    await ways.led(first, "nothing", lambda: first.read(outbox.counts))
    assert first.place is None
