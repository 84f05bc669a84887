"""E-mails that came back: a folder in which the mail server puts what could not be delivered later on.

Here: reading them (RFC 3464), with the standard library alone. Not here: who is told (`bot.services.ladder`). Guarantees: nobody can make
one up, since each of our messages has a keyed code in the address to which it comes back; of what is in them only the outcome and a status
code are taken; what is not ours is left for people to read.
"""

import contextlib
import mailbox
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from hmac import compare_digest
from pathlib import Path
from typing import Final

from bot.store import mail_returned
from bot.store.database import Tx

LARGEST: Final = 1_000_000
"""Bytes. Nothing that tells of a message of ours is so large."""
MOST_AT_ONCE: Final = 100
TAGGED: Final = re.compile(rf"\+([0-9]{{1,12}})\.([0-9a-f]{{{mail_returned.TAG_LENGTH}}})@", re.IGNORECASE)
NAMED: Final = re.compile(rf"<([0-9]{{1,12}})\.([0-9a-f]{{{mail_returned.TAG_LENGTH}}})@", re.IGNORECASE)
STATUS: Final = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
TO: Final = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
NAMES: Final = ("Message-ID", "In-Reply-To", "References")


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """A message in the folder: its key there, which rows it may be about with their codes, and whether it says that one did not arrive."""

    key: str
    about: tuple[tuple[int, str], ...]
    failed: bool
    status: str | None


class Folder:
    """A Maildir."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _open(self) -> mailbox.Maildir:
        return mailbox.Maildir(self._path, factory=None, create=False)

    def new(self) -> list[Returned]:
        """What has not been looked at yet, the oldest first. Raises `OSError` or `mailbox.Error` where the folder cannot be read."""
        folder, found = self._open(), []
        waiting = sorted(key for key, message in folder.iteritems() if message.get_subdir() == "new")
        for key in waiting[:MOST_AT_ONCE]:
            # What somebody has taken away meanwhile is not there any more.
            with contextlib.suppress(KeyError, FileNotFoundError):
                found.append(_read_or_nothing(key, folder.get_bytes(key)))
        return found

    def done(self, returned: Returned, known: bool) -> None:
        """What was ours is deleted; the rest stays, marked as seen."""
        folder = self._open()
        with contextlib.suppress(KeyError, FileNotFoundError):
            if known:
                folder.remove(returned.key)
                return
            message = folder[returned.key]
            message.set_subdir("cur")
            message.add_flag("S")
            folder[returned.key] = message


def _read_or_nothing(key: str, raw: bytes) -> Returned:
    try:
        return read(key, raw)
    except Exception:  # whatever lies there must not keep the others from being read; it stays for people to look at
        return Returned(key=key, about=(), failed=False, status=None)


def read(key: str, raw: bytes) -> Returned:
    """What a message says of one of ours. Anything that cannot be read says nothing."""
    message = BytesParser(policy=policy.default).parsebytes(raw[:LARGEST])
    assert isinstance(message, EmailMessage)
    action, status = _report(message)
    return Returned(key=key, about=_about(message), failed=action == "failed", status=status)


def _header(message: EmailMessage, name: str) -> str:
    # A header that its own standard does not allow must not stop the reading.
    with contextlib.suppress(Exception):
        return " ".join(str(each) for each in message.get_all(name, []))
    return ""


def _about(message: EmailMessage) -> tuple[tuple[int, str], ...]:
    """The row in the address it came to, or in the name of the message that stands in it."""
    found = [match for name in TO for match in TAGGED.findall(_header(message, name))]
    for part in message.walk():
        if isinstance(part, EmailMessage):
            found += [match for name in NAMES for match in NAMED.findall(_header(part, name))]
    return tuple(dict.fromkeys((int(row), code.lower()) for row, code in found))


def _report(message: EmailMessage) -> tuple[str | None, str | None]:
    """What the machine-readable part says of the recipient: `failed`, `delayed` or another, and its status code."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, EmailMessage) and (action := _header(block, "Action").strip().casefold()):
                status = STATUS.match(_header(block, "Status"))
                return action, None if status is None else status[1]
    return None, None


def ours(tx: Tx, returned: Returned) -> int | None:
    """Which of our e-mails it is about; None where it is none of ours."""
    for row, code in returned.about:
        if compare_digest(mail_returned.tag(tx, row), code):
            return row
    return None
