"""Somebody of staff leaves: their access, their cases, and what was open to them.

Here: C18 (never alone), N14 and T05 where somebody leaves. Not here: the staff file as such (`tests/services/test_staff.py`).
"""

from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import CaseState, TaskKind
from bot.domain.change_commands import StartChange
from bot.domain.change_queries import ChangesAskedOfMe, TheChange
from bot.domain.changes import ChangeAskState, ChangeReason, ChangeState
from bot.domain.queries import MyCases, TheCase
from bot.domain.refusal import Refused
from bot.domain.staff_commands import EndStaffRoles
from bot.domain.substitute_commands import AnswerSubstitute, ProposeSubstitute
from bot.domain.substitutes import SubstituteScope, SubstituteState
from bot.engine.texts import t
from bot.services import staff
from bot.store import alarms, logins, people
from tests.requirements.handing_over_walks import NUMBER, Desk
from tests.requirements.walks import FIRST
from tests.services.test_staff import lines
from tests.world import Chat, World


@pytest.fixture
async def desk(world: World) -> Desk:
    return await Desk.of(world)


async def _leaves(desk: Desk, who: Chat) -> None:
    await desk.does(desk.town.anne, EndStaffRoles(person=await desk.world.person(who)))


async def _alarms(desk: Desk) -> list[str]:
    return [f"{row['kind']} {row['detail']}" for row in await desk.world.read(alarms.open_alarms)]


async def test_C18_N14_a_coordinator_who_leaves_the_unit_has_the_case_and_the_person_is_told(desk: Desk) -> None:
    nora = await desk.world.person(desk.town.nora)
    await _leaves(desk, desk.town.nora)
    assert await desk.roles(desk.town.nora) == frozenset()
    assert await desk.looks(desk.town.nora, TheCase(FIRST)) is None
    assert await desk.looks(desk.town.nora, MyCases()) == ()
    assert await desk.state() is CaseState.APPOINTING
    assert TaskKind.APPOINT in await desk.to_do()
    assert not await desk.alone()
    assert await _alarms(desk) == ["case_without_coordinator case 1"]
    assert await desk.world.says(desk.ola, t("{name} is no longer your coordinator. We find a new one for you.", name="Nora Prøve"), last=1)
    assert await desk.town.rows("SELECT 1 FROM notices WHERE person = :who AND words IS NOT NULL AND case_id = 1", who=nora) == []
    with pytest.raises(Refused):
        await desk.begins_change(desk.town.nora)


async def test_C18_a_stop_when_the_old_one_has_left_leads_to_a_search_and_not_to_nobody(desk: Desk) -> None:
    await desk.to_working_together()
    await _leaves(desk, desk.town.nora)
    takes_over = t(
        "Case {number}: {old} does not coordinate any more. {name} takes over alone, and must meet the person soon.",
        number=NUMBER,
        old="Nora Prøve",
        name="Nils Prøve",
    )
    assert await desk.world.says(desk.town.berit, takes_over, last=1)
    await desk.world.write(desk.town.anne, "/ansatt")
    await desk.world.press(desk.town.anne, "Find a case by number")
    await desk.world.write(desk.town.anne, NUMBER)
    await desk.world.press(desk.town.anne, "People around", "Substitute or another coordinator", "Another coordinator")
    await desk.world.press(desk.town.anne, "Stop it, and find somebody else")
    asked = t("Shall we stop? {name} does not take over then. You find a coordinator anew.", name="Nils Prøve")
    assert await desk.world.says(desk.town.anne, asked, last=1)
    await desk.world.press(desk.town.anne, "Yes")
    await desk.world.deliver()
    assert await desk.state() is CaseState.APPOINTING
    assert TaskKind.APPOINT in await desk.to_do()
    assert not await desk.alone()
    assert await desk.world.says(desk.town.nils, t("Case {number}: you do not take over after all.", number=NUMBER), last=1)
    told = t("{name} does not take over after all. We find a coordinator for you.", name="Nils Prøve")
    assert await desk.world.says(desk.ola, told, last=1)


async def test_N17_nobody_stands_in_where_nobody_coordinates(desk: Desk) -> None:
    await desk.to_working_together()
    await _leaves(desk, desk.town.nora)
    asked = ProposeSubstitute(
        case=FIRST,
        person=await desk.world.person(desk.town.kim),
        scope=SubstituteScope.PERIOD,
        starts_at=desk.at(2),
        ends_at=desk.at(4),
        note=None,
    )
    with pytest.raises(Refused, match="Nobody coordinates here now"):
        await desk.does(desk.town.lars, asked)


async def test_C18_the_alarm_stands_and_the_unit_is_reminded_until_somebody_has_taken_over(desk: Desk) -> None:
    await _leaves(desk, desk.town.nora)
    again = t("Case {number} has had no coordinator since theirs left. Find a new one.", number=NUMBER)
    await desk.world.turn(timedelta(days=2))
    assert await desk.world.says(desk.town.anne, again, last=1)
    await desk.world.turn(timedelta(days=6))
    words = await desk.world.words(desk.town.anne, again)
    assert sum(words in each.text for each in desk.town.anne.messages) == 2
    await desk.town.asks("Nils Prøve")
    await desk.town.leader_agrees()
    await desk.town.accepts(desk.town.nils)
    assert await _alarms(desk) == []
    assert await desk.coordinator() == await desk.world.person(desk.town.nils)
    before = len(desk.town.anne.messages)
    await desk.world.turn(timedelta(days=5))
    assert not any(words in each.text for each in desk.town.anne.messages[before:])


async def test_T05_web_sessions_end_and_a_line_of_the_staff_file_does_the_same(desk: Desk) -> None:
    nora = await desk.world.person(desk.town.nora)
    token = await desk.world.read(lambda tx: logins.begin(tx, nora, "staff"))
    assert await desk.world.read(lambda tx: logins.find(tx, token)) is not None
    await desk.world.read(lambda tx: staff.bring_in(tx, desk.world.municipality, lines("Nora Prøve,none,,,,\n")))
    assert await desk.world.read(lambda tx: logins.find(tx, token)) is None
    assert await desk.roles(desk.town.nora) == frozenset()
    assert not await desk.alone()
    assert await _alarms(desk) == ["case_without_coordinator case 1"]


async def test_N17_a_substitute_who_leaves_gives_the_case_back_and_one_who_stands_in_goes_on(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 0, 9)
    await _leaves(desk, desk.town.kim)
    assert (await desk.substitute()).state is SubstituteState.ENDED
    await desk.stands_in(desk.town.nils, 0, 9)
    await _leaves(desk, desk.town.nora)
    assert Role.SUBSTITUTE in await desk.roles(desk.town.nils), "they know the person"
    assert not await desk.alone()
    stands = t("Until {end} {name} stands in.", end=desk.at(9), name="Nils Prøve")
    assert await desk.world.says(desk.ola, stands, last=1)


async def test_N17_a_question_about_standing_in_is_taken_back(desk: Desk) -> None:
    kim = await desk.world.person(desk.town.kim)
    command = ProposeSubstitute(case=FIRST, person=kim, scope=SubstituteScope.PERIOD, starts_at=desk.at(1), ends_at=desk.at(4), note=None)
    await desk.does(desk.town.nora, command)
    await _leaves(desk, desk.town.nora)
    assert (await desk.substitute()).state is SubstituteState.RECALLED
    with pytest.raises(Refused):
        await desk.does(desk.town.kim, AnswerSubstitute(substitute=(await desk.substitute()).id, yes=True))


async def test_N04_N05_whoever_was_asked_leaves_and_the_next_is_asked(desk: Desk) -> None:
    await desk.to_the_wish()
    await desk.wishes(desk.town.kim)
    await _leaves(desk, desk.town.kim)
    assert [each.state for each in await desk.asks()] == [ChangeAskState.RECALLED, ChangeAskState.ASKED]
    await desk.answers(desk.town.nils, True)
    await _leaves(desk, desk.town.lars)
    assert TaskKind.CHANGE_SILENT in await desk.to_do(), "the unit finds out who answers for the leader"
    await desk.leader_answers(desk.town.anne, desk.town.nils)
    assert (await desk.change()).state is ChangeState.TAKING_OVER


async def test_N14_whoever_takes_over_leaves_and_the_old_one_has_the_case(desk: Desk) -> None:
    await desk.to_working_together()
    await _leaves(desk, desk.town.nils)
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)
    assert (await desk.change()).state is ChangeState.LEADERS_MEET, "nobody else is around the person"
    assert await desk.roles(desk.town.nils) == frozenset()


async def test_N14_the_old_one_leaves_while_another_takes_over_who_goes_on_alone(desk: Desk) -> None:
    await desk.to_working_together()
    await _leaves(desk, desk.town.nora)
    assert Role.COORDINATOR in await desk.roles(desk.town.nils)
    assert TaskKind.CHANGE_COORDINATOR in await desk.to_do()
    assert not await desk.alone()
    await desk.met()
    await desk.world.turn(timedelta(days=20))
    assert await desk.coordinator() == await desk.world.person(desk.town.nils)
    assert TaskKind.CHANGE_COORDINATOR not in await desk.to_do()
    assert await _alarms(desk) == []


async def test_N02_N08_a_leader_who_leaves_is_followed_by_the_next_or_the_unit(desk: Desk) -> None:
    await desk.begins_change()
    liv = await desk.world.staff("Liv Prøve", Role.LEADER, department="hjemmetjenesten")
    await _leaves(desk, desk.town.lars)
    assert await desk.looks(liv, ChangesAskedOfMe()) != ()
    await desk.world.press(liv, "Yes, that is fine")
    await desk.wishes()
    await desk.answers(desk.town.nils, False)
    assert (await desk.change()).state is ChangeState.LEADERS_MEET
    await _leaves(desk, liv)
    assert (await desk.change()).state is ChangeState.UNIT_DECIDES


async def test_T05_nobody_but_the_unit_ends_roles_and_not_their_own(desk: Desk) -> None:
    nora, anne = await desk.world.person(desk.town.nora), await desk.world.person(desk.town.anne)
    for who, person in ((desk.town.lars, nora), (desk.ola, nora), (desk.town.anne, anne)):
        with pytest.raises(Refused):
            await desk.does(who, EndStaffRoles(person=person))
    assert await desk.world.read(lambda tx: people.standing_roles(tx, nora)) == {Role.COORDINATOR}


async def test_T05_by_hand_from_the_desk_of_the_unit(desk: Desk) -> None:
    await desk.world.write(desk.town.anne, "/ansatt")
    await desk.world.press(desk.town.anne, "Cases and figures", "Somebody has left", "Nora Prøve", "Yes")
    assert await desk.roles(desk.town.nora) == frozenset()
    assert await desk.looks(desk.town.nora, TheChange(FIRST)) is None


async def test_T05_what_was_on_its_way_to_them_does_not_leave(desk: Desk) -> None:
    nora = await desk.world.person(desk.town.nora)
    await desk.town.does(desk.ola, StartChange(case=FIRST, reason=ChangeReason.WISH))  # told to Nora, and not delivered yet
    waiting = "SELECT 1 FROM outbox WHERE account = :account AND state = 'ready' AND case_id = 1"
    assert await desk.town.rows(waiting, account=desk.town.nora.account) != []
    await desk.town.does(desk.town.anne, EndStaffRoles(person=nora))
    assert await desk.town.rows(waiting, account=desk.town.nora.account) == []
