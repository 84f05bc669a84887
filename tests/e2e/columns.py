"""One person's column on the demo's page: press, write, read.

Here: what a hand and an eye do with the page, by what stands there. Not here: stories (`tests.e2e.roles`). Guarantees: nothing waits by
the clock, only for what appears; every label is looked up in the catalogues in the person's own language, never written down here.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from playwright.async_api import Locator, Page, expect

from bot.clock import Clock
from bot.engine.texts import Language, Text, t
from bot.i18n import Catalogs
from bot.sandbox.town import Inhabitant

DECORATION: Final = r"(?:☐ |☑ |\d+\. )?"
ENGLISH: Final = re.compile(
    r"\b(?:the|you|your|and|with|what|which|this|that|have|want|yes|please|who|are|shall|not|is|of|we|does|how|done|case)\b",
    re.IGNORECASE,
)
"""Words that neither Bokmål nor Nynorsk has: where one stands, something has not been translated."""
ASKED_IN_ALL: Final = "Which language do you want?"
"""The one question that stands in every language at once."""
NEWEST: Final = """(account) => {
    const column = document.querySelector(`.column[data-account="${account}"]`);
    const last = [...column.querySelectorAll("li[data-message]")].at(-1);
    return last ? last.dataset.message + "|" + last.innerText : "";
}"""
ANSWERED: Final = """([account, before]) => {
    const column = document.querySelector(`.column[data-account="${account}"]`);
    const last = [...column.querySelectorAll("li[data-message]")].at(-1);
    if (!last || !last.classList.contains("theirs") || column.querySelector('[aria-busy="true"]')) return false;
    if (column.querySelector(".notice").innerText) return true;
    const isOldQuestion = last.querySelector(".at").childNodes.length > 1 && !last.querySelector(".keys");
    return !isOldQuestion && last.dataset.message + "|" + last.innerText !== before;
}"""
SOMETHING_WRONG: Final = "Something went wrong on our side. What you sent is kept, and we have been told. Please try again, or phone us."

Words = str | Text


class Column:
    """One person's chat. Texts are English msgids, looked up in the language the person has now."""

    def __init__(self, page: Page, person: Inhabitant, catalogs: Catalogs, clock: Clock) -> None:
        self.page, self.person, self.language = page, person, person.language
        self._catalogs, self._clock = catalogs, clock
        self.node = page.locator(f'.column[data-account="{person.account_id}"]')
        self.messages = self.node.locator("li.theirs:not(.deleted)")
        self._field = self.node.locator("textarea")

    def words(self, text: Words, language: Language | None = None) -> str:
        """A text as this person reads it."""
        shown = t(text) if isinstance(text, str) else text
        return self._catalogs.render(shown, language or self.language, now=self._clock.now())

    def button(self, label: Words) -> Locator:
        """The newest button with these words, whatever tick or number stands before them."""
        whole = re.compile(rf"^\s*{DECORATION}{re.escape(self.words(label))}\s*$")
        return self.node.locator("button.key:not([disabled])").filter(has_text=whole).last

    async def start(self) -> None:
        """Press Start, as in a chat nobody has written in."""
        await self._and_see(self.node.locator(".foot > button.wide").click)

    async def press(self, *labels: Words) -> None:
        """Press one button after the other, each as soon as it is there, and see what the bot answers."""
        for label in labels:
            button = self.button(label)
            await expect(button, f"{self.person.name} has no button «{self.words(label)}»").to_be_visible()
            await self._and_see(button.click)

    async def write(self, words: str) -> None:
        """Write and send, and see what the bot answers."""

        async def send() -> None:
            await self._field.fill(words)
            await self._field.press("Enter")

        await self._and_see(send)

    async def _and_see(self, act: Callable[[], Awaitable[None]]) -> None:
        account = self.person.account_id
        before = await self.page.evaluate(NEWEST, account)
        await act()
        await self.page.wait_for_function(ANSWERED, arg=[account, before])

    async def reads(self, *texts: Words) -> None:
        """Each of these stands somewhere in the chat, in the person's language."""
        for text in texts:
            await expect(self._with(text).last, f"{self.person.name} does not read «{self.words(text)}»").to_be_visible()

    async def reads_not(self, *texts: Words) -> None:
        """None of these stands in the chat. Ask only after something that has come later."""
        for text in texts:
            await expect(self._with(text), f"{self.person.name} reads «{self.words(text)}»").to_have_count(0)

    def _with(self, text: Words) -> Locator:
        return self.messages.filter(has_text=self.words(text))

    async def expect_last(self, text: Words) -> None:
        """This stands in the newest message of the bot, once it is there: something else may still be on its way before it."""
        await expect(self.messages.last).to_contain_text(self.words(text), timeout=15_000)

    async def is_clean(self) -> None:
        """No button is left spinning, nothing stands in English, and nothing went wrong."""
        await expect(self.node.locator('[aria-busy="true"]'), f"a button spins for {self.person.name}").to_have_count(0)
        for message in await self.node.locator("li.theirs .own, li.theirs .key, .commands li").all_text_contents():
            assert not ENGLISH.search(message.replace(ASKED_IN_ALL, "")), f"{self.person.name} reads English: {message}"
        await self.reads_not(SOMETHING_WRONG)
