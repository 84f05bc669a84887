"""Messages with a time or a place in them, below `full`: taken out of the chat again.

Here: which ones are due. Not here: the deletion itself (`bot.services.retention`). Guarantees: one that Telegram no longer lets a bot
delete is not tried; none is asked to be deleted twice.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.seal import KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Fleeting:
    """A message that is to be taken out of its chat. `owner` is whose key sealed it."""

    id: int
    account: AccountId | None
    chat: int
    owner: KeyOwner
    sent_at: datetime


def due(tx: Tx, *, sent_before: datetime, sent_after: datetime) -> list[Fleeting]:
    """Fleeting messages in a chat that are past their moment, or were sent before `sent_before`; none older than `sent_after`."""
    rows = tx.all(
        "SELECT * FROM outbox o WHERE fleeting = 1 AND state = 'sent' AND kind = 'send' AND message_id IS NOT NULL"
        " AND finished_at > :after AND (finished_at <= :before OR fleeting_until <= :now)"
        " AND NOT EXISTS (SELECT 1 FROM outbox d WHERE d.dedupe_key = 'fleeting/' || o.id) ORDER BY finished_at, id LIMIT 500",
        before=stamp(sent_before),
        after=stamp(sent_after),
        now=stamp(tx.now),
    )
    return [
        Fleeting(
            id=row["id"],
            account=None if row["account"] is None else AccountId(row["account"]),
            chat=row["chat"],
            owner=KeyOwner(row["owner_kind"], row["owner"]),
            sent_at=moment(row["finished_at"]),
        )
        for row in rows
    ]
