"""Nudges and what was done about them, and how often somebody wants them.

Here: the rows. Not here: when a leader hears of one (`bot.domain.nudges`), nor what waits for a digest (`bot.store.held_messages`).
Guarantees: a reminder nudges one person once; an answer is never overwritten by another; why one is not needed is sealed with its case.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row
from typing import Final

from bot.domain.ids import CaseId, NoticeId, NudgeId, PersonId
from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import NudgeState
from bot.domain.reminders import ReminderKind
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

STANDS: Final = "state IN ('open', 'later')"


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudge:
    """One nudge. Moments are UTC; `later_on` is a day in Oslo."""

    id: NudgeId
    reminder: str
    kind: ReminderKind
    case: CaseId
    person: PersonId
    notice: NoticeId | None
    useful_until: datetime | None
    nudged_at: datetime
    state: NudgeState
    later_on: date | None

    @property
    def stands(self) -> bool:
        """Whether nobody has answered for good."""
        return self.state in {NudgeState.OPEN, NudgeState.LATER}


def _nudge(row: Row) -> Nudge:
    return Nudge(
        id=NudgeId(row["id"]),
        reminder=row["reminder"],
        kind=ReminderKind(row["kind"]),
        case=CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        notice=None if row["notice"] is None else NoticeId(row["notice"]),
        useful_until=moment_or_none(row["useful_until"]),
        nudged_at=moment(row["nudged_at"]),
        state=NudgeState(row["state"]),
        later_on=None if row["later_on"] is None else date.fromisoformat(row["later_on"]),
    )


def add(tx: Tx, reminder: str, kind: ReminderKind, *, case: CaseId, person: PersonId, useful_until: datetime | None) -> NudgeId | None:
    """Somebody is nudged; None where this reminder has nudged them before."""
    if tx.one("SELECT 1 FROM nudges WHERE reminder = :reminder AND person = :person", reminder=reminder, person=person):
        return None
    nudge = NudgeId(tx.next_id("nudges"))
    tx.execute(
        "INSERT INTO nudges (id, reminder, kind, case_id, person, useful_until, nudged_at)"
        " VALUES (:id, :reminder, :kind, :case, :person, :until, :now)",
        **{"id": nudge, "reminder": reminder, "kind": kind, "case": case, "person": person, "now": stamp(tx.now)},
        until=None if useful_until is None else stamp(useful_until),
    )
    tx.touch(case)
    return nudge


def told_by(tx: Tx, nudge: NudgeId, notice: NoticeId) -> None:
    """Which notice carries its words."""
    tx.execute("UPDATE nudges SET notice = :notice WHERE id = :id", notice=notice, id=nudge)


def find(tx: Tx, nudge: NudgeId) -> Nudge | None:
    """A nudge by its id; whoever shows it asks first whose it is."""
    row = tx.one("SELECT * FROM nudges WHERE id = :id", id=nudge)
    return None if row is None else _nudge(row)


def by_notice(tx: Tx, notice: NoticeId) -> Nudge | None:
    """The nudge whose words this notice carries."""
    row = tx.one("SELECT * FROM nudges WHERE notice = :notice", notice=notice)
    return None if row is None else _nudge(row)


def of_person(tx: Tx, person: PersonId) -> list[Nudge]:
    """What waits for a person's answer, oldest first; what was put off waits until its day."""
    # Named as in the index too, so that answered ones are not gone through.
    sql = f"SELECT * FROM nudges WHERE person = :person AND {STANDS} AND state = 'open' ORDER BY nudged_at, id"  # noqa: S608 (fixed words)
    rows = tx.all(sql, person=person)
    return [_nudge(row) for row in rows]


@recalled
def of_case(tx: Tx, case: CaseId) -> list[Nudge]:
    """What stands in a case, put off or not."""
    return [_nudge(row) for row in tx.all(f"SELECT * FROM nudges WHERE case_id = :case AND {STANDS} ORDER BY id", case=case)]  # noqa: S608


def settle(tx: Tx, nudge: NudgeId, state: NudgeState, *, later_on: date | None = None, why: str | None = None) -> bool:
    """Its answer; whether there was none before. `why` is sealed with the case's key."""
    row = tx.one(f"SELECT case_id FROM nudges WHERE id = :id AND {STANDS}", id=nudge)  # noqa: S608 (fixed words)
    if row is None:
        return False
    sealed = None if why is None else tx.seal(Field("nudges", "why", nudge), KeyOwner("case", row["case_id"]), why)
    tx.execute(
        "UPDATE nudges SET state = :state, later_on = :later, why = :why, answered_at = :now WHERE id = :id",
        **{"state": state, "later": None if later_on is None else later_on.isoformat(), "why": sealed, "now": stamp(tx.now), "id": nudge},
    )
    tx.touch(row["case_id"])
    return True


def over(tx: Tx, nudges: Collection[NudgeId]) -> None:
    """What these were about is so no longer."""
    for nudge in nudges:
        tx.execute(
            f"UPDATE nudges SET state = 'over', later_on = NULL, answered_at = :now WHERE id = :id AND {STANDS}",  # noqa: S608 (fixed words)
            now=stamp(tx.now),
            id=nudge,
        )


def again(tx: Tx, nudge: NudgeId) -> None:
    """The day has come to which it was put off: it is open, and its time counts from now."""
    tx.execute(
        "UPDATE nudges SET state = 'open', later_on = NULL, nudged_at = :now, answered_at = NULL WHERE id = :id AND state = 'later'",
        now=stamp(tx.now),
        id=nudge,
    )
    found = find(tx, nudge)
    if found is not None:
        tx.touch(found.case)


def choose(tx: Tx, person: PersonId, how_often: HowOften) -> None:
    """How often this person wants to be reminded."""
    tx.execute(
        "INSERT INTO nudge_choices (person, how_often, chosen_at) VALUES (:person, :how_often, :now)"
        " ON CONFLICT (person) DO UPDATE SET how_often = :how_often, chosen_at = :now",
        person=person,
        how_often=how_often,
        now=stamp(tx.now),
    )


def chosen(tx: Tx, person: PersonId) -> HowOften | None:
    """What this person has chosen; None: nothing."""
    row = tx.one("SELECT how_often FROM nudge_choices WHERE person = :person", person=person)
    return None if row is None else HowOften(row["how_often"])
