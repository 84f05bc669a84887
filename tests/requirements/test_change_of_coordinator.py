"""A change of coordinator: Lund's eight steps, Herøy's unit, Ås' and Rana's leader, and working together.

Here: rows N01 to N16. Not here: substitutes (`test_substitutes`), staff who leave (`test_staff_leave`), every press (the transcripts).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain import agenda
from bot.domain.access import Role
from bot.domain.cases import Place, TaskKind
from bot.domain.change_commands import (
    DecideDepartment,
    HandToUnit,
    LeaderOnChange,
    LetGo,
    NameCoordinator,
    NoteMet,
    StartChange,
    StopChange,
    ToolChanged,
    WishCoordinator,
    WorkTogetherUntil,
)
from bot.domain.change_queries import MayTakeOver, TheChange, TheHandOver
from bot.domain.changes import STEPS, ChangeAskState, ChangeReason, ChangeState, StartedAs
from bot.domain.meetings import MeetingKind
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.store import changes, tasks
from tests.requirements.conftest import MONDAY
from tests.requirements.handing_over_walks import NUMBER, Desk
from tests.requirements.walks import FIRST
from tests.world import World


@pytest.fixture
async def desk(world: World) -> Desk:
    return await Desk.of(world)


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Any]:
    """A desk in another municipality, by its profile."""
    opened: list[World] = []

    async def open_in(profile: str) -> Desk:
        world = await World.open(tmp_path / f"{profile}.db", profile=profile, start=MONDAY)
        opened.append(world)
        return await Desk.of(world)

    yield open_in
    for world in opened:
        await world.database.close()


@pytest.mark.parametrize(("who", "as_what"), [("nora", StartedAs.COORDINATOR), ("ola", StartedAs.PERSON), ("lars", StartedAs.LEADER)])
async def test_N01_it_has_a_reason_and_each_of_them_can_begin_it(desk: Desk, who: str, as_what: StartedAs) -> None:
    chat = desk.ola if who == "ola" else getattr(desk.town, who)
    await desk.begins_change(chat, ChangeReason.LIFE_TRANSITION)
    change = await desk.change()
    assert (change.started_as, change.reason) == (as_what, ChangeReason.LIFE_TRANSITION)
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)
    with pytest.raises(Refused):
        await desk.begins_change(chat)
    assert "coordinator" in await desk.roles(desk.town.nora)


async def test_N01_the_unit_can_begin_it_and_what_the_person_wrote_is_not_shown_to_the_coordinator(desk: Desk) -> None:
    await desk.does(desk.ola, StartChange(case=FIRST, reason=ChangeReason.WISH, words="Vi passar ikkje saman."))
    seen = await desk.looks(desk.town.nora, TheChange(FIRST))
    assert seen is not None
    assert seen.words is None
    at_unit = await desk.looks(desk.town.anne, TheChange(FIRST))
    assert at_unit is not None
    assert at_unit.words == "Vi passar ikkje saman."
    await desk.does(desk.ola, StopChange(change=seen.change))
    await desk.begins_change(desk.town.anne)
    assert (await desk.change()).started_as is StartedAs.UNIT
    assert "Vi passar ikkje saman" not in desk.town.nora.text()


async def test_N02_the_leader_says_yes_in_one_press(desk: Desk) -> None:
    await desk.begins_change()
    await desk.world.press(desk.town.lars, "Yes, that is fine")
    assert (await desk.change()).state is ChangeState.PERSON_ASKED


async def test_N02_a_no_ends_what_the_coordinator_began_and_sends_the_persons_to_the_unit(desk: Desk) -> None:
    await desk.begins_change()
    await desk.does(desk.town.lars, LeaderOnChange(change=(await desk.change()).id, yes=False, reason="Vent til sommaren."))
    assert (await desk.change()).state is ChangeState.STOPPED
    assert "Vent til sommaren." in desk.town.nora.text()
    await desk.begins_change(desk.ola)
    await desk.does(desk.town.lars, LeaderOnChange(change=(await desk.change()).id, yes=False, reason="Nei, takk."))
    assert "Nei, takk." in desk.town.anne.text()
    assert (await desk.change()).state is ChangeState.PERSON_ASKED, "the person's wish comes first all the same"
    await desk.wishes(desk.town.nils)
    assert (await desk.change()).state is ChangeState.UNIT_DECIDES
    assert TaskKind.CHANGE_COORDINATOR in await desk.to_do()


async def test_N03_the_person_is_asked_in_their_own_language_and_their_order_counts(desk: Desk) -> None:
    await desk.around(desk.town.kim)
    await desk.to_the_wish()
    assert await desk.world.says(desk.ola, "Whom would you like? You need not choose. Then we find somebody who fits.")
    found = await desk.looks(desk.ola, MayTakeOver(FIRST))
    assert {each.name for each in found} == {"Nils Prøve", "Kim Prøve"}, "those around the person, and not the coordinator"
    await desk.wishes(desk.town.kim, desk.town.nils)
    kim, nils = await desk.world.person(desk.town.kim), await desk.world.person(desk.town.nils)
    assert [(each.person, each.wished) for each in await desk.asks()] == [(kim, True), (nils, True)]


async def test_N03_by_hand_one_wish_and_words_that_the_coordinator_looks_up(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.world.press(desk.ola, "Tell whom I would like", "I have no wish")
    await desk.world.write(desk.ola, "Ho Kim på fysioterapien.")
    change = await desk.change()
    assert change.state is ChangeState.PERSON_ASKED, "words first go to the coordinator"
    kim = await desk.world.person(desk.town.kim)
    await desk.does(desk.town.nora, WishCoordinator(change=change.id, order=(kim,)))
    asks = await desk.asks()
    assert [each.person for each in asks if each.wished] == [kim]
    assert asks[0].state is ChangeAskState.ASKED


async def test_N04_they_are_asked_one_by_one_in_that_order(desk: Desk) -> None:
    await desk.around(desk.town.kim)
    await desk.to_the_wish()
    await desk.wishes(desk.town.kim)
    assert await desk.world.says(desk.town.kim, "The person wishes that it is you.")
    assert not await desk.world.says(desk.town.nils, "Read and answer")
    await desk.answers(desk.town.kim, False, "Har ikkje tid.")
    states = [each.state for each in await desk.asks()]
    assert states == [ChangeAskState.DECLINED, ChangeAskState.ASKED], "then those around the person who were not named"
    assert "Har ikkje tid." not in desk.town.nora.text(), "why is not told on"


async def test_N05_the_new_ones_own_leader_says_yes_in_one_press(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.wishes(desk.town.kim)
    await desk.answers(desk.town.kim, True)
    assert (await desk.asks())[0].state is ChangeAskState.LEADER_ASKED
    with pytest.raises(Refused):
        await desk.leader_answers(desk.town.lars, desk.town.kim)
    await desk.world.press(desk.mona, "Yes, that is fine")
    assert (await desk.change()).state is ChangeState.TAKING_OVER


async def test_N05_a_leaders_no_leads_to_the_next(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.wishes(desk.town.kim)
    await desk.answers(desk.town.kim, True)
    await desk.leader_answers(desk.mona, desk.town.kim, yes=False)
    assert [each.state for each in await desk.asks()] == [ChangeAskState.LEADER_REFUSED, ChangeAskState.ASKED]


async def test_N06_the_person_is_told_who_it_is(desk: Desk) -> None:
    await desk.to_working_together()
    assert await desk.world.says(desk.ola, t("Your new coordinator is {name}.", name="Nils Prøve"))


async def test_N07_roles_change_at_one_moment_and_the_old_ones_access_ends(desk: Desk) -> None:
    await desk.to_working_together()
    await desk.met()
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)
    assert Role.COORDINATOR in await desk.roles(desk.town.nils)
    await desk.does(desk.town.nora, LetGo(case=FIRST))
    assert await desk.coordinator() == await desk.world.person(desk.town.nils)
    assert Role.COORDINATOR not in await desk.roles(desk.town.nora)
    assert not await desk.alone()
    change = await desk.change()
    assert change.state is ChangeState.DONE
    await desk.world.press(desk.town.nils, "The roles are changed")
    assert (await desk.change()).tool_at is not None
    with pytest.raises(Refused):
        await desk.does(desk.town.nora, ToolChanged(change=change.id))


async def test_N07_the_planning_tool_is_brought_to_mind_after_three_working_days(desk: Desk) -> None:
    await desk.to_working_together()
    await desk.met()
    await desk.does(desk.town.nora, LetGo(case=FIRST))
    await desk.world.turn(timedelta(days=6))
    asked = t("Case {number}: have you changed the roles in the planning tool?", number=NUMBER)
    assert await desk.world.says(desk.town.nils, asked)


async def _nobody(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.wishes()
    await desk.answers(desk.town.nils, False)
    assert (await desk.change()).state is ChangeState.LEADERS_MEET


async def test_N08_nobody_accepts_and_the_leader_calls_the_leaders_within_the_days_of_the_profile(desk: Desk) -> None:
    await _nobody(desk)
    by = desk.day(14)
    asked = t("Nobody can take over case {number}. Call a meeting of the leaders. Note what you agree on by {day}.", number=NUMBER, day=by)
    assert await desk.world.says(desk.town.lars, asked, last=1)
    await desk.world.turn(timedelta(days=8))
    assert await desk.world.says(
        desk.town.lars, t("Case {number}: another coordinator is being found. We still wait for you.", number=NUMBER), last=1
    )
    await desk.world.turn(timedelta(days=7))
    assert TaskKind.CHANGE_SILENT in await desk.to_do()
    kim = await desk.world.person(desk.town.kim)
    await desk.does(desk.town.lars, NameCoordinator(change=(await desk.change()).id, person=kim))
    await desk.answers(desk.town.kim, True)
    assert (await desk.change()).state is ChangeState.TAKING_OVER, "the leaders have agreed, so none of them is asked again"
    assert TaskKind.CHANGE_SILENT not in await desk.to_do()


async def test_N09_leaders_disagree_the_unit_decides_the_department_and_the_department_appoints(desk: Desk) -> None:
    await _nobody(desk)
    change = (await desk.change()).id
    await desk.does(desk.town.lars, HandToUnit(change=change, words="Ingen har tid."))
    assert TaskKind.CHANGE_COORDINATOR in await desk.to_do()
    with pytest.raises(Refused):
        await desk.does(desk.town.lars, DecideDepartment(change=change, department="fysio_ergo"))
    await desk.does(desk.town.anne, DecideDepartment(change=change, department="fysio_ergo"))
    assert TaskKind.CHANGE_COORDINATOR not in await desk.to_do()
    nils, kim = await desk.world.person(desk.town.nils), await desk.world.person(desk.town.kim)
    with pytest.raises(Refused):
        await desk.does(desk.mona, NameCoordinator(change=change, person=nils))
    await desk.does(desk.mona, NameCoordinator(change=change, person=kim))
    assert await desk.coordinator() == await desk.world.person(desk.town.nora), "not without a yes of their own"
    await desk.answers(desk.town.kim, False)
    assert (await desk.change()).state is ChangeState.DEPARTMENT_NAMES, "back to whoever named"


async def test_N10_where_the_profile_says_so_it_is_reported_to_the_unit_which_appoints(elsewhere: Any) -> None:
    desk: Desk = await elsewhere("heroy")
    await desk.begins_change()
    assert (await desk.change()).state is ChangeState.PERSON_ASKED, "the person's wish first, no leader to ask"
    await desk.wishes(desk.town.nils)
    assert (await desk.change()).state is ChangeState.UNIT_DECIDES
    nils = await desk.world.person(desk.town.nils)
    await desk.does(desk.town.anne, NameCoordinator(change=(await desk.change()).id, person=nils))
    assert (await desk.asks())[0].state is ChangeAskState.ASKED


async def test_N11_it_can_be_a_point_at_a_meeting(desk: Desk) -> None:
    await desk.does(desk.town.nora, StartChange(case=FIRST, reason=ChangeReason.OTHER, at_meeting=True))
    view = await desk.looks(desk.town.nora, TheChange(FIRST))
    assert view is not None
    assert view.at_meeting
    for kind in (MeetingKind.GROUP, MeetingKind.PLAN):
        assert "new_coordinator" in agenda.offered(kind, desk.world.municipality.profile.agenda, first=False)


async def test_N12_both_have_the_case_and_may_work_together_longer(desk: Desk) -> None:
    await desk.to_working_together()
    assert Role.COORDINATOR in await desk.roles(desk.town.nora) & await desk.roles(desk.town.nils)
    await desk.does(desk.town.nora, WorkTogetherUntil(case=FIRST, until=desk.day(30)))
    await desk.met()
    await desk.world.turn(timedelta(days=20))
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)
    await desk.world.turn(timedelta(days=20))
    assert await desk.coordinator() == await desk.world.person(desk.town.nils), (
        "on the first working day after the day planned, by the clock"
    )


async def test_N13_the_pack_holds_who_is_around_and_what_is_to_be_done_and_nothing_from_the_chat(desk: Desk) -> None:
    await desk.to_working_together()
    pack = await desk.looks(desk.town.nils, TheHandOver(FIRST))
    assert pack is not None
    assert [each.name for each in pack.members] == ["Nils Prøve"]
    assert pack.to_do
    assert pack.consents == 0
    assert await desk.looks(desk.town.kim, TheHandOver(FIRST)) is None
    assert await desk.town.rows("SELECT 1 FROM audit WHERE action = 'hand_over.read' AND case_id = 1") != []
    await desk.world.press(desk.town.nils, "What I must know")
    assert await desk.world.says(desk.town.nils, "No consent is in force. Share nothing before there is one.", last=1)


async def test_N14_the_old_one_cannot_let_go_before_the_new_one_has_met_the_person(desk: Desk) -> None:
    await desk.to_working_together()
    with pytest.raises(Refused):
        await desk.does(desk.town.nora, LetGo(case=FIRST))
    with pytest.raises(Refused):
        await desk.does(desk.town.nora, NoteMet(case=FIRST, place=Place.HOME))
    await desk.world.turn(timedelta(days=30))
    assert await desk.coordinator() == await desk.world.person(desk.town.nora), "nor does the day planned"
    assert TaskKind.CHANGE_SILENT in await desk.to_do(), "the unit phones the new one"
    await desk.met()
    assert await desk.coordinator() == await desk.world.person(desk.town.nils)


async def test_N15_to_another_department_by_way_of_the_unit(elsewhere: Any) -> None:
    desk: Desk = await elsewhere("rana")
    await desk.to_the_wish()
    await desk.wishes()
    change = await desk.change()
    assert change.state is ChangeState.DEPARTMENT_NAMES
    await desk.does(desk.town.lars, HandToUnit(change=change.id, words="Fysioterapien er mest inne no."))
    assert (await desk.change()).state is ChangeState.UNIT_DECIDES
    assert TaskKind.CHANGE_COORDINATOR in await desk.to_do()
    assert "Fysioterapien er mest inne no." in desk.town.anne.text()


async def test_N16_the_unit_hears_of_the_new_coordinator_by_itself(desk: Desk) -> None:
    await desk.to_working_together()
    await desk.met()
    await desk.does(desk.town.nora, LetGo(case=FIRST))
    told = t("Case {number}: {name} is the coordinator now, after {old}.", number=NUMBER, name="Nils Prøve", old="Nora Prøve")
    assert await desk.world.says(desk.town.anne, told, last=1)


async def test_N02_N03_N04_whoever_is_silent_is_asked_again_and_then_the_unit_takes_it_up(desk: Desk) -> None:
    await desk.begins_change()
    waiting = t("Case {number}: another coordinator is being found. We still wait for you.", number=NUMBER)
    await desk.world.turn(timedelta(days=7))
    assert await desk.world.says(desk.town.lars, waiting, last=1)
    await desk.world.turn(timedelta(days=2))
    assert TaskKind.CHANGE_SILENT in await desk.to_do()
    await desk.does(desk.town.anne, LeaderOnChange(change=(await desk.change()).id, yes=True))
    assert TaskKind.CHANGE_SILENT not in await desk.to_do(), "it goes on"
    await desk.world.turn(timedelta(days=7))
    assert await desk.world.says(desk.ola, "Is there anybody you would like as your new coordinator? You need not choose.", last=1)
    await desk.world.turn(timedelta(days=4))
    talk = t("Case {number}: please talk with the person about whom they wish, and note it.", number=NUMBER)
    assert await desk.world.says(desk.town.nora, talk)
    await desk.wishes(desk.town.nils)
    await desk.world.turn(timedelta(days=6))
    assert await desk.world.says(desk.town.nils, waiting)


async def test_N14_whoever_takes_over_and_falls_away_leaves_everything_with_the_old_one(desk: Desk) -> None:
    await desk.to_working_together()
    await desk.does(desk.town.anne, StopChange(change=(await desk.change()).id))
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)
    assert Role.COORDINATOR not in await desk.roles(desk.town.nils)
    assert await desk.world.read(lambda tx: changes.taking_over(tx, FIRST)) is None


async def test_N01_stop_tells_those_asked_that_they_need_not_answer(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.wishes(desk.town.nils)
    await desk.does(desk.town.nora, StopChange(change=(await desk.change()).id))
    told = t("You do not have to answer about case {number} any more.", number=NUMBER)
    assert await desk.world.says(desk.town.nils, told, last=1)
    assert await desk.world.read(lambda tx: tasks.of_case(tx, FIRST)) == []


def test_a_change_moves_only_along_its_steps() -> None:
    ended = {ChangeState.DONE, ChangeState.STOPPED}
    assert all(not STEPS[state] for state in ended)
    assert all(ChangeState.STOPPED in STEPS[state] for state in set(ChangeState) - ended)
    assert {state for state in ChangeState if ChangeState.DONE in STEPS[state]} == {ChangeState.TAKING_OVER}
    assert {state for state in ChangeState if ChangeState.TAKING_OVER in STEPS[state]} == {ChangeState.ASKING}
