"""Minutes: written, read through with those who were there, and sent to those whom they concern.

Here: what each step leads to. Not here: who is told and what comes of it (`bot.services.minutes_sending`), views
(`bot.services.minutes_views`), the tasks (`bot.services.member_tasks`). Guarantees: they are sent once and never changed afterwards; a
next date or a reason is always there (G12, D08); every task has an owner who may have it, and a day (I12).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.choices import Disagreement
from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, MinutesId
from bot.domain.meetings import Meeting, MeetingKind, MeetingState
from bot.domain.minutes import Minutes, MinutesState, Outcome, Point
from bot.domain.minutes_commands import FinishMinutes, MinutesRight, MinutesWrong, Then, WriteMinutes
from bot.domain.refusal import Refused
from bot.domain.reminders import day_of
from bot.engine.ask import Command
from bot.engine.texts import joined, t
from bot.services import circle, member_tasks, minutes_sending, notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.passage import NoticeButton
from bot.store import audit, cases, meetings
from bot.store import minutes as store

WRITABLE: Final = frozenset({MeetingState.CALLED, MeetingState.HELD})


def may_write(context: Context, meeting: Meeting) -> bool:
    """Whoever coordinates, KE, and those named as leader or writer while a consent lets them know what is minuted."""
    if context.may(Action.WRITE_MINUTES, meeting.case):
        return True
    named = context.actor in {meeting.writer, meeting.chair} and meeting.takes_part(context.actor)
    return named and {InfoKind.MEETINGS, InfoKind.MINUTES} <= circle.may_see(context, meeting.case, context.actor)


def _meeting(context: Context, which: MeetingId) -> Meeting:
    found = meetings.find(context.tx, which)
    if found is None or not may_write(context, found):
        raise Refused(NOT_YOURS)
    if found.state not in WRITABLE or found.at is None or found.at > context.tx.now:
        raise Refused(t("The meeting has not begun yet. Minutes can be written from when it begins."))
    return found


def _minutes(context: Context, which: MinutesId, edition: int) -> tuple[Minutes, Meeting]:
    """Minutes that the actor may finish, as they were when they saw them."""
    found = store.find(context.tx, which)
    if found is None:
        raise Refused(NOT_YOURS)
    meeting = _meeting(context, found.meeting)
    if found.edition != edition:
        raise Refused(EARLIER)
    return found, meeting


def write(context: Context, command: WriteMinutes) -> None:
    """Exactly this is in them now; then they are kept, read through, or sent."""
    meeting, tx = _meeting(context, command.meeting), context.tx
    before = store.of_meeting(tx, meeting.id)
    if (None if before is None else before.edition) != command.edition or (before is not None and before.state is MinutesState.SENT):
        raise Refused(EARLIER)
    _check(context, meeting, command)
    minutes = store.find(tx, store.begin(tx, meeting, writer=context.actor, present=command.present))
    assert minutes is not None
    if minutes.state is MinutesState.READ_BACK:
        store.move(tx, minutes, MinutesState.DRAFT)
        minutes = replace(minutes, state=MinutesState.DRAFT)
    store.write(tx, minutes, present=command.present, points=command.points, next_on=command.next_on, why_not=command.why_not)
    if meeting.state is MeetingState.CALLED:
        meetings.move(tx, meeting, MeetingState.HELD)
    audit.record(tx, "minutes.written", actor=context.actor, case=meeting.case, minutes=minutes.id, meeting=meeting.id)
    written = store.find(tx, minutes.id)
    assert written is not None
    _go_on(context, written, meeting, command.then)


def _check(context: Context, meeting: Meeting, command: WriteMinutes) -> None:
    if not set(command.present) <= {each.person for each in meeting.invited} or not command.present:
        raise Refused(t("Choose who was there, among those who were called."))
    if meeting.kind is not MeetingKind.SETTLE and command.next_on is None and not command.why_not:
        raise Refused(t("Agree on the next meeting before you part, or write why not."))
    assert meeting.at is not None
    if command.next_on is not None and command.next_on <= day_of(meeting.at):
        raise Refused(t("The next meeting must be later than this one."))
    for point in command.points:
        _check_point(context, meeting, point)


def _check_point(context: Context, meeting: Meeting, point: Point) -> None:
    assert meeting.at is not None
    if point.outcome is not Outcome.NOTHING and not point.words:
        raise Refused(t("Write what was decided."))
    if point.outcome is Outcome.PASSED_ON and not point.to_whom:
        raise Refused(t("Write who it is passed on to."))
    settled = context.municipality.profile.meetings.disagreement is Disagreement.SETTLED_BEFORE
    if point.disagreement and settled and meeting.kind is not MeetingKind.SETTLE:
        raise Refused(t("Here the services settle what they see differently in a meeting of their own."))
    for task in point.tasks:
        if not task.words or task.due_on < day_of(meeting.at):
            raise Refused(t("Each task needs words and a day that has not passed."))
        if not member_tasks.may_have(context, meeting.case, task.owner):
            name = member_tasks.name_in(context, meeting.case, task.owner)
            raise Refused(t("No consent covers {name} for tasks. Choose somebody else.", name=name))


def finish(context: Context, command: FinishMinutes) -> None:
    """Those present are asked, or they are sent, as they stand."""
    minutes, meeting = _minutes(context, command.minutes, command.edition)
    _go_on(context, minutes, meeting, command.then)


def _go_on(context: Context, minutes: Minutes, meeting: Meeting, then: Then) -> None:
    match then:
        case Then.KEEP:
            return
        case Then.ASK:
            _move(context, minutes, MinutesState.READ_BACK)
            minutes_sending.ask_those_present(context, minutes, meeting)
        case Then.SEND:
            _move(context, minutes, MinutesState.SENT)
            minutes_sending.send(context, minutes, meeting)


def _move(context: Context, minutes: Minutes, state: MinutesState) -> None:
    if not store.move(context.tx, minutes, state):
        raise Refused(EARLIER)
    audit.record(context.tx, f"minutes.{state}", actor=context.actor, case=minutes.case, minutes=minutes.id)


def _read(context: Context, which: MinutesId, edition: int) -> tuple[Minutes, Meeting]:
    """Minutes that concern the actor, in the edition they have read."""
    minutes = store.find(context.tx, which)
    meeting = None if minutes is None else meetings.find(context.tx, minutes.meeting)
    if minutes is None or meeting is None or not minutes_sending.concerned(context, minutes, meeting, context.actor):
        raise Refused(NOT_YOURS)
    if minutes.edition != edition or not minutes_sending.readable(context, minutes, meeting):
        raise Refused(t("The minutes have been changed meanwhile. Please read them once more."))
    return minutes, meeting


def right(context: Context, command: MinutesRight) -> None:
    """It was understood rightly (I05). The writer hears when all have said so."""
    minutes, meeting = _read(context, command.minutes, command.edition)
    if minutes.state is not MinutesState.READ_BACK or context.actor not in minutes.present:
        raise Refused(EARLIER)
    store.confirm(context.tx, minutes, context.actor, right=True)
    audit.record(context.tx, "minutes.right", actor=context.actor, case=minutes.case, minutes=minutes.id)
    now = store.find(context.tx, minutes.id)
    assert now is not None
    if set(minutes_sending.asked(context, now, meeting)) <= set(now.confirmed):
        number = str(cases.get(context.tx, minutes.case).number)
        text = t("Case {number}: all say that the minutes are right. You can send them.", number=number)
        key = f"minutes/{minutes.id}/all-right/{minutes.edition}"
        member_tasks.tell(context, minutes.case, minutes.writer, text, InfoKind.MINUTES, key=key, buttons=[_open(meeting)])


def wrong(context: Context, command: MinutesWrong) -> None:
    """Somebody says that it is not right, also after it was sent (I05, I13): the writer and whoever coordinates are told, and it stays."""
    minutes, meeting = _read(context, command.minutes, command.edition)
    store.confirm(context.tx, minutes, context.actor, right=False, words=command.words)
    audit.record(context.tx, "minutes.wrong", actor=context.actor, case=minutes.case, minutes=minutes.id)
    number, name = str(cases.get(context.tx, minutes.case).number), member_tasks.name_in(context, minutes.case, context.actor)
    text = t("Case {number}: {name} says that the minutes of {time} are not right.", number=number, name=name, time=meeting.at)
    if command.words:
        text = joined(text, t("They wrote: {words}", words=command.words))
    told = {minutes.writer, member_tasks.holder(context, minutes.case)} - {context.actor, None}
    key = f"minutes/{minutes.id}/wrong/{context.actor}/{int(context.tx.now.timestamp())}"
    for person in sorted(each for each in told if each is not None):
        member_tasks.tell(context, minutes.case, person, text, InfoKind.MINUTES, key=f"{key}/{person}", buttons=[_open(meeting)])


def _open(meeting: Meeting) -> NoticeButton:
    return notices.begin(t("Open the minutes"), "minutes", meeting=meeting.id)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    WriteMinutes: write,
    FinishMinutes: finish,
    MinutesRight: right,
    MinutesWrong: wrong,
}
