"""The pages that are no conversations: the first page, one's own page, messages, what is stored, and what must be said about the page.

Here: what they show. Not here: conversations, logging in. Guarantees: each shows only what is the reader's own; reading one's own case is
recorded like every other read.
"""

import re
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.access import Action
from bot.domain.meeting_kinds import KINDS
from bot.domain.meeting_queries import MeetingLine, MyMeetings
from bot.domain.meetings import MeetingState
from bot.domain.nudges import is_answer
from bot.domain.queries import CaseLine, MyCases
from bot.engine.registry import Entry
from bot.engine.texts import Language, verbatim
from bot.services import circle, notices
from bot.services.meeting_views import my_meetings
from bot.services.menu import left_half_way
from bot.services.notices import short
from bot.services.page import OPEN_TO_ALL, NotFound
from bot.services.queries import my_cases
from bot.store import logins, people, sessions
from bot.store.notices import Notice, NoticeAction
from bot.web import accessibility_words, meeting_words, words
from bot.web.visits import LANGUAGE_COOKIE, READ, Offer, Page, Visit, go

FOR_NEWCOMERS: Final = OPEN_TO_ALL - {Action.OWN_SETTINGS}
"""What the first page offers: what needs neither a login nor something that is one's own already."""
LOCAL: Final = re.compile(r"/(?:[a-z0-9_-]+(?:/[a-z0-9_-]+)*)?", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """Something left half way."""

    go_on: Offer
    delete: Offer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One of my cases, and the way into it."""

    line: CaseLine
    open: Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A notice with what can be done about it: what stands open, and what lies behind a door of its own."""

    notice: Notice
    offers: tuple[Offer, ...]
    more: tuple[Offer, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mine:
    """What one's own page shows."""

    drafts: tuple[Draft, ...]
    cases: tuple[Case, ...]
    messages: tuple[Message, ...]
    meetings: tuple[MeetingLine, ...]
    menu: tuple[Entry, ...]
    refused: tuple[str, ...]
    limited: bool


def routes(shared: Page) -> list[Route]:
    """The addresses of these pages."""
    pages = Pages(shared)
    return [
        Route("/", pages.home, methods=["GET"]),
        Route("/mine", pages.mine, methods=["GET"]),
        Route("/messages", pages.messages, methods=["GET"]),
        Route("/messages", pages.mark_read, methods=["POST"]),
        Route("/language", pages.language, methods=["POST"]),
        Route("/accessibility", pages.accessibility, methods=["GET"]),
        Route("/privacy", pages.privacy, methods=["GET"]),
    ]


class Pages:
    """The pages that are no conversations."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def home(self, request: Request) -> Response:
        """The first page: what Samråd is, and how one begins."""
        return self._page.show(
            await self._page.seen(request),
            "home.html",
            entries=tuple(each for each in self._menu(staff=False) if each.action in FOR_NEWCOMERS),
        )

    def _menu(self, *, staff: bool) -> tuple[Entry, ...]:
        entries = (entry for entry in self._page.municipality.registry if entry.menu is not None)
        return tuple(sorted((each for each in entries if staff or each.name != "staff"), key=lambda each: each.menu or 0))

    async def mine(self, request: Request) -> Response:
        """What waits, my cases, and what I can do."""
        seen, mine = await self._page.read(request, self._mine)
        return self._page.show(seen, "mine.html", mine=mine, m=meeting_words, kinds=KINDS)

    def _mine(self, visit: Visit) -> Mine:
        web, context = visit.known, visit.context
        limited = visit.limited
        refused = logins.last_words(visit.tx, web.person, "refused") if web.flash == "refused" else None
        found: tuple[Message, ...] = ()
        cases: tuple[Case, ...] = ()
        meetings: tuple[MeetingLine, ...] = ()
        if not limited:
            found = tuple(_message(visit, each) for each in circle.readable(context) if each.read_at is None)
            cases = tuple(_case(visit, line) for line in my_cases(context, MyCases()))
            meetings = tuple(each for each in my_meetings(context, MyMeetings()) if each.state is MeetingState.CALLED)
        return Mine(
            drafts=tuple(_drafts(visit)),
            cases=cases,
            messages=found,
            meetings=meetings,
            menu=self._menu(staff=web.trust == "staff"),
            refused=tuple(refused or ()),
            limited=limited,
        )

    async def messages(self, request: Request) -> Response:
        """Every message, newest first."""

        def work(visit: Visit) -> list[Message]:
            visit.must_be_logged_in()
            return [_message(visit, each) for each in circle.readable(visit.context)]

        seen, found = await self._page.read(request, work)
        return self._page.show(seen, "messages.html", messages=found)

    async def mark_read(self, request: Request) -> Response:
        """The person has read a message."""

        def work(visit: Visit, form: FormData) -> str:
            visit.must_be_logged_in()
            number = str(form.get("notice", ""))
            mine = {str(each.id): each for each in circle.readable(visit.context)}
            if number not in mine:
                raise NotFound
            notices.mark_read(visit.context, mine[number].id)
            return "/messages" if form.get("from") == "messages" else "/mine"

        _, path = await self._page.post(request, work)
        return go(path)

    async def language(self, request: Request) -> Response:
        """Everything in another language from now on."""

        def work(visit: Visit, form: FormData) -> tuple[str, str]:
            chosen = str(form.get("language", ""))
            if chosen not in set(Language):
                raise NotFound
            if visit.web is not None:
                people.set_language(visit.tx, visit.web.person, Language(chosen))
            return chosen, str(form.get("back", ""))

        _, (chosen, back) = await self._page.post(request, work)
        response = go(back if local(back) else "/")
        response.set_cookie(LANGUAGE_COOKIE, chosen, httponly=True, secure=self._page.settings.https, samesite="lax", path="/")
        return response

    async def accessibility(self, request: Request) -> Response:
        """The accessibility statement."""
        return self._page.show(await self._page.seen(request), "accessibility.html", a=accessibility_words)

    async def privacy(self, request: Request) -> Response:
        """Privacy, in short."""
        return self._page.show(await self._page.seen(request), "privacy.html")


def local(path: str) -> bool:
    """Is this a place on this page, so that nobody is sent elsewhere?"""
    return LOCAL.fullmatch(path) is not None


def _drafts(visit: Visit) -> list[Draft]:
    """What was left half way, the open one first."""
    tx, person, found = visit.tx, visit.known.person, []
    open_ = sessions.open_of(tx, person)
    for session, entry in left_half_way(visit.context, [*([open_] if open_ else []), *sessions.parked_of(tx, person)]):
        if visit.known.trust in logins.FROM_TELEGRAM and session.id != visit.known.handed:
            continue
        delete = visit.offer(words.DELETE_DRAFT, {"act": "KeepDraft", "args": {"session": session.id, "keep": False}})
        go_on = visit.offer(words.go_on(entry.title), {"resume": session.id})
        found.append(Draft(go_on=go_on, delete=delete if entry.keeps else None))
    return found


def _case(visit: Visit, line: CaseLine) -> Case:
    conversation = "staff" if line.as_coordinator and visit.known.trust == "staff" else "my_case"
    given = {} if conversation == "staff" else {"case": str(line.case)}
    return Case(line=line, open=visit.offer(words.OPEN_CASE, {"begin": conversation, "given": given}))


def _message(visit: Visit, notice: Notice) -> Message:
    """A nudge shows what it is about, else that it is done; its other answers lie behind a door. A choice is shown whole."""
    answers = [each for each in notice.actions if is_answer(each.meaning)]
    shown = [each for each in notice.actions if each not in answers] or answers[:1]
    return Message(
        notice=notice,
        offers=tuple(_offered(visit, notice, each) for each in shown),
        more=tuple(_offered(visit, notice, each) for each in answers if each not in shown),
    )


def _offered(visit: Visit, notice: Notice, action: NoticeAction) -> Offer:
    """Whoever presses a message's button has read the message."""
    return visit.offer(verbatim(short(action.label)), {**action.meaning, READ: notice.id})
