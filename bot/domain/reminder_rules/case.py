"""Rules of a case on its way and of finding a coordinator, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.case`, `bot.domain.reminders.appointing`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, LEADER, PERSON, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.case import ANSWER_SOON_DAYS, TALK_NOTED_DAYS, TIMES_SILENT_DAYS
from bot.engine.texts import t

CANDIDATE: Final = t("whoever is asked to be the coordinator")
CLARIFY: Final = Setting("deadlines.clarifying_talk_working_days")
LEADER_ANSWERS: Final = Setting("deadlines.leader_answer_working_days")
CANDIDATE_ANSWERS: Final = Setting("deadlines.candidate_answer_working_days")

RULES: Final = (
    Rule(
        kind=ReminderKind.CLARIFY_SOON,
        what=t("No first talk is agreed"),
        to=(UNIT,),
        when=t("the working day before working day {days} after the application came", days=CLARIFY),
        until=t("the last day for the talk"),
        source="B12: Lund § 7.4; the days are ours",
    ),
    Rule(
        kind=ReminderKind.CLARIFY_LATE,
        what=t("The first talk is late"),
        to=(UNIT,),
        when=t("the day after working day {days}", days=CLARIFY),
        source="B12: Lund § 7.4; the days are ours",
    ),
    Rule(
        kind=ReminderKind.ANSWER_SOON,
        what=t("The application must be answered soon"),
        to=(UNIT,),
        when=t("{days} days before the day of the answer", days=ANSWER_SOON_DAYS),
        until=t("the day of the answer"),
        source="B11: forvaltningsloven § 11 a; Rana, KE og saksbehandling",
        settings=("deadlines.answer_months",),
    ),
    Rule(
        kind=ReminderKind.ANSWER_LATE,
        what=t("The answer to an application is late"),
        to=(UNIT,),
        when=t("the day after the day of the answer"),
        source="B11: forvaltningsloven § 11 a; Rana, KE og saksbehandling",
        settings=("deadlines.answer_months",),
    ),
    Rule(
        kind=ReminderKind.TIMES_SILENT,
        what=t("Nobody has chosen among the times for a talk"),
        to=(PERSON,),
        when=t("{days} days after the times were offered", days=TIMES_SILENT_DAYS),
        source="B12, D02: Lund §§ 7.4, 7.6; the days are ours",
    ),
    Rule(
        kind=ReminderKind.TALK_TOMORROW,
        what=t("There is a talk tomorrow"),
        to=(PERSON, COORDINATOR),
        when=t("the working day before the talk"),
        until=t("the talk begins"),
        source="D02: Lund § 7.6",
    ),
    Rule(
        kind=ReminderKind.TALK_NOTED,
        what=t("Nobody has noted whether a talk was held"),
        to=(COORDINATOR,),
        when=t("{days} day after the talk", days=TALK_NOTED_DAYS),
        source="D02: Lund § 7.6; the days are ours",
    ),
    Rule(
        kind=ReminderKind.LEADER_SILENT,
        what=t("A leader has not answered about a coordinator"),
        to=(LEADER,),
        when=t("working day {days} after the question", days=LEADER_ANSWERS),
        source="C03: Lund § 11.1",
    ),
    Rule(
        kind=ReminderKind.LEADER_STILL_SILENT,
        what=t("A leader has still not answered about a coordinator"),
        to=(UNIT,),
        when=t("the working day after working day {days}", days=LEADER_ANSWERS),
        source="C03: Lund § 11.1",
    ),
    Rule(
        kind=ReminderKind.CANDIDATE_SILENT,
        what=t("The one asked to be coordinator has not answered"),
        to=(CANDIDATE,),
        when=t("working day {days} after the question", days=CANDIDATE_ANSWERS),
        source="C20: Rana, Oppstart 1; the days are ours",
    ),
    Rule(
        kind=ReminderKind.CANDIDATE_STILL_SILENT,
        what=t("The one asked to be coordinator has still not answered"),
        to=(UNIT,),
        when=t("the working day after working day {days}", days=CANDIDATE_ANSWERS),
        source="C20: Rana, Oppstart 1; the days are ours",
    ),
    Rule(
        kind=ReminderKind.CONTACT_NUDGE,
        what=t("The coordinator has not been in touch yet"),
        to=(COORDINATOR,),
        when=t("{days} days after the coordinator said yes", days=Setting("deadlines.contact_nudge_day")),
        source="D01: Rana, Oppstart 4; Lund § 7.6",
    ),
    Rule(
        kind=ReminderKind.CONTACT_LATE,
        what=t("The coordinator's first contact is late"),
        to=(COORDINATOR, UNIT),
        when=t("{days} days after the coordinator said yes", days=Setting("deadlines.contact_days")),
        source="D01: Rana, Oppstart 4; Lund § 7.6",
    ),
    Rule(
        kind=ReminderKind.CONTACT_LEADER,
        what=t("The leader hears that nobody has been in touch"),
        to=(LEADER,),
        when=t("{days} days after the coordinator said yes", days=Setting("deadlines.leader_told_day")),
        source="D01: Rana, Oppstart 4; Lund § 7.6",
    ),
    Rule(
        kind=ReminderKind.GROUP_LONG,
        what=t("A group has lasted long, and there is no coordinator"),
        to=(UNIT, COORDINATOR),
        when=t("{months} months after somebody took on the group", months=Setting("deadlines.group_without_coordinator_months")),
        source="A09: Lund § 11.4",
    ),
)
