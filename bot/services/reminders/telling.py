"""How a reminder reaches people: KE, one person, KE's list.

Here: what every subject's words go through. Not here: the words themselves, in the modules beside this one. Guarantee: a coordinator who is
away is not reminded: whoever stands in is, and the unit where nobody does (N17, N18).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.consent import InfoKind
from bot.domain.ids import NoticeId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import Text, t
from bot.services import cover, member_tasks, notices, nudges
from bot.services.delivery import STAFF
from bot.services.municipality import Context
from bot.store import cases, people, tasks
from bot.store import nudges as nudge_store

Fires = Mapping[ReminderKind, Callable[[Context, Reminder], None]]
"""What happens at each kind of reminder."""

NOBODY_ELSES: Final = frozenset({ReminderKind.OWN_LOOK, ReminderKind.MINUTES_JOURNAL})
"""What only the one it is sent to can do: a look at their own work, and their own journal."""


def on_duty(context: Context, who: PersonId, reminder: Reminder) -> PersonId | None:
    """The one reminded; whoever stands in where they coordinate the case and are away. None: the unit."""
    return who if reminder.kind in NOBODY_ELSES else cover.on_duty(context.tx, reminder.case, who)


def number_of(context: Context, reminder: Reminder) -> str:
    """The number of the reminder's case."""
    assert reminder.case is not None
    return str(cases.get(context.tx, reminder.case).number)


def tell_ke(context: Context, reminder: Reminder, text: Text, conversation: str = "inbox") -> None:
    """Tell KE, with a button that opens the case."""
    assert reminder.case is not None
    button = notices.begin(t("Open the case"), conversation, case=reminder.case)
    for who in people.with_role(context.tx, Role.KE, Role.KE_LEADER):
        if who != context.actor:
            remind(context, who, text, reminder, button)


def ke_task(context: Context, reminder: Reminder, kind: TaskKind) -> None:
    """Put a task on KE's list, to be done by the next working day."""
    by = context.municipality.calendar.add_working_days(context.today, 1)
    tasks.add(context.tx, kind, due_on=by, case=reminder.case, dedupe_key=f"task/{reminder.key}")


def remind(
    context: Context,
    who: PersonId | None,
    text: Text,
    reminder: Reminder,
    *buttons: notices.NoticeButton,
    suffix: str = "",
    useful_until: datetime | None = None,
) -> NoticeId | None:
    """Tell one person; nobody where there is nobody to tell. Staff can answer it: done, later, not needed.

    While the coordinator is away whoever stands in is told instead, and the unit where nobody does.
    It waits for no digest beyond its use: that of the reminder, or `useful_until`, aware, where that comes first.
    """
    if who is None:
        return None
    if (here := on_duty(context, who, reminder)) is None:
        tell_ke(context, reminder, text)
        return None
    who = here
    nudge = nudges.begin(context, who, reminder)
    notice = notices.tell(
        context,
        who,
        text,
        message_class=MessageClass.REMINDER,
        case=reminder.case,
        buttons=(*buttons, *nudges.buttons(nudge, reminder.kind, reminder.case)),
        dedupe_key=f"{reminder.key}/{suffix or who}",
        useful_until=min((each for each in (reminder.useful_until, useful_until) if each is not None), default=None),
        nudged_at=reminder.due_at if people.person(context.tx, who).roles & STAFF else None,
    )
    if nudge is not None and notice is not None:
        nudge_store.told_by(context.tx, nudge, notice)
    return notice


def remind_around(
    context: Context,
    reminder: Reminder,
    text: Text,
    info: InfoKind,
    buttons: Sequence[notices.NoticeButton] = (),
    useful_until: datetime | None = None,
) -> None:
    """Tell whoever has a task or writes the minutes; a member through the circle alone. It waits for no digest beyond its use."""
    assert reminder.case is not None
    assert reminder.person is not None
    last, here = useful_until or reminder.useful_until, on_duty(context, reminder.person, reminder)
    if here is None:
        tell_ke(context, reminder, text)
    elif here == reminder.person:
        member_tasks.tell(context, reminder.case, here, text, info, key=reminder.key, buttons=buttons, useful_until=last)
    else:
        notices.tell(
            context,
            here,
            text,
            message_class=MessageClass.REMINDER,
            case=reminder.case,
            buttons=buttons,
            dedupe_key=f"{reminder.key}/{here}",
            useful_until=last,
        )
