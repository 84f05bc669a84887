"""What the reminders about a responsibility group need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.group`), nor what happens when one
falls due (`bot.services.reminders.group`). Guarantee: whoever may not change the group now, or does not take part, is reminded of nothing.
"""

from bot.domain.access import Action
from bot.domain.cases import LIVING
from bot.domain.groups import COUNTED, Group
from bot.domain.ids import CaseId, PersonId
from bot.domain.meetings import MeetingState
from bot.domain.reminders import Reminder
from bot.domain.reminders.group import GroupFacts, reminders
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY, may_see
from bot.store import assignments, cases, groups, meetings
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about its group."""
    group = groups.active(tx, case)
    if group is None or cases.get(tx, case).state not in LIVING:
        return frozenset()
    return reminders(group_facts(Context(tx=tx, municipality=municipality, actor=NOBODY), group), municipality.rules)


def group_facts(context: Context, group: Group) -> GroupFacts:
    """One group as the rules see it."""
    return GroupFacts(
        id=group.id,
        case=group.case,
        holder=holder_of(context, group),
        chair=group.chair if group.chair is None or _leads_now(context, group, group.chair) else None,
        chair_until=group.chair_until,
        until=group.until,
        begun_at=group.begun_at,
        evaluated_on=group.evaluated_on,
        met=_met(context, group),
    )


def holder_of(context: Context, group: Group) -> PersonId | None:
    """The coordinator; where there is none, whoever set the group up and still has to do with the case; else None: the unit."""
    accepted = assignments.accepted(context.tx, group.case)
    if accepted is not None and accepted.candidate is not None:
        return accepted.candidate
    begun = Context(tx=context.tx, municipality=context.municipality, actor=group.begun_by)
    return group.begun_by if begun.may(Action.CHANGE_GROUP, group.case) else None


def _leads_now(context: Context, group: Group, chair: PersonId) -> bool:
    actor = Context(tx=context.tx, municipality=context.municipality, actor=chair)
    return actor.may(Action.CHANGE_GROUP, group.case) or bool(may_see(context, group.case, chair))


def _met(context: Context, group: Group) -> bool:
    return any(
        each.kind in COUNTED
        and each.state is not MeetingState.CANCELLED
        and (each.state is not MeetingState.HELD or (each.at is not None and each.at >= group.begun_at))
        for each in meetings.of_case(context.tx, group.case)
    )
