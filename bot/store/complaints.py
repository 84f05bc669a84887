"""Complaints.

Here: statements about them. Not here: who may read which (`bot.services.complaint_views`). Guarantees: what was written is sealed with the
case's key; an answer that was given stands.
"""

import json
from datetime import date
from sqlite3 import Row

from bot.domain.complaints import About, Complaint, Outcome, SentTo
from bot.domain.ids import CaseId, ComplaintId, DecisionId, PersonId, TaskId
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _words(complaint: int) -> Field:
    return Field("complaints", "words", complaint)


def _answer(complaint: int) -> Field:
    return Field("complaints", "answer", complaint)


def receive(
    tx: Tx,
    case: CaseId,
    person: PersonId,
    *,
    about: About,
    decision: DecisionId | None,
    concerned: PersonId | None,
    sent_to: SentTo,
    handler: PersonId | None,
    words: str,
    wish: str | None,
    late_why: str | None,
    late: bool,
    answer_by: date,
) -> ComplaintId:
    """A complaint has come in; its id."""
    complaint = ComplaintId(tx.next_id("complaints"))
    told = json.dumps({"words": words, "wish": wish, "late_why": late_why}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO complaints (id, case_id, person, about, decision, concerned, sent_to, handler, words, late, received_at, answer_by)"
        " VALUES (:id, :case, :person, :about, :decision, :concerned, :sent_to, :handler, :words, :late, :now, :answer_by)",
        id=complaint,
        case=case,
        person=person,
        about=about,
        decision=decision,
        concerned=concerned,
        sent_to=sent_to,
        handler=handler,
        words=tx.seal(_words(complaint), KeyOwner("case", case), told),
        late=int(late),
        now=stamp(tx.now),
        answer_by=answer_by.isoformat(),
    )
    tx.touch(case)
    return complaint


def set_task(tx: Tx, complaint: ComplaintId, task: TaskId | None) -> None:
    """The unit's task to answer it."""
    tx.execute("UPDATE complaints SET task = :task WHERE id = :id", task=task, id=complaint)


def task_of(tx: Tx, complaint: ComplaintId) -> TaskId | None:
    """The unit's task to answer it, where it has one."""
    row = tx.one("SELECT task FROM complaints WHERE id = :id", id=complaint)
    return None if row is None or row["task"] is None else TaskId(row["task"])


def of_task(tx: Tx, task: TaskId) -> Complaint | None:
    """The complaint that a task is about."""
    row = tx.one("SELECT * FROM complaints WHERE task = :task", task=task)
    return None if row is None else _complaint(tx, row)


def take(tx: Tx, complaint: Complaint, handler: PersonId) -> bool:
    """Somebody has it from now on; False where it is answered."""
    sql = "UPDATE complaints SET handler = :handler WHERE id = :id AND answered_at IS NULL"
    tx.touch(complaint.case)
    return tx.execute(sql, handler=handler, id=complaint.id) == 1


def to_unit(tx: Tx, complaint: Complaint, answer_by: date) -> bool:
    """The unit has it from now on, with a day of its own; False where it had, or it is answered."""
    moved = tx.execute(
        "UPDATE complaints SET to_unit_at = :now, handler = NULL, answer_by = :answer_by"
        " WHERE id = :id AND to_unit_at IS NULL AND answered_at IS NULL",
        now=stamp(tx.now),
        answer_by=answer_by.isoformat(),
        id=complaint.id,
    )
    tx.touch(complaint.case)
    return moved == 1


def delay(tx: Tx, complaint: Complaint, until: date) -> bool:
    """A later day for the answer; False where it is answered."""
    sql = "UPDATE complaints SET answer_by = :until WHERE id = :id AND answered_at IS NULL"
    tx.touch(complaint.case)
    return tx.execute(sql, until=until.isoformat(), id=complaint.id) == 1


def end(tx: Tx, complaint: Complaint, outcome: Outcome, answer: str | None) -> bool:
    """It is answered or taken back; False where it was already."""
    sealed = None if not answer else tx.seal(_answer(complaint.id), KeyOwner("case", complaint.case), answer)
    ended = tx.execute(
        "UPDATE complaints SET outcome = :outcome, answer = :answer, answered_at = :now WHERE id = :id AND answered_at IS NULL",
        outcome=outcome,
        answer=sealed,
        now=stamp(tx.now),
        id=complaint.id,
    )
    tx.touch(complaint.case)
    return ended == 1


def find(tx: Tx, complaint: ComplaintId) -> Complaint | None:
    """A complaint by its id."""
    row = tx.one("SELECT * FROM complaints WHERE id = :id", id=complaint)
    return None if row is None else _complaint(tx, row)


def of_case(tx: Tx, case: CaseId) -> tuple[Complaint, ...]:
    """Every complaint of a case, the newest first."""
    return tuple(_complaint(tx, row) for row in tx.all("SELECT * FROM complaints WHERE case_id = :case ORDER BY id DESC", case=case))


def unanswered(tx: Tx) -> tuple[Complaint, ...]:
    """Every complaint that waits for an answer, the earliest day first."""
    return tuple(_complaint(tx, row) for row in tx.all("SELECT * FROM complaints WHERE answered_at IS NULL ORDER BY answer_by, id"))


def _complaint(tx: Tx, row: Row) -> Complaint:
    owner = KeyOwner("case", row["case_id"])
    told = json.loads(tx.open(_words(row["id"]), owner, row["words"]))
    return Complaint(
        id=ComplaintId(row["id"]),
        case=CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        about=About(row["about"]),
        decision=None if row["decision"] is None else DecisionId(row["decision"]),
        concerned=None if row["concerned"] is None else PersonId(row["concerned"]),
        sent_to=SentTo(row["sent_to"]),
        to_unit_at=moment_or_none(row["to_unit_at"]),
        handler=None if row["handler"] is None else PersonId(row["handler"]),
        words=told["words"],
        wish=told["wish"],
        late_why=told["late_why"],
        late=bool(row["late"]),
        received_at=moment(row["received_at"]),
        answer_by=date.fromisoformat(row["answer_by"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        answer=None if row["answer"] is None else tx.open(_answer(row["id"]), owner, row["answer"]),
        answered_at=moment_or_none(row["answered_at"]),
    )
