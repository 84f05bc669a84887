"""The rule of a contact at the kindergarten or the school, as it is read.

Here: the line. Not here: what counts (`bot.domain.reminders.school`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, Rule
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.school import ASKED_AFTER_DAYS
from bot.engine.texts import t

RULES: Final = (
    Rule(
        kind=ReminderKind.SCHOOL_CONTACT,
        what=t("Nobody around a child comes from the kindergarten or the school"),
        to=(COORDINATOR,),
        when=t("{days} days after the coordinator took it on", days=ASKED_AFTER_DAYS),
        source="F17: Ringerike, KE og samarbeid; Lund § 6; the days are ours",
    ),
)
