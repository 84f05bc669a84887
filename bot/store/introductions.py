"""Who has told partners that they coordinate, who has answered, and when somebody at work can be reached.

Here: statements about them. Not here: whom a consent covers (`bot.services.introductions`). Guarantee: a coordinator is introduced to a
member once; another coordinator is introduced anew.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.office_hours import OfficeHours
from bot.store.database import Tx
from bot.store.times import moment, moment_or_none, stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Introduction:
    """One member told of one coordinator. Moments are aware."""

    member: MemberId
    coordinator: PersonId
    sent_at: datetime
    answered_at: datetime | None


def introduce(tx: Tx, case: CaseId, member: MemberId, coordinator: PersonId) -> bool:
    """A member is told of the coordinator; False where they had been."""
    done = tx.execute(
        "INSERT INTO introductions (member, coordinator, sent_at) VALUES (:member, :coordinator, :now) ON CONFLICT DO NOTHING",
        member=member,
        coordinator=coordinator,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return done == 1


def answered(tx: Tx, case: CaseId, member: MemberId, coordinator: PersonId) -> bool:
    """The member has read it, or was told otherwise; False where it had been so, or nobody has told them."""
    done = tx.execute(
        "UPDATE introductions SET answered_at = :now WHERE member = :member AND coordinator = :coordinator AND answered_at IS NULL",
        member=member,
        coordinator=coordinator,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return done == 1


def of_case(tx: Tx, case: CaseId, coordinator: PersonId) -> dict[MemberId, Introduction]:
    """Whom this coordinator has been introduced to in a case."""
    rows = tx.all(
        "SELECT * FROM introductions WHERE coordinator = :coordinator AND member IN (SELECT id FROM members WHERE case_id = :case)",
        coordinator=coordinator,
        case=case,
    )
    return {
        MemberId(row["member"]): Introduction(
            member=MemberId(row["member"]),
            coordinator=PersonId(row["coordinator"]),
            sent_at=moment(row["sent_at"]),
            answered_at=moment_or_none(row["answered_at"]),
        )
        for row in rows
    }


def set_hours(tx: Tx, person: PersonId, hours: OfficeHours) -> None:
    """When somebody can be reached from now on."""
    tx.execute(
        "INSERT INTO office_hours (person, opens, closes, days, set_at) VALUES (:person, :opens, :closes, :days, :now)"
        " ON CONFLICT (person) DO UPDATE SET opens = :opens, closes = :closes, days = :days, set_at = :now",
        person=person,
        opens=hours.opens.isoformat(),
        closes=hours.closes.isoformat(),
        days=json.dumps(sorted(hours.days)),
        now=stamp(tx.now),
    )


def hours(tx: Tx, person: PersonId) -> OfficeHours | None:
    """What somebody has set, or None."""
    row = tx.one("SELECT * FROM office_hours WHERE person = :person", person=person)
    if row is None:
        return None
    return OfficeHours(
        opens=time.fromisoformat(row["opens"]), closes=time.fromisoformat(row["closes"]), days=tuple(json.loads(row["days"]))
    )
