"""The page opened inside Telegram, as a Mini App.

Here: its entry, and what becomes of what Telegram hands over there. Not here: the checks (`bot.store.mini_app`), and what such a visit
may see (`bot.services.page`: public and neutral steps, and nothing that is a person's own). Guarantees: opening the entry does nothing
until its button is pressed; a login that is there stays as it is; only the entry may stand in a frame, and only in web.telegram.org's;
there it offers nothing but a way out.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.ids import PersonId
from bot.services import mini_app
from bot.services.municipality import Context
from bot.store import logins
from bot.store.mini_app import LONGEST, Signers
from bot.web.security import MINI_APP
from bot.web.visits import Page, Seen, Visit, go

FIELD: Final = "init_data"


def routes(shared: Page) -> list[Route]:
    """The addresses of the Mini App; none where the settings do not give one."""
    if shared.settings.mini_app is None:
        return []
    pages = MiniApp(shared, shared.settings.mini_app)
    return [Route(MINI_APP, pages.entry, methods=["GET"]), Route(MINI_APP, pages.come_in, methods=["POST"])]


class MiniApp:
    """The entry, and coming in."""

    def __init__(self, shared: Page, signers: Signers) -> None:
        self._page, self._signers = shared, signers

    async def entry(self, request: Request) -> Response:
        """The same for everybody, whoever is logged in: it may stand in a frame."""
        return self._show(request)

    def _show(self, request: Request, *, refused: bool = False) -> Response:
        seen = Seen(language=self._page.language(request))
        return self._page.show(seen, "mini_app.html", status=403 if refused else 200, refused=refused, longest=LONGEST)

    async def come_in(self, request: Request) -> Response:
        """What Telegram handed over, once."""
        form = await request.form(max_fields=4, max_files=0)
        said = str(form.get(FIELD, ""))

        def work(visit: Visit) -> str | None:
            if visit.web is not None and visit.web.trust in logins.LOGGED_IN:
                return ""
            token = mini_app.come_in(Context(tx=visit.tx, municipality=visit.municipality, actor=PersonId(0)), said, self._signers)
            if token is not None and visit.web is not None:
                logins.end(visit.tx, visit.web.id)
            return token

        _, token = await self._page.read(request, work)
        if token is None:
            return self._show(request, refused=True)
        return self._page.let_in(go("/mine"), token) if token else go("/mine")
