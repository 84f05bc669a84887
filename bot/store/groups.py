"""Responsibility groups as stored.

Here: statements about them. Not here: who may set one up and who is told (`bot.services.groups`). Guarantees: what anybody wrote is sealed
with the case's key; a case has one group at a time.
"""

import json
from collections.abc import Iterable
from datetime import date
from sqlite3 import Row

from bot.domain.groups import Dissolved, Group, GroupState
from bot.domain.ids import CaseId, GroupId, PersonId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _words(group: int) -> Field:
    return Field("groups", "words", group)


def _written(tx: Tx, group: GroupId, case: CaseId, purpose: str, goals: str | None) -> bytes:
    return tx.seal(_words(group), KeyOwner("case", case), json.dumps({"purpose": purpose, "goals": goals}, ensure_ascii=False))


def set_up(
    tx: Tx,
    case: CaseId,
    *,
    purpose: str,
    goals: str | None,
    until: date | None,
    chair: PersonId | None,
    chair_until: date | None,
    turns: Iterable[PersonId],
    by: PersonId,
) -> GroupId | None:
    """A new group; None where the case has one."""
    if active(tx, case) is not None:
        return None
    group = GroupId(tx.next_id("groups"))
    tx.execute(
        "INSERT INTO groups (id, case_id, state, words, until, chair, chair_until, turns, begun_by, begun_at)"
        " VALUES (:id, :case, 'active', :words, :until, :chair, :chair_until, :turns, :by, :now)",
        id=group,
        case=case,
        words=_written(tx, group, case, purpose, goals),
        until=None if until is None else until.isoformat(),
        chair=chair,
        chair_until=None if chair_until is None else chair_until.isoformat(),
        turns=json.dumps(list(turns)),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return group


def change(
    tx: Tx,
    group: Group,
    *,
    purpose: str,
    goals: str | None,
    until: date | None,
    chair: PersonId | None,
    chair_until: date | None,
    turns: Iterable[PersonId],
) -> None:
    """Everything about it as it shall be from now on."""
    tx.execute(
        "UPDATE groups SET words = :words, until = :until, chair = :chair, chair_until = :chair_until, turns = :turns WHERE id = :id",
        words=_written(tx, group.id, group.case, purpose, goals),
        until=None if until is None else until.isoformat(),
        chair=chair,
        chair_until=None if chair_until is None else chair_until.isoformat(),
        turns=json.dumps(list(turns)),
        id=group.id,
    )
    tx.touch(group.case)


def evaluated(tx: Tx, group: Group, day: date) -> None:
    """The group has looked at its work together on this day in Oslo."""
    tx.execute("UPDATE groups SET evaluated_on = :day WHERE id = :id", day=day.isoformat(), id=group.id)
    tx.touch(group.case)


def dissolve(tx: Tx, group: Group, why: Dissolved) -> bool:
    """It has ended; False where it had."""
    ended = tx.execute(
        "UPDATE groups SET state = 'dissolved', ended_at = :now, ended_why = :why WHERE id = :id AND state = 'active'",
        now=stamp(tx.now),
        why=why,
        id=group.id,
    )
    tx.touch(group.case)
    return ended == 1


@recalled
def active(tx: Tx, case: CaseId) -> Group | None:
    """The group that works now."""
    row = tx.one("SELECT * FROM groups WHERE case_id = :case AND state = 'active'", case=case)
    return None if row is None else _group(tx, row)


def of_case(tx: Tx, case: CaseId) -> tuple[Group, ...]:
    """Every group a case has had, oldest first."""
    return tuple(_group(tx, row) for row in tx.all("SELECT * FROM groups WHERE case_id = :case ORDER BY id", case=case))


def _group(tx: Tx, row: Row) -> Group:
    told = json.loads(tx.open(_words(row["id"]), KeyOwner("case", row["case_id"]), row["words"]))
    return Group(
        id=GroupId(row["id"]),
        case=CaseId(row["case_id"]),
        state=GroupState(row["state"]),
        purpose=told["purpose"],
        goals=told["goals"],
        until=None if row["until"] is None else date.fromisoformat(row["until"]),
        chair=None if row["chair"] is None else PersonId(row["chair"]),
        chair_until=None if row["chair_until"] is None else date.fromisoformat(row["chair_until"]),
        turns=tuple(PersonId(each) for each in json.loads(row["turns"])),
        begun_by=PersonId(row["begun_by"]),
        begun_at=moment(row["begun_at"]),
        evaluated_on=None if row["evaluated_on"] is None else date.fromisoformat(row["evaluated_on"]),
        ended_at=moment_or_none(row["ended_at"]),
        ended_why=None if row["ended_why"] is None else Dissolved(row["ended_why"]),
    )
