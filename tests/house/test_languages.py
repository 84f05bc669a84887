"""Every place that must know a language knows each of them, and the steps of docs/add-a-language.md lead where they say."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale

from bot import formats
from bot.data import data_directory
from bot.domain.fixed_words import which_language
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text
from bot.i18n import Catalogs
from bot.profile import load_profile
from conversations.hand_over import card_in_each_language
from tests.house import texts

CHECKOUT = texts.CHECKOUT
PAGE = CHECKOUT / "bot" / "sandbox" / "page"


def test_each_language_goes_by_the_name_its_readers_call_it() -> None:
    assert {language: name.written_in for language, name in LANGUAGE_NAMES.items()} == {language: language for language in Language}


@pytest.mark.parametrize("language", Language)
def test_cldr_and_gettext_know_each_language(language: Language) -> None:
    assert formats.direction(language) in {"ltr", "rtl"}
    catalogue = texts.read(texts.catalogue_path(texts.LOCALES, language), language)
    assert catalogue.num_plurals == texts.plural_rule(language).number


def test_the_first_question_is_asked_in_each_language() -> None:
    asked = which_language().args.values()
    assert [each.written_in for each in asked if isinstance(each, Text)] == list(Language)


def test_the_card_to_hand_over_is_in_each_language() -> None:
    profile = load_profile("demo")
    card = Catalogs.load().render(card_in_each_language(profile, None), Language.NB)
    assert card.count(profile.links.home) == len(Language)


def test_the_law_is_told_in_each_language() -> None:
    """What people's rights are is no municipality's own words, so nobody meets it in a language they have not chosen."""
    (law,) = (data_directory("profiles") / "law").glob("*.toml")
    words = [line for line in law.read_text(encoding="utf-8").splitlines() if re.match(r"(nb =|\w+ = \{ nb =)", line)]
    for language in Language:
        said = re.findall(rf"(?:^|[{{,] ){language.value} = \"[^\"]", law.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(said) == len(words), f"{language}: {len(said)} of {len(words)} words of {law.name}"


def test_the_page_of_the_demo_speaks_each_language() -> None:
    page_texts = json.loads((PAGE / "texts.json").read_text(encoding="utf-8"))
    names = {f"language_{language.value}" for language in Language}
    assert {code: set(known) for code, known in page_texts.items()} == {
        language.value: set(page_texts["nb"]) | names for language in Language
    }
    buttons = re.findall(r'data-language="(\w+)" lang="(\w+)"', (PAGE / "index.html").read_text(encoding="utf-8"))
    assert buttons == [(language.value, language.value) for language in Language]


# The steps of docs/add-a-language.md, in a copy of the checkout

PLURAL = "{n} case"
POLISH = {"Phone number": "Numer telefonu", PLURAL: ["{n} sprawa", "{n} sprawy", "{n} spraw"]}
SAY = """
from datetime import datetime
from bot.clock import OSLO
from bot.engine.texts import Language, nt, t
from bot.i18n import Catalogs
catalogs, pl = Catalogs.load(), Language("pl")
counted = [nt("{n} case", "{n} cases", n) for n in (1, 3, 5, 22, 25)]
said = [t("Phone number"), t("Messages"), *counted, t("{at}", at=datetime(2027, 3, 4, 14, tzinfo=OSLO))]
print(*(catalogs.render(text, pl) for text in said), sep="|")
"""


class Copy:
    """A copy of the checkout that a language is added to."""

    def __init__(self, place: Path) -> None:
        self.place = place
        for name in ("bot", "conversations", "profiles", "locales", "tests"):
            shutil.copytree(CHECKOUT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
        shutil.copy(CHECKOUT / "pyproject.toml", place)

    def insert(self, path: str, after: str, line: str) -> None:
        file = self.place / path
        content = file.read_text(encoding="utf-8")
        assert content.count(after) == 1
        file.write_text(content.replace(after, after + line), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.place, capture_output=True, encoding="utf-8", check=False)
        return done.stdout + done.stderr


def test_a_language_is_added_as_the_documentation_says(tmp_path: Path) -> None:
    assert Locale.parse("pl").plural_form.rules.keys() == {"one", "few", "many"}
    copy = Copy(tmp_path / "copy")

    # 1: the code
    copy.insert("bot/engine/texts.py", '    EN = "en"\n', '    PL = "pl"\n')
    copy.insert("bot/engine/questions.py", 'verbatim("English", Language.EN),\n', '    Language.PL: verbatim("Polski", Language.PL),\n')

    # 2: the catalogue
    copy.run("-m", "tests.house.catalogs", "extract")
    made = (copy.place / "locales/pl/LC_MESSAGES/bot.po").read_text(encoding="utf-8")
    assert "nplurals=3" in made
    lacking = json.loads(copy.run("-m", "tests.house.catalogs", "missing", "pl"))
    wanted = sum(texts.has_words(msgid) for msgid in texts.sources([copy.place / "bot", copy.place / "conversations"], copy.place))
    assert len(lacking) == wanted > 1000
    (copy.place / "pl.json").write_text(json.dumps({**POLISH, PLURAL: POLISH[PLURAL][:2]}), encoding="utf-8")
    assert "3 forms wanted, 2 found" in copy.run("-m", "tests.house.catalogs", "fill", "pl", "pl.json")
    (copy.place / "pl.json").write_text(json.dumps(POLISH), encoding="utf-8")
    assert copy.run("-m", "tests.house.catalogs", "fill", "pl", "pl.json") == "2 translations taken over\n"
    said = copy.run("-m", "tests.house.catalogs", "check").splitlines()
    assert len([line for line in said if line.startswith("pl: ") and line.endswith("not translated")]) == wanted - 2

    # 3: what a reader sees meanwhile: what is translated, English for the rest, and days and plurals as CLDR has them
    shown = copy.run("-c", SAY).strip().split("|")
    assert shown == [
        "Numer telefonu",
        "Messages",
        "1 sprawa",
        "3 sprawy",
        "5 spraw",
        "22 sprawy",
        "25 spraw",
        "czwartek, 4 marca 2027 14:00",
    ]

    # 4: the tests tell what is left
    told = copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/test_languages.py", "-k", "each_language")
    assert set(re.findall(r"^FAILED tests/house/test_languages.py::(\w+)", told, re.MULTILINE)) == {
        "test_the_first_question_is_asked_in_each_language",
        "test_the_card_to_hand_over_is_in_each_language",
        "test_the_law_is_told_in_each_language",
        "test_the_page_of_the_demo_speaks_each_language",
    }, told
