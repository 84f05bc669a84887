"""Complaints, as each may read them.

Here: who has a complaint and who reads it. Guarantee: the one complained of, and whoever coordinates the case or stands in at that moment,
never reads a complaint about the coordination, whatever other role they have (O01: Rana, Klage på koordinator).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.complaints import (
    About,
    Complaint,
    ComplaintStart,
    ComplaintsToAnswer,
    ComplaintView,
    TheComplaint,
    ToComplain,
)
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Query
from bot.engine.texts import Text, t, verbatim
from bot.services import member_tasks
from bot.services.appointing import leader_of
from bot.services.case_views import initials_of
from bot.services.evaluation_views import UNIT, coordinates
from bot.services.municipality import Context
from bot.store import assignments, audit, cases, people
from bot.store import complaints as store


def name(context: Context, who: PersonId) -> Text:
    """A name at work, or that it is somebody at the unit."""
    own = people.person(context.tx, who).name
    return verbatim(own) if own else t("Somebody at the unit")


def coordinator_of(context: Context, case: CaseId) -> PersonId | None:
    """Who coordinates, and can be complained of."""
    return member_tasks.holder(context, case)


def leader_for(context: Context, case: CaseId) -> PersonId | None:
    """The coordinator's nearest leader, where somebody else than the coordinator is that now."""
    accepted = assignments.accepted(context.tx, case)
    if accepted is None or accepted.candidate is None:
        return None
    own = leader_of(context, people.person(context.tx, accepted.candidate).department)
    return next((each for each in (own, accepted.leader) if each is not None and _can_lead(context, case, each)), None)


def _can_lead(context: Context, case: CaseId, who: PersonId) -> bool:
    return Role.LEADER in people.standing_roles(context.tx, who) and not coordinates(context, case, who)


def unit_for(context: Context, case: CaseId, concerned: PersonId | None) -> tuple[PersonId, ...]:
    """Those at the unit who may read it. About a decision: all of them."""
    unit = people.with_role(context.tx, *UNIT)
    return tuple(who for who in unit if concerned is None or (who != concerned and not coordinates(context, case, who)))


def handlers(context: Context, complaint: Complaint) -> tuple[PersonId, ...]:
    """Who may read and answer it now."""
    if complaint.at_unit:
        return unit_for(context, complaint.case, complaint.concerned)
    leader = complaint.handler
    return (leader,) if leader is not None and leader != complaint.concerned and _can_lead(context, complaint.case, leader) else ()


def may_handle(context: Context, complaint: Complaint, who: PersonId) -> bool:
    """May somebody read and answer it now?"""
    return who in handlers(context, complaint)


def to_complain(context: Context, query: ToComplain) -> ComplaintStart | None:
    """What the actor can complain about, to whom, and what they have complained about already."""
    if not context.may(Action.COMPLAIN, query.case):
        return None
    tx, case = context.tx, query.case
    coordinator, leader = coordinator_of(context, case), leader_for(context, case)
    return ComplaintStart(
        case=case,
        number=cases.get(tx, case).number,
        coordinator=None if coordinator is None else people.person(tx, coordinator).name,
        leader=None if leader is None else people.person(tx, leader).name,
        has_leader=leader is not None,
        to_unit=bool(unit_for(context, case, coordinator)),
        mine=tuple(_view(context, each) for each in store.of_case(tx, case) if each.person == context.actor),
    )


def the_complaint(context: Context, query: TheComplaint) -> ComplaintView | None:
    """One complaint. The look is recorded."""
    found = store.find(context.tx, query.complaint)
    if found is None or not (found.person == context.actor or may_handle(context, found, context.actor)):
        return None
    audit.record_look(context.tx, "complaint.read", actor=context.actor, case=found.case)
    return _view(context, found)


def to_answer(context: Context, _query: ComplaintsToAnswer) -> tuple[ComplaintView, ...]:
    """What waits for the actor's answer."""
    if not context.may(Action.ANSWER_COMPLAINTS):
        return ()
    return tuple(_view(context, each) for each in store.unanswered(context.tx) if may_handle(context, each, context.actor))


def _view(context: Context, each: Complaint) -> ComplaintView:
    concerned = None if each.concerned is None else people.person(context.tx, each.concerned).name
    return ComplaintView(
        complaint=each.id,
        case=each.case,
        number=cases.get(context.tx, each.case).number,
        initials=initials_of(context, each.case),
        who=member_tasks.name_in(context, each.case, each.person),
        about=each.about,
        concerned=concerned if each.about is About.COORDINATOR else None,
        sent_to=each.sent_to,
        at_unit=each.at_unit,
        handler=None if each.handler is None else people.person(context.tx, each.handler).name,
        words=each.words,
        wish=each.wish,
        late=each.late,
        late_why=each.late_why,
        received_at=each.received_at,
        answer_by=each.answer_by,
        overdue=each.answered_at is None and each.answer_by < context.today,
        outcome=each.outcome,
        answer=each.answer,
        mine=each.person == context.actor,
        handled_by_me=each.handler == context.actor,
    )


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    ToComplain: to_complain,
    TheComplaint: the_complaint,
    ComplaintsToAnswer: to_answer,
}
