"""Gatherings of coordinators and the answers to them, as stored.

Here: statements about them. Not here: who is called and told (`bot.services.gatherings`). Guarantee: what anybody wrote is sealed with
the unit's key.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.gatherings import Answered, Audience, GatheringReply
from bot.domain.ids import GatheringId, PersonId
from bot.store.database import Tx
from bot.store.seal import UNIT, Field
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathering:
    """A gathering. `at` is aware."""

    id: GatheringId
    audience: Audience
    at: datetime
    where: str
    about: str
    cancelled: bool


def call(tx: Tx, audience: Audience, at: datetime, *, where: str, about: str, asked: Iterable[PersonId], by: PersonId) -> GatheringId:
    """A new gathering, and who is asked."""
    gathering = GatheringId(tx.next_id("gatherings"))
    words = json.dumps({"where": where, "about": about}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO gatherings (id, audience, at, words, called_by, called_at) VALUES (:id, :audience, :at, :words, :by, :now)",
        id=gathering,
        audience=audience,
        at=stamp(at),
        words=tx.seal(Field("gatherings", "words", gathering), UNIT, words),
        by=by,
        now=stamp(tx.now),
    )
    for who in asked:
        tx.execute("INSERT INTO gathering_people (gathering, person) VALUES (:id, :who)", id=gathering, who=who)
    return gathering


def _gathering(tx: Tx, row: Row) -> Gathering:
    words = json.loads(tx.open(Field("gatherings", "words", row["id"]), UNIT, row["words"]))
    return Gathering(
        id=GatheringId(row["id"]),
        audience=Audience(row["audience"]),
        at=moment(row["at"]),
        where=words["where"],
        about=words["about"],
        cancelled=row["cancelled_at"] is not None,
    )


def find(tx: Tx, gathering: GatheringId) -> Gathering | None:
    """A gathering by its id."""
    row = tx.one("SELECT * FROM gatherings WHERE id = :id", id=gathering)
    return None if row is None else _gathering(tx, row)


def coming(tx: Tx) -> list[Gathering]:
    """Gatherings to come that have not been cancelled, the earliest first."""
    rows = tx.all("SELECT * FROM gatherings WHERE cancelled_at IS NULL AND at > :now ORDER BY at, id", now=stamp(tx.now))
    return [_gathering(tx, row) for row in rows]


def how_many(tx: Tx, start: datetime, end: datetime) -> int:
    """How many take place from one moment and before another."""
    sql = "SELECT count(*) AS n FROM gatherings WHERE cancelled_at IS NULL AND at >= :start AND at < :end"
    row = tx.one(sql, start=stamp(start), end=stamp(end))
    return 0 if row is None else int(row["n"])


def answers(tx: Tx, gathering: GatheringId) -> list[Answered]:
    """Everybody asked, with what they have said."""
    rows = tx.all("SELECT person, reply FROM gathering_people WHERE gathering = :id ORDER BY person", id=gathering)
    return [Answered(person=PersonId(row["person"]), reply=None if row["reply"] is None else GatheringReply(row["reply"])) for row in rows]


def answer(tx: Tx, gathering: GatheringId, who: PersonId, reply: GatheringReply) -> bool:
    """Keep an answer; False where the person is not asked."""
    sql = "UPDATE gathering_people SET reply = :reply, at = :now WHERE gathering = :id AND person = :who"
    return tx.execute(sql, reply=reply, now=stamp(tx.now), id=gathering, who=who) == 1


def cancel(tx: Tx, gathering: GatheringId) -> bool:
    """It does not take place; False where that was known."""
    sql = "UPDATE gatherings SET cancelled_at = :now WHERE id = :id AND cancelled_at IS NULL"
    return tx.execute(sql, now=stamp(tx.now), id=gathering) == 1
