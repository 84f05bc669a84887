"""Conversations on the page: each of the registry, from a button to its last words, without a line written for it; and half in the chat."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import pytest

from bot.domain.access import Role
from bot.domain.cases import DecisionKind
from bot.domain.commands import Decide
from bot.domain.ids import CaseId, PersonId
from bot.domain.training import AskGuidance, GuidanceTopic
from bot.engine.registry import Entry
from bot.engine.texts import Language, t
from bot.services import page as services
from bot.services.municipality import Context
from bot.services.page import NotFound
from bot.store import assignments, cases, logins, people, sessions, tasks
from bot.store.database import Tx
from bot.talk_cast import Far
from bot.talk_setting import scene_of
from conversations import REGISTRY
from tests.requirements.circle_walks import ALL, TROND, Around
from tests.requirements.town import NILS, Town
from tests.web.conftest import MONDAY, Place
from tests.web.set_cases import Settings, close, whose, with_page
from tests.web.visitor import Visitor
from tests.world import World

ONLY_TELLS = {"hand_over_pack": "sak 1001: ", "own_pack": "Koordinerende enhet"}
"""Conversations that tell something and ask nothing, with a little of what they tell."""
LONGEST = 45
WAYS = 3
NUMBER = "01819001002"
ENGLISH = re.compile(r"\b(?:the|you|your|this|please|answer|case)\b")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with cases on every step."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    asyncio.run(make(path))
    return path


async def make(path: Path) -> None:
    """One with a circle, one applied, a leader asked, a candidate asked, a refusal proposed, and a message to a human."""
    world = await World.open(path, start=MONDAY)
    town = await Town.of(world)
    around = Around(town, await town.appointed(language="Bokmål"))
    takes_part, is_asked = await around.add(), await around.add(TROND, service="nav")
    await around.consent({takes_part: ALL, is_asked: ALL})
    await around.joined(takes_part)
    await around.invited(is_asked)
    await town.applied()
    await town.asks(NILS, await town.applied_and_granted())
    await world.write(town.applicants[0], "Kan noen ringe meg?")
    await town.asks(NILS, await town.applied_and_granted())
    await town.leader_agrees()
    await town.applied()
    last = await world.read(lambda tx: CaseId(tx.all("SELECT max(id) AS id FROM cases")[0]["id"]))
    await town.does(town.anne, Decide(case=last, kind=DecisionKind.REFUSE, granted=None, reason="Hjelpen er kortvarig."))
    await town.does(town.nora, AskGuidance(topic=GuidanceTopic.ROLE, words=None))
    await world.database.close()


@pytest.fixture
async def busy(made: Path, tmp_path: Path) -> AsyncIterator[Place]:
    """The page of a municipality with cases on every step."""
    path = tmp_path / "busy.db"
    shutil.copy(made, path)
    place = with_page(await World.open(path, start=MONDAY))
    yield place
    await close(place)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(tmp_path_factory.mktemp("settings"))


def later(entry: Entry) -> bool:
    """Does it need more than a coordinator's yes?"""
    return scene_of(entry).far > Far.ACCEPTED


def givens(tx: Tx) -> list[dict[str, str]]:
    """What a conversation can be begun with here: nothing, and everything there is by its id."""
    found: list[dict[str, str]] = [{}]
    for row in tx.all("SELECT id FROM cases ORDER BY id"):
        case = CaseId(row["id"])
        common = {"case": str(case)}
        found += [{**common, "checklist": "ke"}, {**common, "checklist": "coordinator"}]
        found += [{**common, "assignment": str(each.id), "checklist": "ke"} for each in assignments.of_case(tx, case)]
        found += [{**common, "decision": str(each["id"])} for each in tx.all("SELECT id FROM decisions WHERE case_id = :id", id=case)]
    for task in tasks.open_tasks(tx):
        found += [{"task": str(task.id)}, {"task": str(task.id), "inquiry": "1"}]
    return found


async def who_may(world: World) -> list[PersonId]:
    """Everybody, staff first: somebody among them may begin it."""
    rows = await world.read(
        lambda tx: tx.all("SELECT id FROM people ORDER BY (SELECT count(*) FROM roles WHERE person = people.id) DESC, id")
    )
    return [PersonId(row["id"]) for row in rows]


async def begin(place: Place, entry: Entry, who: PersonId, given: dict[str, str]) -> Visitor | None:
    """A browser in which this person has just begun it; None where it is not theirs to begin."""
    staff = bool(await place.world.read(lambda tx: people.standing_roles(tx, who)))
    visitor = await place.logged_in(who, "staff" if staff else "citizen")
    token = visitor.client.cookies["__Host-samrad"]

    def work(tx: Tx) -> bool:
        web = logins.find(tx, token)
        assert web is not None
        try:
            services.begin(Context(tx=tx, municipality=place.world.municipality, actor=who), web, entry, given)
        except (NotFound, KeyError):
            return False
        return True

    return visitor if await place.world.read(work) else None


@pytest.mark.parametrize("entry", [each for each in REGISTRY if not later(each)], ids=lambda entry: entry.name)
async def test_each_conversation_is_walked_from_its_beginning_to_its_last_words(busy: Place, entry: Entry) -> None:
    walked = questions = 0
    for who in await who_may(busy.world):
        for given in await busy.world.read(givens):
            if walked >= WAYS:
                break
            if (visitor := await begin(busy, entry, who, given)) is not None:
                asked = await walk(visitor, entry, walked)
                questions += asked
                walked += bool(asked)
    assert walked, f"nobody could begin {entry.name}"
    assert questions


@pytest.mark.parametrize("entry", [each for each in REGISTRY if later(each)], ids=lambda entry: entry.name)
async def test_each_conversation_of_a_case_under_way_is_walked_to_its_last_words(settings: Settings, tmp_path: Path, entry: Entry) -> None:
    scene, questions = scene_of(entry), 0
    for way in range(WAYS):
        place, setting = await settings.opened(scene.far, tmp_path / f"{way}.db")
        who = await whose(place, setting, scene.player)
        visitor = await begin(place, entry, who, setting.given(scene, scene.player))
        assert visitor is not None, f"the {scene.player} could not begin {entry.name}"
        questions += await walk(visitor, entry, way)
        if entry.name in ONLY_TELLS:
            assert ONLY_TELLS[entry.name] in visitor.text
        await close(place)
    assert questions or entry.name in ONLY_TELLS


async def walk(visitor: Visitor, entry: Entry, seed: int) -> int:
    """Answer whatever is asked until it ends; how much was asked. Every page must be whole."""
    await visitor.get(f"/c/{entry.name}")
    for step in range(LONGEST):
        if visitor.response.status_code == 404 or visitor.path.endswith("/end"):
            break
        assert visitor.response.status_code == 200, (visitor.path, visitor.text[-400:])
        if visitor.path == "/mine" or any(form.button("begin") for form in visitor.page.forms):
            break
        assert visitor.path == f"/c/{entry.name}"
        if any(form.button("look") for form in visitor.page.forms):
            await visitor.press({"nb": "Se på nytt", "nn": "Sjå på nytt", "en": "Look again"}[visitor.page.language])
            continue
        whole(visitor)
        await one_answer(visitor, seed, step)
    await visitor.get(f"/c/{entry.name}/end")
    if visitor.response.status_code == 200:
        in_one_language(visitor)
    return step


def whole(visitor: Visitor) -> None:
    """One heading, nothing with the same id twice, words beside every control, in one language."""
    assert visitor.response.text.count("<h1") == 1
    assert len(visitor.page.ids) == len(set(visitor.page.ids))
    form = visitor.question
    for control in form.answers():
        assert control.kind in {"radio", "checkbox", "text", "textarea", "date", "time"}
        assert control.label or control.kind not in {"radio", "checkbox"}, visitor.response.text
    assert form.hidden().keys() == {"csrf", "session", "key"}
    in_one_language(visitor)


def in_one_language(visitor: Visitor) -> None:
    """Nothing of our own stays in English for who reads Norwegian; what is in another language says so."""
    assert visitor.page.language in set(Language)
    if visitor.page.language != Language.EN:
        assert not ENGLISH.search(visitor.own_words), visitor.text


async def one_answer(visitor: Visitor, seed: int, step: int) -> None:
    """An answer to what is asked, by chance but the same for the same seed."""
    form = visitor.question
    chance = crc32(f"{seed} {step}".encode())
    answers = form.answers()
    if form.button("skip") is not None and chance % 2:
        await visitor.answer(do="skip")
    elif not answers:
        await visitor.answer()
    elif answers[0].kind in {"radio", "checkbox"}:
        await visitor.answer(answers[chance % len(answers)].value)
    else:
        await visitor.answer({"date": "2026-03-09", "time": "13:30"}.get(answers[0].kind, "Noen ord"))
    if visitor.response.status_code == 422:
        # What was typed is not a phone number, or the day is not allowed.
        for other in ("900 12 345", "2026-03-20", "12:00", "Noen flere ord her"):
            await visitor.answer(other)
            if visitor.response.status_code != 422:
                return
        await visitor.post(form.action, {**form.hidden(), "do": "cancel"})


async def test_a_form_answers_with_a_redirect_and_the_same_form_again_changes_nothing(place: Place) -> None:
    visitor = place.visitor()
    await visitor.post("/c/apply", {"do": "begin"})
    form = visitor.question
    fields = {**form.hidden(), "do": "answer", "answer": "me"}
    first = await visitor.post("/c/apply", fields, follow=False)
    assert (first.status_code, first.headers["location"]) == (303, "/c/apply")
    await visitor.get("/c/apply")
    second = visitor.question.hidden()["key"]
    again = await visitor.post("/c/apply", fields, follow=False)
    assert again.status_code == 303
    await visitor.get("/c/apply")
    assert visitor.question.hidden()["key"] == second
    assert (
        place.world.municipality.words(
            t("This had already been answered, or it has changed. Here is where it stands now."), Language.NB, MONDAY
        )
        in visitor.text
    )


async def test_many_answers_are_folded_so_that_the_question_is_seen(place: Place) -> None:
    visitor = place.visitor()
    await visitor.post("/c/apply", {"do": "begin"})
    opened = []
    for _ in range(5):
        await one_answer(visitor, 0, 0)
        opened.append(re.findall(r'<details class="thread"( open)?>', visitor.response.text))
    assert opened == [[" open"], [" open"], [" open"], [""], [""]]


async def test_an_answer_is_changed_one_goes_back_and_stops_and_goes_on(place: Place) -> None:
    who = await place.person("Kari Prøve")
    visitor = await place.logged_in(who)
    await visitor.get("/mine")
    await visitor.press("Be om hjelp")
    first = visitor.question.hidden()["key"]
    await visitor.answer("me")
    second = visitor.question.hidden()["key"]
    await visitor.press("Tilbake")
    assert visitor.question.hidden()["key"] == first
    await visitor.answer("my_child")
    changing = visitor.form("/c/apply", holding=first)
    await visitor.post("/c/apply", {**changing.hidden(), "change": first})
    assert visitor.question.hidden()["key"] == first
    await visitor.answer("me")
    assert visitor.question.hidden()["key"] == second
    await visitor.answer(do="cancel")
    assert visitor.path == "/mine"
    assert "Stoppet" in visitor.text
    await visitor.press("Fortsett: Be om hjelp")
    assert visitor.question.hidden()["key"] == second
    await visitor.answer(do="cancel")
    await visitor.press("Slett det")
    assert "Fortsett:" not in visitor.text
    assert await place.world.read(lambda tx: sessions.parked_of(tx, who)) == []


async def test_a_mistake_is_said_first_and_what_was_typed_stays_without_a_national_identity_number(place: Place) -> None:
    who = await place.person("Kari Prøve")
    visitor = await place.logged_in(who)
    await visitor.get("/mine")
    await visitor.press("Snakk med et menneske")
    await visitor.answer("write")
    await visitor.answer("")
    assert visitor.response.status_code == 422
    assert "Feil:" in re.findall(r"<title>(.*?)</title>", visitor.response.text)[0]
    assert 'href="#answer"' in visitor.response.text
    assert "answer" in visitor.page.ids
    await visitor.answer(f"Ring meg, nummeret er {NUMBER}, takk")
    assert visitor.response.status_code == 422
    assert "fødselsnummer" in visitor.text
    assert NUMBER not in visitor.response.text
    field = next(each for each in visitor.question.answers() if each.kind == "textarea")
    assert field.value.startswith("Ring meg, nummeret er")


async def test_words_of_danger_are_answered_before_anything_else(place: Place) -> None:
    visitor = await place.logged_in(await place.person("Kari Prøve"))
    await visitor.get("/mine")
    await visitor.press("Snakk med et menneske")
    await visitor.answer("write")
    await visitor.answer("Jeg vil ikke leve lenger")
    assert "116 123" in visitor.text
    assert visitor.response.text.index('class="danger"') < visitor.response.text.index(
        'class="said"' if 'class="said"' in visitor.response.text else 'class="question"'
    )
    await visitor.get(visitor.path)
    assert "116 123" not in visitor.text


async def test_begun_in_the_chat_it_goes_on_on_the_page_and_ends_in_the_chat(place: Place) -> None:
    world = place.world
    chat = world.newcomer()
    await world.write(chat, "/start")
    await world.press(chat, "Bokmål", "Yes, go on", "Ask for help", "Me")
    who = await world.person(chat)
    visitor = await place.logged_in(who)
    await visitor.get("/mine")
    await visitor.press("Fortsett: Be om hjelp")
    asked = visitor.question.hidden()["key"]
    await visitor.answer("Kari Prøve") if visitor.question.answers()[0].kind == "text" else await one_answer(visitor, 0, 0)
    after = visitor.question.hidden()["key"]
    assert after != asked
    await world.write(chat, "/meny")
    await world.press(chat, t("Go on: {title}", title=t("Ask for help")))
    open_ = await world.read(lambda tx: sessions.open_of(tx, who))
    assert open_ is not None
    assert open_.asked == after
    await visitor.get("/c/apply")
    assert visitor.question.hidden()["key"] == after


async def test_the_language_is_changed_in_the_middle(place: Place) -> None:
    visitor = place.visitor("nn")
    await visitor.post("/c/apply", {"do": "begin"})
    assert visitor.page.language == "nn"
    await visitor.answer("me")
    asked = visitor.question.hidden()["key"]
    await visitor.press("Bokmål")
    assert (visitor.page.language, visitor.path) == ("nb", "/c/apply")
    assert visitor.question.hidden()["key"] == asked
    await visitor.get("/?language=nn")
    assert visitor.page.language == "nb", "what a person has chosen goes before a link"
    stranger = place.visitor("nb")
    await stranger.get("/?language=nn")
    assert stranger.page.language == "nn"


async def test_a_visit_ends_after_half_an_hour_and_after_eight_hours(place: Place) -> None:
    who = await place.person("Kari Prøve")
    visitor = await place.logged_in(who)
    await place.world.turn(timedelta(minutes=29))
    assert (await visitor.get("/mine")).status_code == 200
    assert visitor.path == "/mine"
    await place.world.turn(timedelta(minutes=31))
    await visitor.get("/mine")
    assert visitor.path == "/login"
    other = await place.logged_in(who)
    for _ in range(17):
        await place.world.turn(timedelta(minutes=28))
        await other.get("/mine")
    assert other.path == "/mine"
    await place.world.turn(timedelta(minutes=28))
    await other.get("/mine")
    assert other.path == "/login"


async def test_who_is_no_longer_staff_is_out_at_once(place: Place) -> None:
    who = await place.person("Anne Prøve", Role.KE)
    visitor = await place.logged_in(who, "staff")
    await visitor.get("/mine")
    assert visitor.path == "/mine"
    await place.world.read(lambda tx: tx.execute("UPDATE roles SET until = since WHERE person = :who", who=who))
    await visitor.get("/mine")
    assert visitor.path == "/login"
    assert await place.world.read(lambda tx: cases.of_party(tx, who)) == []
