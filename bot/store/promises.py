"""Promises to find something out, questions for guidance, and the coordinator's own look, as stored.

Here: statements about them. Not here: who may and who is told (`bot.services.promises`, `bot.services.guidance`). Guarantee: what anybody
wrote is sealed with the case's key; an answer is given once.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from sqlite3 import Row

from bot.domain.ids import CaseId, GuidanceId, PersonId, PromiseId, TaskId
from bot.domain.promises import Answer, Guidance, GuidanceKind, OwnLook, Promise
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _field(table: str, column: str, row: int) -> Field:
    return Field(table, column, row)


def promise(tx: Tx, case: CaseId, words: str, due_on: date, *, by: PersonId) -> PromiseId:
    """Something to be found out by a day in Oslo."""
    made = PromiseId(tx.next_id("promises"))
    tx.execute(
        "INSERT INTO promises (id, case_id, words, made_by, made_at, due_on) VALUES (:id, :case, :words, :by, :now, :due)",
        id=made,
        case=case,
        words=tx.seal(_field("promises", "words", made), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
        due=due_on.isoformat(),
    )
    tx.touch(case)
    return made


def answer(tx: Tx, asked: Promise, answer_: Answer, reply: str | None, *, by: PersonId) -> bool:
    """The answer; False where it was answered."""
    owner = KeyOwner("case", asked.case)
    done = tx.execute(
        "UPDATE promises SET answer = :answer, reply = :reply, answered_by = :by, answered_at = :now WHERE id = :id AND answer IS NULL",
        answer=answer_,
        reply=None if not reply else tx.seal(_field("promises", "reply", asked.id), owner, reply),
        by=by,
        now=stamp(tx.now),
        id=asked.id,
    )
    tx.touch(asked.case)
    return done == 1


def find(tx: Tx, promise_: PromiseId) -> Promise | None:
    """A promise by its id."""
    row = tx.one("SELECT * FROM promises WHERE id = :id", id=promise_)
    return None if row is None else _promise(tx, row)


def of_case(tx: Tx, case: CaseId) -> tuple[Promise, ...]:
    """Every promise of a case, in the order they came."""
    return tuple(_promise(tx, row) for row in tx.all("SELECT * FROM promises WHERE case_id = :case ORDER BY id", case=case))


def _promise(tx: Tx, row: Row) -> Promise:
    owner = KeyOwner("case", row["case_id"])
    return Promise(
        id=PromiseId(row["id"]),
        case=CaseId(row["case_id"]),
        words=tx.open(_field("promises", "words", row["id"]), owner, row["words"]),
        made_by=PersonId(row["made_by"]),
        made_at=moment(row["made_at"]),
        due_on=date.fromisoformat(row["due_on"]),
        answer=None if row["answer"] is None else Answer(row["answer"]),
        reply=None if row["reply"] is None else tx.open(_field("promises", "reply", row["id"]), owner, row["reply"]),
        answered_at=moment_or_none(row["answered_at"]),
    )


def ask(tx: Tx, case: CaseId, kind: GuidanceKind, words: str, task: TaskId, *, to_leader: bool, by: PersonId) -> GuidanceId:
    """A question to leader and unit; `task` is what the unit has on its list."""
    asked = GuidanceId(tx.next_id("guidance"))
    tx.execute(
        "INSERT INTO guidance (id, case_id, kind, to_leader, words, asked_by, asked_at, task)"
        " VALUES (:id, :case, :kind, :leader, :words, :by, :now, :task)",
        id=asked,
        case=case,
        kind=kind,
        leader=int(to_leader),
        words=tx.seal(_field("guidance", "words", asked), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
        task=task,
    )
    return asked


def of_task(tx: Tx, task: TaskId) -> Guidance | None:
    """The question that a task of the unit is about."""
    row = tx.one("SELECT * FROM guidance WHERE task = :task", task=task)
    return None if row is None else _guidance(tx, row)


def guidance_of_case(tx: Tx, case: CaseId) -> tuple[Guidance, ...]:
    """Every question of a case, in the order they came."""
    return tuple(_guidance(tx, row) for row in tx.all("SELECT * FROM guidance WHERE case_id = :case ORDER BY id", case=case))


def guided(tx: Tx, asked: Guidance) -> None:
    """The unit has taken care of it."""
    tx.execute("UPDATE guidance SET answered_at = :now WHERE id = :id AND answered_at IS NULL", now=stamp(tx.now), id=asked.id)


def _guidance(tx: Tx, row: Row) -> Guidance:
    return Guidance(
        id=GuidanceId(row["id"]),
        case=CaseId(row["case_id"]),
        kind=GuidanceKind(row["kind"]),
        to_leader=bool(row["to_leader"]),
        words=tx.open(_field("guidance", "words", row["id"]), KeyOwner("case", row["case_id"]), row["words"]),
        asked_by=PersonId(row["asked_by"]),
        asked_at=moment(row["asked_at"]),
        task=TaskId(row["task"]),
        answered_at=moment_or_none(row["answered_at"]),
    )


def note_own_look(tx: Tx, case: CaseId, done: Iterable[OwnLook], *, by: PersonId) -> None:
    """The coordinator has looked at the own work."""
    tx.execute(
        "INSERT INTO own_looks (id, case_id, person, at, done) VALUES (:id, :case, :by, :now, :done)",
        id=tx.next_id("own_looks"),
        case=case,
        by=by,
        now=stamp(tx.now),
        done=json.dumps([each.value for each in done]),
    )
    tx.touch(case)


def last_own_look(tx: Tx, case: CaseId, person: PersonId) -> datetime | None:
    """When somebody last looked at the own work in a case."""
    row = tx.one("SELECT max(at) AS at FROM own_looks WHERE case_id = :case AND person = :person", case=case, person=person)
    return None if row is None else moment_or_none(row["at"])
