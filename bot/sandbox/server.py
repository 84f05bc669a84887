"""The sandbox as one thing to start and stop.

Here: the parts put together, the socket on loopback and the guard in front. Not here: the parts. Guarantee: it listens on 127.0.0.1 only,
answers only requests that name this machine, and after `stop` no task, socket or file of its own is left.
"""

import asyncio
import contextlib
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.engine.texts import Language, Text
from bot.sandbox import snapshots
from bot.sandbox.chats import Chats
from bot.sandbox.connections import Connections
from bot.sandbox.controls import Controls, Render
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.live import Live
from bot.sandbox.methods import Methods
from bot.sandbox.objects import Notice
from bot.sandbox.page_server import PageServer
from bot.sandbox.profile import BotProfile
from bot.sandbox.telegram_server import TelegramServer
from bot.sandbox.town import Inhabitant, inhabitants
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import LOOPBACK, Webhook

HOST = "127.0.0.1"
BOT_ID = 7_000_000_001
SECONDS_TO_CLOSE = 2


def as_written(text: Text, language: Language, /) -> str:
    """A text in the language it was written in, for a sandbox without catalogues."""
    return text.msgid.format(**text.args)


class Sandbox:
    """A Telegram on loopback.

    `now` dates messages (default: the controls' clock, else real time), `monotonic` gives the seconds for limits and presses.
    `secure_page` is the address of the municipality's page, which the chat page links to.
    `chats`, `faults`, `limits` and `updates` are there to act for people and to order faults without the page.
    """

    def __init__(
        self,
        *,
        town: Sequence[Inhabitant] | None = None,
        controls: Controls | None = None,
        render: Render = as_written,
        now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        limits: bool = True,
        secure_page: str | None = None,
    ) -> None:
        self.token = f"{BOT_ID}:{secrets.token_urlsafe(27)[:35]}"
        self._now = now or (controls.now if controls else lambda: datetime.now(UTC))
        self._controls = controls
        self._render, self._secure_page = render, secure_page
        self.faults = Faults()
        self.limits = Limits(monotonic, on=limits)
        self.updates = UpdateQueue(self.faults)
        self.chats = Chats(inhabitants() if town is None else town, self.updates, now=self._now, monotonic=monotonic)
        self.profile = BotProfile(bot_id=BOT_ID, username="samrad_sandbox_bot", names={"": "Samråd"})
        self.chats.bot_user = self.profile.user()
        self._webhook = Webhook(self.updates)
        self._connections = Connections()
        self._live = Live(lambda account_id: snapshots.chat(self.chats, self.profile, account_id), self._strips)
        self.chats.changed = self._live.chat_changed
        self.chats.noticed = self._tell_notice
        self._server: uvicorn.Server | None = None
        self._socket: socket.socket | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def page_url(self) -> str:
        """Where the chat page is, with a slash at the end."""
        if self._socket is None:
            raise RuntimeError("the sandbox is not running: await start() first")
        return f"http://{HOST}:{self._socket.getsockname()[1]}/"

    @property
    def api_url(self) -> str:
        """The Bot API as python-telegram-bot's `base_url`, to which the token is appended."""
        return f"{self.page_url}bot"

    @property
    def file_url(self) -> str:
        """Downloads, as python-telegram-bot's `base_file_url`."""
        return f"{self.page_url}file/bot"

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one. Raises OSError when the port is taken."""
        if self._socket is not None:
            raise RuntimeError("the sandbox is running already")
        # With the protocol named, asyncio switches Nagle's algorithm off; without, each answer takes 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((HOST, port))
        except OSError:
            listening.close()
            raise
        self._socket = listening
        config = uvicorn.Config(
            self._app(), http=self._connections.protocol(), ws="none", lifespan="off", log_config=None, access_log=False,
            log_level="warning", server_header=False, timeout_graceful_shutdown=SECONDS_TO_CLOSE,
        )  # fmt: skip
        self._server = _Server(config)
        serving = asyncio.create_task(self._server.serve(sockets=[listening]), name="sandbox server")
        self._tasks = [serving, asyncio.create_task(self._webhook.deliver(self._now), name="sandbox webhook")]
        while not self._server.started:
            if serving.done():
                serving.result()
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Answer what waits, close everything; does nothing when it is not running."""
        if self._server is None or self._socket is None:
            return
        self.updates.close()
        self._live.close()
        self._server.should_exit = True
        serving, delivering = self._tasks
        delivering.cancel()
        await asyncio.gather(serving, delivering, return_exceptions=True)
        self._socket.close()
        self._server = self._socket = None
        self._tasks = []

    def _app(self) -> ASGIApp:
        methods = Methods(self.chats, self.profile, self.limits, self._webhook)
        methods.typing = lambda account_id: self._live.tell("typing", {"account": account_id})
        telegram = TelegramServer(
            token=self.token, methods=methods, chats=self.chats, faults=self.faults, connections=self._connections
        )  # fmt: skip
        page = PageServer(
            chats=self.chats,
            profile=self.profile,
            faults=self.faults,
            live=self._live,
            controls=self._controls,
            render=self._render,
            secure_page=self._secure_page,
        )
        return Guard(Starlette(routes=[*telegram.routes(), *page.routes()]))

    async def _strips(self) -> dict[str, Any]:
        outbox = await self._controls.outbox() if self._controls else ()
        waiting = await self._controls.waiting() if self._controls else ()
        mails = await self._controls.mails() if self._controls else ()
        return snapshots.strips(self._now(), outbox, waiting, mails, self.faults, self._render)

    def _tell_notice(self, notice: Notice) -> None:
        self._live.tell("notice", asdict(notice))


class Guard:
    """Refuses what does not come from this machine's own pages: a foreign `Host` (DNS rebinding) or a foreign `Origin`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._at_home(scope):
            await PlainTextResponse("This server answers only its own machine.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _at_home(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if _host_name(f"http://{host}") not in LOOPBACK:
            return False
        origin = headers.get(b"origin")
        return origin is None or origin.decode("latin-1") == f"http://{host}"


def _host_name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


class _Server(uvicorn.Server):
    """uvicorn inside somebody else's process: signals are not its business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
