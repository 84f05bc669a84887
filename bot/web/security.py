"""What stands in front of every page.

Here: headers, the host it answers to, where a form may come from, how large and how often. Not here: who somebody is (`bot.web.visits`).
Guarantees: no script or style stands in a page, and none comes from elsewhere; a form sent from another site is refused before anything
is read from the database; nothing is uploaded; what is personal is kept by no browser or proxy.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.page_settings import PageSettings

LARGEST_BODY: Final = 64 * 1024
LONGEST_PATH: Final = 500
"""No address of ours is longer; a number of thousands of digits is none."""
FORM: Final = "application/x-www-form-urlencoded"
METHODS: Final = frozenset({"GET", "HEAD", "POST"})
STATIC: Final = "/static/"
MINI_APP: Final = "/telegram-app"
ANSWER: Final = "/a/"
TELEGRAM_WEB: Final = "https://web.telegram.org"

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'none'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"

MINUTE: Final = 60.0
REQUESTS_OF_ADDRESS: Final = 1200
"""A municipality's whole staff may come from one address."""
REQUESTS_OF_BROWSER: Final = 240
FORMS_OF_BROWSER: Final = 60
LOGINS_OF_ADDRESS: Final = 120
MOST_KEYS: Final = 20_000

Refuse = Callable[[Request, int], Awaitable[Response]]


def put_headers(headers: MutableHeaders, settings: PageSettings, path: str, method: str = "GET") -> None:
    """The headers that every answer carries. The Mini App's entry, which knows nobody, may stand in Telegram's web client."""
    for name, value in HEADERS.items():
        headers[name] = value
    if path == MINI_APP and method == "GET" and settings.mini_app is not None:
        headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {TELEGRAM_WEB}")
        del headers["X-Frame-Options"]
    if settings.https:
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if path.startswith(ANSWER):
        # A personal link: no search engine keeps it, wherever it was found.
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    headers["Cache-Control"] = "public, max-age=3600" if path.startswith(STATIC) else "no-store"


class Limits:
    """How often in the last minute, in memory: a restart forgives."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._seen: dict[str, deque[float]] = {}

    def allow(self, key: str, most: int) -> bool:
        """Count one more; whether it is within what is allowed."""
        now = self._monotonic()
        if len(self._seen) > MOST_KEYS:
            self._seen = {each: times for each, times in self._seen.items() if times and now - times[-1] < MINUTE}
        times = self._seen.setdefault(key, deque(maxlen=most + 1))
        while times and now - times[0] >= MINUTE:
            times.popleft()
        times.append(now)
        return len(times) <= most


class Gate:
    """The middleware in front of every page."""

    def __init__(self, app: ASGIApp, *, settings: PageSettings, cookie: str, limits: Limits, refuse: Refuse) -> None:
        self._app, self._settings, self._cookie, self._limits, self._refuse = app, settings, cookie, limits, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                put_headers(MutableHeaders(scope=message), self._settings, scope["path"], scope["method"])
            await send(message)

        request = Request(scope, receive)
        status = self._status(request)
        if status is not None:
            response = await self._refuse(request, status)
            await response(scope, receive, with_headers)
            return
        body = _Body(receive)
        await self._app(scope, body.receive, with_headers)

    def _status(self, request: Request) -> int | None:
        """The status to refuse a request with, or None."""
        if request.headers.get("host", "").casefold() != self._settings.host:
            return 421
        if request.method not in METHODS:
            return 405
        if len(request.scope["path"]) > LONGEST_PATH:
            return 404
        if not self._allowed(request):
            return 429
        if request.method != "POST":
            return None
        if not self._from_here(request.headers):
            return 403
        if request.headers.get("content-type", FORM).partition(";")[0].strip().casefold() != FORM:
            return 415
        length = request.headers.get("content-length", "0")
        return 413 if not length.isdigit() or int(length) > LARGEST_BODY else None

    def _from_here(self, headers: Headers) -> bool:
        """Was the form sent from a page of ours? A browser says so in Origin, or at least in Sec-Fetch-Site."""
        origin = headers.get("origin")
        if origin is not None and origin != "null":
            return origin.casefold() == self._settings.origin
        if (site := headers.get("sec-fetch-site")) is not None:
            return site == "same-origin"
        referer = urlsplit(headers.get("referer", ""))
        return f"{referer.scheme}://{referer.netloc}".casefold() == self._settings.origin

    def _allowed(self, request: Request) -> bool:
        address = request.client.host if request.client else "nobody"
        fine = self._limits.allow(f"address {address}", REQUESTS_OF_ADDRESS)
        if request.url.path.startswith(("/login", "/h/", "/code", ANSWER, MINI_APP)):
            fine &= self._limits.allow(f"login {address}", LOGINS_OF_ADDRESS)
        if token := request.cookies.get(self._cookie):
            fine &= self._limits.allow(f"browser {hash(token)}", REQUESTS_OF_BROWSER)
            if request.method == "POST":
                fine &= self._limits.allow(f"form {hash(token)}", FORMS_OF_BROWSER)
        return fine


class TooLarge(Exception):
    """A form is larger than it said, or said nothing and is too large."""


class _Body:
    """The body as it comes in, up to the largest allowed."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._taken = receive, 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._taken += len(message.get("body", b""))
            if self._taken > LARGEST_BODY:
                raise TooLarge
        return message
