"""A town whose page is served on loopback, and browsers in it.

Here: the server, the people and their logins. Not here: what is asserted.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import uvicorn
from playwright.async_api import Browser, BrowserContext, Page

from bot.addresses import Listen
from bot.engine.texts import Language
from bot.page_server import listen
from bot.store import logins, people
from bot.store.logins import Trust
from bot.store.mini_app import Signers
from bot.web.app import page as secure_page
from bot.web.page_settings import PageSettings, citizens, staff
from tests.requirements.town import NILS, Town
from tests.ways import led
from tests.web.visitor import Visitor
from tests.world import Chat, World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"
"""A login service that is named on the page and never asked here."""


@dataclass
class Scene:
    """A town with three cases: one with a coordinator, one whose answer is late, one in which a leader is asked."""

    town: Town
    address: str
    with_coordinator: Chat
    waiting: Chat
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.town.world

    async def enter(
        self,
        browser: Browser,
        chat: Chat | None,
        *,
        trust: Trust = "staff",
        language: Language | None = None,
        **options: Any,
    ) -> Page:
        """A browser on the page: somebody's who has logged in, or nobody's."""
        context = await browser.new_context(base_url=self.address, **options)
        self.contexts.append(context)
        if chat is not None:
            person = await self.world.person(chat)
            if language is not None:
                await self.world.read(lambda tx: people.set_language(tx, person, language))
            token = await self.world.read(lambda tx: logins.begin(tx, person, trust, proved_at=tx.now))
            await context.add_cookies([{"name": "samrad", "value": token, "url": self.address}])
        elif language is not None:
            await context.add_cookies([{"name": "language", "value": language.value, "url": self.address}])
        return await context.new_page()

    async def visitor(self, page: Page) -> Visitor:
        """Who stands in a browser, without it: the same cookies, and the same page."""
        made = Visitor(None, address=self.address)
        for cookie in await page.context.cookies():
            made.client.cookies.set(cookie.get("name", ""), cookie.get("value", ""))
        return made

    async def close(self) -> None:
        for context in self.contexts:
            await context.close()


@asynccontextmanager
async def served(world: World, *, mini_app: Signers | None = None) -> AsyncIterator[str]:
    """The page of this town on a free port of loopback; its address. `mini_app`: it opens inside Telegram, signed by these."""
    # Every request comes a second after the one before, so that no limit is reached.
    ticking = count()
    listening = listen(Listen(host="127.0.0.1", port=0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    citizen, staff_ = citizens(NOWHERE, "samrad", None), staff(NOWHERE, "samrad", None)
    settings = PageSettings(public_url=address, citizen=citizen, staff=staff_, mini_app=mini_app)
    app = secure_page(world.database, world.municipality, settings=settings, clock=world.clock, monotonic=lambda: float(next(ticking)))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield address
    finally:
        server.should_exit = True
        await running


async def _cases(world: World) -> tuple[Town, Chat, Chat]:
    town = await Town.of(world)
    first = await town.appointed(language="Bokmål", need="Jeg vil at noen ser helheten. " * 15)
    waiting = await town.applied()
    await world.turn(timedelta(days=40))
    asked = await town.applied_and_granted()
    await town.asks(NILS, asked)
    return town, first, waiting


@asynccontextmanager
async def scene(path: Path) -> AsyncIterator[Scene]:
    """The town with its cases, served."""
    world = await World.open(path, start=MONDAY)
    try:
        town, first, waiting = await led(world, "scene", lambda: _cases(world))
        async with served(world) as address:
            made = Scene(town=town, address=address, with_coordinator=first, waiting=waiting)
            try:
                yield made
            finally:
                await made.close()
    finally:
        await world.database.close()
