"""A running sandbox, a real `telegram.Bot` that talks to it, and clocks that tests turn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
import telegram

from bot.sandbox.server import Sandbox

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@dataclass
class Clocks:
    """What the sandbox takes for the time: `now` dates messages, `seconds` counts for limits and presses."""

    moment: datetime = field(default=START)
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def turn(self, by: timedelta) -> None:
        self.moment += by


@pytest_asyncio.fixture
async def clocks() -> Clocks:
    return Clocks()


@pytest_asyncio.fixture
async def sandbox(clocks: Clocks) -> AsyncIterator[Sandbox]:
    running = Sandbox(now=clocks.now, monotonic=clocks.monotonic)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


@pytest_asyncio.fixture
async def bot(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with telegram.Bot(sandbox.token, base_url=sandbox.api_url, base_file_url=sandbox.file_url) as running:
        yield running


@pytest_asyncio.fixture
async def person(sandbox: Sandbox) -> int:
    """Somebody who has started the bot; the update that told so is confirmed."""
    account_id = next(iter(sandbox.chats.people))
    sandbox.chats.start(account_id)
    sandbox.updates.drop()
    return account_id


async def refusal(sandbox: Sandbox, method: str, *, token: str | None = None, **parameters: object) -> str:
    """The words with which a call is refused, exactly as sent: python-telegram-bot alters them a little."""
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{sandbox.api_url}{token or sandbox.token}/{method}", json=parameters)
    body = answer.json()
    assert (body["ok"], body["error_code"]) == (False, answer.status_code)
    return str(body["description"])
