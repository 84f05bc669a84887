"""Telegram's limits, kept by ourselves.

Here: how much may leave now, in all and to each chat. Not here: what leaves. Source: core.telegram.org/bots/faq, "My bot is hitting
limits": about 30 messages a second in all, one a second in a chat with short bursts, 20 a minute in a group. Guarantees: within any
second no more than 30 leave; a chat that must wait holds up no other chat.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

IN_ALL = 30
# The window in which at most 30 leave is a little longer than a second, since requests overtake each other on their way.
WINDOW = 1.015
# Evenly rather than 30 at once: who presses a button during a broadcast then waits for one message, not for a second.
SMOOTHED_BURST = 4.0
# What a stall held back, of the disk for one, leaves afterwards: up to a quarter of a second is made up for, and the window still holds.
CAUGHT_UP = 8.0


@dataclass(slots=True)
class Bucket:
    """At most `burst` at once and `rate` a second in the long run."""

    burst: float
    rate: float
    left: float
    at: float

    def refill(self, now: float) -> float:
        self.left = min(self.burst, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now
        return self.left

    def until_one(self, now: float) -> float:
        """Seconds until one may leave."""
        return max(0.0, (1.0 - self.refill(now)) / self.rate)


class Pacer:
    """What may leave now. `monotonic` gives seconds that never run backwards."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._now = monotonic
        now = monotonic()
        self._smooth = Bucket(CAUGHT_UP, IN_ALL, SMOOTHED_BURST, now)
        self._window: deque[float] = deque(maxlen=IN_ALL)
        self._chats: dict[int, Bucket] = {}
        self._held_until = now

    def hold(self, seconds: float) -> None:
        """Let nothing leave for so long: Telegram said 429."""
        self._held_until = max(self._held_until, self._now() + seconds)

    def room(self) -> int:
        """How many may leave now, in all."""
        now = self._now()
        if now < self._held_until:
            return 0
        in_window = sum(1 for at in self._window if now - at < WINDOW)
        # A hair is forgiven: waiting for exactly one unit may end at 0.9999999 of it.
        return max(0, min(IN_ALL - in_window, math.floor(self._smooth.refill(now) + 1e-6)))

    def take(self, chat: int | None) -> None:
        """One leaves now, to this chat (None: an answer to a press, which counts in all but in no chat)."""
        now = self._now()
        self._smooth.refill(now)
        self._smooth.left -= 1
        self._window.append(now)
        if chat is not None:
            bucket = self._chats.get(chat) or self._chats.setdefault(chat, _bucket(chat, now))
            bucket.refill(now)
            bucket.left -= 1

    def busy(self) -> list[int]:
        """Chats to which nothing may leave now. Chats that have rested are forgotten, so that memory does not grow."""
        now = self._now()
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.refill(now) < bucket.burst}
        return [chat for chat, bucket in self._chats.items() if bucket.left < 1.0 - 1e-6]

    def wait(self) -> float:
        """Seconds until something may leave, in all."""
        now = self._now()
        window = self._window[0] + WINDOW - now if len(self._window) == IN_ALL else 0.0
        return max(0.0, self._held_until - now, window, self._smooth.until_one(now))

    def next_chat(self) -> float | None:
        """Seconds until the next chat that must wait may be written to; None when none must."""
        now = self._now()
        waits = [self._chats[chat].until_one(now) for chat in self.busy()]
        return min(waits, default=None)


def _bucket(chat: int, now: float) -> Bucket:
    # Groups have negative ids. 3 and then 17 in the following minute are the 20.
    rate = 17 / 60 if chat < 0 else 1.0
    return Bucket(3.0, rate, 3.0, now)
