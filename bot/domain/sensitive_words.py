"""Words that may tell of health, money or family life, which minutes leave out unless the person wants them there.

Here: a plain look for beginnings of words, in both written forms. Not here: what is asked then (`conversations.minutes`). Guarantee: it
only makes the writer think once more; nothing is refused, changed or remembered because of it (F14, I04, I14: Lund § 11.4).
"""

import re
from typing import Final

_HEALTH: Final = (
    *(
        "diagnos",
        "medisin",
        "medikament",
        "tablett",
        "sykdom",
        "sjukdom",
        "sykehist",
        "sjukehist",
        "psyk",
        "depres",
        "angst",
        "rus",
        "alkohol",
    ),
    *("kreft", "adhd", "autis", "demens", "epilep", "innlagt", "innlagd", "terapi", "symptom", "selvmord", "sjølvmord", "overdose"),
)
_MONEY: Final = ("økonomi", "gjeld", "inntekt", "lønn", "løn", "trygd", "uføre", "sosialhjelp", "regning", "rekning", "inkasso")
_FAMILY: Final = (
    *(
        "skilsmiss",
        "skilt",
        "samlivs",
        "barnevern",
        "omsorgssvikt",
        "vold",
        "overgrep",
        "mishandl",
        "fengsel",
        "straff",
        "krangl",
        "konflikt",
    ),
    *("samliv", "kjærest", "gravid", "abort", "seksu"),
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EXACT: Final = frozenset({"rus", "løn", "lønn", "skilt", "vold", "nav"})
"""Beginnings that many harmless words share count only as whole words."""


def sensitive(words: str) -> bool:
    """May these words tell of somebody's health, money or family life?"""
    return any(_tells(word) for word in _WORD.findall(words.casefold()))


def _tells(word: str) -> bool:
    stems = (each for each in (*_HEALTH, *_MONEY, *_FAMILY) if each not in _EXACT)
    return word in _EXACT or word.startswith(tuple(stems))
