"""Coming to a meeting: answers, and what the recipient says to measures beforehand.

Here: what an answer leads to. Not here: the invitation (`bot.services.invitations`), the ways round for whoever cannot sit there
(`bot.services.instead`), views (`bot.services.attendance_views`). Guarantees: only whoever is invited now answers, and only until it
begins; the coordinator is asked what to do where somebody needed cannot come; no answer to a measure is never a yes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.attendance import COMES, Attendance, Reply, counts, open_for_answers, standing
from bot.domain.attendance_commands import AnswerInvitation, DecideMeasure, NoteInTool, NoteReply, PutMeasures, Suits
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meetings import INVITED_BY, Meeting, Part, Participant
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, joined, t, verbatim
from bot.services import circle, notices
from bot.services.meetings import opened, tell_holder
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.passage import NoticeButton
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


def open_to(context: Context, which: MeetingId) -> Meeting:
    """A meeting to which the actor can say something now. Raises `Refused` where it is not theirs, or has begun."""
    return _invited(context, which, context.actor)[0]


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
    if reply not in COMES:
        _way_round(context, meeting, participant, reply, earlier)
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


def open_button(meeting: Meeting) -> NoticeButton:
    return notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)


def number_of(context: Context, meeting: Meeting) -> str:
    return str(cases.get(context.tx, meeting.case).number)


def _needed_cannot(context: Context, meeting: Meeting, participant: Participant, words: str | None) -> None:
    """Somebody without whom there is no point says no: a new date, a stand-in, or written input (H04)."""
    text = t(
        "Case {number}: {name} cannot come to the meeting {time}. You can move it, or ask for someone else or a written note.",
        number=number_of(context, meeting),
        name=name_of(context, meeting, participant),
        time=meeting.at,
    )
    if words:
        text = joined(text, t("They wrote: {words}", words=words))
    key = f"meeting/{meeting.id}/needed-cannot/{participant.person}/{int(context.tx.now.timestamp())}"
    tell_holder(context, meeting, text, key=key, buttons=[open_button(meeting)])


def _changed_mind(context: Context, meeting: Meeting, participant: Participant, reply: Reply) -> None:
    said = {"number": number_of(context, meeting), "name": name_of(context, meeting, participant), "time": meeting.at}
    if reply is Reply.SOMEONE_ELSE:
        text = t("Case {number}: {name} sends somebody else to the meeting {time}.", **said)
    elif reply in COMES:
        text = t("Case {number}: {name} comes to the meeting {time} after all.", **said)
    elif reply is Reply.MAYBE:
        text = t("Case {number}: {name} no longer knows whether to come to the meeting {time}.", **said)
    else:
        text = t("Case {number}: {name} cannot come to the meeting {time} after all.", **said)
    key = f"meeting/{meeting.id}/changed/{participant.person}/{int(context.tx.now.timestamp())}"
    tell_holder(context, meeting, text, key=key, buttons=[open_button(meeting)])


def _way_round(context: Context, meeting: Meeting, participant: Participant, reply: Reply, earlier: Attendance | None) -> None:
    """The recipient who cannot come is offered that two meet them (H05); where one of those two cannot, another is chosen (J06)."""
    if reply is not Reply.CANNOT or (earlier is not None and earlier.reply is Reply.CANNOT):
        return
    key = f"meeting/{meeting.id}/way-round/{participant.person}/{int(context.tx.now.timestamp())}"
    two = {each.member for each in store.go_betweens(context.tx, meeting.id)}
    choose = notices.begin(t("Choose two"), "attend", meeting=meeting.id)
    if participant.part is Part.RECIPIENT and not two and sum(1 for each in meeting.invited if each.part is Part.MEMBER) >= store.TWO:
        text = t("You cannot come to the meeting {time}. Do you want two of those who come to meet you before and after?", time=meeting.at)
        notices.tell(context, participant.person, text, case=meeting.case, buttons=[choose], dedupe_key=key)
    if participant.member in two:
        text = t("One of the two who were to meet you cannot come to the meeting {time}. Please choose another.", time=meeting.at)
        notices.tell_parties(context, meeting.case, text, buttons=[choose], dedupe_key=key, but_not_reporters=True)


def _all_answered(context: Context, meeting: Meeting, coming: int) -> None:
    text = t(
        "Case {number}: everybody has answered about the meeting {time}. {coming} of {all} come.",
        number=number_of(context, meeting),
        time=meeting.at,
        coming=coming,
        all=len(meeting.invited),
    )
    key = f"meeting/{meeting.id}/all-answered/{meeting.sequence}"
    tell_holder(context, meeting, text, key=key, buttons=[open_button(meeting)], to_actor_too=True)


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
            number=number_of(context, meeting),
            yes=yes,
            all=len(every),
        )
        key = f"meeting/{meeting.id}/measures-answered/{int(context.tx.now.timestamp())}"
        tell_holder(context, meeting, text, key=key, buttons=[open_button(meeting)])


def note_in_tool(context: Context, command: NoteInTool) -> None:
    """The invitation has been put into the planning tool as well (G08)."""
    meeting = opened(context, command.meeting, Action.CALL_MEETING)
    if meeting.called_at is None or meeting.ended_at is not None:
        raise Refused(EARLIER)
    store.note_in_tool(context.tx, meeting, by=context.actor)
    audit.record(context.tx, "meeting.in_tool", actor=context.actor, case=meeting.case, meeting=meeting.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attended:
    """One who was to be there, for the list in the minutes (H10: Lund § 11.4, Referat). `reply` None: never answered.

    `instead`: who was to come for them, in their words. `comes`: somebody is expected to have sat there for them.
    """

    participant: Participant
    name: Text
    title: str | None
    service: str | None
    reply: Reply | None
    instead: str | None

    @property
    def comes(self) -> bool:
        return self.reply in COMES


def list_for_minutes(context: Context, meeting: Meeting) -> tuple[Attended, ...]:
    """Everybody who was to be there with what they answered, as the minutes begin; whoever writes them says who really came."""
    answers, since = store.of_meeting(context.tx, meeting), store.asked_since(context.tx, meeting.id)
    found = []
    for each in meeting.invited:
        answer = answers.get(each.person)
        held = answer if answer is not None and counts(answer, since) else None
        member = None if each.member is None else members.find(context.tx, each.member)
        found.append(
            Attended(
                participant=each,
                name=name_of(context, meeting, each),
                title=None if member is None else member.title,
                service=None if member is None else member.service_words or member.service,
                reply=None if held is None else held.reply,
                instead=held.words if held is not None and held.reply is Reply.SOMEONE_ELSE else None,
            )
        )
    return tuple(found)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    AnswerInvitation: answer,
    Suits: suits,
    NoteReply: note,
    PutMeasures: put,
    DecideMeasure: decide,
    NoteInTool: note_in_tool,
}
