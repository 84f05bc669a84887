"""Never alone, over random weeks of substitutes, absences, changes and staff who leave (`tests.requirements.hold_machine`).

Here: C18, N14 and N18 as a property. Broken on purpose, the program is found out.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.services import cover, guarantees
from bot.services.guarantees import CaseLeftAlone
from bot.store import stands
from tests.requirements.conftest import MONDAY
from tests.requirements.handing_over_walks import Desk
from tests.requirements.hold_machine import LeftAlone, Machine
from tests.world import World

SEEDS, STEPS = 25, 150
FIND_WITHIN = 40


@asynccontextmanager
async def machine(folder: Path, seed: int) -> AsyncIterator[Machine]:
    world = await World.open(folder / f"{seed}.db", start=MONDAY)
    try:
        yield Machine(await Desk.of(world), seed)
    finally:
        await world.database.close()


async def test_C18_N14_N18_at_every_step_of_random_weeks_somebody_holds_the_case(tmp_path: Path) -> None:
    done: Counter[str] = Counter()
    for seed in range(SEEDS):
        async with machine(tmp_path, seed) as here:
            try:
                await here.run(STEPS)
            except (LeftAlone, CaseLeftAlone) as found:
                found.add_note(f"seed {seed}")
                raise
            done += here.done
    # Else nothing was shown: each of these took effect somewhere.
    wanted = {"SayAway", "ComeBack", "ProposeSubstitute", "AnswerSubstitute", "EndSubstitute", "StartChange", "LeaderOnChange"}
    wanted |= {"WishCoordinator", "AnswerChange", "AnswerChangeAsLeader", "NoteMet", "LetGo", "EndStaffRoles", "AnswerAsCandidate"}
    assert wanted <= set(done), wanted - set(done)


async def _found_out(folder: Path) -> bool:
    for seed in range(FIND_WITHIN):
        async with machine(folder, seed) as here:
            try:
                await here.run(STEPS)
            except (LeftAlone, CaseLeftAlone):
                return True
    return False


async def test_N18_a_gap_nobody_looks_for_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "gaps_in", lambda *_: ())
    assert await _found_out(tmp_path)


async def test_N18_a_gap_without_a_task_is_undone_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "settle", lambda *_: False)
    assert await _found_out(tmp_path)


async def test_C18_roles_that_outlive_the_work_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = stands.roles_at_work
    monkeypatch.setattr(stands, "roles_at_work", lambda tx, case, who, _standing: real(tx, case, who, stands.AT_WORK))
    monkeypatch.setattr(guarantees, "alone", lambda *_: False)
    assert await _found_out(tmp_path)
