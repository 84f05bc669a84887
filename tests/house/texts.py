"""Whether every text the program can say exists, complete and well written, in each language.

Here: which texts the code has, whether each call fills its placeholders, and whether a catalogue translates all of them. Not here: how
the words are judged (`tests.house.wording`), and changing catalogues (`tests.house.catalogs`).
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.plurals import PLURALS
from babel.messages.pofile import read_po
from babel.plural import to_gettext

from bot import formats
from bot.engine.texts import SOURCE, Language
from bot.i18n import PLACEHOLDER
from tests.house import forms
from tests.house.wording import weight, wording

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = (CHECKOUT / "bot", CHECKOUT / "conversations")
LOCALES = CHECKOUT / "locales"
KEYWORDS = {"t": None, "nt": (1, 2)}
CALLED = re.compile(rb"\bn?t\s*\(")
"""What stands in every module that has texts: the others need not be taken apart."""

_PLURAL_FORMS = re.compile(r"nplurals=(\d+); plural=(.*);")
_LONG_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A text in the code: its msgid, its plural if it has one, and where it stands."""

    msgid: str
    plural: str | None
    where: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PluralRule:
    """How a language counts: `header` as a catalogue has it, `number` of forms, and which of them a number takes."""

    header: str
    number: int
    form: Callable[[int], int]

    def only_one(self, position: int) -> bool:
        """Whether a form is for one single number, so that it may be said in words."""
        return sum(self.form(count) == position for count in range(1000)) == 1


def plural_header(found: Locale) -> str:
    """What a catalogue says of its plurals: gettext's customary rule where there is one, else CLDR's."""
    known = PLURALS.get(found.language)
    return f"nplurals={known[0]}; plural={known[1]};" if known else to_gettext(found.plural_form)


@cache
def plural_rule(language: Language) -> PluralRule:
    """How a language of ours counts."""
    header = plural_header(formats.locale(language))
    number, expression = _PLURAL_FORMS.findall(header)[0]
    return PluralRule(header=header, number=int(number), form=c2py(expression))


def catalogue_path(locales: Path, language: Language) -> Path:
    return locales / language.value / "LC_MESSAGES" / "bot.po"


def read(path: Path, language: Language) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=language.value, abort_invalid=True)


def sources(code: Iterable[Path] = CODE, root: Path = CHECKOUT) -> dict[str, Source]:
    """Every msgid in the code. Raises ValueError when one stands there with two plurals."""
    found: dict[str, Source] = {}
    for path in _modules(code):
        with path.open("rb") as stream:
            if not CALLED.search(stream.read()):
                continue
            stream.seek(0)
            for line, words, _comments, _context in extract("python", stream, keywords=KEYWORDS, options={"encoding": "utf-8"}):
                msgid, plural = (words, None) if isinstance(words, str) else (words[0], words[1])
                before = found.get(msgid)
                if before and before.plural != plural and before.plural and plural:
                    raise ValueError(f"{path}:{line}: {msgid!r} has two plurals, {before.plural!r} and {plural!r}.")
                where = (*(before.where if before else ()), f"{path.relative_to(root)}:{line}")
                found[msgid] = Source(msgid=msgid, plural=plural or (before.plural if before else None), where=where)
    return found


def call_mistakes(code: Iterable[Path] = CODE, root: Path = CHECKOUT) -> Iterator[str]:
    """Calls of `t` and `nt` whose msgid is no literal, or whose values and placeholders are not the same names."""
    for path in _modules(code):
        written = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(written)) if CALLED.search(written.encode()) else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                yield from (f"{path.relative_to(root)}:{node.lineno}: {mistake}" for mistake in _call(node, node.func.id))


def catalogue_mistakes(texts: dict[str, Source], catalogue: Catalog, language: Language) -> Iterator[str]:
    """Everything that is missing, left over, unequal or badly written in one language."""
    entries = {key_of(message): message for message in catalogue if message.id}
    for msgid in sorted(entries.keys() - texts.keys()):
        yield f"{language}: {msgid!r}: no longer in the code"
    good: list[str] = []
    for msgid, source in sorted(texts.items()):
        if not has_words(msgid) or (language is SOURCE and source.plural is None and msgid not in entries):
            continue
        mistakes = list(entry_mistakes(source, entries.get(msgid), language))
        yield from (f"{language}: {msgid!r} ({source.where[0]}): {mistake}" for mistake in mistakes)
        if msgid in entries:
            good += [form for form in forms_of(entries[msgid]) if form]
    yield from weight(good, language)


def entry_mistakes(source: Source, entry: Message | None, language: Language) -> Iterator[str]:
    """What is wrong with the translation of one text."""
    translations = forms_of(entry) if entry else ()
    if not translations or not all(translations):
        yield "not translated"
        return
    if entry and entry.fuzzy:
        yield "fuzzy: a guess that nobody has confirmed"
    yield from form_mistakes(source, translations, language)
    for translation in translations:
        yield from wording(translation, language)
        yield from _terms(source.msgid, translation, language)
    if language is SOURCE:
        if source.plural is None and translations[0] == source.msgid:
            yield "the same as in the code: leave it out"
        return
    if translations[0] == source.msgid and source.msgid not in forms.SAME_IN_ENGLISH and has_words(source.msgid):
        yield "the same as in English"


def form_mistakes(source: Source, translations: tuple[str, ...], language: Language) -> Iterator[str]:
    """Forms, placeholders, and numbers of three digits and more that are not those of the English text."""
    rule = plural_rule(language)
    originals = (source.msgid,) if source.plural is None else (source.msgid, *(source.plural,) * (rule.number - 1))
    if len(originals) != len(translations):
        yield f"{len(originals)} forms wanted, {len(translations)} found"
        return
    for position, (original, translation) in enumerate(zip(originals, translations, strict=True)):
        # "One week" and "{n} week" are both good for a form that is used for 1 alone.
        free = {"n"} if source.plural is not None and rule.only_one(position) else set()
        if _placeholders(original) - free != _placeholders(translation) - free or not _placeholders(translation) <= _all(originals):
            yield f"other placeholders: {_shown(original)} in English, {_shown(translation)} in the translation"
        if sorted(_LONG_NUMBER.findall(original)) != sorted(_LONG_NUMBER.findall(translation)):
            yield f"other numbers: {_LONG_NUMBER.findall(original)} in English, {_LONG_NUMBER.findall(translation)} in the translation"


def has_words(msgid: str) -> bool:
    """Whether there is anything to translate: letters outside of placeholders."""
    return any(character.isalpha() for character in PLACEHOLDER.sub("", msgid))


def _call(node: ast.Call, function: str) -> Iterator[str]:
    msgids = [argument.value for argument in node.args[: 1 if function == "t" else 2] if isinstance(argument, ast.Constant)]
    literals = [msgid for msgid in msgids if isinstance(msgid, str)]
    if len(literals) != (1 if function == "t" else 2):
        yield f"{function}() needs its msgid as a literal, so that it can be translated"
        return
    wanted = _all(tuple(literals))
    given = {keyword.arg for keyword in node.keywords if keyword.arg}
    if any(keyword.arg is None for keyword in node.keywords):
        return
    if function == "nt":
        wanted, given = wanted - {"n"}, given - {"n"}
    if wanted != given:
        yield f"{literals[0]!r} has the placeholders {sorted(wanted)} and is given {sorted(given)}"


def _terms(msgid: str, translation: str, language: Language) -> Iterator[str]:
    for english, wanted in forms.GLOSSARY.items():
        if language not in wanted:
            continue
        if re.search(rf"\b{english}\b", msgid, re.IGNORECASE) and not re.search(wanted[language], translation, re.IGNORECASE):
            yield f"glossary: {english.replace('s?', '')!r} is «{wanted[language]}»"


def _modules(code: Iterable[Path]) -> list[Path]:
    return sorted(path for place in code for path in place.rglob("*.py"))


def key_of(message: Message) -> str:
    """The msgid; of a text with a plural the one for one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation: one form, or the forms for one and for several."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _all(texts: tuple[str, ...]) -> set[str]:
    return {name for text in texts for name in _placeholders(text)}


def _shown(text: str) -> str:
    return ", ".join(sorted(_placeholders(text))) or "none"
