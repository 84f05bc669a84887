"""The desk of those who work in the municipality: what waits, what is late, who has how much, and a search.

Here: what it shows. Not here: a single case (`bot.web.case_page`), and what is done; every button begins the same conversation as in the
chat. Guarantees: what is shown is asked for through the same queries as in the chat, so that the same table says who may see it; initials
that were searched for stand in no address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import OSLO
from bot.domain.access import Action, Role, may
from bot.domain.cases import AssignmentState
from bot.domain.change_queries import ChangesAskedOfMe
from bot.domain.complaints import ComplaintsToAnswer
from bot.domain.desk_queries import CasesFound, ComingMeetings, ComingTalks, TalkLine
from bot.domain.meeting_kinds import KINDS
from bot.domain.meeting_queries import MeetingLine
from bot.domain.places import WHERE_FOR_STAFF
from bot.domain.queries import AsksForMe, CandidateLine, CaseLine, Inbox, KeTasks, MyCases, TaskView
from bot.domain.staff_queries import CaseByNumber, InquiryOfTask, OwnPeople
from bot.engine.registry import Entry
from bot.engine.texts import Text
from bot.services.page import NotFound
from bot.store import people
from bot.web import desk_words
from bot.web.case_page import CasePages, look_up
from bot.web.visits import Offer, Page, Visit, go
from conversations.asked_of_me import line_of
from conversations.desk_offers import LAST, ROOMS_BY_NAME
from conversations.finish_task import FINISHED_BY_ITS_STEP
from conversations.meeting_words import STATES
from conversations.rooms import in_rooms
from conversations.staff_words import CASE_STATES, TALK_STATES, TASKS
from conversations.words import TALKS

LONGEST_SEARCH: Final = 60
NUMBER: Final = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A task, and what is done about it: a button, or the case's own page."""

    view: TaskView
    offer: Offer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question that waits for an answer, and the way to give it. `title`: what it is, by number and initials alone."""

    title: Text
    answer_by: date | None
    offer: Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What the desk shows to one person: who works at the unit, who may be asked, and who coordinates see different parts."""

    today: date
    unit: bool
    asked: bool
    coordinates: bool
    inbox: tuple[CaseLine, ...]
    tasks: tuple[Task, ...]
    asks: tuple[Asked, ...]
    mine: tuple[CaseLine, ...]
    talks: tuple[TalkLine, ...]
    meetings: tuple[MeetingLine, ...]
    load: tuple[CandidateLine, ...]
    drawers: tuple[tuple[Text | None, tuple[Entry, ...]], ...]
    """What is about no case yet, by room; without a title what lies in none."""

    @property
    def late_cases(self) -> tuple[CaseLine, ...]:
        return tuple(each for each in self.inbox + self.mine if each.late)

    @property
    def late_tasks(self) -> tuple[Task, ...]:
        return tuple(each for each in self.tasks if each.view.late)


def routes(shared: Page) -> list[Route]:
    """The addresses of the desk and of cases."""
    desk, case = Desks(shared), CasePages(shared)
    return [
        Route("/desk", desk.show, methods=["GET"]),
        Route("/desk", desk.search, methods=["POST"]),
        Route("/case/{number:int}", case.show, methods=["GET"]),
        Route("/case/{number:int}/decision/{decision:int}", case.decision, methods=["GET"]),
    ]


class Desks:
    """The pages of the desk."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """Everything that waits for this person."""
        seen, desk = await self._page.read(request, _desk)
        return self._page.show(seen, "desk.html", desk=desk, d=desk_words, labels=LABELS)

    async def search(self, request: Request) -> Response:
        """A case by its number, or all with these initials."""

        def work(visit: Visit, form: FormData) -> str | tuple[CaseLine, ...]:
            _check(visit)
            said = str(form.get("words", "")).strip()[:LONGEST_SEARCH]
            if NUMBER.fullmatch(said) and look_up(visit, CaseByNumber(int(said))) is not None:
                return f"/case/{said}"
            return look_up(visit, CasesFound(said))

        seen, found = await self._page.post(request, work)
        if isinstance(found, str):
            return go(found)
        return self._page.show(
            seen, "desk_found.html", found=found, today=self._page.clock.now().astimezone(OSLO).date(), d=desk_words, labels=LABELS
        )


LABELS: Final = {
    "states": CASE_STATES,
    "tasks": TASKS,
    "talk_kinds": TALKS,
    "talk_states": TALK_STATES,
    "places": WHERE_FOR_STAFF,
    "meeting_kinds": KINDS,
    "meeting_states": STATES,
}


def _check(visit: Visit) -> frozenset[Role]:
    """The roles of the one at the desk. Raises `LoginNeeded` and `NotFound`."""
    visit.must_be_logged_in()
    roles = people.standing_roles(visit.tx, visit.known.person)
    if not may(Action.STAFF_MENU, roles):
        raise NotFound
    return roles


def _desk(visit: Visit) -> Desk:
    roles = _check(visit)
    asks = bool(roles & {Role.LEADER, Role.COORDINATOR})
    unit = may(Action.SEE_INBOX, roles)
    return Desk(
        today=visit.context.today,
        unit=unit,
        coordinates=Role.COORDINATOR in roles,
        asked=asks,
        inbox=_late_first(look_up(visit, Inbox())),
        tasks=tuple(_task(visit, each) for each in sorted(look_up(visit, KeTasks()), key=lambda each: (each.due, each.task))),
        asks=tuple(_asks(visit)),
        mine=_late_first(tuple(each for each in look_up(visit, MyCases()) if each.as_coordinator)),
        talks=look_up(visit, ComingTalks()),
        meetings=look_up(visit, ComingMeetings()),
        load=tuple(sorted(look_up(visit, OwnPeople()), key=lambda each: (-each.load, each.name))),
        drawers=tuple(_drawers(visit, roles)),
    )


def _late_first(lines: tuple[CaseLine, ...]) -> tuple[CaseLine, ...]:
    return tuple(sorted(lines, key=lambda each: each.urgency))


def _task(visit: Visit, task: TaskView) -> Task:
    """What is finished by its own step is done on the case; a message is answered; the rest is ticked."""
    inquiry = look_up(visit, InquiryOfTask(task.task))
    if inquiry is not None:
        return Task(view=task, offer=visit.offer(desk_words.ANSWER, {"begin": "answer_inquiry", "given": {"inquiry": str(inquiry)}}))
    if task.kind in FINISHED_BY_ITS_STEP:
        return Task(view=task, offer=None)
    return Task(view=task, offer=visit.offer(desk_words.OPEN, {"begin": "finish_task", "given": {"task": str(task.task)}}))


def _asks(visit: Visit) -> Iterator[Asked]:
    """Everything that waits for one's own answer: appointments, standing in, changes and taking over, and complaints."""
    for one in look_up(visit, AsksForMe()):
        name = "leader_answer" if one.state is AssignmentState.LEADER_ASKED else "candidate_answer"
        yield _asked(visit, desk_words.case_title(one.number, one.initials), one.answer_by, name, assignment=one.assignment)
    for other in look_up(visit, ChangesAskedOfMe()):
        title = line_of(other).button
        if other.substitute is not None:
            yield _asked(visit, title, None, "substitute_answer", substitute=other.substitute)
        elif other.ask is not None:
            yield _asked(visit, title, None, "change_answer", ask=other.ask)
        else:
            yield _asked(visit, title, None, "change_leader", case=other.case)
    for each in look_up(visit, ComplaintsToAnswer()):
        yield _asked(visit, desk_words.complaint_title(each.number, each.initials), each.answer_by, "complaint", complaint=each.complaint)


def _asked(visit: Visit, title: Text, by: date | None, begin: str, **given: int) -> Asked:
    meaning = {"begin": begin, "given": {key: str(value) for key, value in given.items()}}
    return Asked(title=title, answer_by=by, offer=visit.offer(desk_words.ANSWER, meaning))


def _drawers(visit: Visit, roles: frozenset[Role]) -> Iterator[tuple[Text | None, tuple[Entry, ...]]]:
    """What is about no case yet, in the same rooms as in the chat; last of all the whole desk as it is there."""
    found = {entry.name: entry for entry in visit.municipality.registry if _drawer(entry, roles)}
    for room, options in in_rooms({name: entry.title for name, entry in found.items()}, ROOMS_BY_NAME, (*LAST, "staff")).items():
        if options:
            yield (ROOMS_BY_NAME[room][0] if room in ROOMS_BY_NAME else None), tuple(found[name] for name in options)


def _drawer(entry: Entry, roles: frozenset[Role]) -> bool:
    """The inbox stands on the desk itself."""
    return (entry.staff and entry.name != "inbox" and may(Action(entry.action), roles)) or entry.name == "staff"
