"""A meeting on the page: the invitation to read, print and keep, who comes, and one's own answer.

Here: what it shows. Not here: what stands in the invitation (`bot.services.invitation_document`), and what is done; every button begins the
same conversation, or carries the same command, as in the chat. Guarantees: only somebody who has logged in reads it; whoever may not see
the meeting learns nothing of whether there is one; a file's name tells nothing about anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.attendance import COMES, Reply
from bot.domain.attendance_queries import AttendanceView, TheAttendance
from bot.domain.documents import Document
from bot.domain.ids import MeetingId
from bot.domain.meetings import MeetingState
from bot.engine.texts import Text
from bot.pdf import pdf
from bot.services import invitation_document
from bot.services.page import NotFound
from bot.services.queries import look
from bot.web import desk_words, meeting_words
from bot.web.visits import Offer, Page, Visit

LARGEST: Final = 2**31
WIDTH: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of the chart: a name for its colour, where it begins and how wide it is (of `WIDTH`), and what it says."""

    name: str
    at: float
    width: float
    words: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A meeting as one reader sees it."""

    meeting: MeetingId
    number: int
    document: Document
    who: AttendanceView
    chart: tuple[Part, ...]
    offers: tuple[Offer, ...]
    tool: Offer | None


def routes(shared: Page) -> list[Route]:
    """The addresses of a meeting."""
    pages = MeetingPages(shared)
    return [
        Route("/meeting/{meeting:int}", pages.show, methods=["GET"]),
        Route("/meeting/{meeting:int}/invitation.pdf", pages.file, methods=["GET"]),
        Route("/meeting/{meeting:int}/calendar.ics", pages.calendar, methods=["GET"]),
    ]


class MeetingPages:
    """The pages of one meeting."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """The invitation, with the answers."""
        which = request.path_params["meeting"]
        seen, opened = await self._page.read(request, lambda visit: _opened(visit, which))
        parts = [(type(part).__name__, part) for part in opened.document.parts]
        return self._page.show(seen, "meeting.html", opened=opened, parts=parts, m=meeting_words, d=desk_words)

    async def file(self, request: Request) -> Response:
        """The invitation as a file."""
        which = request.path_params["meeting"]

        def work(visit: Visit) -> bytes:
            found = invitation_document.document(visit.context, _id(visit, which), leaves=True)
            if found is None:
                raise NotFound
            return pdf(found, visit.language, self._page.municipality.catalogs, visit.tx.now)

        _, content = await self._page.read(request, work)
        return _download(content, "application/pdf", f"{which}.pdf")

    async def calendar(self, request: Request) -> Response:
        """The meeting for the reader's calendar."""
        which = request.path_params["meeting"]

        def work(visit: Visit) -> str:
            found = invitation_document.calendar(visit.context, _id(visit, which))
            if found is None:
                raise NotFound
            return found.text

        _, content = await self._page.read(request, work)
        return _download(content.encode(), "text/calendar", f"{which}.ics")


def _download(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _id(visit: Visit, which: int) -> MeetingId:
    visit.must_be_logged_in()
    if not 0 < which < LARGEST:
        raise NotFound
    return MeetingId(which)


def _opened(visit: Visit, which: int) -> Opened:
    meeting = _id(visit, which)
    found = invitation_document.document(visit.context, meeting, leaves=False)
    who, stored = look(visit.context, TheAttendance(meeting)), invitation_document.called(visit.context, meeting)
    if found is None or stored is None or not isinstance(who, AttendanceView):
        raise NotFound
    tool, back = None, f"/meeting/{meeting}"
    if who.tool is not None and not who.in_tool and stored.state is MeetingState.CALLED:
        tool = visit.offer(meeting_words.put_in_tool(who.tool), {"act": "NoteInTool", "args": {"meeting": meeting}, "back": back})
    return Opened(
        meeting=meeting,
        number=which,
        document=found,
        who=who,
        chart=tuple(_chart(who)),
        offers=tuple(_offers(visit, meeting, who)),
        tool=tool,
    )


def _offers(visit: Visit, meeting: MeetingId, who: AttendanceView) -> Iterator[Offer]:
    """The same as under the invitation in the chat."""
    given = {"meeting": str(meeting)}
    if who.open:
        for label, reply in ((meeting_words.COMES, Reply.COMING), (meeting_words.CANNOT, Reply.CANNOT)):
            if who.mine is not reply:
                args = {"meeting": meeting, "reply": str(reply), "words": None}
                yield visit.offer(label, {"act": "AnswerInvitation", "args": args, "back": f"/meeting/{meeting}"})
        yield visit.offer(meeting_words.OTHERWISE, {"begin": "attend", "given": given})
    if who.holds:
        yield visit.offer(meeting_words.OPEN, {"begin": "meeting", "given": given})


def _chart(who: AttendanceView) -> Iterator[Part]:
    """A bar with a part for each kind of answer, which the words beside it say as well."""
    replies = [each.reply for each in who.replies]
    counts = (
        ("coming", sum(1 for each in replies if each in COMES), meeting_words.coming),
        ("cannot", replies.count(Reply.CANNOT), meeting_words.cannot),
        ("maybe", replies.count(Reply.MAYBE), meeting_words.maybe),
        ("silent", replies.count(None), meeting_words.silent),
    )
    at = 0.0
    for name, number, words in counts:
        if number:
            width = WIDTH * number / len(replies)
            yield Part(name=name, at=round(at, 2), width=round(width, 2), words=words(number))
            at += width
