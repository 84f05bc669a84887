"""What is told about the right to complain, by type of decision, from the dated law profile; and words for how a complaint ends.

Requirement rows: C13, O02, O03. Source: the law profile (never a number in the code). Not here: how a complaint is received.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import Wanted
from bot.domain.complaints import About, Outcome
from bot.domain.queries import CaseView
from bot.domain.rules import DecisionType, Law
from bot.engine.texts import Text, nt, t

ABOUT: Final[Mapping[About, Text]] = {
    About.COORDINATOR: t("A complaint about a coordinator"),
    About.DECISION: t("A complaint about a decision"),
}
OUTCOMES_TO_CHOOSE: Final[Mapping[Outcome, Text]] = {
    Outcome.PUT_RIGHT: t("We put it right"),
    Outcome.ANOTHER: t("Another coordinator"),
    Outcome.EXPLAINED: t("We explain how we see it"),
    Outcome.CHANGED: t("We change the decision"),
    Outcome.SENT_ON: t("We have sent it on"),
}


def decision_types(view: CaseView) -> tuple[DecisionType, ...]:
    """Which types of decision an answer to this case is."""
    coordinator = DecisionType.CHILDREN_COORDINATOR if view.child_path else DecisionType.COORDINATOR
    match view.wanted:
        case Wanted.COORDINATOR:
            return (coordinator,)
        case Wanted.PLAN:
            return (DecisionType.INDIVIDUAL_PLAN,)
        case Wanted.BOTH:
            return (coordinator, DecisionType.INDIVIDUAL_PLAN)
        case _:
            return (DecisionType.OTHER,)


def complaint_words(view: CaseView, law: Law) -> tuple[Text, ...]:
    """One short text for each rule that applies; a rule that is the same for two types is told once."""
    rules = {
        (rule.weeks, rule.cited, rule.sent_to, rule.decided_by): rule for rule in (law.complaint(each) for each in decision_types(view))
    }
    return tuple(
        nt(
            "They can complain within {n} week ({cited}). The complaint goes to: {sent_to}. Those who decide it: {decided_by}.",
            "They can complain within {n} weeks ({cited}). The complaint goes to: {sent_to}. Those who decide it: {decided_by}.",
            rule.weeks,
            cited=rule.cited,
            sent_to=rule.sent_to,
            decided_by=rule.decided_by,
        )
        for rule in rules.values()
    )
