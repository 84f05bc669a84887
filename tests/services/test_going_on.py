"""Going on from what was just answered comes to what a replay from the top would come to."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.ask import Command, Query
from bot.engine.replay import Conversation, Running, Turn, replay
from bot.services import turns
from tests.requirements.walks import apply, grant, newcomer, unit
from tests.world import World

Do = Callable[[str, Command[object]], object]


class CameTo(Exception):
    """A replay has come to a command that has not run."""


def stops(key: str, command: Command[object]) -> object:
    raise CameTo(key, command)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = await World.open(tmp_path / "samrad.db", start=datetime(2027, 3, 1, 9, tzinfo=UTC))
    yield world
    await world.database.close()


async def test_going_on_comes_to_what_a_replay_would_come_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application and its decision, in the chat, each step held against a replay from the top with all that is stored."""
    asked, did = 0, 0

    class Compared(Running):
        def __init__(
            self,
            conversation: Conversation,
            stored: Mapping[str, object],
            look: Callable[[Query[object]], object],
            do: Do,
            given: Mapping[str, str] | None,
        ) -> None:
            super().__init__(conversation, stored, look, do, given)
            self._from_the_top = (conversation, stored, look, given)

        def go_on(self, value: object, do: Do) -> Turn:
            nonlocal asked, did
            conversation, stored, look, given = self._from_the_top
            assert self.turn.asked is not None
            now = {**stored, self.turn.asked.key: value}
            done: list[tuple[str, Command[object]]] = []

            def noted(key: str, command: Command[object]) -> object:
                done.append((key, command))
                return do(key, command)

            expected: Turn | CameTo
            try:
                expected = replay(conversation, stored=now, look=look, do=stops, given=given)
            except CameTo as came:
                expected = came
            found = super().go_on(value, noted)
            if isinstance(expected, Turn):
                assert (found, done) == (expected, [])
                asked += 1
            else:
                assert done[:1] == [expected.args]
                did += 1
            return found

    monkeypatch.setattr(turns, "Running", Compared)
    chat = await newcomer(world)
    await apply(world, chat)
    await grant(world, await unit(world))
    assert (asked > 15, did > 2) == (True, True), (asked, did)
