"""E-mails that came back after a mail server had taken them.

Here: the rows. Not here: reading what came back (`bot.mail.bounces`) and who is told (`bot.services.ladder`). Guarantees: one row a
message, however often it comes back; nothing of the other side's words is kept.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.ids import CaseId, PersonId
from bot.store.database import Tx
from bot.store.times import stamp

MAIL: Final = "mail"
PURPOSE: Final = "mail-return"
TAG_LENGTH: Final = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """An e-mail in the outbox: to whom, about which case, and the notice it was about (`key` is that notice's own)."""

    row: int
    person: PersonId
    case: CaseId | None
    key: str | None


def tag(tx: Tx, row: int) -> str:
    """A keyed code of an outbox row, so that nobody can make up an e-mail that came back."""
    return tx.mac(PURPOSE, str(row)).hex()[:TAG_LENGTH]


def note(tx: Tx, row: int, status: str | None) -> bool:
    """An e-mail came back; whether that is new, and there was such an e-mail."""
    if tx.one("SELECT 1 FROM outbox WHERE id = :id AND channel = :mail", id=row, mail=MAIL) is None:
        return False
    sql = "INSERT INTO mail_returned (outbox, status, at) VALUES (:row, :status, :now) ON CONFLICT DO NOTHING"
    return tx.execute(sql, row=row, status=status, now=stamp(tx.now)) == 1


def letter(tx: Tx, row: int) -> Letter | None:
    """What an outbox row of this channel was about."""
    found = tx.one("SELECT chat, case_id, dedupe_key FROM outbox WHERE id = :id AND channel = :mail", id=row, mail=MAIL)
    if found is None:
        return None
    return Letter(
        row=row,
        person=PersonId(found["chat"]),
        case=None if found["case_id"] is None else CaseId(found["case_id"]),
        key=None if found["dedupe_key"] is None else found["dedupe_key"].removesuffix(f"/{MAIL}"),
    )
