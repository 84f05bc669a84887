"""The page behind a link in an e-mail, in a real browser: read by axe, answered by keyboard, and small enough for a phone."""

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from bot.domain.attendance import Reply
from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from bot.store import attendance, meetings
from bot.store.database import Tx
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.requirements.mail_walks import MailTable
from tests.web.scene import MONDAY, served
from tests.web.test_accessibility import Axed
from tests.web.visitor import ADDRESS
from tests.world import World

SMALL = {"width": 320, "height": 640}


@pytest.mark.parametrize("language", Language)
async def test_H09_answered_by_keyboard_on_a_small_screen_and_axe_finds_nothing(tmp_path: Path, language: Language) -> None:
    executable = chromium_path()
    if executable is None:
        pytest.skip(WHY_NOT)
    world = await World.open(tmp_path / "samrad.db", start=MONDAY, page_url=ADDRESS, mail=PrivacyLevel.NOTICE)
    try:
        table = await MailTable.of(world)
        meeting, look = await table.calls(), Axed()
        async with served(world) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
            page = await browser.new_page(viewport=SMALL, base_url=address)  # type: ignore[arg-type]
            await page.goto(f"/a/{table.code()}?language={language}")
            await look(page, "asked")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            for _ in range(40):
                await page.keyboard.press("Tab")
                if await page.evaluate("document.activeElement.value") == Reply.CANNOT.value:
                    break
            await page.keyboard.press("Enter")
            await page.wait_for_selector("[role=status]")
            await look(page, "answered")
            await page.goto("/a/nothing")
            await look(page, "old")
            await page.screenshot(path=tmp_path / "old.png")
            await browser.close()
        assert look.wrong == []

        def answered(tx: Tx) -> set[Reply]:
            found = meetings.find(tx, meeting)
            assert found is not None
            return {each.reply for each in attendance.of_meeting(tx, found).values()}

        assert await world.read(answered) == {Reply.CANNOT, Reply.COMING}, "and the person's own yes"
    finally:
        await world.database.close()
