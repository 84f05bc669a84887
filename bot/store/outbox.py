"""The outbox: everything that leaves, and what has become of it.

Here: the rows and the moves between their states (`ready`, `sending`, `retry`, `sent`, `unknown`, `dead`). Not here: which row leaves
next (`bot.store.claims`), the calls themselves (`bot.telegram.sender`), nor what a person is told. Guarantees: a row with a key that was
ever there is not put in again; what is finished never leaves again (a trigger as well); what is unknown is decided by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row

from bot.domain.incoming import AccountId
from bot.domain.outgoing import AnswerPress, Lane, MessageClass, Outgoing, kind_of, to_json
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

TELEGRAM = "telegram"
STATES = ("ready", "sending", "retry", "sent", "unknown", "dead")
UNSURE_REPEATS = 7
"""An edit or a deletion may be repeated safely; after so many repeats without a clear answer it is given up, for it holds up its chat."""


class Fate(StrEnum):
    """What was decided about a call of which nobody knows whether it arrived."""

    AGAIN = "again"
    GIVEN_UP = "given up"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dropped:
    """A row that will not be sent, and why."""

    id: int
    account: AccountId | None
    message_class: MessageClass
    case: int | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row without its content, as operators and the demo see it. Times are UTC."""

    id: int
    channel: str
    account: AccountId | None
    chat: int
    lane: Lane
    message_class: MessageClass
    kind: str
    state: str
    attempt: int
    repeats: int
    created_at: datetime
    due_at: datetime
    finished_at: datetime | None
    last_error: str | None


def body_of(row: int) -> Field:
    """The place of a row's content, into which its seal is bound."""
    return Field("outbox", "body", row)


def enqueue(
    tx: Tx,
    outgoing: Outgoing,
    *,
    account: AccountId | None,
    lane: Lane,
    message_class: MessageClass,
    owner: KeyOwner,
    chat: int | None = None,
    case: int | None = None,
    number: int | None = None,
    dedupe_key: str | None = None,
    due_at: datetime | None = None,
    useful_until: datetime | None = None,
    channel: str = TELEGRAM,
    fleeting: bool = False,
    fleeting_until: datetime | None = None,
) -> int | None:
    """Put something in the outbox; its row, or None when a row with this `dedupe_key` was ever there.

    `chat` is the private chat with `account` where it is not given; `owner` is whose key seals it; `due_at` is at once where it is not
    given. An answer to a press always travels in the lane of presses. A `fleeting` message is taken out of the chat again when
    `fleeting_until` is past, and before Telegram no longer lets us. Raises `ValueError` without account and chat.
    """
    chat = account if chat is None else chat
    if chat is None:
        raise ValueError("an outbox row needs an account or a chat")
    if dedupe_key is not None and tx.one("SELECT 1 FROM outbox WHERE dedupe_key = :key", key=dedupe_key):
        return None
    row = tx.next_id("outbox")
    tx.insert(
        "INSERT INTO outbox (id, channel, account, chat, lane, class, kind, dedupe_key, case_id, number, refers_to, owner_kind, owner,"
        " body, state, created_at, due_at, useful_until, fleeting, fleeting_until) VALUES"
        " (:id, :channel, :account, :chat, :lane, :class, :kind, :dedupe_key, :case_id,"
        " :number, :refers_to, :owner_kind, :owner, :body, 'ready', :now, :due_at, :useful_until, :fleeting, :fleeting_until)",
        **{"id": row, "channel": channel, "account": account, "chat": chat, "class": message_class.value, "kind": kind_of(outgoing)},
        **{"lane": (Lane.PRESS if isinstance(outgoing, AnswerPress) else lane).value, "dedupe_key": dedupe_key, "case_id": case},
        **{"number": number, "refers_to": getattr(outgoing, "of", None), "owner_kind": owner.kind, "owner": owner.id},
        **{"body": tx.seal(body_of(row), owner, to_json(outgoing)), "now": stamp(tx.now)},
        **{"due_at": stamp(due_at or tx.now), "useful_until": None if useful_until is None else stamp(useful_until)},
        **{"fleeting": int(fleeting), "fleeting_until": None if fleeting_until is None else stamp(fleeting_until)},
    )
    return row


def sent(tx: Tx, row: int, message_id: int | None) -> None:
    """The other side has accepted it; `message_id` is what it calls the message. Raises `ValueError` unless it was `sending`."""
    sql = "UPDATE outbox SET state = 'sent', finished_at = :at, message_id = :value, last_error = NULL WHERE id = :id AND state = 'sending'"
    _move(tx, row, sql, message_id)


def dead(tx: Tx, row: int, reason: str) -> None:
    """It will never be sent. `reason` holds nothing of the content. Raises `ValueError` for a finished row."""
    sql = "UPDATE outbox SET state = 'dead', finished_at = :at, last_error = :value WHERE id = :id AND finished_at IS NULL"
    _move(tx, row, sql, reason)


def retry(tx: Tx, row: int, at: datetime, error: str) -> None:
    """It surely was not sent: try again at `at`. Raises `ValueError` unless it was `sending`."""
    sql = "UPDATE outbox SET state = 'retry', due_at = :at, last_error = :value WHERE id = :id AND state = 'sending'"
    _move(tx, row, sql, error, at)


def retry_as(tx: Tx, row: int, outgoing: Outgoing, at: datetime, error: str) -> None:
    """It was not sent and cannot be: send this in its place, at `at`. Raises `ValueError` unless it was `sending`."""
    owner = tx.one("SELECT owner_kind, owner FROM outbox WHERE id = :id", id=row)
    if owner is None:
        raise ValueError(f"there is no outbox row {row}")
    retry(tx, row, at, error)
    body = tx.seal(body_of(row), KeyOwner(owner["owner_kind"], owner["owner"]), to_json(outgoing))
    sql = "UPDATE outbox SET kind = :kind, body = :body, refers_to = NULL, repeats = 0 WHERE id = :id"
    tx.execute(sql, id=row, kind=kind_of(outgoing), body=body)


def _move(tx: Tx, row: int, sql: str, value: object, at: datetime | None = None) -> None:
    if tx.execute(sql, id=row, value=value, at=stamp(at or tx.now)) != 1:
        raise ValueError(f"outbox row {row} is not in a state from which it could be moved so")


def unknown(tx: Tx, row: int, at: datetime, error: str) -> Fate:
    """Nobody knows whether it arrived. Decided by kind and class; where it is sent again, then at `at`.

    What does no harm when done twice (an edit, a deletion, an answer to a press) is done again. A message about rights is sent again,
    once, with the same visible number; a reminder or an answer is not.
    """
    now = tx.one("SELECT kind, class, repeats FROM outbox WHERE id = :id", id=row)
    if now is None:
        raise ValueError(f"there is no outbox row {row}")
    allowed = UNSURE_REPEATS if now["kind"] != "send" else 1 if now["class"] == MessageClass.RIGHTS else 0
    if now["repeats"] < allowed:
        retry(tx, row, at, error)
        tx.execute("UPDATE outbox SET repeats = repeats + 1 WHERE id = :id", id=row)
        return Fate.AGAIN
    sql = "UPDATE outbox SET state = 'unknown', finished_at = :at, last_error = :value WHERE id = :id AND state = 'sending'"
    _move(tx, row, sql, error)
    return Fate.GIVEN_UP


def recover(tx: Tx, channel: str = TELEGRAM) -> tuple[Dropped, ...]:
    """At the start: whatever is still `sending` was interrupted, so it is unknown. Those that are given up."""
    reason = "stopped while it was being sent"
    rows = tx.all("SELECT * FROM outbox WHERE channel = :channel AND state = 'sending' ORDER BY id", channel=channel)
    return tuple(
        Dropped(id=row["id"], account=row["account"], message_class=MessageClass(row["class"]), case=row["case_id"], reason=reason)
        for row in rows
        if unknown(tx, row["id"], tx.now, reason) is Fate.GIVEN_UP
    )


def link_dead(tx: Tx, account: AccountId, channel: str = TELEGRAM) -> int:
    """Stop sending to an account: all that waits for it is dead; how many."""
    return tx.execute(
        "UPDATE outbox SET state = 'dead', finished_at = :now, last_error = 'the account cannot be reached'"
        " WHERE account = :account AND channel = :channel AND state IN ('ready', 'retry')",
        **{"account": account, "channel": channel, "now": stamp(tx.now)},
    )


def given_up_now(tx: Tx, account: AccountId) -> tuple[str, ...]:
    """The keys of the notices about a case that this transaction has given up for an account, in the order they came."""
    sql = "SELECT dedupe_key FROM outbox WHERE account = :account AND state = 'dead' AND finished_at = :now AND lane = 'notice'"
    rows = tx.all(f"{sql} AND case_id IS NOT NULL AND dedupe_key IS NOT NULL ORDER BY id", account=account, now=stamp(tx.now))
    return tuple(dict.fromkeys(row["dedupe_key"].partition("/part")[0] for row in rows))


def withdraw(tx: Tx, account: AccountId) -> int:
    """The person wants nothing more in this chat: notices that still wait for it do not leave; how many."""
    return tx.execute(
        "UPDATE outbox SET state = 'dead', finished_at = :now, last_error = 'the person has stopped this chat'"
        " WHERE account = :account AND lane <> 'press' AND kind <> 'delete' AND state IN ('ready', 'retry')",
        account=account,
        now=stamp(tx.now),
    )


def message_of(tx: Tx, row: int) -> int | None:
    """What Telegram calls the message that this row sent; None while or where there is none."""
    found = tx.one("SELECT message_id FROM outbox WHERE id = :id", id=row)
    return None if found is None else found["message_id"]


def said(tx: Tx, keys: Sequence[str]) -> list[tuple[int, AccountId]]:
    """The messages that stand in a chat under a key that begins like one of these: the row of each, and whose chat it is."""
    found = []
    for key in keys:
        rows = tx.all(
            "SELECT id, account FROM outbox o WHERE dedupe_key >= :from AND dedupe_key < :to AND kind = 'send' AND state = 'sent'"
            " AND channel = :channel AND account IS NOT NULL AND message_id IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM outbox d WHERE d.dedupe_key = 'fleeting/' || o.id) ORDER BY id",
            **{"from": key, "to": f"{key[:-1]}{chr(ord(key[-1]) + 1)}", "channel": TELEGRAM},
        )
        found += [(row["id"], AccountId(row["account"])) for row in rows]
    return found


def counts(tx: Tx) -> dict[str, int]:
    """Rows by state, and `repeats`: messages sent again because nobody knew whether they had arrived."""
    found = tx.all("SELECT state, count(*) AS n, sum(repeats) FILTER (WHERE kind = 'send') AS repeats FROM outbox GROUP BY state")
    by_state = dict.fromkeys(STATES, 0) | {row["state"]: row["n"] for row in found}
    return by_state | {"repeats": sum(row["repeats"] or 0 for row in found)}


def lines(tx: Tx, limit: int = 100) -> list[Line]:
    """What waits and what left last, newest first, without content."""
    rows = tx.all("SELECT * FROM outbox ORDER BY id DESC LIMIT :limit", limit=limit)
    return [_line(row) for row in rows]


def _line(row: Row) -> Line:
    same = {name: row[name] for name in ("id", "channel", "account", "chat", "kind", "state", "attempt", "repeats", "last_error")}
    return Line(
        **same,
        lane=Lane(row["lane"]),
        message_class=MessageClass(row["class"]),
        created_at=moment(row["created_at"]),
        due_at=moment(row["due_at"]),
        finished_at=moment_or_none(row["finished_at"]),
    )


def purge(tx: Tx, before: datetime) -> int:
    """Forget the content of rows finished before this moment (retention: 90 days). The row stays, so that its key is never sent again."""
    return tx.execute("UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND finished_at < :before", before=stamp(before))
