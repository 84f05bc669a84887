"""An e-mail as the bytes that travel.

Here: headers and parts (RFC 5322, 2045, 6047). Not here: what it says (`bot.services.letters`). Guarantees: nothing that anybody wrote can
become a header of its own; the Message-ID of a row is always the same, so that a message that comes twice is known as one; machines that
answer by themselves are asked not to.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import Final

from bot.domain.outgoing import CalendarPart, SendMail

LONGEST: Final = 254
"""RFC 5321 § 4.5.3.1, as its errata 1690 says."""
LOCAL: Final = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]{1,64}")
DOMAIN: Final = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
SEPARATOR: Final = "+"


class NoAddress(Exception):
    """What was given is no address that mail can go to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class From:
    """Who we are: our address, and the municipality's name beside it. `returns`: what comes back is read, by row."""

    address: str
    name: str
    returns: bool = False

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def envelope(self, row: int, tag: str) -> str:
        """Where a message goes that cannot be delivered."""
        local, _, domain = self.address.rpartition("@")
        return f"{local}{SEPARATOR}{row}.{tag}@{domain}" if self.returns else self.address


def plain_address(address: str) -> str:
    """The address as servers know it, its domain in ASCII. Raises `NoAddress`."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain and not domain.isascii() else domain
    except UnicodeError:
        domain = ""
    if not LOCAL.fullmatch(local) or ".." in f".{local}." or not DOMAIN.fullmatch(domain) or len(local) + 1 + len(domain) > LONGEST:
        raise NoAddress
    return f"{local}@{domain}"


def message_id(row: int, tag: str, domain: str) -> str:
    """The name of an outbox row's message, the same however often it is sent."""
    return f"<{row}.{tag}@{domain}>"


def as_bytes(mail: SendMail, ours: From, *, row: int, tag: str, at: datetime) -> bytes:
    """The message. Raises `NoAddress`."""
    recipient = plain_address(mail.address)
    message = EmailMessage(policy=SMTP if recipient.isascii() else SMTPUTF8)
    local, _, domain = ours.address.rpartition("@")
    message["From"] = Address(display_name=_one_line(ours.name), username=local, domain=domain)
    to_local, _, to_domain = recipient.rpartition("@")
    message["To"] = Address(username=to_local, domain=to_domain)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(row, tag, ours.domain)
    if mail.reply_to is not None:
        reply_local, _, reply_domain = plain_address(mail.reply_to).rpartition("@")
        message["Reply-To"] = Address(username=reply_local, domain=reply_domain)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, subtype="plain", charset="utf-8", cte="quoted-printable")
    if mail.calendar is not None:
        _add_calendar(message, mail.calendar)
    # Last, since setting the content takes such headers away.
    message["Content-Language"] = mail.language
    return message.as_bytes()


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _add_calendar(message: EmailMessage, part: CalendarPart) -> None:
    """The invitation as an alternative to the words: mail programs then show it as one (RFC 6047 § 2.4)."""
    message.make_alternative()
    message.add_alternative(part.file.encode("utf-8"), maintype="text", subtype="calendar", cte="base64")
    calendar = message.get_payload()[-1]  # type: ignore[index]
    assert isinstance(calendar, EmailMessage)
    calendar.replace_header("Content-Type", f'text/calendar; charset="utf-8"; method={part.method}')
