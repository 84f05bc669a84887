"""The updates a bot has not confirmed.

Here: the queue, `getUpdates` as a long poll, and confirming. Not here: what the updates say, and delivering them to a webhook.
Guarantee: an update stays until the bot has asked for a later one (or its webhook has answered 2xx), in the order it happened.
Source: core.telegram.org/bots/api#getupdates.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import conflict
from bot.sandbox.faults import Faults

Update = dict[str, Any]
LIMIT = 100
LONGEST_POLL = 50
FIRST_UPDATE = 810_000_001
_LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Poll:
    """One waiting `getUpdates`. `ended` is set when something else took its place."""

    wake: asyncio.Event
    ended: bool = False


class UpdateQueue:
    """One bot's unconfirmed updates. `arrived` is called after each new one."""

    def __init__(self, faults: Faults) -> None:
        self.arrived: Callable[[], None] = lambda: None
        self._faults = faults
        self._next_id = FIRST_UPDATE
        self._pending: list[Update] = []
        self._again: set[int] = set()
        self._allowed: frozenset[str] | None = None
        self._poll: Poll | None = None
        self._closed = False

    def put(self, update: Mapping[str, Any]) -> int | None:
        """Queue an update such as `{"message": …}` and give it its id; None when the bot does not want its kind."""
        kinds = [kind for kind in update if kind != "update_id"]
        if not all(self._wanted(kind) for kind in kinds):
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append({"update_id": update_id, **update})
        self._wake()
        self.arrived()
        return update_id

    def start_ids_at(self, update_id: int) -> None:
        """Number the next update so. Telegram picks a new number after a week without updates."""
        self._next_id = update_id

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Which kinds to queue from now on: None leaves it as it is, an empty list is Telegram's default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) if kinds else None

    def confirm_before(self, offset: int) -> None:
        """Forget every update below `offset`, but for those ordered to come twice."""
        for update in [update for update in self._pending if update["update_id"] < offset]:
            self.confirm(update)

    def confirm(self, update: Update) -> None:
        """Forget one update, unless it has been ordered to come once more."""
        update_id = update["update_id"]
        if update_id not in self._again and self._faults.take_update():
            self._again.add(update_id)
            return
        self._again.discard(update_id)
        self._pending = [other for other in self._pending if other is not update]

    def drop(self) -> None:
        """Forget everything, as `drop_pending_updates` does."""
        self._pending.clear()
        self._again.clear()

    def pending(self) -> tuple[Update, ...]:
        """What has not been confirmed, oldest first."""
        return tuple(self._pending)

    async def poll(self, *, offset: int, limit: int, timeout: float, allowed: Sequence[str] | None) -> list[Update]:  # noqa: ASYNC109
        """`getUpdates`: confirms what lies before `offset`, then waits up to `timeout` seconds; 409 when another poll comes."""
        self.allow(allowed)
        self.end_poll()
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self.confirm_before(offset)
        count = limit if 1 <= limit <= LIMIT else LIMIT
        if not self._pending and timeout > 0 and not self._closed:
            await self._wait(min(timeout, LONGEST_POLL))
        return self._pending[:count]

    def end_poll(self) -> None:
        """A waiting poll is answered with 409."""
        if self._poll is not None:
            self._poll.ended = True
            self._wake()

    def close(self) -> None:
        """A waiting poll is answered at once, and no later one waits."""
        self._closed = True
        self._wake()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = Poll(asyncio.Event())
        try:
            await asyncio.wait_for(poll.wake.wait(), seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.ended:
            raise conflict(OTHER_POLLER)

    def _wake(self) -> None:
        if self._poll is not None:
            self._poll.wake.set()

    def _wanted(self, kind: str) -> bool:
        return kind not in _LEFT_OUT_BY_DEFAULT if self._allowed is None else kind in self._allowed
