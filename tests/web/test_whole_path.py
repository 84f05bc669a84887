"""From the first word to a coordinator at work, on the page alone with Telegram switched off, and half in the chat, half on the desk.

Each plays their own part in their own browser: the applicant, the unit, the leader, the candidate. In both written forms.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import OSLO
from bot.domain.access import Role
from bot.domain.cases import CaseState
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, PersonId
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, t
from bot.store import cases
from bot.store.logins import Trust
from bot.web.app import page
from tests.requirements.town import NORA, Town
from tests.requirements.walks import newcomer
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import Visitor
from tests.world import World

pytestmark = pytest.mark.parametrize("language", [Language.NB, Language.NN])
FIRST = CaseId(1)
THURSDAY = datetime(2026, 3, 5, 13, 0, tzinfo=OSLO)
LONGEST = 40


@dataclass
class Part:
    """Somebody, with a new browser each time they come."""

    place: Place
    who: PersonId
    trust: Trust
    language: Language
    visitor: Visitor = field(init=False)

    async def words(self, text: Text | str) -> str:
        world = self.place.world
        return world.municipality.words(t(text) if isinstance(text, str) else text, self.language, world.clock.now())

    async def goes(self, path: str) -> None:
        """Log in and load a page."""
        self.visitor = await self.place.logged_in(self.who, self.trust)
        await self.visitor.get(path)
        assert (self.visitor.path, self.visitor.response.status_code) == (path, 200)
        assert self.visitor.page.language == self.language

    async def presses(self, label: Text | str, **wanted: str) -> None:
        """A button by its words; then whatever is asked is answered to the end."""
        await self.visitor.press(await self.words(label))
        await self.answers(**wanted)

    async def answers(self, **wanted: str) -> None:
        """What is wanted, else what can be left open, else the first there is."""
        for _ in range(LONGEST):
            assert self.visitor.response.status_code == 200, self.visitor.text
            if not any(form.button("cancel") for form in self.visitor.page.forms):
                return
            await self._answer(wanted)
        raise AssertionError(f"no end: {self.visitor.text}")

    async def _answer(self, wanted: dict[str, str]) -> None:
        form = self.visitor.question
        key, controls = form.hidden()["key"].rpartition("/")[2], form.answers()
        named = [each.value for each in controls if wanted.get("who", "nobody") in each.label]
        if key in wanted or named:
            await self.visitor.answer(wanted.get(key) or named[0])
        elif form.button("skip") is not None:
            await self.visitor.answer(do="skip")
        elif not controls:
            await self.visitor.answer()
        elif controls[0].kind in {"radio", "checkbox"}:
            await self.visitor.answer(controls[0].value)
        else:
            thursday = THURSDAY + (self.place.world.clock.now() - MONDAY)
            await self.visitor.answer({"date": f"{thursday:%Y-%m-%d}", "time": f"{thursday:%H:%M}"}.get(controls[0].kind, "Kari Prøve"))

    async def reads(self, *texts: Text | str) -> None:
        for text in texts:
            assert await self.words(text) in self.visitor.text, (text, self.visitor.text)


@asynccontextmanager
async def opened(path: Path, level: PrivacyLevel) -> AsyncIterator[Place]:
    """A municipality with a page, at this level."""
    world = await World.open(path, start=MONDAY, level=level, page_url=SETTINGS.public_url)
    ticking = iter(range(10**9))
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=lambda: 60.0 * next(ticking))
    place = Place(world=world, app=app)
    try:
        yield place
    finally:
        for visitor in place.visitors:
            await visitor.client.aclose()
        await world.database.close()


async def decided_and_asked(unit: Part) -> None:
    """The unit grants it and asks for a candidate, on the desk."""
    await unit.goes("/desk")
    assert "/case/1001" in unit.visitor.response.text
    await unit.goes("/case/1001")
    await unit.presses("Decide", kind="grant")
    await unit.goes("/case/1001")
    await unit.presses("Find a coordinator", who=NORA)
    assert "/end" in unit.visitor.path


async def test_with_telegram_off_it_all_goes_on_the_page(tmp_path: Path, language: Language) -> None:
    async with opened(tmp_path / "off.db", PrivacyLevel.OFF) as place:
        world = place.world

        async def part(name: str, *roles: Role) -> Part:
            who = await place.person(name, *roles, department="hjemmetjenesten" if roles else None, language=language)
            return Part(place=place, who=who, trust="staff" if roles else "citizen", language=language)

        kari, anne, lars, nora = [
            await part("Kari Prøve"),
            await part("Anne Prøve", Role.KE),
            await part("Lars Prøve", Role.LEADER),
            await part(NORA, Role.COORDINATOR),
        ]
        await kari.goes("/mine")
        await kari.presses("Ask for help", for_whom="me")
        await kari.reads(t("We have received this. Your number is {number}.", number="1001"))
        await anne.goes("/case/1001")
        await anne.presses("The first talk", what="offer")
        await kari.goes("/mine")
        await kari.presses(Text("{time}", {"time": THURSDAY}))
        await world.turn(timedelta(days=7))
        await anne.goes("/case/1001")
        await anne.presses("The first talk", what="held")
        await decided_and_asked(anne)
        await kari.goes("/messages")
        await kari.reads("You will get a coordinator.")
        await lars.goes("/desk")
        await lars.presses("Read and answer")
        await nora.goes("/desk")
        await nora.presses("Read and answer")
        assert (await world.read(lambda tx: cases.get(tx, FIRST))).state is CaseState.ACTIVE
        for each in (kari, anne, lars):
            await each.goes("/messages")
            assert NORA in each.visitor.text
        await nora.goes("/case/1001")
        await nora.presses("Contact and start-up talk")
        await kari.goes("/case/1001")
        assert NORA in kari.visitor.text
        assert await world.read(lambda tx: tx.all("SELECT id FROM outbox")) == [], "nothing is sent anywhere"


async def test_begun_in_the_chat_decided_on_the_desk_answered_in_the_chat(tmp_path: Path, language: Language) -> None:
    async with opened(tmp_path / "mixed.db", PrivacyLevel.FULL) as place:
        world = place.world
        town = await Town.of(world)
        chat = await newcomer(world, LANGUAGE_NAMES[language].msgid)
        await world.write(chat, "/sok")
        await world.press(chat, "Me")
        await world.write(chat, "Kari Prøve")
        kari = Part(place=place, who=await world.person(chat), trust="citizen", language=language)
        anne = Part(place=place, who=await world.person(town.anne), trust="staff", language=Language.NB)
        await kari.goes("/c/apply")
        await kari.answers(reach="chat")
        await kari.reads(t("We have received this. Your number is {number}.", number="1001"))
        await decided_and_asked(anne)
        await world.deliver()
        assert await world.says(chat, "You will get a coordinator."), chat.text()
        await world.press(town.lars, "Yes, that is fine")
        await world.press(town.nora, "Read and answer", "Yes")
        assert (await town.case()).state is CaseState.ACTIVE
        assert NORA in chat.text()
        await kari.goes("/case/1001")
        assert NORA in kari.visitor.text
