"""Link codes: how KE lets a chat speak for a person.

Here: issuing, using and revoking codes. Guarantees: only keyed codes are stored; a code works once, for 72 hours; unknown, used,
expired and revoked look the same; at most five wrong tries an hour for one account.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.times import stamp

LIFETIME: Final = timedelta(hours=72)
WRONG_TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(hours=1)
# Ten characters to read out: no letters that sound or look alike.
SPOKEN: Final = "ACDEFHJKLMNPRTUVWXY3479"
SPOKEN_LENGTH: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkCode:
    """A code just issued. It is shown now and never again."""

    code: str
    spoken: str
    expires_at: datetime


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "")


def issue(tx: Tx, person: PersonId) -> LinkCode:
    """A new code for one person: 128 random bits, and ten characters to read out. Codes given before stop working."""
    code = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
    spoken = "".join(secrets.choice(SPOKEN) for _ in range(SPOKEN_LENGTH))
    revoke(tx, person)
    tx.execute(
        "INSERT INTO link_codes (code_mac, spoken_mac, person, issued_at, expires_at) VALUES (:code, :spoken, :person, :now, :until)",
        code=tx.mac("link-code", code),
        spoken=tx.mac("link-code-spoken", spoken),
        person=person,
        now=stamp(tx.now),
        until=stamp(tx.now + LIFETIME),
    )
    return LinkCode(code=code, spoken=f"{spoken[:5]} {spoken[5:]}", expires_at=tx.now + LIFETIME)


def revoke(tx: Tx, person: PersonId) -> None:
    """Make every unused code of a person worthless."""
    tx.execute(
        "UPDATE link_codes SET revoked_at = :now WHERE person = :person AND used_at IS NULL AND revoked_at IS NULL",
        now=stamp(tx.now),
        person=person,
    )


def use(tx: Tx, account: AccountId, code: str) -> PersonId | None:
    """The person a code is for, once; None for anything else, and after too many wrong tries."""
    since = stamp(tx.now - TRIES_WITHIN)
    tries = tx.one("SELECT count(*) AS n FROM link_attempts WHERE account = :account AND at > :since", account=account, since=since)
    if tries is not None and tries["n"] >= WRONG_TRIES:
        return None
    row = tx.one(
        "UPDATE link_codes SET used_at = :now, used_by = :account WHERE (code_mac = :code OR spoken_mac = :spoken)"
        " AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now RETURNING person",
        now=stamp(tx.now),
        account=account,
        code=tx.mac("link-code", code.strip()),
        spoken=tx.mac("link-code-spoken", _plain(code).upper()),
    )
    if row is None:
        tx.execute("INSERT INTO link_attempts (account, at) VALUES (:account, :now)", account=account, now=stamp(tx.now))
        return None
    return PersonId(row["person"])


def use_on_page(tx: Tx, person: PersonId, code: str) -> PersonId | None:
    """The same for somebody who has logged in on the secure page; their tries are counted apart from every chat's."""
    return use(tx, AccountId(-person), code)


def purge(tx: Tx) -> int:
    """Forget codes and tries that can no longer matter."""
    tx.execute("DELETE FROM link_attempts WHERE at <= :before", before=stamp(tx.now - TRIES_WITHIN))
    return tx.execute("DELETE FROM link_codes WHERE expires_at <= :now", now=stamp(tx.now))
