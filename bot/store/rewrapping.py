"""Wrapping the keys of cases and people anew with the newest wrapping key, after one has been added.

Here: which keys still wait for it, and a batch at a time. Not here: how a key is wrapped (`bot.store.seal`), nor adding one to the file
(`bot.keyfile`). Guarantees: each key opens before, during and after; a stop half way loses nothing, and the next start goes on; what is
destroyed stays destroyed, and a key that does not open is left as it is.

What was sealed is not touched: it is sealed with the key that is wrapped. So a wrapping key that somebody has seen opens no database of
today, only copies from before.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.store.database import Database, Tx
from bot.store.seal import KeyDestroyed, KeyOwner, Keyring, SealBroken

BATCH: Final = 500
"""So many keys in one transaction: some hundredths of a second."""
Which = tuple[KeyOwner, int]
"""Whose key, and its version."""


async def rewrap(database: Database, keyring: Keyring) -> int:
    """Wrap with the newest key whatever an older one of the file wraps; how many. Only where no other process works on the database."""
    if not keyring.older:
        return 0
    waiting, done = await database.transact(partial(_waiting, keyring)), 0
    for start in range(0, len(waiting), BATCH):
        done += await database.transact(partial(_wrap, keyring, waiting[start : start + BATCH]))
    return done


def _waiting(keyring: Keyring, tx: Tx) -> list[Which]:
    sql = "SELECT owner_kind, owner, version, wrapped_by FROM data_keys WHERE wrapped IS NOT NULL ORDER BY owner_kind, owner, version"
    return [(KeyOwner(row["owner_kind"], row["owner"]), row["version"]) for row in tx.all(sql) if row["wrapped_by"] in keyring.older]


def _wrap(keyring: Keyring, which: Sequence[Which], tx: Tx) -> int:
    done = 0
    for owner, version in which:
        place = {"kind": owner.kind, "owner": owner.id, "version": version}
        row = tx.one("SELECT * FROM data_keys WHERE owner_kind = :kind AND owner = :owner AND version = :version", **place)
        if row is None or row["wrapped"] is None or row["wrapped_by"] not in keyring.older:
            continue
        try:
            wrapped = keyring.wrapped_anew(owner, version, row["wrapped_by"], row["wrapped"], row["half"])
        except (KeyDestroyed, SealBroken):
            continue
        done += tx.execute(
            "UPDATE data_keys SET wrapped_by = :by, wrapped = :wrapped"
            " WHERE owner_kind = :kind AND owner = :owner AND version = :version AND wrapped IS NOT NULL",
            **place,
            by=keyring.newest,
            wrapped=wrapped,
        )
    return done
