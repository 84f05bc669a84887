"""Links from the chat to the secure page.

Here: issuing and using them. Guarantees: a link holds a random code and nothing else; only its keyed code is stored; it works once, for
five minutes; a newer one for the same chat makes the older ones worthless; unknown, used and expired look the same.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.ids import PersonId, SessionId
from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.times import stamp

LIFETIME: Final = timedelta(minutes=5)
CODE_BYTES: Final = 24
PURPOSE: Final = "hand-over"
PATH: Final = "/h/"
"""Where links lead to on the page: this and the code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOver:
    """Who comes from the chat, and in the middle of what (None: nothing in particular)."""

    person: PersonId
    account: AccountId
    session: SessionId | None


def issue(tx: Tx, person: PersonId, *, account: AccountId, session: SessionId | None) -> str:
    """A new code. It is put in a link now and never shown again."""
    code = secrets.token_urlsafe(CODE_BYTES)
    tx.execute("UPDATE hand_overs SET used_at = :now WHERE account = :account AND used_at IS NULL", now=stamp(tx.now), account=account)
    tx.execute(
        "INSERT INTO hand_overs (mac, person, account, session, issued_at, expires_at)"
        " VALUES (:mac, :person, :account, :session, :now, :until)",
        mac=tx.mac(PURPOSE, code),
        person=person,
        account=account,
        session=session,
        now=stamp(tx.now),
        until=stamp(tx.now + LIFETIME),
    )
    return code


def use(tx: Tx, code: str) -> HandOver | None:
    """Who a code is for, once; None for anything else. The chat must still speak for the same person."""
    row = tx.one(
        "UPDATE hand_overs SET used_at = :now WHERE mac = :mac AND used_at IS NULL AND expires_at > :now"
        " AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = hand_overs.account AND accounts.person = hand_overs.person)"
        " RETURNING person, account, session",
        now=stamp(tx.now),
        mac=tx.mac(PURPOSE, code),
    )
    if row is None:
        return None
    return HandOver(
        person=PersonId(row["person"]),
        account=AccountId(row["account"]),
        session=None if row["session"] is None else SessionId(row["session"]),
    )


def purge(tx: Tx) -> int:
    """Forget links that no longer work."""
    return tx.execute("DELETE FROM hand_overs WHERE expires_at <= :now", now=stamp(tx.now))
