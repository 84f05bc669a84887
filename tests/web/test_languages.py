"""The page in the language of its reader: three to choose from, and words in another language say which."""

from datetime import UTC, datetime

import pytest

from bot.engine.texts import Language, joined, t, verbatim
from bot.i18n import Catalogs
from bot.profile import load_profile
from bot.web import words
from bot.web.foreign import marked
from tests.web.conftest import Place

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LETTERS = words.LETTERS


@pytest.mark.parametrize(
    ("prefers", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("nn-NO,nn;q=0.9,no;q=0.8,en;q=0.5", "nn"),
        ("no,en;q=0.5", "nb"),  # Norwegian in whichever form: the municipality's
        ("no-NO", "nb"),
        ("pl,en;q=0.5", "en"),
        ("pl", "nb"),
        ("", "nb"),
    ],
)
async def test_a_newcomer_gets_the_page_in_the_language_of_the_browser(place: Place, prefers: str, language: str) -> None:
    visitor = place.visitor(prefers)
    await visitor.get("/")
    assert f'<html lang="{language}" dir="ltr">' in visitor.response.text


async def test_every_other_language_is_one_press_away_by_its_own_name(place: Place) -> None:
    visitor = place.visitor("nb")
    await visitor.get("/")
    for language, name in (("nn", "Nynorsk"), ("en", "English")):
        assert f'<a href="?language={language}" lang="{language}" dir="ltr" hreflang="{language}">{name}</a>' in visitor.response.text
    await visitor.get("/?language=en")
    assert visitor.page.language == "en"
    assert "Someone who sees the whole picture" in visitor.text


async def test_who_is_known_chooses_english_and_has_it_everywhere(place: Place) -> None:
    who = await place.person("Kari Prøve")
    visitor = await place.logged_in(who)
    await visitor.get("/mine")
    assert place.world.municipality.words(LETTERS, Language.NB, NOW) not in visitor.text
    form = next(each for each in visitor.page.forms if each.action == "/language" and each.button("en"))
    await visitor.post("/language", {**form.hidden(), "language": "en"})
    assert visitor.page.language == "en"
    assert LETTERS.msgid in visitor.text, "a letter comes in Norwegian all the same, and that is said"
    await visitor.get("/stored")
    assert "English" in visitor.text


async def test_the_municipalitys_own_words_say_which_language_they_are_in(place: Place) -> None:
    who = await place.person("Kari Prøve", language=Language.EN)
    visitor = await place.logged_in(who)
    await visitor.get("/c/info")
    await visitor.press("Begin")
    for answer in ("room/rights", "criteria"):
        await visitor.post("/c/info", {**visitor.question.hidden(), "answer": answer, "do": "answer"})
    criteria = load_profile("demo").criteria
    assert ("nb", criteria.coordinated.nb) in visitor.page.foreign
    assert "The law has this in mind:" in visitor.own_words


async def test_the_question_about_the_language_is_marked_line_by_line(place: Place) -> None:
    visitor = await place.logged_in(await place.person("Kari Prøve"))
    await visitor.get("/c/language")
    await visitor.press("Begynn")
    for language, asked, name in (
        ("nn", "Kva språk vil du ha?", "Nynorsk"),
        ("en", "Which language do you want?", "English"),
    ):
        assert (language, asked) in visitor.page.foreign
        assert (language, name) in visitor.page.foreign
    assert "Hvilket språk vil du ha?" in visitor.own_words


def test_every_piece_is_escaped_and_a_mark_ends_with_its_line() -> None:
    text = joined(t("Name: {name}", name="<b>Kari</b>"), verbatim("<i>én\ntil", Language.NB), verbatim("<own>", Language.EN))
    html = marked(Catalogs.load(), text, Language.EN, NOW)
    assert html == ('Name: &lt;b&gt;Kari&lt;/b&gt;\n\n<span lang="nb">&lt;i&gt;én</span>\n<span lang="nb">til</span>\n\n&lt;own&gt;')
