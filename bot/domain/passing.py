"""What may pass through Telegram below `full`: sentences of a closed set, whose slots hold numbers, times and places, and no words.

Here: such a sentence as a value, and the vocabulary that makes one of a text or says that it cannot. Not here: which sensitivity passes
at which level (`bot.domain.privacy`), nor the sending (`bot.services.passage`). Guarantees: no value here can hold anybody's words: a
sentence is its place in the list of translated texts, a word its place in the list of the municipality's own public words; what is in
neither list does not pass, whatever it is said to be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from bot.domain.cases import Place
from bot.domain.places import WHERE, WHERE_FOR_STAFF
from bot.domain.words import Words
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, verbatim

PLACEHOLDER: Final = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
SHORT_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,6}")
"""A case's number. Longer ones could be somebody's phone or identity number."""
ABOUT_A_PERSON: Final = re.compile(
    r"coordinat|candidate|\bplan\b|responsibility group|consent|refus|decision|application|complain|diagnos|\bchild|parent|guardian"
    r"|leader",
    re.IGNORECASE,
)
"""Below `full` these may stand in public information only: that somebody has a coordinator is itself confidential (fvl § 13)."""


class Mark(StrEnum):
    """What may stand between the parts of a message."""

    NOTHING = ""
    SPACE = " "
    COMMA = ", "
    COLON = ": "
    LINE = "\n"
    PARAGRAPH = "\n\n"
    TICKED = "☑ "
    UNTICKED = "☐ "
    ANSWERED = "✓ "
    DASH = " – "
    DOT = ". "
    CHECKED = "✓"


@dataclass(frozen=True, slots=True)
class Number:
    """A case's number or the like, shown as it is."""

    number: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many."""

    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day in Oslo."""

    day: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day in Oslo."""

    clock: time


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time, aware."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Where:
    """Where a talk is, by its code."""

    place: Place
    for_staff: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Public words of the municipality, by their place in the vocabulary."""

    place: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that exists in each language, by its place in the vocabulary, with what its slots hold in the order they stand in."""

    place: int
    slots: "tuple[Passable, ...]" = ()
    many: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Several one after the other, with marks between them."""

    parts: "tuple[Passable | Mark, ...]"


@dataclass(frozen=True, slots=True)
class Listed:
    """Several as a list in the reader's language."""

    parts: "tuple[Passable, ...]"


Passable = Sentence | Word | Number | Count | Day | Clock | Moment | Where | Row | Listed
_TIMES: Final = (Day, Clock, Moment, Where)


class _CannotPass(Exception):
    """Inside this module: something has no place in the vocabulary."""


class Vocabulary:
    """Everything that can be said below `full`: the translated sentences, and the municipality's public words and times."""

    def __init__(self, *, sentences: Iterable[str], words: Iterable[str | Words], times: Iterable[date | time] = ()) -> None:
        self._sentences = tuple(dict.fromkeys(sentences))
        self._words = tuple(dict.fromkeys(words))
        self._sentence_at = {sentence: place for place, sentence in enumerate(self._sentences)}
        self._word_at = {word: place for place, word in enumerate(self._words)}
        self._times = frozenset(times)

    def passable(self, text: Text, sensitivity: Sensitivity) -> Passable | None:
        """The text as something that can hold nobody's words, or None where it is not made of this vocabulary.

        Public texts hold the municipality's own words, days and hours; neutral ones numbers too; practical ones any time and place.
        What is more than practical never passes here.
        """
        if sensitivity > Sensitivity.PRACTICAL:
            return None
        try:
            return self._text(text, sensitivity)
        except _CannotPass:
            return None

    def _text(self, text: Text, sensitivity: Sensitivity) -> Passable:
        if text.verbatim:
            return self._word(text.msgid)
        for for_staff, places in ((False, WHERE), (True, WHERE_FOR_STAFF)):
            for place, words in places.items():
                if words == text:
                    return self._timed(Where(place, for_staff), sensitivity)
        slots = PLACEHOLDER.findall(text.msgid)
        if text.msgid in self._sentence_at:
            if sensitivity is not Sensitivity.PUBLIC and ABOUT_A_PERSON.search(text.msgid):
                raise _CannotPass
            held = tuple(self._value(_held(text, name), sensitivity) for name in dict.fromkeys(slots))
            return Sentence(self._sentence_at[text.msgid], held, text.count if text.plural is not None else None)
        return self._row(text, sensitivity)

    def _row(self, text: Text, sensitivity: Sensitivity) -> Row:
        parts: list[Passable | Mark] = []
        for place, piece in enumerate(PLACEHOLDER.split(text.msgid)):
            if place % 2:
                parts.append(self._value(_held(text, piece), sensitivity))
            elif piece not in _MARKS:
                raise _CannotPass
            else:
                parts.append(Mark(piece))
        return Row(tuple(parts))

    def _value(self, value: object, sensitivity: Sensitivity) -> Passable:
        match value:
            case Text():
                return self._text(value, sensitivity)
            case Words():
                return self._word(value)
            case str() if value in self._word_at:
                return self._word(value)
            case str() if SHORT_NUMBER.fullmatch(value) and sensitivity is not Sensitivity.PUBLIC:
                return Number(int(value))
            case bool():
                raise _CannotPass
            case int() if abs(value) < 10**7:
                return Count(value)
            case datetime():
                return self._timed(Moment(value), sensitivity)
            case date():
                return Day(value) if value in self._times else self._timed(Day(value), sensitivity)
            case time():
                return Clock(value) if value in self._times else self._timed(Clock(value), sensitivity)
            case list() | tuple():
                return Listed(tuple(self._value(each, sensitivity) for each in value))
        raise _CannotPass

    def _timed(self, found: Passable, sensitivity: Sensitivity) -> Passable:
        assert isinstance(found, _TIMES)
        if sensitivity is not Sensitivity.PRACTICAL:
            raise _CannotPass
        return found

    def _word(self, word: str | Words) -> Word:
        if word not in self._word_at:
            raise _CannotPass
        return Word(self._word_at[word])

    def text(self, passable: Passable) -> Text:
        """The text again, to be rendered in its reader's language."""
        match passable:
            case Sentence(place, slots, many):
                msgid = self._sentences[place]
                held = dict(zip(dict.fromkeys(PLACEHOLDER.findall(msgid)), map(self._shown, slots), strict=True))
                return Text(msgid, held) if many is None else Text(msgid, held, msgid, many)
            case Word(place) if isinstance(word := self._words[place], str):
                return verbatim(word)
            case Row(parts):
                inner = [part for part in parts if not isinstance(part, Mark)]
                names = iter(range(len(inner)))
                pattern = "".join(part if isinstance(part, Mark) else f"{{part{next(names)}}}" for part in parts)
                return Text(pattern, {f"part{place}": self._shown(part) for place, part in enumerate(inner)})
        return Text("{value}", {"value": self._shown(passable)})

    def _shown(self, passable: Passable) -> object:
        match passable:
            case Number(number):
                return str(number)
            case Count(value) | Day(value) | Clock(value) | Moment(value):
                return value
            case Where(place, for_staff):
                return (WHERE_FOR_STAFF if for_staff else WHERE)[place]
            case Word(place):
                return self._words[place]
            case Listed(parts):
                return [self._shown(part) for part in parts]
        return self.text(passable)


_MARKS: Final = frozenset(mark.value for mark in Mark)


def _held(text: Text, name: str) -> object:
    if name not in text.args:
        raise _CannotPass
    return text.args[name]


def paragraphs(parts: Iterable[Passable]) -> Passable:
    """Several as one message, with an empty line between them."""
    row: list[Passable | Mark] = []
    for part in parts:
        row += [Mark.PARAGRAPH, part] if row else [part]
    return Row(tuple(row))


def public_words(*sources: object) -> Iterator[str | Words]:
    """Every word in a profile or a law: what a municipality has published about itself."""
    for each in _leaves(sources):
        if isinstance(each, Words):
            yield each
            yield from each.each()
        elif isinstance(each, str) and not isinstance(each, StrEnum):
            yield each


def public_times(*sources: object) -> Iterator[date | time]:
    """Every day and hour in a profile or a law."""
    yield from (each for each in _leaves(sources) if isinstance(each, date | time))


def _leaves(source: object) -> Iterator[object]:
    if isinstance(source, Words):
        yield source
    elif is_dataclass(source) and not isinstance(source, type):
        for each in fields(source):
            yield from _leaves(getattr(source, each.name))
    elif isinstance(source, list | tuple | frozenset):
        for inner in source:
            yield from _leaves(inner)
    elif isinstance(source, Mapping):
        yield from _leaves(tuple(source.values()))
    else:
        yield source
