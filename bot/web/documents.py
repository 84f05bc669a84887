"""A case's documents, to read and keep.

Here: the addresses from which they are given. Not here: what stands in them (`bot.services.consent_forms`,
`bot.services.minutes_documents`) and who may have them (`bot.services.documents_shown`). Guarantees: only somebody who has logged in gets
one; whoever may not have it learns nothing of whether it is there; the file's name tells nothing about anybody.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.ids import CaseId, DocumentId, MinutesId
from bot.pdf import pdf
from bot.services import documents_shown, minutes_documents, own_pack
from bot.services.page import NotFound
from bot.store.cases import FIRST_NUMBER
from bot.web.visits import Page, Visit


def routes(shared: Page) -> list[Route]:
    """The addresses of documents."""
    documents = Documents(shared)
    return [
        Route("/case/{number:int}/document/{document:int}", documents.show, methods=["GET"]),
        Route("/case/{number:int}/contacts", documents.contacts, methods=["GET"]),
        Route("/case/{number:int}/minutes/{document:int}", documents.minutes, methods=["GET"]),
    ]


class Documents:
    """Documents as files."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """One document, to be opened in the browser and kept."""
        number, document = request.path_params["number"], request.path_params["document"]
        _, file = await self._page.read(request, lambda visit: _file(visit, number, document))
        return _pdf(file, f"{number}-{document}.pdf")

    async def minutes(self, request: Request) -> Response:
        """Minutes of a meeting, made for the one who reads them and marked as their copy."""
        number, which = request.path_params["number"], request.path_params["document"]
        _, file = await self._page.read(request, lambda visit: self._minutes(visit, number, which))
        return _pdf(file, f"{number}-m{which}.pdf")

    async def contacts(self, request: Request) -> Response:
        """The person's contacts and dates, to keep (P09)."""
        number = request.path_params["number"]
        _, file = await self._page.read(request, lambda visit: self._contacts(visit, number))
        return _pdf(file, f"{number}-k.pdf")

    def _contacts(self, visit: Visit, number: int) -> bytes:
        visit.must_be_logged_in()
        found = own_pack.document(visit.context, CaseId(number - FIRST_NUMBER)) if FIRST_NUMBER < number < 2**31 else None
        if found is None:
            raise NotFound
        return pdf(found, visit.language, self._page.municipality.catalogs, visit.tx.now)

    def _minutes(self, visit: Visit, number: int, which: int) -> bytes:
        visit.must_be_logged_in()
        if not FIRST_NUMBER < number < 2**31 or not 0 < which < 2**31:
            raise NotFound
        found = minutes_documents.document(visit.context, CaseId(number - FIRST_NUMBER), MinutesId(which))
        if found is None:
            raise NotFound
        return pdf(found, visit.language, self._page.municipality.catalogs, visit.tx.now)


def _pdf(file: bytes, name: str) -> Response:
    return Response(file, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _file(visit: Visit, number: int, document: int) -> bytes:
    visit.must_be_logged_in()
    if not FIRST_NUMBER < number < 2**31 or not 0 < document < 2**31:
        raise NotFound
    found = documents_shown.read(visit.context, CaseId(number - FIRST_NUMBER), DocumentId(document))
    if found is None:
        raise NotFound
    return found[1]
