"""What a conversation can ask, and how an answer is read again.

Here: questions as values, and the parsing of every stored answer at every replay. Not here: how a question looks in a chat or on a
page. Guarantee: an answer that today's question does not accept is never handed to the conversation; it is asked for again. Questions
and options are named tuples, since every replay makes all of them anew and those are made in a third of the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.engine.texts import Language, Text, joined, t, verbatim


class Sensitivity(IntEnum):
    """How much a text or an answer tells about a person. The municipality's privacy level decides what may pass where."""

    PUBLIC = 0
    NEUTRAL = 1
    PRACTICAL = 2
    PERSONAL = 3
    HEALTH = 4


class Kind(StrEnum):
    """The kinds of question."""

    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    CONFIRM = "confirm"
    LANGUAGE = "language"
    SUMMARY = "summary"


class Option(NamedTuple):
    """One possible answer: the value that is stored and the words that are shown."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary: which answer, what it is about, and what was answered."""

    key: str
    label: Text
    value: Text


class AnswerRefused(Exception):
    """An answer does not fit its question. `reason` is for the person who gave it."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


LANGUAGE_NAMES: Mapping[str, Text] = {
    Language.NB: verbatim("Bokmål", Language.NB),
    Language.NN: verbatim("Nynorsk", Language.NN),
    Language.EN: verbatim("English", Language.EN),
}
"""Each language by the name its readers call it, so that nobody needs another language to find their own."""


class Question(NamedTuple):
    """One question, one fact. `key` names the fact. `label`, where given, puts the answer into the summary."""

    key: str
    kind: Kind
    prompt: Text
    options: tuple[Option, ...] = ()
    label: Text | None = None
    skip: Text | None = None
    """The words for "no answer" where the question can be left open."""
    sensitivity: Sensitivity = Sensitivity.PERSONAL
    max_length: int = 2000
    least_digits: int = 0
    """How many digits words must hold, for example where they are to tell a phone number."""
    earliest: date | None = None
    latest: date | None = None
    offered: date | None = None
    """The first day on a button; an earlier one can be written. None: the first that may be. Of days that have been: the last one."""
    rows: tuple[SummaryRow, ...] = ()

    def parse(self, value: object) -> object:
        """The typed answer of a stored value. Raises `AnswerRefused`, whatever the value is."""
        if value is None and self.skip is not None:
            return () if self.kind is Kind.CHOICES else None
        match self.kind:
            case Kind.TEXT:
                return self._text(value)
            case Kind.CHOICE | Kind.LANGUAGE:
                return self._one(value)
            case Kind.CHOICES:
                return self._several(value)
            case Kind.DATE:
                return self._date(value)
            case Kind.TIME:
                return _time(value)
            case Kind.CONFIRM | Kind.SUMMARY:
                if isinstance(value, bool) and (value or self.kind is Kind.CONFIRM):
                    return value
        raise AnswerRefused(t("Please choose one of the buttons."))

    def _one(self, value: object) -> str:
        if isinstance(value, str) and value in [option.value for option in self.options]:
            return value
        raise AnswerRefused(t("Please choose one of the buttons."))

    def _several(self, value: object) -> tuple[str, ...]:
        known = {option.value for option in self.options}
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each in known for each in value):
            raise AnswerRefused(t("Please choose at least one of the buttons."))
        return tuple(option.value for option in self.options if option.value in value)

    def _text(self, value: object) -> str:
        words = value.strip() if isinstance(value, str) else ""
        # The first letter mostly tells already; what cannot be seen is no words.
        if not isinstance(value, str) or not (
            (words and words[0].isprintable()) or any(each.isprintable() and not each.isspace() for each in words)
        ):
            raise AnswerRefused(t("Please write a few words."))
        if len(value) > self.max_length:
            raise AnswerRefused(t("This is too long. Please use at most {most} characters.", most=self.max_length))
        if self.least_digits and sum(each.isdigit() for each in value) < self.least_digits:
            raise AnswerRefused(t("I find no phone number there. Please write the number."))
        return words

    def _date(self, value: object) -> date:
        try:
            day = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise AnswerRefused(t("I could not read that date. Please write it like this: 24.12.2027.")) from None
        if self.earliest and day < self.earliest:
            raise AnswerRefused(t("The date must be {day} or later.", day=self.earliest))
        if self.latest and day > self.latest:
            raise AnswerRefused(t("The date must be {day} or earlier.", day=self.latest))
        return day

    def shown(self, answer: object) -> Text:
        """An answer in words, for the summary and for the line that stays in the chat."""
        if answer is None or answer == ():
            return self.skip or t("Not answered")
        labels = {option.value: option.label for option in self.options}
        match answer:
            case bool():
                return t("Yes") if answer else t("No")
            case tuple():
                return joined(*(labels[each] for each in answer), by=", ")
            case str():
                return labels.get(answer) or verbatim(answer)
        return Text("{value}", {"value": answer})


def _time(value: object) -> time:
    try:
        return time.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise AnswerRefused(t("I could not read that time. Please write it like this: 14.30.")) from None
