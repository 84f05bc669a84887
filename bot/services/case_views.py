"""A case as one person may see it.

Here: views made of what is stored. Guarantees: a view is made only after the access table has said yes, what one may not see in it is
empty, and that somebody opened a case is recorded.
"""

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.access import Action, Role, may
from bot.domain.cases import BEFORE_DECISION, OPEN_ASSIGNMENT, UNIT_ALONE, AssignmentState, CaseState, Place, Wanted, initials, is_child
from bot.domain.ids import CaseId, PersonId
from bot.domain.people import Person
from bot.domain.phone_numbers import readable
from bot.domain.queries import (
    AssignmentView,
    CaseLine,
    CaseView,
    ContactView,
    DecisionView,
    TalkView,
    TaskView,
    TickView,
)
from bot.domain.reminders import OSLO, day_of
from bot.services.appointing import over_limit
from bot.services.municipality import Context
from bot.store import assignments, audit, cases, closings, decisions, people, standings, stands, talks, tasks
from bot.store.assignments import Assignment
from bot.store.cases import Case
from bot.store.tasks import Task


def initials_of(context: Context, case: CaseId) -> str:
    """The short name of a case in every list (T01; Herøy, Framdrift)."""
    content = cases.content(context.tx, case)
    return initials(content.subject_name or content.applicant_name or "")


def line(context: Context, case: CaseId) -> CaseLine:
    """A case in a list."""
    found = cases.get(context.tx, case)
    held = case in stands.held_by(context.tx, context.actor)
    by = _due(context, found, held=held)
    return CaseLine(
        case=case,
        number=found.number,
        initials=initials_of(context, case),
        state=found.state,
        wanted=found.wanted,
        received_at=found.received_at,
        due=by,
        late=by is not None and by < context.today,
        as_coordinator=held,
    )


def _due(context: Context, case: Case, *, held: bool) -> date | None:
    """What is due next in a case for the one who asks: the unit's earliest open task, the promised answer, the coordinator's first contact.

    Whoever is not at the unit learns nothing of its tasks, and whoever coordinates nothing of what was said past them (L04).
    """
    tx = context.tx
    if may(Action.SEE_INBOX, people.standing_roles(tx, context.actor)):
        waiting = [task.due_on for task in tasks.of_case(tx, case.id) if shown(context, task)]
        if waiting:
            return min(waiting)
    if case.state in BEFORE_DECISION:
        return case.due
    if case.state is CaseState.ACTIVE and held:
        return _contact_by(context, case.id, assignments.accepted(tx, case.id))
    return None


def _name(context: Context, who: PersonId | None) -> str | None:
    return None if who is None else people.person(context.tx, who).name


def assignment(context: Context, each: Assignment) -> AssignmentView:
    """A candidate asked, without what was told in the case."""
    case, deadlines = cases.get(context.tx, each.case), context.municipality.profile.deadlines
    leader = each.state is AssignmentState.LEADER_ASKED
    days = deadlines.leader_answer_working_days if leader else deadlines.candidate_answer_working_days
    return AssignmentView(
        assignment=each.id,
        case=each.case,
        number=case.number,
        initials=initials_of(context, each.case),
        state=each.state,
        step=each.step,
        department=each.department,
        candidate=each.candidate,
        candidate_name=_name(context, each.candidate),
        candidate_load=0 if each.candidate is None else assignments.load(context.tx, each.candidate),
        leader_name=_name(context, each.leader),
        criteria=each.criteria,
        reason=assignments.words(context.tx, each, "reason") or "",
        over_limit=each.over_limit or _over_limit_now(context, each),
        refusal=assignments.words(context.tx, each, "refusal"),
        age_group=case.age_group,
        wanted=case.wanted,
        asked_at=each.asked_at,
        answer_by=context.municipality.calendar.add_working_days(each.asked_at.astimezone(OSLO).date(), days),
    )


def _over_limit_now(context: Context, asked: Assignment) -> bool:
    """A candidate asked in several cases may have come to the limit meanwhile; then the yes needs a reason, and it is asked for (C09)."""
    return asked.state in OPEN_ASSIGNMENT and asked.candidate is not None and over_limit(context, asked.candidate)


def shown(context: Context, task: Task) -> bool:
    """Whether a task of the unit may be shown to the actor: not what the person said past the one who coordinates (L04)."""
    if task.kind not in UNIT_ALONE or task.case is None:
        return True
    standing = people.standing_roles(context.tx, context.actor)
    return not cases.roles_in(context.tx, task.case, context.actor, standing) & {Role.COORDINATOR, Role.SUBSTITUTE}


def view(context: Context, case: CaseId, task_view: Callable[[Context, Task], TaskView]) -> CaseView | None:
    """A case, or None where the one who asks may not see it. The read is recorded."""
    tx = context.tx
    found = cases.find(tx, case)
    if found is None:
        return None
    roles = cases.roles_in(tx, case, context.actor, people.standing_roles(tx, context.actor))
    if not may(Action.SEE_CASE, roles, found.state):
        return None
    content_too = may(Action.SEE_CONTENT, roles, found.state)
    ke = may(Action.SEE_INBOX, roles)
    audit.record(tx, "case.read", actor=context.actor, case=case, content=content_too)
    told = cases.content(tx, case)
    accepted = assignments.accepted(tx, case)
    coordinator = None if accepted is None or accepted.candidate is None else people.person(tx, accepted.candidate)
    contact_by = _contact_by(context, case, accepted) if content_too and found.state is CaseState.ACTIVE else None
    return CaseView(
        case=case,
        number=found.number,
        state=found.state,
        source=found.source,
        for_whom=found.for_whom,
        age_group=found.age_group,
        wanted=found.wanted,
        child_path=is_child(found.age_group) and found.wanted is not Wanted.GROUP,
        subject_name=(told.subject_name or "") if content_too else "",
        initials=initials_of(context, case),
        applicant_name=(told.applicant_name or "") if content_too else "",
        applicant_language=found.language,
        services=told.services if content_too else (),
        long_lasting=told.long_lasting if content_too else "",
        need=told.need if content_too else None,
        important=told.important if content_too else None,
        wish=told.wish if content_too else None,
        reach=told.reach if content_too else "",
        reach_details=told.reach_details if content_too else None,
        communication=told.communication if content_too else None,
        received_at=found.received_at,
        answer_by=found.answer_by,
        late=found.state in BEFORE_DECISION and found.due < context.today,
        coordinator_name=coordinator.name if coordinator and content_too else None,
        coordinator_contact=_phone_of(context, coordinator) if coordinator and content_too else None,
        talks=_talks(context, case) if content_too or may(Action.PICK_TIME, roles, found.state) else (),
        decisions=_decisions(context, case, ke=ke) if content_too else (),
        assignments=tuple(assignment(context, each) for each in assignments.of_case(tx, case)) if ke else (),
        contacts=_contacts(context, case),
        ke_ticks=_ticks(context, case, "ke") if ke else (),
        coordinator_ticks=_ticks(context, case, "coordinator") if may(Action.TICK_COORDINATOR, roles, found.state) else (),
        open_tasks=tuple(task_view(context, task) for task in tasks.of_case(tx, case) if shown(context, task)) if ke else (),
        possible_duplicates=cases.duplicates(tx, case) if ke else (),
        delay_until=found.delay_until,
        meeting_place=Place(told.meeting_place) if content_too and told.meeting_place else None,
        unseen=ke and any(role is Role.APPLICANT for _, role in standings.acting(tx, case)),
        contact_by=contact_by,
        contact_late=contact_by is not None and contact_by < context.today,
        halted=may(Action.HALT, roles, found.state) and closings.halted(tx, case) is not None,
        may_withdraw=may(Action.WITHDRAW, roles, found.state),
        may_object=may(Action.OBJECT_TO_SHARING, roles, found.state),
        content=content_too,
    )


def _contacts(context: Context, case: CaseId) -> tuple[ContactView, ...]:
    """Each time somebody got in touch, and who did."""
    held = talks.contacts(context.tx, case)
    return tuple(ContactView(at=each.at, place=each.place, by_name=_name(context, each.person) or "") for each in held)


def _contact_by(context: Context, case: CaseId, accepted: Assignment | None) -> date | None:
    """The last day for the first contact (Rana, Oppstart 4; Lund § 7.6; days by profile); None once it has been made."""
    if accepted is None or accepted.answered_at is None or talks.contacts(context.tx, case):
        return None
    return day_of(accepted.answered_at) + timedelta(days=context.municipality.profile.deadlines.contact_days)


def _phone_of(context: Context, coordinator: Person) -> str | None:
    return readable(coordinator.phone) if coordinator.phone else context.municipality.phone


def _talks(context: Context, case: CaseId) -> tuple[TalkView, ...]:
    return tuple(
        TalkView(talk=each.id, kind=each.kind, state=each.state, place=each.place, proposals=each.proposals, at=each.at)
        for each in talks.of_case(context.tx, case)
    )


def _decisions(context: Context, case: CaseId, *, ke: bool) -> tuple[DecisionView, ...]:
    """Decisions; a refusal that nobody has confirmed is KE's alone."""
    return tuple(
        DecisionView(
            decision=each.id,
            kind=each.kind,
            state=each.state,
            granted=each.granted,
            reason=each.reason,
            by=each.by,
            by_name=_name(context, each.by) or "",
            at=each.at,
            complain_by=each.complain_by,
        )
        for each in decisions.of_case(context.tx, case)
        if ke or each.state == "final"
    )


def _ticks(context: Context, case: CaseId, checklist: tasks.Checklist) -> tuple[TickView, ...]:
    lists = context.municipality.profile.checklists
    items = lists.after_appointment if checklist == "ke" else lists.first_week
    done = tasks.ticks(context.tx, case, checklist)
    return tuple(TickView(item=item.id, done_on=done[item.id].astimezone(OSLO).date() if item.id in done else None) for item in items)
