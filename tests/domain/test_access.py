"""The access table: default deny, every cell.

The expected rights are written down a second time here, by hand and in the other direction (role by role), so that a slip in the table
shows.
"""

from collections.abc import Mapping, Set
from itertools import product

import pytest

from bot.domain import access
from bot.domain.access import GENERAL, IN_CASE, Action, Role, may
from bot.domain.cases import LIVING, CaseState

EVERYBODY = {Action.READ_PUBLIC, Action.APPLY, Action.ASK_HUMAN, Action.OWN_SETTINGS, Action.SEE_OWN_CASES, Action.SAY_SENT_AROUND}
STAFF = {Action.STAFF_MENU, Action.NOTE_INFORMED, Action.SUPPORT}
KE = STAFF | {
    Action.REPORT_OWN_DECISION,
    Action.SEE_ASKS,
    Action.SEE_INBOX,
    Action.REGISTER,
    Action.ANSWER_INQUIRY,
    Action.FINISH_TASK,
    Action.INVITE,
    Action.SEE_ABSENCES,
    Action.END_STAFF,
    Action.ANSWER_COMPLAINTS,
    Action.SEE_TRAINING,
    Action.NOTE_TRAINING,
    Action.CALL_GATHERING,
    Action.SEE_FIGURES,
    Action.TAKE_SENT_AROUND,
    Action.CHECK_DIRECTORY,
}
STANDING = {
    Role.KE: KE,
    Role.KE_LEADER: KE,
    Role.LEADER: STAFF
    | {
        Action.SEE_TRAINING,
        Action.ANSWER_COMPLAINTS,
        Action.REPORT_OWN_DECISION,
        Action.SEE_ASKS,
        Action.SAY_AWAY,
        Action.SEE_ABSENCES,
        Action.TAKE_SENT_AROUND,
    },
    Role.COORDINATOR: STAFF | {Action.LOOK_BACK, Action.OFFICE_HOURS, Action.SEE_ASKS, Action.SAY_AWAY},
    Role.REPORTER: STAFF,
    Role.ADMIN: {Action.INVITE},
    Role.AUDITOR: {Action.SEE_AUDIT},
}

UNDECIDED = {CaseState.RECEIVED, CaseState.CLARIFYING}
LOOKING = {CaseState.APPOINTING}
HELD = {CaseState.ACTIVE}
ALWAYS = set(CaseState)
PARTY = {
    Action.SEE_CASE: ALWAYS,
    Action.SEE_CONTENT: ALWAYS,
    Action.WITHDRAW: LIVING,
    Action.PICK_TIME: LIVING,
    Action.CHOOSE_PLACE: HELD,
    Action.SEE_CIRCLE: ALWAYS,
    Action.SEE_SHARING: ALWAYS,
    Action.SEE_MEETINGS: ALWAYS,
    Action.READ_CARDS: ALWAYS,
    Action.SEE_PLAN: ALWAYS,
    Action.SEE_EVALUATION: ALWAYS,
    Action.WRITE_GOAL: HELD,
    Action.ASK_COORDINATOR: HELD,
    Action.AGREE_TO_MEETING: LOOKING | HELD,
    Action.END_GROUP: LOOKING | HELD,
    Action.PROPOSE_CLOSING: LOOKING | HELD,
    Action.ANSWER_CLOSING: LOOKING | HELD,
    Action.REOPEN: {CaseState.CLOSED, CaseState.WITHDRAWN},
    Action.START_CHANGE: HELD,
    Action.STOP_CHANGE: HELD,
    Action.WISH_COORDINATOR: HELD,
}
DECIDES = dict.fromkeys((Action.ANSWER_CONSENT, Action.STOP_SHARING, Action.OBJECT_TO_SHARING), LIVING) | {Action.CHOOSE_WAY: HELD}
OWN = {
    Action.EVALUATE: HELD,
    Action.COMPLAIN: ALWAYS,
    Action.OWN_WORDS: HELD,
    Action.OWN_PACK: ALWAYS,
    Action.SEE_MESSAGES: ALWAYS,
    Action.WRITE_MESSAGE: HELD,
}
WRITES_DOWN = {
    Action.ASK_CONSENT: LIVING,
    Action.STOP_SHARING: LIVING,
    Action.OBJECT_TO_SHARING: LIVING,
    Action.RECORD_PAPER_CONSENT: LIVING,
    Action.RECORD_ORAL_CONSENT: LIVING,
}
THE_CHILD = PARTY | {Action.CHILDS_WORDS: HELD}
THE_YOUTH: dict[Action, Set[CaseState]] = {**THE_CHILD, **OWN, Action.ASK_FOR_SHIELD: LIVING, Action.WITHDRAW: UNDECIDED}
del THE_YOUTH[Action.ANSWER_CLOSING]
STANDING_OF_OTHERS = {Action.SEE_STANDING: ALWAYS, Action.RECORD_BIRTH_DATE: LIVING, Action.RECORD_STANDING: LIVING}
KE_IN_CASE = PARTY | {
    Action.CLARIFY: UNDECIDED,
    Action.DECIDE: UNDECIDED,
    Action.CONFIRM_REFUSAL: UNDECIDED,
    Action.TELL_OF_DELAY: UNDECIDED,
    Action.PROPOSE_CANDIDATE: LOOKING,
    Action.ANSWER_AS_LEADER: LOOKING,
    Action.ANSWER_AS_CANDIDATE: LOOKING,
    Action.FIRST_CONTACT: HELD,
    Action.CHOOSE_WAY: HELD,
    Action.ANSWER_NO_TIME: HELD,
    Action.TICK_KE: LOOKING | HELD,
    Action.TICK_COORDINATOR: HELD,
    Action.ANSWER_AS_MEMBER: LOOKING | HELD,
    Action.CHANGE_CIRCLE: LOOKING | HELD,
    Action.CALL_MEETING: LOOKING | HELD,
    Action.CHANGE_PLAN: LOOKING | HELD,
    Action.WRITE_MINUTES: LOOKING | HELD,
    Action.CHANGE_GROUP: LOOKING | HELD,
    Action.SEE_PHASE: LIVING,
    Action.CHANGE_PHASE: LOOKING | HELD,
    Action.CLOSE_CASE: LOOKING | HELD,
    Action.HALT: ALWAYS,
    Action.ARCHIVE: {CaseState.CLOSED, CaseState.WITHDRAWN},
    Action.AGREE_EVALUATION: HELD,
    Action.NOTE_CHILDREN: HELD,
    Action.CHILDS_WORDS: HELD,
    Action.PROPOSE_SUBSTITUTE: HELD,
    Action.ANSWER_SUBSTITUTE: HELD,
    Action.END_SUBSTITUTE: HELD,
    Action.ANSWER_CHANGE: HELD,
    Action.ANSWER_CHANGE_AS_LEADER: HELD,
    Action.DECIDE_CHANGE: HELD,
    Action.TAKE_OVER: HELD,
    Action.SEE_HAND_OVER: LIVING,
}
HOLDS = {
    Action.SEE_CASE: LIVING,
    Action.SEE_CONTENT: LIVING,
    Action.PICK_TIME: HELD,
    Action.FIRST_CONTACT: HELD,
    Action.CHOOSE_WAY: HELD,
    Action.NO_TIME: HELD,
    Action.TICK_COORDINATOR: HELD,
    Action.SEE_CIRCLE: LIVING,
    Action.SEE_SHARING: LIVING,
    Action.ASK_CONSENT: HELD,
    Action.STOP_SHARING: LIVING,
    Action.RECORD_ORAL_CONSENT: HELD,
    Action.CHANGE_CIRCLE: HELD,
    Action.SEE_MEETINGS: LIVING,
    Action.READ_CARDS: LIVING,
    Action.SEE_PHASE: LIVING,
    Action.CHANGE_PHASE: HELD,
    Action.SEE_PLAN: LIVING,
    Action.CHANGE_PLAN: HELD,
    Action.WRITE_GOAL: HELD,
    Action.ASK_COORDINATOR: HELD,
    Action.ASK_FOR_GUIDANCE: HELD,
    Action.CALL_MEETING: HELD,
    Action.WRITE_MINUTES: HELD,
    Action.AGREE_TO_MEETING: HELD,
    Action.CHANGE_GROUP: HELD,
    Action.END_GROUP: HELD,
    Action.PROPOSE_CLOSING: HELD,
    Action.ANSWER_CLOSING: HELD,
    Action.CLOSE_CASE: HELD,
    Action.HALT: LIVING,
    Action.OWN_PACK: HELD,
    Action.SEE_MESSAGES: HELD,
    Action.WRITE_MESSAGE: HELD,
    Action.SEE_EVALUATION: HELD,
    Action.AGREE_EVALUATION: HELD,
    Action.NOTE_CHILDREN: HELD,
    Action.CHILDS_WORDS: HELD,
    Action.SEE_HAND_OVER: HELD,
}
COORDINATES = {
    Action.PROPOSE_SUBSTITUTE: HELD,
    Action.END_SUBSTITUTE: HELD,
    Action.START_CHANGE: HELD,
    Action.STOP_CHANGE: HELD,
    Action.WISH_COORDINATOR: HELD,
    Action.TAKE_OVER: HELD,
}
LEADS = {
    Action.PROPOSE_SUBSTITUTE: HELD,
    Action.END_SUBSTITUTE: HELD,
    Action.START_CHANGE: HELD,
    Action.STOP_CHANGE: HELD,
    Action.ANSWER_CHANGE_AS_LEADER: HELD,
}
MEMBER = {
    Action.SEE_MESSAGES: HELD,
    Action.WRITE_MESSAGE: HELD,
    Action.SEE_AS_MEMBER: LOOKING | HELD,
    Action.TELL_OF_CHANGE: LOOKING | HELD,
    Action.ANSWER_AS_MEMBER: LOOKING | HELD,
    Action.LEAVE_CIRCLE: LIVING,
}
BY_ROLE: dict[Role, Mapping[Action, Set[CaseState]]] = {
    Role.SELF: THE_CHILD | OWN | DECIDES,
    Role.YOUTH: THE_YOUTH,
    **dict.fromkeys((Role.PARENT, Role.GUARDIAN, Role.ATTORNEY), PARTY | OWN | DECIDES),
    Role.MEMBER: MEMBER,
    Role.APPLICANT: {
        Action.SEE_CASE: ALWAYS,
        Action.SEE_CONTENT: UNDECIDED,
        Action.WITHDRAW: UNDECIDED,
        Action.PICK_TIME: LIVING,
    },
    Role.RELATIVE: {Action.SEE_CASE: ALWAYS, Action.WITHDRAW: UNDECIDED, Action.PICK_TIME: LIVING},
    Role.REPORTER: {Action.SEE_CASE: ALWAYS, Action.WITHDRAW: UNDECIDED},
    **dict.fromkeys((Role.KE, Role.KE_LEADER), KE_IN_CASE | STANDING_OF_OTHERS | WRITES_DOWN),
    Role.COORDINATOR: HOLDS | COORDINATES | {Action.SEE_STANDING: LIVING, Action.RECORD_BIRTH_DATE: HELD},
    Role.SUBSTITUTE: HOLDS | {Action.END_SUBSTITUTE: HELD, Action.SEE_STANDING: LIVING, Action.RECORD_BIRTH_DATE: HELD},
    Role.CANDIDATE: {
        Action.SEE_CASE: LIVING,
        Action.ANSWER_AS_CANDIDATE: LOOKING,
        Action.ANSWER_SUBSTITUTE: HELD,
        Action.ANSWER_CHANGE: HELD,
    },
    Role.LEADER: LEADS | {Action.SEE_CASE: LIVING, Action.ANSWER_AS_LEADER: LOOKING, Action.ANSWER_NO_TIME: HELD},
}


def right_without_a_case(role: Role, action: Action) -> bool:
    """Does the table say the same as the rights written down here?"""
    return may(action, frozenset({role})) == (action in EVERYBODY or action in STANDING.get(role, set()))


def allowed_in_a_case(role: Role, action: Action) -> set[CaseState]:
    """The states in which the table allows it."""
    return {state for state in CaseState if may(action, frozenset({role}), state)}


def expected_in_a_case(role: Role, action: Action) -> set[CaseState]:
    """The states in which it is to be allowed."""
    return set(BY_ROLE.get(role, {}).get(action, set()))


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_every_cell_without_a_case(role: Role, action: Action) -> None:
    assert right_without_a_case(role, action)


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_every_cell_in_a_case(role: Role, action: Action) -> None:
    assert allowed_in_a_case(role, action) == expected_in_a_case(role, action)


@pytest.mark.parametrize("action", Action)
def test_every_entry_without_a_case_turned_round_is_found(action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests above are worth: each role put into a row or taken out of it, one at a time, makes one of them fail."""
    row = GENERAL.get(action, frozenset())
    for role in Role:
        if Role.ANYONE in row and role is not Role.ANYONE:
            continue  # whatever anyone may do, a role more or less in the row changes nobody's rights
        monkeypatch.setattr(access, "GENERAL", {**GENERAL, action: row ^ {role}})
        assert not all(right_without_a_case(each, action) for each in Role), f"{role} turned round in {action} goes unnoticed"


@pytest.mark.parametrize("action", Action)
def test_every_entry_in_a_case_turned_round_is_found(action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for each role in each state of a case; and nothing but that cell is found."""
    row = IN_CASE.get(action, {})
    for role, state in product(Role, CaseState):
        monkeypatch.setattr(access, "IN_CASE", {**IN_CASE, action: {**row, role: row.get(role, frozenset()) ^ {state}}})
        assert allowed_in_a_case(role, action) ^ expected_in_a_case(role, action) == {state}, f"{role} in {state}: {action} goes unnoticed"


def test_every_action_stands_in_one_of_the_tables_and_nobody_may_what_is_in_none() -> None:
    assert set(GENERAL) | set(IN_CASE) == set(Action)
    assert not set(GENERAL) & set(IN_CASE)
    for action, state in product(Action, [None, *CaseState]):
        assert may(action, frozenset(), state) == (state is None and action in EVERYBODY)
