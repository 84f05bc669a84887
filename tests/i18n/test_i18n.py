"""Texts are shown in the reader's language, and nobody's words are ever formatted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import OSLO
from bot.engine.texts import Language, Text, joined, nt, t, verbatim
from bot.i18n import Catalogs, CatalogUnreadable, language_from_telegram

NB, NN = Language.NB, Language.NN
CATALOGS = Catalogs(
    {
        NB: {
            "Hello {name}.": ("Hei, {name}.",),
            "{n} week": ("Én uke", "{n} uker"),
            "Bring {what}.": ("Ta med {what}.",),
            "your papers": ("papirene dine",),
            "A } lone {brace}": ("En } løs {brace}",),
        },
        NN: {
            "Hello {name}.": ("Hei, {name}.",),
            "{n} week": ("Éi veke", "{n} veker"),
            "Bring {what}.": ("Ta med {what}.",),
            "your papers": ("papira dine",),
        },
    }
)
TUESDAY = datetime(2027, 3, 2, 13, tzinfo=UTC)


@dataclass(frozen=True)
class TownWords:
    nb: str
    nn: str

    def in_language(self, language: Language, /) -> str:
        return {NB: self.nb, NN: self.nn}[language]


@pytest.mark.parametrize(
    ("text", "nb", "nn"),
    [
        (nt("{n} week", "{n} weeks", 1), "Én uke", "Éi veke"),
        (nt("{n} week", "{n} weeks", 3), "3 uker", "3 veker"),
        (nt("{n} week", "{n} weeks", 0), "0 uker", "0 veker"),
        (t("Bring {what}.", what=["a", t("your papers")]), "Ta med a og papirene dine.", "Ta med a og papira dine."),
        (t("Bring {what}.", what=("a", "b", "c")), "Ta med a, b og c.", "Ta med a, b og c."),
        (t("Bring {what}.", what=[]), "Ta med .", "Ta med ."),
        (t("Bring {what}.", what=10_000), "Ta med 10\u00a0000.", "Ta med 10\u00a0000."),
        (t("Bring {what}.", what=TownWords("uke", "veke")), "Ta med uke.", "Ta med veke."),
        (t("{day}", day=date(2027, 3, 4)), "4. mars 2027", "4. mars 2027"),
        (t("{at}", at=TUESDAY), "tirsdag 2. mars kl. 14.00", "tysdag 2. mars kl. 14.00"),
        (t("{at}", at=datetime(2027, 7, 5, 9, 5, tzinfo=OSLO)), "mandag 5. juli kl. 09.05", "måndag 5. juli kl. 09.05"),
        (t("{at}", at=time(9, 5)), "kl. 09.05", "kl. 09.05"),
        (joined(t("your papers"), verbatim("{name} {"), by=" { "), "papirene dine { {name} {", "papira dine { {name} {"),
        (t("A } lone {brace}", brace="x"), "En } løs x", "A } lone x"),
        (Text("", {}), "", ""),
    ],
)
def test_a_text_in_both_languages(text: Text, nb: str, nn: str) -> None:
    assert (CATALOGS.render(text, NB), CATALOGS.render(text, NN)) == (nb, nn)


def test_the_year_stands_there_when_it_is_another() -> None:
    text = t("{at}", at=TUESDAY)
    assert CATALOGS.render(text, NB, now=datetime(2026, 12, 31, 22, tzinfo=UTC)) == "tirsdag 2. mars 2027 kl. 14.00"
    assert CATALOGS.render(text, NB, now=datetime(2026, 12, 31, 23, tzinfo=UTC)) == "tirsdag 2. mars kl. 14.00"


@given(words=st.text(), language=st.sampled_from(Language))
def test_a_persons_words_are_shown_as_they_are(words: str, language: Language) -> None:
    assert CATALOGS.render(t("Hello {name}.", name=words), language) == f"Hei, {words}."
    assert CATALOGS.render(verbatim(words), language) == words
    assert CATALOGS.render(joined(verbatim(words), verbatim(words)), language) == f"{words}\n\n{words}"


def test_a_text_without_translation_is_shown_as_its_msgid() -> None:
    assert CATALOGS.render(t("Not there, {name}.", name="Åse"), NN) == "Not there, Åse."
    assert CATALOGS.render(nt("{n} day", "{n} days", 1), NN) == "1 day"
    assert CATALOGS.render(nt("{n} day", "{n} days", 2), NN) == "2 days"
    assert not CATALOGS.translated(t("Not there, {name}.", name="Åse"), NN)
    assert CATALOGS.translated(t("your papers"), NN)
    assert CATALOGS.translated(joined(t("Not there, {name}.")), NN)


def test_mistakes_in_the_code_are_raised() -> None:
    with pytest.raises(KeyError, match="name"):
        CATALOGS.render(t("Hello {name}."), NB)
    with pytest.raises(ValueError, match="time zone"):
        CATALOGS.render(t("{at}", at=datetime(2027, 3, 2)), NB)  # noqa: DTZ001 - a naive moment is what is refused
    for value in (True, None, object()):
        with pytest.raises(TypeError):
            CATALOGS.render(t("{value}", value=value), NB)


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: {language}\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "One"
msgstr "{one}"

#, fuzzy
msgid "Two"
msgstr "A guess"

msgid "{{n}} week"
msgid_plural "{{n}} weeks"
msgstr[0] "Éi veke"
msgstr[1] "{{n}} veker"

msgid "Empty"
msgstr ""
"""


def written(directory: Path, language: Language, content: str) -> None:
    path = directory / language.value / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")


def test_catalogues_are_read_without_guesses_and_gaps(tmp_path: Path) -> None:
    written(tmp_path, NB, PO.format(language="nb", one="Én"))
    written(tmp_path, NN, PO.format(language="nn", one="Ein"))
    catalogs = Catalogs.load(tmp_path)
    assert [catalogs.render(t("One"), language) for language in Language] == ["Én", "Ein"]
    assert catalogs.render(t("Two"), NN) == "Two"
    assert catalogs.render(t("Empty"), NN) == "Empty"
    assert catalogs.render(nt("{n} week", "{n} weeks", 2), NN) == "2 veker"


def test_a_missing_or_broken_catalogue_is_named(tmp_path: Path) -> None:
    written(tmp_path, NB, PO.format(language="nb", one="Én"))
    with pytest.raises(CatalogUnreadable, match="nn"):
        Catalogs.load(tmp_path)
    written(tmp_path, NN, "This is no catalogue.")
    with pytest.raises(CatalogUnreadable, match="not a valid PO file"):
        Catalogs.load(tmp_path)


def test_the_shipped_catalogues_can_be_read() -> None:
    assert Catalogs.load().render(verbatim("Samråd"), NN) == "Samråd"


@pytest.mark.parametrize(
    ("code", "guess"),
    [("nn", NN), ("nn-NO", NN), ("NN_no", NN), ("nb", NB), ("no", NB), ("da", NB), ("en", NB), ("", NB), (None, NB), ("nnx", NB)],
)
def test_a_first_guess_of_the_language(code: str | None, guess: Language) -> None:
    assert language_from_telegram(code, NB) is guess
    assert language_from_telegram(code, NN) is NN
