"""Children around a person: asked about, met, and their own words.

Here: statements about them. Not here: who may write and read what. Guarantee: what was written is sealed with the case's key.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.circle_commands import AnyChildren
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import day_of
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The last answer to whether there are children who are relatives or siblings. `at` is UTC."""

    answer: AnyChildren
    follow_up: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the child wants, in its own words. `at` is UTC; `by_child`: the child wrote it itself."""

    words: str
    by_child: bool
    at: datetime


def note_asked(tx: Tx, case: CaseId, answer: AnyChildren, follow_up: str | None, *, by: PersonId) -> None:
    """Keep an answer; earlier ones stay."""
    row = tx.next_id("children_asked")
    sealed = None if follow_up is None else tx.seal(Field("children_asked", "follow_up", row), KeyOwner("case", case), follow_up)
    tx.execute(
        "INSERT INTO children_asked (id, case_id, answer, follow_up, person, at) VALUES (:id, :case, :answer, :follow_up, :by, :now)",
        **{"id": row, "case": case, "answer": answer, "follow_up": sealed, "by": by, "now": stamp(tx.now)},
    )
    tx.touch(case)


def asked(tx: Tx, case: CaseId) -> Asked | None:
    """The last answer, or None where nobody has asked yet."""
    row = tx.one("SELECT * FROM children_asked WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    if row is None:
        return None
    sealed, field = row["follow_up"], Field("children_asked", "follow_up", row["id"])
    follow_up = None if sealed is None else tx.open(field, KeyOwner("case", case), sealed)
    return Asked(answer=AnyChildren(row["answer"]), follow_up=follow_up, at=moment(row["at"]))


def note_met(tx: Tx, case: CaseId, on: date, *, by: PersonId) -> None:
    """The child was met on this day in Oslo; the first day stays."""
    tx.execute(
        "INSERT INTO child_met (case_id, on_day, person, at) VALUES (:case, :on, :by, :now)"
        " ON CONFLICT (case_id) DO UPDATE SET on_day = min(on_day, :on)",
        case=case,
        on=on.isoformat(),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def met_on(tx: Tx, case: CaseId) -> date | None:
    """The day in Oslo on which the child was first met."""
    row = tx.one("SELECT on_day FROM child_met WHERE case_id = :case", case=case)
    return None if row is None else date.fromisoformat(row["on_day"])


def note_neither(tx: Tx, case: CaseId, *, by: PersonId) -> None:
    """The child goes neither to kindergarten nor to school, from today in Oslo."""
    tx.execute(
        "INSERT INTO child_goes_to_neither (case_id, since, person, at) VALUES (:case, :since, :by, :now)"
        " ON CONFLICT (case_id) DO UPDATE SET since = :since, person = :by, at = :now",
        case=case,
        since=day_of(tx.now).isoformat(),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def neither_since(tx: Tx, case: CaseId) -> date | None:
    """The day in Oslo from which that was last noted."""
    row = tx.one("SELECT since FROM child_goes_to_neither WHERE case_id = :case", case=case)
    return None if row is None else date.fromisoformat(row["since"])


def add_words(tx: Tx, case: CaseId, words: str, *, by: PersonId, by_child: bool) -> None:
    """What the child wants, kept beside what it has said before."""
    row = tx.next_id("child_words")
    tx.execute(
        "INSERT INTO child_words (id, case_id, words, person, by_child, at) VALUES (:id, :case, :words, :by, :child, :now)",
        id=row,
        case=case,
        words=tx.seal(Field("child_words", "words", row), KeyOwner("case", case), words),
        by=by,
        child=int(by_child),
        now=stamp(tx.now),
    )
    tx.touch(case)


def words_of(tx: Tx, case: CaseId) -> tuple[Words, ...]:
    """Everything the child has said it wants, oldest first."""
    owner = KeyOwner("case", case)
    return tuple(
        Words(
            words=tx.open(Field("child_words", "words", row["id"]), owner, row["words"]),
            by_child=bool(row["by_child"]),
            at=moment(row["at"]),
        )
        for row in tx.all("SELECT * FROM child_words WHERE case_id = :case ORDER BY id", case=case)
    )
