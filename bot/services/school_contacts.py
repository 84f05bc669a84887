"""The contact of a child at the kindergarten or the school: whether one is missing, and that there is none to have.

Here: the facts of one case, noting that a child goes to neither, and what the reminders need. Not here: the rules
(`bot.domain.school_contacts`), the circle (`bot.services.circle`). Guarantee: that a child goes to neither is asked anew after a year.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import CHILD, AgeGroup, CaseState
from bot.domain.circle import IN_CIRCLE
from bot.domain.circle_commands import GoesToNeither
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.domain.reminders import Reminder, day_of
from bot.domain.reminders.school import SchoolFacts, reminders
from bot.domain.rights import age_on
from bot.domain.rules import Service
from bot.domain.school_contacts import missing
from bot.engine.ask import Command
from bot.services.municipality import NOT_YOURS, Context, Municipality
from bot.store import assignments, audit, cases, children, members, standings
from bot.store.database import Tx

HOLDS_DAYS: Final = 365
GO_TO_SCHOOL: Final = CHILD - {AgeGroup.UNBORN}


def missing_in(tx: Tx, municipality: Municipality, case: CaseId) -> tuple[Service, ...]:
    """The places from which somebody should be around this child, and nobody is (F17)."""
    today, born, neither = day_of(tx.now), standings.birth(tx, case), children.neither_since(tx, case)
    around = {each.service for each in members.of_case(tx, case) if each.state in IN_CIRCLE}
    return missing(
        municipality.profile.services,
        child=cases.get(tx, case).age_group in GO_TO_SCHOOL,
        age=None if born is None else age_on(born.born_on, today),
        around=around,
        neither=neither is not None and today < neither + timedelta(days=HOLDS_DAYS),
    )


def goes_to_neither(context: Context, command: GoesToNeither) -> None:
    """The child goes neither to kindergarten nor to school now."""
    context.require(Action.NOTE_CHILDREN, command.case)
    if cases.get(context.tx, command.case).age_group not in GO_TO_SCHOOL:
        raise Refused(NOT_YOURS)
    children.note_neither(context.tx, command.case, by=context.actor)
    audit.record(context.tx, "child.goes_to_neither", actor=context.actor, case=command.case)


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about this; nothing where nobody coordinates."""
    accepted = assignments.accepted(tx, case)
    if accepted is None or accepted.candidate is None or cases.get(tx, case).state is not CaseState.ACTIVE:
        return frozenset()
    if not missing_in(tx, municipality, case):
        return frozenset()
    since = accepted.answered_at or accepted.asked_at
    return reminders(SchoolFacts(case=case, coordinator=accepted.candidate, since=since), municipality.rules)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {GoesToNeither: goes_to_neither}
