"""What opens more to others, or shows all that is stored, takes a login of the last ten minutes; taking it back takes none."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_type_hints
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.demo_logins import inhabitant, provider
from bot.domain.channel import AllowPractical, Mute, Unlink
from bot.domain.choices import PrivacyLevel
from bot.domain.commands import StopChannel
from bot.domain.fresh_login import FRESH, NEEDS_FRESH_LOGIN, needs_fresh_login
from bot.domain.ids import PersonId
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.services.commands import HANDLERS, carry_out
from bot.services.fresh_login import FreshLoginNeeded
from bot.services.municipality import Context
from bot.store import channels, logins, people
from bot.store.database import Tx
from bot.web.app import page
from bot.web.page_settings import PageSettings, citizens
from tests.web.conftest import MONDAY, Place
from tests.web.visitor import ADDRESS, Visitor
from tests.world import World

KARI = "Kari Prøve"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with ExitStack() as stack:
        yield stack.enter_context(provider([inhabitant(KARI)]))


@pytest.fixture
async def place(tmp_path: Path, service: str) -> AsyncIterator[Place]:
    world = await World.open(tmp_path / "fresh.db", start=MONDAY)
    settings = PageSettings(public_url=ADDRESS, citizen=citizens(service, "samrad", "secret"))
    made = Place(world=world, app=page(world.database, world.municipality, settings=settings, clock=world.clock))
    yield made
    for visitor in made.visitors:
        await visitor.client.aclose()
    await world.database.close()


async def log_in(visitor: Visitor, query: str = "") -> dict[str, str]:
    """Through the login service and back; what was asked of it."""
    away = (await visitor.client.get(f"/login/citizen{query}")).headers["location"]
    async with httpx.AsyncClient() as browser:
        back = (await browser.post(away, data={"sub": KARI})).headers["location"]
    await visitor.get(back.removeprefix(ADDRESS))
    return {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}


async def test_what_is_stored_is_shown_for_ten_minutes_and_then_after_one_more_login(place: Place) -> None:
    visitor = place.visitor()
    asked = await log_in(visitor)
    assert "prompt" not in asked
    await visitor.get("/stored")
    assert visitor.path == "/stored"
    await place.world.turn(FRESH + timedelta(seconds=5))
    await visitor.get("/stored")
    assert visitor.path == "/login"
    assert "logge inn en gang til" in visitor.text
    assert 'href="/login/citizen?next=/stored&amp;again=yes"' in visitor.response.text
    await visitor.get("/messages")
    assert visitor.path == "/messages", "all else goes on as before"
    asked = await log_in(visitor, "?next=/stored&again=yes")
    assert (asked["prompt"], asked["max_age"]) == ("login", "600")
    assert visitor.path == "/stored"


@pytest.mark.parametrize(("said", "shown"), [(None, False), (-3600, False), (3600, False), (-300, True)])
async def test_a_login_service_must_say_that_the_person_was_asked_now(place: Place, said: int | None, shown: bool) -> None:
    with provider([inhabitant(KARI)], asked=lambda: None if said is None else int(time.time()) + said) as issuer:
        settings = PageSettings(public_url=ADDRESS, citizen=citizens(issuer, "samrad", "secret"))
        other = replace(place, app=page(place.world.database, place.world.municipality, settings=settings, clock=place.world.clock))
        visitor = other.visitor()
        await log_in(visitor)
        assert visitor.path == "/mine"
        await visitor.get("/stored")
        assert (visitor.path == "/stored") is shown
        await log_in(visitor, "?next=/stored&again=yes")
        assert (visitor.path == "/stored") is shown
        assert ("spurte deg ikke på nytt" in visitor.text) is not shown


def made(kind: type[Command[object]]) -> Command[object]:
    """One of it, with a yes where it can be said. It is refused before anybody reads the rest of it."""
    command = object.__new__(kind)
    if "yes" in get_type_hints(kind):
        object.__setattr__(command, "yes", True)
    return command


@pytest.mark.parametrize("kind", sorted(NEEDS_FRESH_LOGIN, key=repr))
async def test_each_such_command_is_refused_without_a_new_login_wherever_it_comes_from(place: Place, kind: type[Command[object]]) -> None:
    world = place.world
    chat = world.newcomer()
    await world.write(chat, "/start")
    assert kind in HANDLERS

    def tried(tx: Tx) -> None:
        who = people.of_account(tx, chat.account)
        assert who is not None
        with pytest.raises(FreshLoginNeeded):
            carry_out(Context(tx=tx, municipality=world.municipality, actor=who), made(kind))
        linked = Context(tx=tx, municipality=replace(world.municipality, citizens_log_in=True), actor=who, account=chat.account)
        with pytest.raises(Refused) as refused:
            carry_out(linked, made(kind))
        assert "secure page" in refused.value.reason.msgid

    await world.read(tried)


async def test_a_chat_that_a_login_has_confirmed_may_and_so_may_one_where_nobody_logs_in(place: Place) -> None:
    world = place.world
    chat = world.newcomer()
    await world.write(chat, "/start")

    def tried(tx: Tx) -> None:
        who = people.of_account(tx, chat.account)
        assert who is not None
        linked = Context(tx=tx, municipality=world.municipality, actor=who, account=chat.account)
        carry_out(linked, AllowPractical(yes=True))
        carry_out(linked, AllowPractical(yes=False))
        logins.confirm_chat(tx, chat.account, who)
        carry_out(replace(linked, municipality=replace(world.municipality, citizens_log_in=True)), AllowPractical(yes=True))
        assert channels.of(tx, who).practical

    await world.read(tried)


def test_taking_back_never_waits_for_a_login() -> None:
    assert timedelta(minutes=10) == FRESH
    assert needs_fresh_login(AllowPractical(yes=True))
    for command in (AllowPractical(yes=False), Mute(yes=True), StopChannel(), Unlink()):
        assert not needs_fresh_login(command)


async def test_on_the_page_the_decisive_press_asks_for_a_login_and_nothing_is_changed_before(place: Place) -> None:
    world = place.world
    object.__setattr__(world.municipality, "level", PrivacyLevel.PRACTICAL)
    chat = world.newcomer()
    await world.write(chat, "/start")
    visitor = place.visitor()
    await log_in(visitor)
    who = await world.read(lambda tx: PersonId(tx.all("SELECT person FROM identities")[0]["person"]))
    await world.read(lambda tx: tx.execute("UPDATE accounts SET person = :who", who=who))
    await world.turn(FRESH + timedelta(seconds=5))
    await visitor.get("/mine")
    await visitor.press("Hva som kan komme i chatten")
    await visitor.answer("times")
    await visitor.answer("yes")
    assert visitor.path == "/login"
    assert "logge inn en gang til" in visitor.text
    assert not (await world.read(lambda tx: channels.of(tx, who))).practical
    await log_in(visitor, "?next=/c/channel&again=yes")
    assert visitor.path == "/c/channel", "it stands where it stood"
    await visitor.answer("yes")
    assert (await world.read(lambda tx: channels.of(tx, who))).practical
    assert visitor.path == "/c/channel/end"
