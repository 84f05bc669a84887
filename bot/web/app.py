"""The secure page as one web application.

Here: the parts put together, and what is answered when something is not there or goes wrong. Not here: the parts, and the server
(`bot.app`). Guarantee: whatever happens, the answer is a page in the reader's language that says what to do, with every header.
"""

import time
from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from bot.logs import Event, Log
from bot.services.fresh_login import FreshLoginNeeded
from bot.services.municipality import Municipality
from bot.services.page import LoginNeeded, NotFound
from bot.store.database import Database
from bot.web import answer_link, conversations, data_pages, desk, documents, figures_pages, login, meeting_pages, mini_app, pages, words
from bot.web.page_settings import PageSettings
from bot.web.security import Gate, Limits, TooLarge, put_headers
from bot.web.visits import HERE, Forbidden, Page, Seen, go

OUR_FAULT: Final = 500
DO: Final = "/do"


def page(
    database: Database,
    municipality: Municipality,
    *,
    settings: PageSettings,
    clock: Clock,
    log: Log | None = None,
    changed: Callable[[], None] = lambda: None,
    monotonic: Callable[[], float] = time.monotonic,
    wall: Callable[[], float] = time.time,
) -> Starlette:
    """The page. `changed` is called after every form, so that what it led to is sent; `wall` is the real time, which dates tokens."""
    shared = Page(database, municipality, settings=settings, clock=clock, log=log or Log(), changed=changed)
    errors = Errors(shared)
    return Starlette(
        routes=[
            *pages.routes(shared),
            *conversations.routes(shared),
            *desk.routes(shared),
            *documents.routes(shared),
            *figures_pages.routes(shared),
            *meeting_pages.routes(shared),
            *data_pages.routes(shared),
            *login.routes(shared, wall=wall),
            *mini_app.routes(shared),
            *answer_link.routes(shared),
            Route("/healthz", healthz, methods=["GET"]),
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        ],
        middleware=[
            Middleware(Gate, settings=settings, cookie=shared.cookie, limits=Limits(monotonic), refuse=errors.refuse),
        ],
        exception_handlers={
            HTTPException: errors.http,
            NotFound: errors.not_found,
            LoginNeeded: errors.login_needed,
            FreshLoginNeeded: errors.fresh_login_needed,
            Forbidden: errors.forbidden,
            TooLarge: errors.too_large,
            Exception: errors.our_fault,
        },
    )


async def healthz(_request: Request) -> Response:
    """For whoever watches whether it answers."""
    return PlainTextResponse("ok")


class Errors:
    """What is answered when something is not there, not allowed or broken."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    def _say(self, request: Request, status: int) -> Response:
        """A page that needs nothing from the database: it may be what is broken, and nobody is told apart here."""
        known = status if status in words.ERRORS else 404 if status < OUR_FAULT else OUR_FAULT
        title, what_to_do = words.ERRORS[known]
        seen = Seen(language=self._page.language(request))
        return self._page.show(seen, "error.html", status=status, title=title, what_to_do=what_to_do)

    async def refuse(self, request: Request, status: int) -> Response:
        """Refused at the gate."""
        response = self._say(request, status)
        if status == 429:
            response.headers["Retry-After"] = "60"
        return response

    async def http(self, request: Request, error: Exception) -> Response:
        """No such address, or not by this method."""
        return self._say(request, error.status_code if isinstance(error, HTTPException) else OUR_FAULT)

    async def not_found(self, request: Request, _error: Exception) -> Response:
        """Not there, or not yours: nobody can tell which."""
        return self._say(request, 404)

    async def forbidden(self, request: Request, _error: Exception) -> Response:
        """A form without its token."""
        return self._say(request, 403)

    async def too_large(self, request: Request, _error: Exception) -> Response:
        """A form that is larger than it said."""
        return self._say(request, 413)

    async def login_needed(self, request: Request, _error: Exception) -> Response:
        """To the login, and back to where one was."""
        path = request.url.path if request.method == "GET" else "/mine"
        return go(f"/login?next={path}" if pages.local(path) else "/login")

    async def fresh_login_needed(self, request: Request, _error: Exception) -> Response:
        """To the login once more. Nothing was changed: the form is sent again afterwards."""
        path = request.url.path
        return go(f"/login?again=yes&next={path if path != DO and pages.local(path) else '/mine'}")

    async def our_fault(self, request: Request, error: Exception) -> Response:
        """A bug. It is logged without what anybody wrote, and shown without what went wrong."""
        self._page.log.error(Event.PAGE_FAILED, error=error)
        response = self._say(request, OUR_FAULT)
        put_headers(response.headers, self._page.settings, request.url.path)
        return response
