"""Whatever is asked for or sent, by whom and how: an answer of the page, with every header, and never a fault of ours.

The addresses are taken from the application, the names of fields from its templates and code, so that a new page is in it by itself.
Half of the forms are those that stand on a page, with something odd put into them; the others are made up altogether. The same seed sends
the same, and what fails says what was sent.
"""

import asyncio
import random
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import httpx
import pytest
from starlette.routing import Mount, Route

from bot.domain.ids import PersonId
from bot.store import logins
from bot.store.logins import Trust
from bot.web.app import page
from bot.web.security import HEADERS
from bot.web.visits import HERE
from tests.requirements.town import NILS, Town
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import ADDRESS, Form, Visitor
from tests.world import World

ROUNDS = 5
"""How often each reader asks for every address, by every method it has."""
FIELD = re.compile(r"(?:\bname=|\.get\(|getlist\()\"(\w+)\"")
GAP = re.compile(r"\{(\w+)(?::\w+)?\}")
ODD: tuple[bytes, ...] = (
    b"",
    b" \t",
    b"\x00",
    b"\xff\xfe\xed\xa0\x80",
    "²٣④".encode(),
    "‮🙂ø".encode(),
    b"-1",
    b"0",
    b"1",
    b"1001",
    b"9" * 19,
    b"9" * 5000,
    b"1e400",
    b"NaN",
    b"null",
    b'{"begin": "apply", "given": {}}',
    b'{"act": "KeepDraft", "args": {"session": 1, "keep": false}}',
    b"[" * 3000,
    b"2026-02-30",
    b"31.12.99999",
    b"24:61",
    b"01819001002",
    b"a\r\nSet-Cookie: x=y",
    b"../../etc/passwd",
    b"//evil.example",
    b"'; DROP TABLE cases; --",
    b"<script>{{ 7*7 }}</script>",
    b"%s%n%00",
    b"x" * 70_000,
)
PLACES = ("apply", "inbox", "my_case", "citizen", "staff", "page.css", "nothing")


def field_names() -> tuple[str, ...]:
    """Every name that a form of ours has or that is looked for in one."""
    files = [*(HERE / "templates").glob("*.html"), *HERE.glob("*.py")]
    return tuple(sorted({name for file in files for name in FIELD.findall(file.read_text("utf-8"))}))


FIELDS = field_names()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a case that is being looked after and one in which somebody is asked."""

    async def make(path: Path) -> None:
        world = await World.open(path, start=MONDAY)
        town = await Town.of(world)
        await town.appointed(language="Bokmål")
        await town.asks(NILS, await town.applied_and_granted())
        await world.database.close()

    path = tmp_path_factory.mktemp("fuzzed") / "town.db"
    asyncio.run(make(path))
    return path


def every_route(place: Place) -> list[tuple[str, str]]:
    """Every method and address of the application, and one that is not there."""
    found = [("GET", f"{each.path}/{{name}}") for each in place.app.routes if isinstance(each, Mount)]
    for route in place.app.routes:
        if isinstance(route, Route):
            found += [(method, route.path) for method in sorted(route.methods or ())]
    return [*found, ("GET", "/nothing/{name}"), ("PUT", "/mine")]


class Fuzz:
    """One reader's visit: pages, forms with odd words in them, and requests that are no forms at all."""

    def __init__(self, place: Place, visitor: Visitor, chance: random.Random) -> None:
        self.place, self.visitor, self.chance = place, visitor, chance
        self.answered: Counter[int] = Counter()

    async def step(self, method: str, path: str) -> None:
        """One address by one method, and, where it is a page with forms, one of them."""
        if method != "POST":
            await self.send(method, self.address(path))
            if self.visitor.page.forms:
                await self.submit(self.chance.choice(self.visitor.page.forms))
            return
        fields = {self.chance.choice(FIELDS): self.word() for _ in range(self.chance.randint(0, 6))}
        if self.chance.random() < 0.8:
            fields["csrf"] = await self.token()
        await self.send("POST", self.address(path), fields)

    async def submit(self, form: Form) -> None:
        """A form as it stands, with something odd in it."""
        fields = {
            each.name: each.value.encode() for each in form.controls if each.kind not in {"radio", "checkbox"} or self.chance.random() < 0.5
        }
        if form.buttons:
            button = self.chance.choice(form.buttons)
            fields[button.name] = button.value.encode()
        for name in list(fields):
            if self.chance.random() < (0.1 if name in {"csrf", "proof", "meaning"} else 0.3):
                fields[name] = self.word()
        fields.pop("", None)
        await self.send("POST", quote(form.action, safe="/%"), fields)

    async def send(self, method: str, path: str, fields: dict[str, bytes] | None = None) -> None:
        """Send it, and look at what comes back."""
        body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in (fields or {}).items())
        if self.chance.random() < 0.1:
            body += "&" + self.chance.choice(("answer", "=", "&&;", "%", "a=%zz", "answer=1&answer=2", "=".join("abc")))
        kind = (
            "application/x-www-form-urlencoded"
            if self.chance.random() < 0.9
            else self.chance.choice(("", "multipart/form-data", "application/json"))
        )
        headers = {"Origin": ADDRESS, "Content-Type": kind} if method == "POST" else {}
        if self.chance.random() < 0.1:
            headers["Accept-Language"] = self.chance.choice(("", ";;,", "nn;q=x,*", "zz"))
        response = await self.visitor.client.request(method, path, content=body if method == "POST" else None, headers=headers)
        self.check(response, f"{method} {path[:200]} {body[:400]}")
        await self.visitor._see(response)
        self.check(self.visitor.response, f"{method} {path[:200]} {body[:400]}, and where it led")

    def check(self, response: httpx.Response, what: str) -> None:
        """An answer of ours, with every header. Only a login service that does not answer is at fault, and that is not us."""
        self.answered[response.status_code] += 1
        unreachable = response.status_code == 502 and response.url.path.startswith(("/login/", "/goodbye/"))
        assert response.status_code < 500 or unreachable, what
        assert "Traceback" not in response.text, what
        for name in HEADERS:
            assert name in response.headers, (what, name)
        assert "unsafe" not in response.headers["Content-Security-Policy"], what
        assert response.headers["Strict-Transport-Security"], what
        assert len(response.headers.get_list("set-cookie")) <= 2, what

    def word(self) -> bytes:
        return self.chance.choice(ODD) if self.chance.random() < 0.9 else self.chance.randbytes(self.chance.randint(0, 40))

    def address(self, path: str) -> str:
        """An address with something in its gaps, and something asked of it."""

        def fill(gap: re.Match[str]) -> str:
            if ":int" in gap.group():
                return self.chance.choice(("0", "1", "2", "1001", "1002", "9" * 12, "9" * 30, "9" * 5000))
            return quote(self.chance.choice(PLACES)) if self.chance.random() < 0.7 else quote_from_bytes(self.word()[:300], safe="") or "x"

        filled = GAP.sub(fill, path)
        if self.chance.random() < 0.3:
            filled += f"?{self.chance.choice(FIELDS)}={quote_from_bytes(self.word()[:600])}"
        return filled

    async def token(self) -> bytes:
        """The token of this browser's forms."""
        cookie = self.visitor.client.cookies.get("__Host-samrad")
        web = None if cookie is None else await self.place.world.read(lambda tx: logins.find(tx, cookie))
        return b"" if web is None else web.csrf.encode()


READERS: dict[str, tuple[str, Trust] | None] = {
    "nobody": None,
    "the unit": ("SELECT person AS id FROM roles WHERE role = 'ke'", "staff"),
    "a leader": ("SELECT person AS id FROM roles WHERE role = 'leader'", "staff"),
    "a coordinator": ("SELECT person AS id FROM roles WHERE role = 'coordinator' ORDER BY person", "staff"),
    "an applicant": ("SELECT person AS id FROM parties ORDER BY person", "citizen"),
    "an applicant by a link from the chat": ("SELECT person AS id FROM parties ORDER BY person", "handed"),
}


@pytest.fixture
async def place(made: Path, tmp_path: Path) -> AsyncIterator[Place]:
    path = tmp_path / "fuzzed.db"
    shutil.copy(made, path)
    world = await World.open(path, start=MONDAY)
    ticking = iter(range(10**9))
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=lambda: 60.0 * next(ticking))
    made_place = Place(world=world, app=app)
    yield made_place
    for visitor in made_place.visitors:
        await visitor.client.aclose()
    await world.database.close()


async def enter(place: Place, reader: str) -> Visitor:
    """A browser of this reader's."""
    found = READERS[reader]
    if found is None:
        return place.visitor()
    sql, trust = found
    return await place.logged_in(PersonId(await place.world.read(lambda tx: tx.all(sql)[0]["id"])), trust)


@pytest.mark.parametrize("reader", READERS)
async def test_whatever_is_asked_for_or_sent_is_answered_without_a_fault(place: Place, reader: str) -> None:
    answered: Counter[int] = Counter()
    met: set[tuple[str, str]] = set()
    for seed in range(ROUNDS):
        for method, path in every_route(place):
            # What ends a visit is among what is sent: each address is asked for by a browser that is somebody.
            fuzz = Fuzz(place, await enter(place, reader), random.Random(f"{reader} {seed} {method} {path}"))
            await fuzz.step(method, path)
            answered += fuzz.answered
            met.add((method, path))
    assert len(met) > 25
    assert answered[200] > 10 * ROUNDS
    assert {403, 404} <= set(answered), answered
    assert set(answered) & {303, 422}, "some forms were taken in"


def test_the_names_of_fields_are_found_by_themselves() -> None:
    assert {"csrf", "session", "key", "do", "answer", "change", "meaning", "proof", "language", "notice", "words"} <= set(FIELDS)
    assert len(set(ODD)) == len(ODD) > 25
