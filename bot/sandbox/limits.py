"""How fast a bot may send.

Here: Telegram's three limits as buckets that refill. Not here: which call belongs to which chat. Guarantee: a call is either let through
in all three or counted in none. Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a
second in a chat with short bursts, 20 a minute in a group. How long a burst may be is not published; here it is three.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests

LIMITED_METHODS = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
BUCKETS_KEPT = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """At most `burst` at once, and `each_second` in the long run."""

    burst: float
    each_second: float


IN_ALL = Rate(burst=30, each_second=30)
IN_A_CHAT = Rate(burst=3, each_second=1)
IN_A_GROUP = Rate(burst=20, each_second=20 / 60)


@dataclass(slots=True)
class Bucket:
    """What is left of one rate at one moment."""

    rate: Rate
    left: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more may pass; 0 when it may pass now."""
        self.left = min(self.rate.burst, self.left + (now - self.at) * self.rate.each_second)
        self.at = now
        return 0.0 if self.left >= 1 - 1e-9 else (1 - self.left) / self.rate.each_second


class Limits:
    """All the buckets of one bot. `monotonic` gives seconds; `on` switches the limits."""

    def __init__(self, monotonic: Callable[[], float], *, on: bool = True) -> None:
        self.on = on
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, int], Bucket] = {}

    def pass_one(self, chat_id: int) -> None:
        """Count one call to `chat_id` (negative for a group); raises 429 with the seconds to wait."""
        if not self.on:
            return
        now = self._monotonic()
        kinds = [(("all", 0), IN_ALL), (("chat", chat_id), IN_A_CHAT)]
        if chat_id < 0:
            kinds.append((("group", chat_id), IN_A_GROUP))
        buckets = [self._bucket(key, rate, now) for key, rate in kinds]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.left -= 1

    def _bucket(self, key: tuple[str, int], rate: Rate, now: float) -> Bucket:
        if len(self._buckets) >= BUCKETS_KEPT:
            self._buckets = {k: bucket for k, bucket in self._buckets.items() if bucket.wait(now) > 0 or bucket.left < bucket.rate.burst}
        return self._buckets.setdefault(key, Bucket(rate, rate.burst, now))
