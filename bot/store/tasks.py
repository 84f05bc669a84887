"""What KE has to do: tasks, inquiries, and the ticks of checklists.

Here: statements about them. Guarantees: an open task holds its case; a task that comes from a fact comes once (`dedupe_key`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row
from typing import Literal

from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, InquiryId, PersonId, TaskId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import UNIT, Field, KeyOwner
from bot.store.times import moment, stamp

Checklist = Literal["ke", "coordinator"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something KE has to do. `due_on` is a day in Oslo."""

    id: TaskId
    kind: TaskKind
    case: CaseId | None
    inquiry: InquiryId | None
    due_on: date
    words: str
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """A message to a human at KE."""

    id: InquiryId
    person: PersonId
    case: CaseId | None
    words: str
    phone: str | None
    received_at: datetime
    answered: bool


def _owner(case: int | None) -> KeyOwner:
    return UNIT if case is None else KeyOwner("case", case)


def add(
    tx: Tx,
    kind: TaskKind,
    *,
    due_on: date,
    case: CaseId | None = None,
    inquiry: InquiryId | None = None,
    words: str = "",
    dedupe_key: str | None = None,
) -> TaskId | None:
    """A new task; None where the same task has come before."""
    if dedupe_key and tx.one("SELECT 1 FROM ke_tasks WHERE dedupe_key = :key", key=dedupe_key):
        return None
    task = TaskId(tx.next_id("ke_tasks"))
    tx.execute(
        "INSERT INTO ke_tasks (id, kind, case_id, inquiry, dedupe_key, due_on, words, created_at)"
        " VALUES (:id, :kind, :case, :inquiry, :key, :due, :words, :now)",
        id=task,
        kind=kind,
        case=case,
        inquiry=inquiry,
        key=dedupe_key,
        due=due_on.isoformat(),
        words=tx.seal(Field("ke_tasks", "words", task), _owner(case), words) if words else None,
        now=stamp(tx.now),
    )
    if case is not None:
        tx.touch(case)
    return task


def finish(tx: Tx, task: TaskId, *, by: PersonId | None) -> bool:
    """A task is done; False where it was done already."""
    row = tx.one(
        "UPDATE ke_tasks SET done_at = :now, done_by = :by WHERE id = :id AND done_at IS NULL RETURNING case_id",
        now=stamp(tx.now),
        by=by,
        id=task,
    )
    if row is not None and row["case_id"] is not None:
        tx.touch(row["case_id"])
    return row is not None


def finish_kinds(tx: Tx, case: CaseId, *kinds: TaskKind, by: PersonId | None) -> None:
    """Open tasks of these kinds in a case are done; without kinds, all."""
    for task in of_case(tx, case):
        if not kinds or task.kind in kinds:
            finish(tx, task.id, by=by)


def finish_keyed(tx: Tx, key: str, *, by: PersonId | None) -> None:
    """The task that came with this key is done, where it is open."""
    if (task := keyed(tx, key)) is not None:
        finish(tx, task, by=by)


def keyed(tx: Tx, key: str) -> TaskId | None:
    """The task that came with this key, where it is open."""
    row = tx.one("SELECT id FROM ke_tasks WHERE dedupe_key = :key AND done_at IS NULL", key=key)
    return None if row is None else TaskId(row["id"])


def _task(tx: Tx, row: Row) -> Task:
    return Task(
        id=TaskId(row["id"]),
        kind=TaskKind(row["kind"]),
        case=None if row["case_id"] is None else CaseId(row["case_id"]),
        inquiry=None if row["inquiry"] is None else InquiryId(row["inquiry"]),
        due_on=date.fromisoformat(row["due_on"]),
        words="" if row["words"] is None else tx.open(Field("ke_tasks", "words", row["id"]), _owner(row["case_id"]), row["words"]),
        open=row["done_at"] is None,
    )


def find(tx: Tx, task: TaskId) -> Task | None:
    """A task by its id."""
    row = tx.one("SELECT * FROM ke_tasks WHERE id = :id", id=task)
    return None if row is None else _task(tx, row)


def open_tasks(tx: Tx) -> list[Task]:
    """Every open task, earliest first."""
    return [_task(tx, row) for row in tx.all("SELECT * FROM ke_tasks WHERE done_at IS NULL ORDER BY due_on, id")]


@recalled
def of_case(tx: Tx, case: CaseId) -> list[Task]:
    """Open tasks of a case, earliest first."""
    rows = tx.all("SELECT * FROM ke_tasks WHERE case_id = :case AND done_at IS NULL ORDER BY due_on, id", case=case)
    return [_task(tx, row) for row in rows]


@recalled
def holds(tx: Tx, case: CaseId) -> bool:
    """Does an open task hold this case?"""
    return tx.one("SELECT 1 FROM ke_tasks WHERE case_id = :case AND done_at IS NULL", case=case) is not None


def count_since(tx: Tx, kind: TaskKind, since: datetime) -> int:
    """How many tasks of a kind have come since a moment, open and done."""
    row = tx.one("SELECT count(*) AS times FROM ke_tasks WHERE kind = :kind AND created_at >= :since", kind=kind, since=stamp(since))
    return 0 if row is None else int(row["times"])


def tick(tx: Tx, case: CaseId, checklist: Checklist, item: str, *, by: PersonId) -> None:
    """An item of a checklist is done."""
    tx.execute(
        "INSERT INTO ticks (case_id, checklist, item, person, at) VALUES (:case, :checklist, :item, :by, :now) ON CONFLICT DO NOTHING",
        case=case,
        checklist=checklist,
        item=item,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def clear_ticks(tx: Tx, case: CaseId, checklist: Checklist) -> None:
    """A checklist begins anew: somebody else has to go through it. Who ticked what before stays in the audit."""
    tx.execute("DELETE FROM ticks WHERE case_id = :case AND checklist = :checklist", case=case, checklist=checklist)
    tx.touch(case)


@recalled
def ticks(tx: Tx, case: CaseId, checklist: Checklist) -> dict[str, datetime]:
    """When each item of a checklist was done."""
    rows = tx.all("SELECT item, at FROM ticks WHERE case_id = :case AND checklist = :checklist", case=case, checklist=checklist)
    return {row["item"]: moment(row["at"]) for row in rows}


def receive_inquiry(tx: Tx, person: PersonId, words: str, *, phone: str | None, case: CaseId | None) -> InquiryId:
    """Keep a message to a human. An inquiry to a public body must not get lost."""
    inquiry = InquiryId(tx.next_id("inquiries"))
    owner = KeyOwner("person", person)
    tx.execute(
        "INSERT INTO inquiries (id, person, case_id, words, phone, received_at) VALUES (:id, :person, :case, :words, :phone, :now)",
        id=inquiry,
        person=person,
        case=case,
        words=tx.seal(Field("inquiries", "words", inquiry), owner, words),
        phone=None if phone is None else tx.seal(Field("inquiries", "phone", inquiry), owner, phone),
        now=stamp(tx.now),
    )
    return inquiry


def inquiry(tx: Tx, inquiry_: InquiryId) -> Inquiry | None:
    """An inquiry by its id."""
    row = tx.one("SELECT * FROM inquiries WHERE id = :id", id=inquiry_)
    if row is None:
        return None
    owner = KeyOwner("person", row["person"])
    return Inquiry(
        id=inquiry_,
        person=PersonId(row["person"]),
        case=None if row["case_id"] is None else CaseId(row["case_id"]),
        words=tx.open(Field("inquiries", "words", inquiry_), owner, row["words"]),
        phone=None if row["phone"] is None else tx.open(Field("inquiries", "phone", inquiry_), owner, row["phone"]),
        received_at=moment(row["received_at"]),
        answered=row["answered_at"] is not None,
    )


def answer_inquiry(tx: Tx, inquiry_: InquiryId, *, by: PersonId) -> bool:
    """An inquiry is answered; False where somebody else was first."""
    done = tx.execute(
        "UPDATE inquiries SET answered_at = :now, answered_by = :by WHERE id = :id AND answered_at IS NULL",
        now=stamp(tx.now),
        by=by,
        id=inquiry_,
    )
    tx.execute(
        "UPDATE ke_tasks SET done_at = :now, done_by = :by WHERE inquiry = :id AND done_at IS NULL", now=stamp(tx.now), by=by, id=inquiry_
    )
    return done == 1
