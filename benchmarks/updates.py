"""Durable updates a second, against what one would pick instead, with few and with many conversations open.

Every update is one of a ten-answer conversation. Ours is decoded, marked as seen, answered, replayed, audited where there is something
to audit, and committed with `synchronous=FULL`; the network is left out for all.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from aiogram.fsm.storage.base import BaseStorage

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.municipality import FIRST_ACCOUNT, QUESTIONS, Place, opened, size
from benchmarks.peer_aiogram import Aiogram, HandWritten, published
from benchmarks.peer_telegram import InMemory
from bot.telegram.incoming import decode

OF = "updates"
PEOPLE = 100
ROUNDS = 2 * (QUESTIONS + 1)
BATCH = 100
BYTES = 4096


def raw(number: int, account: int, text: str) -> dict[str, object]:
    """An update as Telegram writes it."""
    person = {"id": account, "is_bot": False, "first_name": "Test", "language_code": "nb"}
    message: dict[str, object] = {"message_id": number, "date": 1, "chat": {"id": account, "type": "private"}, "from": person, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


def backlog(open_: int, first: int, rounds: int = ROUNDS) -> list[dict[str, object]]:
    """People half way who finish, begin anew and go on: the same mixture however many others are open."""
    accounts = random.Random(1).sample(range(FIRST_ACCOUNT, FIRST_ACCOUNT + open_), PEOPLE)
    found = []
    for turn in range(rounds):
        step = (turn + QUESTIONS // 2) % (QUESTIONS + 1)
        text = "/ti" if step == QUESTIONS else f"a few words, {turn}"
        found += [raw(first + turn * PEOPLE + place, account, text) for place, account in enumerate(accounts)]
    return found


async def ours(place: Place, updates: Sequence[dict[str, object]], batch: int) -> float:
    """Updates a second."""
    start = perf_counter()
    for first in range(0, len(updates), batch):
        await place.intake.take([decode(each) for each in updates[first : first + batch]])
    return len(updates) / (perf_counter() - start)


async def measure(folder: Path, quick: bool) -> list[Figure]:
    """Side by side."""
    figures: list[Figure] = []
    batched: list[float] = []
    singly = 0.0
    numbers = (100, 1_000, 10_000) if quick else (100, 10_000, 100_000)
    path = folder / "ours.db"
    async with opened(path) as place:
        there = 0
        for number in numbers:
            await place.half_way(there, number - there)
            there = number
            # The first time round warms what is read once, and leaves everybody half way again.
            await ours(place, backlog(number, number * 100_000, QUESTIONS + 1), BATCH)
            batched.append(await ours(place, backlog(number, number * 100_000 + 50_000), BATCH))
            figures.append(Figure(of=OF, name=f"backlog in batches, {number:,} open", value=batched[-1], unit="a second"))
        singly = await ours(place, backlog(number, 90_000_000_000, 8), 1)
        figures.append(Figure(of=OF, name="one by one", value=singly, unit="a second"))
    disk = await _disk(folder, 1000 if quick else 10_000)
    figures.append(at_most(OF, "disk for each open conversation", disk, "bytes", BYTES))
    memory = await InMemory(numbers[0]).rate(backlog(numbers[0], 1))
    one, many = await _aiogram(published(folder / "published.db"), numbers[0])
    strict, strict_many = await _aiogram(HandWritten(folder / "hand-written.db"), numbers[0])
    best = max(one, many)
    return [
        *figures,
        Figure(of=OF, name="python-telegram-bot, in memory", value=memory, unit="a second"),
        Figure(of=OF, name="aiogram with SQLite, one by one", value=one, unit="a second"),
        Figure(of=OF, name=f"aiogram with SQLite, {BATCH} at once", value=many, unit="a second"),
        Figure(of=OF, name="aiogram with a hand-written storage in our mode, one by one", value=strict, unit="a second"),
        Figure(of=OF, name=f"aiogram with a hand-written storage in our mode, {BATCH} at once", value=strict_many, unit="a second"),
        at_least(OF, "ours in batches / python-telegram-bot in memory", batched[0] / memory, "times", 0.5),
        at_least(OF, "ours in batches / aiogram with SQLite at its best", batched[0] / best, "times", 4),
        at_least(OF, "ours one by one / aiogram with SQLite one by one", singly / one, "times", 3),
        Figure(of=OF, name="ours in batches / the hand-written one at its best", value=batched[0] / max(strict, strict_many), unit="times"),
        Figure(of=OF, name="ours one by one / the hand-written one, one by one", value=singly / strict, unit="times"),
        at_least(OF, f"{numbers[-1]:,} open / {numbers[0]} open", batched[-1] / batched[0], "times", 0.8),
    ]  # fmt: skip


async def _aiogram(storage: BaseStorage, open_: int) -> tuple[float, float]:
    """Updates a second one by one, and many at once. The first time round warms it, as ours is warmed."""
    peer = Aiogram(storage)
    try:
        await peer.rate(backlog(open_, 1, QUESTIONS + 1), 1)
        return await peer.rate(backlog(open_, 50_000), 1), await peer.rate(backlog(open_, 100_000), BATCH)
    finally:
        await peer.close()


async def _disk(folder: Path, number: int) -> float:
    path = folder / "disk.db"
    async with opened(path) as place:
        await place.half_way(0, 1)
    before = size(path)
    async with opened(path) as place:
        await place.half_way(1, number)
    return (size(path) - before) / number
