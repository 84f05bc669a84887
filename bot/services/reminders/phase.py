"""Words that remind of a life phase and the changes in it.

Here: what is told, to whoever coordinates and to the unit. Not here: when (`bot.domain.reminders.phase`). Guarantee: nothing here is told
to anybody around the person; what they get is given by the coordinator.
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.ids import TransitionId
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.rights import OF_AGE, birthday
from bot.domain.transition_names import TRANSITIONS
from bot.domain.transitions import NUMBERS, Foreseen, TransitionKind, foreseen
from bot.engine.texts import Text, t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, remind, tell_ke
from bot.store import standings, transitions


def _tell(context: Context, reminder: Reminder, text: Text, label: Text, conversation: str = "phase") -> None:
    """Whoever coordinates; the unit where nobody does yet."""
    assert reminder.case is not None
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, reminder.person, text, reminder, notices.begin(label, conversation, case=reminder.case))


def _list(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: go through what is good to know at this age, together with the person.", number=number_of(context, reminder))
    _tell(context, reminder, text, t("Open the list"))


def _later(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: you wanted to come back to something on the list today.", number=number_of(context, reminder))
    _tell(context, reminder, text, t("Open the list"))


def _outlook(context: Context, reminder: Reminder) -> None:
    number = number_of(context, reminder)
    text = t("Case {number}: soon the plan is gone through. Talk first about now and later: what is wished for?", number=number)
    _tell(context, reminder, text, t("Four questions to talk about"))


def _change(context: Context, reminder: Reminder) -> Foreseen | None:
    """The change it is about, with its day by today's birth date."""
    assert reminder.case is not None
    birth, kind = standings.birth(context.tx, reminder.case), NUMBERS[reminder.object or 0]
    found = () if birth is None else foreseen(birth.born_on, context.municipality.profile.phases)
    return next((each for each in found if each.kind is kind), None)


def _raise(context: Context, reminder: Reminder) -> None:
    change = _change(context, reminder)
    if change is None:
        return
    number = number_of(context, reminder)
    if change.kind is TransitionKind.EIGHTEEN:
        text = t(
            "Case {number}: the youth turns 18 on {day}. Tell about guardianship now, if it may be needed.", number=number, day=change.day
        )
    else:
        what = TRANSITIONS[change.kind]
        text = t(
            "Case {number}: a change is coming, {day}: {what}. Go through the list together.", number=number, what=what, day=change.day
        )
    _tell(context, reminder, text, t("Open the list"), "transitions")


def _unit(context: Context, reminder: Reminder) -> None:
    change = _change(context, reminder)
    if change is not None:
        number, what = number_of(context, reminder), TRANSITIONS[change.kind]
        tell_ke(context, reminder, t("Case {number}: a change is coming, {day}: {what}.", number=number, what=what, day=change.day))


def _child_coordinator(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    birth = standings.birth(context.tx, reminder.case)
    if birth is not None:
        ke_task(context, reminder, TaskKind.CHILD_COORDINATOR_ENDS)
        day, number = birthday(birth.born_on, OF_AGE), number_of(context, reminder)
        text = t(
            "Case {number}: the children's coordinator is for those under 18. Agree on who goes on from {day}.", number=number, day=day
        )
        tell_ke(context, reminder, text)


def _passed_on(context: Context, reminder: Reminder) -> None:
    found = transitions.find(context.tx, TransitionId(reminder.object or 0))
    if found is None:
        return
    number, what = number_of(context, reminder), TRANSITIONS[found.kind]
    text = t("Case {number}: {what}. Is everything told, and is the plan updated?", number=number, what=what)
    _tell(context, reminder, text, t("Open the change"), "transitions")


def _drop_out(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: school is at risk. Have you contacted the follow-up service?", number=number_of(context, reminder))
    _tell(context, reminder, text, t("Open the life phase"))


def _drop_out_unit(context: Context, reminder: Reminder) -> None:
    ke_task(context, reminder, TaskKind.FOLLOW_UP_SERVICE)
    number = number_of(context, reminder)
    tell_ke(context, reminder, t("Case {number}: school is at risk, and nobody has contacted the follow-up service yet.", number=number))


FIRE: Final[Fires] = {
    ReminderKind.PHASE_LIST: _list,
    ReminderKind.PHASE_LATER: _later,
    ReminderKind.PHASE_OUTLOOK: _outlook,
    ReminderKind.TRANSITION: _raise,
    ReminderKind.TRANSITION_UNIT: _unit,
    ReminderKind.CHILD_COORDINATOR: _child_coordinator,
    ReminderKind.PASSED_ON: _passed_on,
    ReminderKind.DROP_OUT: _drop_out,
    ReminderKind.DROP_OUT_UNIT: _drop_out_unit,
}
