"""Killed with SIGKILL at any moment under load: nothing is lost, nothing is done twice, and what comes twice is counted.

The figures are printed. A thousand kills: `make soak`; another number: SAMRAD_KILLS.
"""

import os
from pathlib import Path

import pytest

from tests.stories.accounts import Figures
from tests.stories.killing import killed

# Read here, since no test sees settings from outside.
KILLS = int(os.environ.get("SAMRAD_KILLS", "30"))
SOAK_KILLS = int(os.environ.get("SAMRAD_KILLS", "1000"))
KILLS_OF_THE_WRONG_ORDER = 8


def _holds(counted: Figures, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{counted}")
    assert counted.must_be_zero() == dict.fromkeys(counted.must_be_zero(), 0), str(counted)
    assert counted.updates > counted.kills
    assert counted.interrupted >= counted.in_the_window >= counted.twice


async def test_killed_at_random_moments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counted = await killed(tmp_path, kills=KILLS, seed=2027)
    assert counted.kills == KILLS
    # The kills met what they are about: something was under way.
    assert min(counted.texts, counted.applications, counted.answers, counted.rights, counted.interrupted, counted.in_the_window) > 0
    _holds(counted, capsys)


@pytest.mark.soak
async def test_killed_a_thousand_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counted = await killed(tmp_path, kills=SOAK_KILLS, seed=4054)
    assert counted.kills == SOAK_KILLS
    _holds(counted, capsys)


async def test_the_same_killing_finds_updates_lost_when_they_are_confirmed_before_the_commit(tmp_path: Path) -> None:
    counted = await killed(tmp_path, kills=KILLS_OF_THE_WRONG_ORDER, seed=2027, confirms_first=True)
    assert counted.updates_lost > 0, str(counted)
    assert counted.effects_lost > 0, str(counted)
