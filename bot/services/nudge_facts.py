"""Nudges that still stand in a case, and ending those whose cause is gone.

Here: facts gathered from the store for the pure rules. Not here: the rules (`bot.domain.reminders.nudging`). Guarantee: nobody's leader
hears of a nudge about something that has been done meanwhile, or that is too late to matter.
"""

from collections.abc import Collection

from bot.domain.access import Role
from bot.domain.ids import CaseId, PersonId
from bot.domain.nudges import NudgeState
from bot.domain.reminders import Reminder
from bot.domain.reminders.nudging import NudgeFacts, reminders
from bot.services.municipality import Municipality
from bot.store import nudges, people
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId, wanted: Collection[Reminder]) -> frozenset[Reminder]:
    """What the nudges of a case want. `wanted`: everything else the case wants, by which it is known what is still so."""
    standing = nudges.of_case(tx, case)
    if not standing:
        return frozenset()
    keys = {each.key for each in wanted}
    over = [each.id for each in standing if each.reminder not in keys or (each.useful_until is not None and each.useful_until <= tx.now)]
    nudges.over(tx, over)
    facts = tuple(
        NudgeFacts(
            id=each.id,
            person=each.person,
            nudged_at=each.nudged_at,
            useful_until=each.useful_until,
            later_on=each.later_on,
            climbs=each.state is NudgeState.OPEN and _climbs(tx, each.person),
        )
        for each in standing
        if each.id not in over
    )
    return reminders(case, facts, municipality.rules)


def _climbs(tx: Tx, who: PersonId) -> bool:
    roles = people.standing_roles(tx, who)
    return Role.COORDINATOR in roles and not roles & {Role.KE, Role.KE_LEADER, Role.LEADER}
