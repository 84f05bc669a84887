"""The running demo with its page open in Chromium: everybody's column, and the clock.

Here: setting up and turning the clock. Not here: what people do (`tests.e2e.roles`). Guarantee: what goes wrong in the page is a failure
of the test.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.app import Bot, polling
from bot.clock import WorkingCalendar
from bot.demo import Town, town
from bot.domain.reminders import OSLO
from bot.foundation import install
from bot.i18n import Catalogs
from bot.keyfile import load_or_create
from bot.logs import Log
from bot.profile import load_profile
from bot.sandbox.town import inhabitants
from bot.store.database import Database
from bot.store.seal import Keyring
from bot.telegram.connection import connect
from tests.e2e.columns import Column

PEOPLE = inhabitants()
WIDE: ViewportSize = {"width": 2880, "height": 900}
PROFILE = load_profile("demo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Everybody side by side."""

    town: Town
    page: Page
    columns: tuple[Column, ...]

    def of(self, name: str) -> Column:
        """Somebody's column, by first name."""
        return next(each for each in self.columns if each.person.name.startswith(name))

    def working_day(self, number: int) -> date:
        """The first, second … working day after today."""
        day = self.town.clock.now().astimezone(OSLO).date()
        for _ in range(number):
            day = WorkingCalendar().next_working_day(day + timedelta(days=1))
        return day

    async def turn_past(self, talk: datetime) -> None:
        """Press "+1 day" until the working day after the talk is over: by then KE has been asked to note it."""
        day_after = WorkingCalendar().next_working_day(talk.date() + timedelta(days=1))
        while self.town.clock.now().astimezone(OSLO).date() <= day_after:
            before = await self.page.locator("#now").inner_text()
            await self.page.locator('[data-turn="day"]').click()
            await expect(self.page.locator("#now")).not_to_have_text(before)

    @contextlib.asynccontextmanager
    async def restarted(self, folder: Path) -> AsyncIterator[None]:
        """The bot stopped, and another started on the same database file; Telegram and the page go on."""
        old = self.town.bot
        old.stop()
        await self.town.running
        keys = load_or_create(folder / "demo.key", database_exists=True)
        keyring = Keyring(wrapping={key.id: key.secret for key in keys.wrapping}, mac_key=keys.mac_key)
        database = await Database.open(folder / "demo.db", clock=self.town.clock, keyring=keyring)
        install(database, old.municipality)
        connection = connect(self.town.sandbox.token, api_url=self.town.sandbox.api_url)
        await connection.initialize()
        mail = self.town.mailing.post(database, old.municipality, self.town.clock)
        bot = Bot(database, old.municipality, connection, clock=self.town.clock, log=Log(), mail=mail)
        running = asyncio.create_task(bot.run(polling))
        self.town.controls.wake = bot.wake
        try:
            yield
        finally:
            bot.stop()
            await running
            await connection.shutdown()
            await database.close()

    async def is_clean(self) -> None:
        """Nobody's button spins, and nobody reads English."""
        for column in self.columns:
            await column.is_clean()


@contextlib.asynccontextmanager
async def staged(browser: Browser, folder: Path) -> AsyncIterator[Stage]:
    """The demo, with its page open and everybody shown."""
    async with town(port=0, folder=folder, limits=False) as running:
        context = await browser.new_context(viewport=WIDE)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: pytest.fail(f"the page broke: {error}"))
        await page.goto(f"{running.sandbox.page_url}#nb")
        await expect(page.locator(".column:visible")).to_have_count(len(PEOPLE))
        catalogs = Catalogs.load()
        try:
            yield Stage(town=running, page=page, columns=tuple(Column(page, each, catalogs, running.clock) for each in PEOPLE))
        finally:
            await context.close()
