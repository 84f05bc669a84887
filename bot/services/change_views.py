"""What can be looked up about substitutes, days away and a change of coordinator.

Here: today's facts as views. Not here: what a pack holds (`bot.services.hand_over_pack`). Guarantees: whoever may not see gets None or
nothing; the words of whoever began a change are not shown to the coordinator it is about; why somebody said no is shown to nobody here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from bot.domain import change_queries as queries
from bot.domain.access import Action, Role, may
from bot.domain.cases import CaseState
from bot.domain.changes import OPEN_CHANGE, Change, ChangeAsk, ChangeAskState, ChangeState
from bot.domain.ids import CaseId, PersonId
from bot.domain.people import Person
from bot.domain.reminders import OSLO
from bot.domain.substitutes import OPEN_SUBSTITUTE, Substitute, SubstituteState
from bot.engine.ask import Query
from bot.services import case_views, cover, hand_over_pack
from bot.services.appointing import over_limit
from bot.services.change_of_coordinator import PARTY, UNIT, may_name, roles
from bot.services.change_steps import can_take_over
from bot.services.municipality import Context
from bot.services.substitutes import knows, may_stand_in
from bot.services.taking_over import uses_tool
from bot.store import assignments, cases, changes, people, stands, substitutes


def _name(context: Context, who: PersonId) -> str:
    return people.person(context.tx, who).name or str(who)


def _number(context: Context, case: CaseId) -> int:
    return cases.get(context.tx, case).number


def _substitute(context: Context, one: Substitute) -> queries.SubstituteView | None:
    """The note is for who wrote it and, from the first moment to the last, for who stands in."""
    mine = context.actor == one.person
    planning = context.may(Action.PROPOSE_SUBSTITUTE, one.case)
    if not planning and not mine:
        return None
    there = mine and one.state is SubstituteState.ACCEPTED and one.time.holds(context.tx.now)
    holds = bool(roles(context, one.case) & (UNIT | {Role.COORDINATOR}))
    return queries.SubstituteView(
        substitute=one.id,
        case=one.case,
        number=_number(context, one.case),
        initials=case_views.initials_of(context, one.case),
        person=one.person,
        name=_name(context, one.person),
        instead_of=_name(context, one.instead_of),
        scope=one.scope,
        state=one.state,
        starts_at=one.time.shown()[0],
        ends_at=one.time.shown()[1],
        note=substitutes.words(context.tx, one, "note") if there or holds else None,
        mine=mine,
    )


def the_substitute(context: Context, query: queries.TheSubstitute) -> queries.SubstituteView | None:
    """One substitute, for those it concerns."""
    one = substitutes.find(context.tx, query.substitute)
    return None if one is None else _substitute(context, one)


def substitutes_of(context: Context, query: queries.SubstitutesOf) -> tuple[queries.SubstituteView, ...]:
    """Open ones only."""
    if cases.find(context.tx, query.case) is None:
        return ()
    views = (_substitute(context, one) for one in substitutes.of_case(context.tx, query.case) if one.state in OPEN_SUBSTITUTE)
    return tuple(view for view in views if view is not None)


def _line(context: Context, case: CaseId, person: Person) -> queries.StandInLine:
    return queries.StandInLine(
        person=person.id,
        name=person.name or str(person.id),
        department=person.department,
        knows=knows(context, case, person.id),
        load=assignments.load(context.tx, person.id),
    )


def _lines(context: Context, case: CaseId, found: Iterable[PersonId]) -> tuple[queries.StandInLine, ...]:
    """Those who know the person first, then those of the coordinator's department."""
    held = assignments.accepted(context.tx, case)
    near = None if held is None or held.candidate is None else people.person(context.tx, held.candidate).department
    lines = (_line(context, case, people.person(context.tx, who)) for who in found)
    return tuple(sorted(lines, key=lambda line: (not line.knows, line.department != near, line.load, line.name)))


def stand_ins(context: Context, query: queries.StandIns) -> tuple[queries.StandInLine, ...]:
    """Who can be asked to stand in."""
    if not context.may(Action.PROPOSE_SUBSTITUTE, query.case):
        return ()
    held = assignments.accepted(context.tx, query.case)
    found = people.with_role(context.tx, *stands.AT_WORK)
    coordinator = None if held is None else held.candidate
    return _lines(context, query.case, (who for who in found if who != coordinator and may_stand_in(context, query.case, who)))


def may_take_over(context: Context, query: queries.MayTakeOver) -> tuple[queries.StandInLine, ...]:
    """Whom the person can wish, or whom a leader or the unit can name; nobody who has said no already."""
    change = changes.open_in(context.tx, query.case)
    if change is None or not (context.may(Action.WISH_COORDINATOR, query.case) or may_name(context, change)):
        return ()
    mine, tx = roles(context, query.case), context.tx
    no = {ask.person for ask in changes.asks(tx, change.id) if ask.state in {ChangeAskState.DECLINED, ChangeAskState.LEADER_REFUSED}}
    department = change.department if change.state is ChangeState.DEPARTMENT_NAMES and not mine & UNIT else None
    found = [who for who in people.with_role(tx, Role.COORDINATOR, department=department) if can_take_over(context, change, who)]
    if mine & PARTY:
        # The person chooses among those they know; anybody else they name in their own words.
        found = [who for who in found if knows(context, query.case, who)]
    return _lines(context, query.case, (who for who in found if who not in no))


def _ask(context: Context, change: Change, ask: ChangeAsk) -> queries.ChangeAskView:
    return queries.ChangeAskView(
        ask=ask.id,
        person=ask.person,
        name=_name(context, ask.person),
        wished=ask.wished,
        state=ask.state,
        leader_name=None if ask.leader is None else _name(context, ask.leader),
        over_limit=over_limit(context, ask.person),
        load=assignments.load(context.tx, ask.person),
        mine=ask.person == context.actor and ask.state is ChangeAskState.ASKED,
        my_staff=ask.leader == context.actor and ask.state is ChangeAskState.LEADER_ASKED,
    )


def the_change(context: Context, query: queries.TheChange) -> queries.ChangeView | None:
    """The change under way or just ended, as the one who asks may see it."""
    tx, case = context.tx, query.case
    if not context.may(Action.SEE_CASE, case):
        return None
    change = changes.last_in(tx, case)
    if change is None:
        return None
    return _view(context, change, roles(context, case))


def _view(context: Context, change: Change, mine: frozenset[Role]) -> queries.ChangeView:
    tx, found, taking = context.tx, cases.get(context.tx, change.case), changes.taking_over(context.tx, change.case)
    asks = tuple(_ask(context, change, ask) for ask in changes.asks(tx, change.id))
    at_unit, theirs = bool(mine & UNIT), bool(mine & PARTY)
    inside = at_unit or theirs or Role.COORDINATOR in mine
    # A leader and whoever is asked see what they need for their answer only; the person sees who is asked when they have said yes.
    shown = asks if at_unit or mine & {Role.COORDINATOR, Role.LEADER} else tuple(ask for ask in asks if ask.mine)
    began = change.started_by == context.actor
    return queries.ChangeView(
        change=change.id,
        case=change.case,
        number=found.number,
        initials=case_views.initials_of(context, change.case),
        age_group=found.age_group,
        wanted=found.wanted,
        state=change.state,
        reason=change.reason,
        started_as=change.started_as,
        coordinator_name=_name(context, change.coordinator),
        leader_name=None if change.leader is None else _name(context, change.leader),
        department=change.department,
        at_meeting=change.at_meeting,
        words=changes.words(tx, change, "words") if at_unit or began or context.actor == change.leader else None,
        wish=changes.words(tx, change, "wish") if inside else None,
        asks=shown,
        since=change.since,
        answer_by=_answer_by(context, change),
        next_name=None if taking is None else _name(context, taking.person),
        next_is_me=taking is not None and taking.person == context.actor,
        overlap_until=None if taking is None else taking.until,
        met=taking is not None and taking.met_at is not None,
        tool_to_change=change.state is ChangeState.DONE and change.tool_at is None and uses_tool(context),
        answers=_answers(context, change, mine, asks),
        noting=at_unit or context.actor == change.coordinator,
        began=began and change.state in OPEN_CHANGE,
        coordinates=context.actor == change.coordinator,
    )


def _answers(context: Context, change: Change, mine: frozenset[Role], asks: tuple[queries.ChangeAskView, ...]) -> bool:
    """Is it the turn of the one who looks?"""
    match change.state:
        case ChangeState.LEADER_ASKED:
            return context.actor == change.leader
        case ChangeState.PERSON_ASKED:
            return bool(mine & PARTY)
        case ChangeState.ASKING:
            return any(ask.mine or ask.my_staff for ask in asks)
    return may_name(context, change)


def _answer_by(context: Context, change: Change) -> date:
    deadlines, calendar = context.municipality.profile.deadlines, context.municipality.calendar
    day = change.since.astimezone(OSLO).date()
    if change.state is ChangeState.LEADERS_MEET:
        return day + timedelta(days=deadlines.leaders_meeting_days)
    return calendar.add_working_days(day, deadlines.leader_answer_working_days)


def of_ask(context: Context, query: queries.ChangeOfAsk) -> CaseId | None:
    """The case of a question, for the one asked, their leader and the unit."""
    ask = changes.find_ask(context.tx, query.ask)
    change = None if ask is None else changes.find(context.tx, ask.change)
    if ask is None or change is None:
        return None
    at_unit = people.standing_roles(context.tx, context.actor) & UNIT
    return change.case if at_unit or context.actor in {ask.person, ask.leader} else None


def asked_of_me(context: Context, _query: queries.ChangesAskedOfMe) -> tuple[queries.AskedOfMe, ...]:
    """What waits for my answer about standing in, a change, or taking over."""
    tx, me = context.tx, context.actor
    found = [(one.case, one.id, None, None) for one in substitutes.of_person(tx, me) if one.state is SubstituteState.PROPOSED]
    lines: list[tuple[CaseId, Any, Any, Any]] = list(found)
    for ask in changes.asked_of(tx, me):
        change = changes.find(tx, ask.change)
        assert change is not None
        mine = ask.person == me and ask.state is ChangeAskState.ASKED
        lines.append((change.case, None, ask.id if mine else None, None if mine else change.id))
    turns = {*changes.waiting_for_leader(tx, me), *changes.naming_department(tx)}
    for change in sorted(turns, key=lambda each: each.id):
        if (change.state is ChangeState.LEADER_ASKED and change.leader == me) or (
            change.state in {ChangeState.LEADERS_MEET, ChangeState.DEPARTMENT_NAMES} and may_name(context, change) and not _unit(context)
        ):
            lines.append((change.case, None, None, change.id))
    return tuple(
        queries.AskedOfMe(
            number=_number(context, case),
            initials=case_views.initials_of(context, case),
            substitute=substitute,
            ask=asked,
            change=change_id,
            case=case,
        )
        for case, substitute, asked, change_id in lines
        if cases.get(tx, case).state is CaseState.ACTIVE
    )


def _unit(context: Context) -> bool:
    return bool(people.standing_roles(context.tx, context.actor) & UNIT)


def my_absence(context: Context, _query: queries.MyAbsence) -> queries.AbsenceView | None:
    """The next days I am away, first and last day included."""
    found = substitutes.absences(context.tx, context.actor)
    if not found:
        return None
    time = found[0].time
    last = (time.ends_at - timedelta(microseconds=1)).astimezone(OSLO).date()
    return queries.AbsenceView(first=time.starts_at.astimezone(OSLO).date(), last=last)


def uncovered(context: Context, _query: queries.Uncovered) -> tuple[queries.GapLine, ...]:
    """Where nobody stands in: my own cases, those of my department's coordinators, or all for the unit (N18)."""
    tx, me = context.tx, people.person(context.tx, context.actor)
    if may(Action.SEE_ABSENCES, me.roles):
        department = None if me.roles & UNIT else me.department
        away = people.with_role(tx, Role.COORDINATOR, Role.LEADER, department=department) if me.roles & UNIT or department else []
    else:
        away = [me.id] if may(Action.SAY_AWAY, me.roles) else []
    lines = [
        queries.GapLine(
            case=case,
            number=_number(context, case),
            initials=case_views.initials_of(context, case),
            coordinator=_name(context, who),
            first=gap.starts_at.astimezone(OSLO).date(),
            last=(gap.ends_at - timedelta(microseconds=1)).astimezone(OSLO).date(),
        )
        for who in away
        if substitutes.absences(tx, who)
        for case in assignments.coordinated_by(tx, who)
        for gap in cover.gaps_in(tx, case)
    ]
    return tuple(sorted(lines, key=lambda line: (line.first, line.number)))


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    queries.TheSubstitute: the_substitute,
    queries.SubstitutesOf: substitutes_of,
    queries.StandIns: stand_ins,
    queries.ChangesAskedOfMe: asked_of_me,
    queries.TheChange: the_change,
    queries.ChangeOfAsk: of_ask,
    queries.MayTakeOver: may_take_over,
    queries.TheHandOver: hand_over_pack.the_hand_over,
    queries.MyAbsence: my_absence,
    queries.Uncovered: uncovered,
}
