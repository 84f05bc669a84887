"""What a decision says, in words.

Here: what is granted, and the coordinator's copy. Not here: what follows from a decision (`bot.services.decisions`). Guarantee: the copy
says who decided and when; it is made of the stored decision, never of what was asked for.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import Wanted
from bot.domain.ids import CaseId
from bot.domain.reminders import OSLO
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.municipality import Context
from bot.store import cases, decisions, people

WHO_MAKES_THE_PLAN: Final = t("The municipality makes the plan. If you get help at the hospital, the hospital takes part.")
GRANTED: Final[Mapping[Wanted, Text]] = {
    Wanted.COORDINATOR: t("You will get a coordinator."),
    Wanted.PLAN: joined(t("You will get an individual plan, and a coordinator who helps with it."), WHO_MAKES_THE_PLAN, by=" "),
    Wanted.BOTH: joined(t("You will get a coordinator and an individual plan."), WHO_MAKES_THE_PLAN, by=" "),
    Wanted.GROUP: t("You will get a responsibility group."),
}
"""To the recipient. The municipality makes and coordinates the plan, also with the specialist service (C12: Lund § 2; Ås, hol § 7-1)."""
TO_COORDINATOR: Final[Mapping[Wanted, Text]] = {
    Wanted.COORDINATOR: t("The person gets a coordinator."),
    Wanted.PLAN: t("The person gets an individual plan, made by the municipality, and a coordinator."),
    Wanted.BOTH: t("The person gets a coordinator and an individual plan, made by the municipality."),
    Wanted.GROUP: t("The person gets a responsibility group."),
}
TO_PARENT: Final[Mapping[Wanted, Text]] = {
    Wanted.COORDINATOR: t("Your child gets a coordinator."),
    Wanted.PLAN: t("Your child gets an individual plan, made by the municipality, and a coordinator."),
    Wanted.BOTH: t("Your child gets a coordinator and an individual plan, made by the municipality."),
    Wanted.GROUP: t("Your child gets a responsibility group."),
}
"""To whoever acts for the person, a decision says who gets it: a parent and a guardian get nothing themselves."""


ACTS_FOR_ANOTHER: Final = frozenset({Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})


def granted_to(wanted: Wanted, role: Role | None) -> Text:
    """What is granted, as one with this role in the case reads it."""
    words = TO_PARENT if role is Role.PARENT else TO_COORDINATOR if role in ACTS_FOR_ANOTHER else GRANTED
    return words.get(wanted, words[Wanted.COORDINATOR])


def copy_for_coordinator(context: Context, case: CaseId) -> Text | None:
    """The coordinator's copy (C14: Rana, Oppstart 2); None where the department decided by itself and reported it."""
    found = next((each for each in reversed(decisions.of_case(context.tx, case)) if each.state == "final"), None)
    if found is None:
        return None
    by = notices.named(people.person(context.tx, found.by), t("a case worker"))
    granted = found.granted or cases.get(context.tx, case).wanted
    lines = [
        t("Copy of the decision of {day}, by {name}:", day=found.at.astimezone(OSLO).date(), name=by),
        TO_COORDINATOR.get(granted, TO_COORDINATOR[Wanted.COORDINATOR]),
    ]
    if found.reason:
        lines.append(t("The reason is: {reason}", reason=found.reason))
    return joined(*lines, by="\n")
