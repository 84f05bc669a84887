"""A meeting on the page: the invitation to read and print, who comes as a picture and in words, the files, and nobody else's."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation, ChooseTwo, PutMeasures
from bot.domain.attendance_queries import AttendanceView, TheAttendance
from bot.domain.choices import PrivacyLevel
from bot.domain.circle_commands import EndMembership
from bot.domain.documents import Document, Heading, Lines, Paragraph
from bot.domain.documents import Table as TableOfRows
from bot.domain.ids import MeetingId
from bot.domain.meeting_commands import CancelMeeting, ChangeMeeting
from bot.engine.texts import Language, Text
from bot.services import invitation_document
from bot.services.municipality import Context
from bot.store import cases, people
from bot.store.database import Tx
from bot.store.logins import Trust
from tests.requirements.circle_walks import SOLVEIG, TROND
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.web.test_desk import MONDAY, Browser, entered
from tests.world import Chat, World

SHORT: Final = "Skolen slutter å gi hjelp."


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    world = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield await Table.of(world)
    await world.database.close()


async def opened(table: Table, chat: Chat, path: str, trust: Trust = "citizen") -> Browser:
    browser = await entered(table.town, chat, trust=trust)
    await browser.get(path)
    return browser


def cells(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", each).strip() for each in re.findall(r"<(?:td|dt|dd|th)[^>]*>(.*?)</(?:td|dt|dd|th)>", html, re.DOTALL)]


async def test_G02_G03_the_invitation_in_writing_holds_all_that_is_asked_for(table: Table) -> None:
    meeting = await table.calls(table.at(5), short_reason=SHORT, lines=("Fritida <b>",), chair=await table.world.person(table.solveig))
    found = await opened(table, table.trond, f"/meeting/{meeting}")
    shown = cells(found.html)
    assert any("sak 1001" in each for each in shown), "whom it concerns"
    for name in (SOLVEIG, TROND, "Nora Prøve", "Psykolog", "Lærer"):
        assert any(name in each for each in shown)
    assert any("solveig@sykehuset.example" in each for each in shown), "the address"
    assert any("Rådhuset, rom 3" in each for each in shown)
    assert any("kl. 10.00" in each for each in shown)
    assert "Fritida &lt;b&gt;" in shown
    assert SHORT in shown, "why the notice is short"


async def test_G02_as_a_file_with_initials_where_people_are_real(table: Table) -> None:
    meeting = await table.calls()
    for chat, trust in ((table.kari, "citizen"), (table.trond, "citizen"), (table.nora, "staff"), (table.town.anne, "staff")):
        browser = await entered(table.town, chat, trust=trust)  # type: ignore[arg-type]
        file = await browser.client.get(f"/meeting/{meeting}/invitation.pdf")
        assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
        assert file.content.startswith(b"%PDF-")
        assert "Prøve" not in file.headers["content-disposition"]


async def written(table: Table, meeting: MeetingId, chat: Chat, *, level: str, leaves: bool) -> str:
    """The document's words at a level, in its reader's language."""
    municipality = replace(table.world.municipality, level=PrivacyLevel(level))
    person = await table.world.person(chat)

    def work(tx: Tx) -> Document | None:
        return invitation_document.document(Context(tx=tx, municipality=municipality, actor=person), meeting, leaves=leaves)

    found = await table.world.read(work)
    assert found is not None
    return "\n".join([await table.world.words(chat, each) for each in texts(found)])


def texts(document: Document) -> Iterator[Text]:
    yield document.title
    for part in document.parts:
        match part:
            case Heading() | Paragraph():
                yield part.text
            case Lines():
                for line in part.lines:
                    yield line.label
                    yield line.value
            case TableOfRows():
                yield from part.columns
                for row in part.rows:
                    yield from row


async def test_G03_a_file_that_leaves_the_page_names_the_person_by_initials(table: Table) -> None:
    meeting = await table.calls()
    name = await table.world.read(subject)
    assert name in await written(table, meeting, table.trond, level="practical", leaves=False)
    leaving = await written(table, meeting, table.trond, level="practical", leaves=True)
    assert name not in leaving
    assert "".join(part[0] for part in name.split()) in leaving.replace(".", "").replace(" ", "")
    assert SOLVEIG in leaving
    assert name in await written(table, meeting, table.trond, level="full", leaves=True)


def subject(tx: Tx) -> str:
    return cases.content(tx, FIRST).subject_name or ""


async def test_G20_the_same_facts_in_each_readers_own_language(table: Table) -> None:
    meeting = await table.calls()
    person = await table.world.person(table.trond)
    await table.world.read(lambda tx: people.set_language(tx, person, Language.NN))
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT))
    pages = [(await opened(table, chat, f"/meeting/{meeting}")).html for chat in (table.solveig, table.trond)]
    assert '<html lang="nb"' in pages[0]
    assert '<html lang="nn"' in pages[1]
    assert "kan ikke komme" in pages[0]
    assert "kan ikkje kome" in pages[1]
    facts = [[each for each in cells(page) if any(digit in each for digit in "0123456789@")] for page in pages]
    assert len(facts[0]) == len(facts[1])
    assert [re.findall(r"\d+", each) for each in facts[0]] == [re.findall(r"\d+", each) for each in facts[1]]


async def test_H03_who_comes_is_a_picture_with_the_same_in_words(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.trond, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT, words="Syk"))
    nora = await opened(table, table.nora, f"/meeting/{meeting}", "staff")
    assert re.search(r'<svg class="answers"[^>]*role="img"[^>]*aria-labelledby="chart-title chart-words"', nora.html)
    widths = dict(re.findall(r'<rect class="(\w+)" x="[0-9.]+" y="0.5" width="([0-9.]+)"', nora.html))
    assert widths == {"coming": "50.0", "cannot": "25.0", "silent": "25.0"}
    assert '<desc id="chart-words">2 kommer, 1 kan ikke, 1 har ikke svart</desc>' in nora.html
    assert "3 av 4 har svart." in nora.html
    assert "«Syk»" in nora.html
    solveig = await opened(table, table.solveig, f"/meeting/{meeting}")
    assert "«Syk»" not in solveig.html


async def test_H01_an_answer_in_one_press_on_the_page(table: Table) -> None:
    meeting = await table.calls()
    browser = await opened(table, table.solveig, f"/meeting/{meeting}")
    words = await table.world.words(table.solveig, "I come")
    answer = await browser.send("/do", **browser.forms()[words])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/meeting/{meeting}")
    await browser.get(f"/meeting/{meeting}")
    assert words not in browser.forms(), "what one has answered is not offered again"
    view = await table.look(table.solveig, TheAttendance(meeting))
    assert isinstance(view, AttendanceView)
    assert view.mine is Reply.COMING


async def test_J03_J04_the_page_says_that_the_person_does_not_sit_there_and_what_waits(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.kari, ChooseTwo(meeting=meeting, members=table.members))
    await table.town.does(table.nora, PutMeasures(meeting=meeting, measures=("Ny skyss",)))
    nora = await opened(table, table.nora, f"/meeting/{meeting}", "staff")
    assert "Snakk som om personen var der." in nora.html
    assert "venter på svar" in nora.html
    trond = await opened(table, table.trond, f"/meeting/{meeting}")
    assert "Ny skyss" not in trond.html


async def test_G08_the_coordinator_ticks_that_it_stands_in_the_planning_tool_and_a_change_takes_the_tick_away(table: Table) -> None:
    meeting = await table.calls()
    tool = table.world.municipality.profile.records.tool_name
    assert tool
    browser = await opened(table, table.nora, f"/meeting/{meeting}", "staff")
    label = f"Jeg har lagt den i {tool}"
    done = await browser.send("/do", **browser.forms()[label])
    assert done.headers["location"] == f"/meeting/{meeting}"
    await browser.get(f"/meeting/{meeting}")
    assert label not in browser.forms()
    assert "Den ligger i planverktøyet slik den er nå." in browser.html
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    await browser.get(f"/meeting/{meeting}")
    assert label in browser.forms()
    solveig = await opened(table, table.solveig, f"/meeting/{meeting}")
    assert tool not in solveig.html


async def test_G19_the_calendar_file_follows_the_meeting_and_is_the_readers_own(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    files = [await file_of(table, table.solveig, meeting)]
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    files.append(await file_of(table, table.solveig, meeting))
    await table.town.does(table.nora, CancelMeeting(meeting=meeting))
    files.append(await file_of(table, table.solveig, meeting))
    events = [IcsCalendarStream.calendar_from_ics(each).events[0] for each in files]
    assert len({each.uid for each in events}) == 1
    assert [each.sequence for each in events] == [0, 1, 2]
    assert [each.status.value if each.status else None for each in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [attendee.status for each in events for attendee in each.attendees] == ["ACCEPTED", "NEEDS-ACTION", "NEEDS-ACTION"]
    assert all(TROND not in each and "trond" not in each for each in files)


async def file_of(table: Table, chat: Chat, meeting: MeetingId) -> str:
    browser = await entered(table.town, chat, trust="citizen")
    file = await browser.client.get(f"/meeting/{meeting}/calendar.ics")
    assert (file.status_code, file.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return file.text


@pytest.mark.parametrize("rest", ["", "/invitation.pdf", "/calendar.ics"])
async def test_whoever_may_not_see_it_learns_nothing_of_whether_there_is_one(table: Table, rest: str) -> None:
    meeting = await table.calls()
    await table.town.does(table.nora, EndMembership(member=table.members[0]))
    for chat, trust in ((table.solveig, "citizen"), (table.town.kim, "staff"), (table.town.lars, "staff")):
        browser = await entered(table.town, chat, trust=trust)  # type: ignore[arg-type]
        theirs, none = [await browser.client.get(f"/meeting/{number}{rest}") for number in (meeting, 777)]
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert theirs.text.replace(f"/meeting/{meeting}", "") == none.text.replace("/meeting/777", "")
    handed = await entered(table.town, table.kari, trust="handed")
    answer = await handed.client.get(f"/meeting/{meeting}{rest}")
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login")
    planned = await table.plans(table.at(50), members=table.members[1:])
    browser = await entered(table.town, table.trond, trust="citizen")
    assert (await browser.client.get(f"/meeting/{planned}{rest}")).status_code == 404, "what is only planned has no invitation"


async def test_my_meetings_stand_on_ones_own_page_and_on_the_desk(table: Table) -> None:
    meeting = await table.calls()
    mine = await opened(table, table.solveig, "/mine")
    assert f'href="/meeting/{meeting}"' in mine.html
    desk = await opened(table, table.nora, "/desk", "staff")
    assert f'href="/meeting/{meeting}"' in desk.html
    kim = await opened(table, table.town.kim, "/desk", "staff")
    assert "/meeting/" not in kim.html
