"""What the reminders about the end of a case need to know of it.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.closing`), nor what happens when
one falls due (`bot.services.reminders.closing`).
"""

from typing import Final

from bot.domain.access import Role
from bot.domain.calendar import months_after
from bot.domain.cases import CaseState, TaskKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import OSLO, Reminder, day_of
from bot.domain.reminders.closing import ClosingFacts, reminders
from bot.services.municipality import Municipality
from bot.store import assignments, cases, closings, people, tasks
from bot.store.database import Tx

ASKS: Final = frozenset({Role.COORDINATOR, Role.SUBSTITUTE, Role.KE, Role.KE_LEADER})


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about its end."""
    return reminders(_facts(tx, municipality, case), municipality.rules)


def _facts(tx: Tx, municipality: Municipality, case: CaseId) -> ClosingFacts:
    found = cases.get(tx, case)
    state = found.state
    # From the day the case got a coordinator: another coordinator does not begin a new year for the person.
    since = day_of(found.active_at) if state is CaseState.ACTIVE and found.active_at is not None else None
    waiting = closings.open_of(tx, case) if state in {CaseState.APPOINTING, CaseState.ACTIVE} else None
    archive = next((each for each in tasks.of_case(tx, case) if each.kind is TaskKind.ARCHIVE), None)
    months, asked, today = municipality.profile.closing.ask_months, 0, tx.now.astimezone(OSLO).date()
    while since is not None and months_after(since, (asked + 1) * months) <= today:
        asked += 1
    return ClosingFacts(
        case=case,
        since=since,
        asked=asked,
        proposed=None if waiting is None else (waiting.id, waiting.proposed_at, _asks(tx, case, waiting.proposed_by)),
        archive=None if archive is None else (archive.id, archive.due_on),
    )


def _asks(tx: Tx, case: CaseId, by: PersonId) -> PersonId | None:
    """Whoever asked, while they work with the case; then whoever coordinates. None: the unit."""
    if cases.roles_in(tx, case, by, people.standing_roles(tx, by)) & ASKS:
        return by
    held = assignments.accepted(tx, case)
    return None if held is None else held.candidate
