"""Every page is free of what axe-core finds, in both languages, and everything can be done by keyboard alone.

The pages are found, not listed: every conversation that somebody can begin is walked through, question by question. The walk itself needs
no browser; a page with something new in it is shown in one. Where there is none, these tests are left out, and say why.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_SCRIPT
from httpx import Response
from playwright.async_api import Browser, Page, Route, async_playwright

from bot.domain.cases import AssignmentState, CaseState
from bot.domain.ids import CaseId
from bot.engine.texts import WRITTEN_FORMS, Language
from bot.store import assignments, cases
from bot.store.logins import Trust
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.web.outline import parts
from tests.web.scene import Scene, scene
from tests.web.visitor import Visitor
from tests.world import Chat

pytestmark = pytest.mark.asyncio(loop_scope="module")
LANGUAGES = list(WRITTEN_FORMS)
"""English is looked at on every page, and not in every conversation once more: the templates are the same."""
MOST_STEPS = 30
MOST_TABS = 80
ROUNDS = 2
DIGITS = re.compile(r"\d+")
LONG_WAY = {"for_whom": 1}
"""The first choice is to be phoned, and the application ends there."""
SECOND = CaseId(2)
ACTIVE_ELEMENT = "selector => document.activeElement.matches(selector)"
KIND = """() => {
  const field = document.querySelector("form.question :is(input:not([type=hidden]), textarea)");
  return field === null ? "summary" : field.localName === "textarea" ? "text" : field.type;
}"""
TYPED = {"date": "2027-03-10", "time": "10:30"}
WORDS = "41 23 45 67 Kari Prøve"
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"
ACTIONS = ("/do", "/c/")
LOOK = "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
NEXT = "form.question button[name=do][value=answer]:not(.unseen)"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium_path()
    if executable is None:
        pytest.skip(WHY_NOT)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene(tmp_path / "samrad.db") as made:
        yield made


class Axed:
    """Looks once at each page, or at each page with something new in it, and remembers what was wrong."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self._met: set[str] = set()

    async def __call__(self, page: Page, name: str) -> None:
        """Look at what stands in the page."""
        self.seen.add(name)
        if not await page.evaluate("() => 'axe' in window"):
            await page.evaluate(AXE_SCRIPT)
        found = await page.evaluate(LOOK)
        self.wrong += [f"{name}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]

    async def at(self, page: Page, response: Response, *, every: bool = False) -> None:
        """Look at what somebody without a browser got, if there is something in it that has not been seen, or at `every` page."""
        there = parts(response.text)
        if there <= self._met and not every:
            return
        self._met |= there

        async def answer(route: Route) -> None:
            await route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.text)

        await page.route(str(response.url), answer)
        await page.goto(str(response.url))
        await page.unroute(str(response.url))
        await self(page, f"{response.url.path} {len(self.seen)}")


async def answer_anything(visitor: Visitor) -> None:
    """Some answer to whatever is asked, and on."""
    asked = visitor.question.answers()
    if asked and asked[0].kind in {"radio", "checkbox"}:
        await visitor.answer(asked[LONG_WAY.get(key_of(visitor) or "", 0)].value)
    else:
        await visitor.answer(*(TYPED.get(each.kind, WORDS) for each in asked))


def key_of(visitor: Visitor) -> str | None:
    """Which question is asked, if any. The same one with another number is one more round."""
    form = next((form for form in visitor.page.forms if form.button("cancel") is not None), None)
    return None if form is None else DIGITS.sub("", form.hidden().get("key", ""))


async def walk(visitor: Visitor, page: Page, look: Axed, walked: set[str]) -> None:
    """From where a conversation stands to its end, or as far as answers of any kind lead."""
    asked: Counter[str] = Counter()
    while "/c/" in visitor.path:
        walked.add(visitor.path.rpartition("/c/")[2])
        await look.at(page, visitor.response)
        question = key_of(visitor)
        if question is None:
            return
        asked[question] += 1
        if asked[question] > ROUNDS:
            return
        await answer_anything(visitor)


async def test_axe_finds_nothing_on_any_page(town: Scene, browser: Browser) -> None:
    """Every page in Nynorsk, and in the other languages every page that is built of anything else."""
    look, people = Axed(), town.town
    readers: list[tuple[Chat | None, Trust, tuple[str, ...]]] = [
        (None, "visitor", ("/", "/login", "/privacy", "/accessibility", "/nothing", "/h/nothing", "/goodbye/citizen", "/c/apply")),
        (people.anne, "staff", ("/desk", "/desk/figures", "/mine", "/case/1001", "/case/1002", "/case/1001/decision/1")),
        (people.anne, "staff", ("/messages", "/stored")),
        (people.lars, "staff", ("/desk", "/mine", "/case/1003", "/messages")),
        (people.nora, "staff", ("/desk", "/case/1001", "/messages")),
        (town.with_coordinator, "citizen", ("/mine", "/case/1001", "/case/1001/decision/1", "/messages", "/stored", "/stored/all")),
    ]
    for language in (Language.NN, Language.NB, Language.EN):
        for chat, trust, paths in readers:
            page = await town.enter(browser, chat, trust=trust, language=language)
            visitor = await town.visitor(page)
            for path in paths:
                await look.at(page, await visitor.get(path), every=language is Language.NN)
            await visitor.client.aclose()
    assert look.wrong == []
    assert len(look.seen) > 28


async def test_axe_finds_nothing_in_any_conversation(town: Scene, browser: Browser) -> None:
    """Every button on one's own page, on the desk and in a case leads to a conversation that is walked to its end, in both forms."""
    look, people = Axed(), town.town
    readers: tuple[tuple[Chat, Trust, tuple[str, ...]], ...] = (
        (town.waiting, "citizen", ("/mine",)),
        (people.nora, "staff", ("/case/1001",)),
        (people.lars, "staff", ("/desk",)),
        (people.anne, "staff", ("/desk", "/case/1001", "/case/1002", "/case/1003")),
    )
    for language in LANGUAGES:
        walked, pressed = set[str](), set[str]()
        for chat, trust, paths in readers:
            page = await town.enter(browser, chat, trust=trust, language=language)
            visitor = await town.visitor(page)
            for path in paths:
                await visitor.get(path)
                buttons = [button.label for form in visitor.page.forms if form.action.startswith(ACTIONS) for button in form.buttons]
                for words in [words for words in dict.fromkeys(buttons) if words not in pressed]:
                    await visitor.get(path)
                    if any(button.label == words for form in visitor.page.forms for button in form.buttons):
                        pressed.add(words)
                        await visitor.press(words)
                        await walk(visitor, page, look, walked)
            await visitor.client.aclose()
        assert len(walked) > 15, walked
    assert look.wrong == []
    assert len(look.seen) > 10


@pytest.mark.parametrize("language", LANGUAGES)
async def test_axe_finds_nothing_where_an_answer_was_refused(town: Scene, browser: Browser, language: Language) -> None:
    page, look = await town.enter(browser, None, language=language), Axed()
    await page.goto("/c/apply")
    await page.locator("main button").click()
    await page.locator(NEXT).click()
    assert await page.locator("#errors").evaluate("each => each === document.activeElement"), "what is wrong is read first"
    assert await page.locator("fieldset").get_attribute("aria-describedby") == "error"
    await look(page, "refused")
    assert look.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_colours_have_contrast_in_light_and_dark(town: Scene, browser: Browser, scheme: str) -> None:
    look = Axed()
    page = await town.enter(browser, town.town.anne, color_scheme=scheme)
    for path in ("/", "/desk", "/mine", "/case/1001", "/case/1001/decision/1"):
        await page.goto(path)
        await look(page, path)
    assert look.wrong == []


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something is reached; wherever it stops on the way, one can see where one is."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await page.evaluate("() => document.activeElement !== document.body"):
            assert await page.evaluate(OUTLINE) != "none", await page.evaluate("() => document.activeElement.outerHTML")
        if await page.evaluate(ACTIVE_ELEMENT, selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}: {await page.inner_text('main')}")


async def by_keyboard(page: Page, wanted: str) -> int:
    """Answer to the end of a conversation without a mouse; how many questions there were."""
    for step in range(MOST_STEPS):
        if not await page.locator("form.question").count():
            assert wanted in page.url, await page.inner_text("main")
            return step
        kind = await page.evaluate(KIND)
        if kind in {"radio", "checkbox"}:
            await tab_to(page, f"form.question input[type={kind}]")
            await page.keyboard.press("Space")
            if LONG_WAY.get(await page.locator("input[name=key]").get_attribute("value") or ""):
                await page.keyboard.press("ArrowDown")
        elif kind != "summary":
            await tab_to(page, "form.question :is(input:not([type=hidden]), textarea)")
            await page.keyboard.type("Kari Prøve" if kind == "text" else "10032027")
        await tab_to(page, NEXT)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
    raise AssertionError(f"no end after {MOST_STEPS} questions: {page.url}")


async def press(page: Page, selector: str) -> None:
    await tab_to(page, selector)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def test_apply_by_keyboard_alone(town: Scene, browser: Browser) -> None:
    before = len(await town.world.read(cases.living))
    page = await town.enter(browser, None)
    await page.goto("/")
    await press(page, "form[action='/c/apply'] button")
    assert await by_keyboard(page, "/c/apply/end") > 10
    assert len(await town.world.read(cases.living)) == before + 1


async def test_decide_and_appoint_by_keyboard_alone(town: Scene, browser: Browser) -> None:
    page = await town.enter(browser, town.town.anne)
    await page.goto("/desk")
    await press(page, "a[href='/case/1002']")
    decide = await town.world.words(town.town.anne, "Decide")
    await page.evaluate("label => [...document.querySelectorAll('button')].find(b => b.textContent === label).id = 'wanted'", decide)
    await press(page, "#wanted")
    await by_keyboard(page, "/c/decide/end")
    assert (await town.world.read(lambda tx: cases.get(tx, SECOND))).state is CaseState.APPOINTING
    await page.goto("/case/1002")
    appoint = await town.world.words(town.town.anne, "Find a coordinator")
    await page.evaluate("label => [...document.querySelectorAll('button')].find(b => b.textContent === label).id = 'wanted'", appoint)
    await press(page, "#wanted")
    await by_keyboard(page, "/c/appoint/end")
    asked = await town.world.read(lambda tx: assignments.of_case(tx, SECOND))
    assert [each.state for each in asked] in ([AssignmentState.LEADER_ASKED], [AssignmentState.CANDIDATE_ASKED])
