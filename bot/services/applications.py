"""Receiving applications and reports, and taking them back.

Here: from "send" to a case in KE's inbox with a clock, and the withdrawal. Not here: the questions (`conversations/`). Guarantees: what
was sent is a case with a number, an open task at KE and a receipt in the same transaction; the month runs from now; nobody is turned
away by what they answered.
"""

from datetime import date, timedelta
from typing import Final

from bot.domain.access import Action, Role
from bot.domain.calendar import months_after
from bot.domain.cases import AssignmentState, CaseState, ForWhom, LadderStep, Source, TaskKind
from bot.domain.commands import ReportOwnDecision, Submit, Withdraw
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, t
from bot.phone import as_stored
from bot.services import archiving, case_ends, circle, notices
from bot.services.appointing import ask_candidate, over_limit
from bot.services.municipality import EARLIER, Context
from bot.store import assignments, audit, cases, people, tasks

# What someone says they are; whether it is so, KE clarifies. Nothing opens by a claim alone but one's own application.
ROLE_OF: Final = {
    ForWhom.ME: Role.SELF,
    ForWhom.MY_CHILD: Role.PARENT,
    ForWhom.EXPECTED_CHILD: Role.PARENT,
    ForWhom.WARD: Role.GUARDIAN,
    ForWhom.RELATIVE: Role.RELATIVE,
    ForWhom.AT_WORK: Role.REPORTER,
}


def answer_by(context: Context) -> date:
    """A month to answer or to tell of the delay: the shorter of the law's and the municipality's own time."""
    months = min(context.municipality.law(context.today).answer_months, context.municipality.profile.deadlines.answer_months)
    return months_after(context.today, months)


def submit(context: Context, command: Submit) -> int:
    """Receive an application or a report, also one KE enters for someone who phoned or wrote (B11, B17). The case's number."""
    tx = context.tx
    by_staff = command.source is not Source.CHAT
    context.require(Action.REGISTER if by_staff else Action.APPLY)
    me = people.person(tx, context.actor)
    language = command.language or me.language
    applicant, details = context.actor, command.reach_details
    if command.reach == "phone" and details is not None:
        details = as_stored(details)
    if by_staff:
        phone = details if command.reach == "phone" else None
        applicant = people.create(tx, language=language, name=command.applicant_name, phone=phone)
    content = cases.Content(
        subject_name=command.subject_name or (me.name if command.for_whom is ForWhom.ME and not by_staff else None),
        applicant_name=command.applicant_name or (None if by_staff else me.name),
        services=command.services,
        long_lasting=command.long_lasting,
        need=command.need,
        important=command.important,
        wish=command.wish,
        reach=command.reach,
        reach_details=details,
        communication=command.communication,
        told=command.told,
    )
    case = cases.create(
        tx,
        content,
        state=CaseState.RECEIVED,
        source=command.source,
        for_whom=command.for_whom,
        age_group=command.age_group,
        wanted=command.wanted,
        language=language,
        answer_by=answer_by(context),
    )
    cases.add_party(tx, case, applicant, ROLE_OF[command.for_whom])
    _to_ke(context, case)
    audit.record(tx, "case.received", actor=context.actor, case=case, source=command.source)
    return cases.get(tx, case).number


def _to_ke(context: Context, case: CaseId) -> None:
    days = context.municipality.profile.deadlines.clarifying_talk_working_days
    due = context.municipality.calendar.add_working_days(context.today, days)
    tasks.add(context.tx, TaskKind.CLARIFY, due_on=due, case=case)
    number = cases.get(context.tx, case).number
    notices.tell_ke(
        context,
        t("New case {number}. The clarifying talk should be held by {day}.", number=str(number), day=due),
        case=case,
        buttons=[notices.begin(t("Open the case"), "inbox", case=case)],
        dedupe_key=f"case/{case}/received",
    )


def withdraw(context: Context, command: Withdraw) -> None:
    """Take an application back (B15). Whoever was asked or appointed is told, and what waited is taken back."""
    tx = context.tx
    context.require(Action.WITHDRAW, command.case)
    case = cases.get(tx, command.case)
    around = circle.taking_part(context, case.id)
    if not cases.move(tx, case.id, CaseState.WITHDRAWN):
        raise Refused(EARLIER)
    text = t("Case {number} has been withdrawn. You do not have to do anything more.", number=str(case.number))
    case_ends.end_all(context, case.id, text, key=f"case/{case.id}/withdrawn/{int(tx.now.timestamp())}", around=around)
    if case.state is CaseState.ACTIVE:
        archiving.begin(context, case.id)
    ke: Text = t("Case {number} has been withdrawn.", number=str(case.number))
    if command.reason:
        ke = joined(ke, t("They wrote: {words}", words=command.reason))
    notices.tell_ke(context, ke, case=case.id)
    receipt = t("Application {number} has been withdrawn. You can apply again whenever you want.", number=str(case.number))
    notices.tell_parties(context, case.id, receipt, dedupe_key=f"case/{case.id}/withdrawn/{int(tx.now.timestamp())}")
    audit.record(tx, "case.withdrawn", actor=context.actor, case=case.id)


def report_own_decision(context: Context, command: ReportOwnDecision) -> int:
    """A department coordinates by its own decision and reports it to KE (Rana, KE og saksbehandling). The case's number.

    KE holds the case until the named coordinator has said yes.
    """
    tx = context.tx
    context.require(Action.REPORT_OWN_DECISION)
    me = people.person(tx, context.actor)
    content = cases.Content(
        subject_name=command.subject_name,
        applicant_name=me.name,
        services=(),
        long_lasting="yes",
        need=None,
        important=None,
        wish=None,
        reach="chat",
        reach_details=None,
        communication=None,
        told=command.agreed,
    )
    case = cases.create(
        tx,
        content,
        state=CaseState.APPOINTING,
        source=Source.DEPARTMENT,
        for_whom=ForWhom.AT_WORK,
        age_group=command.age_group,
        wanted=command.wanted,
        language=me.language,
        answer_by=answer_by(context),
    )
    cases.add_party(tx, case, context.actor, Role.REPORTER)
    due = context.municipality.calendar.next_working_day(context.today + timedelta(days=1))
    tasks.add(tx, TaskKind.APPOINT, due_on=due, case=case)
    if command.coordinator is not None:
        _ask_named(context, case, command.coordinator, me.department)
    number = cases.get(tx, case).number
    department = context.municipality.profile.department(me.department) if me.department else None
    where = department.name if department else t("A department")
    notices.tell_ke(
        context,
        t("{department} has decided to coordinate by itself. It is registered as case {number}.", department=where, number=str(number)),
        case=case,
        buttons=[notices.begin(t("Open the case"), "inbox", case=case)],
    )
    audit.record(tx, "case.reported_by_department", actor=context.actor, case=case)
    return number


def _ask_named(context: Context, case: CaseId, candidate: PersonId, department: str | None) -> None:
    over = over_limit(context, candidate)
    assignment = assignments.propose(
        context.tx,
        case,
        step=LadderStep.OWN_DEPARTMENT,
        state=AssignmentState.CANDIDATE_ASKED,
        department=department,
        candidate=candidate,
        leader=context.actor,
        over_limit=over,
        criteria=(),
        reason="",
        by=context.actor,
    )
    ask_candidate(context, assignment)
