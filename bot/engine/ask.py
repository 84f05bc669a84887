"""What a conversation function may do: ask, look, say, do. Nothing else can be awaited in it.

Here: the object handed to every conversation as `ask`. Not here: how the answers come (`bot.engine.replay`). Guarantee: each call
yields one request to the replay and touches nothing itself, so a conversation can be run from the top as often as one likes.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Generic, TypeVar, cast

from bot.engine.questions import LANGUAGE_NAMES, Kind, Option, Question, Sensitivity, SummaryRow
from bot.engine.texts import Language, Text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Query(Generic[T_co]):
    """A named question to today's facts, answered inside the transaction. Subclasses are frozen dataclasses."""


class Command(Generic[T_co]):
    """Something to be done, in the imperative. Subclasses are frozen dataclasses; the result must be plain JSON."""


class Request:
    """What a conversation yields. The only thing that can be awaited in one."""

    __slots__ = ("wanted",)

    def __init__(self, wanted: object) -> None:
        self.wanted = wanted

    def __await__(self) -> Generator["Request", object, object]:
        return (yield self)


@dataclass(frozen=True, slots=True)
class Look:
    query: Query[object]


@dataclass(frozen=True, slots=True)
class Do:
    key: str
    command: Command[object]


@dataclass(frozen=True, slots=True)
class Said:
    """Something said to the person, with what it tells about them."""

    text: Text
    sensitivity: Sensitivity = Sensitivity.PERSONAL


@dataclass(frozen=True, slots=True)
class Summarise:
    """Ask for a summary of everything answered so far that has a label."""

    key: str
    prompt: Text
    more: tuple[SummaryRow, ...]


class Ask:
    """The conversation's one partner. `under` gives the same with a key prefix, for helpers and loops."""

    def __init__(self, given: Mapping[str, str] | None = None, prefix: str = "") -> None:
        self.given: Mapping[str, str] = given or {}
        """What the conversation was begun with, for example the case."""
        self._prefix = prefix

    def under(self, prefix: str) -> "Ask":
        """The same partner with its keys in a room of their own, for a helper or for one round of a loop."""
        return Ask(self.given, f"{self._prefix}{prefix}/")

    def _question(
        self,
        kind: Kind,
        key: str,
        prompt: Text,
        *,
        options: tuple[Option, ...] = (),
        label: Text | None = None,
        skip: Text | None = None,
        sensitivity: Sensitivity,
        max_length: int = 2000,
        least_digits: int = 0,
        earliest: date | None = None,
        latest: date | None = None,
        offered: date | None = None,
    ) -> Request:
        return Request(
            Question(
                key=self._prefix + key,
                kind=kind,
                prompt=prompt,
                options=options,
                label=label,
                skip=skip,
                sensitivity=sensitivity,
                max_length=max_length,
                least_digits=least_digits,
                earliest=earliest,
                latest=latest,
                offered=offered,
            )
        )

    async def choice(
        self,
        key: str,
        prompt: Text,
        options: Mapping[str, Text],
        *,
        label: Text | None = None,
        sensitivity: Sensitivity = Sensitivity.PERSONAL,
    ) -> str:
        """One of several; the stored value."""
        return cast(str, await self._question(Kind.CHOICE, key, prompt, options=_options(options), label=label, sensitivity=sensitivity))

    async def choices(
        self,
        key: str,
        prompt: Text,
        options: Mapping[str, Text],
        *,
        none: Text | None = None,
        label: Text | None = None,
        sensitivity: Sensitivity = Sensitivity.PERSONAL,
    ) -> tuple[str, ...]:
        """Any number of several, in the order they are offered. `none` are the words for "none of them"."""
        return cast(
            tuple[str, ...],
            await self._question(Kind.CHOICES, key, prompt, options=_options(options), skip=none, label=label, sensitivity=sensitivity),
        )

    async def text(
        self,
        key: str,
        prompt: Text,
        *,
        skip: Text | None = None,
        label: Text | None = None,
        sensitivity: Sensitivity = Sensitivity.PERSONAL,
        max_length: int = 2000,
    ) -> str | None:
        """The person's own words, or None where they left it open."""
        return cast(
            str | None, await self._question(Kind.TEXT, key, prompt, skip=skip, label=label, sensitivity=sensitivity, max_length=max_length)
        )

    async def phone(self, key: str, prompt: Text, *, label: Text | None = None) -> str:
        """A phone number in the person's own words, with whatever stands beside it ("after four"): at least five digits."""
        # Five digits: the shortest numbers that people in Norway are phoned on.
        return cast(
            str, await self._question(Kind.TEXT, key, prompt, label=label, sensitivity=Sensitivity.PRACTICAL, max_length=40, least_digits=5)
        )

    async def date(
        self,
        key: str,
        prompt: Text,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        offered: date | None = None,
        skip: Text | None = None,
        label: Text | None = None,
        sensitivity: Sensitivity = Sensitivity.PERSONAL,
    ) -> date | None:
        """A day in Oslo. `offered`: the first one on a button, where an earlier one is only for those who write it."""
        answer = await self._question(
            Kind.DATE, key, prompt, skip=skip, label=label, sensitivity=sensitivity, earliest=earliest, latest=latest, offered=offered
        )
        return cast("date | None", answer)

    async def time(self, key: str, prompt: Text, *, label: Text | None = None, sensitivity: Sensitivity = Sensitivity.PERSONAL) -> time:
        """A time of the day in Oslo."""
        return cast("time", await self._question(Kind.TIME, key, prompt, label=label, sensitivity=sensitivity))

    async def confirm(self, key: str, prompt: Text, *, label: Text | None = None, sensitivity: Sensitivity = Sensitivity.PERSONAL) -> bool:
        """Yes or no."""
        return cast(bool, await self._question(Kind.CONFIRM, key, prompt, label=label, sensitivity=sensitivity))

    async def language(self, key: str, prompt: Text) -> Language:
        """The person's written form."""
        options = _options(LANGUAGE_NAMES)
        return Language(cast(str, await self._question(Kind.LANGUAGE, key, prompt, options=options, sensitivity=Sensitivity.PUBLIC)))

    async def summary(self, key: str, prompt: Text, *more: SummaryRow) -> None:
        """Show every labelled answer so far; goes on when the person has said that they are right. Each can be changed from here.

        `more`: further rows. One whose key is that of a question asked here can be changed too, though the question has no label.
        """
        await Request(Summarise(self._prefix + key, prompt, tuple(replace(row, key=self._prefix + row.key) for row in more)))

    async def look(self, query: Query[T]) -> T:
        """Today's facts. Asked anew at each replay, never stored."""
        return cast(T, await Request(Look(query)))

    async def say(self, text: Text, *, sensitivity: Sensitivity = Sensitivity.PERSONAL) -> None:
        """Tell something. Shown with what is asked next."""
        await Request(Said(text, sensitivity))

    async def do(self, key: str, command: Command[T]) -> T:
        """Do something once. Its result is stored under the key, so a replay does not do it again."""
        return cast(T, await Request(Do(self._prefix + key, command)))


def _options(options: Mapping[str, Text]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in options.items())
