"""The person says how things are going, and something comes of it.

Here: what each answer leads to (Herøy, Evaluering; Lund §§ 7.13, 9). Not here: who reads it (`bot.services.evaluation_views`), when it is
asked (`bot.domain.reminders.evaluation`). Guarantees: each bad answer becomes somebody's task; what is not for the coordinator reaches the
unit alone, in no task, notice or view of whoever coordinates.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.evaluation import (
    BEST,
    AfterLow,
    AgreeEvaluation,
    Evaluate,
    FollowUp,
    GoesOn,
    QuestionSet,
    ReadBy,
)
from bot.domain.evaluation_rules import AnswerKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, t
from bot.services import evaluation_views, member_tasks, notices
from bot.services.municipality import EARLIER, Context
from bot.store import audit, cases, people, tasks
from bot.store import evaluations as store

CALL_WORKING_DAYS: Final = 1
"""Somebody who wants to be phoned is phoned the next working day."""


def _number(context: Context, case: CaseId) -> str:
    return str(cases.get(context.tx, case).number)


def agree(context: Context, command: AgreeEvaluation) -> None:
    """The day of the next evaluation (L02). A day that has passed is refused; the person is told the day."""
    context.require(Action.AGREE_EVALUATION, command.case)
    if command.on <= context.today:
        raise Refused(t("Choose a later day."))
    store.agree(context.tx, command.case, command.on, by=context.actor)
    audit.record(context.tx, "evaluation.agreed", actor=context.actor, case=command.case, on=command.on.isoformat())
    text = t("On {day} we look back together: how is it going, and what must change?", day=command.on)
    key = f"evaluation/{command.case}/agreed/{command.on}"
    notices.tell_parties(context, command.case, text, dedupe_key=key, but_not_reporters=True)


def evaluate(context: Context, command: Evaluate) -> None:
    """The answers are kept for those whom the person chose, and each bad one is somebody's task (L01, L04 to L07, L09)."""
    context.require(Action.EVALUATE, command.case)
    tx, case = context.tx, command.case
    if (command.questions is QuestionSet.CHILD) != evaluation_views.is_the_child(context, case) or not _fits(context, command):
        raise Refused(EARLIER)
    evaluation = store.add(
        tx,
        case,
        context.actor,
        questions=command.questions,
        marks=command.marks,
        words=command.words,
        read_by=command.read_by,
        goes_on=command.goes_on,
        own=command.own,
    )
    audit.record(tx, "evaluation.answered", actor=context.actor, case=case, evaluation=evaluation)
    key = f"evaluation/{evaluation}"
    text = t("Case {number}: somebody has told how it is going.", number=_number(context, case))
    _tell_readers(context, case, command.read_by, text, key)
    _tasks(context, command, key)
    _goes_on(context, command, key)
    if command.after_low is AfterLow.CALL:
        _unit_task(context, case, TaskKind.EVALUATION_CALL, f"{key}/call", CALL_WORKING_DAYS)
    elif command.after_low is AfterLow.COMPLAIN:
        _offer(context, case, t("You can complain here. We help you."), t("Complain"), "complain", f"{key}/complain")


def _fits(context: Context, command: Evaluate) -> bool:
    """Are these answers to what is asked here now, the municipality's own questions as they read now?"""
    rules = context.municipality.profile.evaluation
    if tuple(point for point, _ in command.marks) != rules.built_in(command.questions):
        return False
    if [(each.id, each.question) for each in command.own] != [(each.id, words) for each, words in rules.own(command.questions)]:
        return False
    scales = {each.id for each in rules.questions if each.kind is AnswerKind.SCALE}
    if any((each.mark is not None) != (each.id in scales) or (each.mark is not None and each.words is not None) for each in command.own):
        return False
    return all(1 <= mark <= BEST for _, mark in command.marks)


def _offer(context: Context, case: CaseId, text: Text, label: Text, conversation: str, key: str) -> None:
    """What the person asked for in the answer, a press away."""
    button = notices.begin(label, conversation, case=case)
    notices.tell(context, context.actor, text, message_class=MessageClass.ANSWER, case=case, buttons=[button], dedupe_key=key)


def _readers(context: Context, case: CaseId, read_by: ReadBy) -> tuple[PersonId, ...]:
    """Who is told: the coordinator, or those at the unit who do not coordinate this case."""
    coordinator = member_tasks.holder(context, case)
    if read_by is ReadBy.COORDINATOR and coordinator is not None:
        return (coordinator,)
    unit = people.with_role(context.tx, Role.KE, Role.KE_LEADER)
    return tuple(who for who in unit if not evaluation_views.coordinates(context, case, who))


def _tell_readers(context: Context, case: CaseId, read_by: ReadBy, text: Text, key: str) -> None:
    button = notices.begin(t("Read it"), "evaluation", case=case)
    for who in _readers(context, case, read_by):
        if who != context.actor:
            notices.tell(
                context, who, text, message_class=MessageClass.REMINDER, case=case, buttons=[button], dedupe_key=f"{key}/told/{who}"
            )


def _tasks(context: Context, command: Evaluate, key: str) -> None:
    """Each bad answer is a task: the coordinator's own, or one of the unit's without a word of what was said (L05)."""
    low = command.low
    coordinator = member_tasks.holder(context, command.case)
    if command.read_by is ReadBy.UNIT or coordinator is None:
        if low:
            days = context.municipality.profile.evaluation.change_working_days
            _unit_task(context, command.case, TaskKind.EVALUATION_LOW, f"{key}/low", days)
        return
    due = context.municipality.calendar.add_working_days(context.today, context.municipality.profile.evaluation.change_working_days)
    if command.questions is QuestionSet.CHILD:
        # Whoever else is told of tasks, such as parents, learns nothing of what the child answered (L06).
        if low:
            _coordinators_task(context, command.case, coordinator, t("Talk with the child about how it is going."), due)
        return
    for question in low:
        text = t("Something is not good. Find out what must change. The question was: «{question}»", question=question)
        _coordinators_task(context, command.case, coordinator, text, due)


def _coordinators_task(context: Context, case: CaseId, coordinator: PersonId, text: Text, due: date) -> None:
    words = context.municipality.words(text, people.person(context.tx, coordinator).language, context.tx.now)
    member_tasks.add(context, case, owner=coordinator, words=words, due_on=due)


def _unit_task(context: Context, case: CaseId, kind: TaskKind, key: str, working_days: int) -> None:
    due = context.municipality.calendar.add_working_days(context.today, working_days)
    tasks.add(context.tx, kind, due_on=due, case=case, dedupe_key=key)


def _goes_on(context: Context, command: Evaluate, key: str) -> None:
    """No opens the way to the end, which the person takes; not sure is talked about (L09: Lund § 7.13)."""
    if command.goes_on is GoesOn.NO:
        text = t("You say that you need no more coordination. You decide whether it shall end.")
        _offer(context, command.case, text, t("See how it ends"), "closing", f"{key}/ends")
    elif command.goes_on is GoesOn.UNSURE:
        number = _number(context, command.case)
        text = t("Case {number}: talk together about whether coordination is still needed.", number=number)
        _tell_readers(context, command.case, command.read_by, text, f"{key}/unsure")


def follow_up(context: Context, command: FollowUp) -> None:
    """Nobody in touch is the unit's task; not knowing what comes next is the coordinator's (issue 6, follow-up prompts)."""
    context.require(Action.EVALUATE, command.case)
    tx, case = context.tx, command.case
    number = store.follow_up(tx, case, context.actor, in_touch=command.in_touch, knows_next=command.knows_next, words=command.words)
    audit.record(tx, "evaluation.followed_up", actor=context.actor, case=case, in_touch=command.in_touch, knows_next=command.knows_next)
    key, coordinator = f"follow_up/{number}", member_tasks.holder(context, case)
    if not command.in_touch or (not command.knows_next and coordinator is None):
        due = context.municipality.calendar.add_working_days(context.today, CALL_WORKING_DAYS)
        tasks.add(tx, TaskKind.FOLLOW_UP, due_on=due, case=case, words=command.words or "", dedupe_key=key)
        text = t("Case {number}: the person says that nobody is in touch.", number=_number(context, case))
        if command.in_touch:
            text = t("Case {number}: the person does not know what happens next.", number=_number(context, case))
        notices.tell_ke(context, text, case=case, buttons=[notices.begin(t("Open the case"), "inbox", case=case)], dedupe_key=key)
    if not command.knows_next and coordinator is not None:
        due = context.municipality.calendar.add_working_days(context.today, CALL_WORKING_DAYS)
        _coordinators_task(context, case, coordinator, t("Tell the person what happens next, and when."), due)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    AgreeEvaluation: agree,
    Evaluate: evaluate,
    FollowUp: follow_up,
}
