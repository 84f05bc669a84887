"""Texts are shown in the reader's language, and nobody's words are ever formatted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_datetime
from hypothesis import given
from hypothesis import strategies as st

from bot import formats
from bot.clock import OSLO
from bot.domain.cases import TalkKind
from bot.engine.texts import Language, Month, Text, joined, nt, t, verbatim
from bot.i18n import Catalog, Catalogs, CatalogUnreadable, language_from_telegram
from conversations.words import TALKS
from tests.house.catalogs import translations_of
from tests.house.texts import LOCALES, plural_header, sources

NB, NN, EN = Language.NB, Language.NN, Language.EN
BOKMAL = {
    "Hello {name}.": ("Hei, {name}.",),
    "{n} week": ("Én uke", "{n} uker"),
    "Bring {what}.": ("Ta med {what}.",),
    "your papers": ("papirene dine",),
    "A } lone {brace}": ("En } løs {brace}",),
}
NYNORSK = {
    "Hello {name}.": ("Hei, {name}.",),
    "{n} week": ("Éi veke", "{n} veker"),
    "Bring {what}.": ("Ta med {what}.",),
    "your papers": ("papira dine",),
}
CATALOGS = Catalogs({NB: Catalog(translations=BOKMAL), NN: Catalog(translations=NYNORSK)})
SHIPPED = Catalogs.load()
TUESDAY = datetime(2027, 3, 2, 13, tzinfo=UTC)


@dataclass(frozen=True)
class TownWords:
    nb: str
    nn: str

    def in_language(self, language: Language, /) -> str:
        return {NB: self.nb, NN: self.nn}.get(language, self.nb)

    def language_for(self, reader: Language, /) -> Language:
        return NN if reader is NN else NB


@pytest.mark.parametrize(
    ("text", "nb", "nn", "en"),
    [
        (nt("{n} week", "{n} weeks", 1), "Én uke", "Éi veke", "1 week"),
        (nt("{n} week", "{n} weeks", 3), "3 uker", "3 veker", "3 weeks"),
        (nt("{n} week", "{n} weeks", 0), "0 uker", "0 veker", "0 weeks"),
        (
            t("Bring {what}.", what=["a", t("your papers")]),
            "Ta med a og papirene dine.",
            "Ta med a og papira dine.",
            "Bring a and your papers.",
        ),
        (t("Bring {what}.", what=("a", "b", "c")), "Ta med a, b og c.", "Ta med a, b og c.", "Bring a, b and c."),
        (t("Bring {what}.", what=[]), "Ta med .", "Ta med .", "Bring ."),
        (t("Bring {what}.", what=10_000), "Ta med 10\u00a0000.", "Ta med 10\u00a0000.", "Bring 10,000."),
        (t("Bring {what}.", what=TownWords("uke", "veke")), "Ta med uke.", "Ta med veke.", "Bring uke."),
        (t("{day}", day=date(2027, 3, 4)), "4. mars 2027", "4. mars 2027", "4 March 2027"),
        (t("{at}", at=TUESDAY), "tirsdag 2. mars kl. 14.00", "tysdag 2. mars kl. 14.00", "Tuesday 2 March at 14:00"),
        (
            t("{at}", at=datetime(2027, 7, 5, 9, 5, tzinfo=OSLO)),
            "mandag 5. juli kl. 09.05",
            "måndag 5. juli kl. 09.05",
            "Monday 5 July at 09:05",
        ),
        (t("{at}", at=Month(date(2027, 3, 1))), "mars 2027", "mars 2027", "March 2027"),
        (t("{at}", at=time(9, 5)), "kl. 09.05", "kl. 09.05", "09:05"),
        (
            joined(t("your papers"), verbatim("{name} {"), by=" { "),
            "papirene dine { {name} {",
            "papira dine { {name} {",
            "your papers { {name} {",
        ),
        (t("A } lone {brace}", brace="x"), "En } løs x", "A } lone x", "A } lone x"),
        (Text("", {}), "", "", ""),
    ],
)
def test_a_text_in_each_language(text: Text, nb: str, nn: str, en: str) -> None:
    assert (CATALOGS.render(text, NB), CATALOGS.render(text, NN), CATALOGS.render(text, EN)) == (nb, nn, en)


def test_the_year_stands_there_when_it_is_another() -> None:
    text = t("{at}", at=TUESDAY)
    assert CATALOGS.render(text, NB, now=datetime(2026, 12, 31, 22, tzinfo=UTC)) == "tirsdag 2. mars 2027 kl. 14.00"
    assert CATALOGS.render(text, NB, now=datetime(2026, 12, 31, 23, tzinfo=UTC)) == "tirsdag 2. mars kl. 14.00"
    assert CATALOGS.render(text, EN, now=datetime(2026, 12, 31, 22, tzinfo=UTC)) == "Tuesday 2 March 2027 at 14:00"


@given(words=st.text(), language=st.sampled_from(Language))
def test_a_persons_words_are_shown_as_they_are(words: str, language: Language) -> None:
    assert CATALOGS.render(t("Hello {name}.", name=words), language) == (f"Hello {words}." if language is EN else f"Hei, {words}.")
    assert CATALOGS.render(verbatim(words), language) == words
    assert CATALOGS.render(joined(verbatim(words), verbatim(words)), language) == f"{words}\n\n{words}"


def test_a_text_without_translation_is_shown_as_its_msgid() -> None:
    assert CATALOGS.render(t("Not there, {name}.", name="Åse"), NN) == "Not there, Åse."
    assert CATALOGS.render(nt("{n} day", "{n} days", 1), NN) == "1 day"
    assert CATALOGS.render(nt("{n} day", "{n} days", 2), NN) == "2 days"
    assert not CATALOGS.translated(t("Not there, {name}.", name="Åse"), NN)
    assert CATALOGS.translated(t("your papers"), NN)
    assert CATALOGS.translated(joined(t("Not there, {name}.")), NN)


def test_english_lacks_nothing_but_the_plurals_that_are_not_in_its_catalogue() -> None:
    assert CATALOGS.translated(t("Not there, {name}.", name="Åse"), EN)
    assert not CATALOGS.translated(nt("{n} day", "{n} days", 2), EN)
    assert CATALOGS.sentences() == frozenset(NYNORSK)


def test_english_can_say_otherwise_than_the_code() -> None:
    mended = Catalogs({EN: Catalog(translations={"Hello {name}.": ("Dear {name},",)})})
    assert mended.render(t("Hello {name}.", name="Åse"), EN) == "Dear Åse,"


def test_the_shipped_english_has_every_plural() -> None:
    """Below `full` a text comes out of the vocabulary by its msgid alone, so the English catalogue must know its plural."""
    lacking = [
        source.msgid for source in sources().values() if source.plural and not SHIPPED.translated(nt(source.msgid, source.plural, 2), EN)
    ]
    assert lacking == []


def test_every_piece_is_shown_with_the_language_it_is_in() -> None:
    heard: list[tuple[str, Language | None]] = []

    def shown(piece: str, language: Language | None) -> str:
        heard.append((piece, language))
        return f"[{piece}]"

    text = t("Bring {what}.", what=["x", TownWords("uke", "veke"), verbatim("sak", NB), t("your papers"), 3])
    assert CATALOGS.render(text, EN, shown=shown) == "[Bring ][x], [uke], [sak], [your papers] and [3][.]"
    assert heard == [("Bring ", EN), ("x", None), ("uke", NB), ("sak", NB), ("your papers", EN), ("3", EN), (".", EN)]


POLISH = """
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{n} week"
msgid_plural "{n} weeks"
msgstr[0] "{n} tydzień"
msgstr[1] "{n} tygodnie"
msgstr[2] "{n} tygodni"
"""


def test_a_catalogue_says_itself_how_its_language_counts(tmp_path: Path) -> None:
    for language in Language:
        written(tmp_path, language, POLISH)
    catalogs = Catalogs.load(tmp_path)
    shown = [catalogs.render(nt("{n} week", "{n} weeks", count), NN) for count in (0, 1, 2, 5, 12, 22)]
    assert shown == ["0 tygodni", "1 tydzień", "2 tygodnie", "5 tygodni", "12 tygodni", "22 tygodnie"]


@pytest.mark.parametrize(
    ("code", "way", "plurals", "moment"),
    [
        ("se", "ltr", 3, "duorasdat, 2027 njukčamánnu 4 14:00"),
        ("uk", "ltr", 3, "четвер, 4 березня 2027\u202fр. 14:00"),
        ("pl", "ltr", 3, "czwartek, 4 marca 2027 14:00"),
        ("ar", "rtl", 6, "الخميس, 4 مارس 2027 14:00"),
    ],
)
def test_a_language_without_patterns_of_ours_is_shown_as_cldr_has_it(code: str, way: str, plurals: int, moment: str) -> None:
    found = Locale.parse(code)
    assert found.text_direction == way
    assert plural_header(found).startswith(f"nplurals={plurals};")
    assert format_datetime(datetime(2027, 3, 4, 14, tzinfo=OSLO), formats.cldr_patterns(found).moment, OSLO, found) == moment


def test_our_languages_are_written_from_left_to_right() -> None:
    assert {formats.direction(language) for language in Language} == {"ltr"}


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
    written(tmp_path, EN, PO.format(language="en", one="Just one"))
    catalogs = Catalogs.load(tmp_path)
    assert [catalogs.render(t("One"), language) for language in Language] == ["Én", "Ein", "Just one"]
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
    [
        ("nn", NN),
        ("nn-NO", NN),
        ("NN_no", NN),
        ("nb", NB),
        ("no", NB),
        ("da", NB),
        ("en", EN),
        ("en-GB", EN),
        ("", NB),
        (None, NB),
        ("nnx", NB),
    ],
)
def test_a_first_guess_of_the_language(code: str | None, guess: Language) -> None:
    assert language_from_telegram(code, NB) is guess
    assert language_from_telegram(code, NN) is (EN if guess is EN else NN)


def test_english_has_one_word_for_each_of_the_two_talks() -> None:
    english, bokmal = (translations_of(LOCALES, language) for language in (EN, NB))
    shown = {msgid: " ".join(english.get(msgid, (msgid,))).lower() for msgid in bokmal}
    first = [words for msgid, words in shown.items() if "oppstartssamtale" in " ".join(bokmal[msgid]).lower()]
    assert len(first) > 5
    assert all("first talk" in words for words in first), "the coordinator's talk, by the glossary"
    assert not [words for words in shown.values() if "start-up talk" in words]
    names = [SHIPPED.render(TALKS[kind], EN) for kind in (TalkKind.CLARIFYING, TalkKind.STARTUP)]
    assert names == ["The clarifying talk", "The first talk"]
