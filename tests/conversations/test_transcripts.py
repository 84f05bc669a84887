"""Every transcript is what Samråd says today, in both languages, and every conversation stands in one."""

from pathlib import Path

import pytest

from bot.engine.texts import Language
from conversations import REGISTRY
from tests.conversations.transcripts import SCENES, TRANSCRIPTS, played

FILES = {f"{file.parent.name}/{file.stem}": file.read_text("utf-8") for file in sorted(TRANSCRIPTS.glob("*/*.txt"))}
THROUGH: dict[Language, set[str]] = {language: set() for language in Language}


@pytest.mark.parametrize("name", FILES)
async def test_the_transcript_is_what_is_said_today(name: str, tmp_path: Path) -> None:
    language, written = Language(name.split("/")[0]), FILES[name]
    transcript, through = await played(written, language, tmp_path)
    THROUGH[language] |= through
    assert transcript == written, "record again with: python -m tests.conversations.transcripts; then read what has changed"


def test_every_scene_is_recorded_in_both_languages() -> None:
    scenes = {scene.name for scene in SCENES.glob("*.txt")}
    for language in Language:
        assert {file.name for file in (TRANSCRIPTS / language.value).glob("*.txt")} == scenes
    assert scenes


def test_every_conversation_stands_in_a_transcript_in_both_languages() -> None:
    for through in THROUGH.values():
        assert {entry.name for entry in REGISTRY} - through == set(), "run the whole module"
