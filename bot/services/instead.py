"""The ways round for whoever cannot sit in a meeting: two who meet the recipient, a colleague, a written note.

Here: what choosing one leads to. Not here: answers (`bot.services.attendance`). Guarantees: nobody is asked to meet the recipient whom the
recipient has not chosen; that they met afterwards cannot be noted before there was anything to tell; who no consent covers is not asked.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.attendance import Reply, open_for_answers
from bot.domain.attendance_commands import AskInstead, ChooseTwo, NoteMet
from bot.domain.ids import MemberId
from bot.domain.meetings import INVITED_BY, Meeting, Part
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services import circle, notices
from bot.services.attendance import name_of, number_of, open_button
from bot.services.meetings import opened, tell_holder
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import attendance as store
from bot.store import audit, meetings, members


def choose_two(context: Context, command: ChooseTwo) -> None:
    """The recipient does not sit in the meeting: two whom they choose meet them before and after (J01, J06)."""
    meeting = opened(context, command.meeting, Action.AGREE_TO_MEETING)
    coming = {each.member: each for each in meeting.invited if each.member is not None}
    if len(set(command.members)) != store.TWO or not set(command.members) <= set(coming) or meeting.ended_at is not None:
        raise Refused(t("Choose two of those who come."))
    before = {each.member for each in store.go_betweens(context.tx, meeting.id)}
    store.choose_two(context.tx, meeting, command.members)
    _does_not_sit(context, meeting)
    audit.record(context.tx, "go_betweens.chosen", actor=context.actor, case=meeting.case, meeting=meeting.id)
    new = frozenset(coming[member].person for member in command.members if member not in before)
    text = t(
        "The person asks you to meet before and after the meeting {time}, in case {number}.",
        time=meeting.at,
        number=number_of(context, meeting),
    )
    key = f"meeting/{meeting.id}/between/{int(context.tx.now.timestamp())}"
    button = notices.begin(t("Open the meeting"), "attend", meeting=meeting.id)
    circle.tell_members(context, meeting.case, text, INVITED_BY, dedupe_key=key, buttons=[button], only=new)
    names = [name_of(context, meeting, coming[member]) for member in command.members]
    told = t(
        "Case {number}: the person does not sit in the meeting. {names} meet the person before and after.",
        number=number_of(context, meeting),
        names=names,
    )
    tell_holder(context, meeting, told, key=f"{key}/holder", buttons=[open_button(meeting)])


def _does_not_sit(context: Context, meeting: Meeting) -> None:
    """Choosing the two says that the recipient does not sit there: nobody asks them again whether they come."""
    for each in meeting.invited:
        if each.part is Part.RECIPIENT:
            store.answer(context.tx, meeting, each.person, Reply.CANNOT, None, by=context.actor)


def note_met(context: Context, command: NoteMet) -> None:
    """One of the two has met the recipient (J02)."""
    meeting = meetings.find(context.tx, command.meeting)
    if meeting is None or not _goes_between(context, meeting, command.member):
        raise Refused(NOT_YOURS)
    if command.after != (meeting.at is not None and meeting.at <= context.tx.now):
        raise Refused(EARLIER)
    if not store.note_met(context.tx, meeting, command.member, after=command.after):
        raise Refused(EARLIER)
    audit.record(
        context.tx, "go_between.met", actor=context.actor, case=meeting.case, meeting=meeting.id, member=command.member, after=command.after
    )


def _goes_between(context: Context, meeting: Meeting, member: MemberId) -> bool:
    """The member themselves while they may know of the meeting, or whoever holds the threads."""
    found = members.find(context.tx, member)
    if found is not None and found.person == context.actor:
        return INVITED_BY in circle.may_see(context, meeting.case, context.actor)
    context.require(Action.CALL_MEETING, meeting.case)
    return True


def ask_instead(context: Context, command: AskInstead) -> None:
    """Somebody who cannot come is asked for a colleague or a written note (H04)."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    found = next((each for each in meeting.invited if each.person == command.person and each.part is Part.MEMBER), None)
    if found is None or not open_for_answers(meeting, context.tx.now):
        raise Refused(EARLIER)
    number = number_of(context, meeting)
    text = (
        t("You cannot come to the meeting {time}, case {number}. Can you send us a written note before it?", time=meeting.at, number=number)
        if command.written
        else t("You cannot come to the meeting {time}, case {number}. Can a colleague come instead?", time=meeting.at, number=number)
    )
    what = "note" if command.written else "colleague"
    audit.record(context.tx, "meeting.asked_instead", actor=context.actor, case=meeting.case, meeting=meeting.id, written=command.written)
    key = f"meeting/{meeting.id}/instead/{what}/{meeting.sequence}"
    button = notices.begin(t("Open the meeting"), "attend", meeting=meeting.id)
    circle.tell_members(context, meeting.case, text, INVITED_BY, dedupe_key=key, buttons=[button], only=frozenset({found.person}))


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    ChooseTwo: choose_two,
    NoteMet: note_met,
    AskInstead: ask_instead,
}
