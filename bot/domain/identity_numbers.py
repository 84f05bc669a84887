"""Norwegian identity numbers in what people write.

Here: where in a text a fødselsnummer stands, so that it can be taken out before anything is stored. Not here: whose number it is, or
whether it exists; the number itself is never handed on. Guarantee: every number that the rules of today or of 2032 allow is found,
written together or in groups, in whatever digits.

Rules: Skatteetaten's description of the number of today and of the one from 2032. Eleven digits: day, month and year of
birth, three more, two control digits. The second control digit makes the sum with the weights 5 4 3 2 7 6 5 4 3 2 1 divisible by eleven.
The first does the same with 3 7 6 1 8 9 4 5 2 1 today; from 2032 that sum may also leave 1, 2 or 3. D-numbers have 4 added to the first
digit, H-numbers 40 to the month, synthetic ones 40, 65 or 80 to the month.

Known limits: the five last digits alone are not recognised, nor the FH-numbers of hospitals, which hold no date. A bank account number
has the same second control digit, so that roughly one in ten is taken for an identity number by chance; of other eleven digits one in
a hundred.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

REMOVED = "[fødselsnummer]"
"""What stands in place of a number that was taken out; the word is the same in Bokmål and Nynorsk."""

_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REMAINDERS_1 = (0, 1, 2, 3)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_OFFSETS = (0, 40, 65, 80)
_D_NUMBER_OFFSET = 40
_CENTURIES = ("18", "19", "20")
_LENGTH = 11
_LENGTH_WITH_CENTURY = 13
_MOST_BETWEEN_GROUPS = 3
_SEPARATORS = frozenset(".,:;/\\_|*'·•")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Where a number stands: `text[start:end]`."""

    start: int
    end: int


@dataclass(slots=True)
class _Group:
    """Digits that stand together. `joined`: only separators stand between it and the group before."""

    digits: str
    start: int
    end: int
    joined: bool


def find(text: str) -> list[Span]:
    """Every identity number in the text, from left to right, without overlaps."""
    if sum(map(str.isdigit, text)) < _LENGTH:
        return []
    groups = list(_groups(text))
    spans: list[Span] = []
    first = 0
    while first < len(groups):
        last = _last_group(groups, first)
        if last is None:
            first += 1
            continue
        spans.append(Span(start=groups[first].start, end=groups[last].end))
        first = last + 1
    return spans


def redacted(text: str) -> str:
    """The text with `[fødselsnummer]` in place of every identity number."""
    pieces = []
    at = 0
    for span in find(text):
        pieces += [text[at : span.start], REMOVED]
        at = span.end
    return "".join([*pieces, text[at:]])


def _last_group(groups: list[_Group], first: int) -> int | None:
    """The group that ends an identity number which starts with the group `first`. Groups are never cut: longer is another number."""
    digits = ""
    for index in range(first, len(groups)):
        if index > first and not groups[index].joined:
            return None
        digits += groups[index].digits
        if len(digits) > _LENGTH_WITH_CENTURY:
            return None
        if _is_identity_number(digits):
            return index
    return None


def _groups(text: str) -> Iterator[_Group]:
    digits = ""
    start = end = 0
    between = _MOST_BETWEEN_GROUPS + 1
    joined = False
    for position, character in enumerate(text):
        digit = unicodedata.digit(character, None)
        if digit is not None:
            if not digits:
                start, joined = position, between <= _MOST_BETWEEN_GROUPS
            digits, end = digits + str(digit), position + 1
            continue
        if digits:
            yield _Group(digits, start, end, joined)
            digits, between = "", 0
        between += _distance(character)
    if digits:
        yield _Group(digits, start, end, joined)


def _distance(character: str) -> int:
    """How far a character holds two groups apart: invisible ones not at all, separators one step, anything else for good."""
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return 0
    is_separator = character.isspace() or category == "Pd" or character in _SEPARATORS or character == "\N{MINUS SIGN}"
    return 1 if is_separator else _MOST_BETWEEN_GROUPS + 1


def _is_identity_number(digits: str) -> bool:
    if len(digits) == _LENGTH_WITH_CENTURY and digits[4:6] in _CENTURIES:
        digits = digits[:4] + digits[6:]
    if len(digits) != _LENGTH:
        return False
    numbers = [int(digit) for digit in digits]
    return (
        _sum(numbers, _WEIGHTS_2) % 11 == 0
        and _sum(numbers, _WEIGHTS_1) % 11 in _REMAINDERS_1
        and _has_date(day=int(digits[:2]), month=int(digits[2:4]), year=int(digits[4:6]))
    )


def _sum(numbers: list[int], weights: tuple[int, ...]) -> int:
    return sum(number * weight for number, weight in zip(numbers, weights, strict=False))


def _has_date(*, day: int, month: int, year: int) -> bool:
    """Whether the first six digits can be a day in some century, with the marks of D-, H- and synthetic numbers taken off."""
    plain_day = day - _D_NUMBER_OFFSET if day > _D_NUMBER_OFFSET else day
    for offset in _MONTH_OFFSETS:
        plain_month = month - offset
        if 1 <= plain_month <= len(_DAYS_IN_MONTH):
            leap_day_missing = plain_month == 2 and plain_day == 29 and year % 4 != 0
            return 1 <= plain_day <= _DAYS_IN_MONTH[plain_month - 1] and not leap_day_missing
    return False
