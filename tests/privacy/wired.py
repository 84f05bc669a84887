"""A municipality on the real adapter: raw updates in, python-telegram-bot's own requests out, and every byte of them kept.

Here: the wire and what stands in each chat because of it. Not here: what happens there (`tests.privacy.story`). Guarantee: everything a
chat shows was read back from the bytes that left.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import httpx
from telegram.request import HTTPXRequest

from bot.app import Bot
from bot.domain.incoming import AccountId, Incoming
from bot.logs import Log
from bot.metrics import Surface
from bot.services.municipality import Municipality
from bot.store.database import Database, Tx
from bot.telegram.connection import connect
from bot.telegram.incoming import decode
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from tests.world import Chat, FixedClock, Message, World

TOKEN = "1:TEST"
ASKED_ONCE: dict[str, object] = {
    "getMe": {"id": 1, "is_bot": True, "first_name": "Samråd", "username": "samrad_bot"},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getMyCommands": [],
    "getChatMenuButton": {"type": "default"},
}
Fault = Callable[[str, dict[str, str]], httpx.Response | Exception | None]


class Wire:
    """What left, byte for byte, and what Telegram answers. `fault` may answer something else."""

    def __init__(self) -> None:
        self.left: list[bytes] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.fault: Fault | None = None
        self._messages = count(500)

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """Keep the whole request, then answer it."""
        body = await request.aread()
        headers = b"\n".join(name + b": " + value for name, value in request.headers.raw)
        self.left.append(f"{request.method} {request.url}\n".encode() + headers + b"\n\n" + body)
        method = request.url.path.rsplit("/", 1)[-1]
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        self.calls.append((method, fields))
        answer = None if self.fault is None else self.fault(method, fields)
        if isinstance(answer, Exception):
            raise answer
        return answer if answer is not None else httpx.Response(200, json={"ok": True, "result": self._result(method, fields)})

    def _result(self, method: str, fields: dict[str, str]) -> object:
        if method not in {"sendMessage", "editMessageText"}:
            return ASKED_ONCE.get(method, True)
        number = int(fields.get("message_id") or next(self._messages))
        fields["message_id"] = str(number)
        return {"message_id": number, "date": 1, "chat": {"id": int(fields["chat_id"]), "type": "private"}, "text": fields["text"]}


class Seconds:
    """A clock on which an hour passes at every look, so that no limit ever makes anybody wait."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 3600.0
        return self._now


class WiredWorld(World):
    """People whose updates are raw JSON and whose chats hold what was read from the wire."""

    def __init__(self, database: Database, municipality: Municipality, clock: FixedClock) -> None:
        super().__init__(database, municipality, clock)
        self.wire, self.log = Wire(), Log()
        transport = httpx.MockTransport(self.wire.handle)
        self.connection = connect(TOKEN, api_url="http://127.0.0.1/bot", request=HTTPXRequest(httpx_kwargs={"transport": transport}))
        self.bot = Bot(database, municipality, self.connection, clock=clock, log=self.log)
        self.telegram_name: dict[str, str] = {}

    async def hand_in(self, *updates: Incoming) -> None:
        await self.bot.taker(Surface.POLL)(updates)
        await self.deliver()

    async def tick(self) -> None:
        await self.bot.ticks.look_for_reminders()
        await self.deliver()

    async def update(self, kind: str, content: dict[str, Any]) -> None:
        """One update as Telegram writes it."""
        await self.hand_in(decode({"update_id": next(self._updates), kind: content}))

    def sender_of(self, chat: Chat) -> dict[str, object]:
        return {"id": chat.account, "is_bot": False, "language_code": chat.language_code, **self.telegram_name}

    async def message(self, chat: Chat, **content: Any) -> None:
        """A message with anything in it."""
        where = {"id": chat.account, "type": "private", **self.telegram_name}
        await self.update(
            "message", {"message_id": next(self._messages), "date": 1, "chat": where, "from": self.sender_of(chat), **content}
        )

    async def write(self, chat: Chat, text: str) -> Message:
        await self.message(chat, text=text)
        return chat.last if chat.messages else Message(0, "")

    async def press_data(self, chat: Chat, data: str) -> Message:
        number = next(self._updates)
        where = {"message_id": 1, "date": 1, "chat": {"id": chat.account, "type": "private"}}
        content = {"id": f"{number}", "from": self.sender_of(chat), "message": where, "chat_instance": "1", "data": data}
        await self.hand_in(decode({"update_id": number, "callback_query": content}))
        return chat.last if chat.messages else Message(0, "")

    async def deliver(self) -> None:
        """Let the real sender empty the outbox, and read back what it sent."""
        seen = len(self.wire.calls)
        sender = Sender(
            self.connection,
            self.database,
            pacer=Pacer(Seconds()),
            clock=self.clock,
            alarm=_ignored,
            on_link_dead=lambda _tx, _account: None,
        )
        running = asyncio.create_task(sender.run())
        while await self.database.transact(_waiting) and not running.done():
            sender.wake()
            await asyncio.sleep(0)
        sender.stop()
        await running
        for method, fields in self.wire.calls[seen:]:
            self._arrived(method, fields)

    def _arrived(self, method: str, fields: dict[str, str]) -> None:
        chat = self.chats.get(AccountId(int(fields.get("chat_id") or 0)))
        if chat is None or method not in {"sendMessage", "editMessageText"}:
            return
        message = Message(int(fields.get("message_id") or 0), fields["text"], tuple(_rows(fields)))
        if method == "sendMessage":
            chat.messages.append(message)
        else:
            chat.messages = [message if each.id == message.id else each for each in chat.messages]


def _ignored(_tx: Tx, _kind: str, _detail: str) -> None:
    """Alarms of the sender are not what these tests are about."""


def _waiting(tx: Tx) -> int:
    row = tx.one("SELECT count(*) AS n FROM outbox WHERE state IN ('ready', 'sending')")
    return 0 if row is None else int(row["n"])


def _rows(fields: dict[str, str]) -> Iterator[tuple[tuple[str, str], ...]]:
    markup = json.loads(fields.get("reply_markup") or "{}")
    for row in markup.get("inline_keyboard", []):
        yield tuple((each["text"], each.get("callback_data") or each.get("url") or "") for each in row)
