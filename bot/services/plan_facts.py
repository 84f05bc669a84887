"""What the reminders about the plan need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.plan`), nor what happens when one
falls due (`bot.services.reminders.plan`). Guarantee: whoever may not have a task now is not asked to bring anything up to date.
"""

from bot.domain.cases import CaseState
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingState
from bot.domain.reminders import Reminder
from bot.domain.reminders.plan import ComingFacts, PlanFacts, PromiseFacts, reminders
from bot.services import member_task_views, member_tasks
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY
from bot.store import assignments, cases, meetings, promises
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about its plan."""
    if cases.get(tx, case).state is not CaseState.ACTIVE:
        return frozenset()
    context = Context(tx=tx, municipality=municipality, actor=NOBODY)
    accepted = assignments.accepted(tx, case)
    holder = None if accepted is None else accepted.candidate
    since = None if accepted is None else accepted.answered_at
    looked = None if holder is None else promises.last_own_look(tx, case, holder)
    facts = PlanFacts(
        case=case,
        holder=holder,
        promises=tuple(PromiseFacts(promise=each.id, due_on=each.due_on) for each in promises.of_case(tx, case) if each.answer is None),
        meetings=_meetings(context, case),
        looked_at=max((each for each in (since, looked) if each is not None), default=None),
    )
    return reminders(facts, municipality.rules)


def _meetings(context: Context, case: CaseId) -> tuple[ComingFacts, ...]:
    coming = [each for each in meetings.of_case(context.tx, case) if each.state is MeetingState.CALLED and each.at is not None]
    if not coming:
        return ()
    own = [each for each in member_task_views.open_in(context, case) if each.code is None]
    found = []
    for meeting in coming:
        owners = sorted({member_tasks.has(context, each) for each in own} & {each.person for each in meeting.invited})
        if owners and meeting.at is not None:
            found.append(ComingFacts(meeting=meeting.id, at=meeting.at, owners=tuple(owners)))
    return tuple(found)
