"""Who stands in for a coordinator, and who is away.

Here: statements about substitutes and absences. Guarantees: what the substitute must know is sealed with the case's key; one substitute
stands in at a time.
"""

from datetime import date, datetime, timedelta
from sqlite3 import Row
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.domain.ids import CaseId, PersonId, SubstituteId
from bot.domain.substitutes import Absence, Span, Substitute, SubstituteScope, SubstituteState
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

OSLO: Final = ZoneInfo("Europe/Oslo")
_NOW: Final = "state = 'accepted' AND starts_at <= :now AND ends_at > :now"


def propose(
    tx: Tx, case: CaseId, person: PersonId, *, instead_of: PersonId, scope: SubstituteScope, time: Span, note: str | None, by: PersonId
) -> SubstituteId:
    """Ask somebody to stand in."""
    substitute = SubstituteId(tx.next_id("substitutes"))
    tx.execute(
        "INSERT INTO substitutes (id, case_id, person, instead_of, scope, state, starts_at, ends_at, note, proposed_by, proposed_at)"
        " VALUES (:id, :case, :person, :instead_of, :scope, 'proposed', :starts_at, :ends_at, :note, :by, :now)",
        id=substitute,
        case=case,
        person=person,
        instead_of=instead_of,
        scope=scope,
        starts_at=stamp(time.starts_at),
        ends_at=stamp(time.ends_at),
        note=None if note is None else tx.seal(Field("substitutes", "note", substitute), KeyOwner("case", case), note),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return substitute


def move(tx: Tx, substitute: Substitute, to: SubstituteState) -> bool:
    """Take it on from the state it was read in; False where somebody else was first. Whoever ends early has access no longer."""
    ended = to not in {SubstituteState.PROPOSED, SubstituteState.ACCEPTED}
    done = tx.execute(
        "UPDATE substitutes SET state = :to, answered_at = CASE WHEN :to IN ('accepted', 'declined') THEN :now ELSE answered_at END,"
        " ended_at = CASE WHEN :ended THEN :now END WHERE id = :id AND state = :was",
        to=to,
        was=substitute.state,
        ended=int(ended),
        now=stamp(tx.now),
        id=substitute.id,
    )
    tx.touch(substitute.case)
    return done == 1


def write(tx: Tx, substitute: Substitute, column: Literal["note", "refusal"], words: str) -> None:
    """Keep, sealed, what the substitute must know, or why not."""
    sealed = tx.seal(Field("substitutes", column, substitute.id), KeyOwner("case", substitute.case), words)
    tx.execute(f"UPDATE substitutes SET {column} = :sealed WHERE id = :id", sealed=sealed, id=substitute.id)  # noqa: S608 (two fixed names)


def words(tx: Tx, substitute: Substitute, column: Literal["note", "refusal"]) -> str | None:
    """The sealed words again."""
    row = tx.one(f"SELECT {column} AS sealed FROM substitutes WHERE id = :id", id=substitute.id)  # noqa: S608 (two fixed names)
    if row is None or row["sealed"] is None:
        return None
    return tx.open(Field("substitutes", column, substitute.id), KeyOwner("case", substitute.case), row["sealed"])


def _substitute(row: Row) -> Substitute:
    return Substitute(
        id=SubstituteId(row["id"]),
        case=CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        instead_of=PersonId(row["instead_of"]),
        scope=SubstituteScope(row["scope"]),
        state=SubstituteState(row["state"]),
        time=Span(starts_at=moment(row["starts_at"]), ends_at=moment(row["ends_at"])),
        proposed_by=PersonId(row["proposed_by"]),
        proposed_at=moment(row["proposed_at"]),
        answered_at=moment_or_none(row["answered_at"]),
    )


def find(tx: Tx, substitute: SubstituteId) -> Substitute | None:
    """A substitute by its id."""
    row = tx.one("SELECT * FROM substitutes WHERE id = :id", id=substitute)
    return None if row is None else _substitute(row)


def of_case(tx: Tx, case: CaseId) -> tuple[Substitute, ...]:
    """Everybody asked to stand in, first asked first."""
    return tuple(_substitute(row) for row in tx.all("SELECT * FROM substitutes WHERE case_id = :case ORDER BY id", case=case))


def active(tx: Tx, case: CaseId, now: datetime | None = None) -> Substitute | None:
    """Who stands in at this moment (now, unless another is given), or None."""
    row = tx.one(f"SELECT * FROM substitutes WHERE case_id = :case AND {_NOW}", case=case, now=stamp(now or tx.now))  # noqa: S608
    return None if row is None else _substitute(row)


def stood_in_until(tx: Tx, case: CaseId) -> datetime | None:
    """When the last one who stood in stopped, by the day agreed or earlier; None where nobody has."""
    row = tx.one(
        "SELECT max(min(ends_at, coalesce(ended_at, ends_at))) AS at FROM substitutes WHERE case_id = :case AND answered_at IS NOT NULL"
        " AND state IN ('accepted', 'ended') AND starts_at < :now AND min(ends_at, coalesce(ended_at, ends_at)) <= :now",
        case=case,
        now=stamp(tx.now),
    )
    return None if row is None else moment_or_none(row["at"])


def of_person(tx: Tx, person: PersonId) -> tuple[Substitute, ...]:
    """What somebody is asked about or stands in for, open ones only, first asked first."""
    rows = tx.all("SELECT * FROM substitutes WHERE person = :person AND ended_at IS NULL ORDER BY id", person=person)
    return tuple(_substitute(row) for row in rows)


def stands_in_for(tx: Tx, person: PersonId) -> list[CaseId]:
    """Cases in which somebody stands in at this moment, newest first."""
    sql = f"SELECT case_id FROM substitutes WHERE person = :person AND {_NOW} ORDER BY case_id DESC"  # noqa: S608 (fixed words)
    return [CaseId(row["case_id"]) for row in tx.all(sql, person=person, now=stamp(tx.now))]


def note_absence(tx: Tx, person: PersonId, time: Span, *, by: PersonId) -> None:
    """Somebody is away; what was noted before for days to come is replaced."""
    end_absence(tx, person)
    tx.execute(
        "INSERT INTO absences (person, starts_at, ends_at, noted_by, noted_at) VALUES (:person, :starts_at, :ends_at, :by, :now)",
        person=person,
        starts_at=stamp(time.starts_at),
        ends_at=stamp(time.ends_at),
        by=by,
        now=stamp(tx.now),
    )


def end_absence(tx: Tx, person: PersonId) -> bool:
    """Somebody is back, or will not be away after all; whether there was anything to end."""
    now = stamp(tx.now)
    ended = tx.execute(
        "UPDATE absences SET ends_at = :now, starts_at = min(starts_at, :now) WHERE person = :person AND ends_at > :now",
        person=person,
        now=now,
    )
    return ended > 0


def absences(tx: Tx, person: PersonId) -> tuple[Absence, ...]:
    """When somebody is away, from now on."""
    sql = "SELECT * FROM absences WHERE person = :person AND ends_at > :now ORDER BY starts_at"
    return tuple(
        Absence(person=person, time=Span(starts_at=moment(row["starts_at"]), ends_at=moment(row["ends_at"])))
        for row in tx.all(sql, person=person, now=stamp(tx.now))
    )


def last_day_away(tx: Tx, person: PersonId) -> date | None:
    """The last day of the newest absence, also one that is over; None where somebody was never away."""
    row = tx.one("SELECT max(ends_at) AS ends_at FROM absences WHERE person = :person", person=person)
    ends_at = None if row is None else moment_or_none(row["ends_at"])
    return None if ends_at is None else (ends_at - timedelta(microseconds=1)).astimezone(OSLO).date()
