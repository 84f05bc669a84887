"""What happens when a reminder falls due.

Here: checking it against today's facts. Not here: when it falls due (`bot.domain.reminders`), nor the words, one module a subject, in
the modules beside this one. Guarantees: what today's facts no longer want is not sent; what comes too late to be useful is skipped and
the reason recorded; outside the hours in which people are written to it waits.
"""

from typing import Final

from bot.domain.ids import PersonId
from bot.domain.reminders import AT_ONCE, Reminder, ReminderKind
from bot.services import digests, due, gatherings, retention
from bot.services.municipality import Context, Municipality
from bot.services.reminders import (
    appointing,
    case,
    closing,
    complaint,
    consent,
    evaluation,
    group,
    handing_over,
    meeting,
    message,
    minutes,
    nudging,
    phase,
    plan,
    school,
    standing,
    startup,
    unfinished,
)
from bot.services.reminders.telling import Fires
from bot.store import audit, sessions
from bot.store import reminders as store
from bot.store.database import Tx

BATCH: Final = 100
SAMRAAD: Final = PersonId(0)
"""The actor of what happens by the clock: nobody, so that nobody is left out of a notice."""

AGAIN: Final = frozenset({ReminderKind.RECURRING, ReminderKind.LOOK_BACK, ReminderKind.HELP_MONTHLY, ReminderKind.GATHERING_PLAN})
"""When one of these has fired, the unit's next time is planned."""

FIRE: Final[Fires] = {
    **case.FIRE,
    **appointing.FIRE,
    **unfinished.FIRE,
    **standing.FIRE,
    **consent.FIRE,
    **handing_over.FIRE,
    **meeting.FIRE,
    **group.FIRE,
    **phase.FIRE,
    **minutes.FIRE,
    **nudging.FIRE,
    **plan.FIRE,
    **evaluation.FIRE,
    **complaint.FIRE,
    **startup.FIRE,
    **school.FIRE,
    **closing.FIRE,
    **message.FIRE,
    **gatherings.FIRE,
}


def fire_due(tx: Tx, municipality: Municipality, limit: int = BATCH) -> int:
    """Settle what is due now, at most `limit`; how many were taken. Called again while there is more."""
    retention.take_away(tx)
    taken, context = store.due(tx, limit), Context(tx=tx, municipality=municipality, actor=SAMRAAD)
    for reminder in taken:
        _fire(context, reminder)
    if any(each.kind in AGAIN for each in taken):
        due.of_unit(tx, municipality)
    # When all that is due has been told, so that one digest holds it.
    return len(taken) if len(taken) >= limit else len(taken) + digests.send_due(tx, municipality)


def _fire(context: Context, reminder: Reminder) -> None:
    tx, municipality = context.tx, context.municipality
    sending = municipality.profile.sending
    allowed = municipality.calendar.sending_time(tx.now, earliest=sending.earliest, latest=sending.latest)
    if reminder.useful_until is not None and max(tx.now, allowed) >= reminder.useful_until:
        store.settle(tx, reminder, "skipped", "too_late")
    elif not _still_wanted(tx, municipality, reminder):
        store.settle(tx, reminder, "skipped", "no_longer_wanted")
    elif allowed > tx.now and reminder.kind not in AT_ONCE:
        store.postpone(tx, reminder, allowed)
    else:
        FIRE[reminder.kind](context, reminder)
        store.settle(tx, reminder, "fired", "told")
        audit.record(tx, "reminder.fired", actor=None, case=reminder.case, kind=reminder.kind)


def _still_wanted(tx: Tx, municipality: Municipality, reminder: Reminder) -> bool:
    """Do today's facts still want it? Asked of the same rules that wanted it."""
    if reminder.case is not None:
        return reminder.key in {each.key for each in due.of_case(tx, municipality, reminder.case)}
    if reminder.session is not None:
        session = sessions.find(tx, reminder.session)
        return session is not None and reminder.key in {each.key for each in due.of_session(tx, municipality, session)}
    if reminder.notice is not None:
        return reminder.key in {each.key for each in due.of_notice(tx, municipality, reminder.notice)}
    return True
