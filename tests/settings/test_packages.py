"""What is loaded only when it is first needed: known to be missing before that, and not loaded before that."""

import asyncio
import subprocess
import sys
import tomllib

import pytest

from bot import packages
from bot.app import run
from bot.findings import State
from bot.foundation import StartRefused
from bot.settings import load_settings
from tests.house.source import ROOT

MADE_UP = "no_such_package_of_ours"


def test_every_one_of_them_is_there_and_is_asked_for_by_the_project() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {line.partition("~")[0].partition(">")[0].replace("-", "_") for line in asked}
    assert packages.LATER.keys() <= names
    assert (packages.absent(), list(packages.of_packages())) == ((), [])


def test_one_that_is_missing_is_said_before_anybody_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LATER", {MADE_UP: "made-up documents"})
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", "1:TEST")
    [finding] = packages.of_packages()
    assert (finding.what, finding.state) == ("packages", State.NOT_OK)
    assert MADE_UP in finding.found
    assert "made-up documents" in finding.found
    with pytest.raises(StartRefused, match=f"{MADE_UP} is not installed: made-up documents. Install"):
        asyncio.run(run(load_settings(), webhook=False))


def test_what_starts_the_bot_loads_none_of_them() -> None:
    code = "import sys, bot.cli, bot.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "telegram" in loaded
    assert packages.LATER.keys() & set(loaded) == set()
