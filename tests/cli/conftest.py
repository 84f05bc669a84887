"""A command line in an empty folder, and a Telegram that knows one token."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_output import ERROR, OUT

TOKEN = "1234:a-token-that-must-not-be-shown"
Samrad = Callable[..., Result]


@dataclass(slots=True)
class FakeTelegram:
    """What it answers to getMe, and how far its clock is from ours."""

    url: str
    answer: tuple[int, object] = (200, {"ok": True, "result": {"id": 1234, "is_bot": True, "username": "samrad_test_bot"}})
    drift: timedelta = timedelta()
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the made-up municipality."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMRAD_PROFILE", "demo")
    for console in (OUT, ERROR):
        monkeypatch.setattr(console, "width", 200)
    return tmp_path


@pytest.fixture
def samrad(folder: Path) -> Samrad:
    """The command. What it raises besides an exit is raised in the test."""
    runner = CliRunner()

    def call(*arguments: str, typed: str | None = None) -> Result:
        return runner.invoke(app, list(arguments), input=typed, catch_exceptions=False)

    return call


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTelegram]:
    """A Bot API on loopback, to which the settings point."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            code, content = fake.answer
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(datetime.now(UTC) + fake.drift, usegmt=True)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the test's standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = FakeTelegram(url=f"http://127.0.0.1:{server.server_port}/bot")
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SAMRAD_BOT_API_URL", fake.url)
    yield fake
    server.shutdown()
    serving.join()
    server.server_close()
