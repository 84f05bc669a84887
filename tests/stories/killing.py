"""Killing the bot again and again while people press and write.

Here: the process, the moments at which it is killed, and waiting until all is done. Not here: the people (`tests.stories.load`) and the
counting (`tests.stories.accounts`). The sandbox runs here and stays; the bot runs in a process of its own and gets SIGKILL. A moment is
some time after the start, the arrival of some call at Telegram (so that its answer never comes back), or the confirming of updates.
"""

import asyncio
import contextlib
import multiprocessing
import random
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from bot.domain.access import Role
from bot.domain.incoming import AccountId
from bot.engine.texts import Language
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from bot.store import people
from bot.store.database import Tx
from tests.stories.accounts import Figures, Seen, figures
from tests.stories.bot_process import MUNICIPALITY, Start, open_database, run_bot
from tests.stories.load import KE_ACCOUNTS, Load, inhabitants

LONGEST_LIFE = 1.5
"""Seconds after its first call at which it is killed at the latest."""
LONGEST_START = 60.0
LONGEST_END = 120.0
"""Seconds in which something must have become less."""
WAITING = "SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending', 'retry')"


class Moments(Limits):
    """Tells when to kill. In the place of the sandbox's limits, which it sees every call pass; it limits nothing."""

    def __init__(self) -> None:
        super().__init__(monotonic, on=False)
        self.calls_left = 0
        self.at_confirming = False
        self.come = asyncio.Event()
        self.polled = asyncio.Event()

    def pass_one(self, chat_id: int) -> None:
        self.calls_left -= 1
        if self.calls_left == 0:
            self.come.set()

    def watch_confirming(self, sandbox: Sandbox) -> None:
        updates = sandbox.updates
        confirm_before = updates.confirm_before

        def confirming(offset: int) -> None:
            self.polled.set()
            waiting = len(updates.pending())
            confirm_before(offset)
            if self.at_confirming and len(updates.pending()) < waiting:
                self.come.set()

        updates.confirm_before = confirming  # type: ignore[method-assign]

    async def wait(self, chance: random.Random) -> None:
        """Choose a moment and wait for it."""
        self.come.clear()
        self.polled.clear()
        kind = chance.choice(("time", "call", "call", "confirming"))
        self.calls_left = chance.randint(1, 25) if kind == "call" else 0
        self.at_confirming = kind == "confirming"
        if kind != "time":
            # On a busy machine the start alone may take longer than the life that is meant.
            await asyncio.wait_for(self.polled.wait(), LONGEST_START)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.come.wait(), chance.uniform(0.05, 1.0) if kind == "time" else LONGEST_LIFE)
        self.at_confirming = False


@dataclass(slots=True)
class Killing:
    """A sandbox with people, and a bot to be killed."""

    sandbox: Sandbox
    moments: Moments
    start: Start
    seen: Seen
    chance: random.Random
    process: BaseProcess | None = None

    def begin(self) -> None:
        """Start the bot. The processes come from one that has loaded the code already and never opened a database."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.stories.bot_process"])
        self.process = context.Process(target=run_bot, args=(self.start,), daemon=True)
        self.process.start()

    async def kill(self) -> None:
        """SIGKILL, and note what was being sent. Raises AssertionError when it had ended by itself."""
        process, self.process = self.process, None
        assert process is not None
        process.kill()
        await asyncio.to_thread(process.join)
        said = self.start.said.read_text("utf-8")[-4000:] if self.start.said.exists() else ""
        assert process.exitcode == -signal.SIGKILL, f"the bot ended by itself ({process.exitcode}):\n{said}"
        process.close()
        self.seen.kills += 1
        self.seen.interrupted += [row for (row,) in self.read("SELECT id FROM outbox WHERE state = 'sending'")]

    def read(self, sql: str) -> list[tuple[int, ...]]:
        """Look into the database from outside."""
        with contextlib.closing(sqlite3.connect(self.start.database, timeout=10)) as raw:
            found: list[tuple[int, ...]] = raw.execute(sql).fetchall()
        return found

    async def kill_at_a_moment(self) -> None:
        """Let it live until some moment. Now and then Telegram also delivers an update twice."""
        if self.chance.random() < 0.5:
            self.sandbox.faults.order(Fault.DUPLICATE_UPDATE, times=3)
        self.begin()
        await self.moments.wait(self.chance)
        await self.kill()

    async def settle(self) -> None:
        """Let it live until no update and no message waits, then kill it a last time."""
        await self.until(lambda: not self.sandbox.updates.pending() and self.read(WAITING) == [(0,)], "updates and messages")
        await self.kill()

    async def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait. Raises AssertionError when nothing becomes less for too long: after many kills much waits, and 30 a second leave."""
        least, until = self._left(), monotonic() + LONGEST_END
        while not done():
            if (left := self._left()) < least:
                least, until = left, monotonic() + LONGEST_END
            assert monotonic() < until, f"still waiting for {what}: {left} updates and messages are left"
            await asyncio.sleep(0.1)

    def _left(self) -> int:
        return len(self.sandbox.updates.pending()) + self.read(WAITING)[0][0]


@contextlib.asynccontextmanager
async def prepared(folder: Path, *, seed: int, confirms_first: bool) -> AsyncIterator[Killing]:
    """A sandbox, and a database with somebody at KE."""
    sandbox, seen, moments = Sandbox(town=inhabitants()), Seen(), Moments()
    sandbox.limits = moments
    seen.watch(sandbox.chats)
    moments.watch_confirming(sandbox)
    path = folder / "killed.db"

    def ke(tx: Tx) -> None:
        for account in KE_ACCOUNTS:
            who = people.create(tx, language=Language.NB, name="Torhild Aasen")
            people.give_role(tx, who, Role.KE, None)
            people.add_account(tx, AccountId(account), who)

    database = await open_database(path)
    try:
        await database.transact(ke)
    finally:
        await database.close()
    await sandbox.start()
    start = Start(
        api_url=sandbox.api_url, token=sandbox.token, database=path, said=folder / "said.log", confirms_first=confirms_first
    )  # fmt: skip
    killing = Killing(sandbox, moments, start, seen, random.Random(seed))
    try:
        yield killing
    finally:
        if killing.process is not None:
            killing.process.kill()
            killing.process.join()
        await sandbox.stop()


async def killed(folder: Path, *, kills: int, seed: int, confirms_first: bool = False) -> Figures:
    """Kill the bot so many times under load, let it finish, and count."""
    async with prepared(folder, seed=seed, confirms_first=confirms_first) as killing:
        load = Load(killing.sandbox.chats, MUNICIPALITY, seed)
        people_ = load.tasks()
        try:
            for _ in range(kills - 1):
                await killing.kill_at_a_moment()
                # What people do while the bot is away waits for it, as at Telegram.
                await asyncio.sleep(killing.chance.uniform(0.0, 0.2))
                for each in people_:
                    if each.done():
                        each.result()
            killing.begin()
            await killing.until(lambda: bool(load.deeds.answers and load.deeds.submits), "KE to answer and somebody to apply")
        finally:
            for each in people_:
                each.cancel()
            await asyncio.gather(*people_, return_exceptions=True)
        await killing.settle()
        database = await open_database(killing.start.database)
        try:
            return await database.transact(lambda tx: figures(tx, load.deeds, killing.seen))
        finally:
            await database.close()
