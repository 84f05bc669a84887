"""Minutes and the run-sheet as one person may see them.

Here: answers to the queries about minutes. Not here: what changes them (`bot.services.minutes`). Guarantees: a draft is the writer's and of
those who coordinate; whoever was called in for part of the meeting reads that part; what a member says is not right is for the writer and
for whoever coordinates.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import minutes_queries as queries
from bot.domain.access import Action
from bot.domain.agenda import purpose_of, read_as, words_of
from bot.domain.attendance import standing
from bot.domain.choices import Disagreement, MinutesExtent
from bot.domain.consent import InfoKind
from bot.domain.ids import PersonId
from bot.domain.meetings import Meeting, MeetingKind, MeetingState, Part
from bot.domain.member_tasks import MemberTaskState
from bot.domain.minutes import Minutes, MinutesState, Point, gets_all, points_for
from bot.domain.reminders import day_of
from bot.engine.ask import Query
from bot.services import member_task_views, member_tasks, minutes, minutes_sending
from bot.services.case_views import initials_of
from bot.services.circle import may_see
from bot.services.municipality import Context
from bot.store import attendance, audit, cases, meetings
from bot.store import member_tasks as stored_tasks
from bot.store import minutes as store


def the_run_sheet(context: Context, query: queries.TheRunSheet) -> queries.RunSheetView | None:
    """What whoever leads or writes needs at the table, and what is written so far (I01 to I03, H10)."""
    meeting = meetings.find(context.tx, query.meeting)
    if meeting is None or meeting.at is None or meeting.state not in minutes.WRITABLE or not minutes.may_write(context, meeting):
        return None
    audit.record(context.tx, "minutes.opened", actor=context.actor, case=meeting.case, meeting=meeting.id)
    rules, written = context.municipality.profile.meetings, store.of_meeting(context.tx, meeting.id)
    settle = meeting.kind is MeetingKind.SETTLE
    return queries.RunSheetView(
        meeting=meeting.id,
        case=meeting.case,
        number=cases.get(context.tx, meeting.case).number,
        initials=initials_of(context, meeting.case),
        kind=meeting.kind,
        purpose=purpose_of(meeting.purpose),
        at=meeting.at,
        today=context.today,
        begun=meeting.at <= context.tx.now,
        has_plan=cases.get(context.tx, meeting.case).wanted in minutes_sending.WITH_A_PLAN,
        agenda=tuple(queries.OnAgenda(code=each.code, title=each.words, words=words_of(each), local=each.local) for each in meeting.agenda),
        people=_people(context, meeting),
        owners=member_tasks.owners(context, meeting.case),
        since_last=_since_last(context, meeting) if _knows_tasks(context, meeting) else (),
        disagreement=settle or rules.disagreement is Disagreement.MINUTED,
        everything=rules.minutes is MinutesExtent.FULL,
        written=None if written is None else _written(context, written, meeting),
    )


def _knows_tasks(context: Context, meeting: Meeting) -> bool:
    """Whoever coordinates, KE, and a member who writes or leads while a consent names tasks."""
    if context.may(Action.WRITE_MINUTES, meeting.case):
        return True
    return InfoKind.TASKS in may_see(context, meeting.case, context.actor)


def _people(context: Context, meeting: Meeting) -> tuple[queries.PresentView, ...]:
    """Who was called, and who said that they come: the list of who was there begins with them (H10)."""
    given, since = attendance.of_meeting(context.tx, meeting), attendance.asked_since(context.tx, meeting.id)
    said, fixed = standing(meeting.invited, given, since), minutes_sending.fixed(context, meeting.case)
    # Whoever coordinates often gives no answer to their own call: they are not put down as away when they write.
    own = {each.person for each in meeting.invited if each.part is Part.COORDINATOR and each.person == context.actor}
    coming = {*said.coming, *own.intersection(said.silent)}
    return tuple(
        queries.PresentView(
            person=each.person,
            name=member_tasks.name_in(context, meeting.case, each.person),
            part=each.part,
            comes=each.person in coming,
            called_in=each.part is Part.MEMBER and each.person not in fixed and not each.points,
        )
        for each in meeting.invited
    )


def _since_last(context: Context, meeting: Meeting) -> tuple[queries.TaskView, ...]:
    """What was agreed before this meeting, as it stands now (I12). What was dropped is left out, and what the last meeting saw as done."""
    earlier = [each for each in meetings.of_case(context.tx, meeting.case) if each.state is MeetingState.HELD and each.id < meeting.id]
    last = earlier[-1].id if earlier else None
    shown = [
        each
        for each in stored_tasks.of_case(context.tx, meeting.case)
        if each.meeting != meeting.id
        and each.code is None
        and (each.state in member_task_views.SHOWN_TO_WHO_COORDINATES or (each.state is MemberTaskState.DONE and each.meeting == last))
    ]
    return tuple(member_task_views.view(context, each) for each in shown)


def _written(context: Context, written: Minutes, meeting: Meeting) -> queries.WrittenView:
    def name(person: PersonId) -> str:
        return member_tasks.name_in(context, meeting.case, person)

    said = {*written.confirmed, *written.objected}
    waiting = minutes_sending.asked(context, written, meeting) if written.state is MinutesState.READ_BACK else ()
    return queries.WrittenView(
        minutes=written.id,
        state=written.state,
        edition=written.edition,
        present=written.present,
        points=written.points,
        next_on=written.next_on,
        why_not=written.why_not,
        confirmed=tuple(name(each) for each in written.confirmed),
        silent=tuple(name(each) for each in waiting if each not in said),
        objected=tuple((name(each), words) for each, words in store.objections(context.tx, written)),
    )


def readable_points(context: Context, written: Minutes, meeting: Meeting) -> tuple[Point, ...] | None:
    """What the actor may read of the minutes now; None where it is nothing."""
    if minutes_sending.readable(context, written, meeting):
        return points_for(written, meeting, context.actor, minutes_sending.fixed(context, meeting.case))
    sees = Action.WRITE_MINUTES if written.state is MinutesState.READ_BACK else Action.SEE_MEETINGS
    if written.state is not MinutesState.DRAFT and context.may(sees, meeting.case):
        return written.points
    return None


def the_minutes(context: Context, query: queries.TheMinutes) -> queries.MinutesView | None:
    """The minutes as the actor gets them; that they were read is recorded."""
    meeting, written = meetings.find(context.tx, query.meeting), store.of_meeting(context.tx, query.meeting)
    if meeting is None or meeting.at is None or written is None:
        return None
    points = readable_points(context, written, meeting)
    if points is None:
        return None
    audit.record(context.tx, "minutes.read", actor=context.actor, case=meeting.case, minutes=written.id)
    person, writes = context.actor, minutes.may_write(context, meeting)
    part = not gets_all(meeting, person, minutes_sending.fixed(context, meeting.case)) and not context.may(
        Action.SEE_MEETINGS, meeting.case
    )
    objections = store.objections(context.tx, written)
    page = context.municipality.page_url
    number = cases.get(context.tx, meeting.case).number
    names = {each.person: member_tasks.name_in(context, meeting.case, each.person) for each in meeting.invited}
    return queries.MinutesView(
        minutes=written.id,
        meeting=meeting.id,
        case=meeting.case,
        number=number,
        initials=initials_of(context, meeting.case),
        kind=meeting.kind,
        at=meeting.at,
        state=written.state,
        edition=written.edition,
        plain=person in member_tasks.of_persons_side(context, meeting.case),
        part=part,
        writer=member_tasks.name_in(context, meeting.case, written.writer),
        present=tuple(name for who, name in names.items() if who in written.present),
        absent=() if part else tuple(name for who, name in names.items() if who not in written.present),
        points=tuple(_point(context, meeting, each, part=part) for each in points if not each.empty),
        next_on=written.next_on,
        why_not=None if part else written.why_not,
        asked=written.state is MinutesState.READ_BACK and person in minutes_sending.asked(context, written, meeting),
        answered=True if person in written.confirmed else False if person in written.objected else None,
        objections=tuple(
            (member_tasks.name_in(context, meeting.case, each), words) for each, words in objections if writes or each == person
        ),
        on_page=None if page is None else f"{page}/case/{number}/minutes/{written.id}",
    )


def _point(context: Context, meeting: Meeting, point: Point, *, part: bool) -> queries.PointView:
    """One point; whoever reads only a part of the minutes reads only their own tasks in it."""
    return queries.PointView(
        title=read_as(point.code, point.title, point.local),
        outcome=point.outcome,
        words=point.words,
        to_whom=point.to_whom,
        disagreement=point.disagreement,
        tasks=tuple(
            queries.AssignedView(
                owner=member_tasks.name_in(context, meeting.case, each.owner),
                mine=each.owner == context.actor,
                words=each.words,
                due_on=each.due_on,
            )
            for each in point.tasks
            if not part or each.owner == context.actor
        ),
    )


def minutes_of_case(context: Context, query: queries.MinutesOfCase) -> tuple[queries.MinutesLine, ...]:
    """Minutes that were sent and that the actor may read, newest first."""
    found = []
    for written in reversed(store.of_case(context.tx, query.case)):
        meeting = meetings.find(context.tx, written.meeting)
        if meeting is None or meeting.at is None or written.state is not MinutesState.SENT:
            continue
        if readable_points(context, written, meeting) is not None:
            archived = written.archived_at is not None
            line = queries.MinutesLine(minutes=written.id, meeting=meeting.id, kind=meeting.kind, on=day_of(meeting.at), archived=archived)
            found.append(line)
    return tuple(found)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.TheRunSheet: the_run_sheet,
    queries.TheMinutes: the_minutes,
    queries.MinutesOfCase: minutes_of_case,
    **member_task_views.ANSWERS,
}
