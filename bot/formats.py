"""How days, moments, times, numbers and lists look in each language.

Here: CLDR's data through Babel, and where ours differs from it. Not here: catalogues (`bot.i18n`). Guarantee: times are shown as Oslo's,
in 24 hours, in every language; a language without an entry of its own is shown as CLDR has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.clock import OSLO
from bot.engine.texts import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Patterns:
    """CLDR patterns: a day with its year, a moment of this year and of another, and a time of day."""

    day: str
    moment: str
    moment_of_another_year: str
    time: str


# The shape of Språkrådet's rules; Babel's own presets differ between the two forms and bring seconds and time zones.
_NORWEGIAN: Final = Patterns(
    day="d. MMMM y",
    moment="EEEE d. MMMM 'kl.' HH.mm",
    moment_of_another_year="EEEE d. MMMM y 'kl.' HH.mm",
    time="'kl.' HH.mm",
)
OWN: Final[Mapping[Language, Patterns]] = {
    Language.NB: _NORWEGIAN,
    Language.NN: _NORWEGIAN,
    # British, but with the clock of 24 hours that every letter and door in Norway has.
    Language.EN: Patterns(day="d MMMM y", moment="EEEE d MMMM 'at' HH:mm", moment_of_another_year="EEEE d MMMM y 'at' HH:mm", time="HH:mm"),
}
_LOCALES: Final[Mapping[Language, str]] = {Language.EN: "en_GB"}
"""The CLDR locale where it is not the language's own code."""


@cache
def locale(language: Language) -> Locale:
    """CLDR's data for a language. Raises `babel.UnknownLocaleError` for one CLDR does not have."""
    return Locale.parse(_LOCALES.get(language, language.value))


def direction(language: Language) -> str:
    """Which way the language is written: "ltr" or "rtl", as HTML's `dir` has it."""
    return locale(language).text_direction


@cache
def patterns(language: Language) -> Patterns:
    """Our own patterns, or CLDR's for a weekday, a long date, and hours and minutes."""
    if language in OWN:
        return OWN[language]
    return cldr_patterns(locale(language))


def cldr_patterns(found: Locale) -> Patterns:
    """CLDR's patterns for a language that has none of ours. CLDR's way to put date and time together is not used: it often has a comma."""
    long = found.date_formats["long"].pattern
    clock = "HH:mm"
    moment = f"EEEE, {long} {clock}"
    return Patterns(day=long, moment=moment, moment_of_another_year=moment, time=clock)


@lru_cache(maxsize=4096)
def number(value: int | float | Decimal, language: Language) -> str:
    """With the language's own mark between thousands."""
    return format_decimal(value, locale=locale(language))


@lru_cache(maxsize=4096)
def day(value: date, language: Language) -> str:
    """A day with its year: "4. mars 2027", "4 March 2027"."""
    return format_date(value, patterns(language).day, locale(language))


@lru_cache(maxsize=512)
def month(value: date, language: Language) -> str:
    """The month of a day with its year: "mars 2027", "March 2027"."""
    return format_date(value, "MMMM y", locale(language))


@lru_cache(maxsize=4096)
def clock(value: time, language: Language) -> str:
    """A time of day: "kl. 14.00", "14:00"."""
    return format_time(value.replace(tzinfo=None), patterns(language).time, locale=locale(language))


def moment(value: datetime, language: Language, now: datetime | None) -> str:
    """A moment in Oslo, with the year when `now` is given and stands in another. Raises `ValueError` for a naive one."""
    if value.tzinfo is None:
        raise ValueError(f"The moment {value} has no time zone, so nobody can say when it is in Oslo.")
    local = value.astimezone(OSLO)
    another_year = now is not None and now.astimezone(OSLO).year != local.year
    return _local_moment(local.replace(second=0, microsecond=0, tzinfo=None), language, another_year)


@lru_cache(maxsize=8192)
def _local_moment(local: datetime, language: Language, another_year: bool) -> str:
    wanted = patterns(language)
    # Babel takes a naive moment for UTC; with its own tzinfo it is left as it is.
    pattern = wanted.moment_of_another_year if another_year else wanted.moment
    return format_datetime(local.replace(tzinfo=OSLO), pattern, OSLO, locale(language))


def several(items: Sequence[str], language: Language) -> str:
    """As a list in a sentence: "a, b og c"."""
    return format_list(items, "standard", locale(language)) if items else ""
