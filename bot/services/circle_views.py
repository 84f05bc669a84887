"""The circle as one person may see it: the list the person can always open, and what a member may see.

Here: views made of what is stored. Not here: the rule for what a member may see (`bot.services.circle`). Guarantees: whoever is outside
gets None or nothing; a member is shown nothing that no consent in force names; every look is recorded.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import initials
from bot.domain.circle import Member, MemberState, Reach
from bot.domain.circle_queries import AlwaysIn, CircleView, MemberView, MyCircle, MyCircles, Other, Part, TheChildren, TheCircle
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId
from bot.domain.people import Person
from bot.domain.phone_numbers import readable
from bot.engine.ask import Query
from bot.services import circle
from bot.services.children import the_children
from bot.services.municipality import Context
from bot.services.school_contacts import missing_in
from bot.store import assignments, audit, cases, members, people
from bot.store.names import known_as

_DECIDES: Final = {Role.PARENT: Part.PARENT, Role.GUARDIAN: Part.GUARDIAN, Role.ATTORNEY: Part.ATTORNEY}


def the_circle(context: Context, query: TheCircle) -> CircleView | None:
    """Who is around a person, what each may see, and until when (E06)."""
    tx = context.tx
    if not context.may(Action.SEE_CIRCLE, query.case):
        return None
    audit.record_look(tx, "circle.read", actor=context.actor, case=query.case)
    change = context.may(Action.CHANGE_CIRCLE, query.case)
    told = cases.content(tx, query.case)
    return CircleView(
        case=query.case,
        number=cases.get(tx, query.case).number,
        initials=initials(told.subject_name or told.applicant_name or ""),
        subject_name=told.subject_name or "",
        always=_always(context, query.case, told),
        members=tuple(_view(context, each, change=change) for each in members.of_case(tx, query.case)),
        may_change=change,
        no_contact_from=tuple(each.id for each in missing_in(tx, context.municipality, query.case)) if change else (),
    )


def _always(context: Context, case: CaseId, told: cases.Content) -> tuple[AlwaysIn, ...]:
    """The person first, also where nobody of theirs is known here; then who decides for them, and the coordinator (F18)."""
    tx = context.tx
    parties = cases.parties(tx, case)
    own = next((who for who, role in parties if role in {Role.SELF, Role.YOUTH}), None)
    name = told.subject_name or (people.person(tx, own).name if own is not None else None) or told.applicant_name or initials("")
    found = [AlwaysIn(person=own, part=Part.PERSON, name=name, you=own == context.actor)]
    for who, role in parties:
        if role in _DECIDES and role in cases.roles_in(tx, case, who, ()):
            found.append(AlwaysIn(person=who, part=_DECIDES[role], name=known_as(tx, case, who), you=who == context.actor))
    coordinator = _coordinator(context, case)
    if coordinator is not None:
        found.append(AlwaysIn(person=coordinator.id, part=Part.COORDINATOR, name=coordinator.name or ""))
    return tuple(found)


def _coordinator(context: Context, case: CaseId) -> Person | None:
    accepted = assignments.accepted(context.tx, case)
    return None if accepted is None or accepted.candidate is None else people.person(context.tx, accepted.candidate)


def _view(context: Context, member: Member, *, change: bool) -> MemberView:
    return MemberView(
        member=member.id,
        name=member.name,
        title=member.title,
        service=member.service,
        service_words=member.service_words,
        kind=member.kind,
        state=member.state,
        sees=member.sees,
        now=circle.sees_now(context, member),
        until=circle.until(context, member),
        reach=member.reach if change else Reach(),
    )


def my_circles(context: Context, _query: MyCircles) -> tuple[MyCircle, ...]:
    """The circles the actor is a member of, as far as each is shared with them now; what nothing is shared of is not there."""
    found = []
    for member in members.of_person(context.tx, context.actor):
        now = circle.may_see(context, member.case, context.actor)
        if now:
            audit.record_look(context.tx, "circle.read_as_member", actor=context.actor, case=member.case, sees="+".join(sorted(now)))
            found.append(_mine(context, member, now))
    return tuple(found)


def _mine(context: Context, member: Member, now: frozenset[InfoKind]) -> MyCircle:
    """Whoever has not yet said yes is told what it is about to be, and nothing of it."""
    joined = member.state is MemberState.JOINED
    told = cases.content(context.tx, member.case)
    coordinator = _coordinator(context, member.case)
    contact = joined and InfoKind.CONTACT in now
    needs = joined and InfoKind.NEEDS in now
    return MyCircle(
        member=member.id,
        case=member.case,
        number=cases.get(context.tx, member.case).number,
        initials=initials(told.subject_name or told.applicant_name or ""),
        state=member.state,
        now=now,
        until=circle.until(context, member),
        kind=member.kind,
        subject_name=(told.subject_name or told.applicant_name) if contact else None,
        coordinator=coordinator.name if coordinator is not None and joined else None,
        coordinator_phone=_phone(context, coordinator) if joined else None,
        others=_others(context, member) if contact else (),
        need=told.need if needs else None,
        important=told.important if needs else None,
    )


def _phone(context: Context, coordinator: Person | None) -> str | None:
    return readable(coordinator.phone) if coordinator is not None and coordinator.phone else context.municipality.phone


def _others(context: Context, member: Member) -> tuple[Other, ...]:
    """Who else takes part: name and title. Only those who take part see the list (T05)."""
    every = members.of_case(context.tx, member.case)
    return tuple(Other(name=each.name, title=each.title) for each in every if each.id != member.id and each.state is MemberState.JOINED)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    TheCircle: the_circle,
    MyCircles: my_circles,
    TheChildren: the_children,
}
