"""What the reminder about somebody who is sent around needs to know.

Here: facts gathered from the store, handed to the pure rule. Not here: the rule (`bot.domain.sent_around`).
"""

from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import Reminder
from bot.domain.sent_around import SentAround, reminders
from bot.services.leaders import leader_now
from bot.services.municipality import Municipality
from bot.store import assignments
from bot.store import sent_around as store
from bot.store.database import Tx


def leader_of(tx: Tx, case: CaseId | None) -> PersonId | None:
    """The leader who was asked about the coordinator, else the leader of the coordinator's department; None where there is none."""
    return None if case is None else leader_now(tx, assignments.accepted(tx, case))


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of."""
    return _of(tx, municipality, store.waiting_in(tx, case))


def of_unit(tx: Tx, municipality: Municipality) -> frozenset[Reminder]:
    """What was said by those who have no case."""
    return _of(tx, municipality, tuple(each for each in store.waiting(tx) if each.case is None))


def _of(tx: Tx, municipality: Municipality, waiting: tuple[SentAround, ...]) -> frozenset[Reminder]:
    return frozenset[Reminder]().union(*(reminders(each, leader_of(tx, each.case), municipality.rules) for each in waiting))
