"""A case: from the first word to an appointed coordinator, and on.

Here: the words for a case and what follows from its state. Not here: who may do what (`bot.domain.access`), when something is late
(`bot.domain.reminders`), SQL. Guarantee: a case moves only along the steps listed here.
"""

from enum import StrEnum
from typing import Final


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    CLARIFYING = "clarifying"
    APPOINTING = "appointing"
    ACTIVE = "active"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


LIVING: Final = frozenset({CaseState.RECEIVED, CaseState.CLARIFYING, CaseState.APPOINTING, CaseState.ACTIVE})
"""A living case is never alone: it has an accepting coordinator, a substitute, or an open task at KE (Lund §§ 2, 3)."""

BEFORE_DECISION: Final = frozenset({CaseState.RECEIVED, CaseState.CLARIFYING})

STEPS: Final = {
    CaseState.RECEIVED: frozenset({CaseState.CLARIFYING, CaseState.APPOINTING, CaseState.REFUSED, CaseState.WITHDRAWN}),
    CaseState.CLARIFYING: frozenset({CaseState.APPOINTING, CaseState.REFUSED, CaseState.WITHDRAWN}),
    CaseState.APPOINTING: frozenset({CaseState.ACTIVE, CaseState.WITHDRAWN, CaseState.CLOSED}),
    CaseState.ACTIVE: frozenset({CaseState.APPOINTING, CaseState.WITHDRAWN, CaseState.CLOSED}),
    CaseState.REFUSED: frozenset({CaseState.CLARIFYING}),
    CaseState.WITHDRAWN: frozenset({CaseState.RECEIVED}),
    CaseState.CLOSED: frozenset({CaseState.RECEIVED}),
}


class ForWhom(StrEnum):
    """Who the need is about, seen from the one who reports it (Rana, KE og saksbehandling; Ringerike, Koordinator skal)."""

    ME = "me"
    MY_CHILD = "my_child"
    EXPECTED_CHILD = "expected_child"
    WARD = "ward"
    RELATIVE = "relative"
    AT_WORK = "at_work"


class AgeGroup(StrEnum):
    """Herøy's and Ringerike's four phases, the children's split where rights change. Never a diagnosis."""

    UNBORN = "unborn"
    UNDER_16 = "under_16"
    FROM_16 = "16_17"
    ADULT = "adult"
    ELDERLY = "elderly"
    UNKNOWN = "unknown"


CHILD: Final = frozenset({AgeGroup.UNBORN, AgeGroup.UNDER_16, AgeGroup.FROM_16})


def is_child(age_group: AgeGroup) -> bool:
    """Under 18, also before birth: the children's coordinator's path (hol § 7-2 a)."""
    return age_group in CHILD


class Wanted(StrEnum):
    """What is asked for. Coordinator and plan are two questions (Ringerike, Lovgrunnlaget; Ås, hol § 7-2)."""

    COORDINATOR = "coordinator"
    PLAN = "plan"
    BOTH = "both"
    GROUP = "group"
    UNSURE = "unsure"
    CONTACT = "contact"


class Source(StrEnum):
    """How a case came in. All are equal (Rana, For mer informasjon)."""

    CHAT = "chat"
    PHONE = "phone"
    PAPER = "paper"
    VISIT = "visit"
    DEPARTMENT = "department"


class DecisionKind(StrEnum):
    """What KE decided. A named person decides, never the bot."""

    GRANT = "grant"
    PART = "part"
    REFUSE = "refuse"


class DecisionState(StrEnum):
    """A refusal is only proposed until a second person has confirmed it."""

    PROPOSED = "proposed"
    FINAL = "final"
    RETURNED = "returned"


class AssignmentState(StrEnum):
    """How far the search for a coordinator has come with one candidate."""

    LEADER_ASKED = "leader_asked"
    CANDIDATE_ASKED = "candidate_asked"
    ACCEPTED = "accepted"
    LEADER_REFUSED = "leader_refused"
    DECLINED = "declined"
    RECALLED = "recalled"
    ENDED = "ended"


OPEN_ASSIGNMENT: Final = frozenset({AssignmentState.LEADER_ASKED, AssignmentState.CANDIDATE_ASKED})


class LadderStep(StrEnum):
    """Lund § 11.1: the person's wish, the service most involved, a department that KE asks. `DEPARTMENT` is Rana's own way (B16)."""

    WISH = "wish"
    MOST_INVOLVED = "most_involved"
    ASKED_DEPARTMENT = "asked_department"
    OWN_DEPARTMENT = "own_department"


class TalkKind(StrEnum):
    """The clarifying talk is KE's (Lund § 7.4); the start-up talk is the coordinator's (Lund § 7.6)."""

    CLARIFYING = "clarifying"
    STARTUP = "startup"


class TalkState(StrEnum):
    """How far a talk has come."""

    PROPOSED = "proposed"
    BOOKED = "booked"
    HELD = "held"
    CANCELLED = "cancelled"


class Place(StrEnum):
    """Where a talk takes place; the recipient chooses (Rana, Oppstart 4)."""

    HOME = "home"
    OFFICE = "office"
    PHONE = "phone"
    VIDEO = "video"
    OTHER = "other"


class TaskKind(StrEnum):
    """What KE can have to do. While one is open, KE holds the case."""

    CLARIFY = "clarify"
    DECIDE = "decide"
    CONFIRM_REFUSAL = "confirm_refusal"
    APPOINT = "appoint"
    TOOL = "tool"
    FORMAL_LETTER = "formal_letter"
    LEADER_SILENT = "leader_silent"
    CANDIDATE_SILENT = "candidate_silent"
    ANSWER_LATE = "answer_late"
    CONTACT_LATE = "contact_late"
    NO_TIME = "no_time"
    REACH_BY_PHONE = "reach_by_phone"
    INQUIRY = "inquiry"
    COPY_OF_DATA = "copy_of_data"
    CORRECT_DATA = "correct_data"
    DELETE_DATA = "delete_data"
    YEARLY_PARENTS = "yearly_parents"
    WEEKLY_SERVICES = "weekly_services"
    WEEKLY_SOURCES = "weekly_sources"
    TRAINING = "training"
    GROUP_OFFER = "group_offer"
    CONSENT_JOURNAL = "consent_journal"
    MEETING_LATE = "meeting_late"
    ARCHIVE = "archive"
    HALTED = "halted"
    SENT_AROUND = "sent_around"
    CONSENT_ON_PAPER = "consent_on_paper"
    TOOL_TRAINING = "tool_training"
    OBJECTION = "objection"
    WHO_DECIDES = "who_decides"
    SHIELD_ASKED = "shield_asked"
    TURNS_16 = "turns_16"
    NOBODY_STANDS_IN = "nobody_stands_in"
    CHANGE_COORDINATOR = "change_coordinator"
    CHANGE_SILENT = "change_silent"
    GUIDANCE = "guidance"
    LIFTED = "lifted"
    CHILD_COORDINATOR_ENDS = "child_coordinator_ends"
    FOLLOW_UP_SERVICE = "follow_up_service"
    COMPLAINT = "complaint"
    EVALUATION_LOW = "evaluation_low"
    EVALUATION_CALL = "evaluation_call"
    FOLLOW_UP = "follow_up"
    FEEDBACK = "feedback"
    COORDINATOR_HELP = "coordinator_help"
    PLAN_GATHERING = "plan_gathering"


GUIDANCE_ASKED: Final = frozenset({TaskKind.GUIDANCE, TaskKind.LIFTED, TaskKind.COORDINATOR_HELP})
"""Somebody who coordinates waits for guidance: about a case, or about none."""
UNIT_ALONE: Final = frozenset({TaskKind.EVALUATION_LOW, TaskKind.EVALUATION_CALL, TaskKind.FOLLOW_UP})
"""What the person said to the unit, and not to whoever coordinates: not shown to anybody of the unit who coordinates the case (L04)."""


def initials(name: str) -> str:
    """A person's initials, the short name in every list (Herøy, Framdrift: koordinator). At most four letters."""
    parts = [part for part in name.replace("-", " ").replace(".", " ").split() if part[:1].isalpha()]
    if len(parts) == 1 and parts[0].isupper() and 1 < len(parts[0]) <= 4:
        return parts[0]  # initials already, as people are told they may write
    return "".join(part[0].upper() for part in parts)[:4] or "NN"  # the usual sign for a name that is not told
