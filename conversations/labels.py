"""The words for a case's facts, the same wherever they are shown or offered.

Here: one label for each value of the domain's lists. Not here: sentences and questions (each conversation has its own). Guarantee: one
thing has one name, for citizens and staff alike.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.domain.cases import (
    AgeGroup,
    AssignmentState,
    CaseState,
    DecisionKind,
    LadderStep,
    Place,
    Source,
    TalkKind,
    TalkState,
    TaskKind,
    Wanted,
)
from bot.engine.texts import Text, t

Value = TypeVar("Value", bound=StrEnum)

WANTED: Mapping[Wanted, Text] = {
    Wanted.COORDINATOR: t("A coordinator"),
    Wanted.PLAN: t("An individual plan"),
    Wanted.BOTH: t("A coordinator and a plan"),
    Wanted.GROUP: t("A responsibility group"),
    Wanted.UNSURE: t("Not sure yet"),
    Wanted.CONTACT: t("To be contacted"),
}

AGE_GROUP: Mapping[AgeGroup, Text] = {
    AgeGroup.UNBORN: t("Not born yet"),
    AgeGroup.UNDER_16: t("Under 16"),
    AgeGroup.FROM_16: t("16 or 17"),
    AgeGroup.ADULT: t("18 or older"),
    AgeGroup.ELDERLY: t("An older adult"),
    AgeGroup.UNKNOWN: t("I don't know"),
}

PLACE: Mapping[Place, Text] = {
    Place.HOME: t("At home"),
    Place.OFFICE: t("At our office"),
    Place.PHONE: t("By phone"),
    Place.VIDEO: t("By video"),
    Place.OTHER: t("Somewhere else"),
}

CASE_STATE: Mapping[CaseState, Text] = {
    CaseState.RECEIVED: t("Received"),
    CaseState.CLARIFYING: t("We talk it through"),
    CaseState.APPOINTING: t("We look for a coordinator"),
    CaseState.ACTIVE: t("Has a coordinator"),
    CaseState.REFUSED: t("Refused"),
    CaseState.WITHDRAWN: t("Withdrawn"),
    CaseState.CLOSED: t("Closed"),
}

SOURCE: Mapping[Source, Text] = {
    Source.CHAT: t("In the chat"),
    Source.PHONE: t("By phone"),
    Source.PAPER: t("On paper"),
    Source.VISIT: t("By a visit"),
    Source.DEPARTMENT: t("From a department"),
}

DECISION: Mapping[DecisionKind, Text] = {
    DecisionKind.GRANT: t("Granted"),
    DecisionKind.PART: t("Granted in part"),
    DecisionKind.REFUSE: t("Refused"),
}

STEP: Mapping[LadderStep, Text] = {
    LadderStep.WISH: t("The person's wish"),
    LadderStep.MOST_INVOLVED: t("The service most involved"),
    LadderStep.ASKED_DEPARTMENT: t("Ask a department"),
    LadderStep.OWN_DEPARTMENT: t("The department's own choice"),
}

ASSIGNMENT: Mapping[AssignmentState, Text] = {
    AssignmentState.LEADER_ASKED: t("The leader is asked"),
    AssignmentState.CANDIDATE_ASKED: t("The candidate is asked"),
    AssignmentState.ACCEPTED: t("Said yes"),
    AssignmentState.LEADER_REFUSED: t("The leader said no"),
    AssignmentState.DECLINED: t("Said no"),
    AssignmentState.RECALLED: t("Taken back"),
    AssignmentState.ENDED: t("Ended"),
}

TALK: Mapping[TalkKind, Text] = {
    TalkKind.CLARIFYING: t("The first talk with us"),
    TalkKind.STARTUP: t("The start-up talk"),
}

TALK_STATE: Mapping[TalkState, Text] = {
    TalkState.PROPOSED: t("Times are offered"),
    TalkState.BOOKED: t("A time is agreed"),
    TalkState.HELD: t("Held"),
    TalkState.CANCELLED: t("Cancelled"),
}

TASK: Mapping[TaskKind, Text] = {
    TaskKind.CLARIFY: t("Book the first talk"),
    TaskKind.DECIDE: t("Decide"),
    TaskKind.CONFIRM_REFUSAL: t("Confirm a refusal"),
    TaskKind.APPOINT: t("Find a coordinator"),
    TaskKind.TOOL: t("Open the planning tool"),
    TaskKind.FORMAL_LETTER: t("Send the formal letter"),
    TaskKind.LEADER_SILENT: t("A leader has not answered"),
    TaskKind.CANDIDATE_SILENT: t("A candidate has not answered"),
    TaskKind.ANSWER_LATE: t("The answer is late"),
    TaskKind.CONTACT_LATE: t("First contact is late"),
    TaskKind.NO_TIME: t("A coordinator has no time"),
    TaskKind.REACH_BY_PHONE: t("Reach someone by phone"),
    TaskKind.INQUIRY: t("Answer a message"),
    TaskKind.YEARLY_PARENTS: t("Visit the parents' meetings"),
    TaskKind.WEEKLY_SERVICES: t("Look for people not asked yet"),
    TaskKind.TRAINING: t("Arrange training"),
}

LONG_LASTING: Mapping[str, Text] = {"yes": t("Yes"), "no": t("No"), "unsure": t("I don't know")}

REACH: Mapping[str, Text] = {
    "chat": t("Here in the chat"),
    "phone": t("By phone"),
    "letter": t("By letter"),
    "visit": t("By a visit"),
}


def offered(labels: Mapping[Value, Text], *only: Value) -> dict[str, Text]:
    """Labels as options of a question: all of them, or `only` these, in the order given."""
    return {value.value: labels[value] for value in only or labels}


def late_mark(due: date, late: bool) -> Text:
    """When something is due, with a word where it is late."""
    return t("late, due {day}", day=due) if late else t("due {day}", day=due)


def shortened(words: str, most: int = 300) -> str:
    """A person's own words, cut where a list or a button has no room for all of them."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
