"""A contact at the kindergarten or the school for a child.

Here: row F17 (Ringerike, KE og samarbeid; Lund § 6). Not here: the circle otherwise (`test_circle`).
"""

from datetime import date, timedelta

import pytest

from bot.domain.circle_commands import EndMembership, GoesToNeither
from bot.domain.circle_queries import TheCircle
from bot.domain.ids import MemberId
from bot.domain.refusal import Refused
from bot.domain.rules import Service
from bot.domain.school_contacts import missing, suitable
from bot.engine.texts import t
from bot.profile import load_profile
from bot.store import standings
from tests.requirements.circle_walks import TROND, Around
from tests.requirements.meeting_walks import Table
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import World

PLACES = ("barnehage", "skole")


@pytest.fixture
async def around(world: World) -> Around:
    """Nora coordinates for a child."""
    around = await Around.of(await Town.of(world))
    await world.read(lambda tx: tx.execute("UPDATE cases SET age_group = 'under_16' WHERE id = :case", case=FIRST))
    return around


async def seen(around: Around) -> tuple[str, ...]:
    view = await Table(around, around.kari, around.kari, (MemberId(0), MemberId(0))).look(around.town.nora, TheCircle(FIRST))
    assert view is not None
    return view.no_contact_from


async def born(around: Around, on: date) -> None:
    anne = await around.town.world.person(around.town.anne)
    await around.town.world.read(lambda tx: standings.set_birth(tx, FIRST, on, by=anne))


ASKED = t("Case {number}: nobody around the child comes from kindergarten or school. Who is the contact there?", number="1001")


async def test_F17_the_coordinator_sees_that_nobody_comes_from_kindergarten_or_school_and_is_asked(around: Around) -> None:
    world = around.town.world
    assert await seen(around) == PLACES
    await world.turn(timedelta(days=15))
    assert await world.says(around.town.nora, ASKED)
    await around.add(TROND, title="Lærer", service="skole")
    assert await seen(around) == ()
    around.town.nora.messages.clear()
    await world.turn(timedelta(days=30))
    assert not await world.says(around.town.nora, ASKED)


async def test_F17_when_the_contact_leaves_it_is_missing_again(around: Around) -> None:
    trond = await around.add(TROND, title="Lærer", service="skole")
    assert await seen(around) == ()
    await around.town.does(around.town.nora, EndMembership(member=trond))
    assert await seen(around) == PLACES


async def test_F17_a_small_child_has_it_at_the_kindergarten_and_a_grown_one_at_school(around: Around) -> None:
    today = around.today
    await born(around, today.replace(year=today.year - 3))
    assert await seen(around) == ("barnehage",)
    await born(around, today.replace(year=today.year - 9))
    assert await seen(around) == ("skole",)
    await around.add(TROND, title="Pedagog", service="barnehage")
    assert await seen(around) == ("skole",), "whoever knew the child in kindergarten is not the school's contact"


async def test_F17_a_child_that_goes_to_neither_is_asked_about_anew_after_a_year(around: Around) -> None:
    with pytest.raises(Refused):
        await around.town.does(around.kari, GoesToNeither(case=FIRST))
    await around.town.does(around.town.nora, GoesToNeither(case=FIRST))
    assert await seen(around) == ()
    await around.town.world.turn(timedelta(days=366))
    assert await seen(around) == PLACES


async def test_F17_nobody_is_asked_where_the_case_is_not_about_a_child(world: World) -> None:
    around = await Around.of(await Town.of(world))
    assert await seen(around) == ()
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, GoesToNeither(case=FIRST))


async def test_F17_by_hand(around: Around) -> None:
    world, nora = around.town.world, around.town.nora
    await world.turn(timedelta(days=15))
    await world.press(nora, "See the circle", "The child goes to neither")
    assert await seen(around) == ()


@pytest.mark.parametrize("municipality", ["as", "heroy", "lund", "rana", "ringerike", "demo"])
def test_F17_every_municipality_has_both_in_its_directory(municipality: str) -> None:
    services: tuple[Service, ...] = load_profile(municipality).services
    assert tuple(each.id for each in suitable(services, None)) == PLACES
    for age, places in ((1, ("barnehage",)), (5, PLACES), (6, ("skole",)), (17, ("skole",))):
        assert tuple(each.id for each in missing(services, child=True, age=age, around=set(), neither=False)) == places
