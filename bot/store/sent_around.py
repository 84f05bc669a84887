"""Who has said that they are sent around, and who has taken hold of it.

Here: statements about it. Guarantees: the words are sealed with the case's key, or with the person's where there is no case; only one
takes hold of one.
"""

from datetime import datetime
from sqlite3 import Row

from bot.domain.ids import CaseId, PersonId, SentAroundId
from bot.domain.sent_around import SentAround
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


def _words(sent: int) -> Field:
    return Field("sent_around", "words", sent)


def _owner(case: int | None, person: int) -> KeyOwner:
    return KeyOwner("person", person) if case is None else KeyOwner("case", case)


def say(tx: Tx, person: PersonId, words: str | None, *, case: CaseId | None) -> SentAroundId:
    """Somebody is sent around."""
    sent = SentAroundId(tx.next_id("sent_around"))
    tx.execute(
        "INSERT INTO sent_around (id, case_id, person, words, said_at) VALUES (:id, :case, :person, :words, :now)",
        id=sent,
        case=case,
        person=person,
        words=None if not words else tx.seal(_words(sent), _owner(case, person), words),
        now=stamp(tx.now),
    )
    if case is not None:
        tx.touch(case)
    return sent


def take(tx: Tx, sent: SentAround, *, by: PersonId) -> bool:
    """Somebody takes hold of it; False where somebody else was first."""
    done = tx.execute(
        "UPDATE sent_around SET taken_by = :by, taken_at = :now WHERE id = :id AND taken_by IS NULL", by=by, now=stamp(tx.now), id=sent.id
    )
    if sent.case is not None:
        tx.touch(sent.case)
    return done == 1


def find(tx: Tx, sent: SentAroundId) -> SentAround | None:
    """One by its id."""
    row = tx.one("SELECT * FROM sent_around WHERE id = :id", id=sent)
    return None if row is None else _sent(tx, row)


def waiting(tx: Tx) -> tuple[SentAround, ...]:
    """Those nobody has taken, oldest first."""
    return tuple(_sent(tx, row) for row in tx.all("SELECT * FROM sent_around WHERE taken_by IS NULL ORDER BY id"))


def waiting_in(tx: Tx, case: CaseId) -> tuple[SentAround, ...]:
    """Those of one case."""
    rows = tx.all("SELECT * FROM sent_around WHERE case_id = :case AND taken_by IS NULL ORDER BY id", case=case)
    return tuple(_sent(tx, row) for row in rows)


def count_since(tx: Tx, since: datetime) -> int:
    """How many times it has been said since a moment."""
    row = tx.one("SELECT count(*) AS times FROM sent_around WHERE said_at >= :since", since=stamp(since))
    return 0 if row is None else int(row["times"])


def _sent(tx: Tx, row: Row) -> SentAround:
    owner = _owner(row["case_id"], row["person"])
    return SentAround(
        id=SentAroundId(row["id"]),
        case=None if row["case_id"] is None else CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        words=None if row["words"] is None else tx.open(_words(row["id"]), owner, row["words"]),
        said_at=moment(row["said_at"]),
        taken_by=None if row["taken_by"] is None else PersonId(row["taken_by"]),
    )
