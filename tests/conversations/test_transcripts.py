"""Every transcript is what Samråd says today, in both languages, and every conversation stands in one."""

from pathlib import Path

import pytest

from bot.engine.texts import WRITTEN_FORMS, Language
from conversations import REGISTRY
from tests.conversations.transcripts import SCENES, TRANSCRIPTS, played

FILES = {f"{file.parent.name}/{file.stem}": file.read_text("utf-8") for file in sorted(TRANSCRIPTS.glob("*/*.txt"))}
THROUGH: dict[Language, set[str]] = {language: set() for language in WRITTEN_FORMS}
ON_THE_DESK = {
    "register": "Register a new case",
    "hand_over": "A card to hand over",
    "own_decision": "Report our own decision",
    "decide": "Decide",
    "finish_task": "Yes, it is done",
    "add_member": "Add somebody",
    "children": "Children",
    "standing": "Who can decide",
    "lapse": "The person cannot decide",
    "shield": "Parents must not read it",
    "ask_consent": "Ask for consent",
    "paper_consent": "Write down a consent",
    "object_sharing": "Between health services",
    "staff_left": "Somebody has left",
    "uncovered": "Where nobody stands in",
    "halt": "Stop all messages",
    "sent_around": "I am being sent around",
    "check_directory": "Check the directory",
    "support": "Training and help",
    "training": "Training of coordinators",
    "gathering": "Gatherings of coordinators",
    "figures": "The monthly picture, and the register",
    "guidance": "Guidance asked for",
    "complaints": "Complaints",
    "look_back": "A question each Friday",
    "stuck": "I am stuck",
    "self_check": "What I need myself",
}
"""Reached through the desk, so that they have no session of their own: a button in each."""


@pytest.mark.parametrize("name", FILES)
async def test_the_transcript_is_what_is_said_today(name: str, tmp_path: Path) -> None:
    language, written = Language(name.split("/")[0]), FILES[name]
    transcript, through = await played(written, language, tmp_path)
    THROUGH[language] |= through
    assert transcript == written, "record again with: python -m tests.conversations.transcripts; then read what has changed"


def test_every_scene_is_recorded_in_both_languages() -> None:
    scenes = {scene.name for scene in SCENES.glob("*.txt")}
    for language in WRITTEN_FORMS:
        assert {file.name for file in (TRANSCRIPTS / language.value).glob("*.txt")} == scenes
    assert scenes


def test_every_conversation_stands_in_a_transcript_in_both_languages() -> None:
    scenes = [scene.read_text("utf-8") for scene in SCENES.glob("*.txt")]
    pressed = {name for name, button in ON_THE_DESK.items() if any(f"[{button}]" in scene for scene in scenes)}
    for through in THROUGH.values():
        assert {entry.name for entry in REGISTRY} - through - pressed == set(), "run the whole module"
