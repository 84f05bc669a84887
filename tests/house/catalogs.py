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

from bot.engine.texts import SOURCE, Language
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
    plural_rule,
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
"Plural-Forms: {plurals}\\n"

"""
USAGE = f"Use: python -m tests.house.catalogs extract | missing LANG | fill LANG FILE.json | check   (LANG: {', '.join(Language)})"


class Refused(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


def written(texts: Mapping[str, Source], translations: Translations, language: Language | None) -> bytes:
    """A catalogue as a file: all `texts`, each with its translation where there is one. Without a language: the template.

    In the language of the msgids only what has a plural, which is known, and what is to read differently.
    """
    plurals = plural_rule(language or SOURCE)
    catalogue = Catalog()
    catalogue.mime_headers = [("Plural-Forms", plurals.header)]
    for msgid, source in texts.items():
        forms = translations.get(msgid)
        if not has_words(msgid) or (language is SOURCE and source.plural is None and forms is None):
            continue
        if source.plural is None:
            catalogue.add(msgid, forms[0] if forms else "")
        else:
            known = (msgid, source.plural) if language is SOURCE else ("",) * plurals.number
            catalogue.add((msgid, source.plural), forms if forms and len(forms) == plurals.number else known)
    body = BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=f'"Language: {language.value}\\n"\n' if language else "", plurals=plurals.header)
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
    number = plural_rule(language).number
    return [
        {"msgid": source.msgid, "plural": source.plural, "where": list(source.where)}
        for msgid, source in sorted(texts.items())
        if has_words(msgid)
        and (language is not SOURCE or source.plural is not None)
        and (msgid not in done or len(done[msgid]) != (1 if source.plural is None else number))
    ]


def fill(locales: Path, texts: Mapping[str, Source], language: Language, given: object) -> int:
    """Takes translations over: a JSON object from msgid to a translation, or to a list of the language's plural forms. Answers how many.

    Raises Refused, with every mistake in it and nothing written, for a msgid that is not in the code or forms that do not fit.
    """
    if not isinstance(given, dict):
        raise Refused("The file must hold one JSON object: msgid to translation, or to a list of its plural forms.")
    mistakes: list[str] = []
    new: dict[str, tuple[str, ...]] = {}
    for msgid, value in given.items():
        forms = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if msgid not in texts:
            mistakes.append(f"{msgid!r}: not in the code. Copy the msgid from `missing`.")
        elif not forms or not all(isinstance(form, str) and form.strip() for form in forms):
            mistakes.append(f"{msgid!r}: give a translation, or a list of its plural forms.")
        else:
            mistakes += [f"{msgid!r}: {mistake}" for mistake in form_mistakes(texts[msgid], forms, language)]
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
