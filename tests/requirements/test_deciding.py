"""The unit's inbox and its decisions: who decides, what is told, and until when one can complain.

Here: rows C01, C02, C12, C13, C17, C19 and S10. Not here: who is asked to be coordinator (`test_appointing`).
"""

from datetime import date, timedelta

import pytest

from bot.domain.cases import AssignmentState, CaseState, DecisionKind, LadderStep, TaskKind, Wanted
from bot.domain.commands import ConfirmRefusal, Decide, Propose
from bot.domain.ids import CaseId, DecisionId
from bot.domain.law import DecisionType
from bot.domain.refusal import Refused
from bot.engine.texts import Language, nt, t
from bot.services import due
from bot.store import decisions
from bot.store.decisions import Decision
from conversations.cards import FAQ
from tests.requirements.town import NORA, WISH, Town
from tests.requirements.walks import FIRST, NUMBER, open_case
from tests.world import World

TODAY = date(2026, 3, 2)
REASON = "Du har én tjeneste nå, og den varer i to uker."


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def decided(town: Town, case: CaseId = FIRST) -> list[Decision]:
    return await town.world.read(lambda tx: decisions.of_case(tx, case))


async def refuses(town: Town, reason: str = REASON) -> None:
    await open_case(town.world, town.anne)
    await town.world.press(town.anne, "Decide", "Refuse")
    await town.world.write(town.anne, reason)
    await town.world.press(town.anne, "Yes, this is right")


async def test_C01_one_inbox_with_the_nearest_deadline_first(town: Town) -> None:
    await town.applied()
    await town.world.turn(timedelta(days=2))
    await town.applied("Bokmål", name="Ola Prøve")
    await town.granted(FIRST)
    await town.world.write(town.anne, "/ansatt")
    await town.world.press(town.anne, "Open cases")
    assert await town.world.says(town.anne, nt("{n} open case, none late.", "{n} open cases, none late.", 2), last=1)
    # The letter of the granted case is due in two days, the talk of the new one in five.
    number = t("{initials}, no. {number}", initials="KP", number=NUMBER)
    assert await town.world.words(town.anne, number) in town.anne.last.labels[0]
    await town.world.turn(timedelta(days=20))
    await town.world.write(town.berit, "/tilsett")
    await town.world.press(town.berit, "Open cases")
    assert await town.world.says(town.berit, nt("{n} open case, {late} late.", "{n} open cases, {late} late.", 2, late=2), last=1)


async def test_C01_only_the_unit_has_the_inbox(town: Town) -> None:
    applicant = await town.applied()
    for chat in (town.lars, town.nora, applicant):
        await town.world.write(chat, "/ansatt")
        assert not await town.world.offers(chat, "Open cases")
    assert town.world.municipality.profile.municipality.display_name in applicant.last.text, "a kind sentence, and the menu"


async def test_C01_a_late_task_is_not_told_as_a_late_answer(town: Town) -> None:
    applicant = await town.applied()
    await town.world.turn(timedelta(days=12))
    await town.world.write(applicant, "/sak")
    assert not await town.world.says(applicant, "The answer is late, and we are sorry. Phone us if you want to know more.", last=1)
    assert await town.world.says(applicant, t("The answer comes by {day}.", day=date(2026, 4, 2)), last=1)


async def test_C02_only_the_unit_decides_and_appoints(town: Town) -> None:
    applicant = await town.applied()
    nora = await town.world.person(town.nora)
    decide = Decide(case=FIRST, kind=DecisionKind.GRANT, granted=Wanted.BOTH, reason="")
    for chat in (town.lars, town.nora, town.nils, applicant):
        with pytest.raises(Refused):
            await town.does(chat, decide)
    await town.granted()
    propose = Propose(case=FIRST, step=LadderStep.WISH, candidate=nora, department=None, reason="x")
    for chat in (town.lars, town.nora, applicant):
        with pytest.raises(Refused):
            await town.does(chat, propose)
    assert await town.asked() == []


async def test_C02_a_departments_own_choice_is_held_by_the_unit_until_the_yes(town: Town) -> None:
    await town.world.write(town.lars, "/tilsett")
    await town.world.press(town.lars, "Report our own decision", "Yes")
    await town.world.write(town.lars, "Ola Prøve")
    await town.world.press(town.lars, "18 to 66", "A coordinator", "Yes, choose a name", NORA, "Yes, this is right")
    assert TaskKind.APPOINT in await town.to_do()
    assert await town.world.offers(town.anne, "Open the case")
    assert [each.state for each in await town.asked()] == [AssignmentState.CANDIDATE_ASKED]
    await town.accepts(town.nora)
    assert (await town.case()).state is CaseState.ACTIVE
    assert TaskKind.APPOINT not in await town.to_do()


@pytest.mark.parametrize("granted", ["An individual plan", "A coordinator and an individual plan"])
async def test_C12_the_decision_says_that_the_municipality_makes_the_plan(town: Town, granted: str) -> None:
    applicant = await town.applied()
    await town.granted(granted=granted)
    words = t("The municipality makes the plan. If you get help at the hospital, the hospital takes part.")
    assert await town.world.says(applicant, words, last=1)


async def test_C13_a_refusal_reaches_nobody_before_a_second_person_has_confirmed_it(town: Town) -> None:
    applicant = await town.applied()
    before = len(applicant.messages)
    await refuses(town)
    assert len(applicant.messages) == before
    assert (await town.case()).state is CaseState.RECEIVED
    assert await town.to_do() == {TaskKind.CONFIRM_REFUSAL}
    (proposed,) = await decided(town)
    with pytest.raises(Refused):
        await town.does(town.anne, ConfirmRefusal(decision=DecisionId(proposed.id), confirmed=True, words=None))
    await town.world.press(town.berit, "Read and answer")
    assert await town.world.says(town.berit, t("{name} proposes to refuse. Reason: {reason}", name="Anne Prøve", reason=REASON), last=1)
    await town.world.press(town.berit, "Confirm the refusal")
    assert (await town.case()).state is CaseState.REFUSED
    assert await town.to_do() == {TaskKind.FORMAL_LETTER}, "the letter is sent from the municipality's own system"


async def test_C13_the_refusal_tells_how_where_and_until_when_to_complain(town: Town) -> None:
    applicant = await town.applied()
    await refuses(town)
    await town.world.press(town.berit, "Read and answer", "Confirm the refusal")
    rule = town.world.municipality.law(TODAY).complaint(DecisionType.COORDINATOR)
    until = TODAY + timedelta(weeks=rule.weeks)
    assert await town.world.says(applicant, t("Your application {number} is refused.", number=NUMBER), last=1)
    assert await town.world.says(applicant, t("The reason is: {reason}", reason=REASON), last=1)
    how = "If you disagree, you can complain by {day} ({law}). Send the complaint to {receiver}. We can help you write it."
    assert await town.world.says(applicant, t(how, day=until, law=rule.cited, receiver=rule.sent_to), last=1)
    assert "pasient- og brukarrettslova § 7-2" in applicant.last.text, "in the applicant's own written form"
    assert await town.world.says(applicant, t("The letter starts the time limit. If it comes later, you have longer."), last=1)
    await town.world.press(applicant, "See my case")
    assert await town.world.says(applicant, t("You can complain until {day}. Ask us, and we help you.", day=until), last=1)


async def test_C13_a_refusal_sent_back_is_decided_anew_and_nobody_hears_of_it(town: Town) -> None:
    applicant = await town.applied()
    before = len(applicant.messages)
    await refuses(town)
    await town.world.press(town.berit, "Read and answer", "Send it back")
    await town.world.write(town.berit, "Spør helsestasjonen først.")
    assert await town.world.says(town.anne, t("They wrote: {words}", words="Spør helsestasjonen først."), last=1)
    assert await town.to_do() == {TaskKind.DECIDE}
    assert len(applicant.messages) == before
    await town.granted()
    assert (await town.case()).state is CaseState.APPOINTING


async def test_C13_no_refusal_without_a_reason_and_a_summary_that_can_be_changed(town: Town) -> None:
    await town.applied()
    await open_case(town.world, town.anne)
    await town.world.press(town.anne, "Decide", "Refuse")
    await town.world.write(town.anne, " \n ")
    await town.world.write(town.anne, "x" * 4000)
    assert not await town.world.offers(town.anne, "Yes, this is right")
    await town.world.write(town.anne, "Kort grunn.")
    await town.world.press(town.anne, "Change an answer", "Decision", "Grant", "A coordinator", "No reason needed", "Yes, this is right")
    (decision,) = await decided(town)
    assert (decision.kind, decision.reason) == (DecisionKind.GRANT, ""), "the reason for a refusal does not follow along"


async def test_C13_S10_two_decide_at_once_and_one_decision_counts(town: Town) -> None:
    await town.applied()
    for chat in (town.anne, town.berit):
        await open_case(town.world, chat)
        await town.world.press(chat, "Decide", "Grant", "A coordinator", "No reason needed")
    await town.world.press(town.anne, "Yes, this is right")
    await town.world.press(town.berit, "Yes, this is right")
    assert len(await decided(town)) == 1
    assert (await town.case()).state is CaseState.APPOINTING


async def test_C17_each_week_the_unit_looks_for_those_without_an_offer(town: Town) -> None:
    await town.world.read(lambda tx: due.of_unit(tx, town.world.municipality))
    await town.world.turn(timedelta(days=21))
    weekly = await town.rows("SELECT * FROM ke_tasks WHERE kind = 'weekly_services' ORDER BY due_on")
    assert [row["due_on"] for row in weekly] == ["2026-03-09", "2026-03-16", "2026-03-23"]
    task = next(each for each in town.world.municipality.profile.recurring if each.id == "weekly_services")
    assert task.words.in_language(Language.NB) in town.anne.text()
    assert task.words.in_language(Language.NN) in town.berit.text()
    await town.world.write(town.anne, "/ansatt")
    await town.world.press(town.anne, "Tasks", "Find those not yet asked", "Yes, it is done")
    (first, *_) = await town.rows("SELECT done_at FROM ke_tasks WHERE kind = 'weekly_services' ORDER BY due_on")
    assert first["done_at"] is not None


async def test_C19_the_regular_doctor_is_another_role(world: World) -> None:
    town = await Town.of(world)
    applicant = await town.applied()
    await world.write(applicant, "/info")
    question, answer = FAQ["doctor"]
    await world.press(applicant, "Questions, forms and reading", "Questions and answers", question)
    assert await world.says(applicant, answer, last=1)


async def test_S10_time_alone_decides_nothing_and_appoints_nobody(town: Town) -> None:
    await town.applied()
    await town.world.turn(timedelta(days=200))
    assert await decided(town) == []
    assert (await town.case()).state is CaseState.RECEIVED
    await town.granted()
    await town.asks()
    await town.world.turn(timedelta(days=200))
    assert [each.state for each in await town.asked()] == [AssignmentState.LEADER_ASKED]


async def test_S10_samraad_suggests_no_decision_and_ranks_nobody(town: Town) -> None:
    await town.applied(wish="Nora")
    await open_case(town.world, town.anne)
    await town.world.press(town.anne, "Decide")
    assert await town.world.says(town.anne, "You decide. Samråd suggests nothing.", last=1)
    assert not any(label.startswith("☑") for label in town.anne.last.labels)
    await town.world.press(town.anne, "Cancel")
    await town.granted()
    await town.looks_for()
    await town.world.press(town.anne, WISH)
    names = [label for label in town.anne.last.labels if "Prøve" in label]
    assert len(names) == 3, "everyone who can be asked is there, whoever the wish names"
    (decision,) = await decided(town)
    assert decision.by == await town.world.person(town.anne), "a named person has decided"
