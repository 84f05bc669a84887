"""What leaves by e-mail and what happens to it: a real mail server on loopback, the real database."""

import asyncio
import sqlite3
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.outgoing import Lane, MessageClass, SendMail
from bot.mail import sender as sender_module
from bot.mail.message import From
from bot.mail.sender import MailSender
from bot.mail.server import Connection, Encryption, MailServer
from bot.store import outbox
from bot.store.database import Database, Tx
from bot.store.mail_returned import MAIL
from bot.store.seal import UNIT
from tests.mail.post_office import HOST, PASSWORD, USER, PostOffice, certificates, open_office
from tests.telegram.wire import Hands, opened

RIGHTS, REMINDER = MessageClass.RIGHTS, MessageClass.REMINDER
OURS = From(address="samrad@solvik.example", name="Sølvik kommune")


@dataclass
class Way:
    """A database, a mail server, and a sender between them."""

    database: Database
    office: PostOffice
    hands: Hands
    path: Path
    alarms: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[int, bool]] = field(default_factory=list)
    encryption: Encryption = Encryption.NONE
    ca_file: Path | None = None
    user: str | None = None
    password: str | None = None

    def new_sender(self) -> MailSender:
        server = MailServer(
            host=HOST, port=self.office.port, encryption=self.encryption, user=self.user, password=self.password, ca_file=self.ca_file
        )
        return MailSender(
            Connection(server, timeout=2.0, taking=0.3),
            self.database,
            ours=OURS,
            clock=self.hands,
            alarm=lambda _tx, kind, detail: self.alarms.append((kind, detail)),
            on_failed=lambda _tx, row, sure: self.failed.append((row, sure)),
            seconds=self.hands.seconds,
        )

    async def put(
        self, to: str = "ola@skulen.example", *, message_class: MessageClass = REMINDER, person: int = 7, text: str = "Hei, Åse"
    ) -> int:
        mail = SendMail(address=to, subject="Ny melding", text=text, language="nn", reply_to="eining@solvik.example")

        def work(tx: Tx) -> int | None:
            return outbox.enqueue(
                tx, mail, account=None, chat=person, channel=MAIL, lane=Lane.NOTICE, message_class=message_class, owner=UNIT
            )

        row = await self.database.transact(work)
        assert row is not None
        return row

    async def state(self, row: int) -> str:
        return (await self.line(row)).state

    async def line(self, row: int) -> outbox.Line:
        return next(line for line in await self.database.transact(outbox.lines) if line.id == row)

    async def settle(self) -> None:
        """Run a new sender until nothing more may leave at this moment of the standing clock."""
        sender = self.new_sender()
        run = asyncio.create_task(sender.run())
        await until(lambda: run.done() or self._quiet(sender))
        sender.stop()
        await run

    def _quiet(self, sender: MailSender) -> bool:
        earlier = "SELECT 1 FROM outbox e WHERE e.chat = o.chat AND e.id < o.id AND e.state = 'retry'"
        due = f"state IN ('ready', 'retry') AND due_at <= ? AND NOT EXISTS ({earlier})"
        sql = f"SELECT state, count(*) FROM outbox o WHERE state = 'sending' OR ({due}) GROUP BY state"  # noqa: S608
        with sqlite3.connect(self.path) as raw:
            found = dict(raw.execute(sql, (self.hands.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),)).fetchall())
        raw.close()
        return not found or ("sending" not in found and sender._waits() > 0)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  what is waited for is a state of the database, not one event
            await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def way(tmp_path: Path) -> AsyncIterator[Way]:
    hands = Hands()
    async with opened(tmp_path / "x.db", hands) as database, open_office(PostOffice()) as office:
        yield Way(database, office, hands, tmp_path / "x.db")


async def test_a_message_arrives_with_its_words_and_its_headers(way: Way) -> None:
    row = await way.put()
    await way.settle()
    assert await way.state(row) == "sent"
    [taken] = way.office.taken
    assert taken.recipients == ["ola@skulen.example"]
    assert taken.sender == "samrad@solvik.example"
    assert taken.text.strip() == "Hei, Åse"
    headers = taken.message
    assert headers["From"] == "Sølvik kommune <samrad@solvik.example>"
    assert (headers["Reply-To"], headers["Auto-Submitted"], headers["Content-Language"]) == (
        "eining@solvik.example",
        "auto-generated",
        "nn",
    )


# The error table of docs/operations.md: where, what the server does, the class, what becomes of the row, who hears of it.
TABLE: list[tuple[str, str | float | None, MessageClass, str, list[bool], list[str]]] = [
    ("MAIL", "421 4.3.2 closing", REMINDER, "retry", [], []),
    ("MAIL", "450 4.7.1 later", REMINDER, "retry", [], []),
    ("MAIL", "550 5.7.1 not from you", REMINDER, "retry", [], ["mail_refused"]),
    ("MAIL", None, RIGHTS, "retry", [], []),
    ("RCPT", "421 4.3.2 closing", REMINDER, "retry", [], []),
    ("RCPT", "450 4.2.0 greylisted", REMINDER, "retry", [], []),
    ("RCPT", "550 5.1.1 no such user Ola Nordmann", REMINDER, "dead", [True], []),
    ("RCPT", "550 5.1.1 no such user", RIGHTS, "dead", [True], ["outbox_given_up"]),
    ("RCPT", None, REMINDER, "retry", [], []),
    ("DATA", "421 4.3.2 closing", REMINDER, "retry", [], []),
    ("DATA", "452 4.3.1 full", REMINDER, "retry", [], []),
    ("DATA", "554 5.7.1 looks like spam", REMINDER, "dead", [True], []),
    ("DATA", None, REMINDER, "unknown", [False], []),
    ("DATA", None, RIGHTS, "retry", [], []),
    ("DATA", 0.6, REMINDER, "unknown", [False], []),
    ("DATA", 0.6, RIGHTS, "retry", [], []),
]


@pytest.mark.parametrize(("verb", "answer", "message_class", "state", "failed", "alarms"), TABLE, ids=str)
async def test_each_row_of_the_error_table(
    way: Way, verb: str, answer: str | float | None, message_class: MessageClass, state: str, failed: list[bool], alarms: list[str]
) -> None:
    way.office.will(verb, answer)
    row = await way.put(message_class=message_class)
    await way.settle()
    line = await way.line(row)
    assert (line.state, [sure for _, sure in way.failed], [kind for kind, _ in way.alarms]) == (state, failed, alarms)
    # Nothing of the server's words, which may name the person.
    assert "Ola" not in (line.last_error or "")


async def test_a_server_that_is_away_is_waited_for_and_nothing_is_lost(way: Way) -> None:
    port, way.office.port = way.office.port, 9
    rows = [await way.put(person=7), await way.put(person=8)]
    await way.settle()
    assert {await way.state(row) for row in rows} <= {"ready", "retry"}
    way.office.port = port
    way.hands.turn(timedelta(hours=2))
    await way.settle()
    assert [await way.state(row) for row in rows] == ["sent", "sent"]
    assert len(way.office.taken) == 2


async def test_a_greylisted_message_comes_later_in_its_order(way: Way) -> None:
    way.office.will("RCPT", "450 4.2.0 greylisted")
    first, second, other = await way.put(text="1"), await way.put(text="2"), await way.put(person=8, text="3")
    await way.settle()
    assert [await way.state(row) for row in (first, second, other)] == ["retry", "ready", "sent"]
    way.hands.turn(timedelta(minutes=2))
    await way.settle()
    assert [taken.text.strip() for taken in way.office.taken] == ["3", "1", "2"]


async def test_killed_between_the_servers_ok_and_our_commit(way: Way) -> None:
    """Rights: once more, under the same name, so that a mailbox knows it. A reminder: not again, and somebody phones."""
    for message_class, state, copies in ((RIGHTS, "sent", 2), (REMINDER, "unknown", 1)):
        way.office.taken.clear()
        row = await way.put(message_class=message_class)
        run = asyncio.create_task(way.new_sender().run())
        way.office.after_data = lambda run=run: run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        way.office.after_data = None
        assert await way.state(row) == "sending"
        way.hands.turn(timedelta(minutes=1))
        await way.settle()
        assert (await way.state(row), len(way.office.taken)) == (state, copies)
        assert len({taken.message["Message-ID"] for taken in way.office.taken}) == 1
    assert way.failed == [(row, False)]


async def test_one_that_cannot_be_delivered_stops_no_other(way: Way) -> None:
    way.office.will("RCPT", "550 5.1.1 unknown")
    bad, nowhere, good = await way.put(), await way.put(to="ikkje ei adresse@x", person=8), await way.put(person=9)
    await way.settle()
    assert [await way.state(row) for row in (bad, nowhere, good)] == ["dead", "dead", "sent"]
    assert way.failed == [(bad, True), (nowhere, True)]


async def test_no_more_than_the_limit_leaves_in_a_minute(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sender_module.IN_A_MINUTE == 60
    for person in range(1, 63):
        await way.put(person=person)
    await way.settle()
    assert len(way.office.taken) == 60
    way.hands.turn(timedelta(seconds=61))
    await way.settle()
    assert len(way.office.taken) == 62


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.FROM_THE_START])
async def test_encrypted_and_logged_in(way: Way, tmp_path: Path, encryption: Encryption) -> None:
    made = certificates(tmp_path / "certificates")
    way.encryption, way.ca_file, way.user, way.password = encryption, made.authority, USER, PASSWORD
    async with open_office(PostOffice(), tls=made.server, at_once=encryption is Encryption.FROM_THE_START) as way.office:
        row = await way.put()
        await way.settle()
    assert await way.state(row) == "sent"
    assert (way.office.taken[0].encrypted, way.office.taken[0].user) == (True, USER)


@pytest.mark.parametrize("user", [None, USER])
async def test_where_starttls_is_not_offered_nothing_is_sent(way: Way, user: str | None) -> None:
    way.encryption, way.user, way.password = Encryption.STARTTLS, user, PASSWORD
    row = await way.put()
    await way.settle()
    assert (await way.state(row), way.office.taken, [kind for kind, _ in way.alarms]) == ("retry", [], ["mail_refused"])
    assert way.office.commands == ["EHLO"]


@pytest.mark.parametrize(
    ("host", "days", "ours", "encryption"),
    [
        ("mail.other.example", 30, True, Encryption.STARTTLS),
        (HOST, -1, True, Encryption.STARTTLS),
        (HOST, 30, False, Encryption.STARTTLS),
        (HOST, 30, False, Encryption.FROM_THE_START),
    ],
    ids=["another name", "run out", "an authority nobody knows", "the same from the start"],
)
async def test_a_certificate_that_is_not_right_stops_it(
    way: Way, tmp_path: Path, host: str, days: int, ours: bool, encryption: Encryption
) -> None:
    made = certificates(tmp_path / "certificates", host=host, days=days)
    way.encryption, way.ca_file = encryption, made.authority if ours else None
    async with open_office(PostOffice(), tls=made.server, at_once=encryption is Encryption.FROM_THE_START) as way.office:
        row = await way.put()
        await way.settle()
    assert (await way.state(row), way.office.taken) == ("retry", [])
    assert [kind for kind, _ in way.alarms] == ["mail_refused"]
    assert "certificate is not right" in way.alarms[0][1]


async def test_a_wrong_password_is_an_alarm_and_never_shown(way: Way, tmp_path: Path) -> None:
    made = certificates(tmp_path / "certificates")
    way.encryption, way.ca_file, way.user, way.password = Encryption.STARTTLS, made.authority, USER, "feil-kanari"
    async with open_office(PostOffice(), tls=made.server) as way.office:
        row = await way.put()
        await way.settle()
    line = await way.line(row)
    assert (line.state, way.office.taken) == ("retry", [])
    assert "535" in (line.last_error or "")
    assert "kanari" not in str((way.alarms, line.last_error))


def test_nothing_older_than_tls_1_2_is_spoken(tmp_path: Path) -> None:
    context = MailServer(host=HOST, port=1, encryption=Encryption.STARTTLS).tls()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


async def test_stopping_waits_for_the_message_under_way(way: Way) -> None:
    way.office.will("DATA", 0.2)
    row, waiting = await way.put(), await way.put(person=8)
    sender = way.new_sender()
    run = asyncio.create_task(sender.run())
    await until(lambda: "DATA" in way.office.commands)
    sender.stop()
    await run
    assert (await way.state(row), await way.state(waiting)) == ("sent", "ready")
