"""Rules of gatherings of coordinators, and of asking them whether they need help, as they are read.

Here: the lines. Not here: what counts (`bot.domain.gatherings`).
"""

from typing import Final

from bot.domain.gatherings import NUDGE_DAYS
from bot.domain.reminder_rules.rule import UNIT, Rule
from bot.domain.reminders import ReminderKind
from bot.engine.texts import t

BEGINS: Final = t("the gathering begins")

RULES: Final = (
    Rule(
        kind=ReminderKind.GATHERING_ANSWER,
        what=t("Somebody has not answered about a gathering"),
        to=(t("those who have not answered"),),
        when=t("{days} days before the gathering", days=str(NUDGE_DAYS)),
        until=BEGINS,
        source="R03: Rana, Opplæring; the days are ours",
    ),
    Rule(
        kind=ReminderKind.GATHERING_TOMORROW,
        what=t("There is a gathering tomorrow"),
        to=(t("those who come"),),
        when=t("the day before the gathering"),
        until=BEGINS,
        source="R03: Rana, Opplæring",
    ),
    Rule(
        kind=ReminderKind.GATHERING_PLAN,
        what=t("Plan the gatherings of the year"),
        to=(UNIT,),
        when=t("in January and in August, until there are enough"),
        source="R03: Rana, Opplæring",
        settings=("meetings.gatherings_a_year",),
    ),
    Rule(
        kind=ReminderKind.HELP_MONTHLY,
        what=t("Do you need help with being a coordinator?"),
        to=(t("each coordinator at work"),),
        when=t("the first working day of each month"),
        source="R07: Ringerike, Utfordringer",
    ),
)
