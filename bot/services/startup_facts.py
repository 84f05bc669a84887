"""What the reminders after a start-up need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.startup`), nor what happens when
one falls due. Guarantee: only what somebody did counts as something that happened; looking at a case, and what the clock did, do not.
"""

from datetime import date

from bot.domain.cases import CaseState, TalkState
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingState
from bot.domain.reminders import Reminder, day_of
from bot.domain.reminders.startup import StartupFacts, reminders
from bot.services import introductions
from bot.services.leaders import leader_now
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY
from bot.store import assignments, audit, cases, meetings, startups, talks
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of after the start; nothing where it has no coordinator."""
    facts = facts_of(Context(tx=tx, municipality=municipality, actor=NOBODY), case)
    return frozenset() if facts is None else reminders(facts, municipality.rules)


def facts_of(context: Context, case: CaseId) -> StartupFacts | None:
    """A case as the rules see it, or None where nobody coordinates."""
    accepted = assignments.accepted(context.tx, case)
    found = cases.get(context.tx, case)
    if accepted is None or accepted.candidate is None or found.state is not CaseState.ACTIVE:
        return None
    since = accepted.answered_at or accepted.asked_at
    untold = introductions.to_tell(context, case, accepted.candidate)
    return StartupFacts(
        case=case,
        coordinator=accepted.candidate,
        leader=leader_now(context.tx, accepted),
        since=since,
        untold=tuple(each.id for each in untold),
        untold_since=max((*(each.joined_at for each in untold if each.joined_at is not None), since)) if untold else None,
        quiet_since=max(day_of(since), _last_day(context, case)),
        years=_whole_years(day_of(since), context.today),
        active_on=None if found.active_at is None else day_of(found.active_at),
    )


def _whole_years(begun: date, today: date) -> int:
    return today.year - begun.year - ((today.month, today.day) < (begun.month, begun.day))


def _last_day(context: Context, case: CaseId) -> date:
    """The day of the last thing anybody did, or of the latest meeting, talk or contact that is agreed."""
    tx, days = context.tx, [date.min]
    if (at := audit.last_done(tx, case)) is not None:
        days.append(day_of(at))
    days += [day_of(each.at) for each in talks.of_case(tx, case) if each.at is not None and each.state is not TalkState.CANCELLED]
    days += [day_of(each.at) for each in meetings.of_case(tx, case) if each.at is not None and each.state is not MeetingState.CANCELLED]
    end = startups.last_end(tx, case)
    if end is not None and end.next_on is not None:
        days.append(end.next_on)
    return max(days)
