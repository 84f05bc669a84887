"""Words that remind of how a case ends, and of somebody who is sent around.

Here: what is told. Not here: when (`bot.domain.reminders.closing`, `bot.domain.sent_around`).
"""

from typing import Final

from bot.domain.ids import SentAroundId
from bot.domain.reminders import Reminder, ReminderKind, day_of, startup
from bot.domain.startup_words import YOUR_PART
from bot.engine.texts import joined, t
from bot.services import notices, startup_facts
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import sent_around


def _still_needed(context: Context, reminder: Reminder) -> None:
    """The person decides; nothing happens by silence (P01, P10). The person's own part is told with it where it is due too (D19)."""
    assert reminder.case is not None
    number = number_of(context, reminder)
    text = t("Do you still need a coordinator? We ask now and then. If you do, you need not answer. Case {number}.", number=number)
    buttons = [notices.begin(t("I do not need it any more"), "closing", case=reminder.case)]
    facts = startup_facts.facts_of(context, reminder.case)
    if facts is not None and startup.told_with(facts, day_of(reminder.due_at), context.municipality.rules):
        text = joined(text, YOUR_PART)
        buttons.append(notices.begin(t("Write to the coordinator"), "my_words", case=reminder.case))
    notices.tell_parties(context, reminder.case, text, buttons=buttons, dedupe_key=reminder.key, but_not_reporters=True)


def _unanswered(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    number = number_of(context, reminder)
    text = t("Case {number}: the person has not answered whether it can end. Talk about it. No answer is not a yes.", number=number)
    if reminder.person is None:
        tell_ke(context, reminder, text, "closing")
    else:
        remind(context, reminder.person, text, reminder, notices.begin(t("Open the end"), "closing", case=reminder.case))


def _archive_late(context: Context, reminder: Reminder) -> None:
    tell_ke(context, reminder, t("Case {number} has ended, and is not archived yet.", number=number_of(context, reminder)), "archive")


def _sent_around(context: Context, reminder: Reminder) -> None:
    sent = sent_around.find(context.tx, SentAroundId(reminder.object or 0))
    if sent is None or sent.taken_by is not None:
        return
    text = t("Nobody has taken hold of it yet: somebody is being sent from one to another. Please do it today.")
    button = notices.begin(t("Read and take hold"), "take_sent_around", sent=sent.id)
    notices.tell_ke(context, text, case=sent.case, buttons=[button], dedupe_key=reminder.key)
    remind(context, reminder.person, text, reminder, button, suffix="leader")


FIRE: Final[Fires] = {
    ReminderKind.STILL_NEEDED: _still_needed,
    ReminderKind.CLOSING_UNANSWERED: _unanswered,
    ReminderKind.ARCHIVE_LATE: _archive_late,
    ReminderKind.SENT_AROUND_LATE: _sent_around,
}
