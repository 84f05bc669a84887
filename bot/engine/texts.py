"""Texts that are not yet in any language.

Here: what a conversation says, as an English msgid and the values to fill in. Not here: catalogues, dates, lists and plurals in a
language; those are `bot.i18n`. Guarantee: a text is rendered where its reader's language is known, never where it is written, so a
language switched half way switches everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Language(StrEnum):
    """What a person can choose to read. Another one is added as docs/add-a-language.md says."""

    NB = "nb"
    NN = "nn"
    EN = "en"


WRITTEN_FORMS = (Language.NB, Language.NN)
"""The two forms of Norwegian: what a municipality itself writes in, and what its letters are in whatever the person reads here."""
SOURCE = Language.EN
"""The language of the msgids: a text that has no translation to it is shown as it stands in the code, and nothing is missing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message by its English msgid. `args` fill its `{placeholders}`; values keep their types until they are rendered."""

    msgid: str
    args: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None
    verbatim: bool = False
    written_in: Language | None = field(default=None, kw_only=True)
    """For words that are not translated and whose language is known to be another than the reader's."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, as a value in a text: "mars 2027". `first` is its first day."""

    first: date


def t(msgid: str, /, **args: object) -> Text:
    """A text to translate. The msgid must be a literal, so that it can be extracted."""
    return Text(msgid, args)


def nt(singular: str, plural: str, count: int, /, **args: object) -> Text:
    """A text with a plural; `{n}` is filled with `count`."""
    return Text(singular, {"n": count, **args}, plural, count)


def verbatim(words: str, written_in: Language | None = None) -> Text:
    """Somebody's own words or the municipality's own: never translated, never formatted."""
    return Text(words, {}, verbatim=True, written_in=written_in)


def joined(*parts: Text, by: str = "\n\n") -> Text:
    """Several texts one after the other, each rendered in the reader's language."""
    names = {f"part{index}": part for index, part in enumerate(parts)}
    return Text(by.join(f"{{{name}}}" for name in names), names, verbatim=False)
