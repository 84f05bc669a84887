"""Numbers on a page can be pressed, and nothing else changes."""

import pytest
from markupsafe import Markup

from bot.web.phones import pressable
from tests.web.conftest import Place


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Ring 75 14 63 40 nå", 'Ring <a href="tel:+4775146340">75 14 63 40</a> nå'),
        ("00 00 01 00", '<a href="tel:+4700000100">00 00 01 00</a>'),
        ("sak 1001, 4. mars 2027", "sak 1001, 4. mars 2027"),
        ("116 117 og 113", "116 117 og 113"),
        ("12 34 56 78 90", "12 34 56 78 90"),
        ("&lt;b&gt; 75 14 63 40", '&lt;b&gt; <a href="tel:+4775146340">75 14 63 40</a>'),
    ],
)
def test_a_number_is_a_link_and_nothing_else_is(words: str, shown: str) -> None:
    assert pressable(Markup(words)) == shown  # noqa: S704 (made up here)


async def test_Q02_the_units_number_can_be_pressed_on_every_page(place: Place) -> None:
    visitor = place.visitor()
    await visitor.get("/")
    assert 'href="tel:+47' in visitor.response.text
