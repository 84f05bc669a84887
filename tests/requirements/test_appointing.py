"""Finding a coordinator, step by step: who can be asked, in which order, and what is told to whom.

Here: rows C04 to C11. Not here: the answers of leaders and candidates (`test_answers`).
"""

from datetime import date

import pytest

from bot.domain.cases import AssignmentState, CaseState, LadderStep, TaskKind
from bot.domain.commands import AnswerAsCandidate, Propose
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.engine.texts import nt, t
from bot.store import assignments, people
from tests.requirements.town import DEPARTMENT, INVOLVED, KIM, NILS, NORA, WHY, WISH, Town
from tests.requirements.walks import FIRST, NUMBER, open_case
from tests.world import World


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def test_C04_C07_the_wish_comes_first_and_the_reason_is_kept(town: Town) -> None:
    await town.applied(wish="Nora fra hjemmetjenesten")
    await town.granted()
    await town.looks_for()
    assert await town.world.says(town.anne, t("Next by the rule: {step}. You choose.", step=t(WISH)), last=1)
    await town.world.press(town.anne, WISH)
    first = town.anne.last.labels[0]
    assert NORA in first
    assert await town.world.says(town.anne, t("the person's wish"), last=1)
    await town.world.press(town.anne, NORA)
    await town.says_why()
    (asked,) = await town.asked()
    assert (asked.step, asked.state, asked.criteria) == (LadderStep.WISH, AssignmentState.LEADER_ASKED, ("wish", "suits"))
    assert await town.world.read(lambda tx: assignments.words(tx, asked, "reason")) == WHY
    assert TaskKind.APPOINT in await town.to_do(), "the unit keeps the case until somebody has said yes"


async def test_C05_without_a_wish_the_service_most_involved_is_next_and_comes_first(town: Town) -> None:
    await town.loaded(town.nils, 1)
    await town.applied("Bokmål", services=["Hjemmetjeneste"])
    await town.granted(CaseId(2))
    await town.looks_for(CaseId(2))
    assert await town.world.says(town.anne, t("The person has told no wish. You can ask again."), last=1)
    assert await town.world.says(town.anne, t("Next by the rule: {step}. You choose.", step=t(INVOLVED)), last=1)
    await town.world.press(town.anne, INVOLVED)
    names = [label.split(". ", 1)[1] for label in town.anne.last.labels[:3]]
    assert names == [NORA, NILS, KIM], "those of the service first, then who coordinates for fewest; nobody is left out"
    assert await town.world.says(town.anne, nt("gives {n} of the services", "gives {n} of the services", 1), last=1)


async def test_C06_C10_a_department_is_asked_to_name_someone_those_involved_first(town: Town) -> None:
    await town.applied("Bokmål", services=["Hjemmetjeneste"])
    await town.granted()
    lars = await town.world.person(town.lars)
    await town.world.read(lambda tx: people.describe(tx, lars, phone="+4700000222"))
    await town.looks_for()
    await town.world.press(town.anne, DEPARTMENT)
    shown = town.anne.last
    departments = town.world.municipality.profile.departments
    assert len([label for label in shown.labels if label[0].isdigit()]) == len(departments), "every department is there"
    assert "Hjemmetjenesten" in shown.labels[0]
    assert await town.world.says(town.anne, t("leader {name}", name="Lars Prøve"), last=1)
    assert "00 00 02 22" in shown.text, "the contact of each area"
    assert await town.world.says(town.anne, t("no leader registered"), last=1)
    await town.world.press(town.anne, "Hjemmetjenesten")
    await town.says_why()
    question = t(
        "We need a coordinator from your department for case {number}. Please answer by {day}.", number=NUMBER, day=date(2026, 3, 9)
    )
    assert await town.world.says(town.lars, question, last=1)
    await town.world.press(town.lars, "Read and answer", "Name someone", NILS, "Nothing to add")
    (asked,) = await town.asked()
    assert (asked.state, asked.candidate) == (AssignmentState.CANDIDATE_ASKED, await town.world.person(town.nils))
    assert await town.world.offers(town.nils, "Read and answer")


async def test_C06_a_department_without_a_leader_is_not_asked_into_the_air(town: Town) -> None:
    await town.applied()
    await town.granted()
    await town.looks_for()
    await town.world.press(town.anne, DEPARTMENT, "Boliger med hjelp")
    assert await town.world.says(town.anne, "No leader is registered for this department. Phone them, or ask another department.", last=1)
    assert await town.asked() == []
    assert TaskKind.APPOINT in await town.to_do()


async def test_C08_the_training_is_shown_and_no_formal_competence_is_asked_for(town: Town) -> None:
    nils = await town.world.person(town.nils)
    day = town.world.clock.now().date()
    await town.world.read(lambda tx: people.set_trained(tx, nils, day))
    await town.applied()
    await town.granted()
    await town.looks_for()
    await town.world.press(town.anne, WISH)
    assert await town.world.says(town.anne, t("trained {day}", day=day), last=1)
    assert await town.world.says(town.anne, t("no training yet"), last=1)
    await town.world.press(town.anne, NORA)
    await town.says_why()
    assert (await town.asked())[0].state is AssignmentState.LEADER_ASKED, "training is shown; it shuts nobody out here"


async def test_C09_the_count_stands_beside_each_name(town: Town) -> None:
    await town.loaded(town.nora, 5)
    await town.loaded(town.nils, 2)
    await town.looks_for(await town.applied_and_granted())
    await town.world.press(town.anne, WISH)
    assert await town.world.says(town.anne, nt("coordinates for {n} person", "coordinates for {n} people", 5), last=1)
    assert await town.world.says(town.anne, nt("coordinates for {n} person", "coordinates for {n} people", 2), last=1)
    assert await town.world.says(town.anne, t("at the limit"), last=1)


async def test_C09_nobody_is_ordered_to_a_sixth_plan(town: Town) -> None:
    await town.loaded(town.nora, 5)
    case = await town.applied_and_granted()
    await town.asks(case=case, anyway=True)
    (asked,) = await town.asked(case)
    assert asked.over_limit
    assert not await town.world.offers(town.lars, "Yes, that is fine"), "the leader reads it first"
    await town.world.press(town.lars, "Read and answer", "Yes")
    # The unit cannot say the yes for her, neither in the conversation nor past it.
    await open_case(town.world, town.anne, case)
    await town.world.press(town.anne, "Find a coordinator", "Note an answer by phone")
    assert not await town.world.offers(town.anne, "Yes")
    with pytest.raises(Refused):
        await town.does(town.anne, AnswerAsCandidate(assignment=asked.id, yes=True, reason="Hun sa ja."))
    # Nor is a yes without words enough.
    with pytest.raises(Refused):
        await town.does(town.nora, AnswerAsCandidate(assignment=asked.id, yes=True, reason="  "))
    assert (await town.case(case)).state is CaseState.APPOINTING
    await town.accepts(town.nora, "Jeg kjenner familien godt.")
    (asked,) = await town.asked(case)
    assert asked.state is AssignmentState.ACCEPTED
    assert await town.world.read(lambda tx: assignments.words(tx, asked, "own_reason")) == "Jeg kjenner familien godt."


async def test_C09_the_unit_can_think_better_of_it(town: Town) -> None:
    await town.loaded(town.nora, 5)
    case = await town.applied_and_granted()
    await town.looks_for(case)
    await town.world.press(town.anne, WISH, NORA, "No")
    assert await town.world.says(town.anne, "Nobody is asked. Open the case again to choose another.", last=1)
    assert await town.asked(case) == []


async def test_C09_the_limit_counts_when_the_yes_is_said_not_when_it_was_asked_for(town: Town) -> None:
    await town.loaded(town.nora, 4)
    case = await town.applied_and_granted()
    await town.asks(case=case)
    await town.leader_agrees()
    await town.loaded(town.nora, 1)
    await town.world.press(town.nora, "Read and answer", "Yes")
    assert await town.world.says(town.nora, "This is beyond the limit, so nobody can order it. Why is it a yes all the same?", last=1)
    await town.world.write(town.nora, "Jeg har tid.")
    assert (await town.asked(case))[0].state is AssignmentState.ACCEPTED


async def test_C11_another_case_about_the_same_person_is_shown_before_anyone_is_asked(town: Town) -> None:
    await town.applied("Bokmål", name="Kari Prøve")
    await town.applied("Bokmål", name="kari prøve")
    second = CaseId(2)
    words = t("Look here too: {numbers}. It may be the same person. There is one coordinator and one plan.", numbers=[NUMBER])
    await open_case(town.world, town.anne, second)
    assert await town.world.says(town.anne, words, last=1), "on the card"
    await town.granted(second)
    await town.looks_for(second)
    assert await town.world.says(town.anne, words, last=1), "and again before anyone is asked"


async def test_C11_one_question_and_one_coordinator_at_a_time(town: Town) -> None:
    await town.applied()
    await town.granted()
    await town.asks(NORA)
    nils = await town.world.person(town.nils)
    again = Propose(case=FIRST, step=LadderStep.WISH, candidate=nils, department=None, reason="x")
    with pytest.raises(Refused):
        await town.does(town.anne, again)
    await town.looks_for()
    assert await town.world.says(town.anne, "Somebody is asked already. What do you want to do?", last=1)
    await town.world.press(town.anne, "Take the question back")
    assert await town.world.says(town.lars, t("You do not have to answer about case {number} any more.", number=NUMBER), last=1)
    await town.asks(NILS, step=INVOLVED)
    await town.leader_agrees()
    await town.accepts(town.nils)
    with pytest.raises(Refused):
        await town.does(town.anne, again)
    assert [each.state for each in await town.asked()] == [AssignmentState.RECALLED, AssignmentState.ACCEPTED]
