"""The audit: a chain of hashes over every change and every read of a case.

Here: appending and verifying. Not here: what is worth an entry; each service says so. Guarantees: an entry holds ids and codes, never
content; an entry changed, dropped, moved or inserted afterwards breaks the chain at that place.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.ids import CaseId, PersonId
from bot.store.database import Tx
from bot.store.times import moment, stamp

FIRST: Final = bytes(32)
# Made once: json.dumps makes an encoder of its own for every call that wants another form than the usual one.
_HASHED: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DETAIL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Who did what when. `actor` None: Samråd itself. `at` is UTC. `detail` holds ids and codes."""

    at: datetime
    actor: PersonId | None
    action: str
    detail: Mapping[str, Any]


def _hash(previous: bytes, entry: tuple[object, ...]) -> bytes:
    return hashlib.sha256(previous + _HASHED.encode(entry).encode()).digest()


def record(tx: Tx, action: str, *, actor: PersonId | None, case: CaseId | None = None, **detail: int | str | bool | None) -> None:
    """Append an entry. `detail` holds ids and codes only."""
    last = tx.one("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    number, previous = (1, FIRST) if last is None else (last["id"] + 1, last["hash"])
    at, words = stamp(tx.now), _DETAIL.encode(detail)
    tx.execute(
        "INSERT INTO audit (id, at, actor, action, case_id, detail, previous, hash)"
        " VALUES (:id, :at, :actor, :action, :case, :detail, :previous, :hash)",
        id=number,
        at=at,
        actor=actor,
        action=action,
        case=case,
        detail=words,
        previous=previous,
        hash=_hash(previous, (number, at, actor, action, case, words)),
    )


SAME_LOOK: Final = timedelta(minutes=5)
"""Looking again so soon is the same look: a conversation asks for the facts anew at every answer."""


def record_look(tx: Tx, action: str, *, actor: PersonId, case: CaseId, **detail: int | str | bool | None) -> None:
    """Append an entry about a look, unless the same person has just had the same look."""
    words = _DETAIL.encode(detail)
    sql = "SELECT 1 FROM audit WHERE case_id = :case AND actor = :actor AND action = :action AND detail = :detail AND at > :since LIMIT 1"
    since = stamp(tx.now - SAME_LOOK)
    if tx.one(sql, case=case, actor=actor, action=action, detail=words, since=since) is None:
        record(tx, action, actor=actor, case=case, **detail)


def last_done(tx: Tx, case: CaseId) -> datetime | None:
    """When somebody last did something in a case. Looking, printing and what Samråd itself did do not count."""
    row = tx.one(
        "SELECT at FROM audit WHERE case_id = :case AND actor > 0 AND action NOT LIKE '%read%' AND action NOT LIKE '%printed'"
        " AND action NOT LIKE '%export%' AND action NOT LIKE 'member.told' ORDER BY id DESC LIMIT 1",
        case=case,
    )
    return None if row is None else moment(row["at"])


def of_case(tx: Tx, case: CaseId, most: int) -> list[Entry]:
    """What was done to a case and who has read it, newest first."""
    rows = tx.all("SELECT at, actor, action, detail FROM audit WHERE case_id = :case ORDER BY id DESC LIMIT :most", case=case, most=most)
    return [
        Entry(
            at=moment(row["at"]),
            actor=None if row["actor"] is None else PersonId(row["actor"]),
            action=row["action"],
            detail=json.loads(row["detail"]),
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The newest entry's number and hash. Kept elsewhere, it shows that the end was cut off, or all of it written anew."""

    number: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.hash.hex()}"

    @classmethod
    def read(cls, noted: str) -> "Head":
        """A head as it was noted. Raises `ValueError`."""
        number, colon, code = noted.strip().partition(":")
        found = bytes.fromhex(code)
        if not colon or not number.isdecimal() or len(found) != len(FIRST):
            raise ValueError(f"no head of an audit: {noted}")
        return cls(number=int(number), hash=found)


def head(tx: Tx) -> Head:
    """The chain's head now."""
    last = tx.one("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    return Head(number=0, hash=FIRST) if last is None else Head(number=last["id"], hash=last["hash"])


def first_break(rows: Iterable[sqlite3.Row | Mapping[str, Any]], kept: Head | None = None) -> int | None:
    """The place (from 1) at which a chain no longer holds, or None where it holds from end to end. `kept`: a head it once had."""
    previous, place = FIRST, 0
    for place, row in enumerate(rows, start=1):
        entry = (row["id"], row["at"], row["actor"], row["action"], row["case_id"], row["detail"])
        if row["id"] != place or row["previous"] != previous or row["hash"] != _hash(previous, entry):
            return place
        previous = row["hash"]
        if kept is not None and place == kept.number and previous != kept.hash:
            return place
    return place + 1 if kept is not None and place < kept.number else None


def verify(tx: Tx, kept: Head | None = None) -> tuple[int, int | None]:
    """How many entries there are, and where the chain first breaks (None: nowhere), also against a head it once had."""
    rows = tx.all("SELECT * FROM audit ORDER BY id")
    return len(rows), first_break(rows, kept)
