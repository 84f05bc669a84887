"""Nobody is sent from one to another: said in one press, taken hold of by somebody with a name.

Here: row O05, and what of BTI it stands on. Not here: that a case is never alone (`test_never_alone`).
"""

from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.commands import FinishTask
from bot.domain.refusal import Refused
from bot.domain.sent_around import SaySentAround, SentAroundView, SentAroundWaiting, TakeSentAround
from bot.engine.texts import Text, t
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST, newcomer
from tests.world import Chat, World

LATE = t("Nobody has taken hold of it yet: somebody is being sent from one to another. Please do it today.")


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def waiting(table: Table, who: Chat) -> tuple[SentAroundView, ...]:
    return await table.look(who, SentAroundWaiting())


async def says(table: Table, words: str | None = "Tre kontorer har sendt meg videre") -> SentAroundView:
    await table.town.does(table.kari, SaySentAround(case=FIRST, words=words))
    await table.world.deliver()
    (one,) = await waiting(table, table.town.anne)
    return one


def told(by: object) -> Text:
    return t("In case {number} somebody is being sent from one to another. Take hold of it by {day}.", number="1001", day=by)


async def test_O05_the_coordinators_leader_and_the_unit_hear_of_it_at_once_and_it_is_counted(table: Table) -> None:
    one = await says(table)
    for chat in (table.town.lars, table.town.anne, table.town.berit):
        assert await table.world.says(chat, told(one.by)), chat
    assert TaskKind.SENT_AROUND in await table.town.to_do()
    assert one.words == "Tre kontorer har sendt meg videre"
    await table.town.does(table.kari, SaySentAround(case=FIRST, words=None))
    await table.world.deliver()
    assert any("2 " in each.text for each in table.town.anne.messages[-2:])


async def test_O05_the_words_are_for_those_who_can_take_hold_of_it_alone(table: Table) -> None:
    await says(table)
    assert len(await waiting(table, table.town.lars)) == 1
    for other in (table.kari, table.nora, table.town.nils, table.solveig):
        assert await waiting(table, other) == ()
    far = await table.world.staff("Fjern Prøve", Role.LEADER, department="fysio_ergo")
    assert await waiting(table, far) == (), "a leader who has nothing to do with it"


async def test_O05_one_takes_hold_of_it_and_the_person_gets_the_name(table: Table) -> None:
    one = await says(table)
    for other in (table.kari, table.nora, table.solveig):
        with pytest.raises(Refused):
            await table.town.does(other, TakeSentAround(sent=one.sent))
    await table.world.press(table.town.lars, "Read and take hold", "I take hold of it")
    by = table.world.municipality.calendar.add_working_days(table.around.today, 2)
    words = t("{name} has taken hold of what you told us. You hear from {name} by {day}.", name="Lars Prøve", day=by)
    assert await table.world.says(table.kari, words)
    assert TaskKind.SENT_AROUND not in await table.town.to_do()
    with pytest.raises(Refused):
        await table.town.does(table.town.anne, TakeSentAround(sent=one.sent))
    before = len(table.town.anne.messages)
    await table.world.turn(timedelta(days=10))
    assert not [each for each in table.town.anne.messages[before:] if each.text.startswith(await table.world.words(table.town.anne, LATE))]


async def test_O05_when_nobody_takes_it_in_two_working_days_they_are_told_again(table: Table) -> None:
    await says(table)
    await table.world.turn(timedelta(days=6))
    for chat in (table.town.lars, table.town.anne):
        assert await table.world.says(chat, LATE), chat


async def test_O05_it_can_be_said_without_a_case_and_is_followed_up_the_same(world: World) -> None:
    table = await Table.of(world)
    stranger = await newcomer(world, "Bokmål")
    await world.write(stranger, "/info")
    await world.press(stranger, "I am being sent around", "I would rather tell it", "Yes")
    await world.deliver()
    (one,) = await waiting(table, table.town.anne)
    assert one.number is None
    await world.turn(timedelta(days=6))
    assert await world.says(table.town.anne, LATE)
    await table.town.does(table.town.berit, TakeSentAround(sent=one.sent))
    assert await waiting(table, table.town.anne) == ()


async def test_O05_nobody_ticks_it_off_without_taking_hold(table: Table) -> None:
    await says(table)
    rows = await table.town.rows("SELECT id FROM ke_tasks WHERE kind = 'sent_around'")
    with pytest.raises(Refused):
        await table.town.does(table.town.anne, FinishTask(task=rows[0]["id"], words=None))


async def test_O05_nobody_says_it_about_a_case_that_is_not_theirs(table: Table) -> None:
    stranger = await newcomer(table.world, "Bokmål")
    with pytest.raises(Refused):
        await table.town.does(stranger, SaySentAround(case=FIRST, words=None))
