"""Rules of meetings and groups, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.meeting`, `bot.domain.reminders.group`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import HOLDER, INVITED, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.group import CHAIR_DAYS, EVALUATE_DAYS, FIRST_MEETING_DAYS
from bot.domain.reminders.meeting import BETWEEN_DAYS, LAST_ANSWER_DAYS, NOT_CALLED_DAYS, WARNED_WEEKS, WEEK_DAYS, WHO_COMES_WORKING_DAYS
from bot.engine.texts import t

BEGINS: Final = t("the meeting begins")
NUDGED: Final = Setting("meetings.answer_nudge_days")

RULES: Final = (
    Rule(
        kind=ReminderKind.MEETING_NOT_CALLED,
        what=t("The invitation to a meeting has not gone out"),
        to=(HOLDER,),
        when=t("{days} days before the meeting, where that is in time", days=NOT_CALLED_DAYS),
        until=t("the last day for the invitation"),
        source="G01: Lund § 11.4, Innkalling og referat",
        settings=("meetings.notice_days",),
    ),
    Rule(
        kind=ReminderKind.MEETING_VOTE,
        what=t("Somebody has not chosen among the times of a meeting"),
        to=(INVITED,),
        when=t("{days} days after the times were offered", days=NUDGED),
        until=t("the first of the times"),
        source="G21, H02: ours",
    ),
    Rule(
        kind=ReminderKind.MEETING_ANSWER,
        what=t("Somebody has not answered an invitation"),
        to=(INVITED,),
        when=t("{days} days after the invitation, and {before} days before the meeting", days=NUDGED, before=LAST_ANSWER_DAYS),
        until=BEGINS,
        source="H02: ours",
    ),
    Rule(
        kind=ReminderKind.MEETING_WEEK,
        what=t("There is a meeting next week"),
        to=(INVITED,),
        when=t("{days} days before the meeting", days=WEEK_DAYS),
        until=t("three days before the meeting"),
        source="H06: ours",
    ),
    Rule(
        kind=ReminderKind.MEETING_TOMORROW,
        what=t("There is a meeting tomorrow"),
        to=(INVITED,),
        when=t("the working day before the meeting"),
        until=BEGINS,
        source="H06: ours",
    ),
    Rule(
        kind=ReminderKind.MEETING_WHO_COMES,
        what=t("Who comes to the meeting, and who is missing"),
        to=(HOLDER,),
        when=t("{days} working days before the meeting", days=WHO_COMES_WORKING_DAYS),
        until=BEGINS,
        source="H03: ours",
    ),
    Rule(
        kind=ReminderKind.MEETING_BETWEEN,
        what=t("Meet the person after a meeting they did not sit in"),
        to=(t("the two who met the person before"),),
        when=t("{days} days after the meeting", days=BETWEEN_DAYS),
        source="J02: Lund § 11.4, Alternativ organisering",
    ),
    Rule(
        kind=ReminderKind.MEETING_DUE,
        what=t("It is time to call a meeting"),
        to=(HOLDER,),
        when=t("{weeks} weeks before it has been too long since the last", weeks=WARNED_WEEKS),
        until=t("the last day for a meeting"),
        source="G09: Ås, Møtefrekvens; Lund § 11.4, Hyppighet",
        settings=("meetings.a_year_at_least",),
    ),
    Rule(
        kind=ReminderKind.MEETING_OVERDUE,
        what=t("It is too long since the last meeting"),
        to=(HOLDER,),
        when=t("the day after the last day for a meeting"),
        source="G09: Ås, Møtefrekvens; Lund § 11.4, Hyppighet",
        settings=("meetings.a_year_at_least",),
    ),
    Rule(
        kind=ReminderKind.GROUP_FIRST,
        what=t("A group has not met yet"),
        to=(HOLDER,),
        when=t("{days} days after the group began", days=FIRST_MEETING_DAYS),
        source="F02: Lund § 11.4, Opprettelse",
    ),
    Rule(
        kind=ReminderKind.GROUP_CHAIR,
        what=t("The time of whoever leads the group ends soon"),
        to=(HOLDER, t("whoever leads the group")),
        when=t("{days} days before the last day", days=str(CHAIR_DAYS)),
        until=t("the last day"),
        source="F03: Lund § 11.4, Ledelse",
    ),
    Rule(
        kind=ReminderKind.GROUP_CHAIR_OVER,
        what=t("Nobody leads the group"),
        to=(HOLDER,),
        when=t("the day after the last day"),
        source="F03: Lund § 11.4, Ledelse",
    ),
    Rule(
        kind=ReminderKind.GROUP_EVALUATE,
        what=t("Look at the work of a group together"),
        to=(HOLDER,),
        when=t("{days} days before the last day", days=str(EVALUATE_DAYS)),
        until=t("the last day"),
        source="F09, L08: Lund § 11.4",
    ),
    Rule(
        kind=ReminderKind.GROUP_OVER,
        what=t("The time set for a group is over"),
        to=(HOLDER,),
        when=t("the day after the last day"),
        source="F09: Lund § 11.4",
    ),
)
