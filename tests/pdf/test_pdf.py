"""A document becomes a file that a screen reader can read, and nobody's words become markup."""

import re
import zlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.documents import Bullets, Document, Heading, Line, Lines, Paragraph, Table
from bot.engine.texts import Language, t, verbatim
from bot.i18n import Catalogs
from bot.pdf import pdf

NN = Language.NN
DAY = date(2027, 3, 4)
CATALOGS = Catalogs({})
DOCUMENT = Document(
    title=verbatim("Det du har sagt ja til: æøå, čđŋšŧž"),
    author=verbatim("Ås kommune"),
    marker=verbatim("Skrive ut 4. mars 2027"),
    parts=(
        Heading(text=verbatim("Kven")),
        Paragraph(text=verbatim("Éi linje\nog ei til")),
        Bullets(items=(verbatim("ein"), verbatim("to"))),
        Lines(lines=(Line(label=verbatim("Namn"), value=verbatim("Ola")),)),
        Table(columns=(verbatim("Når"), verbatim("Kven")), rows=((verbatim("i dag"), verbatim("Kari")),)),
    ),
)


def content(made: bytes) -> bytes:
    """The file with its compressed parts opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            opened.append(stream)
    return made + b"\n".join(opened)


def test_the_file_is_tagged_and_says_its_language_and_title() -> None:
    made = content(pdf(DOCUMENT, NN, CATALOGS, DAY))
    assert made.startswith(b"%PDF-1.7")
    for mark in (
        b"/StructTreeRoot",
        b"/Marked true",
        b"/Lang(nn-NO)",
        b"/DisplayDocTitle true",
        b"pdfuaid:part",
        b"/H1",
        b"/LI",
        b"/TH",
        b"/TD",
    ):
        assert mark in made, mark
    assert "Det du har sagt ja til: æøå, čđŋšŧž" in made.decode("utf-8", "ignore")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf(DOCUMENT, NN, CATALOGS, DAY) == pdf(DOCUMENT, NN, CATALOGS, DAY)
    assert pdf(DOCUMENT, NN, CATALOGS, DAY) != pdf(DOCUMENT, NN, CATALOGS, date(2027, 3, 5))
    assert pdf(DOCUMENT, NN, CATALOGS, DAY) != pdf(replace(DOCUMENT, marker=verbatim("Kari")), NN, CATALOGS, DAY)


def test_texts_are_in_the_language_of_the_reader() -> None:
    said = replace(DOCUMENT, title=t("What is stored about me"))
    catalogs = Catalogs.load()
    assert "Kva som er lagra om meg" in content(pdf(said, NN, catalogs, DAY)).decode("utf-8", "ignore")


@pytest.mark.parametrize("words", ["😀", "ሰላም"])
def test_a_sign_without_a_glyph_stops_nothing_and_the_file_claims_less(words: str) -> None:
    made = content(pdf(replace(DOCUMENT, parts=(Paragraph(text=verbatim(words)),)), NN, CATALOGS, DAY))
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" not in made


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_nobodys_words_are_markup(words: str) -> None:
    part = (Heading(text=verbatim(f'#panic("{words}")')), Paragraph(text=verbatim(f'= {words} #read("/etc/passwd") $x$ *b* @r <l>')))
    rows = Table(columns=(verbatim(words),), rows=((verbatim(words),),))
    assert pdf(replace(DOCUMENT, parts=(*part, rows, Bullets(items=()))), NN, CATALOGS, DAY).startswith(b"%PDF")


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="one cell"):
        Table(columns=(verbatim("a"),), rows=((verbatim("b"), verbatim("c")),))
