"""What an open page is told, as it happens.

Here: who is listening, what has changed for each, and the stream of server-sent events. Not here: what a chat looks like. Guarantee: a
page that connects, or connects again, gets everything first and then each change; a slow page gets the latest state, not a backlog.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Event = tuple[str, dict[str, Any]]
LOOK_EVERY = 1.0
_RETRY = "retry: 1000\n\n"


@dataclass(slots=True)
class Listener:
    """One open page: the chats it has not seen the latest of, and the events it has not been given."""

    changed: set[int]
    events: list[Event] = field(default_factory=list)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Live:
    """The open pages. `snapshot(account_id)` is one chat as the page shows it; `strips()` is the clock, outbox and what waits."""

    def __init__(self, snapshot: Callable[[int], dict[str, Any]], strips: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        self._snapshot = snapshot
        self._strips = strips
        self._listeners: list[Listener] = []
        self._closed = False

    def chat_changed(self, account_id: int) -> None:
        """Everybody gets this chat anew; groups have no column on the page."""
        if account_id > 0:
            for listener in self._listeners:
                listener.changed.add(account_id)
                listener.wake.set()

    def tell(self, name: str, body: dict[str, Any]) -> None:
        """Everybody gets this event once."""
        for listener in self._listeners:
            listener.events.append((name, body))
            listener.wake.set()

    def look(self) -> None:
        """Everybody gets the strips now, if they have changed, instead of within a second."""
        for listener in self._listeners:
            listener.wake.set()

    def close(self) -> None:
        """Every stream ends."""
        self._closed = True
        for listener in self._listeners:
            listener.wake.set()

    async def stream(self, first: Event, account_ids: list[int]) -> AsyncIterator[str]:
        """The events of one page, until the sandbox stops or the page goes away."""
        listener = Listener(set(account_ids))
        self._listeners.append(listener)
        shown: dict[str, Any] | None = None
        try:
            yield _RETRY + _written(*first)
            while not self._closed:
                listener.wake.clear()
                strips = await self._strips()
                if strips != shown:
                    shown = strips
                    yield _written("strips", strips)
                for event in self._take(listener, account_ids):
                    yield _written(*event)
                await _wait(listener.wake)
        finally:
            self._listeners.remove(listener)

    def _take(self, listener: Listener, order: list[int]) -> list[Event]:
        changed, listener.changed = listener.changed, set()
        events, listener.events = listener.events, []
        return [("chat", self._snapshot(account_id)) for account_id in order if account_id in changed] + events


def _written(name: str, body: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"


async def _wait(wake: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(wake.wait(), LOOK_EVERY)
    except TimeoutError:
        return
