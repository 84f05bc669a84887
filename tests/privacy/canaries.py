"""The check that every reading of the story goes through: a secret in every field, and a search through every byte.

Here: the check, for one level and language at a time. Not here: which ones (`test_canaries…`). The story plays every conversation of the
registry, so one that is added later is searched too, without a line written for it.
"""

from collections.abc import Iterable
from pathlib import Path

from bot.domain.choices import PrivacyLevel
from bot.engine.registry import Entry
from bot.engine.texts import Language
from conversations import REGISTRY
from tests.privacy.detector import leaks
from tests.privacy.recording import recorded

LEAST_SECRETS = 60
LEVELS = (PrivacyLevel.OFF, PrivacyLevel.NOTICE, PrivacyLevel.PRACTICAL)


async def found(
    folder: Path, level: PrivacyLevel, language: Language, *, page: bool = True, entries: Iterable[Entry] = REGISTRY
) -> list[str]:
    """Where a secret was seen; empty where none was. With a page every conversation is played, without one the rest of the story."""
    secrets, places = await recorded(folder, level, language, page=page, whole=page, entries=entries)
    assert len(secrets.planted) >= LEAST_SECRETS
    assert len(set(secrets.planted.values())) == len(secrets.planted)
    assert len(places["the wire"]) > 20
    return leaks(secrets.planted, places)
