"""Changes of coordinator: where each stands, who is asked, and who takes over.

Here: statements about them. Guarantees: one change in a case at a time, one asked at a time, one who takes over; nobody's words stand
unsealed; nobody takes over for good before having met the person (the table holds that).
"""

from datetime import date
from sqlite3 import Row
from typing import Final, Literal

from bot.domain.changes import (
    STEPS,
    Change,
    ChangeAsk,
    ChangeAskState,
    ChangeReason,
    ChangeState,
    StartedAs,
    TakingOver,
)
from bot.domain.ids import CaseId, ChangeAskId, ChangeId, PersonId
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

_ENDED: Final = frozenset({ChangeState.DONE, ChangeState.STOPPED})


def start(
    tx: Tx,
    case: CaseId,
    *,
    state: ChangeState,
    reason: ChangeReason,
    started_as: StartedAs,
    by: PersonId,
    coordinator: PersonId,
    leader: PersonId | None,
    at_meeting: bool,
    words: str | None,
) -> ChangeId:
    """A change begins."""
    change = ChangeId(tx.next_id("changes"))
    tx.execute(
        "INSERT INTO changes"
        " (id, case_id, state, reason, started_as, started_by, coordinator, leader, at_meeting, words, started_at, since)"
        " VALUES (:id, :case, :state, :reason, :as, :by, :coordinator, :leader, :at_meeting, :words, :now, :now)",
        **{"as": started_as},
        id=change,
        case=case,
        state=state,
        reason=reason,
        by=by,
        coordinator=coordinator,
        leader=leader,
        at_meeting=int(at_meeting),
        words=None if words is None else tx.seal(Field("changes", "words", change), KeyOwner("case", case), words),
        now=stamp(tx.now),
    )
    tx.touch(case)
    return change


def move(tx: Tx, change: Change, to: ChangeState, *, department: str | None = None, back_to: ChangeState | None = None) -> bool:
    """Take a change one step on from the state it was read in; False where somebody else was first or no step leads there."""
    if to not in STEPS[change.state]:
        return False
    done = tx.execute(
        "UPDATE changes SET state = :to, since = :now, department = coalesce(:department, department),"
        " back_to = coalesce(:back_to, back_to), ended_at = CASE WHEN :ended THEN :now END WHERE id = :id AND state = :was",
        to=to,
        was=change.state,
        department=department,
        back_to=back_to,
        ended=int(to in _ENDED),
        now=stamp(tx.now),
        id=change.id,
    )
    tx.touch(change.case)
    return done == 1


def ask_leader_anew(tx: Tx, change: Change, leader: PersonId | None) -> None:
    """Another leader answers from now on, with the full time."""
    tx.execute("UPDATE changes SET leader = :leader, since = :now WHERE id = :id", leader=leader, now=stamp(tx.now), id=change.id)
    tx.touch(change.case)


def write(tx: Tx, change: Change, column: Literal["wish", "words"], words: str) -> None:
    """Keep, sealed, whom the person wishes, or why."""
    sealed = tx.seal(Field("changes", column, change.id), KeyOwner("case", change.case), words)
    tx.execute(f"UPDATE changes SET {column} = :sealed WHERE id = :id", sealed=sealed, id=change.id)  # noqa: S608 (two fixed names)


def words(tx: Tx, change: Change, column: Literal["wish", "words"]) -> str | None:
    """The sealed words again."""
    row = tx.one(f"SELECT {column} AS sealed FROM changes WHERE id = :id", id=change.id)  # noqa: S608 (two fixed names)
    if row is None or row["sealed"] is None:
        return None
    return tx.open(Field("changes", column, change.id), KeyOwner("case", change.case), row["sealed"])


def tool_changed(tx: Tx, change: Change) -> bool:
    """The roles are changed in the planning tool; whether that is new."""
    done = tx.execute("UPDATE changes SET tool_at = :now WHERE id = :id AND tool_at IS NULL", now=stamp(tx.now), id=change.id) == 1
    tx.touch(change.case)
    return done


def _change(row: Row) -> Change:
    return Change(
        id=ChangeId(row["id"]),
        case=CaseId(row["case_id"]),
        state=ChangeState(row["state"]),
        reason=ChangeReason(row["reason"]),
        started_as=StartedAs(row["started_as"]),
        started_by=PersonId(row["started_by"]),
        coordinator=PersonId(row["coordinator"]),
        leader=None if row["leader"] is None else PersonId(row["leader"]),
        department=row["department"],
        at_meeting=bool(row["at_meeting"]),
        back_to=None if row["back_to"] is None else ChangeState(row["back_to"]),
        started_at=moment(row["started_at"]),
        since=moment(row["since"]),
        tool_at=moment_or_none(row["tool_at"]),
    )


def find(tx: Tx, change: ChangeId) -> Change | None:
    """A change by its id."""
    row = tx.one("SELECT * FROM changes WHERE id = :id", id=change)
    return None if row is None else _change(row)


def open_in(tx: Tx, case: CaseId) -> Change | None:
    """The change under way in a case, or None."""
    row = tx.one("SELECT * FROM changes WHERE case_id = :case AND ended_at IS NULL", case=case)
    return None if row is None else _change(row)


def last_in(tx: Tx, case: CaseId) -> Change | None:
    """The newest change in a case, under way or not."""
    row = tx.one("SELECT * FROM changes WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    return None if row is None else _change(row)


def waiting_for_leader(tx: Tx, who: PersonId) -> tuple[Change, ...]:
    """Changes under way in which somebody is the coordinator's leader, first begun first."""
    return tuple(_change(row) for row in tx.all("SELECT * FROM changes WHERE leader = :who AND ended_at IS NULL ORDER BY id", who=who))


def queue(tx: Tx, change: Change, person: PersonId, *, wished: bool) -> ChangeAskId | None:
    """One more who can be asked, after those before; None where that person has been asked already."""
    if tx.one("SELECT 1 FROM change_asks WHERE change = :change AND person = :person", change=change.id, person=person):
        return None
    ask = ChangeAskId(tx.next_id("change_asks"))
    tx.execute(
        "INSERT INTO change_asks (id, change, person, place, wished, state) VALUES (:id, :change, :person,"
        " (SELECT coalesce(max(place), 0) + 1 FROM change_asks WHERE change = :change), :wished, 'waiting')",
        id=ask,
        change=change.id,
        person=person,
        wished=int(wished),
    )
    tx.touch(change.case)
    return ask


def move_ask(tx: Tx, change: Change, ask: ChangeAsk, to: ChangeAskState, *, leader: PersonId | None = None) -> bool:
    """Take one who is asked on from the state it was read in; False where somebody else was first."""
    done = tx.execute(
        "UPDATE change_asks SET state = :to, leader = coalesce(:leader, leader),"
        " asked_at = CASE WHEN :to IN ('asked', 'leader_asked') THEN :now ELSE asked_at END,"
        " answered_at = CASE WHEN :to IN ('asked', 'leader_asked') THEN NULL ELSE :now END WHERE id = :id AND state = :was",
        to=to,
        was=ask.state,
        leader=leader,
        now=stamp(tx.now),
        id=ask.id,
    )
    tx.touch(change.case)
    return done == 1


def write_refusal(tx: Tx, change: Change, ask: ChangeAsk, words: str) -> None:
    """Keep, sealed, why not."""
    sealed = tx.seal(Field("change_asks", "refusal", ask.id), KeyOwner("case", change.case), words)
    tx.execute("UPDATE change_asks SET refusal = :sealed WHERE id = :id", sealed=sealed, id=ask.id)


def _ask(row: Row) -> ChangeAsk:
    return ChangeAsk(
        id=ChangeAskId(row["id"]),
        change=ChangeId(row["change"]),
        person=PersonId(row["person"]),
        place=row["place"],
        wished=bool(row["wished"]),
        state=ChangeAskState(row["state"]),
        leader=None if row["leader"] is None else PersonId(row["leader"]),
        asked_at=moment_or_none(row["asked_at"]),
    )


def asks(tx: Tx, change: ChangeId) -> tuple[ChangeAsk, ...]:
    """Everybody who may take over, in the order they are asked."""
    return tuple(_ask(row) for row in tx.all("SELECT * FROM change_asks WHERE change = :change ORDER BY place", change=change))


def find_ask(tx: Tx, ask: ChangeAskId) -> ChangeAsk | None:
    """One who is asked, by id."""
    row = tx.one("SELECT * FROM change_asks WHERE id = :id", id=ask)
    return None if row is None else _ask(row)


def asked_of(tx: Tx, who: PersonId) -> tuple[ChangeAsk, ...]:
    """Questions open to somebody: whether they take over, or whether one of theirs may."""
    rows = tx.all(
        "SELECT change_asks.* FROM change_asks JOIN changes ON changes.id = change WHERE changes.ended_at IS NULL AND"
        " ((change_asks.state = 'asked' AND person = :who) OR (change_asks.state = 'leader_asked' AND change_asks.leader = :who))"
        " ORDER BY change_asks.id",
        who=who,
    )
    return tuple(_ask(row) for row in rows)


def asks_about(tx: Tx, who: PersonId) -> tuple[ChangeAsk, ...]:
    """Everything somebody is asked, or may still be asked, in changes under way."""
    sql = "SELECT change_asks.* FROM change_asks JOIN changes ON changes.id = change WHERE person = :who AND ended_at IS NULL"
    return tuple(_ask(row) for row in tx.all(f"{sql} ORDER BY change_asks.id", who=who))


def naming_department(tx: Tx) -> tuple[Change, ...]:
    """Changes that wait for a department to name somebody."""
    return tuple(_change(row) for row in tx.all("SELECT * FROM changes WHERE state = 'department_names' ORDER BY id"))


def begin_taking_over(tx: Tx, change: Change, person: PersonId, until: date) -> None:
    """Somebody has said yes: from now on both have the case."""
    tx.execute(
        "INSERT INTO taking_over (change, case_id, person, starts_at, until) VALUES (:change, :case, :person, :now, :until)",
        change=change.id,
        case=change.case,
        person=person,
        now=stamp(tx.now),
        until=until.isoformat(),
    )
    tx.touch(change.case)


def taking_over(tx: Tx, case: CaseId) -> TakingOver | None:
    """Who takes over in a case now, or None."""
    row = tx.one("SELECT * FROM taking_over WHERE case_id = :case AND ended_at IS NULL", case=case)
    if row is None:
        return None
    return TakingOver(
        change=ChangeId(row["change"]),
        case=case,
        person=PersonId(row["person"]),
        starts_at=moment(row["starts_at"]),
        until=date.fromisoformat(row["until"]),
        met_at=moment_or_none(row["met_at"]),
    )


def taken_over_by(tx: Tx, person: PersonId) -> list[CaseId]:
    """Cases somebody is taking over now, newest first."""
    rows = tx.all("SELECT case_id FROM taking_over WHERE person = :person AND ended_at IS NULL ORDER BY case_id DESC", person=person)
    return [CaseId(row["case_id"]) for row in rows]


def met(tx: Tx, case: CaseId) -> bool:
    """The new one has met the person; whether that is new."""
    sql = "UPDATE taking_over SET met_at = :now WHERE case_id = :case AND ended_at IS NULL AND met_at IS NULL"
    done = tx.execute(sql, now=stamp(tx.now), case=case) == 1
    tx.touch(case)
    return done


def set_until(tx: Tx, case: CaseId, until: date) -> None:
    """Both work together until another day."""
    tx.execute("UPDATE taking_over SET until = :until WHERE case_id = :case AND ended_at IS NULL", until=until.isoformat(), case=case)
    tx.touch(case)


def end_taking_over(tx: Tx, case: CaseId, ended_as: Literal["coordinator", "fell_away"]) -> None:
    """The new one is the coordinator, or has fallen away."""
    sql = "UPDATE taking_over SET ended_at = :now, ended_as = :ended_as WHERE case_id = :case AND ended_at IS NULL"
    tx.execute(sql, now=stamp(tx.now), ended_as=ended_as, case=case)
    tx.touch(case)
