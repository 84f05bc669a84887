"""An e-mail as bytes: what anybody wrote stays where it belongs."""

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outgoing import CalendarPart, SendMail, from_json, kind_of, to_json
from bot.mail.message import From, NoAddress, as_bytes, plain_address

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OURS = From(address="samrad@solvik.example", name="Solvik kommune")
HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Content-Language"),
]


def mail(**given: object) -> SendMail:
    fields: dict[str, object] = {"address": "ola@skulen.example", "subject": "Ny melding", "text": "Hei", "language": "nb"}
    return SendMail(**{**fields, "reply_to": "eining@solvik.example", **given})  # type: ignore[arg-type]


def read(sent: SendMail, ours: From = OURS) -> EmailMessage:
    raw = as_bytes(sent, ours, row=42, tag="0123456789abcdef", at=AT)
    found = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@given(words=st.text(max_size=60), name=st.text(max_size=60), text=st.text(max_size=200))
def test_nobodys_words_become_a_header(words: str, name: str, text: str) -> None:
    injected = "\r\nBcc: alle@example.org\r\n\r\nHei"
    for sent, ours in (
        (mail(subject=words, text=text), From(address=OURS.address, name=name)),
        (mail(subject=words + injected, text=injected + text), From(address=OURS.address, name=name + injected)),
    ):
        found = read(sent, ours)
        assert sorted(found.keys()) == sorted(HEADERS)
        assert [str(each) for each in found["To"].addresses] == ["ola@skulen.example"]
        assert found["From"].addresses[0].addr_spec == OURS.address


@pytest.mark.parametrize(
    "address",
    [
        *("", "ola", "@x.no", "ola@", "ola@x", "o la@x.no", "ola@x..no", ".ola@x.no", "o..la@x.no", "ola@-x.no", "ola@x.no\r\nBcc: a@b.no"),
        *(
            "ola@x.no>, <kari@y.no",
            "<ola@x.no>",
            '"a b"@x.no',
            "ola,kari@x.no",
            "ola@x.no;kari@y.no",
            "ola@[127.0.0.1]",
            "a" * 65 + "@x.no",
        ),
        f"ola@{'a' * 64}.no",
        f"ola@{'a.' * 130}no",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NoAddress):
        plain_address(address)


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        (" Ola.Nordmann+sak@Skulen.example ", "Ola.Nordmann+sak@Skulen.example"),
        ("ola@bø.kommune.no", "ola@xn--b-5ga.kommune.no"),
        ("åse@skulen.example", "åse@skulen.example"),
    ],
)
def test_an_address_as_servers_know_it(address: str, plain: str) -> None:
    assert plain_address(address) == plain


def test_names_beyond_ascii_are_readable() -> None:
    found = read(
        mail(subject="Ny melding frå Sølvik kommune", text="Kjære Åse – «hei»\n"), From(address=OURS.address, name="Sølvik kommune")
    )
    assert (found["Subject"], found["From"].addresses[0].display_name) == ("Ny melding frå Sølvik kommune", "Sølvik kommune")
    assert found.get_content().split() == ["Kjære", "Åse", "–", "«hei»"]
    raw = as_bytes(mail(text="Kjære Åse"), OURS, row=1, tag="t", at=AT)
    assert raw.isascii()


def test_the_name_of_a_message_is_its_rows_and_its_way_back_too() -> None:
    assert read(mail())["Message-ID"] == "<42.0123456789abcdef@solvik.example>"
    assert OURS.envelope(42, "0123456789abcdef") == "samrad@solvik.example"
    returns = From(address=OURS.address, name="x", returns=True)
    assert returns.envelope(42, "0123456789abcdef") == "samrad+42.0123456789abcdef@solvik.example"


def test_the_calendar_is_an_alternative_to_the_words() -> None:
    file = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møte\r\nEND:VCALENDAR\r\n"
    found = read(mail(calendar=CalendarPart(file=file, method="REQUEST")))
    assert found.get_content_type() == "multipart/alternative"
    words, calendar = found.iter_parts()
    assert (words.get_content_type(), calendar.get_content_type()) == ("text/plain", "text/calendar")
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert calendar.get_payload(decode=True) == file.encode()


def test_what_is_stored_is_read_back_equal_and_counts_as_a_new_message() -> None:
    for each in (mail(), mail(reply_to=None, calendar=CalendarPart(file="x", method="CANCEL"))):
        assert from_json(to_json(each)) == each
        assert kind_of(each) == "send"
