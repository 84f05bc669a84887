"""Walking a conversation as its readers would: every button of every question, in every world.

Here: the walk and the words of a message. Not here: what must hold (`test_every_branch`). The walk is breadth first. Two places count as
one where the same is said and asked after the same two answers, so loops ("show more", "what else?") come to an end. A world in which eight
ways by chance meet nothing but what a world before had is not walked further: most worlds differ in a name or a number.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zlib import crc32

from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, TheCase
from bot.domain.words import Words
from bot.engine.ask import Query
from bot.engine.questions import Kind, Question
from bot.engine.registry import Entry
from bot.engine.replay import Turn, replay
from bot.engine.texts import Month, Text
from tests.conversations.made_views import NOW, World

MOST_PLACES = 6000
LONGEST_WAY = 40
WAYS_BY_CHANCE = 8
Place = tuple[object, ...]


@dataclass(eq=False)
class Walk:
    """What was met on the way: every place with one way to it, and which place leads to which."""

    turns: dict[Place, tuple[dict[str, object], Turn]] = field(default_factory=dict)
    leads_to: dict[Place, set[Place]] = field(default_factory=dict)
    by_chance: dict[tuple[int, int], tuple[dict[str, object], Turn]] = field(default_factory=dict)
    looked: dict[Query[object], object] = field(default_factory=dict)
    """Every query on the way, with its answer: another world that answers them the same is the same walk."""

    given: "Given" = field(default_factory=lambda: Given({}))

    def everywhere(self) -> Iterator[tuple[dict[str, object], Turn]]:
        """Every place met, with the answers that led there."""
        yield from self.turns.values()
        yield from self.by_chance.values()

    def holds_in(self, world: World, given: Mapping[str, str]) -> bool:
        """Whether the walk would be the same in that world."""
        same_start = all(self.given.get(key) == given.get(key) for key in self.given.read)
        return same_start and all(world.look(query) == answer for query, answer in self.looked.items())


class Given(dict[str, str]):
    """What a conversation is begun with, and which of it has been read."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.read.add(key)
        return super().get(key, default)


def given_in(world: World, checklist: str) -> dict[str, str]:
    """What a conversation is begun with: ids that exist in that world."""
    view = world.look(TheCase(CaseId(1)))
    decisions = view.decisions if isinstance(view, CaseView) else ()
    return {
        "case": "1",
        "assignment": "1",
        "decision": str(decisions[0].decision if decisions else 1),
        "inquiry": "1",
        "task": "1",
        "substitute": "1",
        "complaint": "1",
        "ask": "1",
        "checklist": checklist,
        "member": "1",
        "meeting": "1",
        "consent": "1",
        "code": "linked" if world.turn % 2 == 0 else "refused",
        "link": "https://t.me/solvik",
    }


def talks_in(world: World) -> list[str]:
    """The talks of the case in that world, as a button names them."""
    view = world.look(TheCase(CaseId(1)))
    return [str(each.talk) for each in view.talks] if isinstance(view, CaseView) else []


def run(entry: Entry, world: World, stored: Mapping[str, object], given: Mapping[str, str]) -> tuple[Turn, dict[str, object]]:
    """One replay; the results of commands are stored as the service stores them."""
    kept = dict(stored)

    def do(key: str, command: Any) -> object:
        kept[key] = world.do(key, command)
        return kept[key]

    return replay(entry.conversation, stored=stored, look=world.look, do=do, given=given), kept


def walk(entry: Entry, world: World, given: Mapping[str, str], met: set[Place]) -> Walk:
    """Eight ways by chance, and every place that can be reached, unless `met` has all these ways came through.

    `met`: the outlines of what was met in other worlds; those of this one are added. Raises whatever the conversation raises, with the
    way there.
    """
    found = Walk(given=Given(given))
    world = world.remembering(found.looked)
    for seed in range(WAYS_BY_CHANCE):
        for step, there in enumerate(wander(entry, world, found.given, seed)):
            found.by_chance[seed, step] = there
    if not met.issuperset(outline(turn) for _, turn in found.by_chance.values()):
        _everywhere(entry, world, found)
    met.update(outline(turn) for _, turn in found.everywhere())
    return found


def _everywhere(entry: Entry, world: World, found: Walk) -> None:
    waiting: deque[tuple[dict[str, object], tuple[object, ...], Place | None]] = deque([({}, (), None)])
    while waiting:
        stored, last, came_from = waiting.popleft()
        try:
            turn, kept = run(entry, world, stored, found.given)
        except Exception as error:
            error.add_note(f"{entry.name} in {world}, answers: {stored}")
            raise
        place = _place(turn, last)
        if came_from is not None:
            found.leads_to[came_from].add(place)
        if place in found.turns:
            continue
        if len(found.turns) > MOST_PLACES:
            raise AssertionError(f"{entry.name} in {world}: more than {MOST_PLACES} places; does a loop put changing words into its texts?")
        found.turns[place] = (kept, turn)
        found.leads_to[place] = set()
        if turn.asked is not None:
            for answer in answers(turn.asked):
                waiting.append(({**kept, turn.asked.key: answer}, _after(last, turn.asked.key, answer), place))


def outline(turn: Turn) -> Place:
    """What a place is whatever the names and numbers in it: its question, the buttons, and how much is said."""
    if turn.asked is None:
        return ("end", len(turn.said))
    return (_without_numbers(turn.asked.key), tuple(_without_numbers(str(each.value)) for each in turn.asked.options), len(turn.said))


def answers(question: Question) -> Iterator[object]:
    """Every button of a question, and for what is typed or toggled, a few answers."""
    if question.skip is not None:
        yield None
    match question.kind:
        case Kind.CHOICE | Kind.LANGUAGE:
            yield from (option.value for option in question.options)
        case Kind.CHOICES:
            yield [question.options[0].value]
            yield [option.value for option in question.options]
        case Kind.TEXT:
            yield ("22 22 22 22" if question.least_digits else "Some words")[: question.max_length]
        case Kind.DATE:
            yield (question.earliest or question.latest or NOW.date()).isoformat()
        case Kind.TIME:
            yield "09:00"
            yield "23:30"
        case Kind.CONFIRM:
            yield True
            yield False
        case Kind.SUMMARY:
            yield True


def _after(last: tuple[object, ...], key: str, answer: object) -> tuple[object, ...]:
    """The very first answer, which often decides the way, and the last two; inside a loop, which has numbers in its keys, only the last."""
    now = (_without_numbers(key), repr(answer))
    loop = now[0] != key
    first = last[0] if last else ("" if loop else now)
    return (first, now) if loop else (first, *last[1:][-1:], now)


def wander(entry: Entry, world: World, given: Mapping[str, str], seed: int) -> Iterator[tuple[dict[str, object], Turn]]:
    """One way through, by chance but the same for the same seed: finds what only comes of answers far apart."""
    stored: dict[str, object] = {}
    for step in range(LONGEST_WAY):
        turn, stored = run(entry, world, stored, given)
        yield stored, turn
        if turn.asked is None:
            return
        possible = tuple(answers(turn.asked))
        stored = {**stored, turn.asked.key: possible[crc32(f"{seed} {step}".encode()) % len(possible)]}


def _without_numbers(key: str) -> str:
    return re.sub(r"\d+", "#", key)


def _place(turn: Turn, last: tuple[object, ...]) -> Place:
    said = tuple(english(each.text) for each in turn.said)
    if turn.asked is None:
        return ("end", said, last)
    options = tuple(option.value for option in turn.asked.options)
    return (_without_numbers(turn.asked.key), english(turn.asked.prompt), options, said, last)


def texts_of(turn: Turn) -> Iterator[Text]:
    """Every text of a turn."""
    yield from (each.text for each in turn.said)
    for row in turn.answered:
        yield from (row.label, row.value)
    if turn.asked is not None:
        yield turn.asked.prompt
        yield from (option.label for option in turn.asked.options)
        yield from (text for text in (turn.asked.label, turn.asked.skip) if text is not None)
        for row in turn.asked.rows:
            yield from (row.label, row.value)


def parts_of(text: Text) -> Iterator[Text]:
    """A text and every text in it."""
    yield text
    for value in text.args.values():
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, Text):
                yield from parts_of(each)


def english(text: Text) -> str:
    """A text in English, as its msgids stand. Raises `KeyError` where a placeholder has no value."""
    if text.verbatim:
        return text.msgid
    pattern = text.plural if text.plural is not None and text.count != 1 else text.msgid
    return pattern.format_map({name: _shown(value) for name, value in text.args.items()})


def _shown(value: object) -> str:
    match value:
        case Text():
            return english(value)
        case list() | tuple():
            return ", ".join(_shown(each) for each in value)
        case datetime():
            return f"{value:%A %d %B at %H:%M}"
        case date():
            return f"{value:%d %B %Y}"
        case Month():
            return f"{value.first:%B %Y}"
        case Words():
            return value.nb
        case time():
            return f"{value:%H:%M}"
    return str(value)
