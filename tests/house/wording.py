"""Whether a text in Bokmål or Nynorsk is written as we write.

Here: checks of one translated text, and of how heavy all of them are to read. Not here: whether it is the right translation
(`tests.house.texts`). Guarantee: every finding names the rule and the words it found, so that a translator can mend it.
"""

import re
import statistics
from collections.abc import Iterable, Iterator

from bot.engine.texts import WRITTEN_FORMS, Language
from bot.i18n import PLACEHOLDER
from tests.house import forms

MOST_WORDS_IN_A_SENTENCE = 20
LIX_FROM_WORDS = 10
HIGHEST_LIX = {"median": 25.0, "90th percentile": 35.0, "any message": 45.0}
LONG_WORD = 7

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d\s.,:]*\d|\d")
_NO_FULL_STOP = re.compile(r"(?<!\w)([Kk]l|\d{1,4}(?=\.(?:\d|\s[a-zæøå])))\.")
_SENTENCE_END = re.compile(r"[.!?:…]+(?=\s|$|»|\))|\n")
_OTHER_QUOTES = re.compile('["\u201c\u201d\u201e\u201f\u2018\u201b]')
_NB_NOW = re.compile(r"(?<![\w.])no(?!\w)", re.IGNORECASE)
_NN_REACH = re.compile(r"(?<!å )(?<!kan )(?<!vil )(?<!skal )(?<!må )(?<!får )(?<!du )(?<!vi )(?<!\w)nå(?!\w)", re.IGNORECASE)


HAS_LIX = frozenset(WRITTEN_FORMS)
"""LIX and its limits are for Norwegian: other languages have longer or shorter words for the same."""


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A placeholder is one short word; a full stop after *kl* or a number in a date ends nothing."""
    plain = _NO_FULL_STOP.sub(r"\1", PLACEHOLDER.sub("x", text))
    found = (_WORD.findall(part) for part in _SENTENCE_END.split(plain))
    return [words for words in found if words]


def lix(text: str) -> float | None:
    """Words a sentence plus per cent of words over six letters; None for a message of fewer than ten words (Björnsson 1968)."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    if len(words) < LIX_FROM_WORDS:
        return None
    return len(words) / len(parts) + 100 * sum(len(word) >= LONG_WORD for word in words) / len(words)


def wording(text: str, language: Language) -> Iterator[str]:
    """What is wrong with the words of one text."""
    words = PLACEHOLDER.sub("{n}", text)
    for rule, pattern in _rules(language):
        for match in pattern.finditer(words):
            yield f"{rule}: «{match[0]}»"
    for part in sentences(text):
        if len(part) > MOST_WORDS_IN_A_SENTENCE:
            yield f"a sentence of {len(part)} words (at most {MOST_WORDS_IN_A_SENTENCE}): «{' '.join(part[:6])} …»"
    weight = lix(text) if language in HAS_LIX else None
    if weight is not None and weight > HIGHEST_LIX["any message"]:
        yield f"LIX {weight:.0f} (at most {HIGHEST_LIX['any message']:.0f})"


def weight(texts: Iterable[str], language: Language) -> Iterator[str]:
    """What is too heavy about all texts of a language together: the median and the 90th percentile of LIX."""
    weights = sorted(value for value in map(lix, texts) if value is not None) if language in HAS_LIX else []
    if not weights:
        return
    measured = {"median": statistics.median(weights), "90th percentile": weights[min(len(weights) - 1, int(len(weights) * 0.9))]}
    for name, value in measured.items():
        if value > HIGHEST_LIX[name]:
            yield f"{language}: LIX, {name}: {value:.1f} (at most {HIGHEST_LIX[name]:.0f})"


def _rules(language: Language) -> list[tuple[str, re.Pattern[str]]]:
    if language not in WRITTEN_FORMS:
        return []
    own = {
        Language.NB: [("form of Nynorsk", _NB_NOW)],
        Language.NN: [("form of Bokmål", _NN_REACH), ("passive in -est", forms.NYNORSK_PRESENT_PASSIVE)],
    }
    other = {Language.NB: "form of Nynorsk", Language.NN: "form of Bokmål"}
    return [
        (other[language], forms.OTHER_STANDARD[language]),
        ("not our choice of form", forms.OUR_CHOICE[language]),
        ("modal verb with a passive", forms.MODAL_AND_S_PASSIVE[language]),
        ("office word", forms.OFFICE_WORDS),
        ("abbreviation", forms.ABBREVIATIONS),
        ("quotation marks other than «»", _OTHER_QUOTES),
        ("English", forms.ENGLISH),
        *own[language],
    ]
