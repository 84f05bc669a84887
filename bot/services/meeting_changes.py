"""What happens to a meeting after it was planned: votes, a time picked, changes, and calling it off.

Here: those deeds. Not here: planning it (`bot.services.meetings`), the invitation (`bot.services.invitations`). Guarantees: a time that the
recipient refused is never picked; those called are told each change once, and answer anew only where time or place changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.meeting_commands import (
    AgreeToMeeting,
    CancelMeeting,
    ChangeMeeting,
    PickMeetingTime,
    ProposeMeeting,
    TalkFirst,
    VoteOnTimes,
)
from bot.domain.meetings import INVITED_BY, AgendaLine, Meeting, MeetingState, Part, best_first, is_short, open_times
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.engine.texts import joined, t
from bot.services import called_in, circle, invitation_needs, invitations, meeting_roles, notices
from bot.services.meeting_facts import holding
from bot.services.meetings import agree, ask_recipient, call, in_order, opened, propose, ready_made, talk_first, tell_holder
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases
from bot.store import meetings as store

CHANGEABLE: Final = frozenset({MeetingState.TALK_FIRST, MeetingState.ASKED, MeetingState.CALLED})


def vote(context: Context, command: VoteOnTimes) -> None:
    """Which times suit (G21). When the last one has answered, the coordinator is told."""
    meeting = store.find(context.tx, command.meeting)
    if meeting is None or context.actor not in meeting.voters or not _may_know(context, meeting):
        raise Refused(NOT_YOURS)
    if meeting.state is not MeetingState.VOTING:
        raise Refused(EARLIER)
    open_ = open_times(meeting, context.tx.now)
    suits = [time for place, time in enumerate(meeting.proposals) if place in command.suits and time in open_]
    before = set(store.votes(context.tx, meeting.id))
    store.vote(context.tx, meeting, context.actor, suits)
    audit.record(context.tx, "meeting.voted", actor=context.actor, case=meeting.case, meeting=meeting.id, suits=len(suits))
    if context.actor not in before and meeting.voters <= {*before, context.actor}:
        number = str(cases.get(context.tx, meeting.case).number)
        text = t("Case {number}: everybody has said which times suit. Please pick one.", number=number)
        button = notices.begin(t("Pick a time"), "meeting", case=meeting.case, meeting=meeting.id)
        tell_holder(context, meeting, text, key=f"meeting/{meeting.id}/voted", buttons=[button], to_actor_too=True)


def _may_know(context: Context, meeting: Meeting) -> bool:
    mine = next((each for each in meeting.invited if each.person == context.actor), None)
    return mine is not None and (mine.part is not Part.MEMBER or INVITED_BY in circle.may_see(context, meeting.case, context.actor))


def counted(context: Context, meeting: Meeting) -> tuple[int, ...]:
    """The open times by their places, the one that suits most first. It orders; the coordinator picks."""
    given = store.votes(context.tx, meeting.id)
    ticks = [(person, time) for person, times in given.items() for time in times if person in meeting.voters]
    return tuple(meeting.proposals.index(time) for time, _ in best_first(ticks, open_times(meeting, context.tx.now)))


def pick(context: Context, command: PickMeetingTime) -> None:
    """The coordinator picks; the invitation goes out."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    if meeting.state is not MeetingState.VOTING:
        raise Refused(EARLIER)
    if not 0 <= command.choice < len(meeting.proposals) or meeting.proposals[command.choice] not in open_times(meeting, context.tx.now):
        raise Refused(t("This time is no longer open. Please pick another."))
    if command.short_reason:
        store.set_short_reason(context.tx, meeting, command.short_reason)
    store.pick_time(context.tx, meeting, meeting.proposals[command.choice])
    call(context, meeting.id)


def change(context: Context, command: ChangeMeeting) -> None:
    """Another time, place or agenda (G19). What has not been called yet goes to the recipient once more."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    if meeting.state not in CHANGEABLE:
        raise Refused(EARLIER)
    tx, at = context.tx, command.at or meeting.at
    if command.at is not None and command.at <= tx.now:
        raise Refused(t("That time has passed. Please choose a later one."))
    short = command.short_reason or meeting.short_reason
    moved_in_time = command.at is not None and command.at != meeting.at
    if moved_in_time and at is not None and is_short(at.astimezone(OSLO).date(), context.today, meeting.notice_days) and not short:
        days = meeting.notice_days
        raise Refused(t("The invitation must go out {days} days before. Choose a later day, or write why it must be sooner.", days=days))
    place = command.place or meeting.place
    where = command.where if command.place is not None or command.where else meeting.where
    agenda = _agenda(context, meeting, command)
    people = called_in.kept(context, meeting, agenda, command.called_in)
    invitation_needs.require_all(context, meeting.case, place=place, where=where, people=meeting.invited, agenda=agenda)
    moved = moved_in_time or (place, command.where or meeting.where) != (meeting.place, meeting.where)
    store.change(
        tx,
        meeting,
        purpose=meeting.purpose,
        place=place,
        where=where,
        link=command.link if command.place is not None or command.link else meeting.link,
        at=at,
        minutes=meeting.minutes,
        agenda=agenda,
        chair=meeting.chair,
        writer=meeting.writer,
        short_reason=short,
    )
    if people != meeting.participants:
        store.set_participants(tx, meeting.id, people)
    audit.record(tx, "meeting.changed", actor=context.actor, case=meeting.case, meeting=meeting.id, moved=moved)
    _tell_changed(context, meeting, moved=moved, new_time=command.at is not None)


def _tell_changed(context: Context, before: Meeting, *, moved: bool, new_time: bool) -> None:
    tx = context.tx
    now = store.find(tx, before.id)
    assert now is not None
    if before.state is MeetingState.CALLED:
        comes = holding(context, now, context.actor) if moved else None
        invitations.send(context, now, invitations.Change.MOVED if moved else invitations.Change.CHANGED, comes=comes)
        return
    if new_time and now.at is not None:
        store.propose_times(tx, now, [now.at])
    if before.state is MeetingState.TALK_FIRST and not store.move(tx, replace(now, state=before.state), MeetingState.ASKED):
        raise Refused(EARLIER)
    ask_recipient(context, now)


def _agenda(context: Context, meeting: Meeting, command: ChangeMeeting) -> tuple[AgendaLine, ...]:
    """The new points; what the recipient's side put there stays, first."""
    if command.lines is None:
        return meeting.agenda
    theirs = persons_own(context, meeting)
    agenda = (*theirs, *in_order(context, ready_made(context, command.codes, meeting.agenda), command.lines))
    if not agenda:
        raise Refused(t("Put at least one point on the agenda."))
    return agenda


def persons_own(context: Context, meeting: Meeting) -> list[AgendaLine]:
    """The points that the recipient's side put there in their own words."""
    staff = {meeting.proposed_by, context.actor}
    return [each for each in meeting.agenda if each.words is not None and each.by not in staff]


def cancel(context: Context, command: CancelMeeting) -> None:
    """The meeting is off: whoever had heard of it is told."""
    call_off(context, opened(context, command.meeting, Action.CALL_MEETING), command)


def call_off(context: Context, meeting: Meeting, command: CancelMeeting) -> None:
    """A meeting is off, whatever made it so. Raises `Refused` where it was already."""
    before = meeting.state
    if not store.move(context.tx, meeting, MeetingState.CANCELLED):
        raise Refused(EARLIER)
    off = store.find(context.tx, meeting.id)
    assert off is not None
    audit.record(context.tx, "meeting.cancelled", actor=context.actor, case=meeting.case, meeting=meeting.id)
    if before is MeetingState.CALLED:
        invitations.send(context, off, invitations.Change.CANCELLED, reason=command.reason)
        return
    number = str(cases.get(context.tx, meeting.case).number)
    text = t("The meeting that was planned in case {number} is off.", number=number)
    if command.reason:
        text = joined(text, t("The reason: {words}", words=command.reason))
    key = f"meeting/{meeting.id}/off"
    notices.tell_parties(context, meeting.case, text, dedupe_key=key, but_not_reporters=True)
    if before is MeetingState.VOTING:
        invitations.tell_invited(context, off, text, key=f"{key}/invited", but_not_parties=True)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    ProposeMeeting: propose,
    AgreeToMeeting: agree,
    TalkFirst: talk_first,
    VoteOnTimes: vote,
    PickMeetingTime: pick,
    ChangeMeeting: change,
    CancelMeeting: cancel,
    **meeting_roles.HANDLERS,
}
