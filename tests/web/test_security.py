"""What stands in front of the pages: headers, tokens, origins, limits, and that nobody sees what is somebody else's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.outgoing import MessageClass
from bot.engine.texts import Language, t
from bot.services import page as services
from bot.services.municipality import Context
from bot.store import hand_overs, logins, notices, sessions
from bot.store.database import Tx
from bot.store.seal import KeyOwner
from bot.web.app import page
from bot.web.security import FORMS_OF_BROWSER, LARGEST_BODY, LOGINS_OF_ADDRESS
from tests.requirements.town import Town
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import ADDRESS, Visitor
from tests.world import World

PERSONAL = ("/mine", "/messages", "/stored")
HEADERS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


def paths(place: Place) -> list[str]:
    """Every address of the page, with something in its gaps."""
    found = []
    for route in place.app.routes:
        if isinstance(route, Route):
            found.append(route.path.replace("{name}", "apply").replace("{provider}", "citizen").replace("{code}", "x" * 32))
        elif isinstance(route, Mount):
            found.append("/static/page.css")
    return [path.replace("{number}", "1").replace("{number:int}", "1").replace("{case:int}", "1").replace("{case}", "1") for path in found]


async def test_every_answer_of_every_address_carries_every_header(place: Place) -> None:
    known = await place.logged_in(await place.person("Kari Prøve"))
    assert len(paths(place)) > 15
    for visitor in (place.visitor(broken=True), known):
        for path in [*paths(place), "/nothing/here", "/static/nothing.css"]:
            for method in ("GET", "POST", "PUT"):
                response = await visitor.client.request(method, path)
                assert response.status_code < 500 or path.startswith("/login/"), (method, path)
                policy = response.headers["content-security-policy"]
                assert policy.startswith("default-src 'none'")
                assert "unsafe" not in policy
                assert "frame-ancestors 'none'" in policy
                assert response.headers["strict-transport-security"].startswith("max-age=63072000")
                for name, value in HEADERS.items():
                    if not path.startswith("/static") or name != "cache-control":
                        assert response.headers[name] == value, (method, path, name)
                assert "server" not in response.headers


async def test_no_page_has_a_script_or_a_style_in_it(place: Place) -> None:
    visitor = place.visitor()
    for path in ("/", "/login", "/c/apply", "/privacy", "/accessibility", "/nothing"):
        await visitor.get(path)
        assert visitor.response.text.count("<script") == visitor.response.text.count('<script src="/static/') == 1
        assert "style=" not in visitor.response.text
        assert "<style" not in visitor.response.text
        assert "onclick" not in visitor.response.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://samrad.solvik.example", "https://samrad.solvik.example.evil.example"]
)
async def test_a_form_from_another_place_is_refused(place: Place, origin: str) -> None:
    visitor = place.visitor()
    await visitor.post("/c/apply", {"do": "begin"}, origin=origin)
    assert visitor.response.status_code == 403
    assert "__Host-samrad" not in visitor.client.cookies
    assert (await visitor.client.post("/c/apply", data={"do": "begin"})).status_code == 403, "nothing says where it comes from"


async def test_a_form_without_its_token_or_with_anothers_changes_nothing(place: Place) -> None:
    one, other = await place.logged_in(await place.person("Kari Prøve")), await place.logged_in(await place.person("Ola Prøve"))
    await other.get("/mine")
    theirs = other.form("/logout").hidden()["csrf"]
    for token in ("", "x", theirs):
        await one.post("/language", {"csrf": token, "language": "nn"})
        assert one.response.status_code == 403
    await one.get("/mine")
    assert one.page.language == "nb"
    await one.press("Nynorsk")
    assert one.page.language == "nn"


async def test_a_button_that_was_not_offered_to_this_person_means_nothing(place: Place) -> None:
    world = place.world
    town = await Town.of(world)
    applicant = await town.applied(language="Bokmål")
    one = await place.logged_in(await world.person(applicant))
    await one.get("/mine")
    offer = next(form for form in one.page.forms if form.action == "/do" and "my_case" in form.hidden()["meaning"]).hidden()
    await one.post("/do", {**offer, "meaning": offer["meaning"].replace("my_case", "decide")})
    assert one.response.status_code == 403
    other = await place.logged_in(await place.person("Ola Prøve"))
    await other.get("/mine")
    token = other.form("/logout").hidden()["csrf"]
    await other.post("/do", {**offer, "csrf": token})
    assert other.response.status_code == 403


async def test_somebody_elses_conversation_case_and_message_are_not_there(place: Place) -> None:
    world = place.world
    town = await Town.of(world)
    applicant = await town.applied(language="Bokmål")
    owner = await world.person(applicant)
    mine = await place.logged_in(owner)
    await mine.get("/mine")
    await mine.press("Be om hjelp")
    form = mine.question.hidden()
    notice = await world.read(
        lambda tx: notices.add(tx, owner, "Hemmelig", owner=KeyOwner("person", owner), message_class=MessageClass.RIGHTS, told="page")
    )
    stranger = await place.logged_in(await place.person("Ola Prøve"))
    await stranger.get("/mine")
    token = stranger.form("/logout").hidden()["csrf"]
    tries: list[tuple[str, dict[str, object]]] = [
        ("/c/apply", {"csrf": token, "session": form["session"], "key": form["key"], "do": "answer", "answer": "me"}),
        ("/c/apply", {"csrf": token, "session": form["session"], "key": form["key"], "do": "cancel"}),
        ("/c/apply", {"csrf": token, "session": form["session"], "change": form["key"]}),
        ("/messages", {"csrf": token, "notice": notice}),
        ("/messages", {"csrf": token, "notice": "999999"}),
        ("/c/apply", {"csrf": token, "session": "999999", "key": form["key"], "do": "answer", "answer": "me"}),
        ("/c/info", {"csrf": token, "session": form["session"], "key": form["key"], "do": "back"}),
    ]
    answers = set()
    for path, fields in tries:
        await stranger.post(path, fields)
        answers.add((stranger.response.status_code, stranger.text))
    assert len(answers) == 1, "not yours and not there look the same"
    assert stranger.response.status_code == 404
    who = PersonId(await world.read(lambda tx: tx.all("SELECT max(id) AS id FROM people")[0]["id"]))

    def begin(tx: Tx) -> None:
        web = logins.find(tx, stranger.client.cookies["__Host-samrad"])
        assert web is not None
        context = Context(tx=tx, municipality=world.municipality, actor=who)
        for name in ("my_case", "decide", "clarify"):
            entry = world.municipality.registry.named(name)
            assert entry is not None
            with pytest.raises(services.NotFound):
                services.begin(context, web, entry, {"case": "1"})

    await world.read(begin)
    open_ = await world.read(lambda tx: sessions.open_of(tx, owner))
    assert open_ is not None
    assert open_.asked == form["key"]


async def test_without_a_login_nobody_sees_what_is_stored(place: Place) -> None:
    visitor = place.visitor()
    for path in PERSONAL:
        await visitor.get(path)
        assert visitor.path == "/login"
    await visitor.post("/c/apply", {"do": "begin"})
    for path in ("/messages", "/stored", "/c/my_case"):
        await visitor.get(path)
        assert visitor.path == "/login", path


async def test_a_link_from_the_chat_needs_its_button_works_once_and_opens_one_conversation(place: Place) -> None:
    world = place.world
    chat = world.newcomer()
    await world.write(chat, "/start")
    await world.press(chat, "Bokmål", "Yes, go on", "Ask for help", "Me")
    who = await world.person(chat)
    session = await world.read(lambda tx: sessions.open_of(tx, who))
    assert session is not None
    code = await world.read(lambda tx: hand_overs.issue(tx, who, account=chat.account, session=session.id))
    preview, visitor, late = place.visitor(), place.visitor(), place.visitor()
    for _ in range(3):
        await preview.get(f"/h/{code}")
    assert "__Host-samrad" not in preview.client.cookies
    await visitor.get(f"/h/{code}")
    await visitor.press("Fortsett")
    assert visitor.path == "/c/apply"
    assert visitor.question.hidden()["key"] == session.asked
    await late.post(f"/h/{code}", {})
    await late.get(late.path) if late.response.status_code == 405 else None
    assert "__Host-samrad" not in late.client.cookies
    await late.post(f"/h/{'x' * 32}", {})
    assert late.response.status_code == 410
    for path in PERSONAL[1:]:
        await visitor.get(path)
        assert visitor.path == "/login"
    await world.write(chat, "/meny")
    await world.press(chat, "Talk to a human")
    await visitor.get("/c/human")
    assert visitor.path == "/login", "what is opened in the chat afterwards is not opened here"


async def test_staff_see_nothing_by_a_link_from_the_chat(place: Place) -> None:
    who = await place.person("Anne Prøve", Role.KE)
    visitor = await place.logged_in(who, "handed")
    for path in ("/c/staff", "/c/inbox", "/messages", "/stored", "/c/apply"):
        await visitor.get(path)
        assert visitor.path == "/login", path


async def test_what_is_too_large_or_no_form_is_refused(place: Place) -> None:
    visitor = place.visitor()
    await visitor.post("/c/apply", {"answer": "x" * LARGEST_BODY})
    assert visitor.response.status_code == 413
    response = await visitor.client.post("/c/apply", files={"answer": b"x"}, headers={"Origin": ADDRESS})
    assert response.status_code == 415

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"a=" + b"x" * 8192

    headers = {"Origin": ADDRESS, "Content-Type": "application/x-www-form-urlencoded"}
    response = await visitor.client.post("/c/apply", content=endless(), headers=headers)
    assert response.status_code == 413
    assert (await visitor.client.get("/", headers={"Host": "evil.example"})).status_code == 421


async def test_who_is_too_fast_is_asked_to_wait_in_their_own_language(tmp_path: Path) -> None:
    world = await World.open(tmp_path / "fast.db", start=MONDAY)
    now = [0.0]
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=lambda: now[0])
    place = Place(world=world, app=app)
    visitor = await place.logged_in(await place.person("Kari Prøve", language=Language.NN))
    visitor.client.headers["Accept-Language"] = "nn"
    await visitor.get("/mine")
    fields: dict[str, object] = {"csrf": visitor.form("/logout").hidden()["csrf"], "language": "nn"}
    for _ in range(FORMS_OF_BROWSER):
        assert (await visitor.post("/language", fields, follow=False)).status_code == 303
    refused = await visitor.post("/language", fields)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert world.municipality.words(t("A little too fast"), Language.NN, MONDAY) in visitor.text
    now[0] += 60.0
    assert (await visitor.post("/language", fields, follow=False)).status_code == 303
    stranger = place.visitor()
    for _ in range(LOGINS_OF_ADDRESS + 1):
        last = await stranger.client.get("/h/abc")
    assert last.status_code == 429
    for each in place.visitors:
        await each.client.aclose()
    await world.database.close()


async def test_what_goes_wrong_is_said_without_what_went_wrong(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = place.visitor("nn", broken=True)

    def broken(*_: object) -> None:
        raise RuntimeError("Kari Prøve 01819001002")

    monkeypatch.setattr("bot.web.conversations._begin_as_visitor", broken)
    await visitor.post("/c/apply", {"do": "begin"})
    assert visitor.response.status_code == 500
    assert "Noko gjekk gale hos oss" in visitor.text
    assert "Kari" not in visitor.response.text
    assert visitor.response.headers["content-security-policy"].startswith("default-src 'none'")


async def test_reading_ones_case_is_shown_to_the_one_it_is_about(place: Place) -> None:
    world = place.world
    town = await Town.of(world)
    applicant = await town.appointed(language="Bokmål")
    visitor: Visitor = await place.logged_in(await world.person(applicant))
    await visitor.get("/stored")
    assert visitor.response.status_code == 200
    assert "Koordinerende enhet" in visitor.text
    assert "Åpnet saken" in visitor.text
    stranger = await place.logged_in(await place.person("Ola Prøve"))
    await stranger.get("/stored")
    assert "Åpnet saken" not in stranger.text
