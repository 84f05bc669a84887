"""The access table: default deny, every cell.

The expected rights are written down a second time here, by hand and in the other direction (role by role), so that a slip in the table
shows.
"""

from collections.abc import Mapping, Set
from itertools import product

import pytest

from bot.domain.access import GENERAL, IN_CASE, Action, Role, may
from bot.domain.cases import LIVING, CaseState

EVERYBODY = {Action.READ_PUBLIC, Action.APPLY, Action.ASK_HUMAN, Action.OWN_SETTINGS, Action.SEE_OWN_CASES}
STAFF = {Action.STAFF_MENU, Action.NOTE_INFORMED}
KE = STAFF | {
    Action.REPORT_OWN_DECISION,
    Action.SEE_ASKS,
    Action.SEE_INBOX,
    Action.REGISTER,
    Action.ANSWER_INQUIRY,
    Action.FINISH_TASK,
    Action.INVITE,
    Action.SEE_ABSENCES,
}
STANDING = {
    Role.KE: KE,
    Role.KE_LEADER: KE,
    Role.LEADER: STAFF | {Action.REPORT_OWN_DECISION, Action.SEE_ASKS, Action.SAY_AWAY, Action.SEE_ABSENCES},
    Role.COORDINATOR: STAFF | {Action.SEE_ASKS, Action.SAY_AWAY},
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
    Action.SEE_MEETINGS: ALWAYS,
    Action.AGREE_TO_MEETING: LOOKING | HELD,
    Action.START_CHANGE: HELD,
    Action.STOP_CHANGE: HELD,
    Action.WISH_COORDINATOR: HELD,
}
THE_CHILD = PARTY | {Action.CHILDS_WORDS: HELD}
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
    Action.ANSWER_NO_TIME: HELD,
    Action.TICK_KE: LOOKING | HELD,
    Action.TICK_COORDINATOR: HELD,
    Action.ANSWER_AS_MEMBER: LOOKING | HELD,
    Action.CHANGE_CIRCLE: LOOKING | HELD,
    Action.CALL_MEETING: LOOKING | HELD,
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
    Action.NO_TIME: HELD,
    Action.TICK_COORDINATOR: HELD,
    Action.SEE_CIRCLE: LIVING,
    Action.CHANGE_CIRCLE: HELD,
    Action.SEE_MEETINGS: LIVING,
    Action.CALL_MEETING: HELD,
    Action.AGREE_TO_MEETING: HELD,
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
MEMBER = {Action.SEE_AS_MEMBER: LOOKING | HELD, Action.ANSWER_AS_MEMBER: LOOKING | HELD, Action.LEAVE_CIRCLE: LIVING}
BY_ROLE: dict[Role, Mapping[Action, Set[CaseState]]] = {
    Role.SELF: THE_CHILD,
    Role.YOUTH: THE_CHILD | {Action.ASK_FOR_SHIELD: LIVING},
    **dict.fromkeys((Role.PARENT, Role.GUARDIAN, Role.ATTORNEY), PARTY),
    Role.MEMBER: MEMBER,
    Role.APPLICANT: {
        Action.SEE_CASE: ALWAYS,
        Action.SEE_CONTENT: UNDECIDED,
        Action.WITHDRAW: UNDECIDED,
        Action.PICK_TIME: LIVING,
    },
    Role.RELATIVE: {Action.SEE_CASE: ALWAYS, Action.WITHDRAW: UNDECIDED, Action.PICK_TIME: LIVING},
    Role.REPORTER: {Action.SEE_CASE: ALWAYS, Action.WITHDRAW: UNDECIDED},
    **dict.fromkeys((Role.KE, Role.KE_LEADER), KE_IN_CASE | STANDING_OF_OTHERS),
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


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_every_cell_without_a_case(role: Role, action: Action) -> None:
    assert may(action, frozenset({role})) == (action in EVERYBODY or action in STANDING.get(role, set()))


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_every_cell_in_a_case(role: Role, action: Action) -> None:
    allowed = {state for state in CaseState if may(action, frozenset({role}), state)}
    assert allowed == set(BY_ROLE.get(role, {}).get(action, set()))


def test_every_action_stands_in_one_of_the_tables_and_nobody_may_what_is_in_none() -> None:
    assert set(GENERAL) | set(IN_CASE) == set(Action)
    assert not set(GENERAL) & set(IN_CASE)
    for action, state in product(Action, [None, *CaseState]):
        assert may(action, frozenset(), state) == (state is None and action in EVERYBODY)
