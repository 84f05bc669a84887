"""The log: what operators read, as one JSON object a line on standard error.

Here: the vocabulary (events, facts), the form, and a lid on the libraries' own loggers. Not here: the audit trail (`bot.store.audit`)
and alarms (`bot.store.alarms`). Guarantees: an event is one of `Event`; a fact is one of `FACTS`, and is a number, a truth value or a
member of an enumeration in the code, never a text; everything else is dropped and counted. Of an exception only its type and the
places in our own code are written, never its message, which may quote a person or the token. Libraries are heard from WARNING upwards
whatever the level is (at INFO, httpx writes the token), and only the place in the code they speak from.
"""

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, TextIO

import structlog

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = ("bot", "conversations")
CAPPED: Final = ("aiosqlite", "apscheduler", "asyncio", "httpcore", "httpx", "telegram", "uvicorn", "uvicorn.access", "uvicorn.error")
MOST_CAUSES: Final = 5
MOST_FRAMES: Final = 12
LARGEST: Final = 10**10 - 1
"""Larger numbers are dropped: from eleven digits on a number could be a person's identity number."""

Fact = int | float | bool | Enum | None


class Event(StrEnum):
    """Everything that is ever logged."""

    STARTED = "started"
    STOPPING = "stopping"
    STOPPED = "stopped"
    CRASHED = "crashed"
    TASK_FAILED = "task_failed"
    MIGRATED = "migrated"
    KEY_FILE_MADE = "key_file_made"
    POLLING = "polling"
    POLL_FAILED = "poll_failed"
    SECOND_POLLER = "second_poller"
    TOKEN_REFUSED = "token_refused"  # noqa: S105
    WEBHOOK_SET = "webhook_set"
    WEBHOOK_REFUSED = "webhook_refused"
    UPDATES_TAKEN = "updates_taken"
    UPDATE_FAILED = "update_failed"
    UPDATE_SET_ASIDE = "update_set_aside"
    UPDATE_UNREADABLE = "update_unreadable"
    SENT = "sent"
    SEND_RETRIED = "send_retried"
    SEND_UNKNOWN = "send_unknown"
    SEND_DEAD = "send_dead"
    RATE_LIMITED = "rate_limited"
    LINK_DEAD = "link_dead"
    MAIL_RETURNED = "mail_returned"
    TICK_FAILED = "tick_failed"
    CASES_RECOMPUTED = "cases_recomputed"
    REMINDERS_FIRED = "reminders_fired"
    REMINDERS_SKIPPED = "reminders_skipped"
    SESSIONS_EXPIRED = "sessions_expired"
    PURGED = "purged"
    ALARM_RAISED = "alarm_raised"
    CASE_ALONE = "case_alone"
    AUDIT_BROKEN = "audit_broken"
    TEXT_MISSING = "text_missing"
    METRICS_SERVED = "metrics_served"
    PAGE_SERVED = "page_served"
    PAGE_FAILED = "page_failed"
    LOGIN_FAILED = "login_failed"
    LIBRARY = "library"


FACTS: Final = MappingProxyType(
    {
        "attempt": "the number of the attempt, from 1",
        "count": "how many",
        "failure": "what kind of failure, from an enumeration",
        "kind": "what kind of thing, from an enumeration",
        "language": "nb or nn",
        "late_s": "seconds after it was due",
        "outbox": "the row in the outbox",
        "port": "the port listened on",
        "privacy": "the privacy level",
        "retry_s": "seconds until the next attempt",
        "status": "the HTTP status",
        "took_ms": "how long it took, in milliseconds",
        "update": "Telegram's number for the update",
        "version": "the number of the migration",
    }
)
"""Every fact that an event may carry."""


def describe(error: BaseException) -> dict[str, object]:
    """An exception without its message: its type, our places it passed through (innermost last), and the types of its causes."""
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < MOST_CAUSES:
        causes.append(_type_of(cause))
        cause = cause.__cause__ or cause.__context__
    described: dict[str, object] = {"type": _type_of(error), "frames": _our_frames(error.__traceback__)}
    if causes:
        described["causes"] = causes
    if isinstance(error, BaseExceptionGroup):
        described["group"] = [describe(inner) for inner in error.exceptions[:MOST_CAUSES]]
    return described


def _type_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _our_frames(traceback: TracebackType | None) -> list[str]:
    frames: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if (place := _our_place(code.co_filename)) is not None:
            frames.append(f"{place}:{traceback.tb_lineno}:{code.co_name}")
        traceback = traceback.tb_next
    return frames[-MOST_FRAMES:]


def _our_place(filename: str) -> str | None:
    path = Path(filename)
    if not path.is_relative_to(ROOT):
        return None
    place = path.relative_to(ROOT)
    return place.as_posix() if place.parts[0] in OURS else None


class Log:
    """Writes events. `on_dropped` is called once for each fact that is dropped; usually it counts it in the metrics."""

    def __init__(self, on_dropped: Callable[[], None] | None = None) -> None:
        self._on_dropped = on_dropped
        self.dropped = 0

    def debug(self, event: Event, /, **facts: Fact) -> None:
        self._write(logging.DEBUG, event, None, facts)

    def info(self, event: Event, /, **facts: Fact) -> None:
        self._write(logging.INFO, event, None, facts)

    def warning(self, event: Event, /, error: BaseException | None = None, **facts: Fact) -> None:
        self._write(logging.WARNING, event, error, facts)

    def error(self, event: Event, /, error: BaseException | None = None, **facts: Fact) -> None:
        self._write(logging.ERROR, event, error, facts)

    def drop(self) -> None:
        """Count something that was not fit to be written."""
        self.dropped += 1
        if self._on_dropped is not None:
            self._on_dropped()

    def _write(self, level: int, event: object, error: BaseException | None, facts: dict[str, Fact]) -> None:
        # The types forbid what is dropped here; this holds also where the types were not checked.
        if not isinstance(event, Event):
            self.drop()
            return
        written: dict[str, object] = {}
        for name, fact in facts.items():
            if name in FACTS and _fit(fact):
                written[name] = fact.value if isinstance(fact, Enum) else fact
            else:
                self.drop()
        if error is not None:
            written["error"] = describe(error)
        self._line(level, event, written)

    def library(self, record: logging.LogRecord) -> None:
        """Write that a library has spoken: who, how loud and from which place in its code. What it said is not written."""
        error = record.exc_info[1] if record.exc_info else None
        place = f"{record.module}:{record.lineno}:{record.funcName}"
        told = {"logger": record.name.split(".")[0], "place": place} | ({"error": describe(error)} if error else {})
        self._line(record.levelno, Event.LIBRARY, told)

    def _line(self, level: int, event: Event, written: Mapping[str, object]) -> None:
        try:
            structlog.get_logger().log(level, event.value, **written)
        except (OSError, ValueError):
            # A full disk or a closed pipe under the log must not stop what is being logged about.
            self.drop()


def _fit(fact: object) -> bool:
    if isinstance(fact, Enum):
        return type(fact).__module__.partition(".")[0] in OURS
    return fact is None or (isinstance(fact, int | float) and abs(fact) <= LARGEST)


class _Lid(logging.Handler):
    """The one handler of the standard library's logging: nothing below WARNING, nothing that was said."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        # Asked again here: a library may have lowered the handler's level.
        if record.levelno >= logging.WARNING:
            self._log.library(record)

    def handleError(self, record: logging.LogRecord) -> None:
        # The inherited one prints the message with its arguments.
        self._log.drop()


def configure(level: str, *, log: Log, stream: TextIO | None = None) -> None:
    """Write to `stream` (standard error) from `level` on, and put the lid on every other logger and on uncaught exceptions.

    `level` is DEBUG, INFO, WARNING or ERROR, and holds for our own events only. May be called again.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        # Standard error is asked for at each line, so that a redirected one is followed.
        logger_factory=lambda *_: structlog.PrintLogger(stream if stream is not None else sys.stderr),
        cache_logger_on_first_use=False,
    )
    lid = _Lid(log)
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.WARNING, handlers=[lid], force=True)
    for name in {*CAPPED, *logging.root.manager.loggerDict}:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.disabled = False
        library.setLevel(max(library.level, logging.WARNING))
    sys.excepthook = lambda kind, error, traceback: _crashed(log, error)
    threading.excepthook = lambda thread: log.error(Event.TASK_FAILED, error=thread.exc_value)


def _crashed(log: Log, error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    log.error(Event.CRASHED, error=error)
