"""All that is stored about a person as files: one to read, one for other programs.

Here: the document and the JSON. Not here: what is in them (`bot.services.my_data`), nor the PDF (`bot.pdf`). Guarantee: the JSON has
every row; the document has every word that somebody wrote, with when and who, and says what the JSON has besides.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from bot.domain.documents import Document, Heading, Line, Lines, Paragraph, Table
from bot.domain.documents import Part as DocumentPart
from bot.domain.evaluation import BEST, QUESTIONS, Point
from bot.domain.my_data import KIND_WORDS, Kind
from bot.engine.texts import Text, t, verbatim
from bot.services.municipality import Context
from bot.services.my_data import NOT_INCLUDED, Everything, Part
from bot.store import local_words, people
from bot.store.holdings import Value
from bot.store.times import moment

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MARKS, OWN = "marks", "own"
"""Answers about how it goes (`bot.store.evaluations`): to Samråd's questions, and to the municipality's own."""
NOT_IN_DOCUMENT: Final = frozenset({"body", "mandate", "grounds"})
"""A file inside the file, and codes: they are in the JSON."""

WHEN: Final = t("When")
UNTIL: Final = t("Until")
WHO: Final = t("Who")
WRITTEN: Final = t("What is written")
NAME: Final = t("Name")
PHONE: Final = t("Phone number")

LABELS: Final[Mapping[str, Text]] = {
    "name": NAME,
    "subject_name": NAME,
    "applicant_name": t("Applied by"),
    "title": t("Title"),
    "phone": PHONE,
    "reach_details": PHONE,
    "words": WRITTEN,
    "note": WRITTEN,
    "reason": WRITTEN,
    "value": WRITTEN,
    "follow_up": WRITTEN,
    "purpose_words": WRITTEN,
    "wish": t("What you wish"),
    "need": t("What would help"),
    "important": t("What is important to you"),
    "communication": t("How we talk together best"),
    "purpose": WRITTEN,
    "disagreement": WRITTEN,
    "to_whom": WHO,
    "where": t("Where"),
    "born_on": t("Birth date"),
    "number": t("Number"),
    **dict.fromkeys(
        ("created_at", "asked_at", "received_at", "began_at", "issued_at", "recorded_at", "added_at", "at", "told_at", "made_at"), WHEN
    ),
    **dict.fromkeys(
        ("proposed_at", "started_at", "objected_at", "noted_at", "said_at", "since", "starts_at", "decided_at", "due_on"), WHEN
    ),
    **dict.fromkeys(("until", "ended_at", "ends_at", "expires_at", "withdrawn_at"), UNTIL),
    **dict.fromkeys(
        ("person", "candidate", "proposed_by", "decided_by", "asked_by", "recorded_by", "answered_by", "added_by", "coordinator"), WHO
    ),
}
"""What stands before a value in the document, by its column."""


def as_json(context: Context, everything: Everything) -> bytes:
    """Everything, as it is stored, with why something is kept back. UTF-8."""
    language = people.person(context.tx, context.actor).language

    def say(text: Text) -> str:
        return context.municipality.words(text, language, everything.at)

    found = {
        "made_at": everything.at.isoformat(),
        "stored": [said(part) for part in everything.parts],
        "looks": [
            {"at": look.at.isoformat(), "case": look.number, "who": say(look.who), "what": say(look.what)} for look in everything.looks
        ],
        "not_included": NOT_INCLUDED,
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def said(part: Part) -> Mapping[str, object]:
    """One table's rows as JSON has them."""
    held = part.held
    kept_back = {"columns": sorted(held.kept_back), "why": held.why} if held.kept_back else None
    return {"kind": held.kind, "table": held.table, "case": part.case, "rows": part.entries, "kept_back": kept_back}


def document(context: Context, everything: Everything) -> Document:
    """All of it to read. The texts are in no language yet."""
    return Document(
        title=t("What is stored about me"),
        author=verbatim(context.municipality.profile.municipality.display_name),
        marker=t("Made for you on {moment}", moment=everything.at),
        parts=(
            Paragraph(text=t("This is all that Samråd has stored about you. A file for other programs also has codes that steer Samråd.")),
            *(piece for kind in Kind for piece in sections(kind, [part for part in everything.parts if part.held.kind is kind])),
            *_looks(everything),
            Paragraph(text=t("The unit's own working notes are not in this file. You can ask us for them.")),
        ),
    )


def sections(kind: Kind, parts: list[Part]) -> Iterator[DocumentPart]:
    """Everything of one kind, case by case. What has nothing to read in it is told by its number."""
    pieces = [(part.case, piece) for part in parts for piece in _pieces(part)]
    if not pieces:
        return
    yield Heading(text=KIND_WORDS[kind])
    last: int | None = None
    for case, piece in pieces:
        if case is not None and case != last:
            yield Heading(text=t("Case {number}", number=str(case)), level=2)
        last = case
        yield piece


def _pieces(part: Part) -> Iterator[DocumentPart]:
    for entry in part.entries:
        lines = tuple(_lines(entry))
        if lines:
            yield Lines(lines=lines)


def _lines(entry: Mapping[str, Value]) -> Iterator[Line]:
    for column, value in entry.items():
        if value is None or value == "" or column in NOT_IN_DOCUMENT:
            continue
        if column == MARKS and isinstance(value, dict):
            yield from _marks(value)
        elif isinstance(value, dict):
            yield from _lines(value)
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            for each in value:
                yield from _own_answer(each) if column == OWN else _lines(each) if isinstance(each, dict) else ()
        elif column in LABELS and (shown := _shown(value)) is not None:
            yield Line(label=LABELS[column], value=shown)


def _marks(marks: Mapping[str, Value]) -> Iterator[Line]:
    """How somebody said that it goes, by the questions that come with Samråd."""
    for point, mark in marks.items():
        yield Line(label=QUESTIONS[Point(point)], value=t("{mark} of {most}", mark=mark, most=int(BEST)))


def _own_answer(answer: Value) -> Iterator[Line]:
    """The same for a question of the municipality's own, as it was asked."""
    if isinstance(answer, dict) and isinstance(asked := answer["question"], dict):
        question = Text("{question}", {"question": local_words.read(asked)})
        if answer["mark"] is not None:
            yield Line(label=question, value=t("{mark} of {most}", mark=answer["mark"], most=int(BEST)))
        elif answer["words"]:
            yield Line(label=question, value=verbatim(str(answer["words"])))


def _shown(value: Value) -> Text | None:
    """A value as people read it: moments and days in their language, words as they are."""
    if isinstance(value, bool | dict) or value is None:
        return None
    if isinstance(value, int | float):
        return verbatim(str(value))
    if isinstance(value, list):
        words = [each for each in value if isinstance(each, str)]
        return verbatim("\n".join(words)) if words else None
    if MOMENT.fullmatch(value):
        return t("{moment}", moment=moment(value))
    if DAY.fullmatch(value):
        return t("{day}", day=date.fromisoformat(value))
    return verbatim(value)


def _looks(everything: Everything) -> Iterator[DocumentPart]:
    if not everything.looks:
        return
    yield Heading(text=t("Who has looked at your case"))
    yield Table(
        columns=(WHEN, t("Case"), WHO, t("What")),
        rows=tuple((t("{moment}", moment=look.at), verbatim(str(look.number)), look.who, look.what) for look in everything.looks),
    )
