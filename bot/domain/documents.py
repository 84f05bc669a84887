"""A document to read, keep or print: a consent, a decision, what is stored about somebody.

Here: its parts, as texts that are not yet in any language. Not here: how it becomes a file (`bot.pdf`) or a page. Guarantee: a document
is made of texts alone, so nobody's words are ever markup.
"""

from dataclasses import dataclass

from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading inside the document. `level` is 1 for its main parts."""

    text: Text
    level: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Running text. Somebody's own words keep their lines."""

    text: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One fact: what it is, and what it says."""

    label: Text
    value: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """Facts, one below the other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows under a row of headings. Raises ValueError when a row has another number of cells."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a table has one cell for each column")


Part = Heading | Paragraph | Bullets | Lines | Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document. `author` is who it comes from, such as the municipality; `marker` stands at the foot of every page."""

    title: Text
    parts: tuple[Part, ...]
    author: Text | None = None
    marker: Text | None = None
