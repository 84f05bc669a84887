"""Rules of the time after the start-up, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.startup`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, LEADER, PERSON, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.startup import NEAR
from bot.engine.texts import t

RULES: Final = (
    Rule(
        kind=ReminderKind.INTRODUCE,
        what=t("Somebody around does not know who coordinates"),
        to=(COORDINATOR,),
        when=t("{days} days after they may know it", days=Setting("startup.introduce_days")),
        source="D10: Rana, Oppstart; the days are ours",
    ),
    Rule(
        kind=ReminderKind.QUIET_CASE,
        what=t("Nothing has happened in the case"),
        to=(COORDINATOR,),
        when=t("{days} days after the last thing that was done, or that is agreed", days=Setting("startup.quiet_days")),
        source="D17: Rana, Oppstart; the days are ours",
    ),
    Rule(
        kind=ReminderKind.QUIET_LEADER,
        what=t("Nothing has happened in the case, and nobody has answered"),
        to=(LEADER,),
        when=t("{days} days after the coordinator was asked", days=Setting("startup.quiet_leader_days")),
        source="D17: Rana, Oppstart; the days are ours",
        settings=("startup.quiet_days",),
    ),
    Rule(
        kind=ReminderKind.YOUR_PART,
        what=t("What the person does themself"),
        to=(PERSON,),
        when=t("each year; with the question whether coordination is needed, where that comes within {days} days", days=NEAR.days),
        source="D19: Rana, Hva forplikter bruker og pårørende seg til?; each year is ours",
        settings=("startup.yearly_part", "closing.ask_months"),
    ),
)
