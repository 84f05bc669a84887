"""Logging in, with real OpenID Connect providers on loopback: who comes in, who does not, and what a login leads to."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import pytest

from bot.demo_logins import User, email, employee, inhabitant, provider
from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.store import links, logins, people, sessions
from bot.web.app import page
from bot.web.page_settings import PageSettings, citizens, staff
from tests.requirements.town import Town
from tests.web.conftest import MONDAY, Place
from tests.web.visitor import ADDRESS, Visitor
from tests.world import World

KARI, ANNE = "Kari Prøve", "Anne Prøve"


def claims(sub: str, **said: object) -> User:
    return User(sub=sub, claims={"acr": "idporten-loa-high", "amr": ["BankID"], **said})


CITIZENS = (
    inhabitant(KARI),
    claims("with a number", pid="01819001002"),
    claims("substantial", acr="idporten-loa-substantial"),
    claims("no level", acr=None),
    claims("no way", amr=[]),
    claims("weak way", amr=["Minid-PIN"]),
    claims("test login", amr=["TestID"]),
)
STAFF = (employee(ANNE, email(ANNE)), employee("Nobody Here", "nobody@solvik.example"))


@pytest.fixture(scope="module")
def issuers() -> Iterator[tuple[str, str]]:
    with ExitStack() as both:
        yield both.enter_context(provider(CITIZENS)), both.enter_context(provider(STAFF))


@pytest.fixture
async def place(tmp_path: Path, issuers: tuple[str, str]) -> AsyncIterator[Place]:
    world = await World.open(tmp_path / "login.db", start=MONDAY)
    settings = PageSettings(
        public_url=ADDRESS, citizen=citizens(issuers[0], "samrad", "a secret"), staff=staff(issuers[1], "samrad", "a secret")
    )
    made = Place(world=world, app=page(world.database, world.municipality, settings=settings, clock=world.clock))
    yield made
    for visitor in made.visitors:
        await visitor.client.aclose()
    await world.database.close()


async def at_provider(visitor: Visitor, kind: str = "citizen", *, query: str = "", **changed: str) -> dict[str, str]:
    """Off to the login service; what we asked of it."""
    response = await visitor.client.get(f"/login/{kind}{query}")
    assert response.status_code == 303, response.text
    parts = urlsplit(response.headers["location"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    visitor.wanted = urlunsplit(parts._replace(query=urlencode({**asked, **changed})))  # type: ignore[attr-defined]
    return asked


async def says_who(visitor: Visitor, who: str) -> str:
    """Choose somebody at the login service; the way back to the page."""
    wanted: Any = visitor.wanted  # type: ignore[attr-defined]
    async with httpx.AsyncClient() as browser:
        response = await browser.post(wanted, data={"sub": who})
    assert response.status_code == 302, response.text
    back: str = response.headers["location"]
    assert back.startswith(f"{ADDRESS}/login/")
    return back.removeprefix(ADDRESS)


async def log_in(visitor: Visitor, who: str, kind: str = "citizen", *, query: str = "") -> None:
    await at_provider(visitor, kind, query=query)
    await visitor.get(await says_who(visitor, who))


async def everything(place: Place) -> str:
    """All that is stored, as it lies in the file."""
    path = await place.world.read(lambda tx: tx.all("PRAGMA database_list")[0]["file"])
    return "".join(await asyncio.gather(*(asyncio.to_thread(_bytes, Path(each)) for each in (path, f"{path}-wal"))))


def _bytes(path: Path) -> str:
    return path.read_bytes().decode("latin-1")


async def test_the_first_login_makes_a_person_and_the_next_one_finds_it(place: Place) -> None:
    first = place.visitor()
    asked = await at_provider(first)
    assert asked["redirect_uri"] == f"{ADDRESS}/login/citizen/callback"
    assert (asked["response_type"], asked["code_challenge_method"], asked["acr_values"]) == ("code", "S256", "idporten-loa-high")
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    assert len(asked["code_challenge"]) == 43
    await first.get(await says_who(first, KARI))
    assert first.path == "/mine"
    assert "Du er logget inn" in first.text
    await log_in(place.visitor(), KARI)
    rows = await place.world.read(lambda tx: tx.all("SELECT person FROM identities"))
    assert len(rows) == 1


async def test_the_national_identity_number_is_nowhere(place: Place) -> None:
    visitor = place.visitor()
    await log_in(visitor, "with a number")
    assert visitor.path == "/mine"
    stored = await everything(place)
    assert "01819001002" not in stored
    assert "with a number" not in stored
    assert "01819001002" not in visitor.response.text


@pytest.mark.parametrize("who", ["substantial", "no level", "no way", "weak way", "test login"])
async def test_a_login_that_is_too_weak_lets_nobody_in(place: Place, who: str) -> None:
    visitor = place.visitor()
    await log_in(visitor, who)
    assert visitor.response.status_code == 403
    assert "ikke sikker nok" in visitor.text
    assert "__Host-samrad" not in visitor.client.cookies
    assert await place.world.read(lambda tx: tx.all("SELECT * FROM identities")) == []


async def test_a_login_works_once_and_in_its_own_browser_only(place: Place) -> None:
    visitor, thief = place.visitor(), place.visitor()
    await at_provider(visitor)
    back = await says_who(visitor, KARI)
    await thief.get(back)
    assert thief.response.status_code == 403
    await visitor.get(back)
    assert visitor.response.status_code == 403, "the attempt is spent, whoever tried"
    await log_in(visitor, KARI)
    assert visitor.path == "/mine"
    await at_provider(visitor)
    again = await says_who(visitor, KARI)
    assert (await visitor.client.get(again)).status_code == 303
    assert (await visitor.client.get(again)).status_code == 403


@pytest.mark.parametrize("changed", [{"nonce": "another"}, {"state": "another"}])
async def test_another_nonce_or_state_lets_nobody_in(place: Place, changed: dict[str, str]) -> None:
    visitor = place.visitor()
    await at_provider(visitor, **changed)
    await visitor.get(await says_who(visitor, KARI))
    assert visitor.response.status_code == 403
    assert "__Host-samrad" not in visitor.client.cookies


async def test_an_attempt_gets_too_old(place: Place) -> None:
    visitor = place.visitor()
    await at_provider(visitor)
    back = await says_who(visitor, KARI)
    await place.world.turn(logins.ATTEMPT)
    await visitor.get(back)
    assert visitor.response.status_code == 403


async def test_who_gives_up_is_told_that_one_can_try_again(place: Place) -> None:
    visitor = place.visitor()
    asked = await at_provider(visitor)
    await visitor.get(f"/login/citizen/callback?error=access_denied&state={asked['state']}")
    assert "Du logget ikke inn" in visitor.text


async def test_staff_come_in_by_what_the_staff_file_says_and_nobody_else_does(place: Place) -> None:
    who = await place.person(ANNE, Role.KE)
    await place.world.read(lambda tx: logins.set_staff_login(tx, who, email(ANNE).upper()))
    visitor = place.visitor()
    await log_in(visitor, ANNE, "staff")
    assert visitor.path == "/mine"
    assert "For ansatte" in visitor.text
    other = place.visitor()
    await log_in(other, "Nobody Here", "staff")
    assert other.response.status_code == 403
    assert "__Host-samrad" not in other.client.cookies


async def test_staff_do_not_come_in_by_the_inhabitants_login(place: Place) -> None:
    visitor = place.visitor()
    await log_in(visitor, KARI)
    who = await place.world.read(lambda tx: PersonId(tx.all("SELECT person FROM identities")[0]["person"]))
    await place.world.read(lambda tx: people.give_role(tx, who, Role.KE, None))
    await visitor.get("/mine")
    assert visitor.path == "/login"
    await log_in(visitor, KARI)
    assert visitor.response.status_code == 403


async def test_what_was_written_before_the_login_comes_along_only_where_one_says_so(place: Place) -> None:
    for query, found in (("", False), ("?take=yes", True)):
        visitor = place.visitor()
        await visitor.post("/c/apply", {"do": "begin"})
        await visitor.answer("me")
        await log_in(visitor, KARI, query=query)
        assert ("Fortsett: Be om hjelp" in visitor.text) is found


async def test_a_login_from_a_link_in_the_chat_confirms_the_chat_where_one_says_so(place: Place) -> None:
    world = place.world
    chat = world.newcomer()
    await world.write(chat, "/start")
    await world.press(chat, "Bokmål", "Yes, go on", "Ask for help", "Me")
    who = await world.person(chat)
    session = await world.read(lambda tx: sessions.open_of(tx, who))
    assert session is not None
    for query, confirmed in (("?next=/c/apply", "none"), ("?next=/c/apply&take=yes", "confirmed")):
        visitor = await place.logged_in(who, "handed", handed=session.id)
        await log_in(visitor, KARI, query=query)
        rows = await world.read(lambda tx: tx.all("SELECT link FROM accounts WHERE id = :id", id=chat.account))
        assert rows[0]["link"] == confirmed
    assert await world.person(chat) == await world.read(lambda tx: tx.all("SELECT person FROM identities")[0]["person"])


async def test_logging_out_ends_it_here_and_offers_to_end_it_there(place: Place) -> None:
    visitor = place.visitor()
    await log_in(visitor, KARI)
    token = visitor.client.cookies["__Host-samrad"]
    await visitor.press("Logg ut")
    assert visitor.path == "/goodbye/citizen"
    assert re.search(
        r'href="http://localhost:\d+/oauth2/end_session\?client_id=samrad&amp;post_logout_redirect_uri=', visitor.response.text
    )
    visitor.client.cookies.set("__Host-samrad", token, domain="samrad.solvik.example", path="/")
    await visitor.get("/mine")
    assert visitor.path == "/login"


async def test_the_cookie_is_a_new_one_after_each_login_and_is_locked_away(place: Place) -> None:
    visitor = place.visitor()
    await visitor.post("/c/apply", {"do": "begin"})
    before = visitor.client.cookies["__Host-samrad"]
    await at_provider(visitor)
    response = await visitor.client.get(await says_who(visitor, KARI))
    said = next(each for each in response.headers.get_list("set-cookie") if each.startswith("__Host-samrad="))
    assert before not in said
    assert all(flag in said for flag in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert "Domain" not in said
    assert "Max-Age" not in said
    stored = await everything(place)
    assert said.partition("=")[2].partition(";")[0] not in stored


@pytest.mark.parametrize(
    "goes_to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/mine?x=https://e"]
)
async def test_a_login_leads_only_to_this_page(place: Place, goes_to: str) -> None:
    visitor = place.visitor()
    await at_provider(visitor, query="?" + urlencode({"next": goes_to}))
    response = await visitor.client.get(await says_who(visitor, KARI))
    assert response.headers["location"] == "/mine"


async def test_a_login_service_that_does_not_answer_is_said(tmp_path: Path) -> None:
    world = await World.open(tmp_path / "away.db", start=MONDAY)
    settings = PageSettings(public_url=ADDRESS, citizen=citizens("http://127.0.0.1:9", "samrad", None))
    visitor = Visitor(page(world.database, world.municipality, settings=settings, clock=world.clock), language="nn")
    await visitor.get("/login/citizen")
    assert visitor.response.status_code == 502
    assert "svarar ikkje" in visitor.text
    await visitor.client.aclose()
    await world.database.close()


async def test_a_code_from_the_unit_says_who_a_login_is_once_and_no_wrong_one_does(place: Place) -> None:
    world = place.world
    town = await Town.of(world)
    applicant = await world.person(await town.applied(language="Bokmål"))
    code = await world.read(lambda tx: links.issue(tx, applicant))
    of_staff = await world.read(lambda tx: links.issue(tx, PersonId(1)))
    visitor, other = place.visitor(), place.visitor()
    await log_in(visitor, KARI)
    assert "Sak 1001" not in visitor.text
    for wrong in ("", "ACDEF HJKLM", of_staff.spoken):
        await visitor.get("/code")
        await visitor.press("Neste", answer=wrong)
        assert visitor.response.status_code == 422
        assert "Koden virket ikke" in visitor.text
    await visitor.press("Neste", answer=code.spoken)
    assert visitor.path == "/mine"
    assert "Sak 1001" in visitor.text
    await log_in(other, "with a number")
    await other.get("/code")
    await other.press("Neste", answer=code.spoken)
    assert other.response.status_code == 422
    again = place.visitor()
    await log_in(again, KARI)
    assert "Sak 1001" in again.text
    assert len(await world.read(lambda tx: tx.all("SELECT * FROM identities WHERE person = :who", who=applicant))) == 1


async def test_only_so_many_wrong_codes_an_hour(place: Place) -> None:
    who = await place.person("Ola Prøve")
    code = await place.world.read(lambda tx: links.issue(tx, who))
    visitor = place.visitor()
    await log_in(visitor, KARI)
    await visitor.get("/code")
    for _ in range(links.WRONG_TRIES):
        await visitor.press("Neste", answer="ACDEF HJKLM")
    await visitor.press("Neste", answer=code.spoken)
    assert visitor.response.status_code == 422, "the right one comes too late"
    await place.world.turn(links.TRIES_WITHIN)
    await log_in(visitor, KARI)
    await visitor.get("/code")
    await visitor.press("Neste", answer=code.spoken)
    assert visitor.path == "/mine"
