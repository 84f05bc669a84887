"""What whoever takes over or stands in must know.

Here: the pack, put together from today's facts (N13: Ås, Bytte; Herøy). Not here: who may have it (`bot.domain.access`). Guarantees: it
holds who is around the person, what is agreed and what is to be done, and never what anybody wrote in the chat; that it was read is
recorded.
"""

from bot.domain.access import Action
from bot.domain.cases import TalkState
from bot.domain.change_queries import HandOverMember, HandOverTalk, HandOverView, TheHandOver
from bot.domain.ids import CaseId
from bot.domain.phone_numbers import readable
from bot.services import case_views, circle, consents
from bot.services.municipality import Context
from bot.store import audit, cases, members, substitutes, talks, tasks


def the_hand_over(context: Context, query: TheHandOver) -> HandOverView | None:
    """The pack, or None where one may not see it."""
    tx, case = context.tx, query.case
    if not context.may(Action.SEE_HAND_OVER, case):
        return None
    audit.record(tx, "hand_over.read", actor=context.actor, case=case)
    profile = context.municipality.profile
    done = tasks.ticks(tx, case, "coordinator")
    ends = [each.until for each in consents.holding(context, case)]
    return HandOverView(
        case=case,
        number=cases.get(tx, case).number,
        initials=case_views.initials_of(context, case),
        members=tuple(
            HandOverMember(
                name=each.name,
                title=each.title,
                phone=readable(each.reach.phone) if each.reach.phone else None,
                knows=tuple(sorted(circle.sees_now(context, each))),
            )
            for each in members.of_case(tx, case)
        ),
        consent_until=min(ends, default=None),
        consents=len(ends),
        to_do=tuple(item.id for item in profile.checklists.first_week if item.id not in done),
        tasks_of_unit=len(tasks.of_case(tx, case)),
        talks=tuple(
            HandOverTalk(kind=each.kind, place=each.place, at=each.at)
            for each in talks.of_case(tx, case)
            if each.state is TalkState.BOOKED and each.at is not None and each.at > tx.now
        ),
        note=_note(context, case),
    )


def _note(context: Context, case: CaseId) -> str | None:
    """What the coordinator wrote for who stands in now."""
    now = substitutes.active(context.tx, case)
    return None if now is None else substitutes.words(context.tx, now, "note")
