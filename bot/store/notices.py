"""Notices as they wait on the secure page.

Here: the rows. Not here: who is told what (`bot.services.notices`). Guarantees: the words are sealed with the key of the case, or of the
person where there is no case; a notice with a key that was ever there is not stored again; reading one twice keeps the first time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Final, Literal

from bot.domain.ids import CaseId, NoticeId, PersonId
from bot.domain.outgoing import MessageClass
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False)
Told = Literal["chat", "hint", "page", "phone"]
"""All of it in the chat; that there is something; nothing but this row; or KE phones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeAction:
    """Something that can be done about a notice: its words, and its meaning as a button's (`begin` or `act`)."""

    label: str
    meaning: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One notice, in the language the person had then. `words` is empty when they are no longer kept. Times are UTC."""

    id: NoticeId
    person: PersonId
    case: CaseId | None
    message_class: MessageClass
    told: Told
    words: str
    actions: tuple[NoticeAction, ...]
    created_at: datetime
    read_at: datetime | None


def add(
    tx: Tx,
    person: PersonId,
    words: str,
    *,
    owner: KeyOwner,
    message_class: MessageClass,
    told: Told,
    case: CaseId | None = None,
    actions: Sequence[NoticeAction] = (),
    dedupe_key: str | None = None,
) -> NoticeId | None:
    """Store a notice; its id, or None when one with this key was ever there."""
    if dedupe_key is not None and tx.one("SELECT 1 FROM notices WHERE dedupe_key = :key", key=dedupe_key):
        return None
    notice = NoticeId(tx.next_id("notices"))
    tx.execute(
        "INSERT INTO notices (id, person, case_id, owner_kind, owner, class, told, words, actions, dedupe_key, created_at)"
        " VALUES (:id, :person, :case, :owner_kind, :owner, :class, :told, :words, :actions, :key, :now)",
        **{"id": notice, "person": person, "case": case, "owner_kind": owner.kind, "owner": owner.id, "class": message_class.value},
        **{"told": told, "words": tx.seal(Field("notices", "words", notice), owner, words)},
        **{"actions": _sealed_actions(tx, notice, owner, actions), "key": dedupe_key, "now": stamp(tx.now)},
    )
    return notice


def _sealed_actions(tx: Tx, notice: NoticeId, owner: KeyOwner, actions: Sequence[NoticeAction]) -> bytes:
    doable = _WRITTEN.encode([{"label": each.label, "meaning": dict(each.meaning)} for each in actions])
    return tx.seal(Field("notices", "actions", notice), owner, doable)


def _notice(tx: Tx, row: Row) -> Notice:
    owner = KeyOwner(row["owner_kind"], row["owner"])
    words = "" if row["words"] is None else tx.open(Field("notices", "words", row["id"]), owner, row["words"])
    doable = [] if row["actions"] is None else json.loads(tx.open(Field("notices", "actions", row["id"]), owner, row["actions"]))
    return Notice(
        id=NoticeId(row["id"]),
        person=PersonId(row["person"]),
        case=None if row["case_id"] is None else CaseId(row["case_id"]),
        message_class=MessageClass(row["class"]),
        told=row["told"],
        words=words,
        actions=tuple(NoticeAction(label=each["label"], meaning=each["meaning"]) for each in doable),
        created_at=moment(row["created_at"]),
        read_at=moment_or_none(row["read_at"]),
    )


def find(tx: Tx, notice: NoticeId) -> Notice | None:
    """A notice by its id, with its words; whoever shows it asks first whose it is."""
    row = tx.one("SELECT * FROM notices WHERE id = :id", id=notice)
    return None if row is None else _notice(tx, row)


def by_key(tx: Tx, key: str) -> Notice | None:
    """The notice that was told under this key."""
    row = tx.one("SELECT * FROM notices WHERE dedupe_key = :key", key=key)
    return None if row is None else _notice(tx, row)


def of(tx: Tx, person: PersonId, limit: int = 100) -> list[Notice]:
    """A person's notices, newest first."""
    rows = tx.all("SELECT * FROM notices WHERE person = :person ORDER BY id DESC LIMIT :limit", person=person, limit=limit)
    return [_notice(tx, row) for row in rows]


def of_case(tx: Tx, case: CaseId) -> list[Notice]:
    """Every notice about a case, oldest first."""
    return [_notice(tx, row) for row in tx.all("SELECT * FROM notices WHERE case_id = :case ORDER BY id", case=case)]


def unread(tx: Tx, person: PersonId) -> int:
    """How many a person has not read; what was told in the chat in full counts as read."""
    row = tx.one("SELECT count(*) AS n FROM notices WHERE person = :person AND read_at IS NULL AND told <> 'chat'", person=person)
    return 0 if row is None else int(row["n"])


def mark_read(tx: Tx, person: PersonId, notice: NoticeId) -> bool:
    """The person has read it; whether that is new. Somebody else's is never marked."""
    sql = "UPDATE notices SET read_at = :now WHERE id = :id AND person = :person AND read_at IS NULL"
    return tx.execute(sql, now=stamp(tx.now), id=notice, person=person) == 1


def take_actions(tx: Tx, keys: Sequence[str]) -> None:
    """What was told under a key that begins like one of these offers nothing to do any more; its words stay."""
    for key in keys:
        sql = "UPDATE notices SET actions = NULL WHERE dedupe_key >= :from AND dedupe_key < :to"
        tx.execute(sql, **{"from": key, "to": f"{key[:-1]}{chr(ord(key[-1]) + 1)}"})


def take_acts(tx: Tx, key: str, act: str) -> None:
    """What was told under a key that begins like this no longer offers this command; what else it offers stays."""
    sql = "SELECT * FROM notices WHERE dedupe_key >= :from AND dedupe_key < :to AND actions IS NOT NULL"
    for row in tx.all(sql, **{"from": key, "to": f"{key[:-1]}{chr(ord(key[-1]) + 1)}"}):
        found = _notice(tx, row)
        left = [each for each in found.actions if each.meaning.get("act") != act]
        if len(left) < len(found.actions):
            sealed = _sealed_actions(tx, found.id, KeyOwner(row["owner_kind"], row["owner"]), left)
            tx.execute("UPDATE notices SET actions = :actions WHERE id = :id", actions=sealed, id=found.id)


def key_of(tx: Tx, notice: NoticeId) -> str | None:
    """The key it was told under."""
    row = tx.one("SELECT dedupe_key FROM notices WHERE id = :id", id=notice)
    return None if row is None else row["dedupe_key"]


def all_told(tx: Tx, notice: NoticeId) -> None:
    """All of it has been told in the chat, with a digest."""
    tx.execute("UPDATE notices SET told = 'chat' WHERE id = :id AND told = 'hint'", id=notice)


def to_phone(tx: Tx, notice: NoticeId) -> None:
    """KE has been asked to phone about it."""
    tx.execute("UPDATE notices SET told = 'phone' WHERE id = :id", id=notice)


def purge(tx: Tx, before: datetime) -> int:
    """Forget the words of notices read before this moment. The row stays, so that its key is never told again."""
    sql = "UPDATE notices SET words = NULL, actions = NULL WHERE words IS NOT NULL AND read_at < :before"
    return tx.execute(sql, before=stamp(before))
