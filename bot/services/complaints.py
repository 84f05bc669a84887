"""Complaints are received, have an owner and a day, and are answered.

Here: what each step leads to (Rana, Klage på koordinator, and KE og saksbehandling). Not here: who reads which
(`bot.services.complaint_views`), when somebody is reminded (`bot.domain.reminders.complaint`). Guarantees: the one complained of is told
nothing and finds nothing (O01); a complaint that comes late is received (O02); none is without somebody who has it and a day the person
knows (O03).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.domain.access import Action, may
from bot.domain.calendar import months_after
from bot.domain.cases import TaskKind
from bot.domain.complaints import (
    OUTCOME_WORDS,
    OUTCOMES,
    About,
    AnswerComplaint,
    Complain,
    Complaint,
    DelayComplaint,
    Outcome,
    SentTo,
    TakeComplaint,
    WithdrawComplaint,
)
from bot.domain.ids import ComplaintId, PersonId
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, joined, t
from bot.services import complaint_views, notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.passage import NoticeButton
from bot.store import audit, cases, changes, decisions, people, tasks
from bot.store import complaints as store


def complain(context: Context, command: Complain) -> int:
    """Received, with a receipt: who has it, and the day of the answer. Its id."""
    context.require(Action.COMPLAIN, command.case)
    tx, case = context.tx, command.case
    late = False
    if command.about is About.DECISION:
        made = None if command.decision is None else decisions.find(tx, command.decision)
        if made is None or made.case != case or made.state != "final":
            raise Refused(EARLIER)
        late = made.complain_by is not None and context.today > made.complain_by
    concerned = complaint_views.coordinator_of(context, case) if command.about is About.COORDINATOR else None
    if command.about is About.COORDINATOR and concerned is None:
        raise Refused(t("There is no coordinator now. Write to us instead."))
    leader = complaint_views.leader_for(context, case) if command.sent_to is SentTo.LEADER else None
    if command.sent_to is SentTo.LEADER and (leader is None or command.about is About.DECISION):
        raise Refused(t("The leader cannot get this one. Send it to the coordinating unit."))
    if command.sent_to is SentTo.UNIT and not complaint_views.unit_for(context, case, concerned):
        raise Refused(t("Nobody else at the unit can read it. Send it to the leader."))
    complaint = store.receive(
        tx,
        case,
        context.actor,
        about=command.about,
        decision=command.decision,
        concerned=concerned,
        sent_to=command.sent_to,
        handler=leader,
        words=command.words,
        wish=command.wish,
        late_why=command.late_why,
        late=late,
        answer_by=_answer_by(context, command.about),
    )
    audit.record(tx, "complaint.received", actor=context.actor, case=case, complaint=complaint, about=command.about)
    found = _get(context, complaint)
    _to_handlers(context, found, t("A complaint has come in. Please answer it by {day}.", day=found.answer_by), "received")
    _receipt(context, found)
    return complaint


def _answer_by(context: Context, about: About) -> date:
    """By then it is answered (O03): the municipality's own time, or the law's for a decision."""
    if about is About.DECISION:
        return months_after(context.today, context.municipality.law(context.today).answer_months)
    return context.municipality.calendar.add_working_days(context.today, context.municipality.profile.evaluation.complaint_working_days)


def _get(context: Context, complaint: ComplaintId) -> Complaint:
    found = store.find(context.tx, complaint)
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def _receipt(context: Context, complaint: Complaint) -> None:
    """The receipt, to whoever complained (O03)."""
    number = str(cases.get(context.tx, complaint.case).number)
    text = t("We have got your complaint in case {number}. You get an answer by {day}.", number=number, day=complaint.answer_by)
    if complaint.sent_to is SentTo.LEADER:
        text = joined(text, t("The leader has it. If you get no answer in time, the coordinating unit takes it."))
    _tell_person(context, complaint, text, "receipt")


def _tell_person(context: Context, complaint: Complaint, text: Text, key: str, buttons: Sequence[NoticeButton] = ()) -> None:
    buttons = [*buttons, notices.begin(t("See my complaint"), "complain", case=complaint.case)]
    dedupe_key = f"complaint/{complaint.id}/{key}/{complaint.person}"
    notices.tell(context, complaint.person, text, case=complaint.case, buttons=buttons, dedupe_key=dedupe_key)


def _to_handlers(context: Context, complaint: Complaint, text: Text, key: str) -> None:
    """Those who may answer it are told; at the unit it is a task, which names no case and nobody."""
    if complaint.at_unit and complaint.handler is None:
        task = tasks.add(context.tx, TaskKind.COMPLAINT, due_on=complaint.answer_by, dedupe_key=f"complaint/{complaint.id}")
        if task is not None:
            store.set_task(context.tx, complaint.id, task)
    for who in complaint_views.handlers(context, complaint):
        if who != context.actor:
            notices.tell(
                context, who, text, case=complaint.case, buttons=[_read(complaint)], dedupe_key=f"complaint/{complaint.id}/{key}/{who}"
            )


def _read(complaint: Complaint) -> NoticeButton:
    return notices.begin(t("Read and answer"), "complaint", complaint=complaint.id)


def _handled(context: Context, which: ComplaintId) -> Complaint:
    """A complaint without an answer that the actor may answer."""
    found = _get(context, which)
    context.require(Action.ANSWER_COMPLAINTS)
    if not complaint_views.may_handle(context, found, context.actor):
        raise Refused(NOT_YOURS)
    if found.answered_at is not None:
        raise Refused(EARLIER)
    return found


def take(context: Context, command: TakeComplaint) -> None:
    """It has an owner from now on, and the person sees who."""
    found = _handled(context, command.complaint)
    if not store.take(context.tx, found, context.actor):
        raise Refused(EARLIER)
    audit.record(context.tx, "complaint.taken", actor=context.actor, case=found.case, complaint=found.id)
    name = complaint_views.name(context, context.actor)
    text = t("{name} has your complaint now. You get an answer by {day}.", name=name, day=found.answer_by)
    if found.answer_by < context.today:
        text = t("{name} has your complaint now, and answers as soon as possible.", name=name)
    _tell_person(context, found, text, "taken")


def delay(context: Context, command: DelayComplaint) -> None:
    """A later day, with why; the person is told at once."""
    found = _handled(context, command.complaint)
    if command.until <= max(context.today, found.answer_by):
        raise Refused(t("Choose a later day."))
    if not store.delay(context.tx, found, command.until):
        raise Refused(EARLIER)
    audit.record(context.tx, "complaint.delayed", actor=context.actor, case=found.case, complaint=found.id)
    text = t("The answer to your complaint takes longer. You get it by {day}. Why: {why}", day=command.until, why=command.why)
    _tell_person(context, found, text, f"delayed/{command.until}")


def answer(context: Context, command: AnswerComplaint) -> None:
    """The answer, to whoever complained (O03). A decision is changed, or the complaint is sent on to those who decide complaints."""
    found = _handled(context, command.complaint)
    if command.outcome not in OUTCOMES[found.about]:
        raise Refused(EARLIER)
    _end(context, found, command.outcome, command.words)
    number = str(cases.get(context.tx, found.case).number)
    text = joined(
        t("Here is the answer to your complaint in case {number}.", number=number),
        OUTCOME_WORDS[command.outcome],
        t("«{words}»", words=command.words),
    )
    _tell_person(context, found, text, "answered", _another(context, found) if command.outcome is Outcome.ANOTHER else ())


def _another(context: Context, complaint: Complaint) -> Sequence[NoticeButton]:
    """The way to the other coordinator that is promised, for whoever can begin it. One concerned who coordinates no more is left out."""
    tx, case, who = context.tx, complaint.case, complaint.person
    roles = cases.roles_in(tx, case, who, people.standing_roles(tx, who))
    gone = complaint_views.coordinator_of(context, case) != complaint.concerned
    if gone or changes.open_in(tx, case) is not None or not may(Action.START_CHANGE, roles, cases.get(tx, case).state):
        return ()
    return (notices.begin(t("Begin to find another coordinator"), "change_coordinator", case=case),)


def withdraw(context: Context, command: WithdrawComplaint) -> None:
    """Whoever complained takes it back; those who have it are told."""
    found = _get(context, command.complaint)
    if found.person != context.actor:
        raise Refused(NOT_YOURS)
    who = complaint_views.handlers(context, found)
    _end(context, found, Outcome.WITHDRAWN, None)
    text = t("A complaint has been taken back. You need not answer it.")
    for each in who:
        notices.tell(context, each, text, case=found.case, dedupe_key=f"complaint/{found.id}/withdrawn/{each}")


def _end(context: Context, complaint: Complaint, outcome: Outcome, words: str | None) -> None:
    if not store.end(context.tx, complaint, outcome, words):
        raise Refused(EARLIER)
    task = store.task_of(context.tx, complaint.id)
    if task is not None:
        tasks.finish(context.tx, task, by=context.actor)
    audit.record(context.tx, "complaint.answered", actor=context.actor, case=complaint.case, complaint=complaint.id, outcome=outcome)


def overdue(context: Context, complaint: Complaint) -> None:
    """The day has passed: a leader's complaint goes to the unit, which is told; so is the person (O03)."""
    was_due = complaint.answer_by
    if complaint.sent_to is SentTo.LEADER and store.to_unit(context.tx, complaint, _answer_by(context, complaint.about)):
        complaint = _get(context, complaint.id)
        audit.record(context.tx, "complaint.to_unit", actor=None, case=complaint.case, complaint=complaint.id)
        text = t("Your complaint was not answered in time. The coordinating unit has it now.")
        text = joined(text, t("You get an answer by {day}.", day=complaint.answer_by))
    else:
        text = t("Your complaint was not answered in time. We have told those who have it.")
    phone = context.municipality.phone
    if phone:
        text = joined(text, t("You can also phone us on {phone}.", phone=phone))
    _tell_person(context, complaint, text, f"overdue/{was_due}")
    _to_handlers(context, complaint, t("A complaint was not answered in time. Answer it now."), f"overdue/{was_due}")


def everybody_at(context: Context, complaint: Complaint) -> tuple[PersonId, ...]:
    """Who is reminded of it: whoever has it, else those at the unit who may answer it."""
    if complaint.handler is not None and complaint_views.may_handle(context, complaint, complaint.handler):
        return (complaint.handler,)
    return complaint_views.handlers(context, complaint)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    Complain: complain,
    WithdrawComplaint: withdraw,
    TakeComplaint: take,
    DelayComplaint: delay,
    AnswerComplaint: answer,
}
