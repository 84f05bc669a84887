"""Nothing about anybody leaves below `full`: a secret in every field, and a search through every byte.

The story plays every conversation of the registry, so one added later is searched too.
"""

from pathlib import Path

import pytest

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language
from tests.privacy.detector import encodings, forms, leaks
from tests.privacy.recording import recorded

LEAST_SECRETS = 60


@pytest.mark.parametrize("page", [True, False], ids=["with a page", "without a page"])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("level", [PrivacyLevel.OFF, PrivacyLevel.NOTICE, PrivacyLevel.PRACTICAL])
async def test_no_secret_is_seen_from_outside(tmp_path: Path, level: PrivacyLevel, language: Language, page: bool) -> None:
    secrets, places = await recorded(tmp_path, level, language, page=page, whole=page)
    assert len(secrets.planted) >= LEAST_SECRETS
    assert len(set(secrets.planted.values())) == len(secrets.planted)
    assert len(places["the wire"]) > 20
    assert leaks(secrets.planted, places) == []


async def test_at_full_the_same_secrets_are_found(tmp_path: Path) -> None:
    secrets, places = await recorded(tmp_path, PrivacyLevel.FULL, Language.NB, whole=False)
    found = {line.split(" in ")[0] for line in leaks(secrets.planted, {"the wire": places["the wire"]})}
    assert {"coordinator: name", "part: reason", "inquiry: answer", "recipient: wish"} <= found
    assert not {"typed: identity number", "link code"} & found


@pytest.mark.parametrize("form", dict(encodings("Kø secret æ")))
def test_each_encoding_is_found(form: str) -> None:
    shaped = dict(encodings("  Kø secret æ"[-11:]))[form]
    assert leaks({"secret": "Kø secret æ"}, {"here": [b"before " + shaped + b" after"]})


def test_there_are_more_than_twelve_forms_and_hashes() -> None:
    assert len({name for name, _ in forms("Kø secret æ")}) >= 15
