"""The Mini App's entry in a real browser: what its script does in Telegram's apps, in its web client's frame, and in anybody else's.

Where there is no browser these tests are left out, and say why.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, async_playwright, expect

from bot.web.security import MINI_APP, TELEGRAM_WEB
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.web.scene import MONDAY, served
from tests.web.test_mini_app import WANTED, signed
from tests.world import World

SIZES = ((320, 640), (1280, 800))
# The page here is on this machine, which Chromium lets no site of the open network frame, whatever the page allows.
FRAMES = "--disable-features=LocalNetworkAccessChecks"


@pytest_asyncio.fixture
async def page() -> AsyncIterator[Page]:
    executable = chromium_path()
    if executable is None:
        pytest.skip(WHY_NOT)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, FRAMES])
        yield await running.new_page(locale="nb-NO")
        await running.close()


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[tuple[World, str, str]]:
    """A municipality, its address, and the entry as Telegram opens it for somebody there."""
    world = await World.open(tmp_path / "inside.db", start=MONDAY)
    chat = world.newcomer()
    await world.write(chat, "/start")
    handed = urlencode(signed(chat.account, world.clock.now().timestamp()))
    async with served(world, mini_app=WANTED) as address:
        yield world, address, f"{address}{MINI_APP}#tgWebAppData={quote(handed)}&tgWebAppVersion=8.0"
    await world.database.close()


async def test_in_an_app_a_press_goes_in_and_what_was_handed_over_leaves_the_address(page: Page, town: tuple[World, str, str]) -> None:
    _, address, entry = town
    await page.goto(entry)
    await expect(page.get_by_role("button", name="Fortsett")).to_be_visible()
    assert page.url == f"{address}{MINI_APP}"
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await page.get_by_role("button", name="Fortsett").click()
    await page.wait_for_url(f"{address}/mine")


async def test_without_anything_handed_over_there_is_no_button(page: Page, town: tuple[World, str, str]) -> None:
    _, address, _ = town
    await page.goto(f"{address}{MINI_APP}")
    await expect(page.get_by_role("link", name="nettleseren")).to_be_visible()
    await expect(page.get_by_role("button", name="Fortsett")).to_have_count(0)


@pytest.mark.parametrize(("framing", "shown"), [(TELEGRAM_WEB, True), ("https://evil.example", False)])
async def test_in_a_frame_it_offers_only_a_way_out_and_only_in_telegrams(
    page: Page, town: tuple[World, str, str], framing: str, shown: bool
) -> None:
    _, _, entry = town

    async def frame(route: Route) -> None:
        await route.fulfill(content_type="text/html", body=f'<iframe src="{entry}"></iframe>')

    refused: list[str | None] = []
    page.on("requestfailed", lambda request: refused.append(request.failure))
    await page.route(f"{framing}/", frame)
    await page.goto(f"{framing}/")
    inside = page.frame_locator("iframe")
    await expect(inside.get_by_role("link", name="nettleseren")).to_have_count(int(shown))
    await expect(inside.get_by_role("button", name="Fortsett")).to_have_count(0)
    assert refused == ([] if shown else ["net::ERR_BLOCKED_BY_RESPONSE"])
