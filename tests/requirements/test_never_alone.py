"""A living case is never alone, and nobody lets go before another has taken hold.

Here: rows C18 and S09, checked after every press of the whole path, and what happens to a transaction that would break it; a restart half
way. Not here: each step's own effects.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.cases import LIVING, AssignmentState, CaseState, TaskKind
from bot.domain.commands import FinishTask, Withdraw
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services.guarantees import CaseLeftAlone
from bot.store import assignments, tasks
from bot.store.database import Tx
from tests.requirements.town import INVOLVED, NILS, Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import Chat, World


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def test_C18_S09_a_case_is_held_after_every_press_of_the_whole_path(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[CaseState] = []
    press: Callable[[Chat, str], Awaitable[object]] = town.world.press_data

    async def watched(chat: Chat, data: str) -> object:
        done = await press(chat, data)
        if await town.rows("SELECT 1 FROM cases WHERE id = 1"):
            seen.append((await town.case()).state)
            assert not await town.alone(), f"nobody holds the case at {seen[-1]}"
        return done

    monkeypatch.setattr(town.world, "press_data", watched)
    await town.applied()
    await town.granted()
    await town.asks()
    await town.world.press(town.lars, "Read and answer", "No")
    await town.world.write(town.lars, "Ikkje no.")
    await town.asks(NILS, step=INVOLVED)
    await town.leader_agrees()
    await town.world.press(town.nils, "Read and answer", "I must talk with my leader")
    await town.accepts(town.nils)
    await town.world.turn(timedelta(days=30))
    assert set(seen) == {CaseState.RECEIVED, CaseState.APPOINTING, CaseState.ACTIVE}
    assert not await town.alone()


def _finish_all(tx: Tx) -> None:
    tasks.finish_kinds(tx, FIRST, by=None)


def _let_go(tx: Tx) -> None:
    accepted = assignments.accepted(tx, FIRST)
    assert accepted is not None
    assignments.move(tx, accepted, AssignmentState.ENDED)
    tasks.finish_kinds(tx, FIRST, by=None)


async def test_C18_a_transaction_that_would_leave_a_case_alone_is_undone_as_a_whole(town: Town) -> None:
    await town.applied()
    with pytest.raises(CaseLeftAlone):
        await town.world.read(_finish_all)
    assert await town.to_do() == {TaskKind.CLARIFY}
    await town.granted()
    with pytest.raises(CaseLeftAlone):
        await town.world.read(_finish_all)
    await town.asks()
    await town.leader_agrees()
    await town.accepts(town.nora)
    with pytest.raises(CaseLeftAlone):
        await town.world.read(_let_go)
    assert [each.state for each in await town.asked()] == [AssignmentState.ACCEPTED]


async def test_C18_the_unit_cannot_tick_away_the_task_that_holds_a_case(town: Town) -> None:
    await town.applied()
    (task,) = await town.world.read(lambda tx: tasks.of_case(tx, FIRST))
    with pytest.raises(Refused):
        await town.does(town.anne, FinishTask(task=task.id, words=None))
    await town.world.write(town.anne, "/ansatt")
    await town.world.press(town.anne, "Tasks", "Book the first talk")
    assert await town.world.offers(town.anne, "The first talk"), "the task leads to its step"
    assert await town.to_do() == {TaskKind.CLARIFY}


async def test_C18_a_case_taken_back_needs_nobody_and_everyone_asked_is_told(town: Town) -> None:
    applicant = await town.applied()
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await town.world.write(applicant, "/sak")
    await town.world.press(applicant, "Take it back", "Yes, take it back")
    assert (await town.case()).state not in LIVING
    assert await town.to_do() == set()
    withdrawn = t("Case {number} has been withdrawn. You do not have to do anything more.", number=NUMBER)
    assert await town.world.says(town.nora, withdrawn, last=1)
    with pytest.raises(Refused):
        await town.does(town.lars, Withdraw(case=FIRST, reason=None))
    assert await town.rows("SELECT * FROM reminders WHERE case_id = 1 AND state = 'pending'") == []


async def test_S09_a_coordinator_without_time_stays_until_another_has_said_yes(town: Town) -> None:
    await town.appointed()
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for")
    mine = await town.world.words(town.nora, t("{initials}, no. {number}", initials="KP", number=NUMBER))
    await town.world.press(town.nora, mine, "I have no time for this")
    assert await town.world.says(town.nora, "You stay the coordinator until another has taken over.", last=1)
    await town.world.press(town.nora, "Nothing to add", "Yes")
    accepted = await town.world.read(lambda tx: assignments.accepted(tx, FIRST))
    assert accepted is not None
    assert accepted.candidate == await town.world.person(town.nora)


async def test_C18_C09_a_restart_half_way_forgets_nothing(town: Town, tmp_path: Path) -> None:
    await town.applied(wish="Nora")
    await town.granted()
    await town.looks_for()
    await town.world.press(town.anne, "1. The person's wish")
    again = await World.open(tmp_path / "samrad.db", start=town.world.clock.now())
    again.chats = town.world.chats
    again._updates, again._messages = town.world._updates, town.world._messages
    town.world = again
    await again.press(town.anne, "Nora Prøve")
    await town.says_why()
    await town.leader_agrees()
    await town.accepts(town.nora)
    assert (await town.case()).state is CaseState.ACTIVE
    await again.database.close()
