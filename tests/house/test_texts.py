"""Every text is there in Bokmål and Nynorsk, and well written; and each of these checks bites."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.engine.texts import Language
from tests.house import catalogs, texts

NB, NN, EN = Language

CODE = '''
"""A made-up module."""
from bot.engine.texts import nt, t

HELLO = t("Hello {name}.", name="Kari")
WEEKS = nt("{n} week", "{n} weeks", 2)
PHONE = t("Phone 116 117 "
          "about the application.")
ONLY_VALUES = t("{one}: {other}", one=1, other=2)
'''
GOOD = {
    NB: {
        "Hello {name}.": "Hei, {name}.",
        "{n} week": ["Én uke", "{n} uker"],
        "Phone 116 117 about the application.": "Ring 116 117 om søknaden.",
    },
    NN: {
        "Hello {name}.": "Hei, {name}.",
        "{n} week": ["Éi veke", "{n} veker"],
        "Phone 116 117 about the application.": "Ring 116 117 om søknaden.",
    },
    EN: {"{n} week": ["One week", "{n} weeks"], "Phone 116 117 about the application.": "Call 116 117 about it."},
}


@pytest.fixture
def code(tmp_path: Path) -> Path:
    place = tmp_path / "code"
    place.mkdir()
    (place / "made_up.py").write_text(CODE, encoding="utf-8")
    return place


@pytest.fixture
def found(code: Path) -> dict[str, texts.Source]:
    return texts.sources([code], code)


@pytest.fixture
def locales(tmp_path: Path, found: dict[str, texts.Source]) -> Path:
    place = tmp_path / "locales"
    catalogs.extract_all(place, found)
    for language in Language:
        assert catalogs.fill(place, found, language, GOOD[language]) == len(GOOD[language])
    return place


def mistakes(locales: Path, found: dict[str, texts.Source], language: Language = NN) -> Iterator[str]:
    return texts.catalogue_mistakes(found, texts.read(texts.catalogue_path(locales, language), language), language)


def replace(locales: Path, before: str, after: str, language: Language = NN) -> None:
    path = texts.catalogue_path(locales, language)
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after), encoding="utf-8")


# The shipped texts

SOURCES = cache(texts.sources)


def test_every_call_fills_its_placeholders() -> None:
    assert list(texts.call_mistakes()) == []


@pytest.mark.parametrize("language", Language)
def test_the_catalogue_is_complete_and_well_written(language: Language) -> None:
    catalogue = texts.read(texts.catalogue_path(texts.LOCALES, language), language)
    wrong = list(texts.catalogue_mistakes(SOURCES(), catalogue, language))
    assert wrong == [], f"{len(wrong)} mistakes:\n" + "\n".join(wrong[:200])


def test_the_catalogues_are_as_the_code_wants_them(tmp_path: Path) -> None:
    for language in Language:
        path = texts.catalogue_path(tmp_path, language)
        path.parent.mkdir(parents=True)
        path.write_bytes(texts.catalogue_path(texts.LOCALES, language).read_bytes())
    catalogs.extract_all(tmp_path, SOURCES())
    files = ["bot.pot", *(f"{language}/LC_MESSAGES/bot.po" for language in Language)]
    different = [name for name in files if (tmp_path / name).read_bytes() != (texts.LOCALES / name).read_bytes()]
    assert different == [], "run: python -m tests.house.catalogs extract"


# What the code says


def test_texts_are_found_with_their_plural_and_place(found: dict[str, texts.Source]) -> None:
    assert found == {
        "Hello {name}.": texts.Source(msgid="Hello {name}.", plural=None, where=("made_up.py:5",)),
        "{n} week": texts.Source(msgid="{n} week", plural="{n} weeks", where=("made_up.py:6",)),
        "Phone 116 117 about the application.": texts.Source(
            msgid="Phone 116 117 about the application.", plural=None, where=("made_up.py:7",)
        ),
        "{one}: {other}": texts.Source(msgid="{one}: {other}", plural=None, where=("made_up.py:9",)),
    }


@pytest.mark.parametrize(
    ("call", "mistake"),
    [
        ('t("Hi {name}.")', "is given []"),
        ('t("Hi.", name=1)', "is given ['name']"),
        ('t("Hi {name}.", nam=1)', "is given ['nam']"),
        ('t(f"Hi {1}.")', "literal"),
        ("t(words)", "literal"),
        ('nt("{n} day", plural, 2)', "literal"),
        ('nt("{n} {unit}", "{n} {unit}s", 2)', "is given []"),
    ],
)
def test_a_call_that_cannot_be_translated_or_filled_is_found(tmp_path: Path, call: str, mistake: str) -> None:
    (tmp_path / "wrong.py").write_text(call, encoding="utf-8")
    assert [mistake in line for line in texts.call_mistakes([tmp_path], tmp_path)] == [True]


def test_calls_that_are_right_are_left_alone(code: Path) -> None:
    assert list(texts.call_mistakes([code], code)) == []


# What a catalogue must hold


@pytest.mark.parametrize("language", Language)
def test_a_good_catalogue_has_no_mistakes(locales: Path, found: dict[str, texts.Source], language: Language) -> None:
    assert list(mistakes(locales, found, language)) == []


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        ('msgstr "Hei, {name}."', 'msgstr ""', "not translated"),
        ('msgstr[1] "{n} veker"', 'msgstr[1] ""', "not translated"),
        ('msgstr "Hei, {name}."', 'msgstr "Hei."', "other placeholders"),
        ('msgstr "Hei, {name}."', 'msgstr "Hei, {navn}."', "other placeholders"),
        ('msgstr[1] "{n} veker"', 'msgstr[1] "Mange veker"', "other placeholders"),
        ('msgstr[0] "Éi veke"', 'msgstr[0] "Éi {veke}"', "other placeholders"),
        ("Ring 116 117 om", "Ring 116 111 om", "other numbers"),
        ("om søknaden", "om dette", "glossary"),
        ('msgstr "Hei, {name}."', 'msgstr "Hello {name}."', "the same as in English"),
        ("Ring 116 117", "Ikke ring 116 117", "form of Bokmål: «Ikke»"),
    ],
)
def test_a_mistake_in_a_catalogue_is_found(locales: Path, found: dict[str, texts.Source], before: str, after: str, mistake: str) -> None:
    replace(locales, before, after)
    assert [line for line in mistakes(locales, found) if mistake in line] != []


def test_a_guess_is_no_translation(locales: Path, found: dict[str, texts.Source]) -> None:
    replace(locales, '#, python-brace-format\nmsgid "Hello', '#, fuzzy, python-brace-format\nmsgid "Hello')
    assert [line for line in mistakes(locales, found) if "fuzzy" in line] != []
    assert [entry["msgid"] for entry in catalogs.missing(locales, found, NN)] == ["Hello {name}."]


def test_english_is_the_language_of_the_code_and_needs_plurals_alone(locales: Path, found: dict[str, texts.Source]) -> None:
    catalogs.extract_all(locales / "new", found)
    content = texts.catalogue_path(locales / "new", EN).read_text(encoding="utf-8")
    assert [line for line in content.splitlines() if line.startswith(("msgid", "msgstr["))][1:] == [
        'msgid "{n} week"',
        'msgid_plural "{n} weeks"',
        'msgstr[0] "{n} week"',
        'msgstr[1] "{n} weeks"',
    ]
    assert catalogs.missing(locales / "new", found, EN) == []
    assert list(mistakes(locales / "new", found, EN)) == []


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        ('msgstr[1] "{n} weeks"', 'msgstr[1] ""', "not translated"),
        ("Call 116 117", "Call 116 111", "other numbers"),
        ("Call 116 117 about it.", "Phone 116 117 about the application.", "leave it out"),
        ("Call 116 117 about it.", "Call 116 117 " + "now " * 20 + ".", "a sentence of 22 words"),
    ],
)
def test_a_mistake_in_english_is_found(locales: Path, found: dict[str, texts.Source], before: str, after: str, mistake: str) -> None:
    replace(locales, before, after, EN)
    assert [line for line in mistakes(locales, found, EN) if mistake in line] != []


def test_texts_that_are_new_or_gone_are_found(locales: Path, found: dict[str, texts.Source]) -> None:
    new = {**found, "New": texts.Source(msgid="New", plural=None, where=("made_up.py:12",))}
    assert list(mistakes(locales, new)) == ["nn: 'New' (made_up.py:12): not translated"]
    del new["New"], new["Hello {name}."]
    assert list(mistakes(locales, new)) == ["nn: 'Hello {name}.': no longer in the code"]


def test_a_text_that_got_a_plural_needs_both_forms(locales: Path, found: dict[str, texts.Source]) -> None:
    hello = texts.Source(msgid="Hello {name}.", plural="Hello all {n}, {name}.", where=("made_up.py:5",))
    assert list(mistakes(locales, {**found, hello.msgid: hello})) == ["nn: 'Hello {name}.' (made_up.py:5): 2 forms wanted, 1 found"]


# Keeping catalogues


def test_extracting_again_changes_nothing_and_keeps_translations(locales: Path, found: dict[str, texts.Source]) -> None:
    before = {path: path.read_bytes() for path in locales.rglob("bot.*")}
    catalogs.extract_all(locales, found)
    assert {path: path.read_bytes() for path in locales.rglob("bot.*")} == before
    assert len(before) == 1 + len(Language)
    assert not any(word in content for content in before.values() for word in (b"Date", b"Translator", b"made_up.py", b"fuzzy"))


def test_extracting_drops_what_is_gone_and_adds_what_is_new(locales: Path, found: dict[str, texts.Source]) -> None:
    changed = {msgid: source for msgid, source in found.items() if msgid != "Hello {name}."}
    changed["Goodbye"] = texts.Source(msgid="Goodbye", plural=None, where=("made_up.py:12",))
    catalogs.extract_all(locales, changed)
    assert [entry["msgid"] for entry in catalogs.missing(locales, changed, NB)] == ["Goodbye"]
    assert set(catalogs.translations_of(locales, NB)) == {"{n} week", "Phone 116 117 about the application."}


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ({"Hello {name}.": "Hei."}, "other placeholders"),
        ({"Hello {name}.": ["Hei, {name}.", "Hei, {name}."]}, "1 forms wanted, 2 found"),
        ({"{n} week": "{n} veker"}, "2 forms wanted, 1 found"),
        ({"{n} week": ["", "{n} veker"]}, "give a translation"),
        ({"Hello {name}.": 7}, "give a translation"),
        ({"Not there": "Ikkje der"}, "not in the code"),
        ({"Phone 116 117 about the application.": "Ring om søknaden."}, "other numbers"),
        (["Hello {name}."], "one JSON object"),
    ],
)
def test_filling_refuses_what_does_not_fit_and_writes_nothing(
    locales: Path, found: dict[str, texts.Source], given: object, mistake: str
) -> None:
    before = texts.catalogue_path(locales, NN).read_bytes()
    if isinstance(given, dict):
        given = {"Phone 116 117 about the application.": "Søknaden: ring 116 117.", **given}
    with pytest.raises(catalogs.Refused, match=mistake):
        catalogs.fill(locales, found, NN, given)
    assert texts.catalogue_path(locales, NN).read_bytes() == before


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogs.main(["missing", "sv"]) == 1
    assert "extract | missing LANG" in capsys.readouterr().err
    assert catalogs.main(["missing", "nn"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)
