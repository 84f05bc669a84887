"""Minutes as stored.

Here: statements about them. Not here: who may write and who gets them (`bot.services.minutes`). Guarantees: what anybody wrote is sealed
with the case's key; what has been sent is never written over (a trigger as well).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from sqlite3 import Row
from typing import Any

from bot.domain.ids import CaseId, MeetingId, MinutesId, PersonId
from bot.domain.meetings import Meeting
from bot.domain.minutes import STEPS, Assigned, Minutes, MinutesState, Outcome, Point
from bot.store import local_words
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _points(minutes: int) -> Field:
    return Field("minutes", "points", minutes)


def _why_not(minutes: int) -> Field:
    return Field("minutes", "why_not", minutes)


def _objection(minutes: int, person: int) -> Field:
    return Field("minutes_answers", f"words/{person}", minutes)


def begin(tx: Tx, meeting: Meeting, *, writer: PersonId, present: Iterable[PersonId]) -> MinutesId:
    """Begin the minutes of a meeting; the ones there are where they were begun before."""
    if (row := tx.one("SELECT id FROM minutes WHERE meeting = :meeting", meeting=meeting.id)) is not None:
        return MinutesId(row["id"])
    minutes = MinutesId(tx.next_id("minutes"))
    tx.execute(
        "INSERT INTO minutes (id, meeting, case_id, state, writer, present, points, begun_at)"
        " VALUES (:id, :meeting, :case, 'draft', :writer, :present, :points, :now)",
        id=minutes,
        meeting=meeting.id,
        case=meeting.case,
        writer=writer,
        present=json.dumps(sorted(set(present))),
        points=tx.seal(_points(minutes), KeyOwner("case", meeting.case), "[]"),
        now=stamp(tx.now),
    )
    tx.touch(meeting.case)
    return minutes


def write(
    tx: Tx, minutes: Minutes, *, present: Iterable[PersonId], points: Iterable[Point], next_on: date | None, why_not: str | None
) -> None:
    """Exactly this is in them from now on; whoever had said that it is right is asked anew."""
    owner = KeyOwner("case", minutes.case)
    body = [{**asdict(each), "local": local_words.kept(each.local)} for each in points]
    tx.execute(
        "UPDATE minutes SET present = :present, points = :points, next_on = :next_on, why_not = :why_not, edition = edition + 1"
        " WHERE id = :id",
        present=json.dumps(sorted(set(present))),
        points=tx.seal(_points(minutes.id), owner, json.dumps(body, ensure_ascii=False, default=date.isoformat)),
        next_on=None if next_on is None else next_on.isoformat(),
        why_not=None if why_not is None else tx.seal(_why_not(minutes.id), owner, why_not),
        id=minutes.id,
    )
    tx.execute("DELETE FROM minutes_answers WHERE minutes = :id", id=minutes.id)
    tx.touch(minutes.case)


def move(tx: Tx, minutes: Minutes, state: MinutesState) -> bool:
    """A step on; False where it does not go that way any more."""
    if state not in STEPS[minutes.state]:
        return False
    moved = tx.execute(
        "UPDATE minutes SET state = :state, sent_at = CASE WHEN :state = 'sent' THEN :now END WHERE id = :id AND state = :was",
        state=state,
        was=minutes.state,
        now=stamp(tx.now),
        id=minutes.id,
    )
    tx.touch(minutes.case)
    return moved == 1


def confirm(tx: Tx, minutes: Minutes, person: PersonId, *, right: bool, words: str | None = None) -> None:
    """Somebody present says that it is right, or that it is not, and why."""
    sealed = None if not words else tx.seal(_objection(minutes.id, person), KeyOwner("case", minutes.case), words)
    tx.execute(
        "INSERT INTO minutes_answers (minutes, person, right, words, at) VALUES (:minutes, :person, :right, :words, :now)"
        " ON CONFLICT (minutes, person) DO UPDATE SET right = excluded.right, words = excluded.words, at = excluded.at",
        minutes=minutes.id,
        person=person,
        right=int(right),
        words=sealed,
        now=stamp(tx.now),
    )
    tx.touch(minutes.case)


def objections(tx: Tx, minutes: Minutes) -> tuple[tuple[PersonId, str | None], ...]:
    """Who says that it is not right, and what they wrote."""
    rows = tx.all("SELECT person, words FROM minutes_answers WHERE minutes = :id AND right = 0 ORDER BY at, person", id=minutes.id)
    owner = KeyOwner("case", minutes.case)
    return tuple(
        (PersonId(row["person"]), None if row["words"] is None else tx.open(_objection(minutes.id, row["person"]), owner, row["words"]))
        for row in rows
    )


def archive(tx: Tx, minutes: Minutes) -> None:
    """They lie in the journal or the folder now (I09)."""
    tx.execute("UPDATE minutes SET archived_at = :now WHERE id = :id AND archived_at IS NULL", now=stamp(tx.now), id=minutes.id)
    tx.touch(minutes.case)


@recalled
def find(tx: Tx, minutes: MinutesId) -> Minutes | None:
    """Minutes by their id."""
    row = tx.one("SELECT * FROM minutes WHERE id = :id", id=minutes)
    return None if row is None else _minutes(tx, row)


@recalled
def of_meeting(tx: Tx, meeting: MeetingId) -> Minutes | None:
    """The minutes of a meeting, where they were begun."""
    row = tx.one("SELECT * FROM minutes WHERE meeting = :meeting", meeting=meeting)
    return None if row is None else _minutes(tx, row)


@recalled
def of_case(tx: Tx, case: CaseId) -> tuple[Minutes, ...]:
    """All minutes of a case, oldest first."""
    return tuple(_minutes(tx, row) for row in tx.all("SELECT * FROM minutes WHERE case_id = :case ORDER BY id", case=case))


def _minutes(tx: Tx, row: Row) -> Minutes:
    owner, said = KeyOwner("case", row["case_id"]), tx.all("SELECT person, right FROM minutes_answers WHERE minutes = :id", id=row["id"])
    return Minutes(
        id=MinutesId(row["id"]),
        meeting=MeetingId(row["meeting"]),
        case=CaseId(row["case_id"]),
        state=MinutesState(row["state"]),
        edition=row["edition"],
        writer=PersonId(row["writer"]),
        present=tuple(PersonId(each) for each in json.loads(row["present"])),
        points=tuple(_point(each) for each in json.loads(tx.open(_points(row["id"]), owner, row["points"]))),
        next_on=None if row["next_on"] is None else date.fromisoformat(row["next_on"]),
        why_not=None if row["why_not"] is None else tx.open(_why_not(row["id"]), owner, row["why_not"]),
        begun_at=moment(row["begun_at"]),
        sent_at=moment_or_none(row["sent_at"]),
        archived_at=moment_or_none(row["archived_at"]),
        confirmed=tuple(PersonId(each["person"]) for each in said if each["right"]),
        objected=tuple(PersonId(each["person"]) for each in said if not each["right"]),
    )


def _point(stored: dict[str, Any]) -> Point:
    tasks = tuple(
        Assigned(owner=PersonId(each["owner"]), words=each["words"], due_on=date.fromisoformat(each["due_on"])) for each in stored["tasks"]
    )
    by = tuple(PersonId(each) for each in stored["by"])
    local = local_words.read(stored.get("local"))
    return Point(**{**stored, "outcome": Outcome(stored["outcome"]), "by": by, "tasks": tasks, "local": local})
