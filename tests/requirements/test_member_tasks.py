"""Tasks of those around a person: their own, with a day, followed up, and never lost.

Here: rows F10, I12, K05. Not here: minutes (`test_minutes`), from which most of them come.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.circle_commands import EndMembership
from bot.domain.ids import MemberTaskId
from bot.domain.member_tasks import MemberTask, MemberTaskState
from bot.domain.minutes import Assigned
from bot.domain.minutes_commands import DropTask, GiveTask, HandOnTask, TaskCannot, TaskDone, TaskLonger, Then
from bot.domain.minutes_queries import MyTasks, TasksOfCase, TheRunSheet, TheTask
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.store import member_tasks
from bot.store.database import Tx
from tests.requirements.meeting_walks import TROND, Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import Chat, World

WORDS = "Ring skyssen"


@pytest.fixture
async def held(world: World) -> Held:
    return await Held.of(await Table.of(world))


async def given(held: Held, owner: Chat, *, days: int = 20) -> MemberTask:
    """A task from the minutes, which are sent."""
    task = Assigned(owner=await held.who(owner), words=WORDS, due_on=held.today + timedelta(days=days))
    await held.writes(points=(replace(held.point(1, "Skyss."), tasks=(task,)),), then=Then.SEND)
    return next(each for each in await tasks(held) if each.words == WORDS)


async def tasks(held: Held) -> tuple[MemberTask, ...]:
    return await held.world.read(lambda tx: member_tasks.of_case(tx, FIRST))


async def the(held: Held, task: MemberTask) -> MemberTask:
    return next(each for each in await tasks(held) if each.id == task.id)


def told(held: Held, chat: Chat) -> int:
    return sum(WORDS in message.text for message in chat.messages)


async def test_I12_each_task_becomes_its_owners_own_with_one_press_to_say_done(held: Held) -> None:
    task = await given(held, held.solveig)
    mine = await held.table.look(held.solveig, MyTasks())
    assert [(each.words, each.mine) for each in mine] == [(WORDS, True)]
    assert await held.table.look(held.trond, MyTasks()) == ()
    assert await held.table.look(held.trond, TheTask(task.id)) is None
    await held.world.press(held.solveig, "It is done")
    assert (await the(held, task)).state is MemberTaskState.DONE
    assert await held.table.look(held.solveig, MyTasks()) == ()


async def test_I12_the_person_can_have_a_task_too(held: Held) -> None:
    task = await given(held, held.kari)
    await held.world.press(held.kari, "It is done")
    assert (await the(held, task)).state is MemberTaskState.DONE


async def test_I12_whoever_needs_longer_says_a_new_day(held: Held) -> None:
    task = await given(held, held.solveig)
    await held.world.press(held.solveig, "I need longer")
    await held.world.write(held.solveig, held.day(50))
    await held.world.write(held.solveig, "Skyssen svarer ikke.")
    now = await the(held, task)
    assert now.due_on == held.today + timedelta(days=50)
    assert (now.state, now.longer) == (MemberTaskState.OPEN, 1)
    assert await held.world.says(held.nora, t("They wrote: {words}", words="Skyssen svarer ikke."), last=1)
    with pytest.raises(Refused, match="later day"):
        await held.does(held.solveig, TaskLonger(task=task.id, due_on=held.today))


async def test_I12_whoever_cannot_says_why_and_the_coordinator_finds_another_way(held: Held) -> None:
    task = await given(held, held.solveig)
    await held.world.press(held.solveig, "I cannot do it")
    await held.world.write(held.solveig, "Jeg slutter.")
    assert (await the(held, task)).state is MemberTaskState.CANNOT
    assert await held.world.says(held.nora, t("They wrote: {words}", words="Jeg slutter."), last=1)
    await held.world.press(held.nora, "Find another way", "Give somebody a task", TROND)
    await held.world.write(held.nora, "Ring skyssen du")
    await held.world.write(held.nora, held.day(10))
    assert [each.words for each in await held.table.look(held.trond, MyTasks())] == ["Ring skyssen du"]


async def test_I12_a_task_that_has_ended_does_not_begin_again(held: Held) -> None:
    task = await given(held, held.solveig)
    await held.does(held.solveig, TaskCannot(task=task.id, why="Nei."))
    for command in (TaskDone(task=task.id), TaskLonger(task=task.id, due_on=held.today + timedelta(days=9)), DropTask(task=task.id)):
        with pytest.raises(Refused):
            await held.does(held.nora, command)

    def begin(tx: Tx) -> None:
        tx.execute("UPDATE member_tasks SET state = 'open', ended_at = NULL WHERE id = :id", id=task.id)

    with pytest.raises(Exception, match="does not begin again"):
        await held.world.read(begin)


async def test_I12_what_was_agreed_is_shown_at_the_next_meeting(held: Held) -> None:
    task = await given(held, held.solveig, days=60)
    again = await held.again()
    sheet = await held.table.look(held.nora, TheRunSheet(again.meeting))
    assert sheet is not None
    assert [(each.words, each.state) for each in sheet.since_last] == [(WORDS, MemberTaskState.OPEN)]
    await held.does(held.solveig, TaskDone(task=task.id))
    sheet = await held.table.look(held.nora, TheRunSheet(again.meeting))
    assert sheet is not None
    assert [each.state for each in sheet.since_last] == [MemberTaskState.DONE]


async def test_F10_only_the_owner_and_those_who_coordinate_say_how_it_goes(held: Held) -> None:
    task = await given(held, held.solveig)
    for other in (held.trond, held.kari, held.table.town.nils, held.table.town.lars):
        with pytest.raises(Refused):
            await held.does(other, TaskDone(task=task.id))
        with pytest.raises(Refused):
            await held.does(other, HandOnTask(task=task.id, owner=await held.who(held.trond)))
        assert await held.table.look(other, TasksOfCase(FIRST)) is None
    with pytest.raises(Refused):
        await held.does(held.solveig, DropTask(task=task.id))
    await held.does(held.nora, TaskDone(task=task.id))
    assert (await the(held, task)).state is MemberTaskState.DONE


async def test_F10_somebody_else_takes_it_and_both_are_told(held: Held) -> None:
    task = await given(held, held.solveig)
    await held.does(held.nora, HandOnTask(task=task.id, owner=await held.who(held.trond)))
    assert await held.world.says(held.solveig, t("You need not do this any more: {words}", words=WORDS), last=1)
    assert WORDS in held.trond.last.text
    assert [each.words for each in await held.table.look(held.trond, MyTasks())] == [WORDS]


async def test_F10_E04_nobody_gets_a_task_whom_no_consent_covers(held: Held) -> None:
    await held.sees(held.table.members[0], *(each for each in (await held.table.around.sees(held.table.members[0])) if each != "tasks"))
    solveig = await held.who(held.solveig)
    with pytest.raises(Refused, match="No consent covers"):
        await held.does(held.nora, GiveTask(case=FIRST, owner=solveig, words=WORDS, due_on=held.today))
    task = Assigned(owner=solveig, words=WORDS, due_on=held.today)
    with pytest.raises(Refused, match="No consent covers"):
        await held.writes(points=(replace(held.point(1, "Skyss."), tasks=(task,)),))
    with pytest.raises(Refused):
        await held.does(held.nora, GiveTask(case=FIRST, owner=await held.who(held.table.town.nils), words=WORDS, due_on=held.today))


async def test_F10_I12_whoever_leaves_leaves_the_task_with_the_coordinator(held: Held) -> None:
    task = await given(held, held.solveig)
    await held.does(held.solveig, EndMembership(member=held.table.members[0]))
    assert await held.table.look(held.solveig, MyTasks()) == ()
    assert task.id in [each.task for each in await held.table.look(held.nora, MyTasks())]
    before = told(held, held.solveig)
    await held.world.turn(timedelta(days=30))
    assert told(held, held.solveig) == before, "nobody is reminded of what is not shared with them any more"
    assert told(held, held.nora)


async def test_K05_a_late_task_goes_up_step_by_step(held: Held) -> None:
    await given(held, held.solveig, days=12)
    for own in await held.table.look(held.nora, MyTasks()):
        await held.does(held.nora, TaskDone(task=own.task))
    first = told(held, held.solveig)
    await held.world.turn(timedelta(days=11))
    assert told(held, held.solveig) == first + 1, "before its day"
    await held.world.turn(timedelta(days=3))
    assert told(held, held.solveig) == first + 2, "when it is late"
    await held.world.turn(timedelta(days=7))
    assert told(held, held.solveig) == first + 3, "a week later"
    assert not told(held, held.nora)
    await held.world.turn(timedelta(days=7))
    assert told(held, held.nora) == 1, "then whoever coordinates asks"
    unit = t("Case {number}: something that was agreed is late, though all were asked.", number="1001")
    assert not await held.world.says(held.table.town.anne, unit)
    await held.world.turn(timedelta(days=7))
    assert await held.world.says(held.table.town.anne, unit)


async def test_K05_a_task_put_off_or_done_is_not_asked_for(held: Held) -> None:
    task = await given(held, held.solveig, days=12)
    await held.does(held.solveig, TaskLonger(task=task.id, due_on=held.today + timedelta(days=100)))
    first = told(held, held.solveig)
    await held.world.turn(timedelta(days=40))
    assert told(held, held.solveig) == first
    await held.does(held.solveig, TaskDone(task=MemberTaskId(task.id)))
    await held.world.turn(timedelta(days=100))
    assert told(held, held.solveig) == first
