"""Delivery at Telegram's limits: how much of them is used, and how long an answer waits while many are told something at once.

Against the sandbox, which enforces 30 a second in all and one a second in a chat, over real HTTP.
"""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path
from time import monotonic

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.sandbox_process import sandbox
from bot.clock import SystemClock
from bot.domain.incoming import AccountId
from bot.domain.outgoing import Lane, MessageClass, SendMessage
from bot.sandbox.town import FIRST_ACCOUNT
from bot.store import outbox
from bot.store.database import Database, Tx
from bot.store.seal import UNIT, Keyring
from bot.store.times import moment
from bot.telegram.connection import connect
from bot.telegram.pacer import IN_ALL, Pacer
from bot.telegram.sender import Sender

OF = "broadcasts"
PRESSERS = 20
LEFT = "SELECT count(*) AS n FROM outbox WHERE state IN ('ready', 'retry', 'sending')"


async def measure(folder: Path, quick: bool) -> list[Figure]:
    """A broadcast with people pressing meanwhile."""
    told = 450 if quick else 5_000
    database = await Database.open(
        folder / "outbox.db", clock=SystemClock(), keyring=Keyring(wrapping={"k1": bytes(32)}, mac_key=bytes(32))
    )
    try:
        with sandbox(told + PRESSERS) as (address, token):
            return await _deliver(database, address, token, told)
    finally:
        await database.close()


async def _deliver(database: Database, address: str, token: str, told: int) -> list[Figure]:
    def broadcast(tx: Tx) -> None:
        for place in range(told):
            _put(tx, FIRST_ACCOUNT + place, Lane.BROADCAST)

    await database.transact(broadcast)
    async with connect(token, api_url=address) as connection:
        sender = Sender(
            connection,
            database,
            pacer=Pacer(monotonic),
            clock=SystemClock(),
            alarm=lambda _tx, _kind, _sentence: None,
            on_link_dead=lambda _tx, _account: None,
        )
        sending, pressing = asyncio.create_task(sender.run()), asyncio.create_task(_press(database, sender, told))
        await _until_empty(database)
        pressing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await pressing
        await _until_empty(database)
        sender.stop()
        await sending
    return await database.transact(_figures)


def _put(tx: Tx, chat: int, lane: Lane) -> None:
    outbox.enqueue(
        tx, SendMessage(text="A few words."), account=AccountId(chat), lane=lane, message_class=MessageClass.REMINDER, owner=UNIT
    )


async def _press(database: Database, sender: Sender, told: int) -> None:
    """Somebody presses twice a second, and is answered with a message."""
    for number in range(10**9):
        chat = FIRST_ACCOUNT + told + number % PRESSERS
        await database.transact(lambda tx, chat=chat: _put(tx, chat, Lane.PRESS))  # type: ignore[misc]
        sender.wake()
        await asyncio.sleep(0.5)


async def _until_empty(database: Database) -> None:
    while True:
        left = await database.transact(lambda tx: tx.one(LEFT))
        assert left is not None
        if left["n"] == 0:
            return
        await asyncio.sleep(0.2)


def _figures(tx: Tx) -> list[Figure]:
    rows = tx.all("SELECT * FROM outbox")
    finished = [moment(row["finished_at"]) for row in rows if row["state"] == "sent"]
    lasted = max(finished) - min(finished)
    waits = sorted(moment(row["finished_at"]) - moment(row["created_at"]) for row in rows if row["lane"] == "press")
    p99 = waits[min(len(waits) - 1, round(0.99 * len(waits)))]
    again = sum(row["attempt"] - 1 for row in rows)
    return [
        Figure(of=OF, name="messages", value=len(rows), unit=f"in {lasted / timedelta(seconds=1):.0f} s"),
        at_least(OF, "share of the limit used", len(finished) / (lasted / timedelta(seconds=1)) / IN_ALL, "", 0.97),
        at_most(OF, "not accepted at first (429 or another error)", again, "calls", 0),
        at_most(OF, "lost", len(rows) - len(finished), "messages", 0),
        at_most(OF, f"an answer to a press meanwhile, p99 of {len(waits)}", p99 / timedelta(seconds=1), "s", 1.0),
    ]
