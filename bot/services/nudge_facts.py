"""Nudges that still stand in a case, and ending those whose cause is gone.

Here: facts gathered from the store for the pure rules. Not here: the rules (`bot.domain.reminders.nudging`). Guarantee: nobody's leader
hears of a nudge about something that has been done meanwhile, or that is too late to matter.
"""

from collections.abc import Collection
from typing import Final

from bot.domain.access import Role
from bot.domain.ids import CaseId
from bot.domain.nudges import OWN_LADDER, NudgeState
from bot.domain.reminders import Reminder
from bot.domain.reminders.nudging import NudgeFacts, reminders
from bot.services.municipality import Municipality
from bot.store import cases, nudges, people
from bot.store.database import Tx
from bot.store.nudges import Nudge

AT_WORK: Final = frozenset({Role.COORDINATOR, Role.SUBSTITUTE, Role.CANDIDATE, Role.LEADER, Role.KE, Role.KE_LEADER})


def of_case(tx: Tx, municipality: Municipality, case: CaseId, wanted: Collection[Reminder]) -> frozenset[Reminder]:
    """What the nudges of a case want. `wanted`: everything else the case wants, by which it is known what is still so."""
    standing = nudges.of_case(tx, case)
    if not standing:
        return frozenset()
    keys = {each.key for each in wanted}
    over = [each.id for each in standing if each.reminder not in keys or _past(tx, each)]
    nudges.over(tx, over)
    facts = tuple(
        NudgeFacts(
            id=each.id,
            person=each.person,
            nudged_at=each.nudged_at,
            useful_until=each.useful_until,
            later_on=each.later_on,
            climbs=climbs(tx, each),
        )
        for each in standing
        if each.id not in over
    )
    return reminders(case, facts, municipality.rules)


def _past(tx: Tx, nudge: Nudge) -> bool:
    """Is it too late, or has the case gone to somebody else since?"""
    if nudge.useful_until is not None and nudge.useful_until <= tx.now:
        return True
    return not cases.roles_in(tx, nudge.case, nudge.person, people.standing_roles(tx, nudge.person)) & AT_WORK


def climbs(tx: Tx, nudge: Nudge) -> bool:
    """Does a leader hear when nobody answers? The unit and leaders answer to nobody here; some kinds have a ladder of their own."""
    if nudge.state is not NudgeState.OPEN or nudge.kind in OWN_LADDER:
        return False
    roles = people.standing_roles(tx, nudge.person)
    return Role.COORDINATOR in roles and not roles & {Role.KE, Role.KE_LEADER, Role.LEADER}
