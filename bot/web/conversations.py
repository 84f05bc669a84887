"""Every conversation of the registry as pages, with no page written for one of them.

Here: showing where a conversation stands, and taking a form's answer in. Not here: what it does (`bot.services.page`). Guarantees: a form
that was taken in answers with a redirect, so loading a page again sends nothing; what was typed and refused is shown again, without a
national identity number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import OSLO
from bot.domain.danger import danger_answer
from bot.domain.identity_numbers import redacted
from bot.domain.ids import NoticeId, PersonId
from bot.domain.refusal import Refused
from bot.engine.questions import AnswerRefused, Question
from bot.engine.registry import Entry
from bot.engine.texts import Text
from bot.services import logging_in, notices, page
from bot.services.municipality import Context
from bot.services.page import Asked, Ended, Gone, NotFound, Outcome, Stand, Stopped
from bot.store import logins
from bot.web import forms
from bot.web.visits import READ, Page, Seen, Visit, go


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """An answer was refused: where it stands, why, and what had been typed."""

    stand: Stand
    reason: Text
    typed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Onwards:
    """Where the browser goes now, with a cookie where it has become somebody."""

    path: str
    token: str | None = None


def routes(shared: Page) -> list[Route]:
    """The addresses of conversations."""
    conversations = Conversations(shared)
    return [
        Route("/c/{name}", conversations.show, methods=["GET"]),
        Route("/c/{name}", conversations.take, methods=["POST"]),
        Route("/c/{name}/end", conversations.end, methods=["GET"]),
        Route("/do", conversations.do, methods=["POST"]),
    ]


class Conversations:
    """The pages of conversations."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """Where a conversation stands, or a button to begin it."""
        name = request.path_params["name"]

        def work(visit: Visit) -> tuple[Entry, Stand | None]:
            entry = _entry(visit, name)
            if visit.web is None:
                _for_visitors(visit, entry)
                return entry, None
            page.check_login(visit.context, visit.web, entry, citizens_log_in=visit.citizens_log_in)
            found = page.stand(visit.context, entry)
            if found is None:
                if not _by_itself(entry):
                    raise NotFound
                page.check_rights(visit.context, entry, {})
            return entry, found

        seen, (entry, stand) = await self._page.read(request, work)
        if stand is None:
            return self._page.show(seen, "begin.html", entry=entry)
        if stand.turn is None:
            return self._page.show(seen, "moved.html", entry=entry, stand=stand)
        return self._question(seen, stand)

    def _question(self, seen: Seen, stand: Stand, mended: Mended | None = None) -> Response:
        assert stand.turn is not None
        flash = None if seen.web is None else seen.web.flash
        return self._page.show(
            seen,
            "conversation.html",
            status=200 if mended is None else 422,
            entry=stand.entry,
            session=stand.session,
            turn=stand.turn,
            question=stand.turn.asked,
            ticked=stand.ticked if mended is None else mended.typed,
            typed="" if mended is None else "".join(mended.typed[:1]),
            reason=stand.turn.refused if mended is None else mended.reason,
            danger=danger_answer() if flash == "danger" else None,
        )

    async def take(self, request: Request) -> Response:
        """A form of a conversation: begin, answer, leave open, back, change, look again or stop."""
        name = request.path_params["name"]
        seen, found = await self._page.post(request, lambda visit, form: _take(visit, form, name))
        if isinstance(found, Mended):
            return self._question(seen, found.stand, found)
        response = go(found.path)
        return response if found.token is None else self._page.let_in(response, found.token)

    async def end(self, request: Request) -> Response:
        """What a conversation said when it ended."""
        name = request.path_params["name"]

        def work(visit: Visit) -> tuple[Entry, list[str]]:
            entry = page.named(visit.context, name)
            page.check_login(visit.context, visit.known, entry, citizens_log_in=visit.citizens_log_in)
            said = logins.last_words(visit.tx, visit.known.person, name, only_neutral=visit.known.trust == "mini_app")
            if said is None:
                raise NotFound
            return entry, said

        seen, (entry, said) = await self._page.read(request, work)
        flash = None if seen.web is None else seen.web.flash
        return self._page.show(seen, "end.html", entry=entry, said=said, danger=danger_answer() if flash == "danger" else None)

    async def do(self, request: Request) -> Response:
        """A button that was offered: begin, go on, or a command of its own."""

        def work(visit: Visit, form: FormData) -> Onwards:
            match visit.meant(form):
                case {"begin": str(name), "given": dict(given), **more}:
                    _read(visit, more)
                    entry = _checked(visit, name)
                    return _onwards(
                        visit, entry, page.begin(visit.context, visit.known, entry, {key: str(each) for key, each in given.items()})
                    )
                case {"resume": int(number)}:
                    outcome = page.resume(visit.context, number, lambda entry: _check(visit, entry))
                    return _onwards(visit, None, outcome)
                case {"act": str(name), "args": dict(args), **more}:
                    visit.must_be_logged_in()
                    return _act(visit, name, args, more)
            raise NotFound

        _, onwards = await self._page.post(request, work)
        return go(onwards.path)


def _by_itself(entry: Entry) -> bool:
    """Can it be begun without anything it is about?"""
    return entry.menu is not None or entry.staff or entry.action in page.OPEN_TO_ALL


def _entry(visit: Visit, name: str) -> Entry:
    entry = visit.municipality.registry.named(name)
    if entry is None:
        raise NotFound
    return entry


def _for_visitors(visit: Visit, entry: Entry) -> None:
    """Somebody the page does not know: what is open to all, else a login."""
    if entry.action not in page.OPEN_TO_ALL:
        raise page.LoginNeeded
    page.check_unnamed(Context(tx=visit.tx, municipality=visit.municipality, actor=PersonId(0)), entry)


def _check(visit: Visit, entry: Entry) -> None:
    page.check_login(visit.context, visit.known, entry, citizens_log_in=visit.citizens_log_in)


def _checked(visit: Visit, name: str) -> Entry:
    entry = _entry(visit, name)
    _check(visit, entry)
    return entry


def _take(visit: Visit, form: FormData, name: str) -> Onwards | Mended:
    if visit.web is None:
        return _begin_as_visitor(visit, name)
    entry = _checked(visit, name)
    context, number, key = visit.context, _number(form), str(form.get("key", ""))
    if form.get("change"):
        return _onwards(visit, entry, page.change(context, entry, number, str(form["change"])))
    match form.get("do"):
        case "begin":
            if not _by_itself(entry):
                raise NotFound
            return _onwards(visit, entry, page.begin(context, visit.known, entry, {}))
        case "back":
            return _onwards(visit, entry, page.back(context, entry, number, key))
        case "cancel":
            return _onwards(visit, entry, page.stop(context, entry, number))
        case "look":
            return _onwards(visit, entry, page.look_again(context, entry, number))
        case _:
            return _answer(visit, form, entry, number, key)


def _begin_as_visitor(visit: Visit, name: str) -> Onwards:
    """Somebody the page does not know begins: from now on this browser is somebody, without a name."""
    entry = _entry(visit, name)
    _for_visitors(visit, entry)
    token = logging_in.visit(visit.tx, visit.language)
    known = visit.as_browser(token)
    return Onwards(path=_onwards(known, entry, page.begin(known.context, known.known, entry, {})).path, token=token)


def _number(form: FormData) -> int:
    said = str(form.get("session", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0


def _answer(visit: Visit, form: FormData, entry: Entry, number: int, key: str) -> Onwards | Mended:
    now = visit.tx.now.astimezone(OSLO)

    def read(question: Question) -> object:
        return forms.value(question, form, visit.municipality, now)

    try:
        return _onwards(visit, entry, page.answer(visit.context, entry, number, key, read))
    except AnswerRefused as refused:
        stand = page.stand(visit.context, entry)
        assert stand is not None
        typed = tuple(redacted(str(each)) for each in form.getlist(forms.ANSWER))
        return Mended(stand=stand, reason=refused.reason, typed=typed)


def _onwards(visit: Visit, entry: Entry | None, outcome: Outcome) -> Onwards:
    """Where an outcome leads, and what the next page says once."""
    flash, path = None, "/mine"
    match outcome:
        case Asked(session=session, danger=danger):
            flash, path = "danger" if danger else None, f"/c/{session.conversation}"
        case Ended(conversation=conversation, danger=danger):
            flash, path = "danger" if danger else None, f"/c/{conversation}/end"
        case Stopped(kept=kept, saved=saved):
            flash = "kept" if kept else "saved" if saved else "stopped"
        case Gone():
            flash, path = "gone", "/mine" if entry is None else f"/c/{entry.name}"
            if entry is not None and page.stand(visit.context, entry) is None:
                path = "/mine"
    if flash is not None:
        logins.flash(visit.tx, visit.known.id, flash)
    return Onwards(path=path)


def _read(visit: Visit, meant: Mapping[str, object]) -> None:
    """Whoever has pressed a message's button has read the message."""
    if isinstance(notice := meant.get(READ), int):
        notices.mark_read(visit.context, NoticeId(notice))


def _act(visit: Visit, name: str, args: dict[str, object], more: Mapping[str, object]) -> Onwards:
    """Back to the page the button stood on, which shows what it led to. What was refused is said on one's own page."""
    try:
        page.act(visit.context, name, args)
    except Refused as refused:
        logins.say_last(visit.tx, visit.known.person, "refused", [visit.municipality.words(refused.reason, visit.language, visit.tx.now)])
        logins.flash(visit.tx, visit.known.id, "refused")
    else:
        _read(visit, more)
        logins.flash(visit.tx, visit.known.id, "done")
        return Onwards(path=str(more.get("back", "/mine")))
    return Onwards(path="/mine")
