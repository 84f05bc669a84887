"""What the reminders about minutes and tasks need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.minutes`), nor what happens when
one falls due (`bot.services.reminders.minutes`). Guarantee: whoever no consent covers now neither writes nor has a task.
"""

from collections.abc import Sequence

from bot.domain.cases import LIVING
from bot.domain.circle import TAKES_PART
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.meetings import OPEN, Meeting, MeetingKind, MeetingState, Part
from bot.domain.member_tasks import MemberTask
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.reminders import Reminder
from bot.domain.reminders.minutes import AgreedFacts, MinutesFacts, TaskFacts, reminders
from bot.services import member_task_views, member_tasks
from bot.services.meeting_facts import holder_of
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY, may_see
from bot.store import cases, meetings, members
from bot.store import minutes as store
from bot.store.database import Tx

WITHOUT_A_NEXT: MeetingKind = MeetingKind.SETTLE
"""Services that settle a disagreement meet once."""


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about minutes and tasks."""
    whole = meetings.of_case(tx, case)
    every = [each for each in whole if each.called_at is not None and each.state is not MeetingState.CANCELLED]
    context = Context(tx=tx, municipality=municipality, actor=NOBODY)
    if cases.get(tx, case).state not in LIVING:
        return frozenset()
    open_tasks = member_task_views.open_in(context, case)
    coordinator = member_tasks.holder(context, case) or (holder_of(context, every[-1]) if every else None)
    if not every and not open_tasks:
        return frozenset()
    facts = AgreedFacts(
        case=case,
        holder=coordinator,
        meetings=tuple(_meeting(context, each, whole, coordinator) for each in every if each.at is not None),
        tasks=tuple(_task(context, each) for each in open_tasks),
    )
    return reminders(facts, municipality.rules)


def _task(context: Context, task: MemberTask) -> TaskFacts:
    has = member_tasks.has(context, task)
    return TaskFacts(task=task.id, has=has, due_on=task.due_on, leader=member_tasks.leader_of_owner(context, task.case, has))


def _meeting(context: Context, meeting: Meeting, whole: Sequence[Meeting], coordinator: PersonId | None) -> MinutesFacts:
    written = store.of_meeting(context.tx, meeting.id)
    sent = written is not None and written.state is MinutesState.SENT
    ends_at = meeting.ends_at
    assert meeting.at is not None
    assert ends_at is not None
    others = [each for each in whole if each.id != meeting.id]
    planned = any(each.state in OPEN for each in others)
    called = (each for each in others if each.called_at is not None and each.state is not MeetingState.CANCELLED)
    later = any(each.at is not None and each.at > meeting.at for each in called)
    return MinutesFacts(
        meeting=meeting.id,
        at=meeting.at,
        at_table=() if written is not None else _at_table(context, meeting, coordinator),
        ends_at=ends_at,
        sent=sent,
        writer=_named(context, meeting, meeting.writer, coordinator),
        journal=_professionals(context, meeting, written),
        next_wanted=sent and not planned and not later and meeting.kind is not WITHOUT_A_NEXT,
        next_on=None if written is None else written.next_on,
        notice_days=meeting.notice_days,
    )


def _at_table(context: Context, meeting: Meeting, coordinator: PersonId | None) -> tuple[PersonId, ...]:
    found = (_named(context, meeting, each, coordinator) for each in (meeting.chair, meeting.writer))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _named(context: Context, meeting: Meeting, named: PersonId | None, coordinator: PersonId | None) -> PersonId | None:
    """The one named, while they may know what is minuted; else whoever coordinates; None where nobody does: the unit."""
    if named is None or not meeting.takes_part(named) or named == coordinator:
        return coordinator
    known = may_see(context, meeting.case, named)
    return named if {InfoKind.MEETINGS, InfoKind.MINUTES} <= known else coordinator


def _professionals(context: Context, meeting: Meeting, written: Minutes | None) -> tuple[PersonId, ...]:
    """The members and the coordinator who were there, once it is written who was (I10)."""
    if written is None:
        return ()
    found = []
    for each in meeting.invited:
        if each.person not in written.present or each.part not in {Part.MEMBER, Part.COORDINATOR}:
            continue
        member = None if each.member is None else members.find(context.tx, each.member)
        covered = member is not None and member.state in TAKES_PART and InfoKind.MEETINGS in may_see(context, meeting.case, each.person)
        if each.part is Part.COORDINATOR or covered:
            found.append(each.person)
    return tuple(found)
