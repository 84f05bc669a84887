"""Words and effects where who decides becomes somebody else.

Here: what is told 90, 60 and 30 days before, what holds from midnight, and what is told the morning after. Not here: when
(`bot.domain.reminders.standing`). Guarantee: parents and youth are told the same day, in words of their own.
"""

from typing import Final

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.rights import DECIDES_FROM, birthday
from bot.engine.texts import Text, t
from bot.services import notices, recording_standing
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, remind, tell_ke
from bot.store import assignments, audit, cases, standings


def _age(reminder: Reminder) -> int:
    return reminder.object or DECIDES_FROM


def _soon(context: Context, reminder: Reminder) -> None:
    """The unit and the coordinator, 90 and 30 days before."""
    assert reminder.case is not None
    birth = standings.birth(context.tx, reminder.case)
    if birth is None:
        return
    day, number = birthday(birth.born_on, _age(reminder)), number_of(context, reminder)
    if _age(reminder) == DECIDES_FROM:
        text = t(
            "Case {number}: the youth turns 16 on {day}. From that day the youth decides, and what parents agreed to ends.",
            number=number,
            day=day,
        )
    else:
        text = t("Case {number}: the youth turns 18 on {day}. From that day the parents have no role in the case.", number=number, day=day)
    _staff(context, reminder, text)


def _staff(context: Context, reminder: Reminder, text: Text) -> None:
    """The coordinator is offered to call a meeting, since a transition is what one is for (G10: Herøy, IP-møte)."""
    assert reminder.case is not None
    tell_ke(context, reminder, text)
    call = notices.begin(t("Call a meeting"), "meeting", case=reminder.case)
    remind(context, _coordinator(context, reminder.case), text, reminder, call, suffix="coordinator")


def _coordinator(context: Context, case: CaseId | None) -> PersonId | None:
    held = None if case is None else assignments.accepted(context.tx, case)
    return None if held is None else held.candidate


def _youth_told(context: Context, reminder: Reminder) -> None:
    """60 days before the 16th birthday (E15): a task to talk with the youth, and their own texts for the youth and the parents."""
    assert reminder.case is not None
    birth, person = standings.birth(context.tx, reminder.case), standings.the_person(context.tx, reminder.case)
    if birth is None:
        return
    day = birthday(birth.born_on, _age(reminder))
    ke_task(context, reminder, TaskKind.TURNS_16)
    text = t(
        "Case {number}: the youth turns 16 on {day}. Please talk together about what changes, and ask what the youth wants.",
        number=number_of(context, reminder),
        day=day,
    )
    _staff(context, reminder, text)
    if person is not None:
        own = t("You turn 16 on {day}. From then on you decide who gets to know things about you. We will ask you what you want.", day=day)
        notices.tell(context, person, own, case=reminder.case, dedupe_key=f"{reminder.key}/person")
    for who, role in standings.acting(context.tx, reminder.case):
        if role is Role.PARENT:
            told = t(
                "Case {number}: your child turns 16 on {day}. From then on your child decides. What you agreed to ends that day.",
                number=number_of(context, reminder),
                day=day,
            )
            notices.tell(context, who, told, case=reminder.case, dedupe_key=f"{reminder.key}/{who}")


def _change(context: Context, reminder: Reminder) -> None:
    """At midnight: whoever decides from now on. What was agreed to by those who no longer do is looked at again."""
    assert reminder.case is not None
    audit.record(context.tx, "standing.changed", actor=None, case=reminder.case, age=reminder.object)
    recording_standing.changed(context, reminder.case)


def _changed(context: Context, reminder: Reminder) -> None:
    """The morning after: the person, the parents, the unit and the coordinator."""
    assert reminder.case is not None
    youth = _age(reminder) == DECIDES_FROM
    number = number_of(context, reminder)
    person = standings.the_person(context.tx, reminder.case)
    if person is not None and youth:
        own = t("You are 16 now. From now on you decide who gets to know things about you. Nobody else can say yes for you.")
        notices.tell(context, person, own, case=reminder.case, dedupe_key=f"{reminder.key}/person")
    for who in sorted({who for who, role in cases.parties(context.tx, reminder.case) if role is Role.PARENT}):
        if youth:
            told = t(
                "Case {number}: the youth is 16 now and decides. You can see how far it has come. What you agreed to has ended.",
                number=number,
            )
        else:
            told = t(
                "Case {number}: the youth is 18 now. You no longer have a role in this case. Thank you for all you have done.",
                number=number,
            )
        notices.tell(context, who, told, case=reminder.case, dedupe_key=f"{reminder.key}/parent/{who}")
    staff = t("Case {number}: the youth is 16 now and decides. What parents agreed to has ended.", number=number)
    _staff(
        context, reminder, staff if youth else t("Case {number}: the youth is 18 now. The parents have no role any more.", number=number)
    )


FIRE: Final[Fires] = {
    ReminderKind.RIGHTS_SOON: _soon,
    ReminderKind.YOUTH_TOLD: _youth_told,
    ReminderKind.RIGHTS_CHANGE: _change,
    ReminderKind.RIGHTS_CHANGED: _changed,
}
