"""The real bot in a process of its own, so that it can be killed.

Here: `bot.app.Bot` with polling against a Bot API on loopback and a database on disk. Not here: the killing (`tests.stories.killing`).
Two things differ from `samrad run`: it sends faster than Telegram allows, so that a kill finds more under way; and it can be told to
confirm updates before they are committed, as a queue in memory does, to show that the killing would notice.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bot.app import Bot, first_call, polling
from bot.clock import SystemClock
from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import Incoming
from bot.foundation import install, municipality
from bot.logs import Log
from bot.metrics import Surface
from bot.store.database import Database
from bot.store.seal import Keyring
from bot.telegram.connection import connect
from bot.telegram.pacer import Pacer

PROFILE = "demo"
TIMES_TELEGRAMS_LIMITS = 50
MUNICIPALITY = municipality(PROFILE, PrivacyLevel.FULL)
"""Read once, before the processes part: texts and profile never change, and a process is killed before it would be worth reading them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """What the process is started with. Its words on standard error go to `said`."""

    api_url: str
    token: str
    database: Path
    said: Path
    confirms_first: bool = False


def keyring() -> Keyring:
    """The same keys in every process."""
    return Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32))


async def open_database(path: Path) -> Database:
    """The database as the process opens it."""
    return await Database.open(path, clock=SystemClock(), keyring=keyring())


class HurriedPacer(Pacer):
    """The pacer on a clock that runs fifty times as fast."""

    def __init__(self) -> None:
        super().__init__(lambda: monotonic() * TIMES_TELEGRAMS_LIMITS)

    def wait(self) -> float:
        return super().wait() / TIMES_TELEGRAMS_LIMITS

    def next_chat(self) -> float | None:
        wait = super().next_chat()
        return None if wait is None else wait / TIMES_TELEGRAMS_LIMITS


class ConfirmsFirst(Bot):
    """A bot in the wrong order: what it was given stands in memory and is confirmed before anything is committed."""

    def taker(self, surface: Surface) -> Callable[[Sequence[Incoming]], Awaitable[None]]:
        take, queue = super().taker(surface), asyncio.Queue[Incoming]()

        async def work() -> None:
            while True:
                await take([await queue.get()])

        self.worker = asyncio.create_task(work())

        async def put(batch: Sequence[Incoming]) -> None:
            for update in batch:
                queue.put_nowait(update)

        return put


def run_bot(start: Start) -> None:
    """Run until killed."""
    # The file stays open as long as the process lives.
    descriptor = os.open(start.said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    asyncio.run(_run(start))


async def _run(start: Start) -> None:
    database = await open_database(start.database)
    install(database, MUNICIPALITY)
    connection = connect(start.token, api_url=start.api_url)
    await first_call(connection)
    kind = ConfirmsFirst if start.confirms_first else Bot
    bot = kind(database, MUNICIPALITY, connection, clock=SystemClock(), log=Log())
    bot.sender._pacer = HurriedPacer()
    await bot.run(polling)
