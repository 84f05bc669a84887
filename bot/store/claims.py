"""What may leave the outbox now.

Here: which rows are claimed, in which order, and what a claimed edit becomes. Not here: what becomes of a row afterwards
(`bot.store.outbox`), nor the limits of the other side (`bot.telegram.pacer`). Guarantees: a claimed row is `sending`, so that the attempt
is on disk before anybody calls; within one chat and lane the order is kept; an edit waits for the message it edits; an answer to a press
waits for nothing.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.incoming import AccountId
from bot.domain.outgoing import DeleteMessage, EditMessage, Lane, MessageClass, Outgoing, SendMessage, from_json, kind_of
from bot.store.database import Tx
from bot.store.outbox import TELEGRAM, Dropped, body_of, dead, message_of, sent
from bot.store.seal import KeyDestroyed, KeyOwner, SealBroken
from bot.store.times import moment_or_none, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A row that is to be sent now. `attempt` counts from 1; in `outgoing` an edited message bears Telegram's id."""

    id: int
    account: AccountId | None
    chat: int
    lane: Lane
    message_class: MessageClass
    outgoing: Outgoing
    attempt: int
    case: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What one claim gave: what is to be sent now, and what turned out to be hopeless."""

    claimed: tuple[Claimed, ...]
    dropped: tuple[Dropped, ...]


ANSWERS = """
SELECT * FROM outbox WHERE channel = :channel AND lane = :lane AND state IN ('ready', 'retry') AND due_at <= :now AND kind = 'answer'
ORDER BY id LIMIT :limit"""

# The first of its chat in this lane; earlier rows do not count while they wait for their time or for the message they edit.
FIRST_IN_CHAT = """
SELECT o.* FROM outbox o
WHERE o.channel = :channel AND o.lane = :lane AND o.state IN ('ready', 'retry') AND o.due_at <= :now AND o.kind <> 'answer'
AND o.chat NOT IN (SELECT value FROM json_each(:busy))
AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.chat = o.chat AND e.lane = o.lane AND e.id < o.id AND e.state IN ('ready', 'retry', 'sending')
    AND e.channel = o.channel AND e.kind <> 'answer' AND (e.state <> 'ready' OR e.due_at <= :now)
    AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.id = e.refers_to AND m.state IN ('ready', 'retry', 'sending')))
AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.id = o.refers_to AND m.state IN ('ready', 'retry', 'sending'))
AND NOT EXISTS (SELECT 1 FROM outbox s WHERE s.refers_to = o.refers_to AND s.id < o.id AND s.state IN ('ready', 'retry', 'sending'))
ORDER BY o.id LIMIT :limit"""


def claim(tx: Tx, *, limit: int, busy: Collection[int] = (), channel: str = TELEGRAM) -> Batch:
    """Take up to `limit` rows that may leave now and mark them `sending`; commit before calling.

    Answers to presses first, then lane by lane; one row a chat, none for the chats in `busy` (answers excepted). Rows past their
    `useful_until` and rows that no longer open are finished here, and told.
    """
    dropped = _too_late(tx, channel)
    claimed: list[Claimed] = []
    taken = set(busy)
    for lane, sql in ((Lane.PRESS, ANSWERS), *((lane, FIRST_IN_CHAT) for lane in Lane)):
        room = limit - len(claimed)
        if room <= 0:
            break
        named = {"channel": channel, "lane": lane.value, "now": stamp(tx.now), "limit": room}
        for row in tx.all(sql, **named, **({"busy": json.dumps(sorted(taken))} if sql is FIRST_IN_CHAT else {})):
            if sql is FIRST_IN_CHAT:
                taken.add(row["chat"])
            outcome = _take(tx, row)
            if isinstance(outcome, Claimed):
                claimed.append(outcome)
            elif outcome is not None:
                dropped.append(outcome)
    return Batch(claimed=tuple(claimed), dropped=tuple(dropped))


def _too_late(tx: Tx, channel: str) -> list[Dropped]:
    sql = "SELECT * FROM outbox WHERE useful_until <= :now AND channel = :channel AND state IN ('ready', 'retry')"
    late = tx.all(sql, now=stamp(tx.now), channel=channel)
    return [_drop(tx, row, "too late to be useful") for row in late]


def _drop(tx: Tx, row: Row, reason: str) -> Dropped:
    dead(tx, row["id"], reason)
    return Dropped(id=row["id"], account=row["account"], message_class=MessageClass(row["class"]), case=row["case_id"], reason=reason)


def _take(tx: Tx, row: Row) -> Claimed | Dropped | None:
    try:
        outgoing = from_json(tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"]))
    except KeyDestroyed:
        return _drop(tx, row, "its content was destroyed with its owner's key")
    except SealBroken:
        return _drop(tx, row, "its seal is broken: check SAMRAD_KEY_FILE")
    resolved = _resolved(tx, outgoing)
    kind = "send" if resolved is None else kind_of(resolved)
    tx.execute("UPDATE outbox SET state = 'sending', attempt = attempt + 1, kind = :kind WHERE id = :id", id=row["id"], kind=kind)
    if resolved is None:
        sent(tx, row["id"], None)
        return None
    return Claimed(
        id=row["id"],
        account=None if row["account"] is None else AccountId(row["account"]),
        chat=row["chat"],
        lane=Lane(row["lane"]),
        message_class=MessageClass(row["class"]),
        outgoing=resolved,
        attempt=row["attempt"] + 1,
        case=row["case_id"],
    )


def _resolved(tx: Tx, outgoing: Outgoing) -> Outgoing | None:
    """With Telegram's id for the edited message. Where that message never arrived, its new text is sent; else there is nothing to do."""
    match outgoing:
        case EditMessage(of=int(of), text=None, rows=rows):
            message_id = message_of(tx, of)
            return None if message_id is None else EditMessage(message_id=message_id, text=None, rows=rows)
        case EditMessage(of=int(of), text=str(text), rows=rows):
            message_id = message_of(tx, of)
            return SendMessage(text=text, rows=rows) if message_id is None else EditMessage(message_id=message_id, text=text, rows=rows)
        case DeleteMessage(of=int(of)):
            message_id = message_of(tx, of)
            return None if message_id is None else DeleteMessage(message_id=message_id)
    return outgoing


def next_due(tx: Tx, channel: str = TELEGRAM) -> datetime | None:
    """When the next row that must wait for its time falls due."""
    sql = "SELECT min(due_at) AS due FROM outbox WHERE channel = :channel AND state IN ('ready', 'retry') AND due_at > :now"
    row = tx.one(sql, channel=channel, now=stamp(tx.now))
    return None if row is None else moment_or_none(row["due"])
