"""At `notice`, what leaves does not depend on who somebody is or what they need: the pairs that read Nynorsk."""

from pathlib import Path

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from tests.privacy.lives import differing, stage


async def test_at_notice_five_hundred_more_pairs_of_lives_leave_the_same_bytes(tmp_path: Path) -> None:
    async with stage(tmp_path / "notice.db", PrivacyLevel.NOTICE) as here:
        assert await differing(here, Language.NN) == []
