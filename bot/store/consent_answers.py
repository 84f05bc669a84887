"""What those who decide have answered to a question about sharing.

Here: statements about answers. Not here: what they lead to (`bot.services.consent_answers`). Guarantees: the form as it was shown is
sealed with the case's key, its hash beside it; a signed answer is never changed; one person answers one question once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from bot.domain.consent import Capacity, ConsentTrust, InfoKind
from bot.domain.ids import CaseId, ConsentId, PersonId
from bot.engine.texts import Language
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp

Numbers = Mapping[int, frozenset[InfoKind]]
"""What each recipient may know, by the recipient's number in the case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An answer to be stored. `details`: a name, a place, where a paper is kept. `answered_on` is a day in Oslo."""

    yes: bool
    signed: bool
    trust: ConsentTrust
    language: Language
    scope: Numbers
    until: date
    text_hash: str
    words: str
    answered_on: date
    recorded_by: PersonId
    details: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredAnswer:
    """An answer as it was given, without its words. `person` None: somebody who signed on paper and is not known here."""

    id: int
    consent: ConsentId
    person: PersonId | None
    capacity: Capacity
    yes: bool
    signed: bool
    trust: ConsentTrust
    language: Language
    scope: Numbers
    until: date
    text_hash: str
    answered_on: date
    answered_at: datetime


def expect(tx: Tx, consent: ConsentId, person: PersonId | None, capacity: Capacity) -> int:
    """This person is asked; the place for their answer."""
    return tx.insert(
        "INSERT INTO consent_answers (consent, person, capacity, asked_at) VALUES (:consent, :person, :capacity, :now)",
        consent=consent,
        person=person,
        capacity=capacity,
        now=stamp(tx.now),
    )


def place_of(tx: Tx, consent: ConsentId, person: PersonId) -> int | None:
    """Where this person's answer belongs, or None where they were not asked or have signed already."""
    sql = "SELECT id FROM consent_answers WHERE consent = :consent AND person = :person AND signed = 0"
    row = tx.one(sql, consent=consent, person=person)
    return None if row is None else int(row["id"])


def store(tx: Tx, case: CaseId, place: int, given: Given) -> None:
    """Keep an answer in its place. Raises `sqlite3.IntegrityError` where it is signed already."""
    owner = KeyOwner("case", case)
    scope = {str(number): sorted(kinds) for number, kinds in given.scope.items()}
    tx.execute(
        "UPDATE consent_answers SET yes = :yes, signed = :signed, trust = :trust, language = :language, scope = :scope, until = :until,"
        " text_hash = :hash, words = :words, details = :details, answered_on = :day, answered_at = :now, recorded_by = :by WHERE id = :id",
        **{"id": place, "yes": int(given.yes), "signed": int(given.signed), "trust": given.trust, "language": given.language},
        **{"scope": json.dumps(scope), "until": given.until.isoformat(), "hash": given.text_hash, "by": given.recorded_by},
        **{"words": tx.seal(_words(place), owner, given.words), "day": given.answered_on.isoformat(), "now": stamp(tx.now)},
        **{"details": None if given.details is None else tx.seal(_details(place), owner, given.details)},
    )
    tx.touch(case)


def sign(tx: Tx, case: CaseId, answer: StoredAnswer, trust: ConsentTrust) -> None:
    """What was prepared counts from now on, with what is known now of who it is."""
    sql = "UPDATE consent_answers SET signed = 1, trust = :trust, answered_at = :now WHERE id = :id"
    tx.execute(sql, trust=trust, now=stamp(tx.now), id=answer.id)
    tx.touch(case)


def _words(place: int) -> Field:
    return Field("consent_answers", "words", place)


def _details(place: int) -> Field:
    return Field("consent_answers", "details", place)


def words(tx: Tx, case: CaseId, answer: StoredAnswer) -> str:
    """The form as it was shown to whoever answered."""
    row = tx.one("SELECT words FROM consent_answers WHERE id = :id", id=answer.id)
    assert row is not None
    return tx.open(_words(answer.id), KeyOwner("case", case), row["words"])


def details(tx: Tx, case: CaseId, answer: StoredAnswer) -> str | None:
    """What was noted of a paper or of what was said, where it was one."""
    row = tx.one("SELECT details FROM consent_answers WHERE id = :id", id=answer.id)
    return None if row is None or row["details"] is None else tx.open(_details(answer.id), KeyOwner("case", case), row["details"])


@recalled
def signed(tx: Tx, consent: ConsentId) -> tuple[StoredAnswer, ...]:
    """Every answer that counts, first first."""
    sql = "SELECT * FROM consent_answers WHERE consent = :consent AND signed = 1 ORDER BY answered_at, id"
    return tuple(_answer(row) for row in tx.all(sql, consent=consent))


def prepared(tx: Tx, consent: ConsentId, person: PersonId) -> StoredAnswer | None:
    """What this person has prepared and not signed."""
    sql = "SELECT * FROM consent_answers WHERE consent = :consent AND person = :person AND signed = 0 AND yes IS NOT NULL"
    row = tx.one(sql, consent=consent, person=person)
    return None if row is None else _answer(row)


@recalled
def unanswered(tx: Tx, consent: ConsentId) -> tuple[tuple[PersonId | None, Capacity], ...]:
    """Who has not signed yet."""
    rows = tx.all("SELECT person, capacity FROM consent_answers WHERE consent = :consent AND signed = 0 ORDER BY id", consent=consent)
    return tuple((None if row["person"] is None else PersonId(row["person"]), Capacity(row["capacity"])) for row in rows)


def waiting_for(tx: Tx, person: PersonId) -> tuple[ConsentId, ...]:
    """Questions that wait for this person's answer, oldest first."""
    rows = tx.all(
        "SELECT consent FROM consent_answers JOIN consents ON consents.id = consent_answers.consent"
        " WHERE person = :person AND signed = 0 AND state = 'asked' ORDER BY consent",
        person=person,
    )
    return tuple(ConsentId(row["consent"]) for row in rows)


def _answer(row: Row) -> StoredAnswer:
    scope = {int(number): frozenset(InfoKind(kind) for kind in kinds) for number, kinds in json.loads(row["scope"]).items()}
    return StoredAnswer(
        id=row["id"],
        consent=ConsentId(row["consent"]),
        person=None if row["person"] is None else PersonId(row["person"]),
        capacity=Capacity(row["capacity"]),
        yes=bool(row["yes"]),
        signed=bool(row["signed"]),
        trust=ConsentTrust(row["trust"]),
        language=Language(row["language"]),
        scope=scope,
        until=date.fromisoformat(row["until"]),
        text_hash=row["text_hash"],
        answered_on=date.fromisoformat(row["answered_on"]),
        answered_at=moment(row["answered_at"]),
    )
