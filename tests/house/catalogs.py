"""Keeps the catalogues in step with the code: `python -m tests.house.catalogs extract | missing LANG | fill LANG FILE.json | check`.

Here: the files of `locales/`, written so that two runs give the same bytes: sorted, without dates, names of people or line numbers.
Guarantee: `fill` writes everything or nothing, and never a translation with other placeholders than its msgid.
"""

import json
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.engine.texts import Language
from tests.house.texts import (
    CODE,
    LOCALES,
    Source,
    call_mistakes,
    catalogue_mistakes,
    catalogue_path,
    form_mistakes,
    forms_of,
    has_words,
    key_of,
    read,
    sources,
)

Translations = Mapping[str, tuple[str, ...]]

HEADER = """msgid ""
msgstr ""
"Project-Id-Version: samrad\\n"
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
USAGE = "Use: python -m tests.house.catalogs extract | missing LANG | fill LANG FILE.json | check   (LANG is nb or nn)"


class Refused(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def written(texts: Mapping[str, Source], translations: Translations, language: Language | None) -> bytes:
    """A catalogue as a file: all `texts`, each with its translation where there is one. Without a language: the template."""
    catalogue = Catalog(locale=language.value if language else None)
    for msgid, source in texts.items():
        if not has_words(msgid):
            continue
        forms = translations.get(msgid, ("",) if source.plural is None else ("", ""))
        if source.plural is None:
            catalogue.add(msgid, forms[0])
        else:
            catalogue.add((msgid, source.plural), forms if len(forms) == 2 else ("", ""))
    body = BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=f'"Language: {language.value}\\n"\n' if language else "")
    return header.encode() + body.getvalue().rstrip(b"\n") + (b"\n" if body.getvalue().strip() else b"")


def translations_of(locales: Path, language: Language) -> dict[str, tuple[str, ...]]:
    """What a catalogue has translated; guesses ("fuzzy") are no translations."""
    found: dict[str, tuple[str, ...]] = {}
    for message in read(catalogue_path(locales, language), language):
        forms = forms_of(message)
        if message.id and all(forms) and not message.fuzzy:
            found[key_of(message)] = forms
    return found


def extract_all(locales: Path, texts: Mapping[str, Source]) -> None:
    """Writes the template, and each catalogue with the new texts added and the unused ones dropped."""
    locales.mkdir(parents=True, exist_ok=True)
    (locales / "bot.pot").write_bytes(written(texts, {}, None))
    for language in Language:
        path = catalogue_path(locales, language)
        before = translations_of(locales, language) if path.exists() else {}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(texts, before, language))


def missing(locales: Path, texts: Mapping[str, Source], language: Language) -> list[dict[str, object]]:
    """The texts without a translation, with where they stand in the code."""
    done = translations_of(locales, language)
    return [
        {"msgid": source.msgid, "plural": source.plural, "where": list(source.where)}
        for msgid, source in sorted(texts.items())
        if has_words(msgid) and (msgid not in done or len(done[msgid]) != (1 if source.plural is None else 2))
    ]


def fill(locales: Path, texts: Mapping[str, Source], language: Language, given: object) -> int:
    """Takes translations over: a JSON object from msgid to a translation, or to [one, several]. Answers how many.

    Raises Refused, with every mistake in it and nothing written, for a msgid that is not in the code or forms that do not fit.
    """
    if not isinstance(given, dict):
        raise Refused("The file must hold one JSON object: msgid to translation, or to [one, several].")
    mistakes: list[str] = []
    new: dict[str, tuple[str, ...]] = {}
    for msgid, value in given.items():
        forms = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if msgid not in texts:
            mistakes.append(f"{msgid!r}: not in the code. Copy the msgid from `missing`.")
        elif not forms or not all(isinstance(form, str) and form.strip() for form in forms):
            mistakes.append(f"{msgid!r}: give a translation, or [one, several].")
        else:
            mistakes += [f"{msgid!r}: {mistake}" for mistake in form_mistakes(texts[msgid], forms)]
            new[msgid] = forms
    if mistakes:
        raise Refused("\n".join([*mistakes, f"Nothing was written. {len(mistakes)} mistakes to mend."]))
    path = catalogue_path(locales, language)
    path.write_bytes(written(texts, {**translations_of(locales, language), **new}, language))
    return len(new)


def main(arguments: list[str]) -> int:
    texts = sources(CODE)
    try:
        match arguments:
            case ["extract"]:
                extract_all(LOCALES, texts)
                print(f"{len(texts)} texts in {LOCALES.name}/")
            case ["missing", code]:
                print(json.dumps(missing(LOCALES, texts, _language(code)), ensure_ascii=False, indent=1))
            case ["fill", code, file]:
                given = json.loads(Path(file).read_text(encoding="utf-8"))
                print(f"{fill(LOCALES, texts, _language(code), given)} translations taken over")
            case ["check"]:
                mistakes = list(call_mistakes(CODE))
                for language in Language:
                    mistakes += catalogue_mistakes(texts, read(catalogue_path(LOCALES, language), language), language)
                print("\n".join([*mistakes, f"{len(mistakes)} mistakes in {len(texts)} texts"]))
                return 1 if mistakes else 0
            case _:
                raise Refused(USAGE)
    except (Refused, OSError, json.JSONDecodeError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _language(code: str) -> Language:
    try:
        return Language(code)
    except ValueError:
        raise Refused(USAGE) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
