"""Rules of evaluation, of complaints and of the question on Fridays, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.evaluation`, `complaint`, `look_back`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, PERSON, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.complaint import SOON_WORKING_DAYS
from bot.domain.reminders.evaluation import AFTER_MEETING_DAYS, ASKED_FOR_DAYS
from bot.engine.texts import t

HANDLER: Final = t("whoever has the complaint, never the one it is about")
COMPLAINT_DAYS: Final = ("evaluation.complaint_working_days",)

RULES: Final = (
    Rule(
        kind=ReminderKind.EVALUATION_NO_DATE,
        what=t("No day is agreed for the next evaluation"),
        to=(COORDINATOR, UNIT),
        when=t("{days} days without an agreed day; the unit after twice as long", days=Setting("evaluation.without_date_days")),
        source="L02: Herøy, Evaluering; Rana, Oppfølging; the days are ours",
    ),
    Rule(
        kind=ReminderKind.EVALUATION_SOON,
        what=t("The agreed evaluation is soon"),
        to=(COORDINATOR, PERSON),
        when=t("{days} days before the agreed day", days=Setting("evaluation.nudge_days")),
        until=t("the agreed day"),
        source="L02: Herøy, Evaluering; the days are ours",
    ),
    Rule(
        kind=ReminderKind.EVALUATION_DAY,
        what=t("The day to look back has come"),
        to=(PERSON,),
        when=t("the agreed day, where nobody has answered yet"),
        until=t("{days} days later", days=ASKED_FOR_DAYS),
        source="L01, L02: Herøy, Evaluering",
        settings=("evaluation.nudge_days",),
    ),
    Rule(
        kind=ReminderKind.EVALUATION_MEETING,
        what=t("How is it going, after a meeting of the group"),
        to=(PERSON,),
        when=t("the day after the meeting, where the municipality wants that"),
        until=t("{days} days later", days=AFTER_MEETING_DAYS),
        source="L03: Lund §§ 7.12, 8",
        settings=("evaluation.after_each_meeting",),
    ),
    Rule(
        kind=ReminderKind.FOLLOW_UP,
        what=t("Has anybody been in touch, and what happens next"),
        to=(PERSON,),
        when=t("{days} days after the coordinator said yes", days=Setting("evaluation.follow_up_days")),
        until=t("{days} days later", days=ASKED_FOR_DAYS),
        source="D17, K18: ours",
    ),
    Rule(
        kind=ReminderKind.COMPLAINT_SOON,
        what=t("A complaint waits for an answer"),
        to=(HANDLER,),
        when=t("{days} working days before the day of the answer", days=SOON_WORKING_DAYS),
        until=t("the day of the answer"),
        source="O03: Rana, Klage på koordinator; the days are ours",
        settings=COMPLAINT_DAYS,
    ),
    Rule(
        kind=ReminderKind.COMPLAINT_LATE,
        what=t("A complaint was not answered in time; a leader's goes to the unit"),
        to=(HANDLER, PERSON),
        when=t("the working day after the day of the answer"),
        source="O03: Rana, Klage på koordinator",
        settings=COMPLAINT_DAYS,
    ),
    Rule(
        kind=ReminderKind.LOOK_BACK,
        what=t("A few minutes to look back"),
        to=(COORDINATOR,),
        when=t("Fridays at 13, for whoever has asked for it"),
        until=t("the same evening"),
        source="O04: Rana, Etiske dilemmaer",
    ),
)
