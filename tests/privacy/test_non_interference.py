"""At `notice`, what leaves does not depend on who somebody is or what they need: not a byte of it, in a thousand random pairs.

The same events are played with other names, needs, services and ages. But for tokens and numbers, what leaves is the same. Half of the
pairs read Nynorsk (`tests/privacy/test_non_interference_in_nynorsk.py`).
"""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from bot.services import hints
from bot.services.municipality import Context
from bot.store import people
from tests.privacy.lives import differing, stage


async def test_at_notice_five_hundred_pairs_of_lives_leave_the_same_bytes(tmp_path: Path) -> None:
    async with stage(tmp_path / "notice.db", PrivacyLevel.NOTICE) as here:
        assert await differing(here, Language.NB) == []


async def test_at_full_two_lives_differ(tmp_path: Path) -> None:
    async with stage(tmp_path / "full.db", PrivacyLevel.FULL) as here:
        assert await here.seen(1, Language.NB) != await here.seen(2, Language.NB)


async def test_a_message_that_depends_on_a_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison bites also where no word of anybody's is shown."""
    original = hints.hint

    def telling(context: Context, number: int | None) -> Any:
        name = people.person(context.tx, context.actor).name if context.actor else None
        return original(context, None if len(name or "") % 2 else number)

    monkeypatch.setattr(hints, "hint", telling)
    async with stage(tmp_path / "telling.db", PrivacyLevel.NOTICE) as here:
        assert len({await here.seen(seed, Language.NB) for seed in range(6)}) > 1
