"""By e-mail, for those without a chat: expected, answered, and followed up where it does not arrive.

Here: rows G08, G20, H08, H09 and T07 as they concern e-mail. Not here: SMTP itself (`tests/mail`), the answers' own rules.
"""

import asyncio
import mailbox
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.attendance import Reply
from bot.domain.choices import PrivacyLevel
from bot.domain.circle_commands import EndMembership, InviteMember
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meeting_commands import CancelMeeting, ChangeMeeting
from bot.engine.texts import Language, t
from bot.logs import Log
from bot.mail.bounces import Folder
from bot.mail.message import From
from bot.mail.sender import MailSender
from bot.mail.server import Connection, Encryption, MailServer
from bot.mail_service import Post
from bot.services import ladder
from bot.store import attendance, mail_returned, meetings, people
from bot.store.database import Tx
from bot.ticks import Ticks
from tests.mail.post_office import HOST, PostOffice, open_office
from tests.mail.test_bounces import report
from tests.privacy.detector import leaks
from tests.requirements.circle_walks import SOLVEIG, TROND
from tests.requirements.conftest import MONDAY
from tests.requirements.mail_walks import MailTable
from tests.web.visitor import ADDRESS
from tests.world import World

OLD = "Denne lenken virker ikke"


@pytest.fixture
async def world(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    level = getattr(request, "param", PrivacyLevel.NOTICE)
    opened = await World.open(tmp_path / "samrad.db", start=MONDAY, page_url=ADDRESS, mail=level)
    yield opened
    await opened.database.close()


@pytest.fixture
async def table(world: World) -> MailTable:
    return await MailTable.of(world)


async def trond(table: MailTable) -> PersonId:
    return (await table.around.member(table.absent)).person


async def reply_of(table: MailTable, meeting: MeetingId) -> Reply | None:
    person = await trond(table)

    def work(tx: Tx) -> Reply | None:
        found = meetings.find(tx, meeting)
        assert found is not None
        given = attendance.of_meeting(tx, found).get(person)
        return None if given is None else given.reply

    return await table.world.read(work)


async def test_G08_H09_who_has_no_chat_is_told_by_email_and_answers_without_a_login(table: MailTable) -> None:
    meeting = await table.calls()
    [letter] = table.letters
    assert letter.address == "trond@sykehuset.example"
    visitor = table.visitor()
    await visitor.get(f"/a/{table.code()}")
    assert visitor.response.status_code == 200
    assert "onsdag 1. april kl. 10.00" in visitor.text
    assert await reply_of(table, meeting) is None, "looking is not answering: guards of mail programs open links by themselves"
    [form] = [each for each in visitor.page.forms if each.action.startswith("/a/")]
    assert [button.value for button in form.buttons] == ["coming", "by_video", "cannot"]
    for said in (Reply.COMING, Reply.CANNOT, Reply.BY_VIDEO):
        await visitor.post(form.action, form.hidden() | {"reply": said.value})
        assert await reply_of(table, meeting) is said
    assert "Svaret ditt nå: Jeg er med på video" in visitor.text
    assert not visitor.client.cookies, "a link lets nobody in"


async def test_H09_the_link_shows_a_time_and_no_more(table: MailTable) -> None:
    meeting = await table.calls()
    visitor = table.visitor("nb")
    await visitor.get(f"/a/{table.code()}")
    found = await table.meeting(meeting)
    said = visitor.response.text
    for secret in (TROND, SOLVEIG, "Nora", "Kari", "Lærer", "Skolen", "Rådhuset", str(found.purpose), "rom 3", "1001", "Saksliste"):
        assert secret not in said
    for word in ("koordinator", "ansvarsgruppe", "individuell plan", "samtykke"):
        assert word not in visitor.text.casefold()
    assert visitor.response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert visitor.response.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/mine", "/messages", "/meeting/1", "/desk"])
async def test_H09_the_link_opens_nothing_else(table: MailTable, path: str) -> None:
    await table.calls()
    visitor = table.visitor()
    await visitor.get(f"/a/{table.code()}")
    response = await visitor.client.get(path)
    assert response.status_code in {303, 404} or "/login" in str(response.url)


async def test_T07_an_email_says_that_there_is_something_and_no_more(table: MailTable) -> None:
    await table.calls()
    [letter] = table.letters
    assert letter.subject == "Ny melding fra Solvik kommune, nummer 1001"
    assert letter.text.startswith(
        "Du har en ny melding fra Solvik kommune, nummer 1001.\n\nSi om tiden passer, uten å logge inn:\nhttps://"
    )
    assert letter.calendar is None
    for word in ("møte", "april", "10.00", "rådhus", "koordinator", "kari", "nora", "trond", "skole", "ansvarsgruppe"):
        assert word not in (letter.subject + letter.text).casefold()


@pytest.mark.parametrize("world", [PrivacyLevel.PRACTICAL], indirect=True)
async def test_T07_where_the_municipality_says_so_it_holds_time_and_place_and_a_calendar_file(table: MailTable) -> None:
    meeting = await table.calls()
    letter = table.letters[-1]
    assert "onsdag 1. april kl. 10.00" in letter.text
    assert letter.calendar is not None
    assert letter.calendar.method == "REQUEST"
    everything = letter.subject + letter.text + letter.calendar.file
    for word in ("Koordinator", "koordinator", "Kari", "Nora", "Trond Prøve", "rom 3", "Saksliste", "ansvarsgruppe"):
        assert word not in everything
    found = await table.meeting(meeting)
    assert f"UID:{found.uid}" in letter.calendar.file.replace("\r\n ", "")
    await table.town.does(table.nora, CancelMeeting(meeting=meeting, reason="Sjukdom hos Kari"))
    await table.world.deliver()
    off = table.letters[-1]
    assert off.calendar is not None
    assert off.calendar.method == "CANCEL"
    assert "Kari" not in off.subject + off.text + off.calendar.file
    assert "/a/" not in off.text


@pytest.mark.parametrize("world", [PrivacyLevel.FULL], indirect=True)
async def test_G20_each_gets_ones_own_written_form_by_email_too(table: MailTable) -> None:
    person = await trond(table)
    await table.world.read(lambda tx: people.set_language(tx, person, Language.NN))
    await table.calls()
    letter = table.letters[-1]
    assert letter.language == "nn"
    assert letter.subject == "Ny melding frå Solvik kommune, nummer 1001"
    assert "Sei om tida passar" in letter.text
    visitor = table.visitor()
    await visitor.get(f"/a/{table.code()}")
    assert visitor.page.language == "nn"
    assert "Eg kan ikkje kome" in visitor.text
    await visitor.get(f"/a/{table.code()}?language=nb")
    assert visitor.page.language == "nb"


async def test_H01_H09_an_old_link_works_until_the_meeting_begins_and_shows_the_time_of_today(table: MailTable) -> None:
    meeting = await table.calls(table.at(40))
    first, visitor = table.code(), table.visitor()
    await visitor.get(f"/a/{first}")
    [form] = [each for each in visitor.page.forms if each.action.startswith("/a/")]
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(45, 13)))
    await table.world.deliver()
    # The page still stands open with the old time on it: a yes to that is no yes to the new one.
    await visitor.post(form.action, form.hidden() | {"reply": "coming"})
    assert visitor.response.status_code == 409
    assert "Møtet er flyttet. Dette er den nye tiden." in visitor.text
    assert "kl. 13.00" in visitor.text
    assert await reply_of(table, meeting) is None
    [form] = [each for each in visitor.page.forms if each.action.startswith("/a/")]
    await visitor.post(form.action, form.hidden() | {"reply": "coming"})
    assert await reply_of(table, meeting) is Reply.COMING
    found = await table.meeting(meeting)
    assert found.at is not None
    table.world.clock.turn_to(found.at)
    for code in (first, table.code()):
        await visitor.get(f"/a/{code}")
        assert (visitor.response.status_code, OLD in visitor.text) == (410, True)


@pytest.mark.parametrize("end", ["left", "stopped sharing", "off", "never was"])
async def test_H09_a_link_that_no_longer_holds_looks_like_one_that_never_was(table: MailTable, end: str) -> None:
    meeting = await table.calls()
    code = table.code()
    if end == "left":
        await table.town.does(table.nora, EndMembership(member=table.absent))
    elif end == "stopped sharing":
        table.world.clock.turn(timedelta(days=20))
        await table.world.read(lambda tx: tx.execute("UPDATE consents SET until = '2026-03-05'"))
    elif end == "off":
        await table.town.does(table.nora, CancelMeeting(meeting=meeting, reason=None))
    else:
        code = "x" * 32
    visitor = table.visitor("nb")
    await visitor.get(f"/a/{code}")
    shown = (visitor.response.status_code, visitor.text)
    await visitor.get(f"/a/{'y' * 32}")
    assert shown == (visitor.response.status_code, visitor.text)
    assert visitor.response.status_code == 410
    await visitor.post(f"/a/{code}", {"reply": "coming", "sequence": "99"})
    assert visitor.response.status_code == 410
    assert await reply_of(table, meeting) is None


async def test_H09_only_a_keyed_code_of_the_link_is_kept(table: MailTable) -> None:
    await table.calls()
    code = table.code()
    rows = await table.world.read(lambda tx: [tuple(row) for row in tx.all("SELECT * FROM answer_links")])
    assert len(rows) == 1
    assert code.encode() not in repr(rows).encode()
    [line] = await table.world.read(
        lambda tx: [row["body"] for row in tx.all("SELECT body FROM outbox WHERE channel = 'mail' ORDER BY id DESC")][:1]
    )
    assert code.encode() not in line


async def test_H09_tries_are_limited(table: MailTable) -> None:
    await table.calls()
    visitor = table.visitor(still=True)
    codes = [await visitor.client.get(f"/a/{number:032d}") for number in range(125)]
    assert {each.status_code for each in codes[:100]} == {410}
    assert codes[-1].status_code == 429


async def test_a_member_asked_to_take_part_gets_an_email_that_names_nothing(world: World) -> None:
    table = await MailTable.of(world)
    third = await table.around.add("Una Prøve", title="Helsesykepleier")
    await table.around.consent({third: (*(await table.around.member(third)).sees,)})
    await table.town.does(table.nora, InviteMember(member=third))
    await world.deliver()
    assert table.letters[-1].address == "una@sykehuset.example"
    assert "/a/" not in table.letters[-1].text


async def test_H08_over_smtp_nothing_about_anybody_is_in_the_bytes_and_a_refusal_comes_back(table: MailTable) -> None:
    """The same through a real mail server: every byte that left, and what a 550 leads to."""
    meeting = await table.plans()
    await table.agrees(meeting)
    world, office = table.world, PostOffice()
    before = await table.phone_list()

    async def send() -> None:
        server = MailServer(host=HOST, port=office.port, encryption=Encryption.NONE)
        sender = MailSender(
            Connection(server),
            world.database,
            ours=From(address="samrad@solvik.example", name="Solvik kommune"),
            clock=world.clock,
            alarm=lambda _tx, _kind, _detail: None,
            on_failed=lambda tx, row, sure: ladder.mail_failed(tx, world.municipality, row, sure=sure),
        )
        run = asyncio.create_task(sender.run())
        async with asyncio.timeout(20):
            # What is waited for is a state of the database, not one event.
            while await world.read(lambda tx: tx.one("SELECT 1 FROM outbox WHERE channel = 'mail' AND finished_at IS NULL")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        sender.stop()
        await run

    async with open_office(office):
        await send()
        [taken] = office.taken
        secrets = ("Trond Prøve", "Solveig", "Nora Prøve", "koordinator", "onsdag 1. april", "kl. 10.00", "Rådhuset", "Skolen", "møte")
        assert leaks({secret: secret for secret in secrets}, {"SMTP": [taken.raw, taken.text.encode()]}) == []
        office.will("RCPT", "550 5.1.1 there is no Trond here")
        await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(45)))
        await send()
    assert len(await table.phone_list()) == len(before) + 1


async def test_H08_an_email_that_comes_back_later_is_told_about_once(table: MailTable, tmp_path: Path) -> None:
    await table.calls()
    before, row = await table.phone_list(), (await table.rows())[-1]
    box, tag = mailbox.Maildir(tmp_path / "returned"), await table.world.read(lambda tx: mail_returned.tag(tx, row))
    for code in (tag, tag, "0" * 16):
        box.add(report(to=f"samrad+{row}.{code}@solvik.example"))
    service = Post(
        table.world.database,
        table.world.municipality,
        server=MailServer(host=HOST, port=9, encryption=Encryption.NONE),
        ours=From(address="samrad@solvik.example", name="Solvik kommune", returns=True),
        clock=table.world.clock,
        returned=Folder(tmp_path / "returned"),
    )
    ticks = Ticks(
        table.world.database,
        table.world.municipality,
        log=Log(),
        fired=lambda: None,
        show=lambda _figures: None,
        look_for_returned=service.look_for_returned,
    )
    for _ in range(3):
        await ticks.look_for_returned()
    await table.world.deliver()
    assert len(await table.phone_list()) == len(before) + 1
    told = table.world.municipality.words(t("The e-mail to {name} did not arrive.", name=TROND), Language.NB, table.world.clock.now())
    assert sum(told in message.text for message in table.nora.messages) == 1
    assert len(box) == 1, "what somebody made up stays for people to look at"
