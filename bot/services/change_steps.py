"""Whose turn it is in a change of coordinator, and what they are told.

Here: entering each step: who is asked, and with which button. Not here: the answers (`bot.services.change_of_coordinator`,
`bot.services.change_answers`) and the two who work together (`bot.services.taking_over`). Guarantees: a change that has begun always waits
for somebody by name, or for the unit with a task; the coordinator has the case through all of it.
"""

from datetime import timedelta
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.changes import OPEN_ASK, Change, ChangeAsk, ChangeAskState, ChangeState
from bot.domain.ids import ChangeId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.appointing import leader_of
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.services.substitutes import name_of, number_of
from bot.store import audit, members, people, stands, tasks
from bot.store import changes as store

YES_AT_ONCE: Final = t("Yes, that is fine")
KINDS: Final = (TaskKind.CHANGE_COORDINATOR, TaskKind.CHANGE_SILENT)
"""The unit's tasks about a change: done as soon as it goes on."""


def key_of(change: Change) -> str:
    """A key of this step, by when it began."""
    return f"change/{change.id}/{change.state}/{int(change.since.timestamp())}"


def found(context: Context, change: ChangeId) -> Change:
    """A change by id. Raises `Refused`."""
    one = store.find(context.tx, change)
    if one is None:
        raise Refused(EARLIER)
    return one


def go(context: Context, change: Change, to: ChangeState, *, department: str | None = None, back_to: ChangeState | None = None) -> Change:
    """Take a change to its next step and tell whoever has the turn; as it stands then. Raises `Refused` where somebody was first."""
    tx = context.tx
    if not store.move(tx, change, to, department=department, back_to=back_to):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, change.case, *KINDS, by=doer(context))
    audit.record(tx, "change.moved", actor=doer(context), case=change.case, change=change.id, to=to)
    there = found(context, change.id)
    if (enter := ENTER.get(to)) is not None:
        enter(context, there)
    return found(context, change.id)


def ask_leader(context: Context, change: Change) -> None:
    """Step 1: the coordinator's leader, who answers in one press (Lund § 11.2.1; Rana, Overføring)."""
    assert change.leader is not None
    days = context.municipality.profile.deadlines.leader_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    number, name = number_of(context, change.case), name_of(context, change.coordinator)
    text = t("Another coordinator than {name} is asked for in case {number}. Please answer by {day}.", name=name, number=number, day=by)
    buttons = [
        notices.act(YES_AT_ONCE, "LeaderOnChange", change=change.id, yes=True, reason=None),
        notices.begin(t("Read and answer"), "change_leader", case=change.case),
    ]
    notices.tell(context, change.leader, text, case=change.case, buttons=buttons, dedupe_key=f"{key_of(change)}/{change.leader}")


def ask_person(context: Context, change: Change) -> None:
    """Step 2: whom they wish, each in their own language (Lund § 11.2.2)."""
    name = name_of(context, change.coordinator)
    text = joined(
        t("You are to get another coordinator."),
        t("{name} is your coordinator until the new one has met you.", name=name),
        t("Whom would you like? You need not choose. Then we find somebody who fits."),
    )
    button = notices.begin(t("Tell whom I would like"), "change_wish", case=change.case)
    notices.tell_parties(context, change.case, text, buttons=[button], dedupe_key=key_of(change), but_not_reporters=True)


def ask_next(context: Context, change: Change) -> None:
    """Step 3: the next in the order; where nobody is left, the leaders, or whoever named the last one."""
    waiting = [each for each in store.asks(context.tx, change.id) if each.state is ChangeAskState.WAITING]
    for ask in waiting if change.back_to is None else ():
        if can_take_over(context, change, ask.person):
            ask_candidate(context, change, ask)
            return
        store.move_ask(context.tx, change, ask, ChangeAskState.RECALLED)
    nobody_left(context, change)


def nobody_left(context: Context, change: Change) -> None:
    """Steps 7 and 8: back to whoever named somebody; else the leaders meet, or where no leader is known, the unit decides."""
    go(context, change, change.back_to or (ChangeState.UNIT_DECIDES if change.leader is None else ChangeState.LEADERS_MEET))


def can_take_over(context: Context, change: Change, who: PersonId) -> bool:
    """Staff with a coordinator's or a leader's role, other than the one who has the case."""
    return who != change.coordinator and bool(people.standing_roles(context.tx, who) & {Role.COORDINATOR, Role.LEADER})


def around(context: Context, change: Change) -> list[PersonId]:
    """Those around the person who can take over, in the order they came."""
    return [each.person for each in members.of_case(context.tx, change.case) if can_take_over(context, change, each.person)]


def ask_candidate(context: Context, change: Change, ask: ChangeAsk) -> None:
    """Put the question to one who may take over (N04)."""
    if not store.move_ask(context.tx, change, ask, ChangeAskState.ASKED):
        raise Refused(EARLIER)
    days = context.municipality.profile.deadlines.candidate_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    number = number_of(context, change.case)
    text: Text = t("Can you take over as coordinator in case {number}? Please answer by {day}.", number=number, day=by)
    if ask.wished:
        text = joined(text, t("The person wishes that it is you."), by=" ")
    button = notices.begin(t("Read and answer"), "change_answer", ask=ask.id)
    notices.tell(context, ask.person, text, case=change.case, buttons=[button], dedupe_key=f"change-ask/{ask.id}/{_now(context)}")
    audit.record(context.tx, "change.asked", actor=doer(context), case=change.case, change=change.id, ask=ask.id)


def ask_new_leader(context: Context, change: Change, ask: ChangeAsk, leader: PersonId) -> None:
    """Step 4: the leader of the one who said yes, in one press (Lund § 11.2.4)."""
    if not store.move_ask(context.tx, change, ask, ChangeAskState.LEADER_ASKED, leader=leader):
        raise Refused(EARLIER)
    days = context.municipality.profile.deadlines.leader_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    text = t(
        "{name} has said yes to coordinating case {number}. Is that fine with you? Please answer by {day}.",
        name=name_of(context, ask.person),
        number=number_of(context, change.case),
        day=by,
    )
    buttons = [
        notices.act(YES_AT_ONCE, "AnswerChangeAsLeader", ask=ask.id, yes=True, reason=None),
        notices.begin(t("Read and answer"), "change_leader", case=change.case),
    ]
    notices.tell(context, leader, text, case=change.case, buttons=buttons, dedupe_key=f"change-ask/{ask.id}/leader/{_now(context)}")


def _now(context: Context) -> int:
    return int(context.tx.now.timestamp())


def _leaders_meet(context: Context, change: Change) -> None:
    """Step 7: the coordinator's leader calls the others' leaders; the unit can be asked along (Lund § 11.2.7)."""
    assert change.leader is not None
    by = context.today + timedelta(days=context.municipality.profile.deadlines.leaders_meeting_days)
    number = number_of(context, change.case)
    text = t("Nobody can take over case {number}. Call a meeting of the leaders. Note what you agree on by {day}.", number=number, day=by)
    button = notices.begin(t("Note what we agreed"), "change_leader", case=change.case)
    notices.tell(context, change.leader, text, case=change.case, buttons=[button], dedupe_key=f"{key_of(change)}/{change.leader}")
    told = t("Case {number}: the leaders meet about another coordinator, by {day}. They can ask you along.", number=number, day=by)
    notices.tell_ke(context, told, case=change.case, dedupe_key=f"{key_of(change)}/unit")


def _unit_decides(context: Context, change: Change) -> None:
    """Step 8, and Herøy's own way: the unit must see to it that there is a coordinator."""
    calendar = context.municipality.calendar
    due = calendar.add_working_days(context.today, context.municipality.profile.deadlines.leader_answer_working_days)
    tasks.add(context.tx, TaskKind.CHANGE_COORDINATOR, due_on=due, case=change.case)
    text = t("Case {number}: you decide who is the next coordinator.", number=number_of(context, change.case))
    button = notices.begin(t("Decide who"), "change_unit", case=change.case)
    notices.tell_ke(context, text, case=change.case, buttons=[button], dedupe_key=key_of(change))


def _department_names(context: Context, change: Change) -> None:
    """A department appoints one of its own (Lund § 11.2.8; Ås and Rana: the coordinator's own leader)."""
    leader = leader_of(context, change.department)
    if leader is None:
        go(context, change, ChangeState.UNIT_DECIDES)
        return
    number = number_of(context, change.case)
    text = t("Your department is to name the next coordinator in case {number}.", number=number)
    button = notices.begin(t("Name somebody"), "change_leader", case=change.case)
    notices.tell(context, leader, text, case=change.case, buttons=[button], dedupe_key=key_of(change))


def recall_asks(context: Context, change: Change) -> None:
    """Nobody has to answer any more."""
    for ask in store.asks(context.tx, change.id):
        if ask.state not in OPEN_ASK | {ChangeAskState.WAITING}:
            continue
        store.move_ask(context.tx, change, ask, ChangeAskState.RECALLED)
        who = ask.leader if ask.state is ChangeAskState.LEADER_ASKED else ask.person
        if ask.state in OPEN_ASK and who is not None and people.standing_roles(context.tx, who) & stands.AT_WORK:
            text = t("You do not have to answer about case {number} any more.", number=number_of(context, change.case))
            notices.tell(context, who, text, case=change.case, dedupe_key=f"change-ask/{ask.id}/recalled")


ENTER: Final = {
    ChangeState.LEADER_ASKED: ask_leader,
    ChangeState.PERSON_ASKED: ask_person,
    ChangeState.ASKING: ask_next,
    ChangeState.LEADERS_MEET: _leaders_meet,
    ChangeState.UNIT_DECIDES: _unit_decides,
    ChangeState.DEPARTMENT_NAMES: _department_names,
}
"""What happens when a step begins. Where somebody was named, or both work together, the answer itself tells them."""
