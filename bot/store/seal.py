"""Sealing of sensitive fields: AES-256-GCM, one key for each case and each person.

Here: data keys, wrapped by a key that lies outside the database, and the sealing of single fields with them. Not here: which fields
are sensitive (each store module says so) and the key file itself (`bot.keyfile`). Guarantees: a sealed field opens only in its own
table, column, row and owner; destroying an owner's key makes all its fields unreadable, in old backups too.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
NONCE_BYTES = 12
VERSION_BYTES = 2
UNWRAPPED_KEPT = 1024


class SealBroken(Exception):
    """A sealed field does not open: it was moved, changed, or sealed with a key that is not in the key file."""


class KeyDestroyed(Exception):
    """The owner's key has been destroyed on purpose, so the content is gone."""


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """Whose key seals a field: the case it belongs to or, outside a case, the person."""

    kind: Literal["case", "person", "unit"]
    id: int


UNIT = KeyOwner("unit", 0)
"""The coordinating unit itself: what belongs to no case and no known person."""


@dataclass(frozen=True, slots=True)
class Field:
    """The place of a sealed value. It is bound into the seal, so a value copied elsewhere does not open."""

    table: str
    column: str
    row: int | str

    def associated(self, owner: KeyOwner, version: int) -> bytes:
        return f"{self.table}|{self.column}|{self.row}|{owner.kind}:{owner.id}|{version}".encode()


class Keyring:
    """The wrapping keys by id, newest first, and the key for message authentication codes."""

    def __init__(self, *, wrapping: Mapping[str, bytes], mac_key: bytes) -> None:
        if not wrapping:
            raise ValueError("a keyring needs at least one wrapping key")
        self._wrapping = {key_id: AESGCM(secret) for key_id, secret in wrapping.items()}
        self.newest = next(iter(wrapping))
        self._mac_key = mac_key
        # Bounded, so that memory does not grow with the number of cases.
        self._unwrapped: OrderedDict[tuple[KeyOwner, int], AESGCM] = OrderedDict()

    def mac(self, purpose: str, text: str) -> bytes:
        """A keyed code of a text, by which it can be found again without being stored. Different purposes never match."""
        return hmac.digest(self._mac_key, f"{purpose}\0{text}".encode(), hashlib.sha256)

    def _wrap_place(self, owner: KeyOwner, version: int) -> bytes:
        return f"data_keys|{owner.kind}:{owner.id}|{version}".encode()

    def new_key(self, connection: sqlite3.Connection, owner: KeyOwner) -> tuple[int, AESGCM]:
        version, secret, nonce = 1, AESGCM.generate_key(256), secrets.token_bytes(NONCE_BYTES)
        wrapped = nonce + self._wrapping[self.newest].encrypt(nonce, secret, self._wrap_place(owner, version))
        connection.execute(
            "INSERT INTO data_keys (owner_kind, owner, version, wrapped_by, wrapped) VALUES (?, ?, ?, ?, ?)",
            (owner.kind, owner.id, version, self.newest, wrapped),
        )
        return version, AESGCM(secret)

    def key(self, connection: sqlite3.Connection, owner: KeyOwner, version: int | None = None) -> tuple[int, AESGCM]:
        """The owner's data key: the newest, or the one a value was sealed with. Made at the first use."""
        wanted = 1 if version is None else version
        if kept := self._unwrapped.get((owner, wanted)):
            self._unwrapped.move_to_end((owner, wanted))
            return wanted, kept
        row = connection.execute(
            "SELECT wrapped_by, wrapped FROM data_keys WHERE owner_kind = ? AND owner = ? AND version = ?", (owner.kind, owner.id, wanted)
        ).fetchone()
        if row is None and version is None:
            return self.new_key(connection, owner)
        if row is None or row[1] is None:
            raise KeyDestroyed(f"the key of {owner.kind} {owner.id} has been destroyed")
        wrapping = self._wrapping.get(row[0])
        if wrapping is None:
            raise SealBroken(
                f"the key file has no wrapping key {row[0]}: put the key file that belongs to this database back (SAMRAD_KEY_FILE)"
            )
        try:
            secret = wrapping.decrypt(row[1][:NONCE_BYTES], row[1][NONCE_BYTES:], self._wrap_place(owner, wanted))
        except InvalidTag as error:
            raise SealBroken(f"the key of {owner.kind} {owner.id} does not open with the key file (SAMRAD_KEY_FILE)") from error
        return wanted, self._keep(owner, wanted, AESGCM(secret))

    def _keep(self, owner: KeyOwner, version: int, key: AESGCM) -> AESGCM:
        # Only keys read from a row are kept: one made in a transaction that is rolled back must not live on in memory.
        self._unwrapped[owner, version] = key
        if len(self._unwrapped) > UNWRAPPED_KEPT:
            self._unwrapped.popitem(last=False)
        return key

    def forget(self, owner: KeyOwner) -> None:
        """Drop an owner's keys from memory, after they have been destroyed in the database."""
        for kept in [kept for kept in self._unwrapped if kept[0] == owner]:
            del self._unwrapped[kept]

    def forget_all(self) -> None:
        """Drop every key from memory: after a rollback the database decides again which keys there are."""
        self._unwrapped.clear()

    def seal(self, connection: sqlite3.Connection, field: Field, owner: KeyOwner, plain: str) -> bytes:
        version, key = self.key(connection, owner)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FORMAT + version.to_bytes(VERSION_BYTES) + nonce + key.encrypt(nonce, plain.encode(), field.associated(owner, version))

    def open(self, connection: sqlite3.Connection, field: Field, owner: KeyOwner, sealed: bytes) -> str:
        """The plain text again. Raises `SealBroken` or `KeyDestroyed`."""
        head = len(FORMAT) + VERSION_BYTES
        if sealed[: len(FORMAT)] != FORMAT:
            raise SealBroken(f"{field.table}.{field.column} of row {field.row} is not in a known sealed form")
        version, key = self.key(connection, owner, int.from_bytes(sealed[len(FORMAT) : head]))
        nonce, content = sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES :]
        try:
            return key.decrypt(nonce, content, field.associated(owner, version)).decode()
        except InvalidTag as error:
            raise SealBroken(f"{field.table}.{field.column} of row {field.row} was moved or changed") from error
