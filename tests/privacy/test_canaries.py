"""Nothing about anybody leaves below `full`, in Bokmål; and what makes the search worth something.

A conversation added to the registry is in it without a line written, and one that leaks turns it red: that is tried here too.
"""

import tempfile
from pathlib import Path

import pytest

from bot.domain.access import Action
from bot.domain.choices import PrivacyLevel
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.registry import Entry
from bot.engine.texts import Language, t
from conversations import REGISTRY
from tests.privacy import canaries
from tests.privacy.canaries import LEVELS
from tests.privacy.detector import encodings, fingerprints, forms, leaks
from tests.privacy.made_up import MARK, Secrets
from tests.privacy.recording import recorded


@pytest.mark.parametrize("page", [True, False], ids=["with a page", "without a page"])
@pytest.mark.parametrize("level", LEVELS)
async def test_no_secret_is_seen_from_outside(tmp_path: Path, level: PrivacyLevel, page: bool) -> None:
    assert await canaries.found(tmp_path, level, Language.NB, page=page) == []


async def careless(ask: Ask) -> None:
    """A conversation that writes an answer where it does not belong."""
    words = await ask.text("need", t("What would help you?"), sensitivity=Sensitivity.PERSONAL)
    with tempfile.NamedTemporaryFile("w", encoding="utf-16", delete=False) as file:
        file.write(words or "")
    print((words or "")[::-1])
    await ask.say(t("That is done."), sensitivity=Sensitivity.NEUTRAL)


async def test_a_conversation_added_later_that_leaks_is_found_by_the_same_check(tmp_path: Path) -> None:
    entry = Entry(name="careless", title=t("Menu"), conversation=careless, action=Action.READ_PUBLIC)
    found = await canaries.found(tmp_path, PrivacyLevel.NOTICE, Language.NB, entries=[*REGISTRY, entry])
    assert {"careless: need in temporary files as utf-16-le", "careless: need in the log as backwards"} <= set(found)
    assert {line.partition(":")[0] for line in found if not line.startswith("a made-up word")} == {"careless"}


async def test_at_full_the_same_secrets_are_found(tmp_path: Path) -> None:
    secrets, places = await recorded(tmp_path, PrivacyLevel.FULL, Language.NB, whole=False)
    found = {line.split(" in ")[0] for line in leaks(secrets.planted, {"the wire": places["the wire"]})}
    assert {"coordinator: name", "part: reason", "inquiry: answer", "recipient: wish"} <= found
    assert not {"typed: identity number", "link code"} & found


@pytest.mark.parametrize("form", dict(encodings("Kø secret æ")))
def test_each_encoding_is_found(form: str) -> None:
    shaped = dict(encodings("  Kø secret æ"[-11:]))[form]
    assert leaks({"secret": "Kø secret æ"}, {"here": [b"before " + shaped + b" after"]})


@pytest.mark.parametrize("place", range(len(fingerprints("Kø secret æ"))))
def test_each_fingerprint_is_found(place: int) -> None:
    _, shape = fingerprints("Kø secret æ")[place]
    assert leaks({"secret": "Kø secret æ"}, {"here": [b"before=" + shape + b"&after"]})
    assert leaks({"secret": "Kø secret æ"}, {"here": [b"\xff\x00" + shape.upper() + b"\xff"]})


def test_there_are_more_than_twelve_forms_and_hashes() -> None:
    assert len({name for name, _ in forms("Kø secret æ")}) >= 12
    assert {name for name, _ in fingerprints("Kø secret æ")} == {"md5", "sha1", "sha256"}


def test_every_form_of_a_made_up_word_holds_a_form_of_the_mark() -> None:
    """So where the mark is nowhere, neither is any of them."""
    marks = [shape for _, shape in forms(MARK)]
    for field in ("a", "b", "recipient: need"):
        assert [name for name, shape in forms(Secrets()(field)) if not any(mark in shape for mark in marks)] == []
