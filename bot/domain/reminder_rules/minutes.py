"""Rules of minutes and of what was agreed, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.minutes`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import HOLDER, OWNER, WRITER, Rule
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.minutes import (
    CALL_LEAD_DAYS,
    JOURNAL_DAYS,
    NO_NEXT_DAYS,
    NO_NEXT_TIMES,
    SOON_WORKING_DAYS,
    STILL_AT_TABLE_HOURS,
    WRITE_DAYS,
)
from bot.engine.texts import t

RULES: Final = (
    Rule(
        kind=ReminderKind.MINUTES_BEGIN,
        what=t("The meeting begins: here is the run-sheet"),
        to=(t("whoever leads"), WRITER),
        when=t("when the meeting begins"),
        until=t("{hours} hours after the meeting", hours=STILL_AT_TABLE_HOURS),
        source="I01: Herøy, IP-møte; Rana",
    ),
    Rule(
        kind=ReminderKind.MINUTES_WRITE,
        what=t("The minutes are not sent"),
        to=(WRITER,),
        when=t("{days} days after the meeting", days=WRITE_DAYS),
        source="I04, I06: Lund § 11.4; the days are ours",
    ),
    Rule(
        kind=ReminderKind.MINUTES_LATE,
        what=t("The coordinator hears that the minutes are late"),
        to=(HOLDER,),
        when=t("{days} days after the meeting", days=max(WRITE_DAYS)),
        source="I06: Lund § 11.4; the days are ours",
    ),
    Rule(
        kind=ReminderKind.MINUTES_JOURNAL,
        what=t("Note the meeting in your own journal"),
        to=(t("professionals who were there"),),
        when=t("{days} days after the meeting", days=JOURNAL_DAYS),
        until=t("a week later"),
        source="I10: Lund § 11.4",
    ),
    Rule(
        kind=ReminderKind.MINUTES_NEXT,
        what=t("Call the meeting that was agreed"),
        to=(HOLDER,),
        when=t("{days} days before the last day for the invitation", days=CALL_LEAD_DAYS),
        until=t("the day agreed"),
        source="G12: Lund § 11.4, Hyppighet",
        settings=("meetings.notice_days",),
    ),
    Rule(
        kind=ReminderKind.MINUTES_NO_NEXT,
        what=t("There is no date for the next meeting"),
        to=(HOLDER,),
        when=t("every {days} days, up to {times} times", days=NO_NEXT_DAYS, times=NO_NEXT_TIMES),
        until=t("the next time"),
        source="G12, D08: Lund § 11.4, Hyppighet; Ås",
    ),
    Rule(
        kind=ReminderKind.TASK_SOON,
        what=t("Something you agreed to do is due soon"),
        to=(OWNER,),
        when=t("{days} working days before the day agreed", days=SOON_WORKING_DAYS),
        until=t("the day agreed"),
        source="I12, F10: Lund §§ 8, 11.4; Rana, Ansvarsgruppe",
    ),
)
