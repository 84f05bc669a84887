"""Who decides, as it is shown to those who record it and to the person.

Here: views. Guarantees: the birth date, names and reasons are shown only to those the access table lets see them, and that they were
looked up is recorded; the person and those who act for them see who decides, never why somebody does not.
"""

from bot.domain.access import Action, Role, may
from bot.domain.ids import CaseId, PersonId
from bot.domain.rights import DECIDES_FROM, OF_AGE, Deciding, Matter, birthday
from bot.domain.standing import (
    DeciderLine,
    LapseLine,
    RepresentativeLine,
    StandingView,
    TheStanding,
    WhoDecides,
    WhoDecidesView,
)
from bot.services.municipality import Context
from bot.services.standing import deciding, may_record, rights_of
from bot.store import audit, cases, lapses, people, standings

OF_THE_CASE = (Role.PARENT, Role.GUARDIAN, Role.ATTORNEY, Role.RELATIVE)
"""Parties who can turn out to act for the person."""


def _name(context: Context, who: PersonId) -> str:
    return people.person(context.tx, who).name or ""


def _lines(context: Context, found: Deciding) -> tuple[DeciderLine, ...]:
    return tuple(
        DeciderLine(name=_name(context, each.person), capacity=each.capacity, needed=each.needed, me=each.person == context.actor)
        for each in found.deciders
    )


def the_standing(context: Context, query: TheStanding) -> StandingView | None:
    """Everything recorded about who decides, for the unit and the coordinator."""
    tx, case = context.tx, query.case
    found = cases.find(tx, case)
    roles = cases.roles_in(tx, case, context.actor, people.standing_roles(tx, context.actor)) if found else frozenset()
    if found is None or not may(Action.SEE_STANDING, roles, found.state):
        return None
    audit.record(tx, "standing.read", actor=context.actor, case=case)
    birth, sharing = standings.birth(tx, case), deciding(context, case, Matter.SHARING)
    ahead = () if birth is None else (birthday(birth.born_on, age) for age in (DECIDES_FROM, OF_AGE))
    recorded = standings.representatives(tx, case)
    return StandingView(
        case=case,
        number=found.number,
        born_on=None if birth is None else birth.born_on,
        rights=rights_of(context, case),
        next_birthday=next((day for day in ahead if day > context.today), None),
        representatives=tuple(
            RepresentativeLine(
                representative=each.id,
                name=_name(context, each.as_recorded.person),
                capacity=each.as_recorded.capacity,
                areas=each.as_recorded.areas,
                since=each.as_recorded.since,
                until=each.as_recorded.until,
                holds=each.as_recorded.decides_here(context.today),
            )
            for each in recorded
        ),
        lapses=tuple(
            LapseLine(lapse=each.id, matter=each.matter, decided_by=each.decided_by, decided_on=each.decided_on, until=each.until)
            for each in lapses.of_case(tx, case)
        ),
        shielded=lapses.shielded(tx, case),
        deciders=_lines(context, sharing),
        gap=sharing.gap,
        parties=_could_act(context, case),
        may_record=may_record(context, case),
    )


def _could_act(context: Context, case: CaseId) -> tuple[tuple[PersonId, str, Role], ...]:
    return tuple(
        (who, _name(context, who), role) for who, role in cases.parties(context.tx, case) if role in OF_THE_CASE and who != context.actor
    )


def who_decides(context: Context, query: WhoDecides) -> WhoDecidesView | None:
    """Who decides about sharing, for the person and those who act for them."""
    tx, case = context.tx, query.case
    found = cases.find(tx, case)
    mine = {role for who, role in standings.acting(tx, case) if who == context.actor} if found else set()
    role = next((each for each in (Role.SELF, Role.YOUTH, Role.PARENT, Role.GUARDIAN, Role.ATTORNEY, Role.APPLICANT) if each in mine), None)
    if found is None or role is None or not may(Action.SEE_CASE, frozenset(mine), found.state):
        return None
    rights, sharing = rights_of(context, case), deciding(context, case, Matter.SHARING)
    applicant = role is Role.APPLICANT
    return WhoDecidesView(
        deciders=() if applicant else _lines(context, sharing),
        gap=sharing.gap,
        heard=rights.heard,
        may_ask_shield=may(Action.ASK_FOR_SHIELD, frozenset(mine), found.state)
        and rights.can_be_shielded
        and not lapses.shielded(tx, case),
        shielded=role is Role.YOUTH and lapses.shielded(tx, case),
        role=role,
    )
