"""Messages that wait for a morning's digest, and how many somebody has been sent in a day.

Here: the rows. Not here: what waits and how long (`bot.services.sending_day`). Guarantees: a message waits once; a day's number only grows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.ids import NoticeId, PersonId
from bot.store.database import Tx
from bot.store.times import moment, moment_or_none, stamp

KEPT_DAYS: Final = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldMessage:
    """A notice that has not left yet. After `useful_until` it does not."""

    notice: NoticeId
    useful_until: datetime | None


def add(tx: Tx, notice: NoticeId, person: PersonId, due_at: datetime, useful_until: datetime | None) -> None:
    """Let a notice wait until then."""
    tx.execute(
        "INSERT INTO held_messages (notice, person, due_at, useful_until) VALUES (:notice, :person, :due, :until) ON CONFLICT DO NOTHING",
        notice=notice,
        person=person,
        due=stamp(due_at),
        until=None if useful_until is None else stamp(useful_until),
    )


def people_due(tx: Tx) -> list[PersonId]:
    """Whose digest is due now."""
    rows = tx.all("SELECT DISTINCT person FROM held_messages WHERE due_at <= :now ORDER BY person", now=stamp(tx.now))
    return [PersonId(row["person"]) for row in rows]


def take(tx: Tx, person: PersonId) -> list[HeldMessage]:
    """Everything due that waits for a person, oldest first; it waits no longer."""
    rows = tx.all("SELECT * FROM held_messages WHERE person = :person AND due_at <= :now ORDER BY notice", person=person, now=stamp(tx.now))
    tx.execute("DELETE FROM held_messages WHERE person = :person AND due_at <= :now", person=person, now=stamp(tx.now))
    return [HeldMessage(notice=NoticeId(row["notice"]), useful_until=moment_or_none(row["useful_until"])) for row in rows]


def postpone(tx: Tx, person: PersonId, until: datetime) -> None:
    """What is due for a person waits on."""
    tx.execute(
        "UPDATE held_messages SET due_at = :until WHERE person = :person AND due_at <= :now",
        until=stamp(until),
        person=person,
        now=stamp(tx.now),
    )


def too_late_by(tx: Tx, person: PersonId, moment_: datetime) -> bool:
    """Is something due for a person that is no use any more by that moment?"""
    sql = "SELECT 1 FROM held_messages WHERE person = :person AND due_at <= :now AND useful_until > :now AND useful_until <= :by"
    return tx.one(sql, person=person, now=stamp(tx.now), by=stamp(moment_)) is not None


def next_due(tx: Tx) -> datetime | None:
    """When the next digest falls due."""
    row = tx.one("SELECT min(due_at) AS at FROM held_messages")
    return None if row is None or row["at"] is None else moment(row["at"])


def sent_on(tx: Tx, person: PersonId, day: date) -> int:
    """How many messages somebody has been sent on a day in Oslo."""
    row = tx.one("SELECT number FROM sent_days WHERE person = :person AND day = :day", person=person, day=day.isoformat())
    return 0 if row is None else int(row["number"])


def count(tx: Tx, person: PersonId, day: date, *, digest: bool = False) -> None:
    """One more message leaves for somebody on that day in Oslo."""
    tx.execute(
        "INSERT INTO sent_days (person, day, number, digest_at) VALUES (:person, :day, 1, :at)"
        " ON CONFLICT (person, day) DO UPDATE SET number = number + 1, digest_at = coalesce(:at, digest_at)",
        person=person,
        day=day.isoformat(),
        at=stamp(tx.now) if digest else None,
    )


def last_digest(tx: Tx, person: PersonId) -> datetime | None:
    """When a person last had a digest."""
    row = tx.one("SELECT max(digest_at) AS at FROM sent_days WHERE person = :person", person=person)
    return None if row is None or row["at"] is None else moment(row["at"])


def purge(tx: Tx, before: date) -> int:
    """Forget how many were sent on days before that one; how many rows."""
    return tx.execute("DELETE FROM sent_days WHERE day < :day", day=before.isoformat())
