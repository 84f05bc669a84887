"""A document as a PDF that a screen reader can read.

Here: a `Document` in a language made into the bytes of a tagged PDF, by Typst. Not here: what stands in a document, and who may have
it. Guarantees: every word goes in as data and never as markup; no file, font or package of the machine or the net is read; headings,
lists and tables are tagged, language and title are set (PDF/UA-1); the same document on the same day gives the same bytes.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.documents import Bullets, Document, Heading, Lines, Paragraph, Part, Table
from bot.engine.texts import Language, Text
from bot.i18n import Catalogs

if TYPE_CHECKING:
    # Typst takes 7 MB of memory, so it is loaded with the first document; `samrad check` looks whether it is there (bot.packages).
    from typst import Compiler, TypstError

Say = Callable[[Text], str]
Node = Mapping[str, object]

TEMPLATE: Final = """
#let document-data = json(bytes(sys.inputs.document))
#let words(value) = value.split("\\n").map(line => [#line]).join(linebreak())
#set document(title: document-data.title, author: document-data.author)
#set text(lang: document-data.lang, region: "NO", size: 11pt, hyphenate: false)
#set par(leading: 0.75em, spacing: 1.2em)
#set page(
  paper: "a4",
  margin: (x: 2.5cm, y: 2.5cm),
  footer: context {
    set text(size: 9pt)
    grid(columns: (1fr, auto), words(document-data.marker), [#counter(page).display() / #counter(page).final().first()])
  },
)
#set table(stroke: 0.5pt + luma(120), inset: 6pt)
#show table.cell: set align(start)
#show title: set text(size: 18pt)
#show heading: set block(above: 1.6em, below: 0.9em)
#title()
#for part in document-data.parts {
  if part.kind == "heading" { heading(level: part.level, words(part.text)) }
  else if part.kind == "paragraph" { par(words(part.text)) }
  else if part.kind == "bullets" { list(..part.items.map(words)) }
  else if part.kind == "lines" { terms(separator: [: ], ..part.lines.map(line => terms.item(words(line.at(0)), words(line.at(1))))) }
  else if part.kind == "table" {
    table(
      columns: (1fr,) * part.columns.len(),
      table.header(..part.columns.map(cell => strong(words(cell)))),
      ..part.rows.flatten().map(words),
    )
  }
}
"""
ACCESSIBLE: Final = "ua-1"
LONG_WORD: Final = re.compile(r"\S{33,}")
PIECE: Final = re.compile(r"\S{16}(?=\S)")
"""A word that could run out of the page, such as an address on the net, may be broken after each such piece."""
NO_GLYPH: Final = "could not be displayed"
"""What Typst says of a sign that its fonts do not have, such as an emoji or a script other than Latin, Greek and Cyrillic."""


class PdfFailed(Exception):
    """The document could not be made. The message is Typst's own and quotes no word of the document."""


def pdf(document: Document, language: Language, catalogs: Catalogs, made_on: date | datetime) -> bytes:
    """The document in a language. `made_on` is the day (or aware moment) that the file says it was made.

    A sign that no font here has is shown as an empty box; such a file is tagged all the same, but does not claim PDF/UA, which wants
    every sign to be shown. Raises `PdfFailed`.
    """
    from typst import TypstError

    made = made_on if isinstance(made_on, datetime) else datetime.combine(made_on, time(12), tzinfo=UTC)
    inputs = {"document": json.dumps(_data(document, language, lambda text: _breakable(catalogs.render(text, language))))}
    try:
        return _compiled(inputs, made, [ACCESSIBLE])
    except TypstError as error:
        if NO_GLYPH not in str(error):
            raise PdfFailed(_kind(error)) from None
    try:
        return _compiled(inputs, made, [])
    except TypstError as error:
        raise PdfFailed(_kind(error)) from None


def _compiled(inputs: dict[str, str], made: datetime, standards: list[str]) -> bytes:
    result = _compiler().compile(TEMPLATE.encode(), format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=made)  # type: ignore[arg-type]
    assert isinstance(result, bytes)
    return result


def _kind(error: "TypstError") -> str:
    # What Typst puts in quotes can be somebody's words.
    return str(error).partition('"')[0].partition("`")[0].strip()


@lru_cache(maxsize=1)
def _compiler() -> "Compiler":
    from typst import Compiler, Fonts

    return Compiler(font_paths=Fonts(include_system_fonts=False), ignore_system_fonts=True)


def _breakable(words: str) -> str:
    return LONG_WORD.sub(lambda word: PIECE.sub(lambda piece: piece[0] + "\N{ZERO WIDTH SPACE}", word[0]), words)


def _data(document: Document, language: Language, say: Say) -> Node:
    return {
        "title": say(document.title),
        "author": say(document.author) if document.author else "",
        "marker": say(document.marker) if document.marker else "",
        "lang": language.value,
        "parts": [_part(part, say) for part in document.parts if _has_content(part)],
    }


def _has_content(part: Part) -> bool:
    match part:
        case Bullets(items=content) | Lines(lines=content) | Table(rows=content):
            return bool(content)
    return True


def _part(part: Part, say: Say) -> Node:
    match part:
        case Heading():
            return {"kind": "heading", "level": part.level, "text": say(part.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": say(part.text)}
        case Bullets():
            return {"kind": "bullets", "items": [say(item) for item in part.items]}
        case Lines():
            return {"kind": "lines", "lines": [[say(line.label), say(line.value)] for line in part.lines]}
        case Table():
            return {
                "kind": "table",
                "columns": [say(cell) for cell in part.columns],
                "rows": [[say(cell) for cell in row] for row in part.rows],
            }
