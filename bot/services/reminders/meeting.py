"""Words that remind of a meeting.

Here: what is told. Not here: when (`bot.domain.reminders.meeting`). Guarantee: a member is reminded only through `bot.services.circle`,
and so only of what a consent names now.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.attendance import standing
from bot.domain.cases import TaskKind
from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meeting_places import AT
from bot.domain.meetings import Meeting, Part, last_day_to_send
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import Reminder, ReminderKind, day_of
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t
from bot.services import circle, invitations, notices
from bot.services.attendance import name_of
from bot.services.leaders import leader_now
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, on_duty, remind, tell_ke
from bot.store import assignments, attendance, meetings


def _meeting(context: Context, reminder: Reminder) -> Meeting:
    found = meetings.find(context.tx, MeetingId(reminder.object or 0))
    assert found is not None
    return found


def _open(meeting: Meeting) -> notices.NoticeButton:
    return notices.begin(t("Open the meeting"), "meeting", case=meeting.case, meeting=meeting.id)


def _one(
    context: Context, reminder: Reminder, meeting: Meeting, text: Text, buttons: Sequence[notices.NoticeButton], *, hints: bool = True
) -> None:
    """Remind one of those who are to come, a member through the circle alone."""
    person = reminder.person
    who = next((each for each in meeting.invited if each.person == person), None)
    if who is None or person is None:
        return
    if (here := on_duty(context, person, reminder)) != person:
        _instead(context, reminder, meeting, text, here)
        return
    hint_buttons = invitations.by_number(meeting) if hints else []
    if who.points:
        text = joined(text, invitations.own_part(meeting, who))
    if who.part is Part.MEMBER:
        circle.tell_members(
            context,
            meeting.case,
            text,
            InfoKind.MEETINGS,
            dedupe_key=reminder.key,
            sensitivity=Sensitivity.PRACTICAL,
            buttons=buttons,
            useful_until=meeting.at,
            over_at=meeting.ends_at,
            hint_buttons=hint_buttons,
            only=frozenset({person}),
        )
        return
    notices.tell(
        context,
        person,
        text,
        sensitivity=Sensitivity.PRACTICAL,
        message_class=MessageClass.REMINDER,
        case=meeting.case,
        buttons=buttons,
        dedupe_key=reminder.key,
        useful_until=meeting.at,
        over_at=meeting.ends_at,
        hint_buttons=hint_buttons,
    )


def _instead(context: Context, reminder: Reminder, meeting: Meeting, text: Text, here: PersonId | None) -> None:
    """While the coordinator is away, whoever holds the case hears that a meeting is near. Only the coordinator says whether they come."""
    if reminder.kind not in {ReminderKind.MEETING_WEEK, ReminderKind.MEETING_TOMORROW}:
        return
    if here is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, here, text, reminder, _open(meeting), useful_until=meeting.at)


def _not_called(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    first = meeting.at or min(meeting.proposals)
    last = last_day_to_send(day_of(first), meeting.notice_days)
    text = t("Case {number}: the invitation has not gone out. {day} is the last day for it.", number=number_of(context, reminder), day=last)
    _holder(context, reminder, text, _open(meeting))


def _holder(context: Context, reminder: Reminder, text: Text, button: notices.NoticeButton) -> None:
    """Whoever holds the meeting's threads; the unit where nobody does."""
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, reminder.person, text, reminder, button)


def _vote(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("We still wait to hear which times suit you for a meeting. Case {number}.", number=number_of(context, reminder))
    _one(context, reminder, meeting, text, [notices.begin(t("Choose times"), "meeting_times", meeting=meeting.id)], hints=False)


def _answer(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("We have not heard whether you come to the meeting {time}, {where}.", time=meeting.at, where=AT[meeting.place])
    _one(context, reminder, meeting, text, invitations.answer_buttons(meeting))


def _week(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Next week there is a meeting: {time}, {where}.", time=meeting.at, where=AT[meeting.place])
    _one(context, reminder, meeting, text, _cannot(meeting))


def _tomorrow(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Do you remember the meeting {time}, {where}? If you cannot come, please say so.", time=meeting.at, where=AT[meeting.place])
    _one(context, reminder, meeting, text, _cannot(meeting))


def _cannot(meeting: Meeting) -> list[notices.NoticeButton]:
    """The button is what the reminder is for (H06)."""
    return invitations.answer_buttons(meeting)[1:]


def _who_comes(context: Context, reminder: Reminder) -> None:
    meeting, tx = _meeting(context, reminder), context.tx
    now = standing(meeting.invited, attendance.of_meeting(tx, meeting), attendance.asked_since(tx, meeting.id))
    number = number_of(context, reminder)
    text = nt(
        "Case {number}: {n} comes to the meeting {time}.",
        "Case {number}: {n} come to the meeting {time}.",
        len(now.coming),
        number=number,
        time=meeting.at,
    )
    if cannot := _names(context, meeting, now.cannot):
        text = joined(text, t("Cannot: {names}", names=cannot), by="\n")
    if silent := _names(context, meeting, now.silent):
        text = joined(text, t("Not answered: {names}", names=silent), by="\n")
    _holder(context, reminder, text, _open(meeting))


def _names(context: Context, meeting: Meeting, people: Sequence[PersonId]) -> list[Text]:
    return [name_of(context, meeting, each) for each in meeting.invited if each.person in people]


def _between(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Have you met the person after the meeting? Case {number}.", number=number_of(context, reminder))
    button = notices.begin(t("Note it"), "attend", meeting=meeting.id)
    only = frozenset({reminder.person}) if reminder.person is not None else frozenset()
    circle.tell_members(context, meeting.case, text, InfoKind.MEETINGS, dedupe_key=reminder.key, buttons=[button], only=only)


def _due(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    year = context.municipality.profile.meetings.a_year_at_least
    text = nt(
        "Case {number}: it is time to call a meeting. There is to be at least {n} a year.",
        "Case {number}: it is time to call a meeting. There are to be at least {n} a year.",
        year,
        number=number_of(context, reminder),
    )
    _holder(context, reminder, text, notices.begin(t("Call a meeting"), "meeting", case=reminder.case))


def _overdue(context: Context, reminder: Reminder) -> None:
    """The coordinator, the leader and KE see that it is too long since the last one (G09)."""
    assert reminder.case is not None
    number = number_of(context, reminder)
    told = t("Case {number}: it is too long since the last meeting.", number=number)
    remind(context, leader_now(context.tx, assignments.accepted(context.tx, reminder.case)), told, reminder, suffix="leader")
    # The unit first: where nobody stands in for the coordinator, it is told once, and in its own words.
    ke_task(context, reminder, TaskKind.MEETING_LATE)
    tell_ke(context, reminder, told)
    text = t("Case {number}: it is too long since the last meeting. Please call one.", number=number)
    remind(context, reminder.person, text, reminder, notices.begin(t("Call a meeting"), "meeting", case=reminder.case))


FIRE: Final[Fires] = {
    ReminderKind.MEETING_NOT_CALLED: _not_called,
    ReminderKind.MEETING_VOTE: _vote,
    ReminderKind.MEETING_ANSWER: _answer,
    ReminderKind.MEETING_WEEK: _week,
    ReminderKind.MEETING_TOMORROW: _tomorrow,
    ReminderKind.MEETING_WHO_COMES: _who_comes,
    ReminderKind.MEETING_BETWEEN: _between,
    ReminderKind.MEETING_DUE: _due,
    ReminderKind.MEETING_OVERDUE: _overdue,
}
