"""Words that only staff see: states, sources, decisions, steps and tasks, each with one short label.

Here: labels. Not here: the labels citizens see too (`conversations.words`), sentences and questions. Guarantee: one thing has one name on
every desk.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.domain.cases import AssignmentState, CaseState, DecisionKind, ForWhom, LadderStep, Source, TalkState, TaskKind
from bot.engine.texts import Text, t

CASE_STATES: Final[Mapping[str, Text]] = {
    CaseState.RECEIVED: t("Received"),
    CaseState.CLARIFYING: t("Being talked through"),
    CaseState.APPOINTING: t("Needs a coordinator"),
    CaseState.ACTIVE: t("Has a coordinator"),
    CaseState.REFUSED: t("Refused"),
    CaseState.WITHDRAWN: t("Withdrawn"),
    CaseState.CLOSED: t("Closed"),
}

REPORTED_FOR: Final[Mapping[str, Text]] = {
    ForWhom.ME: t("The one who got in touch"),
    ForWhom.MY_CHILD: t("Their child"),
    ForWhom.EXPECTED_CHILD: t("A child they expect"),
    ForWhom.WARD: t("Someone they are guardian for"),
    ForWhom.RELATIVE: t("Someone close to them"),
    ForWhom.AT_WORK: t("Someone they meet at work"),
}

SOURCES: Final[Mapping[str, Text]] = {
    Source.CHAT: t("Through Samråd"),
    Source.PHONE: t("By phone"),
    Source.PAPER: t("On paper"),
    Source.VISIT: t("By a visit"),
    Source.DEPARTMENT: t("From a department"),
}

DECISIONS: Final[Mapping[str, Text]] = {
    DecisionKind.GRANT: t("Granted"),
    DecisionKind.PART: t("Granted in part"),
    DecisionKind.REFUSE: t("Refused"),
}

STEPS: Final[Mapping[str, Text]] = {
    LadderStep.WISH: t("1. The person's wish"),
    LadderStep.MOST_INVOLVED: t("2. The service most involved"),
    LadderStep.ASKED_DEPARTMENT: t("3. Ask a department"),
    LadderStep.OWN_DEPARTMENT: t("The department's own choice"),
}

ASSIGNMENTS: Final[Mapping[str, Text]] = {
    AssignmentState.LEADER_ASKED: t("The leader is asked"),
    AssignmentState.CANDIDATE_ASKED: t("The candidate is asked"),
    AssignmentState.ACCEPTED: t("Said yes"),
    AssignmentState.LEADER_REFUSED: t("The leader said no"),
    AssignmentState.DECLINED: t("Said no"),
    AssignmentState.RECALLED: t("Taken back"),
    AssignmentState.ENDED: t("Ended"),
}

TALK_STATES: Final[Mapping[str, Text]] = {
    TalkState.PROPOSED: t("Times are offered"),
    TalkState.BOOKED: t("A time is agreed"),
    TalkState.HELD: t("Held"),
    TalkState.CANCELLED: t("Cancelled"),
}

TASKS: Final[Mapping[str, Text]] = {
    TaskKind.CLARIFY: t("Book the first talk"),
    TaskKind.DECIDE: t("Decide"),
    TaskKind.CONFIRM_REFUSAL: t("Confirm a refusal"),
    TaskKind.APPOINT: t("Find a coordinator"),
    TaskKind.TOOL: t("Open the planning tool"),
    TaskKind.FORMAL_LETTER: t("Send the formal letter"),
    TaskKind.LEADER_SILENT: t("A leader has not answered"),
    TaskKind.CANDIDATE_SILENT: t("A candidate has not answered"),
    TaskKind.ANSWER_LATE: t("The answer is late"),
    TaskKind.CONTACT_LATE: t("The first contact is late"),
    TaskKind.NO_TIME: t("A coordinator has no time"),
    TaskKind.REACH_BY_PHONE: t("Reach someone by phone"),
    TaskKind.INQUIRY: t("Answer a message"),
    TaskKind.COPY_OF_DATA: t("Give a copy of what is stored"),
    TaskKind.CORRECT_DATA: t("Correct what is stored"),
    TaskKind.DELETE_DATA: t("Delete what is stored"),
    TaskKind.YEARLY_PARENTS: t("Go to the parents' meetings"),
    TaskKind.WEEKLY_SERVICES: t("Find those not yet asked"),
    TaskKind.WEEKLY_SOURCES: t("Check the directory"),
    TaskKind.TRAINING: t("Arrange training"),
    TaskKind.GROUP_OFFER: t("Offer a coordinator and a plan"),
    TaskKind.NOBODY_STANDS_IN: t("Nobody stands in for a coordinator"),
    TaskKind.CHANGE_COORDINATOR: t("Decide who is the next coordinator"),
    TaskKind.CHANGE_SILENT: t("A change of coordinator stands still"),
    TaskKind.CONSENT_JOURNAL: t("Register consent in the journal"),
    TaskKind.MEETING_LATE: t("Too long since the last meeting"),
    TaskKind.ARCHIVE: t("Archive a closed case"),
    TaskKind.HALTED: t("All messages are stopped"),
    TaskKind.SENT_AROUND: t("Somebody is being sent around"),
    TaskKind.CONSENT_ON_PAPER: t("Get consent signed on paper"),
    TaskKind.TOOL_TRAINING: t("Show somebody the planning tool"),
    TaskKind.OBJECTION: t("Pass on an objection to sharing"),
    TaskKind.WHO_DECIDES: t("Find out who decides"),
    TaskKind.SHIELD_ASKED: t("A child asks for privacy"),
    TaskKind.TURNS_16: t("A youth soon turns 16"),
    TaskKind.LIFTED: t("Something is lifted for the person"),
    TaskKind.COMPLAINT: t("Answer a complaint"),
    TaskKind.EVALUATION_LOW: t("Something is not good"),
    TaskKind.EVALUATION_CALL: t("Phone somebody about how it is going"),
    TaskKind.FOLLOW_UP: t("Nobody is in touch"),
    TaskKind.FEEDBACK: t("Somebody has something to say about a text"),
    TaskKind.CHILD_COORDINATOR_ENDS: t("A youth soon turns 18: who goes on?"),
    TaskKind.FOLLOW_UP_SERVICE: t("School is at risk"),
    TaskKind.GUIDANCE: t("Give a coordinator guidance"),
    TaskKind.COORDINATOR_HELP: t("Give a coordinator guidance"),
    TaskKind.PLAN_GATHERING: t("Plan a gathering"),
}


def offered(labels: Mapping[str, Text], *only: str) -> dict[str, Text]:
    """Labels as options of a question: all of them, or `only` these, in the order given."""
    return {str(value): labels[value] for value in only or labels}


def due_words(due: date, late: bool) -> Text:
    """When something is due, with a word where it is late."""
    return t("late, was due {day}", day=due) if late else t("due {day}", day=due)


def shortened(words: str, most: int = 300) -> str:
    """Somebody's own words, cut where a list or a button has no room for all of them."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
