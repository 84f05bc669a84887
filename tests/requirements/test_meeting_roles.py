"""Who leads a meeting and who writes: named anew, and handed over when somebody goes.

Here: row G13 as it holds after the call, and minutes where nobody coordinates (I04). Not here: how they are chosen at the call
(`test_calling_meetings`).
"""

from datetime import timedelta

import pytest

from bot.domain.called_in import CalledIn
from bot.domain.circle_commands import EndMembership
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meeting_commands import NameRoles
from bot.domain.refusal import Refused
from bot.domain.staff_commands import EndStaffRoles
from bot.engine.texts import t
from tests.requirements.meeting_walks import SOLVEIG, TROND, Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import World

GONE = "The one who was to lead or write has left. Please choose somebody."
YOURS = "The one who was to lead or write has left. It is yours until you choose somebody."


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def roles(table: Table, meeting: MeetingId) -> tuple[PersonId | None, PersonId | None]:
    found = await table.meeting(meeting)
    return found.chair, found.writer


async def nora_leaves(table: Table) -> None:
    await table.town.does(table.town.anne, EndStaffRoles(person=await table.world.person(table.nora)))
    await table.world.deliver()


def about(news: str) -> object:
    return t("Case {number}, a meeting: {news}", number="1001", news=t(news))


async def test_G13_no_meeting_keeps_a_leader_who_has_left_and_the_unit_is_asked(table: Table) -> None:
    nora, solveig = await table.world.person(table.nora), await table.world.person(table.solveig)
    meeting = await table.calls(chair=nora, writer=solveig)
    await nora_leaves(table)
    assert await roles(table, meeting) == (None, solveig)
    assert await table.world.says(table.town.anne, about(GONE))  # type: ignore[arg-type]


async def test_G13_a_new_coordinator_is_asked_who_leads(table: Table) -> None:
    nora = await table.world.person(table.nora)
    meeting = await table.calls(chair=nora, writer=nora)
    await nora_leaves(table)
    assert await roles(table, meeting) == (None, None)
    await table.town.looks_for(FIRST)
    await table.town.asks("Kim Prøve", FIRST)
    await table.town.accepts(table.town.kim)
    assert await table.world.says(table.town.kim, about("Nobody is named to lead or to write. Please choose."))  # type: ignore[arg-type]


async def test_G13_a_writer_whose_sharing_ends_is_followed_by_the_coordinator_who_is_told(table: Table) -> None:
    nora, solveig = await table.world.person(table.nora), await table.world.person(table.solveig)
    meeting = await table.calls(chair=nora, writer=solveig)
    await table.town.does(table.nora, EndMembership(member=table.members[0]))
    await table.world.deliver()
    assert await roles(table, meeting) == (nora, nora)
    assert await table.world.says(table.nora, about(YOURS))  # type: ignore[arg-type]


async def test_G13_named_anew_and_told(table: Table) -> None:
    nora, solveig, trond = [await table.world.person(chat) for chat in (table.nora, table.solveig, table.trond)]
    called_in = (CalledIn(member=table.members[1], points=("who_does_what",)),)
    meeting = await table.calls(chair=nora, writer=nora, called_in=called_in)
    at = (await table.meeting(meeting)).at
    with pytest.raises(Refused, match="all of the meeting"):
        await table.town.does(table.nora, NameRoles(meeting=meeting, chair=nora, writer=trond))
    with pytest.raises(Refused):
        await table.town.does(table.kari, NameRoles(meeting=meeting, chair=nora, writer=solveig))
    await table.town.does(table.nora, NameRoles(meeting=meeting, chair=nora, writer=solveig))
    await table.world.deliver()
    assert await roles(table, meeting) == (nora, solveig)
    assert await table.world.says(table.solveig, t("You are to write the minutes of the meeting {time}.", time=at), last=1)
    assert not await table.world.says(table.trond, t("You are to write the minutes of the meeting {time}.", time=at))


async def test_G13_by_hand(table: Table) -> None:
    nora, solveig = await table.world.person(table.nora), await table.world.person(table.solveig)
    meeting = await table.calls(chair=nora, writer=nora)
    await table.world.press(table.nora, "Open the meeting", "Change it", "Who leads and who writes", "Nora Prøve", "Solveig Prøve")
    assert await roles(table, meeting) == (nora, solveig)


async def test_G13_only_who_comes_can_be_chosen(table: Table) -> None:
    nora = await table.world.person(table.nora)
    await table.calls(chair=nora, writer=nora, members=table.members[:1])
    await table.world.press(table.nora, "Open the meeting", "Change it", "Who leads and who writes")
    assert SOLVEIG in table.nora.last.labels
    assert TROND not in table.nora.last.labels, "around the person, and not called"


async def test_I04_where_nobody_coordinates_the_unit_hears_that_there_are_no_minutes(world: World) -> None:
    table = await Table.of(world)
    nora = await table.world.person(table.nora)
    held = await Held.of(table, chair=nora, writer=nora)
    at = (await table.meeting(held.meeting)).at
    await nora_leaves(table)
    await table.world.turn(timedelta(days=5))
    late = t("Case {number}: the minutes of {time} are not sent yet.", number="1001", time=at)
    assert await table.world.says(table.town.anne, late)
    assert not await table.world.says(table.solveig, late)
