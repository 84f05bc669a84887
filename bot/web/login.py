"""Logging in and out, and the link from the chat.

Here: the pages around OpenID Connect (`bot.web.openid`). Not here: which person a login is (`bot.services.logging_in`). Guarantees: a login
ends in the browser it began in, once; the cookie is a new one after every login; a link from the chat does nothing until its button is
pressed, since chats fetch links by themselves.
"""

import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.domain.ids import PersonId
from bot.logs import Event
from bot.services import hand_over, logging_in
from bot.services.logging_in import LoggedIn
from bot.services.municipality import Context
from bot.services.page import NotFound
from bot.store import logins, sessions
from bot.store.hand_overs import HandOver
from bot.store.logins import Attempt, Provider
from bot.web.openid import Failure, LoginFailed, OpenId, Subject
from bot.web.pages import local
from bot.web.visits import Page, Seen, Visit, go

BROWSER_COOKIE: Final = "samrad-login"
LONGEST_CODE: Final = 64
PROVIDERS: Final[tuple[Provider, ...]] = ("citizen", "staff")


def routes(shared: Page, *, wall: Callable[[], float] = time.time) -> list[Route]:
    """The addresses of logging in and out."""
    login = Login(shared, wall)
    return [
        Route("/login", login.choose, methods=["GET"]),
        Route("/login/{provider}", login.start, methods=["GET"]),
        Route("/login/{provider}/callback", login.back, methods=["GET"]),
        Route("/logout", login.logout, methods=["POST"]),
        Route("/goodbye/{provider}", login.goodbye, methods=["GET"]),
        Route("/code", login.code, methods=["GET"]),
        Route("/code", login.use_code, methods=["POST"]),
        Route("/h/{code}", login.handed, methods=["GET"]),
        Route("/h/{code}", login.take_over, methods=["POST"]),
    ]


class Login:
    """The pages of logging in and out."""

    def __init__(self, shared: Page, wall: Callable[[], float]) -> None:
        self._page = shared
        url = shared.settings.public_url
        self._openid: dict[str, OpenId] = {}
        for name in PROVIDERS:
            provider = shared.settings.provider(name)
            if provider is not None:
                self._openid[name] = OpenId(provider, redirect_uri=f"{url}/login/{name}/callback", wall=wall)
        secure = shared.settings.https
        self._browser = f"__Host-{BROWSER_COOKIE}" if secure else BROWSER_COOKIE

    def _of(self, request: Request) -> tuple[Provider, OpenId]:
        for name in PROVIDERS:
            if name == request.path_params["provider"] and name in self._openid:
                return name, self._openid[name]
        raise NotFound

    async def choose(self, request: Request) -> Response:
        """How one can log in."""
        seen = await self._page.seen(request)
        goes_to = request.query_params.get("next", "/mine")
        again = request.query_params.get("again") == "yes" and seen.web is not None and seen.web.trust in logins.LOGGED_IN
        return self._choice(seen, goes_to=goes_to if local(goes_to) else "/mine", needed="next" in request.query_params, again=again)

    def _choice(
        self,
        seen: Seen,
        *,
        goes_to: str = "/mine",
        failure: str | None = None,
        needed: bool = False,
        again: bool = False,
        status: int = 200,
    ) -> Response:
        """`again`: the person is logged in and must show anew who they are, by the same login service."""
        providers = tuple(name for name in self._openid if not again or (seen.web is not None and name == seen.web.trust))
        return self._page.show(
            seen, "login.html", status=status, goes_to=goes_to, failure=failure, needed=needed, again=again, providers=providers
        )

    async def start(self, request: Request) -> Response:
        """Off to the provider."""
        name, openid = self._of(request)
        state, nonce, verifier, browser = (logins.new_token() for _ in range(4))
        goes_to, takes = request.query_params.get("next", "/mine"), request.query_params.get("take") == "yes"
        fresh = request.query_params.get("again") == "yes"
        language = (await self._page.seen(request)).language
        try:
            address = await openid.address(state=state, nonce=nonce, verifier=verifier, language=language, fresh=fresh)
        except LoginFailed as failed:
            return await self._failed(request, failed.failure)

        def begin(visit: Visit) -> None:
            web = visit.web
            along = web.id if web is not None and takes and web.trust not in logins.LOGGED_IN else None
            place = goes_to if local(goes_to) else "/mine"
            wanted = Attempt(provider=name, nonce=nonce, verifier=verifier, takes=along, goes_to=place, fresh=fresh)
            logins.attempt(visit.tx, state=state, browser=browser, wanted=wanted)

        await self._page.read(request, begin)
        response = RedirectResponse(address, 303)
        response.set_cookie(
            self._browser,
            browser,
            max_age=int(logins.ATTEMPT.total_seconds()),
            httponly=True,
            secure=self._page.settings.https,
            samesite="lax",
            path="/",
        )
        return response

    async def back(self, request: Request) -> Response:
        """Back from the provider, with a code or with a reason why not."""
        name, openid = self._of(request)
        given, browser = request.query_params, request.cookies.get(self._browser, "")
        _, attempt = await self._page.read(
            request, lambda visit: logins.take_attempt(visit.tx, state=given.get("state", ""), browser=browser)
        )
        if attempt is None or attempt.provider != name:
            return await self._failed(request, "old")
        if "error" in given or "code" not in given:
            return await self._failed(request, Failure.CANCELLED)
        # Where a provider says who it is (RFC 9207), it must be the one that was asked.
        if given.get("iss", openid.provider.issuer) != openid.provider.issuer:
            return await self._failed(request, Failure.NOT_BELIEVED)
        try:
            subject = await openid.subject(code=given["code"], nonce=attempt.nonce, verifier=attempt.verifier, fresh=attempt.fresh)
        except LoginFailed as failed:
            return await self._failed(request, failed.failure)
        return await self._come_in(request, attempt, subject)

    async def _come_in(self, request: Request, attempt: Attempt, subject: Subject) -> Response:
        def work(visit: Visit) -> LoggedIn:
            if visit.web is not None and visit.web.id != attempt.takes:
                logins.end(visit.tx, visit.web.id)
            found = logging_in.log_in(
                visit.tx,
                provider=attempt.provider,
                subject=subject.subject,
                known_as=subject.known_as,
                takes=attempt.takes,
                language=visit.language,
                proved_at=None if subject.asked_ago is None else visit.tx.now - subject.asked_ago,
            )
            if found.token is not None and (web := logins.find(visit.tx, found.token)) is not None:
                logins.flash(visit.tx, web.id, "logged_in")
            return found

        _, found = await self._page.read(request, work)
        if found.token is None:
            return await self._failed(request, "unknown")
        response = self._page.let_in(go(attempt.goes_to), found.token)
        response.delete_cookie(self._browser, httponly=True, secure=self._page.settings.https, samesite="lax", path="/")
        return response

    async def _failed(self, request: Request, failure: str) -> Response:
        self._page.log.warning(Event.LOGIN_FAILED)
        return self._choice(await self._page.seen(request), failure=failure, status=403 if failure != Failure.UNREACHABLE else 502)

    async def logout(self, request: Request) -> Response:
        """Leave: here at once; at the provider by a link on the next page."""

        def work(visit: Visit, _form: FormData) -> str:
            web = visit.known
            logins.end(visit.tx, web.id)
            return web.trust

        _, trust = await self._page.post(request, work)
        return self._page.let_out(go(f"/goodbye/{trust}"))

    async def goodbye(self, request: Request) -> Response:
        """One has left; the provider may still know one."""
        openid = self._openid.get(request.path_params["provider"])
        onwards = None if openid is None else await openid.logout_address(f"{self._page.settings.public_url}/")
        return self._page.show(await self._page.seen(request), "goodbye.html", onwards=onwards)

    async def code(self, request: Request) -> Response:
        """Where a code from KE is written."""
        seen, _ = await self._page.read(request, lambda visit: visit.must_be_logged_in())
        return self._page.show(seen, "code.html", refused=False)

    async def use_code(self, request: Request) -> Response:
        """The code says who the login is here."""

        def work(visit: Visit, form: FormData) -> bool:
            visit.must_be_logged_in()
            used = logging_in.use_code(visit.tx, visit.known, str(form.get("answer", ""))[:LONGEST_CODE])
            if used:
                logins.flash(visit.tx, visit.known.id, "code_used")
            return used

        seen, used = await self._page.post(request, work)
        return go("/mine") if used else self._page.show(seen, "code.html", status=422, refused=True)

    async def handed(self, request: Request) -> Response:
        """A link from the chat: only a button, whatever the code is."""
        return self._page.show(await self._page.seen(request), "handed.html", code=request.path_params["code"], old=False)

    async def take_over(self, request: Request) -> Response:
        """The button was pressed: the chat's conversation goes on in this browser, once."""

        def work(visit: Visit, _form: FormData) -> tuple[str, str] | None:
            nobody = Context(tx=visit.tx, municipality=visit.municipality, actor=PersonId(0))
            redeemed = hand_over.redeem(nobody, request.path_params["code"])
            return None if redeemed is None else _handed_over(visit, redeemed)

        seen, found = await self._page.post(request, work)
        if found is None:
            return self._page.show(seen, "handed.html", status=410, code="", old=True)
        token, path = found
        response = go(path)
        return response if not token else self._page.let_in(response, token)


def _handed_over(visit: Visit, redeemed: HandOver) -> tuple[str, str]:
    """The cookie (empty: the one there is stays) and the conversation that goes on."""
    session = None if redeemed.session is None else sessions.find(visit.tx, redeemed.session)
    path = "/mine" if session is None else f"/c/{session.conversation}"
    if visit.web is not None:
        if visit.web.person == redeemed.person and visit.web.trust in logins.LOGGED_IN:
            return "", path
        logins.end(visit.tx, visit.web.id)
    return logins.begin(visit.tx, redeemed.person, "handed", handed=redeemed.session), path
