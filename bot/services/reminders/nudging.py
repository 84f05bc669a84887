"""What happens with a nudge that was put off, or that nobody answers.

Here: the words. Not here: when (`bot.domain.reminders.nudging`). Guarantee: the leader is told that nobody answers and about which case,
never what the nudge says about the person.
"""

from dataclasses import replace
from typing import Final

from bot.domain.ids import NudgeId
from bot.domain.nudges import leader_day
from bot.domain.reminders import Reminder, ReminderKind, day_of
from bot.engine.texts import Text, t, verbatim
from bot.services import cover, notices, nudges
from bot.services.appointing import leader_of
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import notices as stored
from bot.store import nudges as store
from bot.store import people
from bot.store.nudges import Nudge


def _nudge(context: Context, reminder: Reminder) -> Nudge:
    found = store.find(context.tx, NudgeId(reminder.object or 0))
    assert found is not None
    return found


def _words(context: Context, nudge: Nudge) -> Text:
    found = None if nudge.notice is None else stored.find(context.tx, nudge.notice)
    return verbatim(found.words) if found is not None and found.words else t("Something still waits for you.")


def _handed_on(context: Context, nudge: Nudge, reminder: Reminder) -> bool:
    """A coordinator who is away is not asked again, and their leader hears nothing of it: whoever stands in is asked from now on (N17)."""
    here = cover.on_duty(context.tx, nudge.case, nudge.person)
    if here == nudge.person:
        return False
    words = _words(context, nudge)
    store.over(context.tx, [nudge.id])
    anew = replace(reminder, key=nudge.reminder, kind=nudge.kind, useful_until=nudge.useful_until)
    if here is None:
        tell_ke(context, anew, words)
    else:
        remind(context, here, words, anew)
    return True


def _again(context: Context, reminder: Reminder) -> None:
    """The same words as before, on the day chosen."""
    nudge = _nudge(context, reminder)
    if _handed_on(context, nudge, reminder):
        return
    store.again(context.tx, nudge.id)
    notice = remind(context, nudge.person, _words(context, nudge), reminder, *nudges.buttons(nudge.id, nudge.kind, nudge.case))
    if notice is not None:
        store.told_by(context.tx, nudge.id, notice)


def _warned(context: Context, reminder: Reminder) -> None:
    """It is said before it is done: it waits for no digest that comes when the leader is told."""
    nudge, rules = _nudge(context, reminder), context.municipality.rules
    if _handed_on(context, nudge, reminder):
        return
    day = leader_day(day_of(nudge.nudged_at), rules)
    text = t("Still waiting: {words} If you do not answer, your leader is told on {day}.", words=_words(context, nudge), day=day)
    remind(context, nudge.person, text, reminder, *nudges.buttons(nudge.id, nudge.kind, nudge.case), useful_until=rules.on(day))


def _leader(context: Context, reminder: Reminder) -> None:
    """Their leader; the unit where there is none."""
    nudge = _nudge(context, reminder)
    if _handed_on(context, nudge, reminder):
        return
    person = people.person(context.tx, nudge.person)
    name, number = notices.named(person, t("A coordinator")), number_of(context, reminder)
    text = t(
        "Case {number}: {name} has not answered a reminder from {day}. Please talk together.",
        number=number,
        name=name,
        day=day_of(nudge.nudged_at),
    )
    leader = leader_of(context, person.department)
    if leader is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, leader, text, reminder, suffix="leader")


FIRE: Final[Fires] = {
    ReminderKind.NUDGE_AGAIN: _again,
    ReminderKind.NUDGE_WARNED: _warned,
    ReminderKind.NUDGE_LEADER: _leader,
}
