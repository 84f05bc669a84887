"""Rules of nudges that nobody answers, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.nudging`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import LEADER, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.engine.texts import t

NUDGED: Final = t("whoever was nudged")
ANSWERED: Final = t("it is answered, or what it was about is done")

RULES: Final = (
    Rule(
        kind=ReminderKind.NUDGE_WARNED,
        what=t("The leader will be told that nobody answers"),
        to=(NUDGED,),
        when=t("{days} working days before the leader is told", days=Setting("nudges.warned_working_days")),
        until=ANSWERED,
        source="K05: Lund § 11.3; the days are ours",
        settings=("nudges.softer_in_july",),
    ),
    Rule(
        kind=ReminderKind.NUDGE_LEADER,
        what=t("The leader is told that nobody answers"),
        to=(LEADER,),
        when=t("working day {days} after the nudge, without July", days=Setting("nudges.leader_working_days")),
        until=ANSWERED,
        source="K05: Lund § 11.3; the days are ours",
        settings=("nudges.softer_in_july",),
    ),
    Rule(
        kind=ReminderKind.NUDGE_AGAIN,
        what=t("A reminder that was put off comes again"),
        to=(NUDGED,),
        when=t("on the day chosen"),
        until=ANSWERED,
        source="K05: Lund § 11.3",
        settings=("nudges.how_often",),
    ),
)
