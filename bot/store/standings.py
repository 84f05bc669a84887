"""Who may decide for the person a case is about, as it has been recorded.

Here: statements about birth dates and representatives. Not here: lapses and shielding (`bot.store.lapses`), what follows from them
(`bot.domain.rights`), nor who may record them (`bot.services.recording_standing`). Guarantees: what people wrote, and the birth date, are
sealed with the case's key; what has ended gives nothing from that moment; nothing is ever deleted, so that who decided on a day can be
shown later.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from bot.domain.access import Role
from bot.domain.cases import AgeGroup
from bot.domain.ids import CaseId, PersonId, RepresentativeId
from bot.domain.reminders import day_of
from bot.domain.rights import AgeFacts, Ages, Area, Representative, Rights, effective, rights
from bot.store.database import Tx
from bot.store.lapses import end, lapsed, shielded
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyDestroyed, KeyOwner
from bot.store.times import moment, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """A birth date somebody has seen."""

    born_on: date
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A representative as recorded: what was seen, and by whom. `ended`: taken back."""

    id: RepresentativeId
    case: CaseId
    as_recorded: Representative
    seen: str
    recorded_by: PersonId
    recorded_at: datetime
    ended: bool


def _owner(case: int) -> KeyOwner:
    return KeyOwner("case", case)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@recalled
def birth(tx: Tx, case: CaseId) -> Birth | None:
    """The birth date recorded in a case; None where there is none, and after the case's content has been destroyed."""
    row = tx.one("SELECT born_on, recorded_at FROM births WHERE case_id = :case", case=case)
    if row is None:
        return None
    try:
        born_on = tx.open(Field("births", "born_on", case), _owner(case), row["born_on"])
    except KeyDestroyed:
        return None
    return Birth(born_on=date.fromisoformat(born_on), recorded_at=moment(row["recorded_at"]))


def set_birth(tx: Tx, case: CaseId, born_on: date, *, by: PersonId) -> None:
    """Record a birth date, or correct it."""
    tx.execute(
        "INSERT INTO births (case_id, born_on, recorded_by, recorded_at) VALUES (:case, :born_on, :by, :now)"
        " ON CONFLICT (case_id) DO UPDATE SET born_on = :born_on, recorded_by = :by, recorded_at = :now",
        case=case,
        born_on=tx.seal(Field("births", "born_on", case), _owner(case), born_on.isoformat()),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def add_representative(tx: Tx, case: CaseId, who: Representative, *, seen: str, by: PersonId) -> RepresentativeId:
    """Record that somebody represents the person. A row in force for the same person and capacity ends."""
    tx.execute(
        "UPDATE representatives SET ended_at = :now, ended_by = :by"
        " WHERE case_id = :case AND person = :person AND capacity = :capacity AND ended_at IS NULL",
        case=case,
        person=who.person,
        capacity=who.capacity,
        by=by,
        now=stamp(tx.now),
    )
    number = RepresentativeId(tx.next_id("representatives"))
    mandate = json.dumps({"areas": sorted(who.areas), "seen": seen}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO representatives (id, case_id, person, capacity, since, until, mandate, recorded_by, recorded_at)"
        " VALUES (:id, :case, :person, :capacity, :since, :until, :mandate, :by, :now)",
        id=number,
        case=case,
        person=who.person,
        capacity=who.capacity,
        since=who.since.isoformat(),
        until=None if who.until is None else who.until.isoformat(),
        mandate=tx.seal(Field("representatives", "mandate", number), _owner(case), mandate),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return number


def end_representative(tx: Tx, representative: RepresentativeId, *, by: PersonId) -> CaseId | None:
    """It holds no longer; the case, or None where it had ended already."""
    return end(tx, "representatives", representative, by)


def _recorded(tx: Tx, row: Row) -> Recorded:
    told = json.loads(tx.open(Field("representatives", "mandate", row["id"]), _owner(row["case_id"]), row["mandate"]))
    return Recorded(
        id=RepresentativeId(row["id"]),
        case=CaseId(row["case_id"]),
        as_recorded=Representative(
            person=PersonId(row["person"]),
            capacity=Role(row["capacity"]),
            areas=frozenset(Area(area) for area in told["areas"]),
            since=date.fromisoformat(row["since"]),
            until=_day(row["until"]),
        ),
        seen=told["seen"],
        recorded_by=PersonId(row["recorded_by"]),
        recorded_at=moment(row["recorded_at"]),
        ended=row["ended_at"] is not None,
    )


@recalled
def representatives(tx: Tx, case: CaseId) -> tuple[Recorded, ...]:
    """Everybody recorded who has not been ended, also those whose days are over or still to come."""
    rows = tx.all("SELECT * FROM representatives WHERE case_id = :case AND ended_at IS NULL ORDER BY id", case=case)
    try:
        return tuple(_recorded(tx, row) for row in rows)
    except KeyDestroyed:
        return ()


def representative(tx: Tx, number: RepresentativeId) -> Recorded | None:
    """One of them by its number, also an ended one."""
    row = tx.one("SELECT * FROM representatives WHERE id = :id", id=number)
    return None if row is None else _recorded(tx, row)


@recalled
def rights_in(tx: Tx, case: CaseId, ages: Ages = Ages(), on: date | None = None) -> Rights:  # noqa: B008 (a frozen value)
    """What the person a case is about may on a day, today where none is given."""
    today = day_of(tx.now) if on is None else on
    row = tx.one("SELECT age_group FROM cases WHERE id = :case", case=case)
    seen = birth(tx, case)
    facts = AgeFacts(
        ages=ages,
        told=AgeGroup.UNKNOWN if row is None else AgeGroup(row["age_group"]),
        shielded=shielded(tx, case),
        lapsed=lapsed(tx, case, today),
    )
    return rights(None if seen is None else seen.born_on, today, facts)


@recalled
def the_person(tx: Tx, case: CaseId) -> PersonId | None:
    """The person the case is about, where they have come here themselves."""
    row = tx.one(
        "SELECT person FROM parties WHERE case_id = :case AND role IN ('self', 'youth') AND until IS NULL ORDER BY since, person LIMIT 1",
        case=case,
    )
    return None if row is None else PersonId(row["person"])


@recalled
def acting(tx: Tx, case: CaseId) -> list[tuple[PersonId, Role]]:
    """Parties and representatives with what their role comes to today; whoever is nothing any more is left out."""
    today = day_of(tx.now)
    rows = tx.all("SELECT person, role FROM parties WHERE case_id = :case AND until IS NULL ORDER BY since, person", case=case)
    now = rights_in(tx, case)
    holding = {
        (each.as_recorded.person, each.as_recorded.capacity) for each in representatives(tx, case) if each.as_recorded.decides_here(today)
    }
    claimed = [(PersonId(row["person"]), Role(row["role"])) for row in rows]
    claimed += sorted(holding - set(claimed))
    found: list[tuple[PersonId, Role]] = []
    for person, role in claimed:
        role_now = effective(role, now, recorded=(person, role) in holding)
        if role_now is not None and (person, role_now) not in found:
            found.append((person, role_now))
    return found


def of_person(tx: Tx, who: PersonId) -> list[CaseId]:
    """Cases in which somebody is a party or a representative as things stand today, newest first."""
    rows = tx.all(
        "SELECT case_id FROM parties WHERE person = :who AND until IS NULL"
        " UNION SELECT case_id FROM representatives WHERE person = :who AND ended_at IS NULL ORDER BY case_id DESC",
        who=who,
    )
    mine = [CaseId(row["case_id"]) for row in rows]
    return [case for case in mine if who in {person for person, _ in acting(tx, case)}]
