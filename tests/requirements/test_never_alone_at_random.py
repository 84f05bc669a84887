"""Never alone, over random weeks of substitutes, absences, changes and staff who leave (`tests.requirements.hold_machine`).

Here: C18, N14 and N18 as a property. Broken on purpose, the program is found out.
"""

from pathlib import Path
from typing import Any

import pytest

from bot.services import cover, guarantees
from bot.store import stands
from tests.requirements.hold_machine import Machine, found_out, run_all

SEEDS, FIND_WITHIN = [15, pytest.param(500, marks=pytest.mark.soak)], 40


@pytest.mark.parametrize("seeds", SEEDS)
async def test_C18_N14_N18_at_every_step_of_random_weeks_somebody_holds_the_case(tmp_path: Path, seeds: int) -> None:
    done = await run_all(Machine, tmp_path, seeds)
    # Else nothing was shown: each of these took effect somewhere.
    wanted = {"SayAway", "ComeBack", "ProposeSubstitute", "AnswerSubstitute", "EndSubstitute", "StartChange", "LeaderOnChange"}
    wanted |= {"WishCoordinator", "AnswerChange", "AnswerChangeAsLeader", "NoteMet", "LetGo", "EndStaffRoles", "AnswerAsCandidate"}
    assert wanted <= set(done), wanted - set(done)


async def test_N18_a_gap_nobody_looks_for_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "gaps_in", lambda *_: ())
    assert await found_out(Machine, tmp_path, FIND_WITHIN)


async def test_N18_a_gap_without_a_task_is_undone_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover, "settle", lambda *_: False)
    assert await found_out(Machine, tmp_path, FIND_WITHIN)


async def test_C18_roles_that_outlive_the_work_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = stands.roles_at_work
    monkeypatch.setattr(stands, "roles_at_work", lambda tx, case, who, _standing: real(tx, case, who, stands.AT_WORK))
    monkeypatch.setattr(guarantees, "alone", lambda *_: False)
    assert await found_out(Machine, tmp_path, FIND_WITHIN)
