"""The pages hold on small screens, with large letters, in forced colours, without movement, and on paper.

Where there is no browser these tests are left out, and say why.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.web.scene import Scene, scene

pytestmark = pytest.mark.asyncio(loop_scope="module")
PUBLIC = ("/", "/login", "/privacy", "/accessibility", "/nothing", "/c/apply")
STAFF = ("/desk", "/mine", "/messages", "/stored", "/case/1001", "/case/1002", "/case/1001/decision/1")
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), nav a, .lines a")]
  .map((each) => [each.closest(".option") ?? each, each])
  .filter(([box, each]) => !each.matches(".unseen") && Math.min(box.getBoundingClientRect().width, box.getBoundingClientRect().height) < 24)
  .map(([, each]) => each.outerHTML)"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((each) => !each.matches(".unseen, .unseen *, textarea, .scroll, .scroll *") && getComputedStyle(each).overflowX !== "visible")
  .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium_path()
    if executable is None:
        pytest.skip(WHY_NOT)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with scene(tmp_path_factory.mktemp("town") / "samrad.db") as made:
        yield made


OPENED = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
"""What lies behind a door is looked at too."""


async def each_page(town: Scene, browser: Browser, **options: Any) -> AsyncIterator[Page]:
    """Every kind of page, one after the other, with every door open."""
    for chat, paths in ((None, PUBLIC), (town.town.anne, STAFF)):
        page = await town.enter(browser, chat, **options)
        for path in paths:
            await page.goto(path)
            await page.evaluate(OPENED)
            yield page
    await page.goto("/case/1002")
    await page.locator("form[action='/do'] button").first.click()
    await page.wait_for_url("**/c/**")
    yield page


SCREENS = ((320, 100), (768, 100), (1280, 100), (640, 200), (1280, 200))
"""Widths with the size of the letters. 320 px is 1280 at four times; 640 px with letters twice as large is harder than a zoom of 200 %."""
LETTERS = "size => { document.documentElement.style.fontSize = size; }"


async def test_nothing_is_cut_or_needs_scrolling_sideways(town: Scene, browser: Browser) -> None:
    wrong = []
    async for page in each_page(town, browser):
        for width, letters in SCREENS:
            await page.set_viewport_size({"width": width, "height": 800})
            await page.evaluate(LETTERS, "" if letters == 100 else f"{1.125 * letters}%")
            where = f"{page.url} at {width} px, {letters} %"
            if await page.evaluate(SIDEWAYS) > 0:
                wrong.append(f"{where}: sideways")
            wrong += [f"{where}: cut: {each}" for each in await page.evaluate(CUT)]
            wrong += [f"{where}: small: {each}" for each in await page.evaluate(SMALL_TARGETS)]
    assert wrong == []


async def test_in_forced_colours_everything_can_be_told_apart(town: Scene, browser: Browser) -> None:
    """Buttons and fields keep a border, and what has the focus an outline, when the colours are the reader's own."""
    bare = """() => [...document.querySelectorAll("button:not(.link, .unseen), .button, input[type=text], textarea, .card")]
      .filter((each) => parseFloat(getComputedStyle(each).borderTopWidth) < 1).map((each) => each.outerHTML.slice(0, 120))"""
    wrong = []
    async for page in each_page(town, browser, forced_colors="active"):
        wrong += [f"{page.url}: {each}" for each in await page.evaluate(bare)]
        await page.keyboard.press("Tab")
        if await page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "none":
            wrong.append(f"{page.url}: no outline")
    assert wrong == []


async def test_nothing_moves_for_who_wants_no_movement(town: Scene, browser: Browser) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
    }).length"""
    async for page in each_page(town, browser, reduced_motion="reduce"):
        assert await page.evaluate(moving) == 0


async def test_a_decision_prints_without_the_frame(town: Scene, browser: Browser) -> None:
    page = await town.enter(browser, town.town.anne)
    await page.goto("/case/1001/decision/1")
    assert await page.locator("nav").first.is_visible()
    await page.emulate_media(media="print")
    assert not await page.locator("nav").first.is_visible()
    assert not await page.locator("footer ul, .screen-only, .back").first.is_visible()
    assert "Anne Prøve" in await page.locator(".letter").inner_text()
    assert len(await page.pdf(format="A4")) > 5_000
    assert await page.evaluate("() => document.documentElement.scrollHeight") < 1_100, "one sheet of paper"


async def test_it_is_read_from_right_to_left_where_a_language_is(town: Scene, browser: Browser) -> None:
    """No language here is yet; turned round, nothing is cut."""
    async for page in each_page(town, browser, viewport={"width": 320, "height": 800}):
        await page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
        assert await page.evaluate(SIDEWAYS) <= 0
        assert await page.evaluate(CUT) == []
