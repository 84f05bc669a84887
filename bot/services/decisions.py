"""Decisions: granted, granted in part, refused.

Here: what follows from a decision a named person at KE has made. Guarantees: Samråd suggests nothing; a refusal reaches nobody before a
second person has confirmed it; a part and a refusal say why and how to complain; the formal letter is a task until it has been sent,
since Telegram never starts a time limit.
"""

from datetime import date, timedelta

from bot.domain.access import Action, Role
from bot.domain.cases import CaseState, DecisionKind, TaskKind, Wanted, is_child
from bot.domain.commands import ConfirmRefusal, Decide, TellOfDelay
from bot.domain.ids import CaseId
from bot.domain.law import DecisionType
from bot.domain.refusal import Refused
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.decision_words import ACTS_FOR_ANOTHER, granted_to
from bot.services.municipality import EARLIER, Context
from bot.store import audit, cases, people, standings, talks, tasks
from bot.store import decisions as store
from bot.store.cases import Case
from bot.store.decisions import Decision

LETTER_WORKING_DAYS = 2


def decision_type(case: Case) -> DecisionType:
    """By which rule one can complain: what was applied for decides."""
    if case.wanted is Wanted.PLAN:
        return DecisionType.INDIVIDUAL_PLAN
    if case.wanted in {Wanted.GROUP}:
        return DecisionType.OTHER
    return DecisionType.CHILDREN_COORDINATOR if is_child(case.age_group) else DecisionType.COORDINATOR


def _complain_by(context: Context, case: Case) -> date:
    return context.today + timedelta(weeks=context.municipality.law(context.today).complaint(decision_type(case)).weeks)


def decide(context: Context, command: Decide) -> int:
    """Record what KE decided (C02, C07). A grant goes on to appointing; a refusal waits for a second person (C13). The decision's id."""
    context.require(Action.DECIDE, command.case)
    tx, case = context.tx, cases.get(context.tx, command.case)
    if any(each.state == "proposed" for each in store.of_case(tx, case.id)):
        raise Refused(t("A refusal of this case already waits for a second person. Nothing was changed."))
    if command.kind is not DecisionKind.GRANT and not command.reason.strip():
        raise Refused(t("A refusal, or a grant in part, needs a reason."))
    by = None if command.kind is DecisionKind.GRANT else _complain_by(context, case)
    decision = store.record(tx, case.id, command.kind, granted=command.granted, reason=command.reason, by=context.actor, complain_by=by)
    audit.record(tx, "decision.made", actor=context.actor, case=case.id, decision=decision, kind=command.kind)
    if command.kind is DecisionKind.REFUSE:
        _to_second_person(context, case, decision)
        return decision
    if not cases.move(tx, case.id, CaseState.APPOINTING):
        raise Refused(EARLIER)
    if command.granted is not None:
        cases.set_wanted(tx, case.id, command.granted)
    talks.cancel(tx, case.id)
    due = context.municipality.calendar.add_working_days(context.today, context.municipality.profile.deadlines.leader_answer_working_days)
    tasks.add(tx, TaskKind.APPOINT, due_on=due, case=case.id, dedupe_key=f"decision/{decision}/appoint")
    tasks.finish_kinds(tx, case.id, TaskKind.CLARIFY, TaskKind.DECIDE, TaskKind.ANSWER_LATE, by=context.actor)
    _letter(context, case.id, decision)
    found = store.find(tx, decision)
    assert found is not None
    _tell(context, case, found)
    return decision


def _to_second_person(context: Context, case: Case, decision: int) -> None:
    tx = context.tx
    due = context.municipality.calendar.add_working_days(context.today, 1)
    tasks.add(tx, TaskKind.CONFIRM_REFUSAL, due_on=due, case=case.id, dedupe_key=f"decision/{decision}/confirm")
    tasks.finish_kinds(tx, case.id, TaskKind.CLARIFY, TaskKind.DECIDE, by=context.actor)
    name = notices.named(people.person(tx, context.actor), t("A colleague"))
    notices.tell_ke(
        context,
        t("{name} proposes to refuse case {number}. A second person must confirm it.", name=name, number=str(case.number)),
        case=case.id,
        buttons=[notices.begin(t("Read and answer"), "confirm_refusal", case=case.id, decision=decision)],
        dedupe_key=f"decision/{decision}/proposed",
    )


def confirm_refusal(context: Context, command: ConfirmRefusal) -> None:
    """The second person's word (C13). Never the one who proposed it."""
    tx, decision = context.tx, store.find(context.tx, command.decision)
    if decision is None:
        raise Refused(EARLIER)
    context.require(Action.CONFIRM_REFUSAL, decision.case)
    if decision.by == context.actor:
        raise Refused(t("You proposed this refusal yourself. Somebody else must confirm it."))
    case = cases.get(tx, decision.case)
    if not store.settle(tx, decision, confirmed=command.confirmed, by=context.actor, complain_by=_complain_by(context, case)):
        raise Refused(EARLIER)
    audit.record(
        tx, "refusal.confirmed" if command.confirmed else "refusal.returned", actor=context.actor, case=case.id, decision=decision.id
    )
    if not command.confirmed:
        tasks.add(
            tx, TaskKind.DECIDE, due_on=case.due, case=case.id, words=command.words or "", dedupe_key=f"decision/{decision.id}/returned"
        )
        tasks.finish_kinds(tx, case.id, TaskKind.CONFIRM_REFUSAL, by=context.actor)
        text: Text = t("The refusal of case {number} was not confirmed. Please decide anew.", number=str(case.number))
        if command.words:
            text = joined(text, t("They wrote: {words}", words=command.words))
        button = notices.begin(t("Open the case"), "inbox", case=case.id)
        notices.tell(context, decision.by, text, case=case.id, buttons=[button], dedupe_key=f"decision/{decision.id}/returned")
        return
    cases.move(tx, case.id, CaseState.REFUSED)
    talks.cancel(tx, case.id)
    tasks.finish_kinds(tx, case.id, by=context.actor)
    _letter(context, case.id, decision.id)
    settled = store.find(tx, decision.id)
    assert settled is not None
    _tell(context, case, settled)


def _letter(context: Context, case: CaseId, decision: int) -> None:
    due = context.municipality.calendar.add_working_days(context.today, LETTER_WORKING_DAYS)
    tasks.add(context.tx, TaskKind.FORMAL_LETTER, due_on=due, case=case, dedupe_key=f"decision/{decision}/letter")


def _tell(context: Context, case: Case, decision: Decision) -> None:
    """Tell those who applied. Whoever reported at work is told that it has been decided, not what or why."""
    key = f"decision/{decision.id}/told"
    for who, role in standings.acting(context.tx, case.id):
        if role is Role.APPLICANT:
            text = t(
                "Case {number} has been decided. We must first see that you act for the person. Then you get it here.",
                number=str(case.number),
            )
            notices.tell(context, who, text, case=case.id, dedupe_key=f"{key}/{who}")
        elif role in {"reporter", "relative"}:
            text = t("Case {number} has been decided. The person it is about gets the answer.", number=str(case.number))
            notices.tell(context, who, text, case=case.id, dedupe_key=f"{key}/{who}")
        else:
            button = notices.begin(t("See my case"), "my_case", case=case.id)
            text = answer(context, case, decision, role)
            notices.tell(
                context,
                who,
                text,
                sensitivity=Sensitivity.HEALTH,
                case=case.id,
                buttons=[button],
                dedupe_key=f"{key}/{who}",
                cannot_wait=True,
            )


def answer(context: Context, case: Case, decision: Decision, role: Role | None = None) -> Text:
    """What the person, or one who acts for the person in `role`, is told.

    The answer first, then why, then how to complain, then what comes next.
    """
    granted = granted_to(decision.granted or case.wanted, role)
    number = str(case.number)
    letter = t("You also get the decision as a letter.")
    if decision.kind is DecisionKind.GRANT:
        first = t("Your application {number} is granted.", number=number)
        if role in ACTS_FOR_ANOTHER:
            return joined(first, granted, t("We now find a coordinator. {letter}", letter=letter))
        return joined(first, granted, t("We now find a coordinator for you. {letter}", letter=letter))
    complaint = context.municipality.law(context.today).complaint(decision_type(case))
    assert decision.complain_by is not None
    how = t(
        "If you disagree, you can complain by {day} ({law}). Send the complaint to {receiver}. We can help you write it.",
        day=decision.complain_by,
        law=complaint.cited,
        receiver=complaint.sent_to,
    )
    counted = t("The letter starts the time limit. If it comes later, you have longer.")
    if decision.kind is DecisionKind.PART:
        first = joined(t("Your application {number} is granted in part.", number=number), granted)
    else:
        first = t("Your application {number} is refused.", number=number)
    return joined(first, t("The reason is: {reason}", reason=decision.reason), how, t("{counted} {letter}", counted=counted, letter=letter))


def tell_of_delay(context: Context, command: TellOfDelay) -> None:
    """The answer takes longer: the applicant is told why, and by when it comes (B11; forvaltningsloven § 11 a)."""
    context.require(Action.TELL_OF_DELAY, command.case)
    tx, case = context.tx, cases.get(context.tx, command.case)
    if command.until <= max(context.today, case.due):
        raise Refused(t("The new day must be later than {day}, which has been promised already.", day=max(context.today, case.due)))
    cases.set_delay(tx, case.id, command.until)
    tasks.finish_kinds(tx, case.id, TaskKind.ANSWER_LATE, by=context.actor)
    text = t(
        "The answer to application {number} takes longer than we said. You get it by {day}. The reason is: {reason}",
        number=str(case.number),
        day=command.until,
        reason=command.reason,
    )
    notices.tell_parties(
        context, case.id, text, sensitivity=Sensitivity.HEALTH, dedupe_key=f"case/{case.id}/delay/{command.until}", but_not_reporters=True
    )
    audit.record(tx, "case.delayed", actor=context.actor, case=case.id, until=command.until.isoformat())
