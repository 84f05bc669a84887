"""From a decision to a coordinator at work, by hand-made cases: who is asked, what they are told, and which command comes of it.

Not here: the desk before the decision (`test_desk`), and the generic walk (`test_every_branch`).
"""

from datetime import date

import pytest

from bot.domain.access import Role
from bot.domain.cases import AssignmentState, CaseState, LadderStep, Place, Wanted
from bot.domain.change_queries import ChangesAskedOfMe
from bot.domain.commands import (
    AnswerAsCandidate,
    AnswerAsLeader,
    Propose,
    Recall,
    RecordContact,
    ReportOwnDecision,
    TalkWithLeader,
    Tick,
)
from bot.domain.ids import PersonId
from bot.domain.queries import (
    AsksForMe,
    Candidates,
    Me,
    TheAssignment,
    TheCase,
    TickView,
)
from bot.domain.staff_queries import DepartmentLine, Departments, OwnPeople
from conversations.appoint import appoint
from conversations.candidate_answer import candidate_answer
from conversations.checklist import checklist
from conversations.first_contact import first_contact
from conversations.ladder import next_step
from conversations.leader_answer import leader_answer
from conversations.own_decision import own_decision
from conversations.staff import staff
from tests.conversations.desk_facts import ASKED, CASE, PROFILE, Facts, asked, candidate, case_view, me, play

ASSIGNMENT = {"assignment": str(ASKED)}


@pytest.mark.parametrize(
    ("wish", "tried", "step"),
    [
        ("Per", (), LadderStep.WISH),
        (None, (), LadderStep.MOST_INVOLVED),
        ("Per", (LadderStep.WISH,), LadderStep.MOST_INVOLVED),
        ("Per", (LadderStep.WISH, LadderStep.MOST_INVOLVED), LadderStep.ASKED_DEPARTMENT),
        ("Per", (LadderStep.ASKED_DEPARTMENT,), LadderStep.ASKED_DEPARTMENT),
    ],
)
def test_C04_C05_C06_the_ladder_is_climbed_one_step_at_a_time(wish: str | None, tried: tuple[LadderStep, ...], step: LadderStep) -> None:
    before = tuple(asked(AssignmentState.DECLINED, step=each) for each in tried)
    assert next_step(case_view(CaseState.APPOINTING, wish=wish, assignments=before)) is step


CHOOSE = {"step": "wish", "page/0": "20", "criteria": ["wish", "suits"], "reason": "De kjenner hverandre", "send": True}


def test_C07_the_choice_is_kept_with_its_criteria_and_reason() -> None:
    facts: Facts = {TheCase: case_view(CaseState.APPOINTING), Candidates: (candidate(21), candidate(20, wished=True))}
    played = play(appoint, facts, CHOOSE)
    (proposed,) = played.commands
    assert isinstance(proposed, Propose)
    assert (proposed.candidate, proposed.step, proposed.criteria) == (PersonId(20), LadderStep.WISH, ("wish", "suits"))
    assert "1. Per Prøve 20: coordinates for 2 people, trained 04 May 2026, the person's wish" in played.words


@pytest.mark.parametrize("goes_on", [True, False])
def test_C09_beyond_the_limit_nobody_can_be_ordered(goes_on: bool) -> None:
    facts: Facts = {TheCase: case_view(CaseState.APPOINTING), Candidates: (candidate(20, at_limit=True, load=5, trained=None),)}
    played = play(appoint, facts, {**CHOOSE, "beyond": goes_on})
    assert f"Nobody can be ordered to more than {PROFILE.appointment.plans_at_most}." in played.words
    assert bool(played.commands) is goes_on


def test_C03_a_candidate_without_a_leader_is_asked_directly() -> None:
    facts: Facts = {TheCase: case_view(CaseState.APPOINTING), Candidates: (candidate(20, has_leader=False),)}
    played = play(appoint, facts, CHOOSE)
    assert [type(each) for each in played.commands] == [Propose]
    assert "So Per Prøve 20 is asked directly." in played.words
    assert "The leader is asked" not in played.words


@pytest.mark.parametrize("leader", [None, PersonId(30)])
def test_C06_a_department_is_asked_where_it_has_a_leader(leader: PersonId | None) -> None:
    department = PROFILE.departments[0].id
    name = "Liv Leder" if leader else None
    named = DepartmentLine(department=department, leader=leader, leader_name=name, involved=True)
    played = play(
        appoint,
        {TheCase: case_view(CaseState.APPOINTING), Departments: (named,)},
        {**CHOOSE, "step": "asked_department", "page/0": department},
    )
    sent = [(each.step, each.candidate, each.department) for each in played.commands if isinstance(each, Propose)]
    assert sent == ([(LadderStep.ASKED_DEPARTMENT, None, department)] if leader else [])


def test_C03_one_who_is_asked_can_be_waited_for_noted_by_phone_or_recalled() -> None:
    waiting = asked(AssignmentState.LEADER_ASKED)
    facts: Facts = {TheCase: case_view(CaseState.APPOINTING, assignments=(waiting,)), TheAssignment: waiting, Candidates: ()}
    assert not play(appoint, facts, {"what": "wait"}).commands
    assert play(appoint, facts, {"what": "recall"}).commands == [Recall(assignment=ASKED)]
    noted = play(appoint, facts, {"what": "phone", "answer": "no", "reason": "Ikke tid"})
    assert noted.commands == [AnswerAsLeader(assignment=ASKED, yes=False, reason="Ikke tid")]


def test_C03_the_leader_can_say_yes_or_suggest_another() -> None:
    facts: Facts = {TheAssignment: asked(AssignmentState.LEADER_ASKED), Candidates: (candidate(20), candidate(22))}
    assert play(leader_answer, facts, {"answer": "yes"}, ASSIGNMENT).commands == [AnswerAsLeader(assignment=ASKED, yes=True)]
    named = play(leader_answer, facts, {"answer": "another", "page/0": "22", "why": None}, ASSIGNMENT)
    assert named.commands == [AnswerAsLeader(assignment=ASKED, yes=True, reason=None, candidate=PersonId(22))]
    assert "Hjelp" not in named.words


def test_N09_a_department_that_is_asked_names_one_of_its_own() -> None:
    open_question = asked(AssignmentState.LEADER_ASKED, candidate=None, candidate_name=None, department="rehab")
    facts: Facts = {TheAssignment: open_question, Candidates: (candidate(20), candidate(22, department="rehab"))}
    played = play(leader_answer, facts, {"answer": "another", "page/0": "22", "why": None}, ASSIGNMENT)
    assert [option.value for option in played.asked[0].options] == ["another", "no"]
    assert [option.value for option in played.asked[1].options] == ["22"]


def test_C20_C21_a_candidate_can_talk_with_the_leader_first() -> None:
    facts: Facts = {TheAssignment: asked(AssignmentState.CANDIDATE_ASKED)}
    assert play(candidate_answer, facts, {"answer": "leader"}, ASSIGNMENT).commands == [TalkWithLeader(assignment=ASKED)]


def test_C23_a_yes_gets_thanks_three_duties_and_the_first_steps() -> None:
    played = play(candidate_answer, {TheAssignment: asked(AssignmentState.CANDIDATE_ASKED)}, {"answer": "yes"}, ASSIGNMENT)
    assert played.commands == [AnswerAsCandidate(assignment=ASKED, yes=True)]
    assert "You have three main duties." in played.words
    assert "to get in touch with the person." in played.words


def test_C09_a_yes_beyond_the_limit_asks_for_ones_own_reason() -> None:
    facts: Facts = {TheAssignment: asked(AssignmentState.CANDIDATE_ASKED, over_limit=True)}
    played = play(candidate_answer, facts, {"answer": "yes", "own_reason": "Vi kjenner hverandre"}, ASSIGNMENT)
    assert played.commands == [AnswerAsCandidate(assignment=ASKED, yes=True, reason="Vi kjenner hverandre")]


def test_C20_what_waits_for_an_answer_stands_on_the_desk_of_the_one_asked() -> None:
    waiting = asked(AssignmentState.CANDIDATE_ASKED)
    facts: Facts = {Me: me(Role.COORDINATOR), AsksForMe: (waiting,), ChangesAskedOfMe: (), TheAssignment: waiting}
    played = play(staff, facts, {"desk/next/0": "asks", "page/0": str(ASKED), "answer": "no", "reason": "Ikke tid"})
    assert played.commands == [AnswerAsCandidate(assignment=ASKED, yes=False, reason="Ikke tid")]


def test_D01_D02_contact_is_noted_with_the_place_the_person_chose_and_the_talk_may_wait() -> None:
    facts: Facts = {TheCase: case_view(CaseState.ACTIVE)}
    played = play(first_contact, facts, {"what": "contact", "place": "home", "start_up": "later"})
    assert played.commands == [RecordContact(case=CASE, place=Place.HOME)]


def test_C16_what_is_ticked_is_not_offered_again() -> None:
    first, second = PROFILE.checklists.after_appointment[:2]
    facts: Facts = {TheCase: case_view(CaseState.ACTIVE, ke_ticks=(TickView(item=first.id, done_on=date(2027, 3, 1)),))}
    played = play(checklist, facts, {"done": [second.id]}, {"case": str(CASE), "checklist": "ke"})
    assert first.id not in [option.value for option in played.asked[0].options]
    assert played.commands == [Tick(case=CASE, checklist="ke", item=second.id)]


def test_B16_a_department_reports_its_own_decision_and_only_with_the_persons_yes() -> None:
    facts: Facts = {OwnPeople: (candidate(22),)}
    answers = {"subject": "OP", "age": "adult", "wanted": "both", "known": "yes", "page/0": "22", "send": True}
    (sent,) = play(own_decision, facts, {"agreed": True, **answers}).commands
    assert isinstance(sent, ReportOwnDecision)
    assert (sent.coordinator, sent.wanted, sent.agreed) == (PersonId(22), Wanted.BOTH, True)
    assert not play(own_decision, facts, {"agreed": False}).commands
