"""Rules of the plan and of the ladder for what is late, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.plan`, `bot.domain.reminders.minutes`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, HOLDER, LEADER, OWNER, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.plan import SOON_DAYS
from bot.engine.texts import t

PROGRESS: Final = "K05, K06, T11: Lund § 11.3 refers to a procedure that is not in the handbook; the days are ours"

RULES: Final = (
    Rule(
        kind=ReminderKind.TASK_LATE,
        what=t("Something you agreed to do is late"),
        to=(OWNER,),
        when=t("{days} days after the day agreed, at the earliest the morning after", days=Setting("progress.owner_day")),
        source=PROGRESS,
    ),
    Rule(
        kind=ReminderKind.TASK_AGAIN,
        what=t("Something you agreed to do is still late, and who is told next"),
        to=(OWNER,),
        when=t("{days} days after the day agreed", days=Setting("progress.again_day")),
        source=f"{PROGRESS}; S06: Ringerike",
    ),
    Rule(
        kind=ReminderKind.TASK_LEADER,
        what=t("The leader of whoever has the task is asked to find time"),
        to=(LEADER,),
        when=t("{days} days after the day agreed", days=Setting("progress.leader_day")),
        source=PROGRESS,
    ),
    Rule(
        kind=ReminderKind.TASK_STILL_LATE,
        what=t("The coordinator asks how it goes"),
        to=(COORDINATOR,),
        when=t("{days} days after the day agreed", days=Setting("progress.leader_day")),
        source=PROGRESS,
    ),
    Rule(
        kind=ReminderKind.TASK_UNIT,
        what=t("The unit hears that something agreed is late"),
        to=(UNIT,),
        when=t("{days} days after the day agreed", days=Setting("progress.unit_day")),
        source=PROGRESS,
    ),
    Rule(
        kind=ReminderKind.PLAN_UP_TO_DATE,
        what=t("Goals and measures are brought up to date before a meeting"),
        to=(OWNER,),
        when=t("{days} days before the meeting", days=Setting("progress.before_meeting_days")),
        until=t("the meeting begins"),
        source="K03: Ås; Herøy, IP-møte",
    ),
    Rule(
        kind=ReminderKind.PROMISE_SOON,
        what=t("The person waits for an answer"),
        to=(HOLDER,),
        when=t("{days} day before the day promised", days=SOON_DAYS),
        until=t("the day promised"),
        source="K18: Rana, Samarbeid",
        settings=("progress.promise_days",),
    ),
    Rule(
        kind=ReminderKind.PROMISE_LATE,
        what=t("A promised answer is late: the person is told too"),
        to=(HOLDER,),
        when=t("the day after the day promised"),
        source="K18: Rana, Samarbeid",
        settings=("progress.promise_days",),
    ),
    Rule(
        kind=ReminderKind.OWN_LOOK,
        what=t("The coordinator looks at the own work: four questions"),
        to=(COORDINATOR,),
        when=t("{days} days after the last look", days=Setting("progress.own_look_days")),
        source="K10: Rana, Oppfølging",
    ),
)
