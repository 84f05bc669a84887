"""What an error of Telegram's means for the thing we wanted to send.

Here: the table from an exception to what it tells us. Not here: what is then done (`bot.telegram.sender`). Guarantee: `not sent` is said
only where the request surely never reached Telegram; whatever is not known to be so is `unknown`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.domain.outgoing import AnswerPress, DeleteMessage, EditMessage, LeaveChat, Outgoing


class Signal(StrEnum):
    """What we know after an error."""

    NOT_SENT = "not sent"
    UNKNOWN = "unknown"
    TOO_MANY = "too many"
    ALREADY_SO = "already so"
    NEVER = "never"
    MESSAGE_GONE = "message gone"
    LINK_DEAD = "link dead"
    MISCONFIGURED = "misconfigured"
    SECOND_POLLER = "second poller"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A signal, how long to wait where Telegram says so, and Telegram's own words, for the operator."""

    signal: Signal
    words: str
    wait: timedelta = timedelta()


NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
WORDS_KEPT = 200
UNSAID_WAIT = timedelta(seconds=5)

# What Telegram writes after "Bad Request: ", in lower case, and for which kinds of call it means what.
SAID: tuple[tuple[str, tuple[type[Outgoing], ...] | None, Signal], ...] = (
    ("message is not modified", (EditMessage,), Signal.ALREADY_SO),
    ("query is too old", (AnswerPress,), Signal.ALREADY_SO),
    ("query id is invalid", (AnswerPress,), Signal.ALREADY_SO),
    ("message to delete not found", (DeleteMessage,), Signal.ALREADY_SO),
    ("message to edit not found", (EditMessage,), Signal.MESSAGE_GONE),
    ("message can't be edited", (EditMessage,), Signal.MESSAGE_GONE),
    ("chat not found", (LeaveChat,), Signal.ALREADY_SO),
    ("chat not found", None, Signal.LINK_DEAD),
)


def verdict(error: TelegramError, outgoing: Outgoing) -> Verdict:
    """What this error tells about this call."""
    signal, wait = _signal(error, outgoing)
    return Verdict(signal=signal, words=f"{type(error).__name__}: {error.message}"[:WORDS_KEPT], wait=wait)


def _signal(error: TelegramError, outgoing: Outgoing) -> tuple[Signal, timedelta]:
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Signal.TOO_MANY, wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
        case InvalidToken():
            return Signal.MISCONFIGURED, timedelta()
        case Conflict():
            return Signal.SECOND_POLLER, timedelta()
        case Forbidden():
            return Signal.ALREADY_SO if isinstance(outgoing, LeaveChat) else Signal.LINK_DEAD, timedelta()
        case ChatMigrated():
            return Signal.NEVER, timedelta()
        case BadRequest():
            return _bad_request(error.message.lower(), outgoing), timedelta()
        case NetworkError() if isinstance(error.__cause__, NEVER_LEFT):
            return Signal.NOT_SENT, timedelta()
        case NetworkError() if "too many requests" in error.message.lower():
            return Signal.TOO_MANY, UNSAID_WAIT
    return Signal.UNKNOWN, timedelta()


def _bad_request(words: str, outgoing: Outgoing) -> Signal:
    for said, kinds, signal in SAID:
        if said in words and (kinds is None or isinstance(outgoing, kinds)):
            return signal
    return Signal.NEVER
