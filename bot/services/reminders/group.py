"""Words that remind of a responsibility group.

Here: what is told. Not here: when (`bot.domain.reminders.group`). Guarantee: a member is reminded only through `bot.services.circle`, and
so only of what a consent names now.
"""

from typing import Final

from bot.domain.consent import InfoKind
from bot.domain.groups import Group
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import Text, t
from bot.services import circle, notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import groups, members


def _group(context: Context, reminder: Reminder) -> Group:
    assert reminder.case is not None
    found = groups.active(context.tx, reminder.case)
    assert found is not None
    return found


def _tell(context: Context, reminder: Reminder, text: Text, label: Text, conversation: str = "group") -> None:
    """Whoever holds the group's threads; a member through the circle alone; KE where nobody holds them."""
    assert reminder.case is not None
    button = notices.begin(label, conversation, case=reminder.case)
    if reminder.person is None:
        tell_ke(context, reminder, text)
    elif _is_member(context, reminder, reminder.person):
        only = frozenset({reminder.person})
        circle.tell_members(context, reminder.case, text, InfoKind.MEETINGS, dedupe_key=reminder.key, only=only)
    else:
        remind(context, reminder.person, text, reminder, button)


def _is_member(context: Context, reminder: Reminder, person: PersonId) -> bool:
    return reminder.case is not None and members.in_circle(context.tx, reminder.case, person) is not None


def _first(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: the group has not met yet. Please call the first meeting.", number=number_of(context, reminder))
    _tell(context, reminder, text, t("Call a meeting"), "meeting")


def _chair(context: Context, reminder: Reminder) -> None:
    day = _group(context, reminder).chair_until
    assert day is not None
    number = number_of(context, reminder)
    text = t("Case {number}: the one who leads the group does it until {day}. Agree on who leads after that.", number=number, day=day)
    _tell(context, reminder, text, t("See the group"))


def _chair_over(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: nobody has been chosen to lead the group now. Please choose somebody.", number=number_of(context, reminder))
    _tell(context, reminder, text, t("See the group"))


def _evaluate(context: Context, reminder: Reminder) -> None:
    day = _group(context, reminder).until
    assert day is not None
    number = number_of(context, reminder)
    text = t("Case {number}: the last day of the group is {day}. Look at the work together before that.", number=number, day=day)
    _tell(context, reminder, text, t("See the group"))


def _over(context: Context, reminder: Reminder) -> None:
    number = number_of(context, reminder)
    text = t("Case {number}: the time set for the group is over. End it, or give it more time.", number=number)
    _tell(context, reminder, text, t("See the group"))


FIRE: Final[Fires] = {
    ReminderKind.GROUP_FIRST: _first,
    ReminderKind.GROUP_CHAIR: _chair,
    ReminderKind.GROUP_CHAIR_OVER: _chair_over,
    ReminderKind.GROUP_EVALUATE: _evaluate,
    ReminderKind.GROUP_OVER: _over,
}
