"""The words of the shipped profiles: both written standards, each pure, and short sentences."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.data import data_directory
from bot.engine.texts import Language, verbatim
from bot.profile import load_profile

ONLY_NB = frozenset(
    re.findall(
        r"\w+", "ikke jeg hvis hvem hvor fra mye noen noe tjeneste tjenester hjemme en et veiledning bolig penger trenger gjør selv skole"
    )
)
ONLY_NN = frozenset(
    re.findall(
        r"\w+",
        "ikkje eg dersom kven kvar frå mykje nokon noko teneste tenester heime ein eit ei rettleiing bustad pengar treng gjer sjølv skule",
    )
)


CITES = re.compile("§")


def pairs(value: object) -> Iterator[dict[str, str]]:
    """Every table that holds words in at least one of the two standards."""
    if isinstance(value, dict):
        if {"nb", "nn"} & value.keys():
            yield value
        for one in value.values():
            yield from pairs(one)
    elif isinstance(value, list):
        for one in value:
            yield from pairs(one)


def files() -> list[Path]:
    return sorted(data_directory("profiles").rglob("*.toml"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_words_stand_in_the_standard_they_say_and_sentences_are_short(path: Path) -> None:
    for words in pairs(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert not set(re.findall(r"\w+", words["nb"].lower())) & ONLY_NN, words["nb"]
        assert not set(re.findall(r"\w+", words["nn"].lower())) & ONLY_NB, words["nn"]
        sentences = [
            sentence for code, text in words.items() if not CITES.search(text) or code != "en" for sentence in re.split(r"[.:?!]", text)
        ]
        assert all(len(sentence.split()) <= 18 for sentence in sentences), sentences


@pytest.mark.parametrize(("path", "least"), [(path, 20 if path.parent.name == "law" else 60) for path in files()], ids=str)
def test_both_standards_stand_side_by_side_everywhere(path: Path, least: int) -> None:
    found = list(pairs(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert len(found) >= least
    assert all({"nb", "nn"} <= words.keys() <= {language.value for language in Language} and all(words.values()) for words in found)


def test_words_are_given_in_the_readers_standard_and_as_they_are() -> None:
    unit = load_profile("heroy").municipality.unit
    assert (unit.in_language(Language.NB), unit.in_language(Language.NN)) == ("Koordinerende enhet", "Koordinerande eining")
    assert unit.text(Language.NN) == verbatim("Koordinerande eining")


@pytest.mark.parametrize(
    ("profile", "form", "words"), [("heroy", Language.NN, "Koordinerande eining"), ("lund", Language.NB, "Koordinerende enhet")]
)
def test_who_reads_a_third_language_gets_the_municipalitys_own_form_with_its_mark(profile: str, form: Language, words: str) -> None:
    unit = load_profile(profile).municipality.unit
    assert unit.form is form
    assert unit.text(Language.EN) == verbatim(words, form)


def test_who_reads_a_third_language_gets_the_municipalitys_own_words_in_it_where_there_are_some(tmp_path: Path) -> None:
    ours = (data_directory("profiles") / "heroy.toml").read_text(encoding="utf-8")
    before = 'nn = "Koordinerande eining"'
    assert before in ours
    (tmp_path / "ours.toml").write_text(ours.replace(before, before + ', en = "The coordinating unit"'), encoding="utf-8")
    unit = load_profile(str(tmp_path / "ours.toml")).municipality.unit
    assert unit.text(Language.EN) == verbatim("The coordinating unit")
    assert list(unit.each()) == [unit.nb, unit.nn, "The coordinating unit"]
