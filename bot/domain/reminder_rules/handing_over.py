"""Rules of a change of coordinator, of substitutes and of days on which nobody stands in, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.handing_over`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, LEADER, NOBODY, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.handing_over import OVERLAP_LATE_DAYS, WITHOUT_WORKING_DAYS
from bot.engine.texts import t

TURN: Final = t("whoever has the turn")
SUBSTITUTE: Final = t("the substitute")
SUBSTITUTE_ENDS: Final = t("the last day of the substitute")
TURN_DAYS: Final = (
    "deadlines.leader_answer_working_days",
    "deadlines.candidate_answer_working_days",
    "hand_over.wish_working_days",
    "deadlines.leaders_meeting_days",
)

RULES: Final = (
    Rule(
        kind=ReminderKind.CHANGE_SILENT,
        what=t("A change of coordinator waits for somebody"),
        to=(TURN,),
        when=t("when the time for that step is over"),
        source="N02–N09: Lund § 11.2",
        settings=TURN_DAYS,
    ),
    Rule(
        kind=ReminderKind.CHANGE_STILL_SILENT,
        what=t("A change of coordinator stands still"),
        to=(UNIT,),
        when=t("the working day after that"),
        source="N02–N09: Lund § 11.2",
        settings=TURN_DAYS,
    ),
    Rule(
        kind=ReminderKind.OVERLAP_ENDS,
        what=t("The time in which two coordinators work together is over"),
        to=(COORDINATOR,),
        when=t("the day after the last day together"),
        source="N12, N14: Herøy, Skifte; Rana, Overføring",
        settings=("hand_over.overlap_days",),
    ),
    Rule(
        kind=ReminderKind.OVERLAP_LATE,
        what=t("The new coordinator has not met the person"),
        to=(UNIT,),
        when=t("{days} days later", days=OVERLAP_LATE_DAYS),
        source="N14: Rana, Overføring; Ås, BTI",
        settings=("hand_over.overlap_days",),
    ),
    Rule(
        kind=ReminderKind.TOOL_ROLES,
        what=t("The roles in the planning tool are not changed"),
        to=(COORDINATOR,),
        when=t("three working days after the change"),
        source="N07: Lund § 11.2.6",
    ),
    Rule(
        kind=ReminderKind.SUBSTITUTE_SILENT,
        what=t("The one asked to stand in has not answered"),
        to=(SUBSTITUTE, t("whoever asked")),
        when=t("working day {days} after the question", days=Setting("deadlines.candidate_answer_working_days")),
        until=SUBSTITUTE_ENDS,
        source="N17: Ås, Bytte",
    ),
    Rule(
        kind=ReminderKind.SUBSTITUTE_BEGINS,
        what=t("A substitute begins"),
        to=(SUBSTITUTE,),
        when=t("on the first day"),
        until=SUBSTITUTE_ENDS,
        source="N17: Ås, Bytte",
    ),
    Rule(
        kind=ReminderKind.SUBSTITUTE_ENDS,
        what=t("The time of a substitute is over"),
        to=(SUBSTITUTE, COORDINATOR),
        when=t("when the last day is over"),
        source="N19: ours",
    ),
    Rule(
        kind=ReminderKind.SUBSTITUTE_LONG,
        what=t("A substitute has stood in for long"),
        to=(UNIT,),
        when=t("after {months} months", months=Setting("hand_over.substitute_months")),
        source="N19: ours",
    ),
    Rule(
        kind=ReminderKind.GAP_LEADER,
        what=t("Nobody stands in while the coordinator is away"),
        to=(LEADER,),
        when=t("the working day before"),
        until=t("the coordinator is back"),
        source="N18: Ås, Bytte",
    ),
    Rule(
        kind=ReminderKind.GAP_UNIT,
        what=t("The coordinator is away, and the case is with the unit"),
        to=(UNIT,),
        when=t("on the first day"),
        until=t("the coordinator is back"),
        source="N18, C18: Ås, Bytte; Lund §§ 2, 3",
    ),
    Rule(
        kind=ReminderKind.AWAY_OVER,
        what=t("The coordinator is back, and the unit's task ends"),
        to=(NOBODY,),
        when=t("the day after the last day away"),
        source="N18: Ås, Bytte",
    ),
    Rule(
        kind=ReminderKind.WITHOUT_COORDINATOR,
        what=t("A case has no coordinator, since theirs left"),
        to=(UNIT,),
        when=t("on these working days after that: {days}", days=WITHOUT_WORKING_DAYS),
        source="C18: Lund §§ 2, 3; Rana, Overføring",
    ),
)
