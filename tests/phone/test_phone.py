"""Phone numbers are read in the forms people use, and shown in groups. The numbers are made up."""

import pytest

from bot.engine.texts import Language
from bot.phone import phone, readable


@pytest.mark.parametrize(
    "written",
    ["55123456", "55 12 34 56", "551 23 456", "+47 55 12 34 56", "0047 55123456", "(+47) 55-12-34-56", " 55.12.34.56 ", "tlf 55 12 34 56"],
)
def test_a_norwegian_number_is_read_in_every_common_form(written: str) -> None:
    assert phone(written) == "+4755123456"


@pytest.mark.parametrize("written", ["", "nei", "12", "5512345", "551234567890123", "04.03.2027", "55 12 34 56 x 7"])
def test_what_is_no_number_is_refused(written: str) -> None:
    assert phone(written) is None


def test_a_foreign_number_keeps_its_country_code() -> None:
    assert phone("+46 8 123 456 78") == "+46812345678"
    assert phone("08 123 456 78", "SE") == "+46812345678"
    assert readable("+46812345678", Language.NN) == "+46 8 123 456 78"


@pytest.mark.parametrize("language", Language)
def test_norwegian_numbers_are_shown_in_groups(language: Language) -> None:
    assert readable("+4755123456", language) == "55 12 34 56"
    assert readable("+4791234567", language) == "91 23 45 67"
    assert readable("by letter", language) == "by letter"
