"""Every page asked for by everybody: who sees it, and that what is not there looks just like what is not one's own.

The table is written by hand, and must hold every address of the application: one that is new turns this red until it stands here.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from starlette.routing import Mount, Route

from bot.domain.access import GENERAL, Action, Role
from bot.domain.ids import PersonId
from bot.domain.minutes_commands import Then
from bot.engine.registry import Entry
from bot.services.page import OPEN_TO_ALL
from bot.store.logins import Trust
from bot.web.app import page
from conversations import REGISTRY
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.town import Town
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import Visitor
from tests.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")
WHO = (
    "visitor",
    "handed",
    "applicant",
    "other applicant",
    "member",
    "coordinator",
    "other coordinator",
    "unit",
    "leader",
    "admin",
    "auditor",
)
EVERYBODY = dict.fromkeys(WHO, "shown")
LOGGED_IN = {**EVERYBODY, "visitor": "login", "handed": "login"}
NOBODY = dict.fromkeys(WHO, "not there")
ELSEWHERE = {**NOBODY, "visitor": "login", "handed": "login"}
AT_WORK = ELSEWHERE | dict.fromkeys(("coordinator", "other coordinator", "unit", "leader"), "shown")
AT_UNIT = ELSEWHERE | {"unit": "shown"}
OF_THE_CASE = ELSEWHERE | dict.fromkeys(("applicant", "coordinator", "unit"), "shown")
OF_THE_MINUTES = OF_THE_CASE | {"member": "shown"}
OF_THE_MEETING = OF_THE_MINUTES
PAGES: dict[str, dict[str, str]] = {
    "/": EVERYBODY,
    "/accessibility": EVERYBODY,
    "/privacy": EVERYBODY,
    "/login": EVERYBODY,
    "/healthz": EVERYBODY,
    "/goodbye/{provider}": EVERYBODY,
    "/h/{code}": EVERYBODY,
    "/mine": {**EVERYBODY, "visitor": "login"},
    "/messages": LOGGED_IN,
    "/code": LOGGED_IN,
    "/desk": AT_WORK,
    "/desk/figures": AT_UNIT,
    "/desk/figures.csv": AT_UNIT,
    "/desk/register.csv": AT_UNIT,
    "/case/{number:int}": OF_THE_CASE,
    "/case/{number:int}/contacts": ELSEWHERE | dict.fromkeys(("applicant", "coordinator"), "shown"),
    "/case/{number:int}/decision/{decision:int}": OF_THE_CASE,
    "/case/{number:int}/decision/{decision:int}/pdf": OF_THE_CASE,
    "/case/{number:int}/document/{document:int}": OF_THE_CASE,
    "/case/{number:int}/minutes/{document:int}": OF_THE_MINUTES,
    "/meeting/{meeting:int}": OF_THE_MEETING,
    "/meeting/{meeting:int}/invitation.pdf": OF_THE_MEETING,
    "/meeting/{meeting:int}/calendar.ics": OF_THE_MEETING,
    "/desk/figures/{month}": ELSEWHERE,
    "/a/{code}": NOBODY,
}
BESIDE = {
    "/stored": "asks for a new login: tests/web/test_fresh_login.py",
    "/stored/all": "asks for a new login too",
    "/stored/file/{form}": "asks for a new login too",
    "/login/{provider}": "leads away: tests/web/test_login.py",
    "/login/{provider}/callback": "comes back from there: tests/web/test_login.py",
    "/c/{name}": "each conversation, below",
    "/c/{name}/end": "each conversation, below",
    "/mini-app": "only where Telegram's word is known: tests/web/test_mini_app.py",
}
"""What is held elsewhere, with where."""
TOKENS = re.compile(r'(?<=value=")[A-Za-z0-9_-]{22,}|100[0-9]|1999')


@dataclass
class Doors:
    """Everybody's browser."""

    place: Place
    browsers: dict[str, Visitor]

    async def answer(self, who: str, path: str) -> tuple[str, int, str]:
        """What somebody gets: in a word, the status, and the page without its tokens and numbers."""
        response = await self.browsers[who].client.get(path)
        if response.is_redirect:
            assert response.headers["location"].startswith("/login"), (who, path, response.headers["location"])
            return "login", response.status_code, ""
        assert response.status_code in {200, 403, 404, 410}, (who, path, response.status_code)
        return "shown" if response.status_code == 200 else "not there", response.status_code, TOKENS.sub("…", response.text)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def doors(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Doors]:
    world = await World.open(tmp_path_factory.mktemp("doors") / "doors.db", start=MONDAY)
    town = await Town.of(world)
    held = await Held.of(await Table.within(town))
    await held.writes(then=Then.SEND)
    applicant = held.kari
    other = await town.applied()
    ticking = iter(range(10**9))
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=lambda: float(next(ticking)))
    place = Place(world=world, app=app)
    people: dict[str, tuple[PersonId, Trust]] = {
        "handed": (await world.person(applicant), "handed"),
        "applicant": (await world.person(applicant), "citizen"),
        "other applicant": (await world.person(other), "citizen"),
        "member": (await world.person(held.solveig), "citizen"),
        "coordinator": (await world.person(town.nora), "staff"),
        "other coordinator": (await world.person(town.nils), "staff"),
        "unit": (await world.person(town.anne), "staff"),
        "leader": (await world.person(await world.staff("Tor Prøve", Role.LEADER, department="kultur_oppvekst")), "staff"),
        "admin": (await place.person("Ada Prøve", Role.ADMIN), "staff"),
        "auditor": (await place.person("Rita Prøve", Role.AUDITOR), "staff"),
    }
    browsers = {"visitor": place.visitor(), **{name: await place.logged_in(*who) for name, who in people.items()}}
    yield Doors(place=place, browsers=browsers)
    for visitor in place.visitors:
        await visitor.client.aclose()
    await world.database.close()


def address(path: str, number: str = "1001", meeting: str = "1") -> str:
    """An address with something in its gaps."""
    given = {"{provider}": "citizen", "{code}": "x" * 32, "{number:int}": number, "{meeting:int}": meeting}
    for gap, value in (given | {"{decision:int}": "1", "{document:int}": "1"}).items():
        path = path.replace(gap, value)
    return path


async def test_every_address_that_can_be_read_stands_in_the_table(doors: Doors) -> None:
    found = {route.path for route in doors.place.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())}
    mounted = {route.path for route in doors.place.app.routes if isinstance(route, Mount)}
    assert found - set(PAGES) - set(BESIDE) == set(), "say in PAGES who may see it"
    assert set(PAGES) <= found
    assert mounted == {"/static"}


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_shown_to_those_it_is_for_and_is_not_there_for_others(doors: Doors, path: str) -> None:
    assert {who: (await doors.answer(who, address(path)))[0] for who in WHO} == PAGES[path]


@pytest.mark.parametrize("path", [path for path in PAGES if {"{number:int}", "{meeting:int}"} & set(path.split("/"))])
async def test_not_yours_and_not_there_are_the_same_bytes(doors: Doors, path: str) -> None:
    for who in WHO:
        yours, nowhere = [await doors.answer(who, address(path, *which)) for which in (("1001", "1"), ("1999", "99"))]
        if PAGES[path][who] == "shown":
            assert nowhere[0] == "not there"
        else:
            assert yours == nowhere, who


OF_STAFF = {
    "hand_over": {"coordinator", "other coordinator", "unit", "leader"},
    "register": {"unit"},
    "protected_address": {"unit"},
    "own_decision": {"unit", "leader"},
}
"""Who begins what is listed for staff. Another conversation's own row in the table of rights says it."""
STANDING = {
    "coordinator": Role.COORDINATOR,
    "other coordinator": Role.COORDINATOR,
    "unit": Role.KE,
    "leader": Role.LEADER,
    "admin": Role.ADMIN,
    "auditor": Role.AUDITOR,
}


def who_begins(entry: Entry) -> set[str]:
    """Those who can begin it by its address, once they have logged in. What is about a case is begun from the case."""
    if entry.name in OF_STAFF:
        return OF_STAFF[entry.name]
    if not (entry.staff or entry.menu is not None or entry.action in OPEN_TO_ALL):
        return set()
    # What is a right in a case only begins with the choice among one's own, of which there may be none.
    wanted = GENERAL.get(Action(entry.action), frozenset({Role.ANYONE}))
    return {who for who in WHO if Role.ANYONE in wanted or STANDING.get(who) in wanted}


@pytest.mark.parametrize("entry", tuple(REGISTRY), ids=lambda entry: entry.name)
async def test_a_conversation_is_not_there_for_those_who_may_not_begin_it(doors: Doors, entry: Entry) -> None:
    allowed = who_begins(entry)
    for who in set(WHO) - {"visitor", "handed"}:
        browser = doors.browsers[who]
        nowhere = await doors.answer(who, "/c/nothing")
        assert nowhere[0] == "not there"
        found = await doors.answer(who, f"/c/{entry.name}")
        ended = await doors.answer(who, f"/c/{entry.name}/end")
        assert ended == nowhere, (who, "nothing has ended yet")
        if who in allowed:
            assert found[0] == "shown", who
            continue
        assert found == nowhere, who
        await browser.get("/mine")
        csrf = browser.form("/logout").hidden()["csrf"]
        for fields in ({"do": "begin"}, {"do": "answer", "session": "1", "key": "x"}, {"change": "x", "session": "1"}):
            response = await browser.post(f"/c/{entry.name}", {"csrf": csrf, **fields}, follow=False)
            assert ("not there", response.status_code, TOKENS.sub("…", response.text)) == nowhere, (who, fields)


@pytest.mark.parametrize("entry", tuple(REGISTRY), ids=lambda entry: entry.name)
async def test_without_a_login_a_conversation_is_open_only_where_it_tells_nothing(doors: Doors, entry: Entry) -> None:
    for path in (f"/c/{entry.name}", f"/c/{entry.name}/end"):
        expected = "shown" if entry.action in OPEN_TO_ALL and not path.endswith("/end") else "login"
        assert (await doors.answer("visitor", path))[0] == expected
