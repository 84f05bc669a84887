"""Changed rules compute all cases anew: in batches, taken up where it stopped, once for the same rules; trying changes nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.reminder_rules import RULES
from bot.domain.reminders import ReminderKind
from bot.engine.texts import Text
from bot.logs import Log
from bot.services import due, recompute
from bot.services.municipality import Municipality
from bot.store import recomputing
from bot.store.database import Tx
from bot.ticks import Ticks, recompute_all
from tests.requirements.conftest import MONDAY
from tests.requirements.town import Town
from tests.world import World

CASES = 7


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world = await World.open(tmp_path / "lund.db", start=MONDAY, profile="lund")
    made = await Town.of(world)
    await made.loaded(made.nora, CASES)
    yield made
    await world.database.close()


def slower(municipality: Municipality, days: int = 6) -> Municipality:
    """The same municipality, which nudges about the first contact later."""
    deadlines = replace(municipality.profile.deadlines, contact_nudge_day=days)
    return replace(municipality, profile=replace(municipality.profile, deadlines=deadlines))


async def nudged(town: Town) -> set[str]:
    """The moments at which coordinators are to be nudged."""
    return {row["due_at"] for row in await town.rows("SELECT due_at FROM reminders WHERE kind = 'contact_nudge' AND state = 'pending'")}


async def test_changed_rules_move_every_reminder_and_the_same_rules_do_nothing(town: Town) -> None:
    database, municipality = town.world.database, town.world.municipality
    assert await recompute_all(database, municipality) == CASES
    (before,) = await nudged(town)
    assert await recompute_all(database, municipality) == 0
    assert await recompute_all(database, slower(municipality)) == CASES
    (after,) = await nudged(town)
    assert after > before
    assert await recompute_all(database, slower(municipality)) == 0


async def test_a_new_version_with_another_number_in_a_rule_computes_them_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    municipality = town.world.municipality
    await recompute_all(town.world.database, municipality)
    rule = RULES[ReminderKind.PROMISE_SOON]
    other = replace(rule, when=Text(rule.when.msgid, {"days": 2}))
    monkeypatch.setattr(recompute, "RULES", {**RULES, rule.kind: other})
    assert await town.world.read(lambda tx: recompute.needed(tx, municipality)) is True


async def test_at_the_start_it_is_done_before_anything_is_told(town: Town) -> None:
    database, later = town.world.database, slower(town.world.municipality, days=9)
    town.world.clock.turn(timedelta(days=3))
    ticks = Ticks(database, later, log=Log(), fired=lambda: None, show=lambda _figures: None)
    await ticks.start()
    ticks.stop()
    assert await town.rows("SELECT 1 FROM reminders WHERE kind = 'contact_nudge' AND state = 'fired'") == []
    assert await town.world.read(lambda tx: recompute.needed(tx, later)) is False


async def test_what_is_interrupted_is_taken_up_where_it_stopped(town: Town) -> None:
    later = slower(town.world.municipality)
    assert await town.world.read(lambda tx: recompute.begin(tx, later)) == CASES
    first = await town.world.read(lambda tx: recompute.step(tx, later, 3))
    assert (first.cases, first.left) == (3, CASES - 3)
    assert await town.world.read(lambda tx: recompute.needed(tx, later)) is True
    assert await town.world.read(lambda tx: recompute.begin(tx, later)) == CASES - 3
    second = await town.world.read(lambda tx: recompute.step(tx, later))
    assert (second.cases, second.left) == (CASES - 3, 0)
    state = await town.world.read(recomputing.state)
    assert state is not None
    assert state.finished
    assert len(await nudged(town)) == 1


async def test_other_rules_begin_with_the_first_case_again(town: Town) -> None:
    later, latest = slower(town.world.municipality), slower(town.world.municipality, days=7)
    await town.world.read(lambda tx: recompute.begin(tx, later))
    await town.world.read(lambda tx: recompute.step(tx, later, 3))
    assert await town.world.read(lambda tx: recompute.begin(tx, latest)) == CASES
    assert await town.world.read(lambda tx: recompute.begin(tx, latest, anew=True)) == CASES


async def test_trying_says_how_many_would_change_and_changes_nothing(town: Town) -> None:
    later = slower(town.world.municipality)
    before = await town.rows("SELECT * FROM reminders ORDER BY key")
    progress = await town.world.read(lambda tx: recompute.tried(tx, later, 0))
    assert (progress.cases, progress.left) == (CASES, 0)
    assert progress.changed >= CASES
    assert await town.rows("SELECT * FROM reminders ORDER BY key") == before
    assert await town.world.read(recomputing.state) is None


async def test_what_has_been_told_is_not_told_again(town: Town) -> None:
    await town.world.turn(timedelta(days=4))
    told = len(town.nora.messages)
    await recompute_all(town.world.database, slower(town.world.municipality))
    await town.world.tick()
    assert len(town.nora.messages) == told


async def test_a_step_before_the_beginning_is_a_mistake(town: Town) -> None:
    with pytest.raises(LookupError):
        await town.world.read(lambda tx: recompute.step(tx, town.world.municipality))


def test_the_digest_follows_the_profile_and_nothing_else(town: Town) -> None:
    municipality = town.world.municipality
    assert recompute.digest(municipality) == recompute.digest(replace(municipality, page_url="https://example.org"))
    assert recompute.digest(municipality) != recompute.digest(slower(municipality))


async def test_it_gives_what_a_new_transaction_on_each_case_would(town: Town) -> None:
    later = slower(town.world.municipality)
    await recompute_all(town.world.database, later)

    def wanted(tx: Tx) -> bool:
        found = {each.key for case in range(1, CASES + 1) for each in due.of_case(tx, later, case)}  # type: ignore[arg-type]
        stored = {row["key"] for row in tx.all("SELECT key FROM reminders WHERE case_id IS NOT NULL")}
        return found <= stored

    assert await town.world.read(wanted)
