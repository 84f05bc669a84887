"""A case with its timeline, and a decision to read or print.

Here: what they show. Not here: the desk (`bot.web.desk`), and what is done; every button begins the same conversation as in the chat.
Guarantees: a case is opened through the same query as in the chat, so that the same table says who may see what of it and the reading is
recorded; whoever may not see it learns nothing of whether there is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response

from bot.clock import OSLO
from bot.domain.access import GENERAL, IN_CASE, Action, may
from bot.domain.cases import CaseState, DecisionKind, DecisionState
from bot.domain.circle_queries import TheCircle
from bot.domain.consent_queries import TheSharing
from bot.domain.desk_queries import Event, TheTimeline
from bot.domain.ids import CaseId
from bot.domain.minutes_queries import MinutesOfCase
from bot.domain.queries import CaseView, DecisionView, Me, TheCase
from bot.domain.refusal import Refused
from bot.engine.ask import Query
from bot.engine.texts import Text
from bot.services.decisions import answer
from bot.services.page import NotFound
from bot.services.queries import look
from bot.store import cases, decisions, people, standings
from bot.store.cases import FIRST_NUMBER
from bot.web import desk_words
from bot.web.visits import Offer, Page, Visit
from conversations.case_card import case_card, decision_line
from conversations.case_offers import LAST, ROOMS, offers
from conversations.case_standing import standing
from conversations.case_standing import talks as talks_agreed
from conversations.case_standing import who as coordinator_of
from conversations.circle_words import listed
from conversations.my_sharing import sharing_card
from conversations.rooms import in_rooms

T = TypeVar("T")
LISTED_SHORT: Final = 300
"""Longer words of a person's own are cut on the card, and stand in full below it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sharing:
    """Who knows what: the same list as in the chat, with the documents, and what can be done about it."""

    card: tuple[Text, ...]
    documents: tuple[tuple[int, Text], ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A case as one reader sees it. `card` is in staff's words or in the applicant's."""

    view: CaseView
    staff: bool
    card: tuple[Text, ...]
    own_words: tuple[tuple[Text, str], ...]
    actions: tuple[tuple[Text | None, tuple[Offer, ...]], ...]
    """What can be done, by room; without a title what lies in none."""
    decisions: tuple[tuple[DecisionView, Text], ...]
    timeline: tuple[Event, ...]
    circle: tuple[Text, ...]
    sharing: Sharing | None = None
    minutes: tuple[tuple[int, Text], ...] = ()
    contacts: bool = False
    """Can the person's contacts and dates be had as a file?"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printable:
    """A decision on its page. `words` is what the applicant was told; None for a proposal. `decided_on` is a day in Oslo."""

    view: CaseView
    decision: DecisionView
    decided_on: date
    words: Text | None


def look_up(visit: Visit, query: Query[T]) -> T:
    """Today's facts for this person, as a conversation looks them up."""
    return cast(T, look(visit.context, query))


class CasePages:
    """The pages of one case."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def show(self, request: Request) -> Response:
        """The case, what can be done with it, and what has happened."""
        number = request.path_params["number"]
        seen, opened = await self._page.read(request, lambda visit: _opened(visit, number))
        return self._page.show(seen, "desk_case.html", opened=opened, view=opened.view, d=desk_words)

    async def decision(self, request: Request) -> Response:
        """One decision, ready to be printed."""
        number, decision = request.path_params["number"], request.path_params["decision"]
        seen, found = await self._page.read(request, lambda visit: printable(visit, number, decision))
        return self._page.show(seen, "desk_decision.html", found=found, view=found.view, decision=found.decision, d=desk_words)


def _view(visit: Visit, number: int) -> CaseView:
    """The case of this number. Raises `NotFound` where it is not there or not the reader's, and `LoginNeeded`."""
    visit.must_be_logged_in()
    if not FIRST_NUMBER < number < 2**31:
        raise NotFound
    view = look_up(visit, TheCase(CaseId(number - FIRST_NUMBER)))
    if view is None:
        raise NotFound
    return view


def _opened(visit: Visit, number: int) -> Opened:
    view, me = _view(visit, number), look_up(visit, Me())
    if not me.staff:
        card = [standing(view), coordinator_of(view), *talks_agreed(view, visit.tx.now)]
        return _parts(visit, view, staff=False, card=tuple(each for each in card if each is not None))
    card_parts = case_card(view, visit.municipality.profile, me.language)
    # Whoever is only asked sees where it stands: the rest of the card would be empty.
    return _parts(visit, view, staff=True, card=card_parts if view.content else card_parts[:1])


def _parts(visit: Visit, view: CaseView, *, staff: bool, card: tuple[Text, ...]) -> Opened:
    own = ((desk_words.WHAT_WOULD_HELP, view.need), (desk_words.IMPORTANT, view.important), (desk_words.WISH, view.wish))
    return Opened(
        view=view,
        staff=staff,
        card=card,
        own_words=tuple((label, said) for label, said in own if said and len(said) > LISTED_SHORT),
        actions=tuple(_rooms(visit, view)) if staff else (),
        decisions=tuple((each, decision_line(each)) for each in view.decisions),
        timeline=look_up(visit, TheTimeline(view.case)),
        circle=_circle(visit, view),
        sharing=_sharing(visit, view),
        contacts=view.state in {CaseState.ACTIVE, CaseState.CLOSED} and visit.context.may(Action.OWN_PACK, view.case),
        minutes=tuple((each.minutes, desk_words.minutes_of(each)) for each in look_up(visit, MinutesOfCase(view.case))),
    )


def _sharing(visit: Visit, view: CaseView) -> Sharing | None:
    """Who knows what (E06, E17), for those who may see it, once anything was asked."""
    found = look_up(visit, TheSharing(view.case))
    if found is None or not (found.consents or found.objection):
        return None
    case = {"case": str(view.case)}
    offers = (
        [visit.offer(desk_words.ANSWER_SHARING, {"begin": "my_sharing", "given": case})]
        if any(each.mine for each in found.consents)
        else []
    )
    if found.may_stop and any(each.holds for each in found.consents):
        offers.append(visit.offer(desk_words.STOP_SHARING, {"begin": "stop_sharing", "given": case}))
    documents = tuple((each, desk_words.signed_form(consent.consent)) for consent in found.consents for each in consent.documents)
    return Sharing(card=sharing_card(found), documents=documents, offers=tuple(offers))


def _circle(visit: Visit, view: CaseView) -> tuple[Text, ...]:
    """Who is around the person, for those who may see it: the same list as in the chat (E06, T05)."""
    if view.state not in {CaseState.APPOINTING, CaseState.ACTIVE} or not view.content:
        return ()
    circle = look_up(visit, TheCircle(view.case))
    return () if circle is None else listed(circle, visit.municipality.profile, look_up(visit, Me()).language)


def _rooms(visit: Visit, view: CaseView) -> Iterator[tuple[Text | None, tuple[Offer, ...]]]:
    """What can be done now, in the same rooms and words as in the chat; a room in which nothing is left has no title either."""
    for room, options in in_rooms(offers(view, look_up(visit, Me())), ROOMS, LAST).items():
        if found := tuple(_actions(visit, view, options)):
            yield (ROOMS[room][0] if room in ROOMS else None), found


def _actions(visit: Visit, view: CaseView, options: Mapping[str, Text]) -> Iterator[Offer]:
    """Only what the access table allows this person."""
    for step, label in options.items():
        name, given = _begins(step, view)
        entry = visit.municipality.registry.named(name)
        if entry is not None and _allowed(visit, Action(entry.action), view):
            yield visit.offer(label, {"begin": name, "given": given})


def _begins(step: str, view: CaseView) -> tuple[str, Mapping[str, str]]:
    """Which conversation a step is, and what it is about."""
    case = {"case": str(view.case)}
    match step:
        case "confirm_refusal":
            proposed = next(each for each in view.decisions if each.state is DecisionState.PROPOSED)
            return step, case | {"decision": str(proposed.decision)}
        case "checklist":
            return "checklist", case | {"checklist": "coordinator"}
        case "ke_checklist":
            return "checklist", case | {"checklist": "ke"}
        case "phone":
            return "inbox", case
        case _:
            return step, case


def _allowed(visit: Visit, action: Action, view: CaseView) -> bool:
    if action in GENERAL and not may(action, people.standing_roles(visit.tx, visit.known.person)):
        return False
    try:
        visit.context.require(action if action in IN_CASE else Action.SEE_CASE, view.case)
    except Refused:
        return False
    return True


def printable(visit: Visit, number: int, decision: int) -> Printable:
    """A decision as its reader may have it. Raises `NotFound` and `LoginNeeded`."""
    view = _view(visit, number)
    found = next((each for each in view.decisions if each.decision == decision), None)
    stored = next((each for each in decisions.of_case(visit.tx, view.case) if each.id == decision), None)
    if found is None or stored is None:
        raise NotFound
    # A department's own decision may be reported without the rest: then there is only the reason to show.
    told = found.state is DecisionState.FINAL and (found.kind is DecisionKind.GRANT or found.complain_by is not None)
    role = next((role for who, role in standings.acting(visit.tx, view.case) if who == visit.known.person), None)
    words = answer(visit.context, cases.get(visit.tx, view.case), stored, role) if told else None
    return Printable(view=view, decision=found, decided_on=found.at.astimezone(OSLO).date(), words=words)
