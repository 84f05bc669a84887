"""What a mail server's answer, or its silence, means for the message and for all that wait.

Here: the error table of `docs/operations.md` as one function. Not here: the calls (`bot.mail.server`), and what becomes of rows
(`bot.mail.sender`). Guarantees: what may have been taken is never "not sent"; of the other side's words only codes are kept.
"""

import re
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import aiosmtplib

from bot.mail.server import Failed, Stage

ENHANCED: Final = re.compile(r"\b([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
AWAY: Final = 421
REFUSES_FOR_GOOD: Final = 500


class Signal(StrEnum):
    """What to do."""

    NOT_SENT = "not sent"
    """This message surely was not taken: again later."""
    AWAY = "away"
    """The server takes nothing now: all wait."""
    REFUSED = "refused"
    """This message will never be taken."""
    UNKNOWN = "unknown"
    """It may have been taken: decided by its class."""
    MISCONFIGURED = "misconfigured"
    """Nothing will be taken until somebody mends the settings or the server: all wait, and an operator is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What an error means; `words` are for operators, made of the stage and codes alone."""

    signal: Signal
    words: str


def verdict(failed: Failed) -> Verdict:
    """What a failed delivery means."""
    stage, cause = failed.stage, failed.cause
    words = _words(stage, cause)
    if stage in {Stage.CONNECT, Stage.GREET}:
        return Verdict(signal=_before_the_message(cause), words=words)
    if isinstance(cause, aiosmtplib.SMTPNotSupported | ValueError):
        return Verdict(signal=Signal.REFUSED, words=f"the server cannot take this address ({stage})")
    if isinstance(cause, aiosmtplib.SMTPResponseException):
        if cause.code == AWAY:
            return Verdict(signal=Signal.AWAY, words=words)
        if cause.code < 400:
            # No answer that the protocol knows here: a server like that may have taken it.
            return Verdict(signal=Signal.UNKNOWN if stage is Stage.DATA else Signal.AWAY, words=words)
        if cause.code < REFUSES_FOR_GOOD:
            return Verdict(signal=Signal.NOT_SENT, words=words)
        return Verdict(signal=Signal.MISCONFIGURED if stage is Stage.SENDER else Signal.REFUSED, words=words)
    return Verdict(signal=Signal.UNKNOWN if stage is Stage.DATA else Signal.AWAY, words=words)


def _before_the_message(cause: BaseException) -> Signal:
    if tls_fault(cause) is not None:
        return Signal.MISCONFIGURED
    if isinstance(cause, aiosmtplib.SMTPResponseException):
        return Signal.AWAY if 400 <= cause.code < REFUSES_FOR_GOOD else Signal.MISCONFIGURED
    if isinstance(cause, OSError):
        # A server that is away, or a file of certificates that is.
        return Signal.MISCONFIGURED if isinstance(cause, FileNotFoundError | PermissionError) else Signal.AWAY
    # It does not offer STARTTLS, or no way of logging in that we know.
    return Signal.MISCONFIGURED


def tls_fault(cause: BaseException) -> str | None:
    """Why the connection could not be encrypted, or None where that is not what failed."""
    for each in (cause, cause.__cause__):
        if isinstance(each, ssl.SSLCertVerificationError):
            return f"its certificate is not right ({each.verify_message})"
        if isinstance(each, ssl.SSLError):
            return "it cannot be encrypted"
    return None


def status_of(cause: BaseException) -> str | None:
    """The codes in a server's answer, and nothing else of it."""
    if not isinstance(cause, aiosmtplib.SMTPResponseException):
        return None
    enhanced = ENHANCED.search(cause.message)
    return f"{cause.code} {enhanced[1]}" if enhanced else str(cause.code)


def _words(stage: Stage, cause: BaseException) -> str:
    status, tls = status_of(cause), tls_fault(cause)
    if status is not None:
        return f"SMTP {status} while {stage}"
    return f"{type(cause).__name__} while {stage}" if tls is None else f"{tls} while {stage}"
