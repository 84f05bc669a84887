"""Texts in the language of the person who reads them.

Here: the catalogues of `locales/`, plurals, and how names, numbers, days, times and lists look in Bokmål and Nynorsk. Not here: which
language a person has chosen, and Telegram's limits for a message. Guarantees: nobody's words are formatted or translated, however many
braces they hold; a text that is not translated yet is shown as its msgid and stops nothing; times are shown as Oslo's.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from bot.clock import OSLO
from bot.data import data_directory
from bot.engine.texts import Language, Text

Forms = tuple[str, ...]
"""A translation: one form, or the forms for one and for several."""

# The shape of Språkrådet's rules; Babel's own presets differ between the two languages and bring seconds and time zones.
DAY = "d. MMMM y"
MOMENT = "EEEE d. MMMM 'kl.' HH.mm"
MOMENT_OF_ANOTHER_YEAR = "EEEE d. MMMM y 'kl.' HH.mm"
TIME = "'kl.' HH.mm"

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""What a value is put in place of: a lower-case name in braces, without a format of its own."""

_LOCALES = {language: Locale(language.value) for language in Language}


class CatalogUnreadable(Exception):
    """A catalogue is missing or is no PO file; the message names the file and what to do."""


@runtime_checkable
class InEachLanguage(Protocol):
    """Words that exist in each language already, such as a municipality's own in its profile."""

    def in_language(self, language: Language, /) -> str: ...


class Catalogs:
    """The translations, read once. Immutable, so safe on any thread."""

    def __init__(self, translations: Mapping[Language, Mapping[str, Forms]]) -> None:
        self._translations = {language: dict(translations.get(language, {})) for language in Language}
        self._template: Callable[[str], _Template] = lru_cache(maxsize=8192)(_template)

    @classmethod
    def load(cls, directory: Path | None = None) -> "Catalogs":
        """Reads `<directory>/<language>/LC_MESSAGES/bot.po` of each language; without a directory, the ones that come with Samråd.

        Raises CatalogUnreadable when one is missing or broken.
        """
        where = directory or data_directory("locales")
        return cls({language: _read(where / language.value / "LC_MESSAGES" / "bot.po") for language in Language})

    def render(self, text: Text, language: Language, *, now: datetime | None = None) -> str:
        """The text as its reader sees it.

        Values are shown by their type: words as they are, numbers with a hard space between thousands, a day as "4. mars 2027", an
        aware moment as "torsdag 4. mars kl. 14.00" in Oslo (with the year when `now` is given and stands in another), a time of day as
        "kl. 14.00", several as "a, b og c", a Text in the same language. Raises KeyError for a placeholder without a value, TypeError
        for a value of another type, ValueError for a naive moment: mistakes in the code, never in somebody's words.
        """
        if text.verbatim:
            return text.msgid
        template = self._template(self._words(text, language))
        pieces = []
        for piece, is_placeholder in template:
            if is_placeholder:
                if piece not in text.args:
                    raise KeyError(f"The text {text.msgid!r} has no value for {{{piece}}}.")
                piece = self._shown(text.args[piece], language, now)
            pieces.append(piece)
        return "".join(pieces)

    def sentences(self) -> frozenset[str]:
        """Every text that exists in all languages, by its msgid. (A text that is shown as its msgid is not among them.)"""
        return frozenset.intersection(*(frozenset(known) for known in self._translations.values()))

    def translated(self, text: Text, language: Language) -> bool:
        """Whether the text itself needs no translation or has one; the texts among its values are not looked at."""
        return text.verbatim or not _has_letters(text.msgid) or text.msgid in self._translations[language]

    def _words(self, text: Text, language: Language) -> str:
        one = text.plural is None or text.count == 1
        forms = self._translations[language].get(text.msgid)
        # A catalogue made before the plural was added has one form only; that one is better than English.
        if forms:
            return forms[0] if one else forms[-1]
        return text.msgid if one or text.plural is None else text.plural

    def _shown(self, value: object, language: Language, now: datetime | None) -> str:
        match value:
            case Text():
                return self.render(value, language, now=now)
            case str():
                return str(value)
            case bool():
                raise TypeError("Yes and no are words of their own in each language: give a text, not a truth value.")
            case int() | float() | Decimal():
                return _number(value, language)
            case datetime():
                return _moment(value, language, now)
            case date():
                return _day(value, language)
            case time():
                return _time(value, language)
            case list() | tuple():
                return format_list([self._shown(item, language, now) for item in value], "standard", _LOCALES[language]) if value else ""
            case InEachLanguage():
                return value.in_language(language)
            case _:
                raise TypeError(f"A text cannot show a value of type {type(value).__name__}.")


def language_from_telegram(code: str | None, default: Language) -> Language:
    """A first guess from Telegram's `language_code`: Nynorsk when it says so, otherwise the municipality's `default`.

    Telegram has no separate choice between the two Norwegians in most clients, so `nb` or `no` tells nothing and the person is asked.
    """
    return Language.NN if (code or "").lower().replace("_", "-").split("-")[0] == "nn" else default


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


@lru_cache(maxsize=4096)
def _number(value: int | float | Decimal, language: Language) -> str:
    return format_decimal(value, locale=_LOCALES[language])


@lru_cache(maxsize=4096)
def _day(day: date, language: Language) -> str:
    return format_date(day, DAY, _LOCALES[language])


@lru_cache(maxsize=4096)
def _time(value: time, language: Language) -> str:
    return format_time(value.replace(tzinfo=None), TIME, locale=_LOCALES[language])


def _moment(moment: datetime, language: Language, now: datetime | None) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment} has no time zone, so nobody can say when it is in Oslo.")
    local = moment.astimezone(OSLO)
    another_year = now is not None and now.astimezone(OSLO).year != local.year
    return _local_moment(local.replace(second=0, microsecond=0, tzinfo=None), language, another_year)


@lru_cache(maxsize=8192)
def _local_moment(local: datetime, language: Language, another_year: bool) -> str:
    # Babel takes a naive moment for UTC; with its own tzinfo it is left as it is.
    return format_datetime(local.replace(tzinfo=OSLO), MOMENT_OF_ANOTHER_YEAR if another_year else MOMENT, OSLO, _LOCALES[language])


def _read(path: Path) -> dict[str, Forms]:
    try:
        with path.open("rb") as stream:
            catalog = read_po(stream, abort_invalid=True)
    except FileNotFoundError:
        raise CatalogUnreadable(f"The catalogue {path} is missing. Install Samråd again, or run it from a complete checkout.") from None
    except (PoFileError, ValueError) as mistake:
        raise CatalogUnreadable(f"The catalogue {path} is not a valid PO file: {mistake}. Put the shipped file back.") from mistake
    translations: dict[str, Forms] = {}
    for message in catalog:
        if not message.id or message.fuzzy or not message.string:
            continue
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if all(forms):
            translations[message.id if isinstance(message.id, str) else message.id[0]] = forms
    return translations
