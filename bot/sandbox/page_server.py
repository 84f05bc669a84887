"""The chat page over HTTP.

Here: the page's files, its stream of events, and what people do on it. Not here: the chats. Guarantee: only a page that this server
served, opened on this machine, can do anything.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import snapshots
from bot.sandbox.chats import Chats
from bot.sandbox.controls import Controls, Render
from bot.sandbox.faults import CALL_FAULTS, Fault, Faults
from bot.sandbox.live import Live
from bot.sandbox.markup import clean_text, utf16_length
from bot.sandbox.parameters import METHODS
from bot.sandbox.profile import BotProfile
from bot.sandbox.telegram_server import as_attachment

PAGE_FILES = {
    "index.html": "text/html", "page.css": "text/css", "page.js": "text/javascript", "columns.js": "text/javascript",
    "dates.js": "text/javascript", "elements.js": "text/javascript", "strips.js": "text/javascript", "texts.json": "application/json",
}  # fmt: skip
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
TURNS = {"day": timedelta(days=1), "fortnight": timedelta(days=14)}
WRITTEN_LIMIT = 4096
REQUEST_LIMIT = 64 * 1024
FAULTS_AT_ONCE = 100

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageServer:
    """The routes of the page. Without `controls` the page has no clock to turn, no outbox and nothing that waits.

    `secure_page` is the address of the municipality's page, where there is one beside the chats.
    """

    chats: Chats
    profile: BotProfile
    faults: Faults
    live: Live
    controls: Controls | None
    render: Render
    secure_page: str | None = None

    def routes(self) -> list[Route]:
        done: dict[str, Callable[[Body], Awaitable[Response]]] = {
            "say": self._say, "start": self._start, "press": self._press, "read": self._read, "block": self._block,
            "turn": self._turn, "fault": self._fault,
        }  # fmt: skip
        return [
            Route("/", self._file),
            Route("/page/{name}", self._file),
            Route("/events", self._events),
            Route("/documents/{file_id}", self._document),
            *(Route(f"/do/{name}", _asked(do), methods=["POST"]) for name, do in done.items()),
        ]

    async def _file(self, request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in PAGE_FILES:
            return Response(status_code=404)
        content = files("bot.sandbox").joinpath("page", name).read_bytes()
        return Response(content, media_type=PAGE_FILES[name], headers=PAGE_HEADERS)

    async def _events(self, request: Request) -> Response:
        people = self.chats.people
        first = snapshots.town(
            people.values(), self.profile, self.render, has_clock=self.controls is not None, secure_page=self.secure_page
        )
        stream = self.live.stream(("town", first), list(people))
        return StreamingResponse(stream, media_type="text/event-stream", headers=PAGE_HEADERS)

    async def _document(self, request: Request) -> Response:
        document = self.chats.documents.get(request.path_params["file_id"])
        return Response(status_code=404) if document is None else as_attachment(document)

    async def _say(self, body: Body) -> Response:
        text = clean_text(str(body["text"]))
        if not text or utf16_length(text) > WRITTEN_LIMIT:
            return _refused("text")
        self.chats.say(self._account(body), text)
        return _done()

    async def _start(self, body: Body) -> Response:
        self.chats.start(self._account(body))
        return _done()

    async def _press(self, body: Body) -> Response:
        self.chats.press(self._account(body), int(body["message"]), int(body["row"]), int(body["column"]))
        return _done()

    async def _read(self, body: Body) -> Response:
        self.chats.read(self._account(body))
        return _done()

    async def _block(self, body: Body) -> Response:
        self.chats.block(self._account(body), body["blocked"] is True)
        return _done()

    async def _turn(self, body: Body) -> Response:
        if self.controls is None:
            return _refused("clock")
        moment: datetime | None
        if body["by"] == "next":
            moment = await self.controls.turn_to_next_reminder()
        else:
            await self.controls.turn(TURNS[body["by"]])
            moment = self.controls.now()
        self.live.look()
        return _done(now=None if moment is None else moment.isoformat())

    async def _fault(self, body: Body) -> Response:
        if body.get("clear") is True:
            self.faults.clear()
            self.live.look()
            return _done()
        fault, method, times = Fault(body["fault"]), str(body["method"]), int(body["times"])
        known = method.lower() in METHODS or method == "*"
        if (fault in CALL_FAULTS and not known) or not 1 <= times <= FAULTS_AT_ONCE:
            return _refused("fault")
        self.faults.order(fault, method, times=times)
        self.live.look()
        return _done()

    def _account(self, body: Body) -> int:
        account_id = int(body["account"])
        if account_id not in self.chats.people:
            raise KeyError(account_id)
        return account_id


def _asked(do: Callable[[Body], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Only JSON: a foreign page cannot send that without asking first, and it is never answered that it may."""

    async def answer(request: Request) -> Response:
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return _refused("content-type")
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > REQUEST_LIMIT:
                return _refused("length")
        try:
            body = json.loads(content)
            return await do(body) if isinstance(body, dict) else _refused("body")
        except (KeyError, IndexError, ValueError):
            return _refused("body")

    return answer


def _done(**more: object) -> Response:
    return JSONResponse({"done": True, **more})


def _refused(what: str) -> Response:
    return JSONResponse({"done": False, "refused": what}, 400)
