"""Coming to a meeting: answers, and the ways round for whoever cannot sit there.

Here: what an answer leads to. Not here: the invitation (`bot.services.invitations`), views (`bot.services.attendance_views`). Guarantees:
only whoever is invited now answers, and only until it begins; the coordinator is asked what to do where somebody needed cannot come; no
answer to a measure is never a yes.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.attendance import COMES, Reply, open_for_answers, standing
from bot.domain.attendance_commands import AnswerInvitation, ChooseTwo, DecideMeasure, NoteMet, NoteReply, PutMeasures, Suits
from bot.domain.ids import MeetingId, MemberId, PersonId
from bot.domain.meetings import INVITED_BY, Meeting, Part, Participant
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, joined, t, verbatim
from bot.services import circle, notices
from bot.services.meetings import opened, tell_holder
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import attendance as store
from bot.store import audit, cases, meetings, members, people

BEGUN: Final = t("The meeting has begun or is off. Your answer was not changed.")


def _invited(context: Context, which: MeetingId, person: PersonId) -> tuple[Meeting, Participant]:
    """The meeting and this person's place in it. Raises `Refused`, with the same words where it is not there or no longer shared."""
    meeting = meetings.find(context.tx, which)
    found = None if meeting is None else next((each for each in meeting.invited if each.person == person), None)
    if meeting is None or found is None:
        raise Refused(NOT_YOURS)
    if found.part is Part.MEMBER and INVITED_BY not in circle.may_see(context, meeting.case, person):
        raise Refused(NOT_YOURS)
    if not open_for_answers(meeting, context.tx.now):
        raise Refused(BEGUN)
    return meeting, found


def answer(context: Context, command: AnswerInvitation) -> None:
    """One's own answer, changeable until it begins (H01)."""
    meeting, participant = _invited(context, command.meeting, context.actor)
    _keep(context, meeting, participant, Reply(command.reply), command.words)


def suits(context: Context, command: Suits) -> None:
    """The answer by number alone."""
    meeting, participant = _invited(context, command.meeting, context.actor)
    _keep(context, meeting, participant, Reply.COMING if command.yes else Reply.CANNOT, None)


def note(context: Context, command: NoteReply) -> None:
    """What somebody told the coordinator or KE."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    _, participant = _invited(context, meeting.id, command.person)
    _keep(context, meeting, participant, command.reply, command.words)


def _keep(context: Context, meeting: Meeting, participant: Participant, reply: Reply, words: str | None) -> None:
    tx, before = context.tx, store.of_meeting(context.tx, meeting)
    store.answer(tx, meeting, participant.person, reply, words, by=context.actor)
    audit.record(tx, "meeting.answered", actor=context.actor, case=meeting.case, meeting=meeting.id, reply=reply)
    earlier = before.get(participant.person)
    if participant.needed and reply is Reply.CANNOT and (earlier is None or earlier.reply is not Reply.CANNOT):
        _needed_cannot(context, meeting, participant, words)
    elif earlier is not None and (earlier.reply in COMES) != (reply in COMES):
        _changed_mind(context, meeting, participant, reply)
    now = standing(meeting.invited, store.of_meeting(tx, meeting), store.asked_since(tx, meeting.id))
    was = standing(meeting.invited, before, store.asked_since(tx, meeting.id))
    if was.silent and not now.silent:
        _all_answered(context, meeting, len(now.coming))


def name_of(context: Context, meeting: Meeting, participant: Participant) -> Text:
    """Somebody's name, as those who are to come know them."""
    member = None if participant.member is None else members.find(context.tx, participant.member)
    if member is not None:
        return verbatim(member.name)
    return notices.named(people.person(context.tx, participant.person), t("The person"))


def _button(meeting: Meeting) -> notices.NoticeButton:
    return notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)


def _number(context: Context, meeting: Meeting) -> str:
    return str(cases.get(context.tx, meeting.case).number)


def _needed_cannot(context: Context, meeting: Meeting, participant: Participant, words: str | None) -> None:
    """Somebody without whom there is no point says no: a new date, a stand-in, or written input (H04)."""
    text = t(
        "Case {number}: {name} cannot come to the meeting {time}. You can move it, or ask for someone else or a written note.",
        number=_number(context, meeting),
        name=name_of(context, meeting, participant),
        time=meeting.at,
    )
    if words:
        text = joined(text, t("They wrote: {words}", words=words))
    key = f"meeting/{meeting.id}/needed-cannot/{participant.person}/{int(context.tx.now.timestamp())}"
    tell_holder(context, meeting, text, key=key, buttons=[_button(meeting)])


def _changed_mind(context: Context, meeting: Meeting, participant: Participant, reply: Reply) -> None:
    name = name_of(context, meeting, participant)
    text = (
        t("Case {number}: {name} comes to the meeting {time} after all.", number=_number(context, meeting), name=name, time=meeting.at)
        if reply in COMES
        else t(
            "Case {number}: {name} cannot come to the meeting {time} after all.",
            number=_number(context, meeting),
            name=name,
            time=meeting.at,
        )
    )
    key = f"meeting/{meeting.id}/changed/{participant.person}/{int(context.tx.now.timestamp())}"
    tell_holder(context, meeting, text, key=key, buttons=[_button(meeting)])


def _all_answered(context: Context, meeting: Meeting, coming: int) -> None:
    text = t(
        "Case {number}: everybody has answered about the meeting {time}. {coming} of {all} come.",
        number=_number(context, meeting),
        time=meeting.at,
        coming=coming,
        all=len(meeting.invited),
    )
    key = f"meeting/{meeting.id}/all-answered/{meeting.sequence}"
    tell_holder(context, meeting, text, key=key, buttons=[_button(meeting)], to_actor_too=True)


def put(context: Context, command: PutMeasures) -> None:
    """Measures are put to the recipient's side before a meeting they cannot sit in (J04)."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    measures = [words.strip() for words in command.measures if words.strip()]
    if meeting.called_at is None or meeting.ended_at is not None or not measures:
        raise Refused(EARLIER)
    numbers = store.put(context.tx, meeting, measures, by=context.actor)
    audit.record(context.tx, "measures.put", actor=context.actor, case=meeting.case, meeting=meeting.id, measures=len(numbers))
    text = t("Before the meeting {time} we need your yes or no to what is proposed. No answer is not a yes.", time=meeting.at)
    button = notices.begin(t("Read and answer"), "attend", meeting=meeting.id)
    key = f"meeting/{meeting.id}/measures/{numbers[0]}"
    notices.tell_parties(context, meeting.case, text, buttons=[button], dedupe_key=key, but_not_reporters=True)


def decide(context: Context, command: DecideMeasure) -> None:
    """The recipient's side says yes or no to one measure; the coordinator is told when all are answered."""
    meeting = opened(context, command.meeting, Action.AGREE_TO_MEETING)
    if not store.decide(context.tx, meeting, command.measure, yes=command.yes, by=context.actor):
        raise Refused(NOT_YOURS)
    audit.record(
        context.tx, "measure.answered", actor=context.actor, case=meeting.case, meeting=meeting.id, measure=command.measure, yes=command.yes
    )
    every = store.proposals(context.tx, meeting)
    if all(each.yes is not None for each in every):
        yes = sum(1 for each in every if each.yes)
        text = t(
            "Case {number}: the person has answered. Yes to {yes} of {all} proposals.",
            number=_number(context, meeting),
            yes=yes,
            all=len(every),
        )
        key = f"meeting/{meeting.id}/measures-answered/{int(context.tx.now.timestamp())}"
        tell_holder(context, meeting, text, key=key, buttons=[_button(meeting)])


def choose_two(context: Context, command: ChooseTwo) -> None:
    """The recipient does not sit in the meeting: two whom they choose meet them before and after (J01, J06)."""
    meeting = opened(context, command.meeting, Action.AGREE_TO_MEETING)
    coming = {each.member: each for each in meeting.invited if each.member is not None}
    if len(set(command.members)) != store.TWO or not set(command.members) <= set(coming) or meeting.ended_at is not None:
        raise Refused(t("Choose two of those who come."))
    before = {each.member for each in store.go_betweens(context.tx, meeting.id)}
    store.choose_two(context.tx, meeting, command.members)
    audit.record(context.tx, "go_betweens.chosen", actor=context.actor, case=meeting.case, meeting=meeting.id)
    new = frozenset(coming[member].person for member in command.members if member not in before)
    text = t(
        "The person asks you to meet before and after the meeting {time}, in case {number}.",
        time=meeting.at,
        number=_number(context, meeting),
    )
    key = f"meeting/{meeting.id}/between/{int(context.tx.now.timestamp())}"
    button = notices.begin(t("Open the meeting"), "attend", meeting=meeting.id)
    circle.tell_members(context, meeting.case, text, INVITED_BY, dedupe_key=key, buttons=[button], only=new)
    names = [name_of(context, meeting, coming[member]) for member in command.members]
    told = t(
        "Case {number}: the person does not sit in the meeting. {names} meet the person before and after.",
        number=_number(context, meeting),
        names=names,
    )
    tell_holder(context, meeting, told, key=f"{key}/holder", buttons=[_button(meeting)])


def note_met(context: Context, command: NoteMet) -> None:
    """One of the two has met the recipient (J02)."""
    meeting = meetings.find(context.tx, command.meeting)
    if meeting is None or not _goes_between(context, meeting, command.member):
        raise Refused(NOT_YOURS)
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


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    AnswerInvitation: answer,
    Suits: suits,
    NoteReply: note,
    PutMeasures: put,
    DecideMeasure: decide,
    ChooseTwo: choose_two,
    NoteMet: note_met,
}
