"""What the person asks or wishes, promised and answered: "I'll find out".

Here: what each step leads to, and the list as one may see it. Not here: reminders (`bot.services.reminders.plan`). Guarantees: each has a
day that the person sees (K18: Rana, Samarbeid); a no and a part say why (K19); nobody but the person's side and those who coordinate read
it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.ids import CaseId
from bot.domain.plan_commands import AnswerPromise, PromiseAnswer
from bot.domain.plan_queries import PromisesView, PromiseView, ThePromises
from bot.domain.promises import Answer, Promise
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from bot.services import member_tasks, notices, plans
from bot.services.case_views import initials_of
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases
from bot.store import promises as store

SHOWN_ANSWERED: Final = 3
"""So many answers are shown below what is open, the newest first."""
ANSWERED: Final[Mapping[Answer, Text]] = {
    Answer.YES: t("The answer is yes."),
    Answer.NO: t("The answer is no."),
    Answer.PARTLY: t("The answer is: in part."),
}


def answer_by(context: Context) -> date:
    """The day, in Oslo, of an answer promised today."""
    days = context.municipality.profile.progress.promise_days
    return context.municipality.calendar.next_working_day(context.today + timedelta(days=days))


def promise(context: Context, command: PromiseAnswer) -> int:
    """The person asks, or the coordinator says "I'll find out" (K18): the other one is told, with the day of the answer."""
    context.require(Action.ASK_COORDINATOR, command.case)
    words = command.words.strip()
    if not words:
        raise Refused(t("Write what it is about."))
    due_on = answer_by(context)
    made = store.promise(context.tx, command.case, words, due_on, by=context.actor)
    own = plans.of_persons_side(context, command.case)
    audit.record(context.tx, "promise.made", actor=context.actor, case=command.case, promise=made, own=own)
    key = f"promise/{made}/made"
    if own:
        text = t("Case {number}: the person asks something. Answer by {day}.", number=_number(context, command.case), day=due_on)
        button = notices.begin(t("Read and answer"), "promises", case=command.case)
        coordinator = member_tasks.holder(context, command.case)
        if coordinator is not None:
            notices.tell(context, coordinator, text, case=command.case, buttons=[button], dedupe_key=key)
        else:
            notices.tell_ke(context, text, case=command.case, buttons=[button], dedupe_key=key)
    else:
        text = t("We find this out for you: «{words}». You get an answer by {day}.", words=words, day=due_on)
        notices.tell_parties(context, command.case, text, sensitivity=Sensitivity.HEALTH, dedupe_key=key, but_not_reporters=True)
    return made


def _number(context: Context, case: CaseId) -> str:
    return str(cases.get(context.tx, case).number)


def answer(context: Context, command: AnswerPromise) -> None:
    """The answer, and what can be done where it is not a yes (K19); the person's side is told."""
    asked = store.find(context.tx, command.promise)
    if asked is None:
        raise Refused(NOT_YOURS)
    context.require(Action.CHANGE_PLAN, asked.case)
    words = (command.words or "").strip() or None
    if command.answer is not Answer.YES and words is None:
        raise Refused(t("Say why, and what can be done as far as possible."))
    if not store.answer(context.tx, asked, command.answer, words, by=context.actor):
        raise Refused(EARLIER)
    audit.record(context.tx, "promise.answered", actor=context.actor, case=asked.case, promise=asked.id, answer=command.answer)
    text = joined(t("You asked: «{words}»", words=asked.words), ANSWERED[command.answer], *([t("«{words}»", words=words)] if words else []))
    key = f"promise/{asked.id}/answered"
    notices.tell_parties(context, asked.case, text, sensitivity=Sensitivity.HEALTH, dedupe_key=key, but_not_reporters=True)


def _view(context: Context, each: Promise) -> PromiseView:
    return PromiseView(
        promise=each.id,
        words=each.words,
        due_on=each.due_on,
        late=each.answer is None and each.due_on < context.today,
        answer=each.answer,
        reply=each.reply,
    )


def the_promises(context: Context, query: ThePromises) -> PromisesView | None:
    """What is asked and promised: what is open first, then the newest answers."""
    if not context.may(Action.ASK_COORDINATOR, query.case):
        return None
    audit.record(context.tx, "promises.read", actor=context.actor, case=query.case)
    every = store.of_case(context.tx, query.case)
    waiting = [each for each in every if each.answer is None]
    answered = [each for each in every if each.answer is not None][::-1][:SHOWN_ANSWERED]
    return PromisesView(
        case=query.case,
        number=cases.get(context.tx, query.case).number,
        initials=initials_of(context, query.case),
        answer_by=answer_by(context),
        may_answer=context.may(Action.CHANGE_PLAN, query.case),
        promises=tuple(_view(context, each) for each in (*waiting, *answered)),
    )


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {PromiseAnswer: promise, AnswerPromise: answer}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {ThePromises: the_promises}
