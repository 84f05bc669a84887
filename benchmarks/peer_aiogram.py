"""The same conversation as a user of aiogram writes it, with its state kept in SQLite.

aiogram brings storages for Redis and MongoDB and none for SQLite. Two stand in: the published one that a user finds and installs,
aiogram-fsm-sqlitestorage, with its default settings; and one written by hand, which is stricter on us: one row a conversation, a commit for
each change, in the same mode as ours (WAL, `synchronous=FULL`), and one connection on which a hundred tasks share their commits.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.methods import TelegramMethod
from aiogram.types import Message, Update
from aiogram_fsm_sqlitestorage import SQLiteStorage

from benchmarks.municipality import QUESTIONS

# The storage turns the log of the whole process on when it is imported; aiogram would write a line for each update.
logging.getLogger("aiogram").setLevel(logging.WARNING)

SENT = Message.model_validate({"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"})


class NoNetwork(BaseSession):
    """Answers at once."""

    async def close(self) -> None:
        """Nothing to close."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        return SENT

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def published(path: Path) -> BaseStorage:
    """What a user installs, as it comes: a rollback journal, SQLite's own `synchronous=FULL`, data as JSON."""
    storage: BaseStorage = SQLiteStorage(str(path))
    return storage


class HandWritten(BaseStorage):
    """State and data of each chat in a row."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: aiosqlite.Connection | None = None

    async def _open(self) -> aiosqlite.Connection:
        if self._connection is None:
            self._connection = await aiosqlite.connect(self._path)
            await self._connection.execute("PRAGMA journal_mode = WAL")
            await self._connection.execute("PRAGMA synchronous = FULL")
            await self._connection.execute("CREATE TABLE fsm (chat INTEGER PRIMARY KEY, state TEXT, data TEXT NOT NULL DEFAULT '{}')")
        return self._connection

    async def _set(self, key: StorageKey, column: str, value: str | None) -> None:
        connection = await self._open()
        sql = f"INSERT INTO fsm (chat, {column}) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET {column} = excluded.{column}"  # noqa: S608
        await connection.execute(sql, (key.chat_id, value))
        await connection.commit()

    async def _get(self, key: StorageKey, column: str) -> str | None:
        connection = await self._open()
        async with connection.execute(f"SELECT {column} FROM fsm WHERE chat = ?", (key.chat_id,)) as found:  # noqa: S608
            row = await found.fetchone()
        return None if row is None else row[0]

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._set(key, "state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._get(key, "state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._set(key, "data", json.dumps(dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self._get(key, "data") or "{}")
        return found

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()


class Ten(StatesGroup):
    """Half way."""

    asked = State()


async def begin(message: Message, state: FSMContext) -> None:
    """The command."""
    await state.set_state(Ten.asked)
    await state.set_data({"answers": []})
    await message.answer("Question 0?")


async def answer(message: Message, state: FSMContext) -> None:
    """An answer, and the next question."""
    answers = [*(await state.get_data()).get("answers", []), message.text]
    if len(answers) < QUESTIONS:
        await state.update_data(answers=answers)
        await message.answer(f"Question {len(answers)}?")
    else:
        await state.clear()
        await message.answer("Thank you.")


class Aiogram:
    """A dispatcher on a storage."""

    def __init__(self, storage: BaseStorage) -> None:
        self._storage = storage
        self._bot = Bot("1:TEST", session=NoNetwork())
        self._dispatcher = Dispatcher(storage=self._storage)
        self._dispatcher.message.register(begin, Command("ti"))
        self._dispatcher.message.register(answer, Ten.asked)

    async def rate(self, updates: Sequence[dict[str, object]], at_once: int) -> float:
        """Updates a second, so many handled at the same time."""
        accounts = {each["message"]["from"]["id"] for each in updates}  # type: ignore[index]
        for account in accounts:
            key = StorageKey(bot_id=self._bot.id, chat_id=account, user_id=account)
            await self._storage.set_state(key, Ten.asked)
            await self._storage.set_data(key, {"answers": ["a few words of an answer"] * (QUESTIONS // 2)})
        start = perf_counter()
        for first in range(0, len(updates), at_once):
            batch = [Update.model_validate(each, context={"bot": self._bot}) for each in updates[first : first + at_once]]
            await asyncio.gather(*(self._dispatcher.feed_update(self._bot, each) for each in batch))
        return len(updates) / (perf_counter() - start)

    async def close(self) -> None:
        await self._storage.close()
