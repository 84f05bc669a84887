"""A case's documents, to read and keep.

Here: the one address from which they are given. Not here: what stands in them (`bot.services.consent_forms`) and who may have them
(`bot.services.documents_shown`). Guarantees: only somebody who has logged in gets one; whoever may not have it learns nothing of whether
it is there; the file's name tells nothing about anybody.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.ids import CaseId, DocumentId
from bot.services import documents_shown
from bot.services.page import NotFound
from bot.store.cases import FIRST_NUMBER
from bot.web.visits import Page, Visit


def routes(shared: Page) -> list[Route]:
    """The address of a document."""
    return [Route("/case/{number:int}/document/{document:int}", Documents(shared).show, methods=["GET"])]


class Documents:
    """Documents as files."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """One document, to be opened in the browser and kept."""
        number, document = request.path_params["number"], request.path_params["document"]
        _, file = await self._page.read(request, lambda visit: _file(visit, number, document))
        headers = {"Content-Disposition": f'inline; filename="{number}-{document}.pdf"'}
        return Response(file, media_type="application/pdf", headers=headers)


def _file(visit: Visit, number: int, document: int) -> bytes:
    visit.must_be_logged_in()
    if not FIRST_NUMBER < number < 2**31 or not 0 < document < 2**31:
        raise NotFound
    found = documents_shown.read(visit.context, CaseId(number - FIRST_NUMBER), DocumentId(document))
    if found is None:
        raise NotFound
    return found[1]
