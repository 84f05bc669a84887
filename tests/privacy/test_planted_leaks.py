"""The search is worth something: leaks that are put in on purpose are all found."""

from pathlib import Path

import pytest

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from tests.privacy import planted_outside
from tests.privacy.detector import leaks
from tests.privacy.planted import PLANTED
from tests.privacy.recording import recorded


def test_there_are_thirty() -> None:
    assert len(PLANTED) >= 30
    assert "commands for one person" in PLANTED, planted_outside.__doc__


@pytest.mark.parametrize("name", [None, *PLANTED], ids=lambda name: name or "no leak")
async def test_every_planted_leak_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    if name is not None:
        PLANTED[name](monkeypatch)
    secrets, places = await recorded(tmp_path, PrivacyLevel.NOTICE, Language.NB, whole=False, days=False)
    assert bool(leaks(secrets.planted, places)) is (name is not None)
