"""The start-up talk as one reader may see it.

Here: the view made of what is stored. Guarantees: whoever may not see gets None; of the person's side each reads what they wrote
themselves, never what another of that side wrote; that somebody looked is recorded.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle import TAKES_PART
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import day_of
from bot.domain.startup_commands import PartnerView, PointView, StartupView, TheStartup
from bot.engine.ask import Query
from bot.services import consents, introductions, member_tasks
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.services.startup import coordinator_of
from bot.store import audit, cases
from bot.store import introductions as stored_introductions
from bot.store import startups as store


def the_startup(context: Context, query: TheStartup) -> StartupView | None:
    """For those who coordinate, and for the person's side."""
    case, tx = query.case, context.tx
    coordinates, writes = context.may(Action.FIRST_CONTACT, case), context.may(Action.OWN_WORDS, case)
    if not (coordinates or writes):
        return None
    audit.record_look(tx, "startup.read", actor=context.actor, case=case)
    ended = store.last_end(tx, case)
    return StartupView(
        case=case,
        number=cases.get(tx, case).number,
        initials=initials_of(context, case),
        coordinates=coordinates,
        writes=writes,
        chooses=context.may(Action.CHOOSE_WAY, case),
        sharing=consents.sharing_state(context, case),
        important=cases.content(tx, case).important if context.may(Action.SEE_CONTENT, case) else None,
        points=_points(context, case, all_of_them=coordinates),
        ended=ended,
        next_name=None if ended is None or ended.owner is None else member_tasks.name_in(context, case, ended.owner),
        way=store.way(tx, case),
        owners=member_tasks.owners(context, case) if coordinates else (),
        partners=_partners(context, case, coordinator_of(context, case)) if coordinates else (),
        checked=store.ticked(tx, case, context.actor),
    )


def _points(context: Context, case: CaseId, *, all_of_them: bool) -> tuple[PointView, ...]:
    return tuple(
        PointView(
            point=each.point,
            words=each.words,
            name=member_tasks.name_in(context, case, each.person),
            mine=each.person == context.actor,
        )
        for each in store.points(context.tx, case)
        if all_of_them or each.person == context.actor
    )


def _partners(context: Context, case: CaseId, coordinator: PersonId | None) -> tuple[PartnerView, ...]:
    if coordinator is None:
        return ()
    told = stored_introductions.of_case(context.tx, case, coordinator)
    found = []
    for each in introductions.partners(context, case):
        if each.person == coordinator:
            continue
        one = told.get(each.id)
        found.append(
            PartnerView(
                member=each.id,
                name=each.name,
                covered=introductions.covered(context, each),
                joined=each.state in TAKES_PART,
                told_on=None if one is None else day_of(one.sent_at),
                answered_on=None if one is None or one.answered_at is None else day_of(one.answered_at),
            )
        )
    return tuple(found)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheStartup: the_startup}
