"""Answers about how things are going, as each may read them.

Here: who reads which answer. Guarantee: each reads their own; the unit reads all; whoever coordinates reads what the person chose to let
them read, and nothing else, whatever other role they have (L04); nobody else reads a word.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import AgeGroup, is_child
from bot.domain.evaluation import Evaluation, EvaluationLine, EvaluationView, Mark, ReadBy, TheEvaluation
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Query
from bot.services import member_tasks
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.store import audit, cases, people
from bot.store import evaluations as store

COORDINATES: Final = frozenset({Role.COORDINATOR, Role.SUBSTITUTE})
UNIT: Final = frozenset({Role.KE, Role.KE_LEADER})


def _roles(context: Context, case: CaseId, who: PersonId) -> frozenset[Role]:
    return cases.roles_in(context.tx, case, who, people.standing_roles(context.tx, who))


def coordinates(context: Context, case: CaseId, who: PersonId) -> bool:
    """Does somebody coordinate this case now, or stand in?"""
    return bool(_roles(context, case, who) & COORDINATES)


def is_the_child(context: Context, case: CaseId) -> bool:
    """Is the actor the child the case is about? From 16 one answers like an adult, as one decides like one."""
    age = cases.get(context.tx, case).age_group
    roles = _roles(context, case, context.actor)
    return is_child(age) and age is not AgeGroup.FROM_16 and bool(roles & {Role.SELF, Role.YOUTH})


def may_read(context: Context, evaluation: Evaluation) -> bool:
    """May the actor read this answer now?"""
    if evaluation.person == context.actor:
        return True
    if coordinates(context, evaluation.case, context.actor):
        return evaluation.read_by is ReadBy.COORDINATOR
    return bool(_roles(context, evaluation.case, context.actor) & UNIT)


def the_evaluation(context: Context, query: TheEvaluation) -> EvaluationView | None:
    """The day agreed, and what the actor may read. The look is recorded."""
    if not context.may(Action.SEE_EVALUATION, query.case):
        return None
    tx = context.tx
    audit.record_look(tx, "evaluation.read", actor=context.actor, case=query.case)
    agreed = store.day_of(tx, query.case)
    return EvaluationView(
        case=query.case,
        number=cases.get(tx, query.case).number,
        initials=initials_of(context, query.case),
        on=agreed if agreed is not None and agreed >= context.today else None,
        may_answer=context.may(Action.EVALUATE, query.case),
        may_agree=context.may(Action.AGREE_EVALUATION, query.case),
        child=is_the_child(context, query.case),
        has_coordinator=member_tasks.holder(context, query.case) is not None,
        answers=tuple(_line(context, each) for each in store.of_case(tx, query.case) if may_read(context, each)),
    )


def _line(context: Context, each: Evaluation) -> EvaluationLine:
    return EvaluationLine(
        evaluation=each.id,
        who=member_tasks.name_in(context, each.case, each.person),
        mine=each.person == context.actor,
        questions=each.questions,
        marks=tuple((point, Mark(mark)) for point, mark in each.marks.items()),
        own=each.own,
        words=each.words,
        read_by=each.read_by,
        goes_on=each.goes_on,
        at=each.at,
    )


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheEvaluation: the_evaluation}
