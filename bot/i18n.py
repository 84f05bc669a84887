"""Texts in the language of the person who reads them.

Here: the catalogues of `locales/` and their plurals. Not here: how days, times, numbers and lists look (`bot.formats`), which
language a person has chosen, and Telegram's limits for a message. Guarantees: nobody's words are formatted or translated, however many
braces they hold; a text that is not translated yet is shown as its msgid and stops nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import Protocol, runtime_checkable

from babel.messages.pofile import PoFileError, read_po

import bot.formats as formats
from bot.data import data_directory
from bot.engine.texts import SOURCE, WRITTEN_FORMS, Language, Month, Text

Forms = tuple[str, ...]
"""A translation: one form, or as many as the language has plurals."""
Shown = Callable[[str, Language | None], str]
"""What a piece becomes where it is shown, by the language it is in; None for names, numbers and people's own words."""

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""What a value is put in place of: a lower-case name in braces, without a format of its own."""


class CatalogUnreadable(Exception):
    """A catalogue is missing or is no PO file; the message names the file and what to do."""


@runtime_checkable
class InEachLanguage(Protocol):
    """Words that exist in each language already, such as a municipality's own in its profile."""

    def in_language(self, language: Language, /) -> str: ...

    def language_for(self, reader: Language, /) -> Language: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalog:
    """One language's translations by msgid, and which of a text's forms a number takes."""

    translations: Mapping[str, Forms]
    plural: Callable[[int], int] = lambda count: int(count != 1)


class Catalogs:
    """The translations, read once. Immutable, so safe on any thread."""

    def __init__(self, catalogs: Mapping[Language, Catalog]) -> None:
        self._catalogs = {language: catalogs.get(language, Catalog(translations={})) for language in Language}
        self._template: Callable[[str], _Template] = lru_cache(maxsize=8192)(_template)

    @classmethod
    def load(cls, directory: Path | None = None) -> "Catalogs":
        """Reads `<directory>/<language>/LC_MESSAGES/bot.po` of each language; without a directory, the ones that come with Samråd.

        Raises CatalogUnreadable when one is missing or broken.
        """
        where = directory or data_directory("locales")
        return cls({language: _read(where / language.value / "LC_MESSAGES" / "bot.po") for language in Language})

    def render(self, text: Text, language: Language, *, now: datetime | None = None, shown: Shown = lambda piece, _language: piece) -> str:
        """The text as its reader sees it.

        Values are shown by their type: words as they are, numbers with a hard space between thousands, a day as "4. mars 2027", a month
        as "mars 2027", an aware moment as "torsdag 4. mars kl. 14.00" in Oslo (with the year when `now` is given and stands in another), a
        time of day as "kl. 14.00", several as "a, b og c", a Text in the same language. `shown` is given every piece, so that a page can
        escape it and mark the language of words that are in another than the reader's. Raises KeyError for a placeholder without a value,
        TypeError for a value of another type, ValueError for a naive moment: mistakes in the code, never in somebody's words.
        """
        if text.verbatim:
            return shown(text.msgid, text.written_in)
        template = self._template(self._words(text, language))
        pieces = []
        for piece, is_placeholder in template:
            if is_placeholder:
                if piece not in text.args:
                    raise KeyError(f"The text {text.msgid!r} has no value for {{{piece}}}.")
                pieces.append(self._value(text.args[piece], language, now, shown))
            elif piece:
                pieces.append(shown(piece, language))
        return "".join(pieces)

    def sentences(self) -> frozenset[str]:
        """Every text that exists in both written forms, by its msgid. (A text that is in neither is not among them.)"""
        return frozenset.intersection(*(frozenset(self._catalogs[form].translations) for form in WRITTEN_FORMS))

    def translated(self, text: Text, language: Language) -> bool:
        """Whether the text itself needs no translation or has one; the texts among its values are not looked at."""
        if text.verbatim or not _has_letters(text.msgid):
            return True
        return text.msgid in self._catalogs[language].translations or (language is SOURCE and text.plural is None)

    def _words(self, text: Text, language: Language) -> str:
        catalog = self._catalogs[language]
        forms = catalog.translations.get(text.msgid)
        if forms:
            # A catalogue made before the plural was added has one form only; that one is better than English.
            place = 0 if text.plural is None or text.count is None else catalog.plural(abs(text.count))
            return forms[min(place, len(forms) - 1)]
        return text.msgid if text.plural is None or text.count == 1 else text.plural

    def _value(self, value: object, language: Language, now: datetime | None, shown: Shown) -> str:
        match value:
            case Text():
                return self.render(value, language, now=now, shown=shown)
            case str():
                return shown(str(value), None)
            case bool():
                raise TypeError("Yes and no are words of their own in each language: give a text, not a truth value.")
            case int() | float() | Decimal():
                return shown(formats.number(value, language), language)
            case datetime():
                return shown(formats.moment(value, language, now), language)
            case date():
                return shown(formats.day(value, language), language)
            case Month():
                return shown(formats.month(value.first, language), language)
            case time():
                return shown(formats.clock(value, language), language)
            case list() | tuple():
                return formats.several([self._value(item, language, now, shown) for item in value], language)
            case InEachLanguage():
                return shown(value.in_language(language), value.language_for(language))
            case _:
                raise TypeError(f"A text cannot show a value of type {type(value).__name__}.")


def language_from_telegram(code: str | None, default: Language) -> Language:
    """A first guess from Telegram's `language_code`: that language where we have it, otherwise the municipality's `default`.

    Telegram has no separate choice between the two Norwegians in most clients, so `nb` or `no` tells nothing. The person is asked anyway.
    """
    said = (code or "").lower().replace("_", "-").split("-")[0]
    return Language(said) if said in set(Language) - {Language.NB} else default


_Template = tuple[tuple[str, bool], ...]


def _template(words: str) -> _Template:
    """The words cut at their placeholders. Any other brace is a brace."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for placeholder in PLACEHOLDER.finditer(words):
        pieces += [(words[at : placeholder.start()], False), (placeholder[1], True)]
        at = placeholder.end()
    return (*pieces, (words[at:], False))


def _has_letters(msgid: str) -> bool:
    return any(not is_placeholder and any(map(str.isalpha, piece)) for piece, is_placeholder in _template(msgid))


def _read(path: Path) -> Catalog:
    try:
        words = path.read_bytes()
    except FileNotFoundError:
        raise CatalogUnreadable(f"The catalogue {path} is missing. Install Samråd again, or run it from a complete checkout.") from None
    return _parsed(words, path)


@lru_cache(maxsize=len(Language))
def _parsed(words: bytes, path: Path) -> Catalog:
    """A catalogue by what stands in its file: parsing takes longer than all else at a start, and the file is the same each time."""
    try:
        catalog = read_po(BytesIO(words), abort_invalid=True)
        plural = c2py(catalog.plural_expr)
    except (PoFileError, ValueError) as mistake:
        raise CatalogUnreadable(f"The catalogue {path} is not a valid PO file: {mistake}. Put the shipped file back.") from mistake
    translations: dict[str, Forms] = {}
    for message in catalog:
        if not message.id or message.fuzzy or not message.string:
            continue
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if all(forms):
            translations[message.id if isinstance(message.id, str) else message.id[0]] = forms
    return Catalog(translations=translations, plural=plural)
