"""Finding a coordinator: the ladder, the leader's and the candidate's answers, and what follows from a yes.

Here: Lund's three steps (§ 11.1) and Rana's own-department way. Guarantees: nobody is coordinator without their own yes; beyond the
profile's number of plans a yes needs the candidate's own reason; until somebody has accepted, KE's open task holds the case.
"""

from typing import Final

from bot.domain.access import Action, Role
from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.commands import AnswerAsCandidate, AnswerAsLeader, Propose, Recall, TalkWithLeader
from bot.domain.ids import AssignmentId, CaseId, PersonId
from bot.domain.one_press import LeaderAgrees
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, t
from bot.services import first_steps, notices
from bot.services.municipality import EARLIER, Context
from bot.store import alarms, audit, cases, people, tasks
from bot.store import assignments as store
from bot.store.assignments import Assignment

YES_AT_ONCE: Final = t("Yes, that is fine")
WITHOUT: Final = "case_without_coordinator"
"""The kind of alarm while a case whose coordinator left has no other."""
SILENT: Final = (TaskKind.LEADER_SILENT, TaskKind.CANDIDATE_SILENT)


def over_limit(context: Context, candidate: PersonId) -> bool:
    """Would one more be more than anybody can be ordered to (C09; Lund § 6: five)?"""
    most = context.municipality.profile.appointment.plans_at_most
    return most is not None and store.load(context.tx, candidate) >= most


def leader_of(context: Context, department: str | None) -> PersonId | None:
    """The leader of a department, where one is registered."""
    if department is None:
        return None
    return next(iter(people.with_role(context.tx, Role.LEADER, department=department)), None)


def propose(context: Context, command: Propose) -> int:
    """Ask a candidate's leader, the candidate, or a department's leader to name one (C03 to C06). The assignment's id."""
    context.require(Action.PROPOSE_CANDIDATE, command.case)
    tx = context.tx
    if any(each.state in {AssignmentState.LEADER_ASKED, AssignmentState.CANDIDATE_ASKED} for each in store.of_case(tx, command.case)):
        raise Refused(t("Somebody has been asked already. Wait for the answer, or take the question back first."))
    department = command.department
    if command.candidate is not None:
        candidate = people.person(tx, command.candidate)
        if Role.COORDINATOR not in candidate.roles and Role.LEADER not in candidate.roles:
            raise Refused(t("This person cannot be asked to be coordinator."))
        department = candidate.department or department
    leader = leader_of(context, department)
    if leader == command.candidate:
        leader = None
    if command.candidate is None and leader is None:
        raise Refused(t("No leader is registered for this department. Choose another, or ask for the leader to be registered."))
    assignment = store.propose(
        tx,
        command.case,
        step=command.step,
        state=AssignmentState.CANDIDATE_ASKED if leader is None else AssignmentState.LEADER_ASKED,
        department=department,
        candidate=command.candidate,
        leader=leader,
        over_limit=command.candidate is not None and over_limit(context, command.candidate),
        criteria=command.criteria,
        reason=command.reason,
        by=context.actor,
    )
    audit.record(tx, "candidate.proposed", actor=context.actor, case=command.case, assignment=assignment, step=command.step)
    if leader is None:
        ask_candidate(context, assignment)
    else:
        _ask_leader(context, _found(context, assignment))
    return assignment


def _found(context: Context, assignment: AssignmentId) -> Assignment:
    found = store.find(context.tx, assignment)
    if found is None:
        raise Refused(EARLIER)
    return found


def _number(context: Context, case: CaseId) -> str:
    return str(cases.get(context.tx, case).number)


def _ask_leader(context: Context, asked: Assignment) -> None:
    assert asked.leader is not None
    days = context.municipality.profile.deadlines.leader_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    number = _number(context, asked.case)
    if asked.candidate is None:
        text = t("We need a coordinator from your department for case {number}. Please answer by {day}.", number=number, day=by)
    else:
        name = notices.named(people.person(context.tx, asked.candidate), t("One of your staff"))
        text = t("Can {name} be coordinator in case {number}? Please answer by {day}.", name=name, number=number, day=by)
    buttons = [notices.begin(t("Read and answer"), "leader_answer", assignment=asked.id)]
    if asked.candidate is not None and not asked.over_limit:
        # One press is enough where nothing has to be read first (C21); the candidate's own yes is asked for afterwards.
        yes = notices.act(YES_AT_ONCE, "AnswerAsLeader", assignment=asked.id, yes=True, reason=None, candidate=None)
        buttons.insert(0, yes)
    notices.tell(context, asked.leader, text, case=asked.case, buttons=buttons, dedupe_key=f"assignment/{asked.id}/leader")


def ask_candidate(context: Context, assignment: AssignmentId) -> None:
    """Put the question to the candidate (C20)."""
    asked = _found(context, assignment)
    assert asked.candidate is not None
    days = context.municipality.profile.deadlines.candidate_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    text = t("You are asked to be coordinator in case {number}. Please answer by {day}.", number=_number(context, asked.case), day=by)
    button = notices.begin(t("Read and answer"), "candidate_answer", assignment=asked.id)
    key = f"assignment/{asked.id}/candidate/{asked.candidate}"
    notices.tell(context, asked.candidate, text, case=asked.case, buttons=[button], dedupe_key=key)


def answer_as_leader(context: Context, command: AnswerAsLeader) -> None:
    """Yes, no with a reason, or another of the department (C03, C21). KE may record what was said on the phone."""
    asked = _found(context, command.assignment)
    context.require(Action.ANSWER_AS_LEADER, asked.case)
    tx = context.tx
    standing = people.standing_roles(tx, context.actor)
    if context.actor != asked.leader and not standing & {Role.KE, Role.KE_LEADER}:
        raise Refused(EARLIER)
    candidate = command.candidate or asked.candidate
    if asked.state is not AssignmentState.LEADER_ASKED or (command.yes and candidate is None):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, asked.case, *SILENT, by=context.actor)
    audit.record(tx, "leader.answered", actor=context.actor, case=asked.case, assignment=asked.id, yes=command.yes)
    if not command.yes:
        store.move(tx, asked, AssignmentState.LEADER_REFUSED)
        _no(
            context,
            asked,
            command.reason,
            t("Case {number}: the leader says no. Please ask somebody else.", number=_number(context, asked.case)),
        )
        return
    assert candidate is not None
    if command.candidate is not None and people.person(tx, candidate).department != asked.department:
        raise Refused(t("This person does not work in your department."))
    store.move(tx, asked, AssignmentState.CANDIDATE_ASKED, candidate=candidate, over_limit=over_limit(context, candidate))
    ask_candidate(context, asked.id)


def _no(context: Context, asked: Assignment, reason: str | None, text: Text) -> None:
    """A no: the reason is kept, and KE goes on; the case is KE's the whole time (Lund § 11.2.8)."""
    if reason:
        store.write(context.tx, asked, "refusal", reason)
        text = joined(text, t("They wrote: {words}", words=reason))
    button = notices.begin(t("Ask somebody else"), "appoint", case=asked.case)
    notices.tell_ke(context, text, case=asked.case, buttons=[button], dedupe_key=f"assignment/{asked.id}/{asked.state}/no")


def answer_as_candidate(context: Context, command: AnswerAsCandidate) -> None:
    """The candidate's own yes or no (C20, C09). With a yes the case has a coordinator, and everyone is told."""
    asked = _found(context, command.assignment)
    context.require(Action.ANSWER_AS_CANDIDATE, asked.case)
    tx = context.tx
    by_candidate = context.actor == asked.candidate
    if asked.state is not AssignmentState.CANDIDATE_ASKED or asked.candidate is None:
        raise Refused(EARLIER)
    if not by_candidate and not people.standing_roles(tx, context.actor) & {Role.KE, Role.KE_LEADER}:
        raise Refused(EARLIER)
    audit.record(tx, "candidate.answered", actor=context.actor, case=asked.case, assignment=asked.id, yes=command.yes)
    tasks.finish_kinds(tx, asked.case, *SILENT, by=context.actor)
    if not command.yes:
        if not (command.reason or "").strip():
            raise Refused(t("A no needs a few words about why."))
        store.move(tx, asked, AssignmentState.DECLINED)
        text = t("Case {number}: the one you asked cannot be coordinator. Please ask somebody else.", number=_number(context, asked.case))
        _no(context, asked, command.reason, text)
        return
    if over_limit(context, asked.candidate):
        if not by_candidate or not (command.reason or "").strip():
            raise Refused(t("Nobody can be ordered to this many. It needs the person's own yes, with a reason."))
        store.write(tx, asked, "own_reason", command.reason or "")
    _appointed(context, asked)


def _appointed(context: Context, asked: Assignment) -> None:
    tx = context.tx
    assert asked.candidate is not None
    if not store.move(tx, asked, AssignmentState.ACCEPTED) or not cases.move(tx, asked.case, CaseState.ACTIVE):
        raise Refused(EARLIER)
    first_steps.begin(context, asked)
    alarms.over(tx, WITHOUT, f"case {asked.case}")
    # Only now does KE let go: one has taken hold (Ås, BTI; Rana, Overføring).
    tasks.finish_kinds(tx, asked.case, TaskKind.APPOINT, by=context.actor)


def talk_with_leader(context: Context, command: TalkWithLeader) -> None:
    """The candidate must talk with the leader first (C21): the leader is told, and the time starts anew."""
    asked = _found(context, command.assignment)
    context.require(Action.ANSWER_AS_CANDIDATE, asked.case)
    if asked.state is not AssignmentState.CANDIDATE_ASKED or asked.candidate is None:
        raise Refused(EARLIER)
    store.ask_again(context.tx, asked)
    leader = asked.leader or leader_of(context, asked.department)
    agree = [notices.act(YES_AT_ONCE, "LeaderAgrees", assignment=asked.id)] if asked.leader is not None else []
    number = _number(context, asked.case)
    name = notices.named(people.person(context.tx, asked.candidate), t("One of your staff"))
    text = t("{name} would like to talk with you before answering about case {number}.", name=name, number=number)
    if leader is not None:
        key = f"assignment/{asked.id}/talk/{int(context.tx.now.timestamp())}"
        notices.tell(context, leader, text, case=asked.case, buttons=agree, dedupe_key=key)
    else:
        notices.tell_ke(context, t("Case {number}: the candidate wants to talk with a leader first.", number=number), case=asked.case)
    audit.record(context.tx, "candidate.talks_with_leader", actor=context.actor, case=asked.case, assignment=asked.id)


def leader_agrees(context: Context, command: LeaderAgrees) -> None:
    """The leader's word to a candidate who asked first; the yes is still the candidate's own (C21)."""
    asked = _found(context, command.assignment)
    context.require(Action.ANSWER_AS_LEADER, asked.case)
    if context.actor != asked.leader or asked.state is not AssignmentState.CANDIDATE_ASKED or asked.candidate is None:
        raise Refused(EARLIER)
    text = t("Your leader says that it is fine to be coordinator in case {number}.", number=_number(context, asked.case))
    button = notices.begin(t("Read and answer"), "candidate_answer", assignment=asked.id)
    key = f"assignment/{asked.id}/leader-agrees/{int(asked.asked_at.timestamp())}"
    notices.tell(context, asked.candidate, text, case=asked.case, buttons=[button], dedupe_key=key)
    audit.record(context.tx, "leader.agrees", actor=context.actor, case=asked.case, assignment=asked.id)


def recall(context: Context, command: Recall) -> None:
    """KE takes a question back, so that somebody else can be asked."""
    asked = _found(context, command.assignment)
    context.require(Action.PROPOSE_CANDIDATE, asked.case)
    tx = context.tx
    if asked.state not in {AssignmentState.LEADER_ASKED, AssignmentState.CANDIDATE_ASKED} or not store.move(
        tx, asked, AssignmentState.RECALLED
    ):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, asked.case, *SILENT, by=context.actor)
    who = asked.leader if asked.state is AssignmentState.LEADER_ASKED else asked.candidate
    text = t("You do not have to answer about case {number} any more.", number=_number(context, asked.case))
    if who is not None:
        notices.tell(context, who, text, case=asked.case, dedupe_key=f"assignment/{asked.id}/recalled")
    audit.record(tx, "candidate.recalled", actor=context.actor, case=asked.case, assignment=asked.id)
