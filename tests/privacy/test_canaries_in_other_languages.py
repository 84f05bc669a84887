"""Nothing about anybody leaves below `full`, in Nynorsk and in what else one can read."""

from pathlib import Path

import pytest

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from tests.privacy import canaries
from tests.privacy.canaries import LEVELS

OTHERS = [(language, PrivacyLevel.NOTICE) for language in tuple(Language)[2:]]


@pytest.mark.parametrize("page", [True, False], ids=["with a page", "without a page"])
@pytest.mark.parametrize(("language", "level"), [*((Language.NN, level) for level in LEVELS), *OTHERS])
async def test_no_secret_is_seen_from_outside(tmp_path: Path, language: Language, level: PrivacyLevel, page: bool) -> None:
    assert await canaries.found(tmp_path, level, language, page=page) == []
