"""What Telegram signs when it opens our page inside the app: whether to believe it, once.

Here: both of Telegram's checks of `initData`, its age, and that it is used once. Not here: what it opens (`bot.web.mini_app`).
Source: core.telegram.org/bots/webapps, "Validating data received via the Mini App" (HMAC-SHA256 with the bot's token) and "Validating
data for Third-Party Use" (Ed25519 with Telegram's key). Guarantees: both must hold, for this bot; nothing older than five minutes is
believed; of what was used only a keyed code is kept, in the database, so that a restart forgets nothing; every failure is the same None.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.times import stamp

TELEGRAMS_KEY: Final = "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d"
"""Telegram's public key. It has another one for its test servers, whose accounts are nobody's here."""
OLDEST: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=30)
LONGEST: Final = 4096
MOST_FIELDS: Final = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Signers:
    """Whose signatures count: this bot's (`secret` is made of its token, and not shown when printed) and Telegram's."""

    bot_id: int
    secret: bytes = field(repr=False)
    public_key: bytes


def signers(token: str, public_key: str = TELEGRAMS_KEY) -> Signers:
    """The signers for a bot by its token."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return Signers(bot_id=int(token.partition(":")[0]), secret=secret, public_key=bytes.fromhex(public_key))


def believe(tx: Tx, init_data: str, wanted: Signers) -> AccountId | None:
    """Who opened the page inside Telegram; None for forged, too old, from the future, used before and unreadable alike."""
    fields = _fields(init_data)
    if fields is None or not _by_the_token(fields, wanted) or not _by_telegram(fields, wanted):
        return None
    made_at = _moment(fields.get("auth_date", ""))
    if made_at is None or made_at > tx.now + SKEW or tx.now - made_at > OLDEST:
        return None
    used = tx.execute(
        "INSERT INTO mini_app_used (mac, until) VALUES (:mac, :until) ON CONFLICT DO NOTHING",
        mac=tx.mac("mini-app", fields["hash"]),
        until=stamp(made_at + OLDEST),
    )
    return _account(fields.get("user", "")) if used else None


def purge(tx: Tx) -> int:
    """Forget what is too old to be believed in any case."""
    return tx.execute("DELETE FROM mini_app_used WHERE until < :now", now=stamp(tx.now))


def _fields(init_data: str) -> Mapping[str, str] | None:
    """Each field once."""
    if len(init_data) > LONGEST:
        return None
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return None
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) and {"hash", "signature"} <= fields.keys() else None


def _lines(fields: Mapping[str, str], *without: str) -> str:
    return "\n".join(f"{name}={fields[name]}" for name in sorted(fields) if name not in without)


def _by_the_token(fields: Mapping[str, str], wanted: Signers) -> bool:
    expected = hmac.new(wanted.secret, _lines(fields, "hash").encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), fields["hash"].encode())


def _by_telegram(fields: Mapping[str, str], wanted: Signers) -> bool:
    said = f"{wanted.bot_id}:WebAppData\n{_lines(fields, 'hash', 'signature')}"
    try:
        signature = base64.b64decode(fields["signature"] + "=" * (-len(fields["signature"]) % 4), altchars=b"-_", validate=True)
        Ed25519PublicKey.from_public_bytes(wanted.public_key).verify(signature, said.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _moment(said: str) -> datetime | None:
    return datetime.fromtimestamp(int(said), UTC) if said.isascii() and said.isdigit() and len(said) <= 11 else None


def _account(user: str) -> AccountId | None:
    try:
        said: object = json.loads(user)
    except ValueError:
        return None
    number = said.get("id") if isinstance(said, dict) else None
    return AccountId(number) if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**53 else None
