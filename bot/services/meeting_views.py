"""Meetings as one person may see them.

Here: answers to the queries about meetings. Not here: what changes one. Guarantees: a member sees a meeting only while they are to come and
a consent names meetings for them; others in the circle see who comes, the recipient's side sees everything.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.domain import meeting_queries as queries
from bot.domain.access import Action
from bot.domain.agenda import purpose_of, words_of
from bot.domain.called_in import own_points, shown_to, slot
from bot.domain.circle import TAKES_PART, Member
from bot.domain.groups import next_writer
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.meetings import INVITED_BY, Meeting, MeetingState, Part, Participant, last_day_to_send, open_times
from bot.domain.reminders import OSLO
from bot.engine.ask import Query
from bot.services import circle
from bot.services.case_views import initials_of
from bot.services.invitations import day_time
from bot.services.meeting_changes import counted, persons_own
from bot.services.meetings import PLANNED
from bot.services.municipality import Context
from bot.store import assignments, audit, cases, groups, members, people
from bot.store import meetings as store

SHOWN_TO_THOSE_WHO_COME: Final = frozenset({MeetingState.VOTING, MeetingState.CALLED, MeetingState.HELD})


def may_see(context: Context, meeting: Meeting) -> bool:
    """Those who call it, the recipient's side, and a member who is to come and whom a consent covers now."""
    if context.may(Action.SEE_MEETINGS, meeting.case):
        return True
    told_off = meeting.state is MeetingState.CANCELLED and meeting.called_at is not None
    return (
        meeting.takes_part(context.actor)
        and (meeting.state in SHOWN_TO_THOSE_WHO_COME or told_off)
        and INVITED_BY in circle.may_see(context, meeting.case, context.actor)
    )


def the_meeting(context: Context, query: queries.TheMeeting) -> queries.MeetingView | None:
    """One meeting; that it was read is recorded."""
    meeting = store.find(context.tx, query.meeting)
    if meeting is None or not may_see(context, meeting):
        return None
    audit.record(context.tx, "meeting.read", actor=context.actor, case=meeting.case, meeting=meeting.id)
    calls, given = context.may(Action.CALL_MEETING, meeting.case), store.votes(context.tx, meeting.id)
    day = None if meeting.at is None else meeting.at.astimezone(OSLO).date()
    mine = given.get(context.actor)
    own = () if calls else own_points(meeting, context.actor)
    agenda = shown_to(meeting, context.actor) if own else tuple(enumerate(meeting.agenda))
    when = slot(meeting, own)
    return queries.MeetingView(
        meeting=meeting.id,
        case=meeting.case,
        number=cases.get(context.tx, meeting.case).number,
        initials=initials_of(context, meeting.case),
        kind=meeting.kind,
        state=meeting.state,
        purpose=purpose_of(meeting.purpose),
        place=meeting.place,
        where=meeting.where,
        link=meeting.link,
        at=meeting.at,
        minutes=meeting.minutes,
        times=_times(context, meeting, given),
        my_votes=None if mine is None else tuple(meeting.proposals.index(time) for time in mine if time in meeting.proposals),
        participants=participants(context, meeting.case, meeting.participants if calls else meeting.invited, meeting),
        agenda=tuple(words_of(each) for _, each in agenda),
        numbers=tuple(place + 1 for place, _ in agenda),
        theirs=tuple(each.words or "" for each in persons_own(context, meeting)) if calls else (),
        ready=tuple((each.code, words_of(each)) for each in meeting.agenda if each.code is not None) if calls else (),
        only_mine=bool(own),
        about=None if when is None else day_time(when[0]),
        chair=_name(context, meeting.chair),
        writer=_name(context, meeting.writer),
        notice_days=meeting.notice_days,
        last_day=None if day is None else last_day_to_send(day, meeting.notice_days),
        short_reason=meeting.short_reason,
        silent=len(meeting.voters - set(given)) if meeting.state is MeetingState.VOTING else 0,
        calls=calls,
        answers=context.may(Action.AGREE_TO_MEETING, meeting.case) and meeting.state is MeetingState.ASKED,
        called_at=meeting.called_at,
    )


def _name(context: Context, who: PersonId | None) -> str | None:
    return None if who is None else people.person(context.tx, who).name


def _times(context: Context, meeting: Meeting, given: Mapping[PersonId, Sequence[object]]) -> tuple[queries.TimeView, ...]:
    """The times with whom they suit, the best first; who sees a meeting sees who can, so that people agree by themselves."""
    open_, asked = open_times(meeting, context.tx.now), meeting.voters
    order = (*counted(context, meeting), *(place for place, time in enumerate(meeting.proposals) if time not in open_))
    return tuple(
        queries.TimeView(
            place=place,
            at=meeting.proposals[place],
            refused=meeting.proposals[place] in meeting.refused,
            suits=tuple(_name(context, who) or "" for who, times in given.items() if who in asked and meeting.proposals[place] in times),
            missing=tuple(
                _name(context, who) or "" for who, times in given.items() if who in asked and meeting.proposals[place] not in times
            ),
        )
        for place in order
    )


def participants(
    context: Context, case: CaseId, found: Sequence[Participant], meeting: Meeting | None = None
) -> tuple[queries.ParticipantView, ...]:
    """Who is to come, with title and service where they are members; with `meeting` for which points of it, and about when."""
    return tuple(_participant(context, case, each, meeting) for each in found)


def _participant(context: Context, case: CaseId, each: Participant, meeting: Meeting | None) -> queries.ParticipantView:
    when = None if meeting is None else slot(meeting, each.points)
    member = None if each.member is None else members.find(context.tx, each.member)
    name = member.name if member is not None else _name(context, each.person)
    if each.part is Part.RECIPIENT and not name:
        name = cases.content(context.tx, case).subject_name
    return queries.ParticipantView(
        person=each.person,
        member=each.member,
        part=each.part,
        name=name or "",
        title=member.title if member is not None else None,
        service=_service(context, member),
        needed=each.needed,
        out=each.out,
        covered=member is None or INVITED_BY in circle.may_see(context, case, each.person),
        points=tuple(place + 1 for place in each.points),
        about=None if when is None else day_time(when[0]),
    )


def _service(context: Context, member: Member | None) -> str | None:
    if member is None:
        return None
    known = None if member.service is None else context.municipality.profile.service(member.service)
    language = people.person(context.tx, context.actor).language
    return member.service_words if known is None else known.name.in_language(language)


def _line(context: Context, meeting: Meeting) -> queries.MeetingLine:
    return queries.MeetingLine(
        meeting=meeting.id,
        case=meeting.case,
        number=cases.get(context.tx, meeting.case).number,
        initials=initials_of(context, meeting.case),
        kind=meeting.kind,
        state=meeting.state,
        at=meeting.at,
    )


def meetings_of(context: Context, query: queries.MeetingsOf) -> tuple[queries.MeetingLine, ...]:
    """The meetings of a case that the actor may see, newest first."""
    return tuple(_line(context, each) for each in reversed(store.of_case(context.tx, query.case)) if may_see(context, each))


def my_meetings(context: Context, _query: queries.MyMeetings) -> tuple[queries.MeetingLine, ...]:
    """What the actor is to come to, calls or is asked about, the earliest first."""
    tx = context.tx
    mine = {*cases.of_party(tx, context.actor), *assignments.coordinated_by(tx, context.actor)}
    found = {each.id: each for each in store.of_person(tx, context.actor, since=tx.now - timedelta(days=1))}
    for case in mine:
        found.update({each.id: each for each in store.of_case(tx, case) if each.state in PLANNED})
    seen = [each for each in found.values() if may_see(context, each)]
    return tuple(_line(context, each) for each in sorted(seen, key=lambda each: (each.at is None, each.at or each.created_at, each.id)))


def meeting_plan(context: Context, query: queries.MeetingPlan) -> queries.MeetingPlanView | None:
    """What the one who calls a meeting starts from: the circle, the last meeting, and the notice the profile asks for."""
    if not context.may(Action.CALL_MEETING, query.case):
        return None
    tx, every = context.tx, store.of_case(context.tx, query.case)
    held = [each for each in every if each.state is MeetingState.HELD]
    last = held[-1] if held else None
    days = context.municipality.profile.meetings.notice_days
    around = [each for each in members.of_case(tx, query.case) if each.state in TAKES_PART]
    candidates = [Participant(person=each.person, part=Part.MEMBER, member=MemberId(each.id)) for each in around]
    open_ = next((each.id for each in every if each.state in PLANNED), None)
    return queries.MeetingPlanView(
        case=query.case,
        number=cases.get(tx, query.case).number,
        initials=initials_of(context, query.case),
        held=frozenset(each.kind for each in held),
        has_plan=cases.get(tx, query.case).wanted in {"plan", "both"},
        candidates=participants(context, query.case, candidates),
        people=_people(context, query.case, around),
        last_place=None if last is None else last.place,
        last_where=None if last is None else last.where,
        last_writer=None if last is None else _name(context, last.writer),
        turn=_turn(context, query.case, None if last is None else last.writer, around),
        notice_days=days,
        first_day=context.today + timedelta(days=days),
        open_meeting=open_,
    )


def _turn(context: Context, case: CaseId, last: PersonId | None, around: Sequence[Member]) -> str | None:
    """Whose turn it is to write, where the group has agreed on turns (G15), among those who take part now."""
    group = groups.active(context.tx, case)
    here = [person for person, _ in _people(context, case, around)]
    return None if group is None else _name(context, next_writer(group.turns, last, here))


def _people(context: Context, case: CaseId, around: Sequence[Member]) -> tuple[tuple[PersonId, str], ...]:
    """Who can lead and who can write (G13 to G15): the coordinator and the members."""
    accepted = assignments.accepted(context.tx, case)
    holder = accepted.candidate if accepted is not None and accepted.candidate is not None else context.actor
    return ((holder, _name(context, holder) or ""), *((each.person, each.name) for each in around if each.person != holder))


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.TheMeeting: the_meeting,
    queries.MeetingsOf: meetings_of,
    queries.MyMeetings: my_meetings,
    queries.MeetingPlan: meeting_plan,
}
