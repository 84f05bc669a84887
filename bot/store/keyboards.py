"""What every button means.

Here: one row for the buttons under one message. A button carries a random token and its place; its meaning is here. Guarantees: a
button works for the account it was made for, until it expires; a meaning holds ids and codes, nothing a person wrote.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import SessionId
from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.times import stamp

TOKEN_BYTES = 12
_WRITTEN: Final = json.JSONEncoder(separators=(",", ":"))
Meaning = Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A pressed button, understood. `outbox` is the message it stands under."""

    token: str
    meaning: Meaning
    session: SessionId | None
    key: str | None
    outbox: int | None
    used: bool


def _json(meanings: Sequence[Meaning]) -> str:
    return _WRITTEN.encode([dict(meaning) for meaning in meanings])


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def data(token: str, place: int) -> str:
    """What the button carries: at most 64 bytes, and nothing to be read from it."""
    return f"{token}.{place}"


def store(
    tx: Tx,
    token: str,
    meanings: Sequence[Meaning],
    *,
    account: AccountId,
    session: SessionId | None,
    key: str | None,
    expires_at: datetime,
    outbox: int | None = None,
) -> None:
    """Keep what the buttons of one message mean; `outbox` is the message they stand under."""
    tx.execute(
        "INSERT INTO keyboards (token, account, session, key, meanings, outbox, created_at, expires_at)"
        " VALUES (:token, :account, :session, :key, :meanings, :outbox, :now, :until)",
        token=token,
        account=account,
        session=session,
        key=key,
        meanings=_json(meanings),
        outbox=outbox,
        now=stamp(tx.now),
        until=stamp(expires_at),
    )


def press(tx: Tx, account: AccountId, pressed: str) -> Press | None:
    """What a press means; None for someone else's, an expired or an unknown button."""
    token, _, place = pressed.rpartition(".")
    row = tx.one(
        "SELECT * FROM keyboards WHERE token = :token AND account = :account AND expires_at > :now",
        token=token,
        account=account,
        now=stamp(tx.now),
    )
    if row is None or not place.isascii() or not place.isdigit() or len(place) > 3:
        return None
    meanings = json.loads(row["meanings"])
    if int(place) >= len(meanings):
        return None
    return Press(
        token=token,
        meaning=meanings[int(place)],
        session=None if row["session"] is None else SessionId(row["session"]),
        key=row["key"],
        outbox=row["outbox"],
        used=row["used_at"] is not None,
    )


def replace(tx: Tx, token: str, meanings: Sequence[Meaning]) -> None:
    """The buttons of a message have changed with its ticks."""
    tx.execute("UPDATE keyboards SET meanings = :meanings WHERE token = :token", meanings=_json(meanings), token=token)


def use(tx: Tx, token: str) -> bool:
    """Use the buttons of a message up; False where they were used before."""
    return tx.execute("UPDATE keyboards SET used_at = :now WHERE token = :token AND used_at IS NULL", now=stamp(tx.now), token=token) == 1


def purge(tx: Tx) -> int:
    """Forget buttons that no longer work."""
    return tx.execute("DELETE FROM keyboards WHERE expires_at <= :now", now=stamp(tx.now))
