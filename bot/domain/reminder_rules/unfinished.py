"""Rules of what was begun and left, of messages nobody has read, and of the unit's own tasks, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.unfinished`, `bot.domain.recurring`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import APPLICANT, NOBODY, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.unfinished import NOTICE_UNREAD_WORKING_DAYS, SESSION_EXPIRES_DAYS
from bot.engine.texts import t

DAYS: Final = Setting("application.unfinished_reminder_days")

RULES: Final = (
    Rule(
        kind=ReminderKind.UNFINISHED,
        what=t("An application is half way"),
        to=(APPLICANT,),
        when=t("after {days} days without an answer, the last of them left out", days=DAYS),
        source="B14: ours; A03: Ringerike, Lovgrunnlaget",
        settings=("deadlines.report_draft_nudge_days",),
    ),
    Rule(
        kind=ReminderKind.KEEP_OR_DELETE,
        what=t("Keep or delete what was begun?"),
        to=(APPLICANT,),
        when=t("on the last of these days: {days}", days=DAYS),
        source="B14: ours",
    ),
    Rule(
        kind=ReminderKind.UNFINISHED_DELETED,
        what=t("What was begun is deleted"),
        to=(NOBODY,),
        when=t(
            "after {days} days, or {kept} days where the person keeps it",
            days=Setting("application.keep_days"),
            kept=Setting("application.kept_days"),
        ),
        source="B14: ours",
    ),
    Rule(
        kind=ReminderKind.SESSION_EXPIRES,
        what=t("A talk left half way ends"),
        to=(NOBODY,),
        when=t("after {days} days without an answer", days=SESSION_EXPIRES_DAYS),
        source="ours: nothing lies about longer than it is needed",
    ),
    Rule(
        kind=ReminderKind.NOTICE_UNREAD,
        what=t("Nobody has read an important message"),
        to=(UNIT,),
        when=t("{days} working days after it was sent", days=NOTICE_UNREAD_WORKING_DAYS),
        source="H08: ours, so that nobody is left untold",
    ),
    Rule(
        kind=ReminderKind.RECURRING,
        what=t("The unit's own tasks through the year"),
        to=(UNIT,),
        when=t("on the days that the municipality has set"),
        source="A15, C17: Ringerike, KE og samarbeid",
        settings=("recurring",),
    ),
)
