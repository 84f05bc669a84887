"""Documents of a case, to read and keep.

Here: the rows. Not here: what stands in a document and who may have it. Guarantee: a document is sealed with the case's key, so it is gone
when that is destroyed.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.ids import CaseId, ConsentId, DocumentId
from bot.engine.texts import Language
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredDocument:
    """A document without its content. `made_at` is UTC."""

    id: DocumentId
    case: CaseId
    consent: ConsentId | None
    language: Language
    made_at: datetime


def _body(document: int) -> Field:
    return Field("documents", "body", document)


def add(tx: Tx, case: CaseId, content: bytes, *, language: Language, consent: ConsentId) -> DocumentId:
    """Keep the form of a consent."""
    document = DocumentId(tx.next_id("documents"))
    tx.execute(
        "INSERT INTO documents (id, case_id, kind, consent, language, body, made_at)"
        " VALUES (:id, :case, 'consent', :consent, :language, :body, :now)",
        id=document,
        case=case,
        consent=consent,
        language=language,
        body=tx.seal(_body(document), KeyOwner("case", case), b64encode(content).decode()),
        now=stamp(tx.now),
    )
    return document


def find(tx: Tx, document: DocumentId) -> StoredDocument | None:
    """A document by its id."""
    row = tx.one("SELECT * FROM documents WHERE id = :id", id=document)
    return None if row is None else _document(row)


def of_case(tx: Tx, case: CaseId) -> tuple[StoredDocument, ...]:
    """Every document of a case, oldest first."""
    return tuple(_document(row) for row in tx.all("SELECT * FROM documents WHERE case_id = :case ORDER BY id", case=case))


def content(tx: Tx, document: StoredDocument) -> bytes:
    """The file. Raises `KeyDestroyed` after the case has been deleted."""
    row = tx.one("SELECT body FROM documents WHERE id = :id", id=document.id)
    assert row is not None
    return b64decode(tx.open(_body(document.id), KeyOwner("case", document.case), row["body"]))


def _document(row: Row) -> StoredDocument:
    return StoredDocument(
        id=DocumentId(row["id"]),
        case=CaseId(row["case_id"]),
        consent=None if row["consent"] is None else ConsentId(row["consent"]),
        language=Language(row["language"]),
        made_at=moment(row["made_at"]),
    )
