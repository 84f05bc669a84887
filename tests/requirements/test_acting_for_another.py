"""Whoever writes for somebody else: their own number and home are theirs, what is granted is the person's, and 16 comes with a warning.

Here: through the services, with the real database. Not here: who decides (`tests/requirements/test_who_decides.py`).
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, ForWhom, Place, TalkKind, TaskKind
from bot.domain.commands import ProposeTalk
from bot.engine.texts import t
from bot.store import tasks
from tests.requirements.standing_walks import SIXTEEN, a_parent, born, is_parent, until
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, was_told
from tests.world import World


async def test_E03_B09_a_relatives_own_number_and_home_are_never_taken_for_the_persons(world: World) -> None:
    town = await Town.of(world)
    relative = await a_parent(town, ForWhom.RELATIVE, AgeGroup.ELDERLY, phone="90000123")
    at = world.clock.now() + timedelta(days=2)
    await town.does(town.anne, ProposeTalk(case=FIRST, kind=TalkKind.CLARIFYING, place=Place.HOME, times=(at,), agreed=True))
    await world.deliver()
    assert await was_told(world, relative, t("We have agreed on {time}, {where}.", time=at, where=t("at the person's home")))
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await town.accepts(town.nora)
    said = [each.words for each in await world.read(tasks.open_tasks) if each.kind is TaskKind.REACH_BY_PHONE]
    assert any("Nora Prøve" in words for words in said), "the unit is asked to reach the person"
    assert not any("90 00 01 23" in words or "90000123" in words for words in said), "who answers there is somebody else"


@pytest.mark.parametrize(
    ("capacity", "gets"), [(Role.PARENT, "Your child gets a coordinator."), (Role.GUARDIAN, "The person gets a coordinator.")]
)
async def test_C12_whoever_acts_for_the_person_reads_who_gets_it(world: World, capacity: Role, gets: str) -> None:
    town = await Town.of(world)
    acts = await a_parent(town, ForWhom.MY_CHILD if capacity is Role.PARENT else ForWhom.WARD)
    await born(town, date(2018, 5, 1))
    await is_parent(town, acts, capacity)
    await town.granted()
    assert await world.says(acts, gets) is True
    assert await world.says(acts, "You will get a coordinator.") is False


async def test_E15_parents_hear_before_the_16th_birthday_that_what_they_agreed_to_ends(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await born(town, date(2010, 10, 1))
    await is_parent(town, parent)
    told = t("Case {number}: your child turns 16 on {day}. From then on your child decides. What you agreed to ends that day.", **SIXTEEN)
    await until(town, datetime(2026, 8, 1, 12, tzinfo=UTC))
    assert not await was_told(world, parent, told)
    await until(town, datetime(2026, 8, 5, 12, tzinfo=UTC))
    assert await was_told(world, parent, told)
