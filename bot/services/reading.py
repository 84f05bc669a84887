"""Reading what somebody typed as an answer.

Here: dates, times, and words that are the label of a button. Not here: whether the answer fits; the question says that. Guarantee: what
cannot be read is asked for again, never guessed.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.reminders import OSLO
from bot.engine.questions import AnswerRefused, Kind, Question
from bot.engine.texts import Language, t
from bot.services.municipality import Municipality

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january",
            "feb februar february",
            "mar mars march",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}
DAYS_FROM_NOW: Final = {
    "i dag": 0,
    "idag": 0,
    "i morgen": 1,
    "i morgon": 1,
    "imorgen": 1,
    "imorgon": 1,
    "i overmorgen": 2,
    "i overmorgon": 2,
    "today": 0,
    "tomorrow": 1,
}
NUMBERS: Final = re.compile(r"^(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{2}))?\.?$")
ISO: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
NAMED: Final = re.compile(r"^(?:[a-zæøå]+da[gy],? )?(?:den |the )?(\d{1,2})(?:\.|st|nd|rd|th)? (?:of )?([a-z]+)\.?(?: (\d{4}))?$")
CLOCK: Final = re.compile(r"^(?:kl\.? ?|at )?(\d{1,2})(?:[.: ]?(\d{2}))?$")


def read(question: Question, typed: str, municipality: Municipality, language: Language, now: datetime) -> object:
    """The stored value of a typed answer. Raises `AnswerRefused` with the reason."""
    words = " ".join(typed.split())
    match question.kind:
        case Kind.TEXT:
            return typed.strip()
        case Kind.DATE:
            return read_date(words, now.astimezone(OSLO).date()).isoformat()
        case Kind.TIME:
            return read_time(words)
        case Kind.CHOICE | Kind.LANGUAGE:
            return _by_label(question, words, municipality, language, now)
        case Kind.CONFIRM:
            return _yes_or_no(words)
        case _:
            raise AnswerRefused(t("Please choose one of the buttons."))


def _by_label(question: Question, words: str, municipality: Municipality, language: Language, now: datetime) -> str:
    wanted = words.casefold().rstrip(".!")
    for option in question.options:
        if municipality.words(option.label, language, now).casefold().rstrip(".!") == wanted:
            return option.value
    raise AnswerRefused(t("Please choose one of the buttons."))


def _yes_or_no(words: str) -> bool:
    match words.casefold().rstrip(".!"):
        case "ja" | "jo" | "yes":
            return True
        case "nei" | "no":
            return False
    raise AnswerRefused(t("Please choose one of the buttons."))


def read_date(words: str, today: date) -> date:
    """A day as people write it: 24.12.2027, 24/12, 24. desember, i morgon. Without a year, the next such day. Raises `AnswerRefused`."""
    said = words.casefold()
    if said in DAYS_FROM_NOW:
        return today + timedelta(days=DAYS_FROM_NOW[said])
    try:
        if match := ISO.match(said):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := NUMBERS.match(said):
            return _day(int(match[1]), int(match[2]), match[3], today)
        if (match := NAMED.match(said)) and match[2] in MONTHS:
            return _day(int(match[1]), MONTHS[match[2]], match[3], today)
    except ValueError:
        pass
    raise AnswerRefused(t("I could not read that date. Please write it like this: 24.12.2027."))


def _day(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def read_time(words: str) -> str:
    """A time of the day as people write it: 14.30, 14:30, kl. 14, 1430. Raises `AnswerRefused`."""
    if (match := CLOCK.match(words.casefold())) and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return f"{int(match[1]):02}:{int(match[2] or 0):02}"
    raise AnswerRefused(t("I could not read that time. Please write it like this: 14.30."))
