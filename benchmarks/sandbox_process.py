"""A sandbox with many people in a process of its own, so that it takes no time from what is measured."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bot.engine.texts import Language, verbatim
from bot.sandbox.server import Sandbox
from bot.sandbox.town import FIRST_ACCOUNT, Inhabitant


def _serve(number: int, told: Connection) -> None:
    async def run() -> None:
        label = verbatim("")
        town = [
            Inhabitant(account_id=FIRST_ACCOUNT + place, name="Test", role_label=label, language=Language.NB) for place in range(number)
        ]
        sandbox = Sandbox(town=town)
        for chat in sandbox.chats.chats.values():
            chat.started = True
        await sandbox.start()
        told.send((sandbox.api_url, sandbox.token))
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def sandbox(number: int) -> Iterator[tuple[str, str]]:
    """Its address and token."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(number, there), daemon=True)
    process.start()
    try:
        address: tuple[str, str] = here.recv()
        yield address
    finally:
        process.kill()
        process.join()
