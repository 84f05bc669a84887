"""What must hold for a case before a transaction is committed.

Here: "never alone", reminders that follow the facts, and nothing on its way to whoever it is no longer shared with. Guarantee: a
transaction that would leave a living case without a coordinator, a substitute or an open task at KE, now or on a day on which somebody is
known to be away, is undone as a whole (Lund §§ 2, 3; Rana, Overføring).
"""

from collections.abc import Callable

from bot.domain.cases import LIVING
from bot.domain.ids import CaseId
from bot.services import circle, cover, due, seats
from bot.services.municipality import Municipality
from bot.store import assignments, cases, tasks
from bot.store.database import Tx


class CaseLeftAlone(Exception):
    """A transaction would leave a living case to nobody. A bug in Samråd; the transaction is undone."""


def before_commit(municipality: Municipality) -> Callable[[Tx], None]:
    """What every transaction runs before its commit."""

    def check(tx: Tx) -> None:
        for case in sorted(tx.touched):
            seats.settle(tx, municipality, CaseId(case))
            due.of_case(tx, municipality, CaseId(case))
            circle.settle(tx, municipality, CaseId(case))
            if alone(tx, CaseId(case)):
                raise CaseLeftAlone(f"case {case} would have neither a coordinator nor an open task at KE")

    return check


def alone(tx: Tx, case: CaseId) -> bool:
    """Is a living case held by nobody, now or on a day to come?"""
    if cases.get(tx, case).state not in LIVING or tasks.holds(tx, case):
        return False
    return assignments.accepted(tx, case) is None or bool(cover.gaps_in(tx, case))
