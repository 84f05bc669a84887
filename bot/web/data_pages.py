"""What is stored about the reader: in short, in full, and as files; and a decision as a file with whose copy it is.

Here: what these pages show. Not here: what is in them (`bot.services.my_data`), nor asking to have it corrected or deleted; that is the
conversation "privacy". Guarantees: all of it only after a new login; every page and file is in the audit; a file is never kept by a
browser's cache.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.documents import Document
from bot.domain.my_data import KIND_WORDS, MyData, MyDataView
from bot.engine.texts import verbatim
from bot.pdf import pdf
from bot.services import my_data, my_data_files, printing, stored
from bot.services.page import NotFound
from bot.services.stored import Stored
from bot.web import desk_words
from bot.web.case_page import printable
from bot.web.visits import Page, Visit

FORMS: Final = {"pdf": "application/pdf", "json": "application/json"}


def routes(shared: Page) -> list[Route]:
    """The addresses of these pages."""
    pages = DataPages(shared)
    return [
        Route("/stored", pages.short, methods=["GET"]),
        Route("/stored/all", pages.all, methods=["GET"]),
        Route("/stored/file/{form}", pages.file, methods=["GET"]),
        Route("/case/{number:int}/decision/{decision:int}/pdf", pages.decision, methods=["GET"]),
    ]


class DataPages:
    """What is stored about me."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def short(self, request: Request) -> Response:
        """What there is, how much of it, and who has looked."""

        def work(visit: Visit) -> tuple[Stored, MyDataView]:
            visit.must_have_just_logged_in()
            view = my_data.view(visit.context, MyData())
            return stored.about(visit.context), view

        seen, (found, view) = await self._page.read(request, work)
        return self._page.show(seen, "stored.html", stored=found, view=view, kinds=KIND_WORDS)

    async def all(self, request: Request) -> Response:
        """All of it, to read."""
        seen, document = await self._page.read(request, lambda visit: _document(visit, "page"))
        return self._page.show(seen, "document.html", document=document, parts=[(type(part).__name__, part) for part in document.parts])

    async def file(self, request: Request) -> Response:
        """All of it, as a file."""
        form = request.path_params["form"]
        if form not in FORMS:
            raise NotFound

        def work(visit: Visit) -> bytes:
            visit.must_have_just_logged_in()
            if form == "pdf":
                return self._pdf(visit, _document(visit, form))
            return my_data_files.as_json(visit.context, my_data.everything(visit.context, form=form))

        _, content = await self._page.read(request, work)
        return _download(content, FORMS[form], f"samrad.{form}")

    async def decision(self, request: Request) -> Response:
        """A decision with whose copy it is."""
        number, decision = request.path_params["number"], request.path_params["decision"]

        def work(visit: Visit) -> bytes:
            found = printable(visit, number, decision)
            if found.words is None:
                raise NotFound
            facts = (
                (desk_words.NAME, verbatim(found.view.subject_name or found.view.initials)),
                (desk_words.DECIDED_ON, desk_words.day(found.decided_on)),
                (desk_words.DECIDED_BY, verbatim(found.decision.by_name)),
            )
            title = desk_words.decision_title(number)
            made = printing.letter(visit.context, case=found.view.case, title=title, facts=facts, words=found.words, last=desk_words.FORMAL)
            return self._pdf(visit, made)

        _, content = await self._page.read(request, work)
        return _download(content, FORMS["pdf"], f"{number}-{decision}.pdf")

    def _pdf(self, visit: Visit, document: Document) -> bytes:
        return pdf(document, visit.language, self._page.municipality.catalogs, visit.tx.now)


def _document(visit: Visit, form: str) -> Document:
    visit.must_have_just_logged_in()
    return my_data_files.document(visit.context, my_data.everything(visit.context, form=form))


def _download(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
