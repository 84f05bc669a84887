"""The log holds events and facts of the vocabulary, and nothing that anybody said."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any, cast

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choices import PrivacyLevel
from bot.logs import CAPPED, FACTS, LARGEST, Event, Fact, Log, configure, describe

SAID = "Kari er sliten 4242:token-of-nobody"


@pytest.fixture
def log() -> Iterator[Log]:
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    handlers, level = root.handlers[:], root.level
    try:
        yield Log()
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(False)
        structlog.reset_defaults()


@pytest.fixture
def stream(log: Log) -> io.StringIO:
    written = io.StringIO()
    configure("DEBUG", log=log, stream=written)
    return written


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_facts(log: Log, stream: io.StringIO) -> None:
    log.info(Event.STARTED, privacy=PrivacyLevel.NOTICE, port=8443, took_ms=12.5)
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "started", "level": "info", "port": 8443, "privacy": "notice", "took_ms": 12.5}


@pytest.mark.parametrize(
    "facts",
    [
        {"name": 1},
        {"kind": SAID},
        {"count": "12"},
        {"outbox": LARGEST + 1},
        {"count": float("nan")},
        {"kind": [1]},
        {"kind": json.JSONDecodeError},
    ],
)
def test_what_is_not_in_the_vocabulary_is_dropped_and_counted(log: Log, stream: io.StringIO, facts: dict[str, Fact]) -> None:
    log.info(Event.SENT, **facts)
    (line,) = lines(stream)
    assert set(line) == {"event", "level", "timestamp"}
    assert log.dropped == 1


def test_an_event_that_is_not_in_the_vocabulary_is_not_written(log: Log, stream: io.StringIO) -> None:
    log.error(cast("Event", SAID))
    assert lines(stream) == []
    assert log.dropped == 1


@given(
    name=st.sampled_from([*FACTS, "name", "text"]),
    said=st.text(min_size=1) | st.binary(min_size=1) | st.lists(st.text(min_size=1), min_size=1),
)
def test_no_text_ever_passes(name: str, said: object) -> None:
    log, written = Log(), io.StringIO()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=lambda *_: structlog.PrintLogger(written),
        cache_logger_on_first_use=False,
    )
    try:
        log.info(Event.SENT, **{name: cast("Fact", said)})
    finally:
        structlog.reset_defaults()
    assert json.loads(written.getvalue()) == {"event": "sent"}
    assert log.dropped == 1


def test_the_level_holds_for_our_own_events(log: Log) -> None:
    written = io.StringIO()
    configure("WARNING", log=log, stream=written)
    log.info(Event.STARTED)
    log.warning(Event.SEND_RETRIED, attempt=2)
    assert [line["event"] for line in lines(written)] == ["send_retried"]


@pytest.mark.parametrize("name", [*CAPPED, "httpx._client", "telegram.ext", "somebody.else"])
def test_libraries_are_capped_whatever_the_level(log: Log, stream: io.StringIO, name: str) -> None:
    library = logging.getLogger(name)
    library.setLevel(logging.DEBUG)
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.DEBUG)
    try:
        library.debug(SAID)
        library.info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", SAID)
        assert lines(stream) == []
        library.warning(SAID, stacklevel=1)
    finally:
        library.setLevel(logging.NOTSET)
    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("library", name.split(".")[0])
    assert line["place"].startswith("test_logs:")
    assert "token" not in stream.getvalue()


def test_a_library_with_a_handler_of_its_own_loses_it_and_a_silenced_one_is_heard(log: Log) -> None:
    own = io.StringIO()
    library = logging.getLogger("httpx")
    library.addHandler(logging.StreamHandler(own))
    library.disabled, library.propagate = True, False
    written = io.StringIO()
    configure("DEBUG", log=log, stream=written)
    library.error(SAID)
    assert own.getvalue() == ""
    assert len(lines(written)) == 1


def test_a_message_that_cannot_be_formatted_is_not_printed_either(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    configure("DEBUG", log=log, stream=stream)
    logging.getLogger("httpx").error("%d and %d", SAID)
    assert capsys.readouterr() == ("", "")
    assert len(lines(stream)) == 1
    assert SAID not in stream.getvalue()


def test_a_line_that_cannot_be_written_is_counted_and_not_printed_elsewhere(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    closed = io.StringIO()
    configure("DEBUG", log=log, stream=closed)
    closed.close()
    logging.getLogger("httpx").error(SAID)
    log.error(Event.SEND_DEAD)
    assert log.dropped == 2
    assert capsys.readouterr() == ("", "")


def test_an_exception_is_its_type_and_our_places(log: Log, stream: io.StringIO) -> None:
    try:
        try:
            int(SAID)
        except ValueError as error:
            raise KeyError(SAID) from error
    except KeyError as error:
        log.error(Event.UPDATE_FAILED, error=error, update=7)
    (line,) = lines(stream)
    assert line["error"] == {"type": "builtins.KeyError", "frames": [], "causes": ["builtins.ValueError"]}
    assert "Kari" not in stream.getvalue()


def test_our_own_places_are_named_from_the_package_on() -> None:
    try:
        configure(cast("str", None), log=Log())
    except AttributeError as error:
        described = describe(ExceptionGroup(SAID, [error]))
    (inner,) = cast("list[dict[str, list[str]]]", described["group"])
    assert inner["frames"][-1].startswith("bot/logs.py:")
    assert inner["frames"][-1].endswith(":configure")
    assert SAID not in str(described)


def test_what_nobody_caught_is_logged_without_its_message(log: Log, stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    error = ValueError(SAID)
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    def fails() -> None:
        raise error

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    assert [line["event"] for line in lines(stream)] == ["crashed", "task_failed"]
    assert capsys.readouterr() == ("", "")
    assert "Kari" not in stream.getvalue()


def test_warnings_of_python_are_heard_without_their_words(log: Log, stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure("DEBUG", log=log, stream=stream)
        warnings.warn(SAID, stacklevel=1)
        logging.captureWarnings(False)
    assert [line["logger"] for line in lines(stream)] == ["py"]
    assert "Kari" not in stream.getvalue()
