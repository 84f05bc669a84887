"""Phone numbers on a page that can be pressed.

Here: finding them in words that are already safe to show. Not here: how a number is written (`bot.domain.phone_numbers`). Guarantee: only
a number of eight digits written in pairs, as Samråd writes them, becomes a link; nothing else in the words is changed.
"""

import re
from typing import Final

from markupsafe import Markup

NUMBER: Final = re.compile(r"(?<![\d+>])(?<!\d[ \u00a0])(?P<number>\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2})(?![ \u00a0]?\d)")


def pressable(words: Markup) -> Markup:
    """The same words, with each number as a link that phones it."""
    return Markup(NUMBER.sub(_link, words))  # noqa: S704 (the words are safe already, and digits are all that is added)


def _link(found: re.Match[str]) -> str:
    number = found["number"]
    digits = "".join(each for each in number if each.isdigit())
    return f'<a href="tel:+47{digits}">{number}</a>'
