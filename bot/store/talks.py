"""Clarifying talks and start-up talks, and the coordinator's contacts.

Here: statements about them. Guarantee: a case has at most one open talk of a kind, and a time can be picked only while it is offered.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.cases import Place, TalkKind, TalkState
from bot.domain.ids import CaseId, PersonId, TalkId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """A talk. Moments are aware."""

    id: TalkId
    case: CaseId
    kind: TalkKind
    state: TalkState
    place: Place
    proposals: tuple[datetime, ...]
    at: datetime | None
    proposed_by: PersonId
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A contact of the coordinator with the recipient."""

    at: datetime
    place: Place
    person: PersonId


def propose(tx: Tx, case: CaseId, kind: TalkKind, place: Place, times: Sequence[datetime], *, by: PersonId) -> TalkId:
    """Offer times. An offer that is still open is replaced: its buttons then say so."""
    cancel(tx, case, kind)
    talk = TalkId(tx.next_id("talks"))
    tx.execute(
        "INSERT INTO talks (id, case_id, kind, state, place, proposals, proposed_by, created_at)"
        " VALUES (:id, :case, :kind, 'proposed', :place, :proposals, :by, :now)",
        id=talk,
        case=case,
        kind=kind,
        place=place,
        proposals=json.dumps([stamp(time) for time in times]),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return talk


def cancel(tx: Tx, case: CaseId, kind: TalkKind | None = None) -> None:
    """Take back what is open: of one kind, or all."""
    tx.execute(
        "UPDATE talks SET state = 'cancelled' WHERE case_id = :case AND state IN ('proposed', 'booked')"
        " AND (:kind IS NULL OR kind = :kind)",
        case=case,
        kind=kind,
    )
    tx.touch(case)


def pick(tx: Tx, talk: TalkId, choice: int) -> bool:
    """Choose one of the times offered; False where they are no longer offered, or the time has passed."""
    found = find(tx, talk)
    if found is None or found.state is not TalkState.PROPOSED or not 0 <= choice < len(found.proposals):
        return False
    if found.proposals[choice] <= tx.now:
        return False
    tx.execute(
        "UPDATE talks SET state = 'booked', at = :at WHERE id = :id AND state = 'proposed'", at=stamp(found.proposals[choice]), id=talk
    )
    tx.touch(found.case)
    return True


def hold(tx: Tx, case: CaseId, kind: TalkKind, note: str | None, *, by: PersonId) -> TalkId:
    """Record that a talk was held, also one that was never booked here."""
    row = tx.one("SELECT id FROM talks WHERE case_id = :case AND kind = :kind AND state IN ('proposed', 'booked')", case=case, kind=kind)
    talk = TalkId(row["id"]) if row else propose(tx, case, kind, Place.OTHER, (), by=by)
    sealed = None if note is None else tx.seal(Field("talks", "note", talk), KeyOwner("case", case), note)
    tx.execute("UPDATE talks SET state = 'held', held_at = :now, note = :note WHERE id = :id", now=stamp(tx.now), note=sealed, id=talk)
    tx.touch(case)
    return talk


def find(tx: Tx, talk: TalkId) -> Talk | None:
    """A talk by its id."""
    row = tx.one("SELECT * FROM talks WHERE id = :id", id=talk)
    return None if row is None else _talk(row)


@recalled
def of_case(tx: Tx, case: CaseId) -> list[Talk]:
    """Every talk of a case, oldest first."""
    return [_talk(row) for row in tx.all("SELECT * FROM talks WHERE case_id = :case ORDER BY id", case=case)]


def open_talks(tx: Tx) -> list[Talk]:
    """Every talk that is offered or agreed and not noted yet: agreed ones first, earliest first."""
    rows = tx.all("SELECT * FROM talks WHERE state IN ('proposed', 'booked') ORDER BY at IS NULL, at, id")
    return [_talk(row) for row in rows]


def note(tx: Tx, talk: Talk) -> str | None:
    """What was noted at a talk."""
    row = tx.one("SELECT note FROM talks WHERE id = :id", id=talk.id)
    if row is None or row["note"] is None:
        return None
    return tx.open(Field("talks", "note", talk.id), KeyOwner("case", talk.case), row["note"])


def _talk(row: Row) -> Talk:
    return Talk(
        id=TalkId(row["id"]),
        case=CaseId(row["case_id"]),
        kind=TalkKind(row["kind"]),
        state=TalkState(row["state"]),
        place=Place(row["place"]),
        proposals=tuple(moment(time) for time in json.loads(row["proposals"])),
        at=moment_or_none(row["at"]),
        proposed_by=PersonId(row["proposed_by"]),
        created_at=moment(row["created_at"]),
    )


def record_contact(tx: Tx, case: CaseId, place: Place, *, by: PersonId) -> None:
    """The coordinator has been in touch (Rana, Oppstart 4)."""
    tx.execute(
        "INSERT INTO contacts (case_id, person, place, at) VALUES (:case, :by, :place, :now)",
        case=case,
        by=by,
        place=place,
        now=stamp(tx.now),
    )
    tx.touch(case)


@recalled
def contacts(tx: Tx, case: CaseId) -> list[Contact]:
    """Every contact, oldest first."""
    rows = tx.all("SELECT * FROM contacts WHERE case_id = :case ORDER BY id", case=case)
    return [Contact(at=moment(row["at"]), place=Place(row["place"]), person=PersonId(row["person"])) for row in rows]
