"""The whole path, played in a real browser on the running demo: from the first word to a coordinator who has been in touch.

Here: who is told what, in which language. Where there is no browser these tests are left out, and say why.
"""

import time
from collections.abc import AsyncIterator
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.domain.cases import CaseState
from bot.domain.reminders import OSLO
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, nt, t, verbatim
from conversations.words import STATES
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.e2e.roles import (
    apply_for_child,
    apply_for_herself,
    ask_department,
    ask_for,
    come_in,
    make_contact,
    note_and_grant,
    note_parent,
    number,
    offer_times,
    open_case,
)
from tests.e2e.stage import PROFILE, Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")
START_UP = clock_time(11)
DAYS = PROFILE.deadlines.contact_days


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
async def stage(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The demo, with a pacer whose seconds are short: Telegram's limits have tests of their own."""
    monkeypatch.setattr("bot.app.monotonic", lambda: time.monotonic() * 1000)
    async with staged(chromium, tmp_path) as running:
        yield running


async def everyone_is_told(stage: Stage, recipient: str, coordinator: str) -> None:
    """Recipient, leader, KE and coordinator are told, each in the own language."""
    name = stage.of(coordinator).person.name
    yes = t("{name} has said yes and is the coordinator in case {number}.", name=name, number=number())
    for who in ("Kari", "Torhild", "Marit"):
        await stage.of(who).reads(yes)
    await stage.of(recipient).reads(
        t("{name} is the coordinator in case {number}.", name=name, number=number()),
        nt("{name} contacts you within {n} day.", "{name} contacts you within {n} days.", DAYS, name=name),
    )
    await stage.of(coordinator).reads(
        t("You are the coordinator in case {number}, and the municipality knows it.", number=number()),
        "You have three main duties. Follow up the person. Make the services work together. Keep the plan moving.",
    )
    agreed = datetime.combine(stage.working_day(2), START_UP, tzinfo=OSLO)
    await make_contact(stage.of(coordinator), agreed)
    await stage.of(coordinator).reads("Noted: you have been in touch.", t("Booked: {moment}. We confirm it to the person.", moment=agreed))
    await stage.of(recipient).reads(Text("{moment}", {"moment": agreed}))


async def test_a_recipient_in_nynorsk_from_the_first_word_to_a_coordinator(stage: Stage) -> None:
    solveig, torhild, kari, ingunn = (stage.of(name) for name in ("Solveig", "Torhild", "Kari", "Ingunn"))
    await come_in(solveig, Language.NN)
    await apply_for_herself(solveig)
    await solveig.reads(t("We have received this. Your number is {number}.", number=number()))
    first, _ = await offer_times(stage, torhild, "SM")
    await solveig.press(Text("{time}", {"time": first}))
    await stage.turn_past(first)
    await note_and_grant(torhild, "SM", "A coordinator and an individual plan")
    await solveig.reads(t("Your application {number} is granted.", number=number()))
    await ask_for(torhild, "SM", ingunn.person.name)
    await kari.press("Yes, that is fine")
    await ingunn.press("Read and answer")
    await ingunn.reads_not("Nokon som held orden på avtalane.")
    await ingunn.press("Yes")
    await everyone_is_told(stage, "Solveig", "Ingunn")
    await solveig.press("See my case")
    await solveig.expect_last(t("Your coordinator is {name}.", name=ingunn.person.name))
    await stage.is_clean()


async def test_a_parent_in_bokmal_gets_a_coordinator_for_a_child(stage: Stage) -> None:
    anders, torhild, kari, jonas = (stage.of(name) for name in ("Anders", "Torhild", "Kari", "Jonas"))
    await come_in(anders, Language.NB)
    await apply_for_child(anders)
    first, second = await offer_times(stage, torhild, "EL")
    await anders.reads(Text("{time}", {"time": first}))
    await anders.press(Text("{time}", {"time": second}))
    await stage.turn_past(second)
    await note_and_grant(torhild, "EL", "A coordinator", parent=anders.person.name)
    await torhild.reads("This is about a child: a children's coordinator.")
    await anders.reads(t("Your application {number} is granted.", number=number()), "Your child gets a coordinator.")
    department = next(each for each in PROFILE.departments if each.id == "hjemmetjenesten")
    await ask_department(torhild, "EL", department.name.text(torhild.language))
    await kari.press("Read and answer", "Name someone", verbatim(jonas.person.name), "Nothing to add")
    await jonas.press("Read and answer", "Yes")
    await everyone_is_told(stage, "Anders", "Jonas")
    await anders.press("See my case")
    await anders.expect_last(t("Your coordinator is {name}.", name=jonas.person.name))
    await stage.is_clean()


async def test_a_refusal_takes_two_people_and_tells_how_to_complain(stage: Stage) -> None:
    anders, torhild, marit = (stage.of(name) for name in ("Anders", "Torhild", "Marit"))
    await come_in(anders, Language.NB)
    await apply_for_child(anders)
    await open_case(torhild, "EL")
    await torhild.press("Consent and who decides", "Who can decide", "Parental responsibility")
    await note_parent(torhild, anders.person.name)
    await open_case(torhild, "EL")
    await torhild.press("Decide", "Refuse")
    await torhild.write("Éi teneste er nok no.")
    await torhild.press("Yes, this is right")
    await open_case(torhild, "EL")
    await torhild.press("Look at the refusal")
    await torhild.reads("You proposed this refusal. Another person must look at it.")
    refused = t("Your application {number} is refused.", number=number())
    await marit.press("Read and answer")
    await anders.reads_not(refused)
    await marit.press("Confirm the refusal")
    await anders.reads(refused, verbatim("Éi teneste er nok no."), verbatim("§ 7-2"))
    await anders.press("See my case")
    await anders.expect_last(STATES[CaseState.REFUSED])
    await stage.is_clean()


async def test_an_answer_given_is_not_asked_again_after_a_restart(stage: Stage, tmp_path: Path) -> None:
    solveig = stage.of("Solveig")
    await come_in(solveig, Language.NN)
    await solveig.press("Ask for help", "Me")
    await solveig.write(solveig.person.name)
    async with stage.restarted(tmp_path):
        await solveig.press("18 to 66")
        await solveig.expect_last("Which services are in the picture?")
        await solveig.press("Back", "18 to 66", "I don't remember")
        await solveig.expect_last("Will help be needed for a long time?")
        await expect(solveig.messages.filter(has_text=solveig.words("What is your name?"))).to_have_count(1)
        await stage.is_clean()


async def test_a_language_chosen_half_way_holds_for_the_rest(stage: Stage) -> None:
    solveig = stage.of("Solveig")
    await come_in(solveig, Language.NN)
    await solveig.press("Ask for help", "Me")
    await solveig.write("/sprak")
    await solveig.press(LANGUAGE_NAMES[Language.NB])
    solveig.language = Language.NB
    await solveig.reads("Good. From now on I write like this.")
    await solveig.press(t("Go on: {title}", title=t("Ask for help")))
    await solveig.expect_last("What is your name?")
    await solveig.write(solveig.person.name)
    await solveig.expect_last("How old are you?")
    await stage.is_clean()
