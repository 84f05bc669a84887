"""What must hold after every transaction, and what falls due."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import CaseState, TaskKind
from bot.domain.ids import CaseId
from bot.engine.texts import Language, t
from bot.services import guarantees, reminders
from bot.store import assignments, cases, tasks
from bot.store import reminders as reminder_store
from bot.store.database import Tx
from tests.world import Chat, World

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
CASE = CaseId(1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    opened = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield opened
    await opened.database.close()


async def applied(world: World) -> Chat:
    """Somebody has asked to be contacted."""
    chat = world.newcomer("nn")
    await world.write(chat, "/start")
    await world.press(chat, "Nynorsk", "Yes, go on", "Ask for help", "Ask someone to contact me", "Here in Samråd")
    return chat


async def test_C18_S09_a_transaction_that_leaves_a_case_alone_is_undone(world: World) -> None:
    await applied(world)

    def drop_all(tx: Tx) -> None:
        tasks.finish_kinds(tx, CASE, by=None)

    with pytest.raises(guarantees.CaseLeftAlone):
        await world.database.transact(drop_all)
    assert await world.database.transact(lambda tx: [task.kind for task in tasks.of_case(tx, CASE)]) == [TaskKind.CLARIFY]

    def activate(tx: Tx) -> None:
        cases.move(tx, CASE, CaseState.APPOINTING)
        cases.move(tx, CASE, CaseState.ACTIVE)
        drop_all(tx)

    with pytest.raises(guarantees.CaseLeftAlone):
        await world.database.transact(activate)


@pytest.mark.parametrize("seed", range(6))
async def test_C18_whatever_is_done_a_living_case_is_never_alone(world: World, seed: int) -> None:
    """Everybody presses whatever they see, for a long while: after each press every living case is held by somebody."""
    dice = random.Random(seed)
    people = [
        await world.staff("Kari Kvam", Role.KE, language=Language.NN),
        await world.staff("Marit Moe", Role.KE_LEADER),
        await world.staff("Liv Lie", Role.LEADER, department="hjemmetjenesten"),
        await world.staff("Per Prest", Role.COORDINATOR, department="hjemmetjenesten"),
        await applied(world),
    ]
    for who in people[:4]:
        await world.write(who, "/meny")
    through = set()
    for _ in range(160):
        who = dice.choice(people)
        buttons = [data for message in who.messages[-4:] for row in message.rows for _, data in row]
        if not buttons or dice.random() < 0.15:
            await world.write(who, dice.choice(["/ansatt", "/meny", "Fordi det er slik", "24.12.2027", "14.30"]))
        else:
            await world.press_data(who, dice.choice(buttons))
        if dice.random() < 0.05:
            await world.turn(timedelta(days=dice.randrange(1, 4)))
        alone, states = await world.database.transact(_alone)
        assert alone == []
        through |= states
    assert CaseState.RECEIVED in through
    assert await world.database.transact(lambda tx: tx.all("SELECT * FROM inbox_failed")) == []


def _alone(tx: Tx) -> tuple[list[int], set[CaseState]]:
    rows = [CaseId(row["id"]) for row in tx.all("SELECT id FROM cases")]
    living = [case for case in rows if case in cases.living(tx)]
    held = [case for case in living if assignments.accepted(tx, case) is not None or tasks.holds(tx, case)]
    return sorted(set(living) - set(held)), {cases.get(tx, case).state for case in rows}


async def test_a_reminder_that_is_no_longer_wanted_does_not_fire(world: World) -> None:
    await applied(world)
    ke = await world.staff("Kari Kvam", Role.KE)

    def forget_to_make_equal(tx: Tx) -> None:
        # The case moves on behind the table's back: only looking again at the facts can notice.
        tx.execute("UPDATE cases SET state = 'refused' WHERE id = :id", id=CASE)

    await world.database.transact(forget_to_make_equal)
    await world.turn(timedelta(days=40))
    settled = await world.database.transact(
        lambda tx: tx.all("SELECT outcome FROM reminders WHERE case_id = :id AND state <> 'pending'", id=CASE)
    )
    assert {row["outcome"] for row in settled} <= {"no_longer_wanted"}
    assert not await world.says(ke, t("Case {number}: the first talk is late. Please phone the person today.", number="1001"))


async def test_what_fell_due_at_night_waits_for_the_morning(world: World) -> None:
    ke = await world.staff("Kari Kvam", Role.KE)
    await applied(world)
    before = len(ke.messages)
    due = await world.database.transact(reminder_store.next_due)
    assert due is not None
    # The machine was down from before the reminder until Saturday night.
    world.clock.turn_to(datetime(2027, 3, 6, 23, 30, tzinfo=UTC))
    await world.database.transact(lambda tx: reminders.fire_due(tx, world.municipality))
    await world.deliver()
    assert len(ke.messages) == before
    await world.turn(timedelta(days=2))
    assert len(ke.messages) > before


async def test_what_comes_too_late_to_be_useful_is_skipped_with_its_reason(world: World) -> None:
    await applied(world)
    world.clock.turn_to(datetime(2027, 3, 20, 9, 0, tzinfo=UTC))
    await world.tick()
    rows = await world.database.transact(
        lambda tx: {row["kind"]: row["outcome"] for row in tx.all("SELECT * FROM reminders WHERE state = 'skipped'")}
    )
    assert rows == {"clarify_soon": "too_late"}
