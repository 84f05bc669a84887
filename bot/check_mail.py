"""Is e-mail in order? What an operator's check looks at there.

Here: the mail server, our address, and the folder of what came back. Not here: the rest (`bot.checks`). Guarantees: no e-mail is sent and
nothing is changed by looking; no password is in a finding.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.findings import WAIT, Finding, bad, note, ok
from bot.mail.server import Connection, Encryption, Failed, MailServer, Stage
from bot.mail.signals import status_of, tls_fault
from bot.mail_service import mail_server
from bot.settings import REMEDIES, Settings

MAIL: Final = "e-mail"
PARTS: Final = ("new", "cur", "tmp")


async def of_mail(settings: Settings) -> AsyncIterator[Finding]:
    """The mail server and what belongs to it. Never raises for what a network can do."""
    server = mail_server(settings)
    if server is None or settings.mail_from is None:
        found = "there is none: whoever has no chat is phoned"
        yield note(MAIL, found, REMEDIES["SAMRAD_SMTP_URL"])
        return
    yield await of_server(server, settings.mail_from)
    yield of_level(settings.mail_level)
    if settings.page_listen is None:
        yield note(MAIL, "there is no page to answer on, so e-mails only say that there is something", REMEDIES["SAMRAD_PAGE_LISTEN"])
    for finding in of_returned(settings.bounce_maildir):
        yield finding


async def of_server(server: MailServer, sender: str) -> Finding:
    """Does it answer, encrypted, and does it let us send from our address?"""
    where, connection = f"{server.host}:{server.port}", Connection(server, timeout=WAIT)
    try:
        await connection.name_sender(sender)
        await connection.take_back_sender()
    except Failed as failed:
        return _failed(where, server, failed)
    finally:
        await connection.close()
    how = "on this machine" if server.encryption is Encryption.NONE else "encrypted"
    return ok(MAIL, f"{where} takes e-mails from {sender}, {how}")


def _failed(where: str, server: MailServer, failed: Failed) -> Finding:
    tls, status = tls_fault(failed.cause), status_of(failed.cause)
    if tls is not None:
        remedy = "Write the name that stands in its certificate, or set SAMRAD_SMTP_CA_FILE where the authority is your own."
        return bad(MAIL, f"{where} answers, but {tls}", remedy)
    if failed.stage is Stage.SENDER:
        answer = "" if status is None else f" (SMTP {status})"
        remedy = "Let whoever runs it allow SAMRAD_MAIL_FROM for this machine or user."
        return bad(MAIL, f"{where} does not take e-mails from SAMRAD_MAIL_FROM{answer}", remedy)
    if failed.stage is Stage.GREET:
        answer = f"SMTP {status}" if status is not None else type(failed.cause).__name__
        remedy = f"Check the scheme and port of SAMRAD_SMTP_URL (now {server.encryption}), SAMRAD_SMTP_USER and SAMRAD_SMTP_PASSWORD."
        return bad(MAIL, f"{where} answers, but encrypting or logging in failed ({answer})", remedy)
    return bad(MAIL, f"{where} cannot be reached ({type(failed.cause).__name__})", "Check SAMRAD_SMTP_URL, the network and the firewall.")


def of_level(level: PrivacyLevel) -> Finding:
    """How much stands in an e-mail."""
    said = {
        PrivacyLevel.NOTICE: "e-mails say that there is something, and its number",
        PrivacyLevel.PRACTICAL: "e-mails hold times and places, and a calendar file",
    }
    return ok(MAIL, said.get(level, "e-mails hold everything; all people are made up"))


def of_returned(folder: Path | None) -> Iterator[Finding]:
    """Is what comes back read?"""
    if folder is None:
        found = "e-mails that come back later are not read here; refusals at once are"
        yield note(MAIL, found, "Let somebody read the mailbox of SAMRAD_MAIL_FROM, or set SAMRAD_BOUNCE_MAILDIR.")
        return
    lacking = [part for part in PARTS if not (folder / part).is_dir()]
    if lacking:
        yield bad(MAIL, f"{folder} is no Maildir: it has no {', '.join(lacking)}", REMEDIES["SAMRAD_BOUNCE_MAILDIR"])
    elif not all(os.access(folder / part, os.R_OK | os.W_OK | os.X_OK) for part in PARTS):
        yield bad(MAIL, f"{folder} cannot be read and written by this user", "Give the user that runs Samråd access to it.")
    else:
        yield ok(MAIL, f"what comes back is read from {folder}")
