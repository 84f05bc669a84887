"""A Telegram made of one function: python-telegram-bot's own request class on a transport that answers from a script."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
from telegram.request import HTTPXRequest

from bot.store.database import Database
from bot.store.seal import Keyring
from bot.telegram.connection import Connection, connect

START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
Reply = tuple[int, object] | Exception
Handler = Callable[[str, dict[str, str]], Awaitable[Reply]]


class Hands:
    """A clock that stands still until it is turned; also the pacer's seconds."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        return (self.moment - START).total_seconds()

    def turn(self, by: timedelta) -> None:
        self.moment += by


def fault(code: int, description: str, **parameters: int) -> Reply:
    """An error as the Bot API writes it."""
    return code, {"ok": False, "error_code": code, "description": description, **({"parameters": parameters} if parameters else {})}


class Wire:
    """Answers calls: the next scripted reply of the method, or what Telegram says when all is well. Remembers every call."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.script: defaultdict[str, deque[Reply]] = defaultdict(deque)
        self.before: Callable[[str, dict[str, str]], Awaitable[None]] | None = None
        self._last_message = 100

    def will(self, method: str, *replies: Reply) -> None:
        self.script[method].extend(replies)

    def texts(self) -> list[str]:
        return [fields["text"] for method, fields in self.calls if method in ("sendMessage", "editMessageText")]

    async def reply(self, method: str, fields: dict[str, str]) -> Reply:
        self.calls.append((method, fields))
        if self.before is not None:
            await self.before(method, fields)
        if self.script[method]:
            return self.script[method].popleft()
        if method in ("sendMessage", "editMessageText"):
            self._last_message += 1
            number = int(fields.get("message_id", self._last_message))
            chat = {"id": int(fields["chat_id"]), "type": "private", "first_name": "Test"}
            return 200, {"ok": True, "result": {"message_id": number, "date": 1, "chat": chat, "text": fields["text"]}}
        return 200, {"ok": True, "result": True}


def bot_on(handler: Handler) -> Connection:
    """A bot whose calls end in `handler`."""

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        fields = dict(parse_qsl((await request.aread()).decode(), keep_blank_values=True))
        reply = await handler(request.url.path.rsplit("/", 1)[-1], fields)
        if isinstance(reply, Exception):
            raise reply
        code, content = reply
        return httpx.Response(code, content=content if isinstance(content, bytes) else json.dumps(content).encode())

    request = HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(answer)})
    return connect("1:TEST", api_url="http://127.0.0.1/bot", request=request)


@asynccontextmanager
async def opened(path: Path, hands: Hands) -> AsyncIterator[Database]:
    """A real database in a file."""
    keyring = Keyring(wrapping={"k1": bytes(32)}, mac_key=bytes(32))
    database = await Database.open(path, clock=hands, keyring=keyring)
    try:
        yield database
    finally:
        await database.close()
