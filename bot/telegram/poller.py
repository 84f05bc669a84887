"""Fetching updates from Telegram.

Here: the `getUpdates` loop. Not here: what is done with the updates (`take`, handed in, returns when that is committed). Guarantees: an
update is confirmed to Telegram only after `take` has returned; nothing but a refused token or `stop` ends the loop.

Telegram confirms every update below the `offset` of the next call, and once confirmed it is gone. python-telegram-bot's `Updater`
confirms what it has put on a queue in memory; here the offset stands for a commit. `update_id` "can be chosen randomly" after a week
without updates (Bot API, Update), so the offset is an acknowledgement and never a memory: when a call with an offset has come
back, the confirmation is done and the offset is forgotten, so that lower numbers are fetched as well.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from random import SystemRandom

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.domain.incoming import Incoming
from bot.telegram.connection import Connection
from bot.telegram.incoming import decode

BATCH = 100
WAIT = timedelta(seconds=25)
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0

Take = Callable[[Sequence[Incoming]], Awaitable[None]]
Alarm = Callable[[str, str], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]


class Poller:
    """The one that fetches updates. `alarm(kind, sentence)`, `on_conflict()` and `sleep(seconds)` are handed in."""

    def __init__(
        self,
        bot: Connection,
        take: Take,
        *,
        alarm: Alarm,
        on_conflict: Callable[[], None] = lambda: None,
        wait: timedelta = WAIT,
        sleep: Sleep | None = None,
    ) -> None:
        self._bot = bot
        self._take = take
        self._alarm = alarm
        self._on_conflict = on_conflict
        self._wait = wait
        self._sleep = sleep or self._pause
        self._stopped = asyncio.Event()
        self._random = SystemRandom()
        self._troubles = 0
        self._told: set[str] = set()

    def stop(self) -> None:
        """End `run` after the batch under way."""
        self._stopped.set()

    async def run(self) -> None:
        """Fetch until stopped, or until Telegram refuses the token (an alarm says so)."""
        offset: int | None = None
        while not self._stopped.is_set():
            try:
                batch = await self._fetch(offset)
            except InvalidToken:
                await self._tell("token_refused", "Telegram refuses the token: correct SAMRAD_BOT_TOKEN and start again")
                return
            except Exception as error:  # among them answers that are not Telegram's at all, from a proxy for instance
                await self._trouble(error)
                continue
            # Where the call failed, nobody knows whether it confirmed: the offset is kept and confirms again.
            offset = await self._took(batch)

    async def _fetch(self, offset: int | None) -> Sequence[object]:
        """One call. Broken off by `stop`: what it would have brought is not confirmed, and comes again."""
        fetch = asyncio.create_task(self._bot.raw_updates(offset=offset, limit=BATCH, wait=self._wait))
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else ()
        finally:
            for task in (fetch, stopped):
                task.cancel()
            await asyncio.gather(fetch, stopped, return_exceptions=True)

    async def _took(self, batch: Sequence[object]) -> int | None:
        """The offset that confirms this batch, once it is taken. None when there is nothing to confirm."""
        incoming = [decode(raw) for raw in batch]
        while incoming and not self._stopped.is_set():
            try:
                await self._take(incoming)
            except Exception as error:
                await self._tell("intake_failed", f"updates could not be taken in and are tried again: {type(error).__name__}")
                await self._back_off()
                continue
            self._troubles = 0
            self._told.clear()
            # All of the batch is committed, so its highest number confirms all of it.
            numbers = [each.update_id for each in incoming if each.update_id is not None]
            if not numbers:
                await self._back_off()
            return max(numbers) + 1 if numbers else None
        if not incoming:
            self._troubles = 0
            self._told.clear()
        return None

    async def _trouble(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            self._on_conflict()
            await self._tell("second_poller", "another process fetches updates with the same SAMRAD_BOT_TOKEN: stop one of them")
        if isinstance(error, RetryAfter):
            wait = error.retry_after
            await self._sleep(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        else:
            await self._back_off()

    async def _tell(self, kind: str, sentence: str) -> None:
        """An alarm, once for each time of trouble. One that cannot be given (the database is the trouble) does not end the loop."""
        if kind in self._told:
            return
        try:
            await self._alarm(kind, sentence)
        except Exception:
            return
        self._told.add(kind)

    async def _back_off(self) -> None:
        self._troubles += 1
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._troubles - 1, 10))
        await self._sleep(longest * self._random.uniform(0.5, 1.0))

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
