"""What lies ahead in a case, in plain words: meetings, deadlines, changes in life, and the last days of a group (G17: Herøy, IP-møte).

Here: from what is stored to sentences with a moment or a day. Not here: what has happened (`bot.services.timeline`). Guarantee: what the
services settle among themselves first is for those who call it (I08: Rana, Ansvarsgruppe).
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from bot.domain.access import Action
from bot.domain.desk_queries import Event
from bot.domain.ids import CaseId
from bot.domain.meeting_kinds import KINDS
from bot.domain.meetings import MeetingKind, MeetingState
from bot.domain.member_tasks import MemberTaskState
from bot.domain.reminders import OSLO
from bot.domain.transition_names import TRANSITIONS
from bot.engine.texts import Text, t
from bot.services import stored
from bot.services.municipality import Context
from bot.store import groups, meetings, member_tasks, transitions


def ahead(context: Context, case: CaseId) -> list[Event]:
    """Everything with a day to come, for those who may see the meetings of a case."""
    if not context.may(Action.SEE_MEETINGS, case):
        return []
    return [each for each in _all(context, case) if each.at >= context.tx.now]


def _all(context: Context, case: CaseId) -> Iterator[Event]:
    yield from _meetings(context, case)
    yield from _tasks(context, case)
    yield from _group(context, case)
    yield from _changes(context, case)


def _meetings(context: Context, case: CaseId) -> Iterator[Event]:
    calls = context.may(Action.CALL_MEETING, case)
    for each in meetings.of_case(context.tx, case):
        if each.at is not None and each.state is MeetingState.CALLED and (calls or each.kind is not MeetingKind.SETTLE):
            what = t("To come: {kind}", kind=KINDS[each.kind])
            yield Event(at=each.at, what=what, who=stored.who(context, case, each.proposed_by))


def _tasks(context: Context, case: CaseId) -> Iterator[Event]:
    for each in member_tasks.of_case(context.tx, case):
        if each.state is MemberTaskState.OPEN:
            yield _day(context, case, each.due_on, t("To come: the day by which a task is to be done"))


def _group(context: Context, case: CaseId) -> Iterator[Event]:
    group = groups.active(context.tx, case)
    if group is not None and group.chair_until is not None:
        yield _day(context, case, group.chair_until, t("To come: the last day of the one who leads the group"))
    if group is not None and group.until is not None:
        yield _day(context, case, group.until, t("To come: the last day of the group"))


def _changes(context: Context, case: CaseId) -> Iterator[Event]:
    """Changes in life that are written down (M02: Herøy, Livsfaser)."""
    for kind, day in transitions.days(context.tx, case):
        yield _day(context, case, day, t("To come: {kind}", kind=TRANSITIONS[kind]))


def _day(context: Context, case: CaseId, day: date, what: Text) -> Event:
    """A whole day lies ahead until it is over."""
    return Event(at=datetime.combine(day, time.max, OSLO), what=what, who=stored.who(context, case, None), day=day)
