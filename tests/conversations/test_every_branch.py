"""Every branch of every conversation, walked with the real engine in made-up worlds.

What must hold at every place: no fault, every text extractable and complete, short enough for a chat, buttons one can read and tell
apart, a way to the end, the same question at every replay, and a way back that leads to the question before.
"""

import ast
import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from inspect import CO_OPTIMIZED
from itertools import product
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from bot.domain.access import GENERAL, IN_CASE, Action
from bot.engine.registry import Entry
from bot.engine.texts import Text
from conversations import REGISTRY
from tests.conversations.made_views import CASE_WORLDS, GROWN_UP, WORLDS, World
from tests.conversations.walking import Place, Walk, english, given_in, parts_of, run, talks_in, texts_of, walk

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MESSAGE = 4096
LONGEST_PROMPT = 1500
LONGEST_BUTTON = 40
SLICES = 16
CITIZENS = {
    "apply",
    "communication",
    "complain",
    "consent",
    "evaluate",
    "feedback",
    "follow_up",
    "hand_over",
    "human",
    "info",
    "language",
    "my_case",
    "my_sharing",
    "object_sharing",
    "reach",
    "stop_sharing",
    "welcome",
    "wishes",
}
"""Modules in which every line must be reached; the others have lines for profiles and cases that no made-up world has."""
ENTRIES = pytest.mark.parametrize("entry", tuple(REGISTRY), ids=lambda entry: entry.name)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Everything met on a walk is kept, so looking for what could be thrown away is half the time of it and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cache
@without_collecting()
def walks(name: str) -> tuple[tuple[World, dict[str, str], Walk], ...]:
    """The walks of a conversation through every world in which it goes differently."""
    entry = REGISTRY.named(name)
    assert entry is not None
    walked: list[tuple[World, dict[str, str], Walk]] = []
    met: set[Place] = set()
    worlds = WORLDS if entry.commands or entry.staff else CASE_WORLDS
    for world in (*worlds, GROWN_UP) if name == "my_case" else worlds:
        starts = [given_in(world, "ke"), given_in(world, "coordinator")]
        if name == "my_case":
            starts += [{"case": "1", "talk": talk} for talk in talks_in(world)]
        if name == "meeting":
            starts.append({"case": "1"})
        if entry.commands or entry.staff:
            starts.append({})
        for given in starts:
            if not any(before.holds_in(world, given) for _, _, before in walked):
                walked.append((world, given, walk(entry, world, given, met)))
    return tuple(walked)


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    """Millions of objects are kept. They are set aside, and let go at the end: else every look for garbage would go through all of them."""
    yield
    for kept in (walks, ends, by_chance):
        kept.cache_clear()
    gc.unfreeze()


@cache
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
    for world, _, walked in walks(entry.name):
        ended = {place for place, (_, turn) in walked.turns.items() if turn.ended}
        assert ended or any(turn.ended for _, turn in walked.by_chance.values()), f"{entry.name} never ends in {world}"
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
    for _, _, walked in walks(entry.name):
        for _, turn in walked.everywhere():
            for whole in texts_of(turn):
                english(whole)
                missing = [part.msgid for part in parts_of(whole) if translated(part) and part.msgid not in known]
                assert not missing, f"{entry.name}: not written as a literal in t(): {missing}"


@ENTRIES
def test_messages_are_short_and_buttons_can_be_read_and_told_apart(entry: Entry) -> None:
    for _, _, walked in walks(entry.name):
        for _, turn in walked.everywhere():
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
    for world, given, walked in walks(entry.name):
        # Every third: each is replayed by all that come after it as well.
        for stored, turn in list(walked.turns.values())[::3]:
            if turn.asked is None:
                continue
            again, _ = run(entry, world, stored, given)
            assert again.asked is not None
            assert (again.asked.key, again.asked.options) == (turn.asked.key, turn.asked.options)
            if turn.back is not None:
                before, _ = run(entry, world, {key: value for key, value in stored.items() if key != turn.back}, given)
                assert before.asked is not None
                assert before.asked.key == turn.back


@ENTRIES
def test_what_is_asked_after_an_effect_does_not_rest_on_facts_it_changed(entry: Entry) -> None:
    """A replay looks anew: after an effect the facts differ, and an answer given before would no longer fit. Only the welcome goes on,
    and the start-up talk, which keeps each point at once: a point that is kept is not asked for again, and nothing else hangs on it."""
    after = {
        turn.asked.key
        for _, _, walked in walks(entry.name)
        for stored, turn in walked.everywhere()
        if turn.asked is not None and set(stored) - {row.key for row in turn.answered}
    }
    after -= {key for key in after if entry.name == "startup_talk" or "/startup_talk/" in key}
    assert after <= ({"privacy"} if entry.name == "welcome" else set())


@cache
def ends(walked: Walk) -> list[dict[str, object]]:
    """The answers of the places no other place goes on from: a replay there comes through all the places before."""
    ways = [(stored, tuple(map(repr, stored.items()))) for stored, _ in walked.turns.values()]
    gone_on = {way[:length] for _, way in ways for length in range(len(way))}
    return [stored for stored, way in ways if way not in gone_on]


@cache
def by_chance(walked: Walk) -> list[dict[str, object]]:
    """Where each way by chance came to: what hangs on an answer given long before."""
    last = {seed: stored for (seed, _), (stored, _) in walked.by_chance.items()}
    return list(last.values())


def test_every_function_of_every_conversation_is_entered() -> None:
    """The walk is only worth something where it goes everywhere. For citizens that means every line."""
    lines = {(str(path), name): set(left) for path in (ROOT / "conversations").glob("*.py") for name, left in lines_in_functions(path)}
    unseen = set(lines)
    open_lines: dict[int, set[int]] = {}  # by the id of the code object: a code object itself is slow to look up
    comes_to: list[set[str]] = []

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        left = open_lines.get(id(frame.f_code))
        if left is None:
            function = (frame.f_code.co_filename, frame.f_code.co_qualname)
            unseen.discard(function)
            left = open_lines[id(frame.f_code)] = lines[function] if function in lines and Path(function[0]).stem in CITIZENS else set()
        left.discard(frame.f_lineno)
        comes_to[-1].add(frame.f_code.co_filename)
        return trace if left else None

    def missed() -> list[str]:
        return sorted(f"{Path(path).name}:{line}" for (path, _), left in lines.items() if Path(path).stem in CITIZENS for line in left)

    def go(walked: Walk, entry: Entry, world: World, first: int) -> set[str]:
        comes_to.append(set())
        sys.settrace(trace)
        try:
            for stored in (*ends(walked)[first::SLICES], *by_chance(walked)[first::SLICES]):
                run(entry, world, stored, walked.given)
        finally:
            sys.settrace(before)
        return comes_to[-1]

    # The desks lead to everything else, and take longest: they come last, for what nobody has met till then.
    all_walks = sorted(((each, walk) for each in REGISTRY for walk in walks(each.name)), key=lambda each: len(each[1][2].turns))
    before = sys.gettrace()
    # A few from everywhere meet nearly all there is. What is left is looked for where its module is come to, and only then everywhere.
    modules = [go(walked, entry, world, 0) for entry, (world, _, walked) in all_walks]
    for everywhere, first in product((False, True), range(1, SLICES)):
        wanted = {path for path, _ in unseen} | {path for (path, _), left in lines.items() if Path(path).stem in CITIZENS and left}
        for number, (entry, (world, _, walked)) in enumerate(all_walks):
            if not unseen and not missed():
                break
            if everywhere or modules[number] & wanted:
                modules[number] |= go(walked, entry, world, first)
    assert not [f"{Path(path).name}: {name}" for path, name in unseen]
    assert not missed(), "no walk comes here"


def lines_in_functions(path: Path) -> Iterator[tuple[str, set[int]]]:
    """The functions of a module with the lines that run when they are called."""
    waiting: list[CodeType] = [compile(path.read_text(encoding="utf-8"), str(path), "exec")]
    while waiting:
        code = waiting.pop()
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
        if code.co_flags & CO_OPTIMIZED and not code.co_name.startswith("<"):
            yield code.co_qualname, {number for _, _, number in code.co_lines() if number}


def test_every_entry_stands_in_the_access_table() -> None:
    for entry in REGISTRY:
        assert Action(entry.action) in {**GENERAL, **IN_CASE}, f"{entry.name}: {entry.action} is in no row of the access table"


def test_the_menu_is_one_list_in_one_order() -> None:
    places = sorted(entry.menu for entry in REGISTRY if entry.menu is not None)
    assert places == list(range(1, len(places) + 1))
