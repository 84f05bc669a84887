"""How fast a bot may send.

Here: Telegram's three limits. Not here: which call belongs to which chat. Guarantee: a call is either let through by all three or counted
in none. Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a second in a chat with
short bursts, 20 a minute in a group. How long a burst may be is not published; here it is three.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox.errors import too_many_requests

LIMITED_METHODS = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
IN_ALL_A_SECOND = 30.0
IN_A_CHAT_A_SECOND = 1.0
BURST_IN_A_CHAT = 3.0
IN_A_GROUP = 20
GROUP_SECONDS = 60.0
CHATS_KEPT = 10_000


class Limit(Protocol):
    """One limit at work: `wait` gives the seconds until one more may pass, `count` lets it pass."""

    def wait(self, now: float) -> float: ...

    def count(self, now: float) -> None: ...


@dataclass(slots=True)
class Bucket:
    """At most `burst` at once, and `each_second` in the long run."""

    burst: float
    each_second: float
    left: float
    at: float

    def wait(self, now: float) -> float:
        self.left = min(self.burst, self.left + (now - self.at) * self.each_second)
        self.at = now
        return 0.0 if self.left >= 1 - 1e-9 else (1 - self.left) / self.each_second

    def count(self, now: float) -> None:
        self.left -= 1


@dataclass(slots=True)
class Window:
    """At most `count_limit` within any `seconds`."""

    count_limit: int
    seconds: float
    passed: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.passed and now - self.passed[0] >= self.seconds:
            self.passed.popleft()
        return 0.0 if len(self.passed) < self.count_limit else self.passed[0] + self.seconds - now

    def count(self, now: float) -> None:
        self.passed.append(now)


class Limits:
    """All the limits of one bot. `monotonic` gives seconds; `on` switches them."""

    def __init__(self, monotonic: Callable[[], float], *, on: bool = True) -> None:
        self.on = on
        self._monotonic = monotonic
        self._in_all = Bucket(IN_ALL_A_SECOND, IN_ALL_A_SECOND, IN_ALL_A_SECOND, monotonic())
        self._in_chats: dict[int, Bucket] = {}
        self._in_groups: dict[int, Window] = {}

    def pass_one(self, chat_id: int) -> None:
        """Count one call to `chat_id` (negative for a group); raises 429 with the seconds to wait."""
        if not self.on:
            return
        now = self._monotonic()
        limits = self._limits_of(chat_id, now)
        wait = max(limit.wait(now) for limit in limits)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for limit in limits:
            limit.count(now)

    def _limits_of(self, chat_id: int, now: float) -> list[Limit]:
        if len(self._in_chats) >= CHATS_KEPT:
            self._in_chats = {chat: kept for chat, kept in self._in_chats.items() if kept.wait(now) > 0 or kept.left < kept.burst}
        chat = self._in_chats.setdefault(chat_id, Bucket(BURST_IN_A_CHAT, IN_A_CHAT_A_SECOND, BURST_IN_A_CHAT, now))
        if chat_id > 0:
            return [self._in_all, chat]
        return [self._in_all, chat, self._in_groups.setdefault(chat_id, Window(IN_A_GROUP, GROUP_SECONDS))]
