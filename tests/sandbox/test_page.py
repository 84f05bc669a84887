"""The chat page in a real browser, with a small bot behind it. Where there is no browser these tests are left out, and say why."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update

from bot.sandbox.controls import MailLine, OutboxLine, WaitingLine
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.town import inhabitants, with_link_codes
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path

pytestmark = pytest.mark.asyncio(loop_scope="module")
PEOPLE = inhabitants()
SOLVEIG, ANDERS = PEOPLE[0].account_id, PEOPLE[1].account_id
WIDE = (1440, 900)


@dataclass
class DemoClock:
    """Controls with a clock of its own, one message on its way and one reminder."""

    moment: datetime = datetime(2027, 3, 3, 13, 0, tzinfo=UTC)
    due: datetime | None = datetime(2027, 3, 4, 7, 0, tzinfo=UTC)
    turned: list[timedelta] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    async def turn(self, by: timedelta) -> None:
        self.turned.append(by)
        self.moment += by

    async def turn_to_next_reminder(self) -> datetime | None:
        if self.due is not None:
            self.moment, self.due = self.due, None
            return self.moment
        return None

    async def outbox(self) -> Sequence[OutboxLine]:
        return [OutboxLine(state="ready", to="Solveig Myrvang", kind="Receipt", when=self.moment)]

    async def mails(self) -> Sequence[MailLine]:
        return [MailLine(to="ola@skulen.example", subject="Ny melding", text="Hei\nhttp://127.0.0.1:1/a/x", calendar=True, when=self.now())]

    async def waiting(self) -> Sequence[WaitingLine]:
        return [WaitingLine(reminder="Clarifying talk", due=self.due)] if self.due else []


@dataclass
class EchoBot:
    """Answers a word with the same word, a press with "Takk" or an alert, and a few words in ways of their own."""

    bot: Bot
    answers_presses: bool = True

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=20):
                await self.meet(update)
                offset = update.update_id + 1

    async def meet(self, update: Update) -> None:
        if update.callback_query is not None and self.answers_presses:
            data = str(update.callback_query.data)
            await update.callback_query.answer("Takk" if data == "yes" else "Hugs fristen", show_alert=data == "no")
        elif update.message is not None:
            await self.say(update.message.chat_id, update.message.text or "")

    async def say(self, chat: int, text: str) -> None:
        choices = [[InlineKeyboardButton("Ja", callback_data="yes"), InlineKeyboardButton("Nei", callback_data="no")]]
        if text == "fil":
            await self.bot.send_document(chat, b"BEGIN:VCALENDAR\r\n", filename="møte.ics")
        elif text == "endre":
            sent = await self.bot.send_message(chat, "Før")
            await self.bot.edit_message_text("Etter", chat, sent.message_id)
        elif text == "slett":
            sent = await self.bot.send_message(chat, "Borte")
            await self.bot.delete_message(chat, sent.message_id)
        elif text == "vel":
            await self.bot.send_message(chat, "Vel her", reply_markup=ReplyKeyboardMarkup([["Ring meg"]]))
        else:
            await self.bot.send_message(chat, f"Du skreiv: {text}", reply_markup=InlineKeyboardMarkup(choices))


@pytest_asyncio.fixture(loop_scope="module")
async def clock() -> DemoClock:
    return DemoClock()


@pytest_asyncio.fixture(loop_scope="module")
async def town(clock: DemoClock) -> AsyncIterator[Sandbox]:
    running = Sandbox(town=with_link_codes(PEOPLE, {ANDERS: "kode123"}), controls=clock, limits=False)
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def echo(town: Sandbox) -> AsyncIterator[EchoBot]:
    async with Bot(town.token, base_url=town.api_url) as telegram:
        await telegram.set_my_commands([BotCommand("hjelp", "Få hjelp")])
        await telegram.set_my_description("Prøv meg.")
        running = EchoBot(telegram)
        polling = asyncio.create_task(running.run())
        try:
            yield running
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError):
                await polling


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip(WHY_NOT)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The one browser of these tests, without the pages of the test before."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


async def open_page(browser: Browser, town: Sandbox, *, size: tuple[int, int] = WIDE, language: str = "nb") -> Page:
    """The page, with everything that goes wrong in it turned into a failure of the test."""
    page = await (await browser.new_context(viewport={"width": size[0], "height": size[1]})).new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: pytest.fail(f"the page broke: {error}"))
    await page.goto(f"{town.page_url}#{language}")
    await expect(page.locator(".column")).to_have_count(len(PEOPLE))
    return page


async def test_a_conversation_from_start_to_press(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    chat = page.locator(f'.column[data-account="{SOLVEIG}"]')
    await expect(chat.get_by_text("Kva kan denne boten gjere?")).to_be_visible()
    await expect(chat.get_by_text("Prøv meg.")).to_be_visible()
    await chat.get_by_role("button", name="Start").click()
    await expect(chat.get_by_text("Du skreiv: /start")).to_be_visible()
    await expect(chat.get_by_text("onsdag 3. mars", exact=True)).to_be_visible()
    field = chat.get_by_label("Skriv ei melding")
    await field.fill("hei <b>du</b>")
    await field.press("Enter")
    await expect(chat.get_by_text("Du skreiv: hei <b>du</b>")).to_be_visible()
    await expect(field).to_have_value("")
    await chat.get_by_role("button", name="Ja").last.click()
    await expect(chat.locator(".notice")).to_have_text("Takk")
    await chat.get_by_role("button", name="Nei").last.click()
    await expect(page.get_by_role("dialog")).to_contain_text("Hugs fristen")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_press_spins_until_it_is_answered(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    echo.answers_presses = False
    page = await open_page(browser, town)
    chat = page.locator(f'.column[data-account="{SOLVEIG}"]')
    await chat.get_by_role("button", name="Start").click()
    button = chat.locator(".key", has_text="Ja")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await expect(button).to_contain_text("ventar på svar")
    await expect(button).to_be_focused()
    query = next(iter(town.chats.queries))
    await echo.bot.answer_callback_query(query)
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(button).to_be_focused()


async def test_edits_deletions_documents_and_reply_keyboards(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    chat = page.locator(f'.column[data-account="{ANDERS}"]')
    await expect(chat.get_by_text("Du har fått en kode av kommunen.")).to_be_visible()
    await chat.get_by_role("button", name="Start").click()
    await expect(chat.get_by_text("Du skreiv: /start kode123")).to_be_visible()
    field = chat.get_by_label("Skriv en melding")
    for word in ("endre", "slett", "fil", "vel"):
        await field.fill(word)
        await field.press("Enter")
    await expect(chat.get_by_text("Etter")).to_be_visible()
    await expect(chat.get_by_text("redigert")).to_have_count(1)
    await expect(chat.get_by_text("Meldingen er slettet.")).to_be_visible()
    await expect(chat.get_by_text("Borte")).to_have_count(0)
    async with page.expect_download() as waiting:
        await chat.get_by_role("link", name="Last ned møte.ics, 17 byte").click()
    assert (await waiting.value).suggested_filename == "møte.ics"
    await chat.get_by_role("group", name="Svarforslag").get_by_role("button", name="Ring meg").click()
    await expect(chat.get_by_text("Du skreiv: Ring meg")).to_be_visible()


async def test_commands_by_keyboard_alone(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    chat = page.locator(f'.column[data-account="{SOLVEIG}"]')
    await chat.get_by_role("button", name="Start").focus()
    await page.keyboard.press("Enter")
    await expect(chat.get_by_label("Skriv ei melding")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    slash = chat.get_by_role("button", name="Kommandoar")
    await expect(slash).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(slash).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("Escape")
    await expect(slash).to_be_focused()
    await expect(slash).to_have_attribute("aria-expanded", "false")
    await page.keyboard.press("Enter")
    await expect(chat.get_by_role("button", name="/hjelp Få hjelp")).to_be_focused()
    await echo.bot.send_message(SOLVEIG, "Midt i valet")
    await expect(chat.get_by_text("Midt i valet")).to_be_visible()
    await expect(chat.get_by_role("button", name="/hjelp Få hjelp")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.get_by_text("Du skreiv: /hjelp")).to_be_visible()


async def test_the_clock_the_outbox_and_what_waits(browser: Browser, town: Sandbox, echo: EchoBot, clock: DemoClock) -> None:
    page = await open_page(browser, town)
    now = page.locator("#now")
    await expect(now).to_have_text("onsdag 3. mars 2027 kl. 14.00")
    await expect(page.locator("#behind-count")).to_have_text("1 på vei, 1 venter")
    await page.locator("#behind > summary").click()
    await expect(page.locator("#outbox")).to_contain_text("Klar")
    await expect(page.locator("#waiting")).to_contain_text("torsdag 4. mars kl. 08.00")
    await page.get_by_role("button", name="Til neste påminnelse").click()
    await expect(page.locator("#said")).to_have_text("Klokka er stilt til torsdag 4. mars 2027 kl. 08.00.")
    await page.get_by_role("button", name="Til neste påminnelse").click()
    await expect(page.locator("#said")).to_have_text("Ingen påminnelser venter.")
    await page.get_by_role("button", name="+1 dag").click()
    await expect(now).to_have_text("fredag 5. mars 2027 kl. 08.00")
    await page.get_by_role("button", name="Nynorsk").click()
    await expect(page.get_by_role("button", name="+14 dagar")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "nn")
    await page.get_by_role("button", name="+14 dagar").click()
    await expect(now).to_have_text("fredag 19. mars 2027 kl. 08.00")
    assert clock.turned == [timedelta(days=1), timedelta(days=14)]


async def test_a_fault_is_ordered_on_the_page(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    await page.get_by_text("Lag feil").click()
    await page.get_by_label("Hva skal svikte?").select_option("reset_after")
    await page.get_by_label("Hvilket kall?").select_option("sendDocument")
    await page.get_by_label("Hvor mange ganger?").fill("2")
    await page.get_by_role("button", name="Bestill feil").click()
    await expect(page.locator("#fault-list")).to_contain_text("Brudd etter at kallet er utført · sendDocument · 2")
    assert [(one.fault, one.method, one.times) for one in town.faults.waiting()] == [(Fault.RESET_AFTER, "sendDocument", 2)]
    await page.get_by_role("button", name="Fjern alle feil").click()
    await expect(page.locator("#fault-list")).to_contain_text("Ingen feil er bestilt.")
    await page.keyboard.press("Escape")
    await expect(page.locator("#fault-form")).to_be_hidden()


async def test_one_person_at_a_time_on_a_phone(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town, size=(360, 740), language="nn")
    people = page.get_by_role("navigation", name="Vel kven du vil sjå")
    await expect(page.locator(".column:visible")).to_have_count(1)
    town.chats.start(ANDERS)
    anders = people.get_by_role("button", name="Anders Lie")
    await expect(anders.locator(".badge")).to_contain_text("1 ulesne")
    await anders.click()
    await expect(page.locator(".column:visible")).to_have_attribute("data-account", str(ANDERS))
    await expect(anders.locator(".badge")).to_have_count(0)
    await expect(anders).to_have_attribute("aria-pressed", "true")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert town.chats.chats[ANDERS].unread == 0


async def test_people_are_shown_and_hidden_on_a_wide_screen(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    await expect(page.locator(".column:visible")).to_have_count(4)
    people = page.get_by_role("navigation", name="Velg hvem du vil se")
    await people.get_by_role("button", name="Amina Hassan").click()
    await expect(page.locator(".column:visible")).to_have_count(5)
    await people.get_by_role("button", name="Solveig Myrvang").click()
    await expect(page.locator(f'.column[data-account="{SOLVEIG}"]')).to_be_hidden()


async def test_a_blocked_bot_can_be_let_in_again(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town)
    chat = page.locator(f'.column[data-account="{SOLVEIG}"]')
    await chat.get_by_role("button", name="Start").click()
    await expect(chat.get_by_text("Du skreiv: /start")).to_be_visible()
    await chat.locator("summary").click()
    await chat.get_by_role("button", name="Blokker boten").click()
    await expect(chat.get_by_text("Du har blokkert boten.")).to_be_visible()
    assert town.chats.chats[SOLVEIG].blocked
    await chat.locator(".blocked").get_by_role("button", name="Opphev blokkeringa").click()
    await expect(chat.get_by_label("Skriv ei melding")).to_be_visible()


async def test_every_control_has_a_name_and_the_log_is_live(browser: Browser, town: Sandbox, echo: EchoBot) -> None:
    page = await open_page(browser, town, language="nn")
    town.chats.start(SOLVEIG)
    await expect(page.get_by_role("log", name="Samtale med Samråd, Solveig Myrvang")).to_have_attribute("aria-live", "polite")
    nameless = await page.evaluate(
        """[...document.querySelectorAll("button, a, input, select, textarea, summary")].filter((node) => node.checkVisibility()
        && !(node.getAttribute("aria-label") || node.textContent.trim() || node.labels?.length)).map((node) => node.outerHTML)"""
    )
    assert nameless == []
    for landmark in ("banner", "main", "navigation"):
        await expect(page.get_by_role(landmark)).to_have_count(1)


async def test_the_page_finds_its_way_back(browser: Browser, clock: DemoClock) -> None:
    first = Sandbox(controls=clock, limits=False)
    await first.start()
    port = int(first.page_url.rstrip("/").rsplit(":", 1)[1])
    page = await open_page(browser, first)
    await first.stop()
    await expect(page.locator("#said")).to_have_text("Siden har mistet kontakten. Den prøver igjen.")
    second = Sandbox(controls=clock, limits=False)
    await second.start(port)
    try:
        second.chats.say(SOLVEIG, "hei igjen")
        await expect(page.get_by_text("hei igjen")).to_be_visible()
        await expect(page.locator("#said")).to_be_hidden()
    finally:
        await second.stop()
