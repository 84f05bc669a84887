"""Somebody of staff leaves, or is no longer a coordinator or a leader.

Here: what follows in every case they had a part in, in the transaction in which their roles end. Not here: ending the roles
(`bot.services.staff`). Guarantees: their access ends the same minute, with everything that was open to them; each of their cases has a task
and an alarm at the unit until somebody has taken over, so none is alone; whoever the case is about is told that we find somebody.
"""

from typing import Final

from bot.domain.access import Action, Role
from bot.domain.cases import AssignmentState, TaskKind
from bot.domain.changes import OPEN_ASK, OPEN_CHANGE, ChangeAskState, ChangeState
from bot.domain.circle import Ended
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.domain.staff_commands import EndStaffRoles
from bot.domain.substitutes import SubstituteState
from bot.engine.texts import Text, joined, t
from bot.services import cover, membership, notices, substitutes
from bot.services.appointing import WITHOUT, leader_of
from bot.services.change_answers import falls_away
from bot.services.change_steps import ENTER, found, go
from bot.services.change_stopping import search_anew
from bot.services.cover import doer
from bot.services.municipality import NOT_YOURS, Context
from bot.services.substitutes import name_of, number_of
from bot.store import alarms, assignments, audit, changes, leaving, links, logins, members, people, roster, stands, tasks
from bot.store import substitutes as stored_substitutes
from bot.store.assignments import Assignment

MAY_COORDINATE: Final = frozenset({Role.COORDINATOR, Role.LEADER})


def end_roles(context: Context, command: EndStaffRoles) -> None:
    """The unit notes that somebody no longer works here: every role ends now."""
    context.require(Action.END_STAFF)
    had = roster.roles(context.tx, command.person)
    if not had or command.person == context.actor or set(had) & {Role.ADMIN, Role.AUDITOR}:
        raise Refused(NOT_YOURS)
    for role in had:
        roster.end_role(context.tx, command.person, role)
    audit.record(context.tx, "staff.set", actor=doer(context), person=command.person, roles="")
    left(context, command.person)


def left(context: Context, who: PersonId) -> None:
    """Roles of this person have just ended: what they no longer may be in a case ends now. Nothing happens where nothing has ended."""
    tx, standing = context.tx, people.standing_roles(context.tx, who)
    if not standing:
        links.revoke(tx, who)
        logins.end_all_of(tx, who)
    if not standing & stands.AT_WORK:
        stored_substitutes.end_absence(tx, who)
        for one in stored_substitutes.of_person(tx, who):
            substitutes.end_now(context, one)
        for member in members.of_person(tx, who):
            membership.end(context, member, Ended.REMOVED)
    if not standing & MAY_COORDINATE:
        _not_asked_any_more(context, who)
        for case in changes.taken_over_by(tx, who):
            _not_taking_over(context, case)
        for case in assignments.coordinated_by(tx, who):
            _without_coordinator(context, case, who)
    if Role.LEADER not in standing:
        _leads_no_more(context, who)
    if not standing & (stands.AT_WORK | {Role.KE, Role.KE_LEADER}):
        leaving.take_back(tx, who)


def _not_asked_any_more(context: Context, who: PersonId) -> None:
    """Questions open to somebody who cannot be coordinator any more go to the next, or back to the unit."""
    for asked in assignments.waiting_for(context.tx, who):
        if asked.candidate == who and asked.state is AssignmentState.CANDIDATE_ASKED:
            _recall(context, asked)
    for ask in changes.asks_about(context.tx, who):
        change = found(context, ask.change)
        if ask.state in OPEN_ASK | {ChangeAskState.WAITING} and change.state in OPEN_CHANGE:
            falls_away(context, change, ask)


def _recall(context: Context, asked: Assignment) -> None:
    assignments.move(context.tx, asked, AssignmentState.RECALLED)
    text = t(
        "Case {number}: the one who was asked no longer works with this. Please ask somebody else.", number=number_of(context, asked.case)
    )
    button = notices.begin(t("Ask somebody else"), "appoint", case=asked.case)
    notices.tell_ke(context, text, case=asked.case, buttons=[button], dedupe_key=f"assignment/{asked.id}/left")


def _not_taking_over(context: Context, case: CaseId) -> None:
    """Whoever was taking over cannot any more: the old one still has the case, and the next is asked."""
    tx, change = context.tx, changes.open_in(context.tx, case)
    assert change is not None
    taking = changes.taking_over(tx, case)
    assert taking is not None
    changes.end_taking_over(tx, case, "fell_away")
    for ask in changes.asks(tx, change.id):
        if ask.state is ChangeAskState.AGREED:
            changes.move_ask(tx, change, ask, ChangeAskState.RECALLED)
    if assignments.accepted(tx, case) is None:
        search_anew(context, case, change)
        return
    told = t(
        "{name} cannot be your coordinator after all. {old} is still your coordinator, and we ask somebody else.",
        name=name_of(context, taking.person),
        old=name_of(context, change.coordinator),
    )
    notices.tell_parties(context, case, told, dedupe_key=f"change/{change.id}/fell-away/{taking.person}", but_not_reporters=True)
    cover.settle(context, case)
    go(context, change, ChangeState.ASKING)


def _without_coordinator(context: Context, case: CaseId, who: PersonId) -> None:
    """A case whose coordinator has left: an alarm, the unit's task, and whoever it is about is told (never alone)."""
    tx = context.tx
    held, change, taking = assignments.accepted(tx, case), changes.open_in(tx, case), changes.taking_over(tx, case)
    number = number_of(context, case)
    assert held is not None
    assignments.move(tx, held, AssignmentState.ENDED)
    audit.record(tx, "coordinator.left", actor=doer(context), case=case, assignment=held.id)
    alarms.raise_alarm(tx, WITHOUT, f"case {case}")
    for one in stored_substitutes.of_case(tx, case):
        if one.state is SubstituteState.PROPOSED or (one.state is SubstituteState.ACCEPTED and not one.time.holds(tx.now)):
            substitutes.end_now(context, one)
    if change is not None and taking is not None:
        # Somebody has taken hold already, and goes on alone; the unit looks after it until they have met.
        tasks.add(tx, TaskKind.CHANGE_COORDINATOR, due_on=context.municipality.calendar.next_working_day(context.today), case=case)
        new = t("{old} no longer works with case {number}. Meet the person soon.", old=name_of(context, who), number=number)
        met = notices.begin(t("I have met the person"), "take_over", case=case, step="met")
        notices.tell(context, taking.person, new, case=case, buttons=[met], dedupe_key=f"assignment/{held.id}/left/new")
        named = {"old": name_of(context, who), "name": name_of(context, taking.person)}
        words = t("{old} is no longer your coordinator. {name} takes over.", **named)
        unit = t(
            "Case {number}: {old} does not coordinate any more. {name} takes over alone, and must meet the person soon.",
            number=number,
            **named,
        )
    else:
        search_anew(context, case, change)
        words = t("{name} is no longer your coordinator. We find a new one for you.", name=name_of(context, who))
        unit = t("Case {number} has no coordinator any more. Find a new one now.", number=number)
    _tell(context, case, words, unit, held)


def _tell(context: Context, case: CaseId, words: Text, unit: Text, held: Assignment) -> None:
    key, stands_in = f"assignment/{held.id}/left", stored_substitutes.active(context.tx, case)
    if stands_in is not None:
        words = joined(words, t("Until {end} {name} stands in.", end=stands_in.time.shown()[1], name=name_of(context, stands_in.person)))
    if phone := context.municipality.phone:
        words = joined(words, t("You can always phone us on {phone}.", phone=phone))
    notices.tell_parties(context, case, words, dedupe_key=key, but_not_reporters=True)
    button = notices.begin(t("Open the case"), "inbox", case=case)
    notices.tell_ke(context, unit, case=case, buttons=[button], dedupe_key=f"{key}/unit")


def _leads_no_more(context: Context, who: PersonId) -> None:
    """Questions open to a leader go to whoever leads now, or to the unit."""
    tx = context.tx
    for asked in assignments.waiting_for(tx, who):
        if asked.leader == who and asked.state is AssignmentState.LEADER_ASKED:
            _recall(context, asked)
    for ask in changes.asked_of(tx, who):
        if ask.state is ChangeAskState.LEADER_ASKED:
            change = found(context, ask.change)
            due = context.municipality.calendar.next_working_day(context.today)
            tasks.add(tx, TaskKind.CHANGE_SILENT, due_on=due, case=change.case)
            text = t("Case {number}: the leader who was asked has left. Note who answers now.", number=number_of(context, change.case))
            notices.tell_ke(context, text, case=change.case, dedupe_key=f"change-ask/{ask.id}/leader-left")
    for change in changes.waiting_for_leader(tx, who):
        leader = leader_of(context, people.person(tx, change.coordinator).department)
        leader = None if leader == change.coordinator else leader
        changes.ask_leader_anew(tx, change, leader)
        anew = found(context, change.id)
        if anew.state in {ChangeState.LEADER_ASKED, ChangeState.LEADERS_MEET}:
            if leader is None:
                go(context, anew, ChangeState.UNIT_DECIDES)
            else:
                ENTER[anew.state](context, anew)
    for change in changes.naming_department(tx):
        if leader_of(context, change.department) is None:
            go(context, change, ChangeState.UNIT_DECIDES)
