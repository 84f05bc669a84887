"""Settings for e-mail: the mail server, our address, what may stand in an e-mail, and where returned ones are read.

Here: their form, and what to do when one is wrong. Not here: the other settings (`bot.settings`), and what is made of these
(`bot.mail_service`). Guarantees: a password is never sent to another machine without encryption; more than the hint that there is something
stands in an e-mail only where the municipality has said so, and everything only where all people are made up.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.addresses import is_loopback, wrong
from bot.domain.choices import PrivacyLevel

PORTS: Final = MappingProxyType({"smtps": 465, "smtp+starttls": 587, "smtp": 25})
ADDRESS: Final = re.compile(r"[A-Za-z0-9._-]{1,40}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]", re.ASCII)
"""Our own address: plain, and short enough for a code after it."""

REMEDIES: Final = MappingProxyType(
    {
        "SAMRAD_SMTP_URL": "Give the mail server: smtp+starttls://mail.example.kommune.no:587 or smtps://mail.example.kommune.no:465. "
        "Leave it out for no e-mail.",
        "SAMRAD_SMTP_USER": "Give the user name the mail server knows, with smtps or smtp+starttls. Leave it out where it asks for none.",
        "SAMRAD_SMTP_PASSWORD": "Give the password that belongs to SAMRAD_SMTP_USER.",
        "SAMRAD_SMTP_CA_FILE": "Give the path of a PEM file with your own authority's certificate, where the system does not know it.",
        "SAMRAD_MAIL_FROM": "Give the address that e-mails come from, such as samrad@example.kommune.no: letters, digits, dots, hyphens.",
        "SAMRAD_MAIL_LEVEL": "Set it to notice, or to practical where times and places may stand in e-mails.",
        "SAMRAD_BOUNCE_MAILDIR": "Give the path of the Maildir folder into which e-mails to SAMRAD_MAIL_FROM, also with +, are delivered.",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpAddress:
    """Where the mail server is. `scheme`: how the connection is encrypted, as in the URL."""

    scheme: str
    host: str
    port: int


def smtp_address(url: str) -> SmtpAddress:
    """A mail server's URL, read. Raises what `bot.addresses.wrong` makes."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise wrong("is not the URL of a mail server") from None
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise wrong("is not the URL of a mail server")
    if parts.username is not None or parts.password is not None:
        raise wrong("holds a name or a password, which have settings of their own")
    if parts.scheme == "smtp" and not is_loopback(host):
        raise wrong("is smtp without encryption, which is for a mail server on this machine only")
    return SmtpAddress(scheme=parts.scheme, host=host, port=port or PORTS[parts.scheme])


class MailSettings(BaseSettings):
    """The settings for e-mail, a part of all."""

    smtp_url: str | None = None
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_ca_file: Path | None = None
    mail_from: str | None = None
    # E-mail is not secure, and an address may be read by others than its owner: that there is something, and no more.
    mail_level: PrivacyLevel = PrivacyLevel.NOTICE
    bounce_maildir: Path | None = None

    @property
    def smtp_address(self) -> SmtpAddress | None:
        return None if self.smtp_url is None else smtp_address(self.smtp_url)

    @field_validator("smtp_url")
    @classmethod
    def _smtp_url(cls, url: str | None) -> str | None:
        if url is not None:
            smtp_address(url)
        return url

    @field_validator("mail_from")
    @classmethod
    def _mail_from(cls, address: str | None) -> str | None:
        if address is not None and not ADDRESS.fullmatch(address):
            raise wrong("is not a plain e-mail address")
        return address

    @field_validator("mail_level", mode="before")
    @classmethod
    def _mail_level_lower(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    @field_validator("mail_level")
    @classmethod
    def _mail_level(cls, level: PrivacyLevel) -> PrivacyLevel:
        if level is PrivacyLevel.OFF:
            raise wrong("is off; for no e-mail leave SAMRAD_SMTP_URL out")
        return level
