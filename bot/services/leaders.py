"""The leader of whoever coordinates a case, today.

Here: the one answer for everybody who tells a leader something. Not here: which leader is asked before there is a coordinator
(`bot.services.appointing`). Guarantees: a leader who leads no more is told nothing more, since then whoever leads the department now is;
nobody is their own leader.
"""

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.store import people
from bot.store.assignments import Assignment
from bot.store.database import Tx


def leader_now(tx: Tx, accepted: Assignment | None) -> PersonId | None:
    """The leader who was asked about the coordinator, while they lead; else who leads the coordinator's department. None: there is none."""
    if accepted is None or accepted.candidate is None:
        return None
    department = people.person(tx, accepted.candidate).department
    of_department = [] if department is None else people.with_role(tx, Role.LEADER, department=department)
    asked = [] if accepted.leader is None or Role.LEADER not in people.standing_roles(tx, accepted.leader) else [accepted.leader]
    return next((each for each in (*asked, *of_department) if each != accepted.candidate), None)
