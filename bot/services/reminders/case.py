"""What happens at the reminders of a case on its way.

Here: the words. Not here: when they fall due (`bot.domain.reminders.case`).
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.ids import TalkId
from bot.domain.places import WHERE_FOR_STAFF, where
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import notices
from bot.services.leaders import leader_now
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, remind, tell_ke
from bot.services.talks import MEETING, holder_of, offered_again
from bot.store import assignments, cases, people, talks


def _clarify_soon(context: Context, reminder: Reminder) -> None:
    tell_ke(
        context,
        reminder,
        t("Case {number}: no first talk is agreed yet. It should be held by tomorrow.", number=number_of(context, reminder)),
    )


def _clarify_late(context: Context, reminder: Reminder) -> None:
    tell_ke(
        context, reminder, t("Case {number}: the first talk is late. Please phone the person today.", number=number_of(context, reminder))
    )


def _answer_soon(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    day = cases.get(context.tx, reminder.case).due
    tell_ke(context, reminder, t("Case {number} must be answered by {day}.", number=number_of(context, reminder), day=day))


def _answer_late(context: Context, reminder: Reminder) -> None:
    ke_task(context, reminder, TaskKind.ANSWER_LATE)
    text = t("Case {number}: the answer is late. Decide, or tell the person why it takes longer.", number=number_of(context, reminder))
    tell_ke(context, reminder, text, "delay")


def _times_silent(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    open_ = [(place, time) for place, time in enumerate(talk.proposals) if time > context.tx.now]
    buttons = [notices.act(Text("{time}", {"time": time}), "PickTime", talk=talk.id, choice=place) for place, time in open_]
    buttons.append(notices.begin(t("None of them suits"), "my_case", case=talk.case, talk=talk.id))
    again = offered_again(talk, cases.get(context.tx, talk.case).for_whom)
    notices.tell_parties(context, talk.case, again, buttons=buttons, dedupe_key=reminder.key, but_not_reporters=True, relatives_too=True)


def _talk_tomorrow(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    assert talk.at is not None
    place = where(talk.place, cases.get(context.tx, talk.case).for_whom)
    text = t("Do you remember our talk? It is {time}, {where}.", time=talk.at, where=place)
    button = notices.begin(t("I cannot come"), "my_case", case=talk.case, talk=talk.id)
    notices.tell_parties(
        context,
        talk.case,
        text,
        sensitivity=Sensitivity.PRACTICAL,
        buttons=[button],
        dedupe_key=reminder.key,
        useful_until=talk.at,
        over_at=talk.at + MEETING,
        but_not_reporters=True,
        relatives_too=True,
    )
    host = t(
        "Case {number}: the talk is {time}, {where}.", number=number_of(context, reminder), time=talk.at, where=WHERE_FOR_STAFF[talk.place]
    )
    remind(context, holder_of(context, talk), host, reminder, suffix="host")


def _talk_noted(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    conversation = "clarify" if talk.kind == "clarifying" else "first_contact"
    text = t("Case {number}: was the talk held? Please note it.", number=number_of(context, reminder))
    remind(context, holder_of(context, talk), text, reminder, notices.begin(t("Note the talk"), conversation, case=talk.case))


def _contact_nudge(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    text = t("Case {number}: have you been in touch with the person yet?", number=number_of(context, reminder))
    first = notices.begin(t("First contact"), "first_contact", case=reminder.case)
    remind(context, reminder.person, text, reminder, first)


def _contact_late(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    text = t(
        "Case {number}: the first contact is late. Please make contact today, or say that you cannot.", number=number_of(context, reminder)
    )
    first = notices.begin(t("First contact"), "first_contact", case=reminder.case)
    cannot = notices.begin(t("I have no time for this"), "no_time", case=reminder.case)
    # The unit first: where nobody stands in for the coordinator, it is told once, and in its own words.
    ke_task(context, reminder, TaskKind.CONTACT_LATE)
    tell_ke(context, reminder, t("Case {number}: the coordinator has not been in touch yet.", number=number_of(context, reminder)))
    remind(context, reminder.person, text, reminder, first, cannot)


def _contact_leader(context: Context, reminder: Reminder) -> None:
    held = (
        next((each for each in assignments.of_case(context.tx, reminder.case) if each.id == reminder.object), None)
        if reminder.case
        else None
    )
    name = notices.named(people.person(context.tx, held.candidate), t("A coordinator")) if held and held.candidate else t("A coordinator")
    text = t(
        "{name} has not yet been in touch with the person in case {number}. Please talk together.",
        name=name,
        number=number_of(context, reminder),
    )
    # Whoever led when the case was taken on may have left since.
    remind(context, leader_now(context.tx, held), text, reminder, suffix="leader")


def _group_long(context: Context, reminder: Reminder) -> None:
    text = t("The group in case {number} has become long-term. Please offer a coordinator and a plan.", number=number_of(context, reminder))
    remind(context, reminder.person, text, reminder, suffix="leader")
    ke_task(context, reminder, TaskKind.GROUP_OFFER)
    tell_ke(context, reminder, text)


FIRE: Final[Fires] = {
    ReminderKind.CLARIFY_SOON: _clarify_soon,
    ReminderKind.CLARIFY_LATE: _clarify_late,
    ReminderKind.ANSWER_SOON: _answer_soon,
    ReminderKind.ANSWER_LATE: _answer_late,
    ReminderKind.TIMES_SILENT: _times_silent,
    ReminderKind.TALK_TOMORROW: _talk_tomorrow,
    ReminderKind.TALK_NOTED: _talk_noted,
    ReminderKind.CONTACT_NUDGE: _contact_nudge,
    ReminderKind.CONTACT_LATE: _contact_late,
    ReminderKind.CONTACT_LEADER: _contact_leader,
    ReminderKind.GROUP_LONG: _group_long,
}
