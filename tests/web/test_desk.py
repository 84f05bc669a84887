"""The desk on the page: what waits, a case with its timeline, the search, a decision to print, and who does not get to see them."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from markupsafe import Markup

from bot.domain.access import Role
from bot.domain.cases import Place, TalkKind, TaskKind
from bot.domain.change_commands import StartChange
from bot.domain.changes import ChangeReason
from bot.domain.complaints import About, Complain, SentTo
from bot.domain.ids import CaseId, PersonId
from bot.store import audit, logins, people, talks, tasks
from bot.store.database import Tx
from bot.store.logins import Trust
from bot.store.times import stamp
from bot.web.app import page
from bot.web.page_settings import PageSettings
from bot.web.visits import apart
from conversations.case_offers import ROOMS as CASE_ROOMS
from conversations.desk_offers import ROOMS_BY_NAME
from tests.requirements.town import Town
from tests.requirements.walks import AT_WORK, FIRST
from tests.world import Chat, World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESS = "http://127.0.0.1:8080"
SETTINGS = PageSettings(public_url=ADDRESS)
HIDDEN = re.compile(r'name="(meaning|proof)" value="([^"]*)"')


class Browser:
    """Somebody's browser on the page, logged in."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.html = ""

    async def get(self, path: str) -> httpx.Response:
        response = await self.client.get(path)
        self.html = response.text
        return response

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with the token of the page that was loaded last."""
        csrf = re.search(r'name="csrf" value="([^"]*)"', self.html)
        data = {"csrf": csrf[1] if csrf else "", **fields}
        response = await self.client.post(path, data=data, headers={"Origin": ADDRESS})
        if response.status_code != 303:
            self.html = response.text
        return response

    def forms(self) -> dict[str, dict[str, str]]:
        """The buttons that begin something, by their words."""
        found = {}
        for form in re.findall(r'<form method="post" action="/do">(.*?)</form>', self.html, re.DOTALL):
            label = re.search(r"<button[^>]*>(.*?)</button>", form)
            assert label
            found[label[1]] = {name: value.replace("&#34;", '"') for name, value in HIDDEN.findall(form)}
        return found


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield await Town.of(world)
    await world.database.close()


async def enter(world: World, person: PersonId, trust: Trust = "staff") -> Browser:
    """A browser in which this person has logged in."""
    token = await world.read(lambda tx: logins.begin(tx, person, trust, proved_at=tx.now))
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    return Browser(httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies={"samrad": token}))


async def entered(town: Town, chat: Chat, trust: Trust = "staff") -> Browser:
    return await enter(town.world, await town.world.person(chat), trust)


async def says(town: Town, chat: Chat, browser: Browser, *msgids: str) -> list[bool]:
    """Whether each text stands on the page, in the reader's language."""
    return [(await town.world.words(chat, msgid)) in browser.html for msgid in msgids]


async def test_the_unit_sees_what_waits_late_first_and_who_has_how_much(town: Town) -> None:
    world = town.world
    await town.applied()
    await world.turn(timedelta(days=40))
    await town.applied()
    browser = await entered(town, town.anne)
    assert (await browser.get("/desk")).status_code == 200
    inbox = browser.html[browser.html.index('id="inbox"') :]
    assert inbox.index("/case/1001") < inbox.index("/case/1002")
    late = browser.html[browser.html.index('id="late"') : browser.html.index('id="inbox"')]
    assert "/case/1001" in late
    assert all(name in browser.html for name in ("Nora Prøve", "Nils Prøve", "Kim Prøve"))
    assert "Kari Prøve" not in browser.html, "a list shows number and initials only"


async def test_a_case_shows_what_happened_and_offers_what_can_be_done(town: Town) -> None:
    await town.applied()
    await town.granted()
    await town.asks()
    browser = await entered(town, town.anne)
    assert (await browser.get(f"/case/{FIRST + 1000}")).status_code == 200
    assert all(await says(town, town.anne, browser, "The case came in", "Decided: granted", "Somebody was proposed as coordinator"))
    assert "Anne Prøve" in browser.html
    label = await town.world.words(town.anne, "Find a coordinator")
    pressed = await browser.send("/do", **browser.forms()[label])
    assert pressed.headers["location"] == "/c/appoint"
    assert (await browser.get("/c/appoint")).status_code == 200


async def test_a_complaint_and_a_change_wait_for_the_leader_among_the_questions_of_the_desk(town: Town) -> None:
    kari = await town.appointed()
    await town.does(kari, Complain(case=FIRST, about=About.COORDINATOR, sent_to=SentTo.LEADER, words="Zebra."))
    await town.does(town.nora, StartChange(case=FIRST, reason=ChangeReason.NEW_JOB))
    browser = await entered(town, town.lars)
    await browser.get("/desk")
    asked = browser.html[browser.html.index('id="asks"') : browser.html.index('id="load"')]
    begun = re.findall(r"(change_leader|complaint)&#34;, &#34;given", asked)
    assert sorted(begun) == ["change_leader", "complaint"], asked
    assert "Zebra" not in browser.html
    nora = await entered(town, town.nora)
    await nora.get("/desk")
    assert "complaint&#34;, &#34;given" not in nora.html, "whoever is complained of finds nothing"


async def test_every_button_of_a_case_begins_its_conversation(town: Town) -> None:
    """In each state a case can be in at the desk, for the unit and for the coordinator."""
    begun: set[str] = set()

    async def press_all(chat: Chat) -> None:
        browser = await entered(town, chat)
        await browser.get("/case/1001")
        for fields in browser.forms().values():
            response = await browser.send("/do", **fields)
            assert response.status_code == 303
            begun.add(response.headers["location"])
            await browser.get("/case/1001")

    await town.applied()
    await press_all(town.anne)
    await town.granted()
    await press_all(town.anne)
    await town.asks()
    await town.leader_agrees()
    await town.accepts(town.nora)
    await press_all(town.anne)
    await press_all(town.nora)
    wanted = {f"/c/{name}" for name in ("clarify", "decide", "delay", "appoint", "first_contact", "checklist", "no_time", "inbox")}
    assert begun >= wanted


DOOR = re.compile(r'<details class="room"><summary><h3>(.*?)</h3></summary>(.*?)</details>', re.DOTALL)
BEGINS = re.compile(r'action="/c/(\w+)"')


async def test_what_lies_in_a_room_in_the_chat_lies_in_it_on_the_desk_and_in_a_case(town: Town) -> None:
    """Doors that open without a script: few buttons at once, each of them in one place."""
    await town.appointed()
    many = await town.world.staff("Tora Prøve", Role.KE, Role.LEADER, Role.COORDINATOR)
    browser = await entered(town, many)
    await browser.get("/desk")
    more = browser.html[browser.html.index('id="more"') :]
    doors = {title: BEGINS.findall(behind) for title, behind in DOOR.findall(more)}
    assert doors == {
        await town.world.words(many, ROOMS_BY_NAME[room][0]): [*behind]
        for room, behind in {
            "mine": ("away", "office_hours", "look_back", "nudges"),
            "cases": ("figures", "own_decision", "staff_left", "check_directory", "protected_address"),
            "training": ("guidance", "training", "gathering", "support"),
        }.items()
    }
    every = BEGINS.findall(more)
    assert len(every) == len(set(every))
    outside = set(every) - {name for behind in doors.values() for name in behind}
    assert outside == {"register", "uncovered", "complaints", "hand_over", "staff"}
    await browser.get("/case/1001")
    assert [title for title, _ in DOOR.findall(browser.html)] == [await town.world.words(many, words) for words, _ in CASE_ROOMS.values()]


async def test_a_list_below_a_question_is_set_apart_from_it(town: Town) -> None:
    await town.applied()
    await town.applied()
    browser = await entered(town, town.anne)
    await browser.get("/desk")
    await browser.send("/c/inbox", do="begin")
    await browser.get("/c/inbox")
    (legend,) = re.findall(r"<legend>(.*?)</legend>", browser.html, re.DOTALL)
    question = await town.world.words(town.anne, "Which case do you want to open?")
    assert re.match(re.escape(question) + r'<span class="list">1\. .*\n2\. ', legend)
    assert apart(Markup("Hva?\n\nSkriv kort.")) == ("Hva?\n\nSkriv kort.", "")
    assert apart(Markup("Hva <span>er\n\n1. det</span>")) == ("Hva <span>er\n\n1. det</span>", "")


async def test_only_what_one_may_do_is_offered(town: Town) -> None:
    await town.appointed()
    both = await town.world.staff("Tora Prøve", Role.KE, Role.COORDINATOR)
    labels = ("Our checklist", "The coordinator's checklist", "I have no time for this")
    for chat, wanted in ((both, [True, True, False]), (town.nora, [False, True, True])):
        browser = await entered(town, chat)
        await browser.get("/case/1001")
        assert [await town.world.words(chat, label) in browser.forms() for label in labels] == wanted


async def test_the_calendar_shows_agreed_talks_first_and_to_a_coordinator_only_own_ones(town: Town) -> None:
    await town.appointed()
    await town.applied()
    anne = await town.world.person(town.anne)

    def two_talks(tx: Tx) -> None:
        talks.propose(tx, CaseId(2), TalkKind.CLARIFYING, Place.OFFICE, (tx.now + timedelta(days=2), tx.now + timedelta(days=3)), by=anne)
        first = talks.propose(tx, FIRST, TalkKind.STARTUP, Place.HOME, (tx.now + timedelta(days=9),), by=anne)
        assert talks.pick(tx, first, 0)

    await town.world.read(two_talks)
    found = []
    for chat in (town.anne, town.nora, town.nils):
        browser = await entered(town, chat)
        await browser.get("/desk")
        listed = browser.html[browser.html.index('id="talks"') : browser.html.index('id="load"' if chat is town.anne else 'id="more"')]
        found.append(re.findall(r"/case/(\d+)", listed))
    assert found == [["1001", "1002"], ["1001"], []]
    await town.world.turn(timedelta(days=10))
    unit = await entered(town, town.anne)
    await unit.get("/desk")
    assert all(await says(town, town.anne, unit, "The time has passed. Note how it went."))


async def test_a_case_that_is_read_on_the_desk_is_recorded(town: Town) -> None:
    await town.applied()
    browser = await entered(town, town.anne)
    anne = await town.world.person(town.anne)

    def reads(tx: Tx) -> int:
        return sum(each.action == "case.read" and each.actor == anne for each in audit.of_case(tx, FIRST, 100))

    before = await town.world.read(reads)
    await browser.get("/case/1001")
    assert await town.world.read(reads) == before + 1


async def test_a_search_finds_by_number_and_initials_and_stands_in_no_address(town: Town) -> None:
    await town.applied()
    browser = await entered(town, town.anne)
    await browser.get("/desk")
    by_number = await browser.send("/desk", words="1001")
    assert by_number.headers["location"] == "/case/1001"
    by_initials = await browser.send("/desk", words="k.p.")
    assert by_initials.status_code == 200
    assert "/case/1001" in browser.html
    assert (await browser.send("/desk", words="zz")).status_code == 200
    assert "/case/1001" not in browser.html
    rows = await town.rows("SELECT detail FROM audit WHERE action = 'case.searched'")
    assert [row["detail"] for row in rows] == ["{}", "{}"]


async def test_a_coordinator_sees_and_finds_own_people_only(town: Town) -> None:
    await town.appointed()
    await town.applied()
    nora, nils = await entered(town, town.nora), await entered(town, town.nils)
    await nora.get("/desk")
    assert "/case/1001" in nora.html
    assert "/case/1002" not in nora.html
    await nora.send("/desk", words="kp")
    assert "/case/1001" in nora.html
    assert "/case/1002" not in nora.html
    await nils.get("/desk")
    assert "/case/" not in nils.html
    assert (await nils.send("/desk", words="1001")).status_code == 200
    assert "/case/" not in nils.html
    assert (await nora.get("/case/1002")).status_code == 404
    assert (await nora.get("/case/1001")).status_code == 200
    assert await says(town, town.nora, nora, "A coordinator said yes", "Somebody was proposed as coordinator") == [True, False]


async def test_not_there_and_not_yours_get_the_same_answer(town: Town) -> None:
    applicant = await town.applied()
    await town.granted()
    stranger = town.world.newcomer()
    await town.world.write(stranger, "/start")
    readers: tuple[tuple[Chat, Trust], ...] = ((town.lars, "staff"), (town.nils, "staff"), (stranger, "citizen"))
    for chat, trust in readers:
        browser = await entered(town, chat, trust)
        there, nowhere = await browser.get("/case/1001"), await browser.get("/case/1999")
        decided, undecided = await browser.get("/case/1001/decision/1"), await browser.get("/case/1999/decision/1")
        assert {each.status_code for each in (there, nowhere, decided, undecided)} == {404}
        assert there.text == nowhere.text.replace("1999", "1001")
    citizen = await entered(town, applicant, "citizen")
    assert (await citizen.get("/desk")).status_code == 404
    assert (await citizen.send("/desk", words="kp")).status_code in {403, 404}


async def test_who_is_only_asked_or_only_reported_sees_how_far_it_has_come_and_no_more(town: Town) -> None:
    reporter = await town.applied("Bokmål", whom=AT_WORK, reach="Here in Samråd", name="Ola Prøve", need="Hjelp om natta")
    await town.granted()
    await town.asks()
    readers: tuple[tuple[Chat, Trust], ...] = ((town.lars, "staff"), (reporter, "citizen"))
    for chat, trust in readers:
        browser = await entered(town, chat, trust)
        assert (await browser.get("/case/1001")).status_code == 200
        assert not [words for words in ("Ola Prøve", "Hjelp om natta", 'id="timeline"', "/decision/") if words in browser.html]
        assert (await browser.get("/case/1001/decision/1")).status_code == 404
    unit = await entered(town, town.anne)
    await unit.get("/case/1001")
    assert all(words in unit.html for words in ("Ola Prøve", "Hjelp om natta", 'id="timeline"', "/decision/"))


async def test_a_list_of_tasks_names_nobody(town: Town) -> None:
    await town.applied()

    def ask_to_phone(tx: Tx) -> None:
        tasks.add(tx, TaskKind.REACH_BY_PHONE, due_on=tx.now.date(), case=FIRST, words="Kari Prøve, 41 23 45 67")

    await town.world.read(ask_to_phone)
    browser = await entered(town, town.anne)
    await browser.get("/desk")
    assert all(await says(town, town.anne, browser, "Reach someone by phone"))
    assert "Kari" not in browser.html
    assert "41 23" not in browser.html
    fields = browser.forms()[await town.world.words(town.anne, "Open")]
    await browser.send("/do", **fields)
    await browser.get("/c/finish_task")
    assert "41 23 45 67" in browser.html


async def test_nobody_reads_without_logging_in(town: Town) -> None:
    await town.appointed()
    trusts: tuple[Trust, ...] = ("visitor", "handed")
    for trust in trusts:
        browser = await entered(town, town.anne, trust)
        for path in ("/desk", "/case/1001", "/case/1001/decision/1"):
            response = await browser.get(path)
            assert response.status_code == 303
            assert response.headers["location"].startswith("/login")


async def test_a_decision_prints_what_was_told(town: Town) -> None:
    applicant = await town.applied()
    await town.granted()
    readers: tuple[tuple[Chat, Trust], ...] = ((town.anne, "staff"), (applicant, "citizen"))
    for chat, trust in readers:
        browser = await entered(town, chat, trust)
        assert (await browser.get("/case/1001/decision/1")).status_code == 200
        assert "Anne Prøve" in browser.html
        assert all(await says(town, chat, browser, "You will get a coordinator."))


async def test_what_somebody_wrote_is_shown_as_words_on_the_desk(town: Town) -> None:
    script = "<script>alert(1)</script>"
    await town.applied(need=f"{script} {'x' * 400}", important='"><img src=x onerror=alert(1)>')
    browser = await entered(town, town.anne)
    await browser.get("/case/1001")
    assert script not in browser.html
    assert "<img" not in browser.html
    assert "&lt;script&gt;" in browser.html


async def test_staff_who_have_left_are_logged_out_at_the_desk(town: Town) -> None:
    await town.applied()
    browser = await entered(town, town.anne)
    assert (await browser.get("/desk")).status_code == 200
    anne = await town.world.person(town.anne)
    sql = "UPDATE roles SET until = :now WHERE person = :who"
    await town.world.read(lambda tx: tx.execute(sql, now=stamp(tx.now), who=anne))
    assert (await browser.get("/desk")).status_code == 303
    assert (await browser.get("/case/1001")).status_code == 303
    assert Role.KE not in await town.world.read(lambda tx: people.standing_roles(tx, anne))
