"""Who may do what, to which case.

Here: one table and one pure function; what is not in the table is not allowed. Not here: how a person came to a role (stored facts).
Guarantee: rights are asked for here when an action takes effect, never when its button is drawn.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.domain.actions import Action
from bot.domain.cases import LIVING, CaseState

__all__ = ["GENERAL", "IN_CASE", "Action", "Role", "may"]


class Role(StrEnum):
    """What someone is, in a case or in the municipality. One person can be several."""

    ANYONE = "anyone"
    SELF = "self"
    YOUTH = "youth"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    APPLICANT = "applicant"
    """Says to be parent, guardian or attorney; nobody at the unit has seen it yet (E03)."""
    RELATIVE = "relative"
    REPORTER = "reporter"
    CANDIDATE = "candidate"
    COORDINATOR = "coordinator"
    SUBSTITUTE = "substitute"
    MEMBER = "member"
    LEADER = "leader"
    KE = "ke"
    KE_LEADER = "ke_leader"
    ADMIN = "admin"
    AUDITOR = "auditor"


_KE: Final = frozenset({Role.KE, Role.KE_LEADER})
_PARTY: Final = frozenset({Role.SELF, Role.YOUTH, Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})
_DECIDES: Final = _PARTY - {Role.YOUTH}
_STAFF: Final = _KE | {Role.LEADER, Role.COORDINATOR, Role.REPORTER}
_EVERY_STATE: Final = frozenset(CaseState)
_UNDECIDED: Final = frozenset({CaseState.RECEIVED, CaseState.CLARIFYING})
_APPOINTING: Final = frozenset({CaseState.APPOINTING})
_APPOINTED: Final = frozenset({CaseState.ACTIVE})
_ENDED: Final = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN})

GENERAL: Final[Mapping[Action, frozenset[Role]]] = {
    Action.READ_PUBLIC: frozenset({Role.ANYONE}),
    Action.APPLY: frozenset({Role.ANYONE}),
    Action.ASK_HUMAN: frozenset({Role.ANYONE}),
    Action.OWN_SETTINGS: frozenset({Role.ANYONE}),
    Action.SEE_OWN_CASES: frozenset({Role.ANYONE}),
    Action.STAFF_MENU: _STAFF,
    Action.NOTE_INFORMED: _STAFF,
    Action.REPORT_OWN_DECISION: frozenset({Role.LEADER}) | _KE,
    Action.SEE_ASKS: frozenset({Role.LEADER, Role.COORDINATOR}) | _KE,
    Action.SEE_INBOX: _KE,
    Action.REGISTER: _KE,
    Action.ANSWER_INQUIRY: _KE,
    Action.FINISH_TASK: _KE,
    Action.INVITE: frozenset({Role.KE, Role.KE_LEADER, Role.ADMIN}),
    Action.SEE_AUDIT: frozenset({Role.AUDITOR}),
    Action.SAY_AWAY: frozenset({Role.COORDINATOR, Role.LEADER}),
    Action.SEE_ABSENCES: frozenset({Role.LEADER}) | _KE,
    Action.OFFICE_HOURS: frozenset({Role.COORDINATOR}),
    Action.END_STAFF: _KE,
    Action.CHECK_DIRECTORY: _KE,
    Action.SAY_SENT_AROUND: frozenset({Role.ANYONE}),
    # Which leader may take which is asked of the service: the one who was told.
    Action.TAKE_SENT_AROUND: frozenset({Role.LEADER}) | _KE,
    # Which complaints, is asked of each complaint: never the one who is complained of (O01).
    Action.ANSWER_COMPLAINTS: frozenset({Role.LEADER}) | _KE,
    Action.LOOK_BACK: frozenset({Role.COORDINATOR}),
    Action.SEE_TRAINING: frozenset({Role.LEADER}) | _KE,
    Action.NOTE_TRAINING: _KE,
    Action.SUPPORT: _STAFF,
    Action.CALL_GATHERING: _KE,
    Action.SEE_FIGURES: _KE,
}
"""What needs no case."""

IN_CASE: Final[Mapping[Action, Mapping[Role, frozenset[CaseState]]]] = {
    Action.SEE_CASE: {
        **dict.fromkeys(_PARTY | _KE | {Role.APPLICANT, Role.RELATIVE, Role.REPORTER}, _EVERY_STATE),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE, Role.CANDIDATE, Role.LEADER), LIVING),
    },
    # A relative or a professional who reported gets a receipt and sees where it stands, never what is in it.
    # Whoever applied for another sees what they told, and no more until KE has seen that they act for the person (E03).
    Action.SEE_CONTENT: {
        **dict.fromkeys(_PARTY | _KE, _EVERY_STATE),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING),
        Role.APPLICANT: _UNDECIDED,
    },
    # Whoever only reported can take the report back until it is decided; after that the case is the person's own.
    # So can a youth under 16; what was decided is not theirs alone to end, nor to agree to the end of.
    Action.WITHDRAW: {
        **dict.fromkeys(_DECIDES | _KE, LIVING),
        **dict.fromkeys((Role.YOUTH, Role.APPLICANT, Role.RELATIVE, Role.REPORTER), _UNDECIDED),
    },
    # KE and the coordinator note a time that was agreed otherwise.
    Action.PICK_TIME: {
        **dict.fromkeys(_PARTY | _KE | {Role.APPLICANT, Role.RELATIVE}, LIVING),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    Action.CLARIFY: dict.fromkeys(_KE, _UNDECIDED),
    Action.DECIDE: dict.fromkeys(_KE, _UNDECIDED),
    Action.CONFIRM_REFUSAL: dict.fromkeys(_KE, _UNDECIDED),
    Action.TELL_OF_DELAY: dict.fromkeys(_KE, _UNDECIDED),
    Action.PROPOSE_CANDIDATE: dict.fromkeys(_KE, _APPOINTING),
    Action.ANSWER_AS_LEADER: dict.fromkeys(_KE | {Role.LEADER}, _APPOINTING),
    Action.ANSWER_AS_CANDIDATE: dict.fromkeys(_KE | {Role.CANDIDATE}, _APPOINTING),
    Action.FIRST_CONTACT: dict.fromkeys(_KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    Action.CHOOSE_PLACE: dict.fromkeys(_PARTY | _KE, _APPOINTED),
    # What matters most is the person's own to write; each of that side reads only what they wrote themselves.
    Action.OWN_WORDS: dict.fromkeys(_PARTY, _APPOINTED),
    Action.CHOOSE_WAY: dict.fromkeys(_DECIDES | _KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    Action.NO_TIME: dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    Action.ANSWER_NO_TIME: dict.fromkeys(_KE | {Role.LEADER}, _APPOINTED),
    Action.TICK_KE: dict.fromkeys(_KE, _APPOINTING | _APPOINTED),
    # Who may decide is seen and recorded by the unit; the coordinator, who meets the person, may record the birth date.
    Action.SEE_STANDING: {**dict.fromkeys(_KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.RECORD_BIRTH_DATE: {**dict.fromkeys(_KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.RECORD_STANDING: dict.fromkeys(_KE, LIVING),
    Action.ASK_FOR_SHIELD: {Role.YOUTH: LIVING},
    Action.TICK_COORDINATOR: dict.fromkeys(_KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    # A member sees a meeting they are to come to, while a consent names it; that is asked of the circle, not of this table.
    Action.SEE_MEETINGS: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.CALL_MEETING: {**dict.fromkeys(_KE, _APPOINTING | _APPOINTED), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.CHANGE_GROUP: {**dict.fromkeys(_KE, _APPOINTING | _APPOINTED), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.END_GROUP: {
        **dict.fromkeys(_PARTY | _KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    # A member writes the minutes of a meeting where they are named as the one who does; that is asked of the meeting.
    Action.WRITE_MINUTES: {
        **dict.fromkeys(_KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    Action.PROPOSE_CLOSING: {
        **dict.fromkeys(_PARTY | _KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    Action.ANSWER_CLOSING: {
        **dict.fromkeys(_DECIDES | _KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    Action.CLOSE_CASE: {**dict.fromkeys(_KE, _APPOINTING | _APPOINTED), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.REOPEN: dict.fromkeys(_PARTY | _KE, _ENDED),
    Action.ARCHIVE: dict.fromkeys(_KE, _ENDED),
    Action.OWN_PACK: {**dict.fromkeys(_PARTY, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    # Which messages a member may read is asked of the circle: only those of a kind a consent names now.
    Action.SEE_MESSAGES: {
        **dict.fromkeys(_PARTY, _EVERY_STATE),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE, Role.MEMBER), _APPOINTED),
    },
    Action.WRITE_MESSAGE: dict.fromkeys(_PARTY | {Role.COORDINATOR, Role.SUBSTITUTE, Role.MEMBER}, _APPOINTED),
    Action.HALT: {**dict.fromkeys(_KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    # The unit and the coordinator note what the person said by phone or face to face.
    Action.AGREE_TO_MEETING: {
        **dict.fromkeys(_PARTY | _KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    # Who of them decides today is asked as well (`bot.services.standing`): a role is needed, and is not enough.
    Action.SEE_SHARING: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.ASK_CONSENT: {**dict.fromkeys(_KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.ANSWER_CONSENT: dict.fromkeys(_DECIDES, LIVING),
    Action.STOP_SHARING: {**dict.fromkeys(_DECIDES | _KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.OBJECT_TO_SHARING: dict.fromkeys(_DECIDES | _KE, LIVING),
    Action.RECORD_PAPER_CONSENT: dict.fromkeys(_KE, LIVING),
    Action.RECORD_ORAL_CONSENT: {**dict.fromkeys(_KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.SEE_CIRCLE: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    # What a member may see in it is less still: what was set for them, and what a consent names (`bot.domain.circle`).
    Action.SEE_AS_MEMBER: {Role.MEMBER: _APPOINTING | _APPOINTED},
    Action.ANSWER_AS_MEMBER: dict.fromkeys(_KE | {Role.MEMBER}, _APPOINTING | _APPOINTED),
    Action.LEAVE_CIRCLE: {Role.MEMBER: LIVING},
    Action.CHANGE_CIRCLE: {
        **dict.fromkeys(_KE, _APPOINTING | _APPOINTED),
        **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    },
    Action.SEE_PLAN: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.CHANGE_PLAN: {**dict.fromkeys(_KE, _APPOINTING | _APPOINTED), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.WRITE_GOAL: dict.fromkeys(_PARTY | _KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    Action.ASK_COORDINATOR: dict.fromkeys(_PARTY | _KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    Action.ASK_FOR_GUIDANCE: dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED),
    Action.TELL_OF_CHANGE: {Role.MEMBER: _APPOINTING | _APPOINTED},
    Action.NOTE_CHILDREN: dict.fromkeys(_KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    # A child's own words are between the child and those who coordinate: parents may be told of them, by the child.
    Action.CHILDS_WORDS: dict.fromkeys(_KE | {Role.SELF, Role.YOUTH, Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    # A life phase is set and gone through by whoever coordinates; what was given to read is for the person and those who act for them.
    Action.SEE_PHASE: {**dict.fromkeys(_KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    Action.CHANGE_PHASE: {**dict.fromkeys(_KE, _APPOINTING | _APPOINTED), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.READ_CARDS: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), LIVING)},
    # Standing in, and a change of coordinator. Which of the leaders may answer is asked by the service.
    Action.PROPOSE_SUBSTITUTE: dict.fromkeys(_KE | {Role.COORDINATOR, Role.LEADER}, _APPOINTED),
    Action.ANSWER_SUBSTITUTE: dict.fromkeys(_KE | {Role.CANDIDATE}, _APPOINTED),
    Action.END_SUBSTITUTE: dict.fromkeys(_KE | {Role.COORDINATOR, Role.LEADER, Role.SUBSTITUTE}, _APPOINTED),
    Action.START_CHANGE: dict.fromkeys(_PARTY | _KE | {Role.COORDINATOR, Role.LEADER}, _APPOINTED),
    Action.STOP_CHANGE: dict.fromkeys(_PARTY | _KE | {Role.COORDINATOR, Role.LEADER}, _APPOINTED),
    Action.WISH_COORDINATOR: dict.fromkeys(_PARTY | _KE | {Role.COORDINATOR}, _APPOINTED),
    Action.ANSWER_CHANGE: dict.fromkeys(_KE | {Role.CANDIDATE}, _APPOINTED),
    Action.ANSWER_CHANGE_AS_LEADER: dict.fromkeys(_KE | {Role.LEADER}, _APPOINTED),
    Action.DECIDE_CHANGE: dict.fromkeys(_KE, _APPOINTED),
    Action.TAKE_OVER: dict.fromkeys(_KE | {Role.COORDINATOR}, _APPOINTED),
    Action.SEE_HAND_OVER: {**dict.fromkeys(_KE, LIVING), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    # How things are going is said by the person's side; which answers one may read is asked of each answer (L04).
    Action.EVALUATE: dict.fromkeys(_PARTY, _APPOINTED),
    Action.SEE_EVALUATION: {**dict.fromkeys(_PARTY | _KE, _EVERY_STATE), **dict.fromkeys((Role.COORDINATOR, Role.SUBSTITUTE), _APPOINTED)},
    Action.AGREE_EVALUATION: dict.fromkeys(_KE | {Role.COORDINATOR, Role.SUBSTITUTE}, _APPOINTED),
    # A complaint is received whatever has become of the case (O02).
    Action.COMPLAIN: dict.fromkeys(_PARTY, _EVERY_STATE),
}
"""What is done to a case: which role, while the case is in which states."""


def may(action: Action, roles: frozenset[Role], state: CaseState | None = None) -> bool:
    """May someone with these roles do this? With `state` the roles are those in the case; without, the standing ones."""
    if state is None:
        return bool(GENERAL.get(action, frozenset()) & (roles | {Role.ANYONE}))
    states = IN_CASE.get(action, {})
    return any(state in states.get(role, frozenset()) for role in roles)
