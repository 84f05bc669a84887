"""E-mails that come back: what mail servers write, what people write, and what somebody makes up."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.bounces import Folder, Returned, ours, read
from bot.store import mail_returned
from bot.store.database import Tx
from tests.telegram.wire import Hands, opened

TAG = "0123456789abcdef"
REPORT = """From: MAILER-DAEMON@skulen.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.skulen.example

Final-Recipient: rfc822; ola@skulen.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} there is no Ola Nordmann here

--cut
Content-Type: message/rfc822

Subject: Ny melding
Message-ID: {name}

Hei

--cut--
"""


def report(
    *, to: str = f"samrad+42.{TAG}@solvik.example", action: str = "failed", status: str = "5.1.1", name: str = "<other@solvik.example>"
) -> bytes:
    """A delivery report as RFC 3464 has it."""
    return REPORT.format(to=to, action=action, status=status, name=name).encode()


def test_a_failure_is_read_with_its_row_and_status() -> None:
    assert read("k", report()) == Returned(key="k", about=((42, TAG),), failed=True, status="5.1.1")


def test_the_row_is_found_in_the_message_that_came_back_too() -> None:
    assert read("k", report(to="samrad@solvik.example", name=f"<42.{TAG}@solvik.example>")).about == ((42, TAG),)


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", ""])
def test_what_is_no_failure_is_none(action: str) -> None:
    assert not read("k", report(action=action)).failed


def test_an_answer_by_a_person_or_a_machine_is_no_failure() -> None:
    away = EmailMessage()
    away["To"], away["Subject"], away["Auto-Submitted"] = f"samrad+42.{TAG}@solvik.example", "Ikke på kontoret", "auto-replied"
    away.set_content("Action: failed\nStatus: 5.1.1\n")
    assert not read("k", away.as_bytes()).failed


@given(raw=st.binary(max_size=400))
def test_whatever_lies_there_is_read_without_a_fault(raw: bytes) -> None:
    assert not read("k", raw).failed
    assert read("k", report()[:200] + raw + report()[200:]).key == "k"


async def test_only_what_we_sent_counts(tmp_path: Path) -> None:
    async with opened(tmp_path / "x.db", Hands()) as database:

        def work(tx: Tx) -> tuple[int | None, int | None]:
            right = mail_returned.tag(tx, 42)
            return ours(tx, read("k", report(to=f"samrad+42.{right}@x.no"))), ours(tx, read("k", report(to=f"samrad+43.{right}@x.no")))

        assert await database.transact(work) == (42, None)


def test_a_folder_is_read_once_and_what_is_not_ours_stays_for_people(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "returned")
    box.add(report())
    letter = EmailMessage()
    letter["Subject"] = "Hei"
    letter.set_content("Kan de ringe meg?")
    box.add(letter)
    folder = Folder(tmp_path / "returned")
    found = folder.new()
    assert sorted(each.failed for each in found) == [False, True]
    for each in found:
        folder.done(each, each.failed)
    assert folder.new() == []
    assert [message["Subject"] for message in mailbox.Maildir(tmp_path / "returned")] == ["Hei"]
    folder.done(found[0], True)
    folder.done(found[1], False)


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(mailbox.NoSuchMailboxError):
        Folder(tmp_path / "nowhere").new()
