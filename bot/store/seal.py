"""Sealing of sensitive fields: AES-256-GCM, one key for each case and each person.

Here: data keys, wrapped by a key and a half that both lie outside the database, and the sealing of single fields with them. Not here:
which fields are sensitive (each store module says so), the key file (`bot.keyfile`) and the file of halves (`bot.key_halves`). Guarantees:
a sealed field opens only in its own table, column, row and owner; destroying an owner's key makes all its fields unreadable, in old
backups too, since its half is erased outside the database.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

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


class KeyOwner(NamedTuple):
    """Whose key seals a field: the case it belongs to or, outside a case, the person."""

    kind: Literal["case", "person", "unit"]
    id: int


UNIT = KeyOwner("unit", 0)
"""The coordinating unit itself: what belongs to no case and no known person."""


class Field(NamedTuple):
    """The place of a sealed value. It is bound into the seal, so a value copied elsewhere does not open."""

    table: str
    column: str
    row: int | str

    def associated(self, owner: KeyOwner, version: int) -> bytes:
        return f"{self.table}|{self.column}|{self.row}|{owner.kind}:{owner.id}|{version}".encode()


class Halves(Protocol):
    """Where the other halves of the keys are, outside the database. Numbers begin at 1; None: erased for good."""

    def count(self) -> int: ...
    def half(self, number: int) -> bytes | None: ...
    def erased(self) -> frozenset[int]: ...
    def add(self) -> None: ...
    def erase(self, numbers: Iterable[int]) -> None: ...


class Keyring:
    """The wrapping keys by id, newest first, and the key for message authentication codes.

    `halves` None: keys are whole in the database, so a backup of it opens with the key file for ever. Only where nothing is kept.
    """

    def __init__(self, *, wrapping: Mapping[str, bytes], mac_key: bytes, halves: Halves | None = None) -> None:
        if not wrapping:
            raise ValueError("a keyring needs at least one wrapping key")
        self._wrapping = dict(wrapping)
        self._halves = halves
        self._destroyed = False
        self.newest = next(iter(wrapping))
        self._mac_key = mac_key
        # Bounded, so that memory does not grow with the number of cases.
        self._unwrapped: OrderedDict[tuple[KeyOwner, int], AESGCM] = OrderedDict()

    def mac(self, purpose: str, text: str) -> bytes:
        """A keyed code of a text, by which it can be found again without being stored. Different purposes never match."""
        return hmac.digest(self._mac_key, f"{purpose}\0{text}".encode(), hashlib.sha256)

    def _wrap_place(self, owner: KeyOwner, version: int) -> bytes:
        return f"data_keys|{owner.kind}:{owner.id}|{version}".encode()

    def _wrapper(self, key_id: str, half: bytes | None) -> AESGCM:
        secret = self._wrapping[key_id]
        return AESGCM(secret if half is None else hmac.digest(secret, b"half\0" + half, hashlib.sha256))

    def _wrap(self, owner: KeyOwner, version: int, secret: bytes, half: bytes | None) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._wrapper(self.newest, half).encrypt(nonce, secret, self._wrap_place(owner, version))

    def _free_half(self, connection: sqlite3.Connection) -> tuple[int, bytes] | tuple[None, None]:
        if self._halves is None:
            return None, None
        number = self._newest_half(connection, self._halves) + 1
        while True:
            if number > self._halves.count():
                self._halves.add()
            # One erased before its time: a backup of the database was put back, and the key is of a case that it does not know.
            if (half := self._halves.half(number)) is not None:
                return number, half
            number += 1

    def _newest_half(self, connection: sqlite3.Connection, halves: Halves) -> int:
        newest = int(connection.execute("SELECT coalesce(max(half), 0) FROM data_keys").fetchone()[0])
        if halves.count() < newest:
            raise SealBroken("the file of key halves is missing or older than the database: put its newest copy back, beside the key file")
        return newest

    def new_key(self, connection: sqlite3.Connection, owner: KeyOwner) -> tuple[int, AESGCM]:
        version, secret = 1, AESGCM.generate_key(256)
        number, half = self._free_half(connection)
        connection.execute(
            "INSERT INTO data_keys (owner_kind, owner, version, wrapped_by, wrapped, half) VALUES (?, ?, ?, ?, ?, ?)",
            (owner.kind, owner.id, version, self.newest, self._wrap(owner, version, secret, half), number),
        )
        return version, AESGCM(secret)

    def key(self, connection: sqlite3.Connection, owner: KeyOwner, version: int | None = None) -> tuple[int, AESGCM]:
        """The owner's data key: the newest, or the one a value was sealed with. Made at the first use."""
        wanted = 1 if version is None else version
        if kept := self._unwrapped.get((owner, wanted)):
            self._unwrapped.move_to_end((owner, wanted))
            return wanted, kept
        row = connection.execute(
            "SELECT wrapped_by, wrapped, half FROM data_keys WHERE owner_kind = ? AND owner = ? AND version = ?",
            (owner.kind, owner.id, wanted),
        ).fetchone()
        if row is None and version is None:
            return self.new_key(connection, owner)
        if row is None or row[1] is None:
            raise KeyDestroyed(f"the key of {owner.kind} {owner.id} has been destroyed")
        return wanted, self._keep(owner, wanted, AESGCM(self._unwrap(owner, wanted, row[0], row[1], row[2])))

    def _unwrap(self, owner: KeyOwner, version: int, key_id: str, wrapped: bytes, number: int | None) -> bytes:
        if key_id not in self._wrapping:
            raise SealBroken(
                f"the key file has no wrapping key {key_id}: put the key file that belongs to this database back (SAMRAD_KEY_FILE)"
            )
        half = None
        if number is not None:
            if self._halves is None:
                raise SealBroken("the keys of this database have another half: open it with the file of halves beside the key file")
            half = self._halves.half(number)
            if half is None:
                raise KeyDestroyed(f"the key of {owner.kind} {owner.id} has been destroyed, after this copy of the database was made")
        try:
            return self._wrapper(key_id, half).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], self._wrap_place(owner, version))
        except InvalidTag as error:
            raise SealBroken(f"the key of {owner.kind} {owner.id} does not open with the key file (SAMRAD_KEY_FILE)") from error

    @property
    def older(self) -> frozenset[str]:
        """The wrapping keys that only unwrap, by id."""
        return frozenset(self._wrapping) - {self.newest}

    def wrapped_anew(self, owner: KeyOwner, version: int, key_id: str, wrapped: bytes, number: int | None) -> bytes:
        """The same key, wrapped with the newest and its own half. Raises `SealBroken` or `KeyDestroyed`."""
        secret = self._unwrap(owner, version, key_id, wrapped, number)
        return self._wrap(owner, version, secret, None if number is None or self._halves is None else self._halves.half(number))

    def destroy(self, connection: sqlite3.Connection, owner: KeyOwner) -> None:
        """Let an owner's keys go. Their halves are erased after the commit, by `settle`."""
        connection.execute("UPDATE data_keys SET wrapped = NULL WHERE owner_kind = ? AND owner = ?", (owner.kind, owner.id))
        self._destroyed = True
        self.forget(owner)

    def after_commit(self, connection: sqlite3.Connection) -> None:
        """Erase the halves of the keys that this transaction has destroyed."""
        if self._destroyed:
            self.settle(connection)

    def settle(self, connection: sqlite3.Connection) -> None:
        """Let the database and the halves agree on what is destroyed, also after a crash between the two and after a backup was put back.

        Keys from before there were halves get one.
        """
        if self._halves is None:
            return
        self._newest_half(connection, self._halves)
        erased = self._halves.erased()
        rows = connection.execute("SELECT half FROM data_keys WHERE wrapped IS NULL AND half IS NOT NULL").fetchall()
        if to_erase := {row[0] for row in rows} - erased:
            self._halves.erase(sorted(to_erase))
        for number in erased:
            connection.execute("UPDATE data_keys SET wrapped = NULL WHERE half = ? AND wrapped IS NOT NULL", (number,))
        whole = "SELECT owner_kind, owner, version, wrapped_by, wrapped FROM data_keys WHERE half IS NULL AND wrapped IS NOT NULL"
        for kind, number, version, key_id, wrapped in connection.execute(whole).fetchall():
            owner = KeyOwner(kind, number)
            secret = self._unwrap(owner, version, key_id, wrapped, None)
            place, half = self._free_half(connection)
            connection.execute(
                "UPDATE data_keys SET wrapped_by = ?, wrapped = ?, half = ? WHERE owner_kind = ? AND owner = ? AND version = ?",
                (self.newest, self._wrap(owner, version, secret, half), place, kind, number, version),
            )
        self._destroyed = False

    def _keep(self, owner: KeyOwner, version: int, key: AESGCM) -> AESGCM:
        # Only keys read from a row are kept: one made in a transaction that is rolled back must not live on in memory.
        self._unwrapped[owner, version] = key
        if len(self._unwrapped) > UNWRAPPED_KEPT:
            self._unwrapped.popitem(last=False)
        return key

    def forget(self, owner: KeyOwner) -> None:
        """Drop an owner's keys from memory."""
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
