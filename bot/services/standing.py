"""Who decides in a case today.

Here: the answer, for everybody who is about to ask somebody for a yes. Not here: the rules (`bot.domain.rights`), what the answer rests on
and who records it (`bot.services.recording_standing`). Guarantee: nobody decides for another by a claim in a chat (E03).
"""

from bot.domain.access import Action, may
from bot.domain.ids import CaseId
from bot.domain.rights import Ages, Decider, Deciding, Matter, Rights
from bot.domain.rights import deciding as deciding_by
from bot.services.municipality import Context
from bot.store import cases, lapses, people, standings


def rights_of(context: Context, case: CaseId) -> Rights:
    """What the person a case is about may today."""
    profile = context.municipality.profile
    ages = Ages(linking=profile.sending.linking_age, log=profile.standing.log_age)
    return standings.rights_in(context.tx, case, ages, context.today)


def deciding(context: Context, case: CaseId, matter: Matter) -> Deciding:
    """Who must say yes in a matter today, or what people have to settle first."""
    both = context.municipality.profile.standing.both_parents_for_sharing
    return deciding_by(
        rights_of(context, case),
        matter,
        person=standings.the_person(context.tx, case),
        representatives=tuple(each.as_recorded for each in standings.representatives(context.tx, case)),
        lapsed=matter in lapses.lapsed(context.tx, case, context.today),
        both_parents=both and matter is Matter.SHARING,
        today=context.today,
    )


def deciders(context: Context, case: CaseId, matter: Matter) -> tuple[Decider, ...]:
    """Who must say yes in a matter today; nobody where people have to settle it first."""
    return deciding(context, case, matter).deciders


def may_record(context: Context, case: CaseId) -> bool:
    """Is the one who asks at the unit, in a case that lives?"""
    roles = cases.roles_in(context.tx, case, context.actor, people.standing_roles(context.tx, context.actor))
    return may(Action.RECORD_STANDING, roles, cases.get(context.tx, case).state)
