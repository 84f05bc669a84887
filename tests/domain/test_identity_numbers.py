"""An identity number is found however it is written, and other numbers are left alone. All numbers here are made by the rules."""

import random
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity_numbers import REMOVED, Span, find, redacted

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def completed(nine: str, *, remainder: int = 0) -> str | None:
    """The eleven digits with their control digits, None where the rule has none. `remainder` other than 0: the rule of 2032."""
    first = (remainder - sum(int(digit) * weight for digit, weight in zip(nine, FIRST, strict=True))) % 11
    if first == 10:
        return None
    ten = nine + str(first)
    second = -sum(int(digit) * weight for digit, weight in zip(ten, SECOND, strict=True)) % 11
    return None if second == 10 else ten + str(second)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 3, 1), date(2099, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 40]))
    month = born.month + draw(st.sampled_from([0, 40, 65, 80]))
    individual = draw(st.integers(0, 999))
    remainder = draw(st.integers(0, 3))
    for step in range(1000):
        nine = f"{day:02}{month:02}{born.year % 100:02}{(individual + step) % 1000:03}"
        number = completed(nine, remainder=remainder)
        if number:
            return number
    raise AssertionError("every date has numbers")


OTHER_ZEROS = ("FULLWIDTH DIGIT", "ARABIC-INDIC DIGIT", "DEVANAGARI DIGIT", "MATHEMATICAL BOLD DIGIT", "SUBSCRIPT")
ZEROS = ["0", *(unicodedata.lookup(f"{each} ZERO") for each in OTHER_ZEROS)]
SEPARATORS = st.sampled_from(["", "", " ", ".", "-", " - ", "\u2013", "\u00a0", "\u200b", "\u00ad", "\u2060", "/", "\n"])


@given(number=numbers(), between=st.lists(SEPARATORS, min_size=10, max_size=10), zero=st.sampled_from(ZEROS))
def test_every_number_of_the_rules_is_found_in_whatever_groups_and_digits(number: str, between: list[str], zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) + gap for digit, gap in zip(number, [*between, ""], strict=True))
    text = f"Han heter Åse, {written}, og bur i Lund."
    assert redacted(text) == f"Han heter Åse, {REMOVED}, og bur i Lund."


@given(number=numbers(), position=st.integers(0, 10), other=st.integers(1, 9))
def test_a_number_with_one_wrong_digit_is_no_identity_number(number: str, position: int, other: int) -> None:
    wrong = number[:position] + str((int(number[position]) + other) % 10) + number[position + 1 :]
    second = sum(int(digit) * weight for digit, weight in zip(wrong, (*SECOND, 1), strict=True)) % 11
    assert second != 0
    assert find(wrong) == []


@given(number=numbers(), before=st.text(alphabet="abcæøå ,!", max_size=8), after=st.text(alphabet="abcæøå ,!", max_size=8))
def test_the_span_is_the_number_and_nothing_else(number: str, before: str, after: str) -> None:
    assert find(before + number + after) == [Span(start=len(before), end=len(before) + len(number))]


@given(text=st.text())
def test_any_text_is_safe_and_the_result_holds_no_number(text: str) -> None:
    assert find(redacted(text)) == []


def test_two_numbers_beside_each_other_are_both_taken_out() -> None:
    one, other = completed("018170100"), next(filter(None, (completed(f"4181159{tail}", remainder=2) for tail in range(90, 100))))
    assert one is not None
    assert redacted(f"{one} {other}") == f"{REMOVED} {REMOVED}"
    assert redacted(f"Tlf. 55 12 34 56, {one}") == f"Tlf. 55 12 34 56, {REMOVED}"


def test_a_date_of_birth_with_the_century_is_taken_out_too() -> None:
    number = completed("010270100") or completed("010270101")
    assert number is not None
    assert redacted(f"{number[:2]}.{number[2:4]}.19{number[4:6]} {number[6:]}") == REMOVED


@pytest.mark.parametrize("remainder", [4, 5, 6, 7, 8, 9, 10])
def test_other_remainders_of_the_first_control_digit_are_no_identity_number(remainder: int) -> None:
    made = [number for tail in range(100) if (number := completed(f"0181701{tail:02}", remainder=remainder))]
    assert made
    assert [number for number in made if find(number)] == []


@pytest.mark.parametrize(
    "nine",
    ["018070100", "320170100", "000170100", "011370100", "013070100", "310470100", "290271100", "806570100", "016570100", "019370100"],
)
def test_digits_without_a_date_are_no_identity_number(nine: str) -> None:
    number = completed(nine) or completed(nine, remainder=1) or completed(nine, remainder=2)
    assert number is not None
    assert find(number) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ring 55 12 34 56 eller 116 117.",
        "+47 912 34 567 / 0047 91234567",
        "Møtet er 04.03.2027 kl. 14.00-15.30 på rom 217",
        "1.12.2027 14.30, 2.12.2027 09.15",
        "Saksnummer 2027/104512, organisasjonsnummer 974 760 673",
        "Postnummer 5020, 4460 og 6099. Hus 12, 3. etasje",
        "",
    ],
)
def test_phone_numbers_dates_and_case_numbers_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_longer_number_is_another_number() -> None:
    number = completed("018170100")
    assert number is not None
    assert find(f"9{number}") == []
    assert find(f"{number}9") == []


def test_pairs_of_phone_numbers_and_times_are_seldom_mistaken() -> None:
    chance = random.Random(2027)
    start = date(2026, 1, 1)
    mistaken = 0
    for _ in range(2000):
        phone = f"{chance.randrange(20, 100)} {chance.randrange(100):02} {chance.randrange(100):02} {chance.randrange(100):02}"
        day = start + timedelta(days=chance.randrange(1000))
        mistaken += bool(find(f"{day:%d.%m.%Y} {chance.randrange(8, 16):02}.{chance.choice((0, 15, 30, 45)):02} {phone}"))
    assert mistaken <= 40
