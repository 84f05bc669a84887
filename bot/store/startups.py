"""The start-up talk and what follows from it, as stored.

Here: statements about its points, its end, the way of working, and what a coordinator has ticked. Not here: who writes and reads what
(`bot.services.startup`), introductions and hours (`bot.store.introductions`). Guarantee: what anybody wrote is sealed with the case's key.
"""

from datetime import date

from bot.domain.ids import CaseId, MemberTaskId, PersonId
from bot.domain.startup import Point, SelfCheck, StartupEnd, Way, WayOfWorking, Written
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


def write(tx: Tx, case: CaseId, point: Point, words: str, *, by: PersonId, alone: bool) -> None:
    """Keep a point. What the same person wrote before goes; with `alone`, what others wrote too: the point has one text."""
    tx.execute(
        "DELETE FROM startup_points WHERE case_id = :case AND point = :point AND (:alone OR person = :by)",
        case=case,
        point=point,
        alone=alone,
        by=by,
    )
    row = tx.next_id("startup_points")
    tx.execute(
        "INSERT INTO startup_points (id, case_id, point, words, person, at) VALUES (:id, :case, :point, :words, :by, :now)",
        id=row,
        case=case,
        point=point,
        words=tx.seal(Field("startup_points", "words", row), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def points(tx: Tx, case: CaseId) -> tuple[Written, ...]:
    """Every point written, oldest first."""
    owner = KeyOwner("case", case)
    return tuple(
        Written(
            point=Point(row["point"]),
            words=tx.open(Field("startup_points", "words", row["id"]), owner, row["words"]),
            person=PersonId(row["person"]),
            at=moment(row["at"]),
        )
        for row in tx.all("SELECT * FROM startup_points WHERE case_id = :case ORDER BY id", case=case)
    )


def end(
    tx: Tx,
    case: CaseId,
    *,
    next_on: date | None,
    owner: PersonId | None,
    task: MemberTaskId | None,
    why_not: str | None,
    by: PersonId,
) -> int:
    """How a talk ended; the row's id."""
    row = tx.next_id("startup_ends")
    sealed = None if why_not is None else tx.seal(Field("startup_ends", "why_not", row), KeyOwner("case", case), why_not)
    tx.execute(
        "INSERT INTO startup_ends (id, case_id, next_on, owner, task, why_not, noted_by, noted_at)"
        " VALUES (:id, :case, :next_on, :owner, :task, :why_not, :by, :now)",
        id=row,
        case=case,
        next_on=None if next_on is None else next_on.isoformat(),
        owner=owner,
        task=task,
        why_not=sealed,
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return row


def last_end(tx: Tx, case: CaseId) -> StartupEnd | None:
    """How the newest talk ended."""
    row = tx.one("SELECT * FROM startup_ends WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    if row is None:
        return None
    sealed = row["why_not"]
    return StartupEnd(
        case=case,
        next_on=None if row["next_on"] is None else date.fromisoformat(row["next_on"]),
        owner=None if row["owner"] is None else PersonId(row["owner"]),
        task=None if row["task"] is None else MemberTaskId(row["task"]),
        why_not=None if sealed is None else tx.open(Field("startup_ends", "why_not", row["id"]), KeyOwner("case", case), sealed),
        noted_at=moment(row["noted_at"]),
    )


def choose_way(tx: Tx, case: CaseId, way: Way, words: str | None, *, by: PersonId) -> int:
    """Which tool from now on; earlier choices stay. The row's id."""
    row = tx.next_id("ways_of_working")
    tx.execute(
        "INSERT INTO ways_of_working (id, case_id, way, words, chosen_by, chosen_at) VALUES (:id, :case, :way, :words, :by, :now)",
        id=row,
        case=case,
        way=way,
        words=None if words is None else tx.seal(Field("ways_of_working", "words", row), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return row


def way(tx: Tx, case: CaseId) -> WayOfWorking | None:
    """The tool chosen last; None where none is chosen yet."""
    row = tx.one("SELECT * FROM ways_of_working WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    if row is None:
        return None
    sealed = row["words"]
    return WayOfWorking(
        case=case,
        way=Way(row["way"]),
        words=None if sealed is None else tx.open(Field("ways_of_working", "words", row["id"]), KeyOwner("case", case), sealed),
        chosen_by=PersonId(row["chosen_by"]),
        chosen_at=moment(row["chosen_at"]),
    )


def tick(tx: Tx, case: CaseId, item: SelfCheck, *, by: PersonId) -> None:
    """A coordinator's tick about the own work; the first day stays."""
    tx.execute(
        "INSERT INTO self_checks (case_id, person, item, at) VALUES (:case, :by, :item, :now) ON CONFLICT DO NOTHING",
        case=case,
        by=by,
        item=item,
        now=stamp(tx.now),
    )
    tx.touch(case)


def ticked(tx: Tx, case: CaseId, person: PersonId) -> frozenset[SelfCheck]:
    """What this coordinator has ticked."""
    rows = tx.all("SELECT item FROM self_checks WHERE case_id = :case AND person = :person", case=case, person=person)
    return frozenset(SelfCheck(row["item"]) for row in rows)
