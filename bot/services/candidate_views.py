"""Who could be coordinator, as views: candidates, departments with their leaders, a leader's own people.

Here: today's facts, inside the transaction. Not here: asking somebody (`bot.services.appointing`). Guarantee: lists are sorted, and nobody
is chosen or left out.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import queries, staff_queries
from bot.domain.access import Action, Role, may
from bot.domain.cases import AssignmentState
from bot.domain.ids import CaseId, PersonId
from bot.domain.people import Person
from bot.engine.ask import Query
from bot.services.appointing import leader_of, over_limit
from bot.services.municipality import Context
from bot.store import assignments, cases, people
from bot.store.assignments import Assignment


def _line(context: Context, person: Person, *, wished: bool = False, services: int = 0) -> queries.CandidateLine:
    return queries.CandidateLine(
        person=person.id,
        name=person.name or str(person.id),
        department=person.department,
        load=assignments.load(context.tx, person.id),
        at_limit=over_limit(context, person.id),
        trained=people.trained(context.tx, person.id),
        wished=wished,
        services=services,
        has_leader=leader_of(context, person.department) not in {None, person.id},
    )


def _asked_leader(context: Context, case: CaseId) -> Assignment | None:
    return next(
        (
            each
            for each in assignments.of_case(context.tx, case)
            if each.leader == context.actor and each.state is AssignmentState.LEADER_ASKED
        ),
        None,
    )


def _involved(context: Context, case: CaseId) -> dict[str, int]:
    """How many of the services named in the case each department gives."""
    profile, count = context.municipality.profile, dict[str, int]()
    for each in cases.content(context.tx, case).services:
        service = profile.service(each)
        if service is not None and service.department:
            count[service.department] = count.get(service.department, 0) + 1
    return count


def candidates(context: Context, query: queries.Candidates) -> tuple[queries.CandidateLine, ...]:
    """Who could be coordinator (C05, C07 to C09). Sorted by services, then load and name; that orders a list, it does not choose."""
    tx = context.tx
    found = cases.find(tx, query.case)
    if found is None:
        return ()
    ke = may(Action.PROPOSE_CANDIDATE, cases.roles_in(tx, query.case, context.actor, people.standing_roles(tx, context.actor)), found.state)
    asked = _asked_leader(context, query.case)
    if not ke and asked is None:
        return ()
    department = None if ke else (asked.department if asked else None)
    wish = (cases.content(tx, query.case).wish or "").casefold()
    involved = _involved(context, query.case)
    lines = []
    for who in people.with_role(tx, Role.COORDINATOR, department=department):
        person = people.person(tx, who)
        services = involved.get(person.department or "", 0)
        lines.append(_line(context, person, wished=_wished(person.name, wish), services=services))
    return tuple(sorted(lines, key=lambda line: (-line.services, line.load, line.name)))


def _wished(name: str | None, wish: str) -> bool:
    """Does the wish name this person? Every part of the name, or the first name alone, as a word."""
    words = set(wish.replace(",", " ").replace(".", " ").split())
    parts = (name or "").casefold().split()
    return bool(parts) and parts[0] in words


def departments(context: Context, query: staff_queries.Departments) -> tuple[staff_queries.DepartmentLine, ...]:
    """Departments KE can ask, with their leaders (C06, C10)."""
    if not may(Action.SEE_INBOX, people.standing_roles(context.tx, context.actor)):
        return ()
    involved = _involved(context, query.case) if query.case is not None and cases.find(context.tx, query.case) else {}
    lines = []
    for department in context.municipality.profile.departments:
        leader = leader_of(context, department.id)
        person = None if leader is None else people.person(context.tx, leader)
        lines.append(
            staff_queries.DepartmentLine(
                department=department.id,
                leader=leader,
                leader_name=person.name if person else None,
                leader_phone=person.phone if person else None,
                involved=department.id in involved,
            )
        )
    return tuple(sorted(lines, key=lambda line: not line.involved))


def own_people(context: Context, _query: staff_queries.OwnPeople) -> tuple[queries.CandidateLine, ...]:
    """A leader's own people; all of them for KE."""
    person = people.person(context.tx, context.actor)
    if not person.roles & {Role.LEADER, Role.KE, Role.KE_LEADER}:
        return ()
    department = None if person.roles & {Role.KE, Role.KE_LEADER} else person.department
    found: list[PersonId] = people.with_role(context.tx, Role.COORDINATOR, department=department)
    return tuple(sorted((_line(context, people.person(context.tx, who)) for who in found), key=lambda line: line.name))


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.Candidates: candidates,
    staff_queries.Departments: departments,
    staff_queries.OwnPeople: own_people,
}
