"""What the reminders about handing over need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.handing_over`), nor what happens
when one falls due (`bot.services.reminders.handing_over`).
"""

from datetime import date, datetime
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.changes import OPEN_ASK, OPEN_CHANGE, Change, ChangeAskState, ChangeState
from bot.domain.choices import Tool
from bot.domain.ids import CaseId, ChangeId, PersonId, TaskId
from bot.domain.reminders import Reminder
from bot.domain.reminders.handing_over import HandingOverFacts, OverlapFacts, SubstituteFacts, TurnFacts, reminders
from bot.domain.substitutes import OPEN_SUBSTITUTE, standing_in_since
from bot.services import cover
from bot.services.municipality import Municipality
from bot.store import assignments, cases, changes, people, substitutes, tasks
from bot.store.database import Tx

CASES: Final = frozenset({CaseState.ACTIVE, CaseState.APPOINTING})


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about substitutes and a change of coordinator."""
    if cases.get(tx, case).state not in CASES:
        return frozenset()
    held, change, asked = assignments.accepted(tx, case), changes.last_in(tx, case), substitutes.of_case(tx, case)
    taking, coordinator = changes.taking_over(tx, case), None if held is None else held.candidate
    facts = HandingOverFacts(
        case=case,
        turn=None if change is None or change.state not in OPEN_CHANGE else _turn(tx, change),
        overlap=None
        if taking is None
        else OverlapFacts(change=taking.change, person=taking.person, until=taking.until, met=taking.met_at is not None),
        tool=_tool(municipality, change, coordinator),
        substitutes=tuple(
            SubstituteFacts(id=each.id, person=each.person, state=each.state, time=each.time, proposed_at=each.proposed_at)
            for each in asked
            if each.state in OPEN_SUBSTITUTE
        ),
        long_since=None if change is not None and change.state in OPEN_CHANGE else standing_in_since(asked, tx.now),
        gaps=cover.gaps_told(tx, case),
        uncovered=_uncovered(tx, case, coordinator),
        leader=_leader(tx, coordinator),
        without_since=_without_since(tx, case) if held is None else None,
    )
    return reminders(facts, municipality.rules)


def _uncovered(tx: Tx, case: CaseId, coordinator: PersonId | None) -> tuple[TaskId, date] | None:
    """The unit's task while nobody stands in, and the last day away: then it is done by itself."""
    task = next((each for each in tasks.of_case(tx, case) if each.kind is TaskKind.NOBODY_STANDS_IN), None)
    last = None if coordinator is None else substitutes.last_day_away(tx, coordinator)
    return None if task is None or last is None else (task.id, last)


def _leader(tx: Tx, who: PersonId | None) -> PersonId | None:
    department = None if who is None else people.person(tx, who).department
    found = people.with_role(tx, Role.LEADER, department=department) if department else []
    return next((each for each in found if each != who), None)


def _turn(tx: Tx, change: Change) -> TurnFacts:
    """Whose turn it is, at every step."""
    ask = next((each for each in changes.asks(tx, change.id) if each.state in OPEN_ASK), None)
    worded, since = changes.words(tx, change, "wish") is not None, change.since
    turn: tuple[PersonId | None, ...] = ()
    match change.state:
        case ChangeState.LEADER_ASKED | ChangeState.LEADERS_MEET:
            turn = (change.leader,)
        case ChangeState.PERSON_ASKED if worded:
            turn = (change.coordinator,)
        case ChangeState.DEPARTMENT_NAMES:
            turn = tuple(people.with_role(tx, Role.LEADER, department=change.department)[:1]) if change.department else ()
        case ChangeState.UNIT_DECIDES:
            turn = tuple(people.with_role(tx, Role.KE, Role.KE_LEADER))
        case ChangeState.ASKING if ask is not None:
            turn = (ask.leader if ask.state is ChangeAskState.LEADER_ASKED else ask.person,)
            since = ask.asked_at or since
    return TurnFacts(
        id=change.id,
        state=change.state,
        since=since,
        people=tuple(each for each in turn if each is not None),
        ask=None if ask is None else ask.id,
        by_leader=ask is not None and ask.state is ChangeAskState.LEADER_ASKED,
        worded=worded,
    )


def _tool(municipality: Municipality, change: Change | None, coordinator: PersonId | None) -> tuple[ChangeId, datetime, PersonId] | None:
    if change is None or coordinator is None or change.state is not ChangeState.DONE or change.tool_at is not None:
        return None
    return None if municipality.profile.records.tool is Tool.NONE else (change.id, change.since, coordinator)


def _without_since(tx: Tx, case: CaseId) -> datetime | None:
    """Since when there is no coordinator, where there was one before."""
    ended = [each.answered_at for each in assignments.of_case(tx, case) if each.state is AssignmentState.ENDED]
    return max((each for each in ended if each is not None), default=None)
