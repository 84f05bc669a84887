"""What is to be reminded of, as a table: the truth that the clock only ticks for.

Here: making the table equal to what is wanted, and taking what is due. Guarantees: a reminder has a key made of facts and fires once;
what is no longer wanted is gone; what has fired stays, so that it never fires again.
"""

from collections.abc import Collection
from datetime import datetime
from sqlite3 import Row
from typing import Final

from bot.domain.ids import CaseId, NoticeId, PersonId, SessionId
from bot.domain.reminders import Reminder, ReminderKind
from bot.store.database import Tx
from bot.store.times import moment, moment_or_none, stamp

STANDS: Final = "key, state, due_at, person, useful_until"


def _reminder(row: Row) -> Reminder:
    return Reminder(
        key=row["key"],
        kind=ReminderKind(row["kind"]),
        due_at=moment(row["due_at"]),
        useful_until=moment_or_none(row["useful_until"]),
        case=None if row["case_id"] is None else CaseId(row["case_id"]),
        session=None if row["session"] is None else SessionId(row["session"]),
        notice=None if row["notice"] is None else NoticeId(row["notice"]),
        person=None if row["person"] is None else PersonId(row["person"]),
        object=row["object"],
    )


def make_equal(
    tx: Tx,
    wanted: Collection[Reminder],
    *,
    case: CaseId | None = None,
    session: SessionId | None = None,
    notice: NoticeId | None = None,
    unit: bool = False,
) -> None:
    """Make the pending reminders of one case, one session, one notice or the unit equal to those wanted.

    Fired and skipped ones stay as they are, and so does one that waits for the hours in which people are written to.
    """
    values: int | None
    where, values = ("case_id = :owner", case) if case is not None else ("session = :owner", session)
    if notice is not None:
        where, values = "notice = :owner", notice
    if unit:
        where, values = "case_id IS NULL AND session IS NULL AND notice IS NULL AND :owner IS NULL", None
    existing = {row["key"]: row for row in tx.all(f"SELECT {STANDS} FROM reminders WHERE {where}", owner=values)}  # noqa: S608 (fixed words)
    keys = {reminder.key for reminder in wanted}
    for key, row in existing.items():
        if key not in keys and row["state"] == "pending":
            tx.execute("DELETE FROM reminders WHERE key = :key", key=key)
    for reminder in wanted:
        known = existing.get(reminder.key)
        due_at, until = stamp(reminder.due_at), None if reminder.useful_until is None else stamp(reminder.useful_until)
        if known is None:
            tx.execute(
                "INSERT INTO reminders (key, case_id, session, notice, kind, person, object, due_at, useful_until)"
                " VALUES (:key, :case, :session, :notice, :kind, :person, :object, :due, :until)",
                key=reminder.key,
                case=reminder.case,
                session=reminder.session,
                notice=reminder.notice,
                kind=reminder.kind,
                person=reminder.person,
                object=reminder.object,
                due=due_at,
                until=until,
            )
        elif known["state"] == "pending":
            if known["due_at"] != due_at and not _put_off(tx, known, due_at):
                tx.execute("UPDATE reminders SET due_at = :due WHERE key = :key", due=due_at, key=reminder.key)
            # For somebody else by now, as after a change of coordinator, or useful for another time.
            if known["person"] != reminder.person or known["useful_until"] != until:
                sql = "UPDATE reminders SET person = :person, useful_until = :until WHERE key = :key"
                tx.execute(sql, person=reminder.person, until=until, key=reminder.key)


def _put_off(tx: Tx, known: Row, due_at: str) -> bool:
    """Has it been due already, and waits for the morning? Then it is not brought back to the night, again and again."""
    return bool(due_at <= stamp(tx.now) < known["due_at"])


def due(tx: Tx, limit: int) -> list[Reminder]:
    """What is due now, earliest first."""
    rows = tx.all(
        "SELECT * FROM reminders WHERE state = 'pending' AND due_at <= :now ORDER BY due_at, key LIMIT :limit",
        now=stamp(tx.now),
        limit=limit,
    )
    return [_reminder(row) for row in rows]


def settle(tx: Tx, reminder: Reminder, state: str, outcome: str) -> None:
    """A reminder was fired or skipped, and why."""
    tx.execute(
        "UPDATE reminders SET state = :state, outcome = :outcome, settled_at = :now WHERE key = :key AND state = 'pending'",
        state=state,
        outcome=outcome,
        now=stamp(tx.now),
        key=reminder.key,
    )


def postpone(tx: Tx, reminder: Reminder, until: datetime) -> None:
    """Wait until the hours in which people are written to."""
    tx.execute("UPDATE reminders SET due_at = :until WHERE key = :key AND state = 'pending'", until=stamp(until), key=reminder.key)


def next_due(tx: Tx) -> datetime | None:
    """When the next reminder, or the next digest, falls due."""
    row = tx.one(
        "SELECT min(at) AS at FROM (SELECT min(due_at) AS at FROM reminders WHERE state = 'pending'"
        " UNION ALL SELECT min(due_at) FROM held_messages)"
    )
    return None if row is None or row["at"] is None else moment(row["at"])


def planned(tx: Tx, case: CaseId) -> frozenset[tuple[str, str]]:
    """What waits for a case: each key with its moment as stored, so that two states of the table can be compared."""
    return frozenset(
        (row["key"], row["due_at"])
        for row in tx.all("SELECT key, due_at FROM reminders WHERE case_id = :case AND state = 'pending'", case=case)
    )


def waiting(tx: Tx, limit: int = 100) -> list[Reminder]:
    """What waits, earliest first."""
    return [
        _reminder(row) for row in tx.all("SELECT * FROM reminders WHERE state = 'pending' ORDER BY due_at, key LIMIT :limit", limit=limit)
    ]
