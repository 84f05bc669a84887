"""Answering what conversations look up.

Here: today's facts as views, inside the transaction. Guarantees: whoever may not see gets None or nothing; opening a case is recorded in
the audit.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import channel as own_channel
from bot.domain import desk_queries, queries, staff_queries, standing
from bot.domain.access import Action, Role, may
from bot.domain.cases import GUIDANCE_ASKED, CaseState
from bot.domain.ids import CaseId, InquiryId
from bot.domain.reminders import OSLO, day_of
from bot.engine.ask import Query
from bot.services import (
    archiving,
    attendance_views,
    candidate_views,
    case_views,
    change_views,
    channel,
    circle_messages,
    circle_views,
    closing,
    complaint_views,
    consent_views,
    desk_views,
    directory,
    evaluation_views,
    gatherings,
    groups,
    guidance,
    introductions,
    looking_back,
    meeting_views,
    minutes_views,
    months,
    my_data,
    nudges,
    own_pack,
    phases,
    plan_views,
    sent_around,
    standing_views,
    startup_views,
    timeline,
    training,
)
from bot.services.municipality import Context
from bot.store import assignments, cases, people, standings, stands, tasks
from bot.store.tasks import Task


def me(context: Context, _query: queries.Me) -> queries.MeView:
    """Who is talking."""
    person = people.person(context.tx, context.actor)
    return queries.MeView(
        person=person.id,
        language=person.language,
        name=person.name,
        phone=person.phone,
        roles=person.roles,
        department=person.department,
        link_confirmed=person.link_confirmed,
    )


def my_cases(context: Context, _query: queries.MyCases) -> tuple[queries.CaseLine, ...]:
    """Cases I am a party in as things stand today, and cases I coordinate, take over or stand in for."""
    tx = context.tx
    found = {*standings.of_person(tx, context.actor), *stands.held_by(tx, context.actor)}
    return tuple(case_views.line(context, case) for case in sorted(found, reverse=True))


def inbox(context: Context, _query: queries.Inbox) -> tuple[queries.CaseLine, ...]:
    """KE: living cases KE holds, earliest deadline first (C01)."""
    if not may(Action.SEE_INBOX, people.standing_roles(context.tx, context.actor)):
        return ()
    tx = context.tx
    held = [case for case in cases.living(tx) if any(case_views.shown(context, task) for task in tasks.of_case(tx, case))]
    return tuple(sorted((case_views.line(context, case) for case in held), key=lambda line: line.urgency))


def _task(context: Context, task: Task) -> queries.TaskView:
    case = None if task.case is None else cases.get(context.tx, task.case)
    return queries.TaskView(
        task=task.id,
        kind=task.kind,
        case=task.case,
        number=None if case is None else case.number,
        initials=None if case is None else case_views.initials_of(context, case.id),
        due=task.due_on,
        late=task.due_on < context.today,
        words=task.words,
    )


def ke_tasks(context: Context, _query: queries.KeTasks) -> tuple[queries.TaskView, ...]:
    """KE: every open task, earliest first."""
    if not may(Action.SEE_INBOX, people.standing_roles(context.tx, context.actor)):
        return ()
    return tuple(_task(context, task) for task in tasks.open_tasks(context.tx) if case_views.shown(context, task))


def guidance_asked(context: Context, _query: staff_queries.GuidanceAsked) -> tuple[staff_queries.GuidanceLine, ...]:
    """KE: who waits for guidance, inside a case and outside: one list."""
    found = []
    for task in sorted(ke_tasks(context, queries.KeTasks()), key=lambda each: (each.due, each.task)):
        if task.kind in GUIDANCE_ASKED and (asked := guidance.asked_by(context, task.task)) is not None:
            name = people.person(context.tx, asked[0]).name or ""
            found.append(staff_queries.GuidanceLine(task=task, name=name, asked_on=day_of(asked[1])))
    return tuple(found)


def the_case(context: Context, query: queries.TheCase) -> queries.CaseView | None:
    """One case, as far as one may see it."""
    return case_views.view(context, query.case, _task)


def asks_for_me(context: Context, _query: queries.AsksForMe) -> tuple[queries.AssignmentView, ...]:
    """What waits for my answer."""
    waiting = assignments.waiting_for(context.tx, context.actor)
    return tuple(case_views.assignment(context, each) for each in waiting if cases.get(context.tx, each.case).state is CaseState.APPOINTING)


def the_assignment(context: Context, query: queries.TheAssignment) -> queries.AssignmentView | None:
    """One candidate asked, for those it concerns."""
    found = assignments.find(context.tx, query.assignment)
    if found is None:
        return None
    ke = people.standing_roles(context.tx, context.actor) & {Role.KE, Role.KE_LEADER}
    return case_views.assignment(context, found) if ke or context.actor in {found.leader, found.candidate} else None


def the_inquiry(context: Context, query: staff_queries.TheInquiry) -> staff_queries.InquiryView | None:
    """KE: one message."""
    if not may(Action.ANSWER_INQUIRY, people.standing_roles(context.tx, context.actor)):
        return None
    found = tasks.inquiry(context.tx, query.inquiry)
    if found is None:
        return None
    person = people.person(context.tx, found.person)
    return staff_queries.InquiryView(
        inquiry=found.id,
        case_number=None if found.case is None else cases.get(context.tx, found.case).number,
        from_name=person.name,
        phone=found.phone or person.phone,
        words=found.words,
        received_at=found.received_at,
        by_chat=person.account is not None,
        answered=found.answered,
    )


def case_by_number(context: Context, query: staff_queries.CaseByNumber) -> CaseId | None:
    """KE: the case with this number."""
    if not may(Action.SEE_INBOX, people.standing_roles(context.tx, context.actor)):
        return None
    case = CaseId(query.number - cases.FIRST_NUMBER)
    return case if cases.find(context.tx, case) else None


def inquiry_of_task(context: Context, query: staff_queries.InquiryOfTask) -> InquiryId | None:
    """KE: the message a task is about."""
    if not may(Action.ANSWER_INQUIRY, people.standing_roles(context.tx, context.actor)):
        return None
    task = tasks.find(context.tx, query.task)
    return None if task is None else task.inquiry


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.Me: me,
    queries.TheProfile: lambda context, _: context.municipality.profile,
    queries.TheLaw: lambda context, _: context.municipality.law(context.today),
    queries.Now: lambda context, _: context.tx.now.astimezone(OSLO),
    queries.MyCases: my_cases,
    queries.Inbox: inbox,
    queries.KeTasks: ke_tasks,
    queries.TheCase: the_case,
    queries.AsksForMe: asks_for_me,
    queries.TheAssignment: the_assignment,
    staff_queries.TheInquiry: the_inquiry,
    staff_queries.CaseByNumber: case_by_number,
    staff_queries.InquiryOfTask: inquiry_of_task,
    staff_queries.GuidanceAsked: guidance_asked,
    desk_queries.ComingTalks: desk_views.coming_talks,
    desk_queries.ComingMeetings: desk_views.coming_meetings,
    desk_queries.CasesFound: desk_views.cases_found,
    desk_queries.TheTimeline: timeline.the_timeline,
    own_channel.MyChannel: channel.mine,
    standing.TheStanding: standing_views.the_standing,
    standing.WhoDecides: standing_views.who_decides,
    **meeting_views.ANSWERS,
    **attendance_views.ANSWERS,
    **groups.ANSWERS,
    **phases.ANSWERS,
    **closing.ANSWERS,
    **plan_views.ANSWERS,
    **evaluation_views.ANSWERS,
    **complaint_views.ANSWERS,
    **looking_back.ANSWERS,
    **plan_views.ANSWERS,
    **archiving.ANSWERS,
    **directory.ANSWERS,
    **circle_messages.ANSWERS,
    **own_pack.ANSWERS,
    **sent_around.ANSWERS,
    **startup_views.ANSWERS,
    **introductions.ANSWERS,
    **minutes_views.ANSWERS,
    **my_data.ANSWERS,
    **nudges.ANSWERS,
    **change_views.ANSWERS,
    **circle_views.ANSWERS,
    **consent_views.ANSWERS,
    **candidate_views.ANSWERS,
    **training.ANSWERS,
    **months.ANSWERS,
    **gatherings.ANSWERS,
}


def look(context: Context, query: Query[object]) -> object:
    """Answer a query. Raises `LookupError` for one nobody answers."""
    answer = ANSWERS.get(type(query))
    if answer is None:
        raise LookupError(f"no service answers {type(query).__name__}")
    return answer(context, query)
