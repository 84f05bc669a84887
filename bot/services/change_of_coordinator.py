"""A change of coordinator, from its first word to whoever is asked: Lund's steps (§ 11.2), Herøy's unit, Ås' and Rana's leader.

Here: beginning, stopping, the leader's yes, the wish, and naming somebody. Not here: who has the turn (`bot.services.change_steps`),
the answers of those asked (`bot.services.change_answers`), working together (`bot.services.taking_over`). Guarantees: the coordinator has
the case through all of it; the person's wish comes before anybody else's; nobody takes over without their own yes.
"""

from typing import Final

from bot.domain.access import Action, Role
from bot.domain.change_commands import (
    DecideDepartment,
    HandToUnit,
    LeaderOnChange,
    NameCoordinator,
    StartChange,
    WishCoordinator,
)
from bot.domain.changes import Change, ChangeAskState, ChangeReason, ChangeState, StartedAs, after_the_wish, first_step
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.appointing import leader_of
from bot.services.change_steps import ENTER, KINDS, around, ask_candidate, can_take_over, found, go, key_of
from bot.services.change_stopping import stop_now
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.services.substitutes import name_of, number_of
from bot.store import assignments, audit, cases, people, tasks
from bot.store import changes as store

UNIT: Final = frozenset({Role.KE, Role.KE_LEADER})
PARTY: Final = frozenset({Role.SELF, Role.YOUTH, Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})
NAMING: Final = frozenset({ChangeState.LEADERS_MEET, ChangeState.UNIT_DECIDES, ChangeState.DEPARTMENT_NAMES})


def roles(context: Context, case: CaseId) -> frozenset[Role]:
    """What the actor is in a case."""
    return cases.roles_in(context.tx, case, context.actor, people.standing_roles(context.tx, context.actor))


def start(context: Context, command: StartChange) -> int:
    """The coordinator, the person, the unit or the leader begins it, with a reason (N01). The change's id."""
    context.require(Action.START_CHANGE, command.case)
    tx = context.tx
    accepted = assignments.accepted(tx, command.case)
    if accepted is None or accepted.candidate is None:
        raise Refused(EARLIER)
    if store.open_in(tx, command.case) is not None:
        raise Refused(t("Another coordinator is being found already. Nothing was changed."))
    started_as = _as(context, command.case, accepted.candidate)
    leader = leader_of(context, people.person(tx, accepted.candidate).department)
    leader = None if leader == accepted.candidate else leader
    state = first_step(context.municipality.profile.appointment.change_decided_by, started_as)
    if leader is None and state is ChangeState.LEADER_ASKED:
        state = ChangeState.PERSON_ASKED
    made = store.start(
        tx,
        command.case,
        state=state,
        reason=command.reason,
        started_as=started_as,
        by=context.actor,
        coordinator=accepted.candidate,
        leader=leader,
        at_meeting=command.at_meeting,
        words=command.words,
    )
    change = found(context, made)
    audit.record(tx, "change.started", actor=doer(context), case=change.case, change=made, reason=command.reason, started_as=started_as)
    _tell_of_start(context, change)
    ENTER[state](context, change)
    return made


def _as(context: Context, case: CaseId, coordinator: PersonId) -> StartedAs:
    if context.actor == coordinator:
        return StartedAs.COORDINATOR
    mine = roles(context, case)
    if mine & PARTY:
        return StartedAs.PERSON
    return StartedAs.UNIT if mine & UNIT else StartedAs.LEADER


def _tell_of_start(context: Context, change: Change) -> None:
    number, name = number_of(context, change.case), name_of(context, change.coordinator)
    if context.actor != change.coordinator:
        text = t(
            "Another coordinator is being found for case {number}. It stays with you until the new one has met the person.", number=number
        )
        notices.tell(context, change.coordinator, text, case=change.case, dedupe_key=f"change/{change.id}/started")
    ke = t("Case {number}: another coordinator than {name} is being found.", number=number, name=name)
    notices.tell_ke(context, ke, case=change.case, dedupe_key=f"change/{change.id}/started/unit")


def leader_answers(context: Context, command: LeaderOnChange) -> None:
    """Step 1. A no ends what the coordinator began; what the person or the unit began goes on, and the unit decides instead (N02)."""
    change = found(context, command.change)
    context.require(Action.ANSWER_CHANGE_AS_LEADER, change.case)
    if change.state is not ChangeState.LEADER_ASKED or not (context.actor == change.leader or roles(context, change.case) & UNIT):
        raise Refused(EARLIER)
    audit.record(context.tx, "change.leader_answered", actor=doer(context), case=change.case, change=change.id, yes=command.yes)
    if command.yes:
        go(context, change, ChangeState.PERSON_ASKED)
        return
    number = number_of(context, change.case)
    text: Text = t("Case {number}: your leader says no to another coordinator for now.", number=number)
    wrote = [t("They wrote: {words}", words=command.reason)] if command.reason else []
    text = joined(text, *wrote)
    if change.started_as in {StartedAs.PERSON, StartedAs.UNIT}:
        no = t(
            "Case {number}: the leader says no to another coordinator. The person is asked whom they wish. Then you decide.", number=number
        )
        notices.tell_ke(context, joined(no, *wrote), case=change.case, dedupe_key=f"change/{change.id}/leader-no/unit")
        go(context, change, ChangeState.PERSON_ASKED, back_to=ChangeState.UNIT_DECIDES)
        return
    notices.tell(context, change.coordinator, text, case=change.case, dedupe_key=f"change/{change.id}/leader-no")
    stop_now(context, change)


def wish(context: Context, command: WishCoordinator) -> None:
    """Step 2: whom the person wishes, first wish first (N03). Words without a name go to the coordinator, who finds out who is meant."""
    change, tx = found(context, command.change), context.tx
    context.require(Action.WISH_COORDINATOR, change.case)
    if change.state is not ChangeState.PERSON_ASKED or not all(can_take_over(context, change, who) for who in command.order):
        raise Refused(EARLIER)
    by_party = bool(roles(context, change.case) & PARTY)
    if command.words:
        store.write(tx, change, "wish", command.words)
    audit.record(tx, "change.wished", actor=doer(context), case=change.case, change=change.id, named=len(command.order))
    if command.words and not command.order and by_party:
        store.ask_leader_anew(tx, change, change.leader)
        text = t("Case {number}: the person has told whom they wish. Note who that is.", number=number_of(context, change.case))
        button = notices.begin(t("Note whom they wish"), "change_wish", case=change.case)
        key = f"{key_of(change)}/wish/{int(tx.now.timestamp())}"
        notices.tell(context, change.coordinator, text, case=change.case, buttons=[button], dedupe_key=key)
        return
    for who in command.order:
        store.queue(tx, change, who, wished=True)
    decided_by = context.municipality.profile.appointment.change_decided_by
    to = change.back_to or after_the_wish(decided_by)
    if to is ChangeState.ASKING:
        for who in around(context, change):
            store.queue(tx, change, who, wished=False)
    go(context, change, to, department=people.person(tx, change.coordinator).department if to is ChangeState.DEPARTMENT_NAMES else None)


def may_name(context: Context, change: Change) -> bool:
    """Is it the actor who names somebody now: the unit, or the leader whose turn it is?"""
    if roles(context, change.case) & UNIT:
        return change.state in NAMING
    if change.state is ChangeState.LEADERS_MEET:
        return context.actor == change.leader
    return change.state is ChangeState.DEPARTMENT_NAMES and context.actor == leader_of(context, change.department)


def name(context: Context, command: NameCoordinator) -> None:
    """The leaders have agreed, a department names one of its own, or the unit names somebody; the yes is still the person's own."""
    change, tx = found(context, command.change), context.tx
    context.require(Action.ANSWER_CHANGE_AS_LEADER, change.case)
    if not may_name(context, change):
        raise Refused(EARLIER)
    if not can_take_over(context, change, command.person):
        raise Refused(t("This person cannot be asked to be coordinator."))
    if change.state is ChangeState.DEPARTMENT_NAMES and people.person(tx, command.person).department != change.department:
        raise Refused(t("This person does not work in your department."))
    store.queue(tx, change, command.person, wished=False)
    ask = next(each for each in store.asks(tx, change.id) if each.person == command.person)
    if ask.state in {ChangeAskState.DECLINED, ChangeAskState.LEADER_REFUSED}:
        raise Refused(t("This person has said no already. Choose somebody else."))
    if not store.move(tx, change, ChangeState.ASKING, back_to=change.state):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, change.case, *KINDS, by=doer(context))
    audit.record(tx, "change.named", actor=doer(context), case=change.case, change=change.id, ask=ask.id)
    ask_candidate(context, found(context, change.id), ask)


def hand_to_unit(context: Context, command: HandToUnit) -> None:
    """The leaders do not agree (N09), or another department must take over (N15: Rana, Overføring): the unit decides."""
    change = found(context, command.change)
    context.require(Action.ANSWER_CHANGE_AS_LEADER, change.case)
    if change.state is ChangeState.UNIT_DECIDES or not may_name(context, change):
        raise Refused(EARLIER)
    if command.words:
        told = t("Case {number}: from the leader: {words}", number=number_of(context, change.case), words=command.words)
        notices.tell_ke(context, told, case=change.case, dedupe_key=f"{key_of(change)}/handed")
    go(context, change, ChangeState.UNIT_DECIDES)


def decide_department(context: Context, command: DecideDepartment) -> None:
    """Step 8: the unit decides which department appoints (N09)."""
    change = found(context, command.change)
    context.require(Action.DECIDE_CHANGE, change.case)
    if change.state is not ChangeState.UNIT_DECIDES or context.municipality.profile.department(command.department) is None:
        raise Refused(EARLIER)
    if leader_of(context, command.department) is None:
        raise Refused(t("No leader is registered for this department. Choose another, or ask for the leader to be registered."))
    go(context, change, ChangeState.DEPARTMENT_NAMES, department=command.department)


def of_long_substitute(context: Context, case: CaseId, key: str) -> None:
    """A substitute has stood in for months: leader and coordinator are asked whether there should be another coordinator (N19)."""
    accepted = assignments.accepted(context.tx, case)
    if accepted is None or accepted.candidate is None or store.open_in(context.tx, case) is not None:
        return
    months = context.municipality.profile.hand_over.substitute_months
    number = number_of(context, case)
    text = t(
        "A substitute has stood in for {months} months in case {number}. Should there be another coordinator?", months=months, number=number
    )
    button = notices.begin(t("Find another coordinator"), "change_coordinator", case=case, reason=ChangeReason.LONG_SUBSTITUTE)
    leader = leader_of(context, people.person(context.tx, accepted.candidate).department)
    for who in sorted({accepted.candidate, leader or accepted.candidate}):
        notices.tell(context, who, text, case=case, buttons=[button], dedupe_key=f"{key}/{who}")
    notices.tell_ke(context, text, case=case, buttons=[button], dedupe_key=f"{key}/unit")
