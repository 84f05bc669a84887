"""Meetings: planned with the recipient, called, changed and called off.

Here: from a plan to an invitation that goes out. Not here: what the invitation says and who has answered (`bot.services.invitations`),
views (`bot.services.meeting_views`), minutes. Guarantees: nothing goes out before the recipient's side has said yes to time, circle and
agenda; whoever no consent covers is not called; shorter notice than the profile's has a reason that those called can read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.access import Action
from bot.domain.agenda import NEXT_MEETING, OWN_WORDS, line_of
from bot.domain.attendance import Reply
from bot.domain.choices import Disagreement
from bot.domain.ids import CaseId, MeetingId, MemberId
from bot.domain.meeting_commands import AgreeToMeeting, ProposeMeeting, TalkFirst
from bot.domain.meetings import (
    INVITED_BY,
    MOST_TIMES,
    OPEN,
    AgendaLine,
    Meeting,
    MeetingKind,
    MeetingState,
    Part,
    Participant,
    is_short,
    open_times,
)
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.texts import Text, joined, t
from bot.services import called_in, circle, consents, invitation_needs, invitations, notices
from bot.services.mailing import Enclosed
from bot.services.meeting_facts import holder_of, holding
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.passage import NoticeButton
from bot.services.seats import persons_side
from bot.store import assignments, attendance, audit, cases, members
from bot.store import meetings as store

PLANNED: Final = OPEN - {MeetingState.CALLED}


def opened(context: Context, meeting: MeetingId, action: Action) -> Meeting:
    """A meeting that the actor may do this to. Raises `Refused`, with the same words where it is not there."""
    found = store.find(context.tx, meeting)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(action, found.case)
    return found


def propose(context: Context, command: ProposeMeeting) -> int:
    """Plan a meeting and ask the recipient's side (G06, G07, D11). The meeting's id."""
    context.require(Action.CALL_MEETING, command.case)
    tx, profile = context.tx, context.municipality.profile
    times = tuple(sorted(set(command.times)))
    _check_times(context, times)
    if any(each.state in PLANNED for each in store.of_case(tx, command.case)):
        raise Refused(t("Another meeting is being planned in this case. Finish that one first."))
    _check_kind(context, command)
    if is_short(times[0].astimezone(OSLO).date(), context.today, profile.meetings.notice_days) and not command.short_reason:
        raise Refused(_too_short(profile.meetings.notice_days))
    agenda = _agenda(context, command.codes, command.lines)
    whole = (command.chair, command.writer)
    people = called_in.seated(context, _participants(context, command), agenda, command.called_in, whole=whole)
    invitation_needs.require_all(context, command.case, place=command.place, where=command.where, people=people, agenda=agenda)
    meeting = store.propose(
        tx,
        command.case,
        command.kind,
        purpose=command.purpose,
        place=command.place,
        where=command.where,
        link=command.link,
        proposals=times,
        minutes=command.minutes,
        participants=people,
        agenda=agenda,
        chair=command.chair,
        writer=command.writer,
        notice_days=profile.meetings.notice_days,
        short_reason=command.short_reason,
        leader_knows=command.leader_knows,
        first=not any(each.state is MeetingState.HELD and each.kind is command.kind for each in store.of_case(tx, command.case)),
        by=context.actor,
    )
    audit.record(tx, "meeting.proposed", actor=context.actor, case=command.case, meeting=meeting, kind=command.kind)
    ask_recipient(context, opened(context, meeting, Action.CALL_MEETING))
    return meeting


def _too_short(days: int) -> Text:
    return t("The invitation must go out {days} days before. Choose a later day, or write why it must be sooner.", days=days)


def _check_times(context: Context, times: Sequence[datetime]) -> None:
    if not 1 <= len(times) <= MOST_TIMES or times[0] <= context.tx.now:
        raise Refused(t("Offer one to five times, all of them later than now."))


def _check_kind(context: Context, command: ProposeMeeting) -> None:
    """What only one kind asks for: the leader knows of a meeting of services (F16: Lund § 2), consent to it (E08); Rana's kind (I08)."""
    if command.kind is MeetingKind.COOPERATION and not command.leader_knows:
        raise Refused(t("The leader must know of a meeting between services. Tell the leader first."))
    if command.kind is MeetingKind.COOPERATION and not consents.cooperation_allowed(context, command.case):
        raise Refused(t("No consent covers a meeting between services. Ask for consent first."))
    if command.kind is MeetingKind.SETTLE and context.municipality.profile.meetings.disagreement is not Disagreement.SETTLED_BEFORE:
        raise Refused(t("Here disagreement is taken up with the person and written in the minutes."))


def _participants(context: Context, command: ProposeMeeting) -> tuple[Participant, ...]:
    """The recipient's side is always there (F18: Lund § 2), the coordinator, and the chosen members whom a consent covers (E04)."""
    tx = context.tx
    found = {} if command.kind is MeetingKind.SETTLE else persons_side(tx, command.case)
    accepted = assignments.accepted(tx, command.case)
    holder = accepted.candidate if accepted is not None and accepted.candidate is not None else context.actor
    found.setdefault(holder, Participant(person=holder, part=Part.COORDINATOR, needed=True))
    for member in command.members:
        each = _member(context, command.case, member, needed=member in command.needed)
        found.setdefault(each.person, each)
    return tuple(found.values())


def _member(context: Context, case: CaseId, member: MemberId, *, needed: bool) -> Participant:
    found = members.find(context.tx, member)
    if found is None or found.case != case:
        raise Refused(NOT_YOURS)
    if INVITED_BY not in circle.may_see(context, case, found.person):
        raise Refused(t("No consent covers {name} yet. Ask for consent first. Nothing was sent.", name=found.name))
    return Participant(person=found.person, part=Part.MEMBER, member=member, needed=needed)


def _agenda(context: Context, codes: Sequence[str], lines: Sequence[str]) -> tuple[AgendaLine, ...]:
    agenda = in_order(context, ready_made(context, codes), lines)
    if not agenda:
        raise Refused(t("Put at least one point on the agenda."))
    return agenda


def in_order(context: Context, known: Sequence[AgendaLine], lines: Sequence[str]) -> tuple[AgendaLine, ...]:
    """The points as they come: own words stand before the question when people meet again."""
    own = [AgendaLine(code=None, words=line.strip(), by=context.actor) for line in lines if line.strip()]
    at = next((place for place, each in enumerate(known) if each.code == NEXT_MEETING), len(known))
    return (*known[:at], *own, *known[at:])


def ready_made(context: Context, codes: Sequence[str], standing: Sequence[AgendaLine] = ()) -> list[AgendaLine]:
    """The ready-made points by these names, Samråd's and the municipality's. One that stands there already stays as it was put on."""
    rules, there = context.municipality.profile.agenda, {each.code: each for each in standing if each.code is not None}
    found = (there.get(code) or line_of(code, rules, by=context.actor) for code in codes)
    return [each for each in found if each is not None]


def ask_recipient(context: Context, meeting: Meeting) -> None:
    """Ask the recipient's side for a yes; who has no chat and no login is phoned."""
    number = str(cases.get(context.tx, meeting.case).number)
    text = t("Your coordinator plans a meeting with you. Please look at time, people and agenda. Case {number}.", number=number)
    button = notices.begin(t("Read and answer"), "meeting_plan_answer", meeting=meeting.id)
    key = f"meeting/{meeting.id}/asked/{int(context.tx.now.timestamp())}"
    notices.tell_parties(context, meeting.case, text, buttons=[button], dedupe_key=key, but_not_reporters=True)


def agree(context: Context, command: AgreeToMeeting) -> None:
    """The recipient's yes, with what they change (G07, F11). One time left: it is called. Several: those who are to come choose."""
    meeting = opened(context, command.meeting, Action.AGREE_TO_MEETING)
    if meeting.state is not MeetingState.ASKED:
        raise Refused(EARLIER)
    tx = context.tx
    refused = tuple(time for place, time in enumerate(meeting.proposals) if place in command.refused)
    store.refuse_times(tx, meeting, refused)
    left = open_times(replace(meeting, refused=refused), tx.now)
    if not left:
        raise Refused(t("None of the times is left. Choose «I want to talk first» instead."))
    store.set_participants(
        tx, meeting.id, [replace(each, out=each.member in command.out) if each.member else each for each in meeting.participants]
    )
    if own := _own_first(context, command.lines):
        _put_first(context, meeting.id, own)
    audit.record(
        tx, "meeting.agreed", actor=context.actor, case=meeting.case, meeting=meeting.id, out=len(command.out), refused=len(refused)
    )
    agreed = opened(context, meeting.id, Action.AGREE_TO_MEETING)
    if len(left) > 1:
        _vote(context, agreed)
    else:
        store.pick_time(tx, agreed, left[0])
        call(context, meeting.id, agreed=True)


def _put_first(context: Context, which: MeetingId, own: tuple[AgendaLine, ...]) -> None:
    """The person's own points come first, in place of the ready-made line; whoever was called in for that one comes for them (F11, G11)."""
    meeting = opened(context, which, Action.AGREE_TO_MEETING)
    agenda = (*own, *(each for each in meeting.agenda if each.code != OWN_WORDS))
    renamed = {OWN_WORDS: [each.words or "" for each in own]}
    store.set_participants(context.tx, which, called_in.kept(context, meeting, agenda, renamed=renamed))
    store.set_agenda(context.tx, meeting, agenda)


def _own_first(context: Context, lines: Sequence[str]) -> tuple[AgendaLine, ...]:
    return tuple(AgendaLine(code=None, words=line.strip(), by=context.actor) for line in lines if line.strip())


def talk_first(context: Context, command: TalkFirst) -> None:
    """No, or not yet: the coordinator talks with the recipient and goes on (G06)."""
    meeting = opened(context, command.meeting, Action.AGREE_TO_MEETING)
    if not store.move(context.tx, meeting, MeetingState.TALK_FIRST):
        raise Refused(EARLIER)
    number = str(cases.get(context.tx, meeting.case).number)
    text = t("Case {number}: the person wants to talk with you before the meeting is called.", number=number)
    if command.words:
        text = joined(text, t("They wrote: {words}", words=command.words))
    button = notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)
    tell_holder(context, meeting, text, key=f"meeting/{meeting.id}/talk-first/{int(context.tx.now.timestamp())}", buttons=[button])
    audit.record(context.tx, "meeting.talk_first", actor=context.actor, case=meeting.case, meeting=meeting.id)


def tell_holder(
    context: Context,
    meeting: Meeting,
    text: Text,
    *,
    key: str,
    buttons: Sequence[NoticeButton] = (),
    to_actor_too: bool = False,
    enclosed: Enclosed | None = None,
) -> None:
    """Tell whoever holds the threads, unless they did it themselves; the unit where nobody does."""
    holder = holder_of(context, meeting)
    if holder is None:
        notices.tell_ke(context, text, case=meeting.case, buttons=buttons, dedupe_key=key)
    elif to_actor_too or holder != context.actor:
        notices.tell(context, holder, text, case=meeting.case, buttons=buttons, dedupe_key=key, enclosed=enclosed)


def _vote(context: Context, meeting: Meeting) -> None:
    if not store.move(context.tx, meeting, MeetingState.VOTING):
        raise Refused(EARLIER)
    number = str(cases.get(context.tx, meeting.case).number)
    text = t("A meeting is planned in case {number}. Which times suit you?", number=number)
    button = notices.begin(t("Choose times"), "meeting_times", meeting=meeting.id)
    invitations.tell_invited(context, meeting, text, key=f"meeting/{meeting.id}/vote/{int(context.tx.now.timestamp())}", buttons=[button])
    pick = notices.begin(t("See the answers"), "meeting", case=meeting.case, meeting=meeting.id)
    told = t("Case {number}: the person has said yes to the meeting. The others are asked which time suits.", number=number)
    tell_holder(context, meeting, told, key=f"meeting/{meeting.id}/voting/{int(context.tx.now.timestamp())}", buttons=[pick])


def call(context: Context, which: MeetingId, *, agreed: bool = False) -> None:
    """The invitation goes out to those a consent covers now; the coordinator is told whom it did not reach.

    `agreed`: the actor is of the person's side and has just said yes to this very time, so they come, and are not asked again.
    """
    tx = context.tx
    meeting = store.find(tx, which)
    assert meeting is not None
    if meeting.at is None or meeting.at <= tx.now:
        raise Refused(t("That time has passed. Please choose a later one."))
    if is_short(meeting.at.astimezone(OSLO).date(), context.today, meeting.notice_days) and meeting.short_reason is None:
        raise Refused(_too_short(meeting.notice_days))
    covered = [each for each in meeting.participants if _may_come(context, meeting, each)]
    left_out = [each for each in meeting.invited if each not in covered]
    store.set_participants(tx, meeting.id, covered)
    invitation_needs.require_all(context, meeting.case, place=meeting.place, where=meeting.where, people=covered, agenda=meeting.agenda)
    if not store.move(tx, meeting, MeetingState.CALLED):
        raise Refused(EARLIER)
    called = store.find(tx, which)
    assert called is not None
    audit.record(tx, "meeting.called", actor=context.actor, case=meeting.case, meeting=meeting.id, people=len(called.invited))
    agreed = agreed and any(each.person == context.actor for each in called.invited)
    if agreed:
        attendance.answer(tx, called, context.actor, Reply.COMING, None, by=context.actor)
    comes = holding(context, called, called.proposed_by)
    invitations.send(context, called, invitations.Change.CALLED, agreed=agreed, comes=comes)
    number = str(cases.get(tx, meeting.case).number)
    told = t("Case {number}: the meeting {time} is called. You see here who comes.", number=number, time=meeting.at)
    if left_out:
        told = joined(told, t("Not invited, since no consent covers them any more: {names}", names=_names(context, left_out)))
    buttons = [notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)]
    if comes is not None:
        told = joined(told, t("You called it, so we have put you down as coming."))
        buttons.append(invitations.answer_buttons(called)[1])
    enclosed = None if comes is None else Enclosed(meeting=meeting.id, calendar=True)
    tell_holder(context, called, told, key=f"meeting/{meeting.id}/called", buttons=buttons, to_actor_too=True, enclosed=enclosed)


def _may_come(context: Context, meeting: Meeting, each: Participant) -> bool:
    return each.part is not Part.MEMBER or INVITED_BY in circle.may_see(context, meeting.case, each.person)


def _names(context: Context, participants: Sequence[Participant]) -> list[str]:
    found = [members.find(context.tx, each.member) for each in participants if each.member is not None]
    return [member.name for member in found if member is not None]
