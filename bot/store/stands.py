"""What somebody is in a case by their work: asked, coordinator, taking over, substitute, leader.

Here: the one question to all the tables that say so. Not here: parties (`bot.store.standings`) and members (`bot.store.members`).
Guarantees: it counts from the minute it holds to the minute it ends, by the clock of the transaction; whoever no longer has a role at
work in the municipality is nothing in any case.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from bot.domain.access import Role
from bot.domain.ids import CaseId, PersonId
from bot.store import assignments, changes, substitutes
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.times import stamp

AT_WORK: Final = frozenset({Role.COORDINATOR, Role.LEADER, Role.REPORTER})
"""Whoever has one of these can hold a part of a case. The unit's own roles give rights in every case anyway."""

_SQL: Final = """
    SELECT 'candidate' AS role FROM assignments WHERE case_id = :case AND candidate = :who AND state = 'candidate_asked'
    UNION SELECT 'coordinator' FROM assignments WHERE case_id = :case AND candidate = :who AND state = 'accepted'
    UNION SELECT 'leader' FROM assignments
        WHERE case_id = :case AND leader = :who AND state IN ('leader_asked', 'candidate_asked', 'accepted')
    UNION SELECT 'leader' FROM assignments
        JOIN roles AS theirs ON theirs.person = candidate AND (theirs.until IS NULL OR theirs.until > :now)
        JOIN roles AS mine ON mine.person = :who AND mine.role = 'leader' AND mine.department = theirs.department
            AND (mine.until IS NULL OR mine.until > :now)
        WHERE case_id = :case AND state = 'accepted'
    UNION SELECT CASE WHEN state = 'accepted' AND starts_at <= :now THEN 'substitute' ELSE 'candidate' END FROM substitutes
        WHERE case_id = :case AND person = :who AND state IN ('proposed', 'accepted') AND ends_at > :now
    UNION SELECT 'leader' FROM changes WHERE case_id = :case AND leader = :who AND ended_at IS NULL
    UNION SELECT 'leader' FROM changes
        JOIN roles AS mine ON mine.person = :who AND mine.role = 'leader' AND mine.department = changes.department
            AND (mine.until IS NULL OR mine.until > :now)
        WHERE case_id = :case AND state = 'department_names'
    UNION SELECT 'candidate' FROM change_asks JOIN changes ON changes.id = change
        WHERE case_id = :case AND person = :who AND change_asks.state IN ('asked', 'leader_asked') AND ended_at IS NULL
    UNION SELECT 'leader' FROM change_asks JOIN changes ON changes.id = change
        WHERE case_id = :case AND change_asks.leader = :who AND change_asks.state = 'leader_asked' AND ended_at IS NULL
    UNION SELECT 'coordinator' FROM taking_over WHERE case_id = :case AND person = :who AND ended_at IS NULL
"""
_NEEDS: Final = {Role.LEADER: frozenset({Role.LEADER}), Role.SUBSTITUTE: AT_WORK}
_MAY_COORDINATE: Final = frozenset({Role.COORDINATOR, Role.LEADER})


@recalled
def roles_at_work(tx: Tx, case: CaseId, who: PersonId, standing: AbstractSet[Role]) -> frozenset[Role]:
    """What somebody is in this case now by their work. `standing`: what they are in the municipality today."""
    if not standing & AT_WORK:
        return frozenset()
    found = (Role(row["role"]) for row in tx.all(_SQL, case=case, who=who, now=stamp(tx.now)))
    # Whoever is asked to stand in may be a professional without the coordinator's role; to take over takes that role.
    return frozenset(role for role in found if standing & _NEEDS.get(role, AT_WORK if role is Role.CANDIDATE else _MAY_COORDINATE))


def held_by(tx: Tx, who: PersonId) -> list[CaseId]:
    """Cases somebody works with at this moment: coordinates, takes over, or stands in for; newest first."""
    held = {*assignments.coordinated_by(tx, who), *changes.taken_over_by(tx, who), *substitutes.stands_in_for(tx, who)}
    return sorted(held, reverse=True)
