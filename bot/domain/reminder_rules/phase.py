"""Rules of a life phase and the changes in it, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.phase`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import HOLDER, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.phase import DROP_OUT_UNIT_WORKING_DAYS, DROP_OUT_WORKING_DAYS, PASSED_ON_DAYS
from bot.engine.texts import t

DAYS: Final = t("the day of the change")
CHANGE_SETTINGS: Final = ("phases.school_month", "phases.school_day")

RULES: Final = (
    Rule(
        kind=ReminderKind.PHASE_LIST,
        what=t("The list of the life phase has not been gone through"),
        to=(HOLDER,),
        when=t("{days} days after the coordinator took over, or the phase began", days=Setting("phases.list_days")),
        source="M10–M44: Herøy, Koordinator for barn, for ungdom, for vaksne og eldre; the days are ours",
        settings=("phases.youth_from_age", "phases.adult_from_age", "phases.elderly_from_age"),
    ),
    Rule(
        kind=ReminderKind.PHASE_LATER,
        what=t("Something on the list was to be taken up again"),
        to=(HOLDER,),
        when=t("on the day that was chosen"),
        source="M10–M44: Herøy, Koordinator for barn, for ungdom, for vaksne og eldre",
    ),
    Rule(
        kind=ReminderKind.PHASE_OUTLOOK,
        what=t("What matters now and later is to be talked about"),
        to=(HOLDER,),
        when=t("{months} months after the last time", months=Setting("phases.outlook_months")),
        source="M01: Herøy, Livsfaser; the months are ours",
    ),
    Rule(
        kind=ReminderKind.TRANSITION,
        what=t("A change in life is coming"),
        to=(HOLDER,),
        when=t(
            "{months} months before; a home from {home} years, work after school from {work}, guardianship {guardian} months before 18",
            months=Setting("phases.transition_months"),
            home=Setting("phases.home_from_age"),
            work=Setting("phases.work_from_age"),
            guardian=Setting("phases.guardianship_months"),
        ),
        until=DAYS,
        source="M02, M14, M22, M26, M28, M29: Herøy, Koordinator for barn, for ungdom; the months and ages are ours",
        settings=CHANGE_SETTINGS,
    ),
    Rule(
        kind=ReminderKind.TRANSITION_UNIT,
        what=t("A change in life is coming"),
        to=(UNIT,),
        when=t("{months} months before", months=Setting("phases.unit_months")),
        until=DAYS,
        source="M03: Ås, Oppgaver; the months are ours",
        settings=CHANGE_SETTINGS,
    ),
    Rule(
        kind=ReminderKind.CHILD_COORDINATOR,
        what=t("The children's coordinator ends at 18"),
        to=(UNIT,),
        when=t("{days} days before", days=Setting("phases.child_coordinator_days")),
        until=DAYS,
        source="M05: Ringerike, Barnekoordinator; the days are ours",
    ),
    Rule(
        kind=ReminderKind.PASSED_ON,
        what=t("Nobody has said that everything is passed on at a change"),
        to=(HOLDER,),
        when=t("{before} days before and {after} days after", before=-PASSED_ON_DAYS[0], after=PASSED_ON_DAYS[1]),
        source="M02, M15, M30, M44: Herøy, Livsfaser; the days are ours",
    ),
    Rule(
        kind=ReminderKind.DROP_OUT,
        what=t("School is at risk, and the follow-up service is not contacted"),
        to=(HOLDER,),
        when=t("on working days {first} and {second} after it was said", first=DROP_OUT_WORKING_DAYS[0], second=DROP_OUT_WORKING_DAYS[1]),
        source="M27: Herøy, Koordinator for ungdom; the days are ours",
    ),
    Rule(
        kind=ReminderKind.DROP_OUT_UNIT,
        what=t("School is at risk, and the follow-up service is not contacted"),
        to=(UNIT,),
        when=t("on working day {days} after it was said", days=DROP_OUT_UNIT_WORKING_DAYS),
        source="M27: Herøy, Koordinator for ungdom; the days are ours",
    ),
)
