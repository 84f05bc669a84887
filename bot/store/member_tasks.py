"""Tasks of those around a person, as stored.

Here: statements about them. Not here: who gives, answers and is told (`bot.services.member_tasks`). Guarantees: what a task is about is
sealed with the case's key; what has ended does not begin again (a trigger as well).
"""

from datetime import date
from sqlite3 import Row

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, PersonId
from bot.domain.member_tasks import MemberTask, MemberTaskState, TaskCode
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _words(task: int) -> Field:
    return Field("member_tasks", "words", task)


def _why(task: int) -> Field:
    return Field("member_tasks", "why", task)


def add(
    tx: Tx,
    case: CaseId,
    *,
    owner: PersonId,
    words: str,
    due_on: date,
    by: PersonId,
    meeting: MeetingId | None = None,
    code: TaskCode | None = None,
) -> MemberTaskId:
    """A new task; its id."""
    task = MemberTaskId(tx.next_id("member_tasks"))
    tx.execute(
        "INSERT INTO member_tasks (id, case_id, meeting, owner, code, words, due_on, state, given_by, given_at)"
        " VALUES (:id, :case, :meeting, :owner, :code, :words, :due_on, 'open', :by, :now)",
        id=task,
        case=case,
        meeting=meeting,
        owner=owner,
        code=code,
        words=tx.seal(_words(task), KeyOwner("case", case), words),
        due_on=due_on.isoformat(),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return task


def end(tx: Tx, task: MemberTask, state: MemberTaskState, why: str | None = None) -> bool:
    """It is done, not possible or no longer needed; False where it had ended."""
    sealed = None if not why else tx.seal(_why(task.id), KeyOwner("case", task.case), why)
    ended = tx.execute(
        "UPDATE member_tasks SET state = :state, why = :why, ended_at = :now WHERE id = :id AND state = 'open'",
        state=state,
        why=sealed,
        now=stamp(tx.now),
        id=task.id,
    )
    tx.touch(task.case)
    return ended == 1


def later(tx: Tx, task: MemberTask, due_on: date) -> bool:
    """The owner needs longer; False where it has ended."""
    moved = tx.execute(
        "UPDATE member_tasks SET due_on = :due_on, longer = longer + 1 WHERE id = :id AND state = 'open'",
        due_on=due_on.isoformat(),
        id=task.id,
    )
    tx.touch(task.case)
    return moved == 1


def hand_on(tx: Tx, task: MemberTask, owner: PersonId) -> bool:
    """Somebody else has taken it; False where it has ended."""
    moved = tx.execute("UPDATE member_tasks SET owner = :owner WHERE id = :id AND state = 'open'", owner=owner, id=task.id)
    tx.touch(task.case)
    return moved == 1


def find(tx: Tx, task: MemberTaskId) -> MemberTask | None:
    """A task by its id."""
    row = tx.one("SELECT * FROM member_tasks WHERE id = :id", id=task)
    return None if row is None else _task(tx, row)


def of_case(tx: Tx, case: CaseId) -> tuple[MemberTask, ...]:
    """Every task of a case, the earliest due first."""
    return tuple(_task(tx, row) for row in tx.all("SELECT * FROM member_tasks WHERE case_id = :case ORDER BY due_on, id", case=case))


def cases_with_open(tx: Tx, owner: PersonId) -> tuple[CaseId, ...]:
    """Cases in which somebody was given a task that is still open."""
    rows = tx.all("SELECT DISTINCT case_id FROM member_tasks WHERE owner = :owner AND state = 'open' ORDER BY case_id", owner=owner)
    return tuple(CaseId(row["case_id"]) for row in rows)


def _task(tx: Tx, row: Row) -> MemberTask:
    owner = KeyOwner("case", row["case_id"])
    return MemberTask(
        id=MemberTaskId(row["id"]),
        case=CaseId(row["case_id"]),
        meeting=None if row["meeting"] is None else MeetingId(row["meeting"]),
        owner=PersonId(row["owner"]),
        code=None if row["code"] is None else TaskCode(row["code"]),
        words=tx.open(_words(row["id"]), owner, row["words"]),
        due_on=date.fromisoformat(row["due_on"]),
        state=MemberTaskState(row["state"]),
        why=None if row["why"] is None else tx.open(_why(row["id"]), owner, row["why"]),
        longer=row["longer"],
        given_by=PersonId(row["given_by"]),
        given_at=moment(row["given_at"]),
        ended_at=moment_or_none(row["ended_at"]),
    )
