"""A municipality's own words as they are kept with what they were used for.

Here: words to and from what is stored. Not here: the profile they came from. Guarantee: what was called, minuted or asked reads as it did
then, in each written form, also when the profile has other words, or none.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from bot.domain.words import Words
from bot.engine.texts import Language

KNOWN: Final = frozenset(each.name for each in fields(Words))


def kept(words: Words | None) -> dict[str, str] | None:
    """What is stored: the words in every language they exist in."""
    return None if words is None else {name: value for name, value in asdict(words).items() if value is not None}


def read(stored: Mapping[str, Any] | None) -> Words | None:
    """The words again. A language that Samråd no longer knows is left out."""
    if stored is None:
        return None
    return Words(**{name: value for name, value in stored.items() if name in KNOWN} | {"form": Language(stored["form"])})
