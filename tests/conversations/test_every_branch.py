"""Every branch of every conversation, walked with the real engine in made-up worlds.

What must hold at every place: no fault, every text extractable and complete, short enough for a chat, buttons one can read and tell
apart, a way to the end, the same question at every replay, and a way back that leads to the question before.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain.access import GENERAL, IN_CASE, Action
from bot.engine.registry import Entry
from bot.engine.texts import Text
from conversations import REGISTRY
from tests.conversations.made_views import WORLDS
from tests.conversations.walking import Walk, english, parts_of, run, texts_of, walk

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MESSAGE = 4096
LONGEST_PROMPT = 1500
LONGEST_BUTTON = 40
ENTRIES = pytest.mark.parametrize("entry", tuple(REGISTRY), ids=lambda entry: entry.name)


@cache
def walks(name: str) -> tuple[Walk, ...]:
    entry = REGISTRY.named(name)
    assert entry is not None
    return tuple(walk(entry, world) for world in WORLDS)


def literals() -> set[str]:
    """Every first argument of t() and nt() that stands as a literal, and so can be extracted."""
    found: set[str] = set()
    for folder in ("bot", "conversations"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "nt"}:
                    found.update(_literal(node.args[0]) if node.args else ())
    return found


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def translated(text: Text) -> bool:
    """Whether a text goes through the catalogues: not somebody's own words, and not only placeholders."""
    return not text.verbatim and bool(re.sub(r"\{\w+\}", "", text.msgid).strip(" \n,;:."))


@ENTRIES
def test_no_branch_has_a_fault_and_every_place_leads_to_an_end(entry: Entry) -> None:
    for world, walked in zip(WORLDS, walks(entry.name), strict=True):
        ended = {place for place, (_, turn) in walked.turns.items() if turn.ended}
        assert ended, f"{entry.name} never ends in {world}"
        reaching = set(ended)
        grown = True
        while grown:
            more = {place for place, after in walked.leads_to.items() if place not in reaching and after & reaching}
            reaching |= more
            grown = bool(more)
        stuck = [place[:2] for place in walked.turns if place not in reaching]
        assert not stuck, f"{entry.name} in {world}: no way to the end from {stuck[:3]}"


@ENTRIES
def test_every_text_is_a_literal_and_its_placeholders_are_filled(entry: Entry) -> None:
    known = literals()
    for walked in walks(entry.name):
        for _, turn in walked.turns.values():
            for whole in texts_of(turn):
                english(whole)
                missing = [part.msgid for part in parts_of(whole) if translated(part) and part.msgid not in known]
                assert not missing, f"{entry.name}: not written as a literal in t(): {missing}"


@ENTRIES
def test_messages_are_short_and_buttons_can_be_read_and_told_apart(entry: Entry) -> None:
    for walked in walks(entry.name):
        for _, turn in walked.turns.values():
            said = [english(each.text) for each in turn.said]
            prompt = "" if turn.asked is None else english(turn.asked.prompt)
            labels = [] if turn.asked is None else [english(option.label) for option in turn.asked.options]
            if turn.asked is not None and turn.asked.skip is not None:
                labels.append(english(turn.asked.skip))
            assert len(prompt) <= LONGEST_PROMPT, f"{entry.name}: the question is {len(prompt)} characters long: {prompt[:80]}"
            assert len("\n\n".join([*said, prompt])) <= LONGEST_MESSAGE, f"{entry.name}: too long for one message: {said[:1]} {prompt[:80]}"
            assert all(said), f"{entry.name}: something empty is said before {prompt[:80]!r}"
            assert all(0 < len(label) <= LONGEST_BUTTON for label in labels), f"{entry.name}: button too long or empty: {labels}"
            assert len(set(labels)) == len(labels), f"{entry.name}: two buttons read the same: {labels}"


@ENTRIES
def test_a_replay_asks_the_same_again_and_back_leads_to_the_question_before(entry: Entry) -> None:
    for world, walked in zip(WORLDS, walks(entry.name), strict=True):
        for stored, turn in walked.turns.values():
            if turn.asked is None:
                continue
            again, _ = run(entry, world, stored)
            assert again.asked is not None
            assert (again.asked.key, again.asked.options) == (turn.asked.key, turn.asked.options)
            if turn.back is not None:
                before, _ = run(entry, world, {key: value for key, value in stored.items() if key != turn.back})
                assert before.asked is not None
                assert before.asked.key == turn.back


def test_every_entry_stands_in_the_access_table() -> None:
    for entry in REGISTRY:
        assert Action(entry.action) in {**GENERAL, **IN_CASE}, f"{entry.name}: {entry.action} is in no row of the access table"


def test_the_menu_is_one_list_in_one_order() -> None:
    places = sorted(entry.menu for entry in REGISTRY if entry.menu is not None)
    assert places == list(range(1, len(places) + 1))
