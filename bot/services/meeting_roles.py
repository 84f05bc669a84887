"""Who leads a meeting and who writes: named, and handed over when somebody goes.

Here: naming them anew, and what becomes of it when the one named no longer has to do with the case. Not here: asking at the call
(`bot.services.meetings`), the turns of a group (`bot.domain.groups`). Guarantees: no open meeting keeps a leader or writer who may no
longer know of it; whoever holds the threads is told that it is theirs, the unit where nobody does (G13: Ås, Møteavholdelse).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.consent import InfoKind
from bot.domain.ids import PersonId
from bot.domain.meeting_commands import NameRoles
from bot.domain.meetings import INVITED_BY, OPEN, Meeting, MeetingState, Part
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, t
from bot.services import circle, notices
from bot.services.meeting_facts import holder_of
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.visible import may_see
from bot.store import audit, cases, meetings


def may_have(context: Context, meeting: Meeting, person: PersonId) -> bool:
    """May this person lead or write: does the coordination, acts for the person, or is a member who may know of the meeting now?"""
    seat = next((each for each in meeting.participants if each.person == person), None)
    if seat is not None and (seat.out or seat.points):
        return False
    if Context(tx=context.tx, municipality=context.municipality, actor=person).may(Action.CALL_MEETING, meeting.case):
        return True
    if seat is not None and seat.part in {Part.RECIPIENT, Part.PARTY}:
        return True
    return INVITED_BY in may_see(context, meeting.case, person)


def name_roles(context: Context, command: NameRoles) -> None:
    """Somebody else leads or writes (G13)."""
    meeting = meetings.find(context.tx, command.meeting)
    if meeting is None:
        raise Refused(NOT_YOURS)
    context.require(Action.CALL_MEETING, meeting.case)
    named = {each for each in (command.chair, command.writer) if each is not None}
    if meeting.state not in OPEN:
        raise Refused(EARLIER)
    if not all(may_have(context, meeting, each) for each in named):
        raise Refused(t("Choose somebody who comes for all of the meeting, and who may know of it."))
    meetings.name_roles(context.tx, meeting, chair=command.chair, writer=command.writer)
    audit.record(context.tx, "meeting.roles", actor=context.actor, case=meeting.case, meeting=meeting.id)
    if meeting.state is MeetingState.CALLED:
        _tell_named(context, meeting, command.chair if command.chair != meeting.chair else None, leads)
        _tell_named(context, meeting, command.writer if command.writer != meeting.writer else None, writes)


def leads(meeting: Meeting) -> Text:
    """What whoever is to lead is told."""
    return t("You are to lead the meeting {time}.", time=meeting.at)


def writes(meeting: Meeting) -> Text:
    """What whoever is to write is told."""
    return t("You are to write the minutes of the meeting {time}.", time=meeting.at)


def _tell_named(context: Context, meeting: Meeting, person: PersonId | None, words: Callable[[Meeting], Text]) -> None:
    if person is None or person == context.actor:
        return
    key = f"meeting/{meeting.id}/{words.__name__}/{person}/{int(context.tx.now.timestamp())}"
    buttons = [notices.begin(t("Read all of it"), "attend", meeting=meeting.id)]
    seat = next((each for each in meeting.participants if each.person == person), None)
    if seat is None or seat.part is Part.MEMBER:
        only = frozenset({person})
        circle.tell_members(context, meeting.case, words(meeting), InfoKind.MEETINGS, dedupe_key=key, buttons=buttons, only=only)
    else:
        notices.tell(context, person, words(meeting), case=meeting.case, buttons=buttons, dedupe_key=key)


def hand_over(context: Context, meeting: Meeting, *, new: PersonId | None) -> None:
    """Before every commit that changed the case: who no longer may lead or write is followed by whoever holds the threads.

    `new`: a coordinator who has just got a seat, and is asked about a meeting that has no leader or writer.
    """
    gone = {each for each in (meeting.chair, meeting.writer) if each is not None and not may_have(context, meeting, each)}
    if not gone:
        if new is not None and None in {meeting.chair, meeting.writer}:
            _tell_holder(context, meeting, t("Nobody is named to lead or to write. Please choose."), f"new/{new}")
        return
    holder = holder_of(context, meeting)
    chair, writer = (holder if each in gone else each for each in (meeting.chair, meeting.writer))
    meetings.name_roles(context.tx, meeting, chair=chair, writer=writer)
    audit.record(context.tx, "meeting.roles", actor=None, case=meeting.case, meeting=meeting.id)
    what = (
        t("The one who was to lead or write has left. It is yours until you choose somebody.")
        if holder is not None
        else t("The one who was to lead or write has left. Please choose somebody.")
    )
    _tell_holder(context, meeting, what, "+".join(str(each) for each in sorted(gone)))


def _tell_holder(context: Context, meeting: Meeting, what: Text, key: str) -> None:
    number, holder = str(cases.get(context.tx, meeting.case).number), holder_of(context, meeting)
    text = t("Case {number}, a meeting: {news}", number=number, news=what)
    button = notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)
    dedupe = f"meeting/{meeting.id}/roles/{key}/{holder or 'unit'}"
    if holder is None:
        notices.tell_ke(context, text, case=meeting.case, buttons=[button], dedupe_key=dedupe)
    else:
        notices.tell(context, holder, text, case=meeting.case, buttons=[button], dedupe_key=dedupe)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {NameRoles: name_roles}
