"""What the reminders about meetings need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.meeting`), nor what happens when
one falls due (`bot.services.reminders.meeting`). Guarantee: whoever no consent covers now is among nobody who is reminded.
"""

from collections.abc import Callable
from datetime import date
from functools import cache

from bot.domain.access import Action
from bot.domain.attendance import Reply, standing
from bot.domain.cases import LIVING
from bot.domain.consent import InfoKind
from bot.domain.groups import COUNTED
from bot.domain.ids import CaseId, PersonId
from bot.domain.meetings import INVITED_BY, Meeting, MeetingState, Part, open_times
from bot.domain.reminders import Reminder, day_of
from bot.domain.reminders.meeting import MeetingFacts, MeetingsFacts, reminders
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY, may_see
from bot.store import assignments, attendance, cases, groups, meetings, members
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about meetings."""
    every = meetings.of_case(tx, case)
    group = groups.active(tx, case)
    if cases.get(tx, case).state not in LIVING or not (every or group):
        return frozenset()
    context = Context(tx=tx, municipality=municipality, actor=NOBODY)
    accepted = assignments.accepted(tx, case)
    knows = knowing(context, case)
    facts = MeetingsFacts(
        case=case,
        meetings=tuple(meeting_facts(context, each, knows) for each in every if each.state is not MeetingState.CANCELLED),
        since=None if group is None else max(day for day in (day_of(group.begun_at), _last_day(every)) if day is not None),
        holder=None if accepted is None else accepted.candidate,
    )
    return reminders(facts, municipality.rules)


def knowing(context: Context, case: CaseId) -> Callable[[PersonId], frozenset[InfoKind]]:
    """What each may know of a case at this moment, asked of the consents once for each person, however many meetings there are."""
    return cache(lambda person: may_see(context, case, person))


def meeting_facts(context: Context, meeting: Meeting, knows: Callable[[PersonId], frozenset[InfoKind]]) -> MeetingFacts:
    """One meeting as the rules see it. `knows`: what each may know of the case now."""
    tx = context.tx
    times = open_times(meeting, tx.now) if meeting.at is None else (meeting.at,)
    known = frozenset(each.person for each in meeting.invited if each.part is not Part.MEMBER or INVITED_BY in knows(each.person))
    given, since = attendance.of_meeting(tx, meeting), attendance.asked_since(tx, meeting.id)
    now = standing(meeting.invited, given, since)
    reminded = {person for person in now.coming if given[person].reply is not Reply.SOMEONE_ELSE} | set(now.maybe)
    voted = set(meetings.votes(tx, meeting.id))
    return MeetingFacts(
        id=meeting.id,
        state=meeting.state,
        first_time=min(times, default=None),
        at=meeting.at,
        notice_days=meeting.notice_days,
        holder=holder_of(context, meeting),
        planned_at=meeting.created_at,
        asked_at=attendance.asked_at(tx, meeting.id),
        silent=tuple(sorted(set(now.silent) & known)),
        coming=tuple(sorted(reminded & known)),
        said_at={person: given[person].at for person in reminded & known},
        voters_silent=tuple(sorted((meeting.voters - voted) & known)) if meeting.state is MeetingState.VOTING else (),
        between=_between(context, meeting, knows),
    )


def holder_of(context: Context, meeting: Meeting) -> PersonId | None:
    """Who holds the meeting's threads now: the coordinator; where there is none, whoever called it and may still do so (G05); else KE."""
    accepted = assignments.accepted(context.tx, meeting.case)
    if accepted is not None and accepted.candidate is not None:
        return accepted.candidate
    caller = Context(tx=context.tx, municipality=context.municipality, actor=meeting.proposed_by)
    return meeting.proposed_by if caller.may(Action.CALL_MEETING, meeting.case) else None


def holding(context: Context, meeting: Meeting, who: PersonId) -> PersonId | None:
    """Whoever calls or moves a meeting that they hold and are to come to: they come, and are not asked. None for anybody else."""
    theirs = who == holder_of(context, meeting) and any(each.person == who and each.part is Part.COORDINATOR for each in meeting.invited)
    return who if theirs else None


def _between(context: Context, meeting: Meeting, knows: Callable[[PersonId], frozenset[InfoKind]]) -> tuple[PersonId, ...]:
    found = []
    for each in attendance.go_betweens(context.tx, meeting.id):
        member = members.find(context.tx, each.member)
        if member is not None and each.met_after is None and INVITED_BY in knows(member.person):
            found.append(member.person)
    return tuple(found)


def _last_day(every: tuple[Meeting, ...]) -> date | None:
    last = last_counted(every)
    return None if last is None or last.at is None else day_of(last.at)


def last_counted(every: tuple[Meeting, ...]) -> Meeting | None:
    """The last meeting held that keeps the rhythm of a group."""
    held = [each for each in every if each.state is MeetingState.HELD and each.kind in COUNTED and each.at is not None]
    return max(held, key=lambda each: (day_of(each.at) if each.at else day_of(each.created_at), each.id), default=None)
