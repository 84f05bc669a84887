"""The page behind a personal link in an e-mail, on which somebody says whether a meeting's time suits.

Here: showing and answering. Not here: what a link may do (`bot.services.answer_links`). Guarantees: opening a link does nothing, since mail
programs and their guards open links by themselves; nobody is logged in by it; unknown, old and withdrawn links look the same.
"""

from dataclasses import replace
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.attendance import Reply
from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.services import answer_links
from bot.services.answer_links import REPLIES, Asked
from bot.services.municipality import Context
from bot.web import answer_words
from bot.web.security import ANSWER
from bot.web.visits import Page, Seen, Visit, go

LONGEST_CODE: Final = 64
GONE: Final = 410


def routes(shared: Page) -> list[Route]:
    """The addresses of these links."""
    pages = AnswerPages(shared)
    return [
        Route(f"{ANSWER}{{code}}", pages.show, methods=["GET"]),
        Route(f"{ANSWER}{{code}}", pages.answer, methods=["POST"]),
    ]


def _nobody(visit: Visit) -> Context:
    return Context(tx=visit.tx, municipality=visit.municipality, actor=PersonId(0))


class AnswerPages:
    """The page of one link."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """The time, and what can be answered."""
        code = _code(request)
        seen, asked = await self._page.read(request, lambda visit: answer_links.asked(_nobody(visit), code))
        return self._show(request, seen, code, asked)

    async def answer(self, request: Request) -> Response:
        """An answer, kept; then the same page, with it on. Where the time is another by now, it is shown first."""
        code = _code(request)

        def work(visit: Visit, form: FormData) -> tuple[Asked | None, bool]:
            said, sequence = str(form.get("reply", "")), str(form.get("sequence", ""))
            if said not in set(REPLIES) or not (sequence.isascii() and sequence.isdigit() and len(sequence) < 10):
                return answer_links.asked(_nobody(visit), code), False
            asked = answer_links.answer(_nobody(visit), code, Reply(said), sequence=int(sequence))
            return asked, asked is not None and asked.reply == said

        seen, (asked, kept) = await self._page.post(request, work)
        return go(f"{ANSWER}{code}") if kept else self._show(request, seen, code, asked, status=409)

    def _show(self, request: Request, seen: Seen, code: str, asked: Asked | None, *, status: int = 200) -> Response:
        if asked is None:
            return self._page.show(seen, "answer.html", status=GONE, a=answer_words, code="", asked=None, replies=())
        # Whoever has not chosen another language here reads it in the one the e-mail was in.
        if seen.web is None and request.query_params.get("language") not in set(Language):
            seen = replace(seen, language=asked.language)
        return self._page.show(seen, "answer.html", status=status, a=answer_words, code=code, asked=asked, replies=REPLIES)


def _code(request: Request) -> str:
    code: str = request.path_params["code"]
    return code if len(code) <= LONGEST_CODE and code.isascii() else ""
