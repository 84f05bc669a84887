"""Who comes, as one person may see it.

Here: the answer to the query. Not here: what an answer leads to. Guarantee: reasons are for whoever holds the threads and for the one who
wrote them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import attendance_queries as queries
from bot.domain.access import Action
from bot.domain.attendance import counts, open_for_answers
from bot.domain.meetings import Meeting, Part
from bot.engine.ask import Query
from bot.services.meeting_views import may_see, participants
from bot.services.municipality import Context
from bot.store import attendance as store
from bot.store import meetings, members


def the_attendance(context: Context, query: queries.TheAttendance) -> queries.AttendanceView | None:
    """Who has said what about a called meeting."""
    meeting = meetings.find(context.tx, query.meeting)
    if meeting is None or meeting.called_at is None or not may_see(context, meeting):
        return None
    holds = context.may(Action.CALL_MEETING, meeting.case)
    recipient = any(each.person == context.actor and each.part in {Part.RECIPIENT, Part.PARTY} for each in meeting.invited)
    answers, since = store.of_meeting(context.tx, meeting), store.asked_since(context.tx, meeting.id)
    mine = answers.get(context.actor)
    return queries.AttendanceView(
        meeting=meeting.id,
        replies=_replies(context, meeting, holds=holds),
        mine=mine.reply if mine is not None and counts(mine, since) else None,
        open=open_for_answers(meeting, context.tx.now) and meeting.takes_part(context.actor),
        recipient=recipient,
        holds=holds,
        measures=_measures(context, meeting) if holds or recipient else (),
        between=_between(context, meeting),
        choosable=tuple(
            (each.member, each.name) for each in participants(context, meeting.case, meeting.invited) if each.member is not None
        ),
        over=meeting.at is not None and meeting.at <= context.tx.now,
        tool=context.municipality.profile.records.tool_name if holds else None,
        in_tool=store.in_tool(context.tx, meeting),
    )


def _replies(context: Context, meeting: Meeting, *, holds: bool) -> tuple[queries.ReplyView, ...]:
    answers, since = store.of_meeting(context.tx, meeting), store.asked_since(context.tx, meeting.id)
    found = []
    for each in participants(context, meeting.case, meeting.invited):
        answer = answers.get(each.person)
        counted = answer is not None and counts(answer, since)
        own = each.person == context.actor
        found.append(
            queries.ReplyView(
                person=each.person,
                name=each.name,
                service=each.service,
                reply=answer.reply if answer is not None and counted else None,
                words=answer.words if answer is not None and counted and (holds or own) else None,
                needed=each.needed,
            )
        )
    return tuple(found)


def _measures(context: Context, meeting: Meeting) -> tuple[queries.MeasureView, ...]:
    return tuple(queries.MeasureView(measure=each.id, words=each.words, yes=each.yes) for each in store.proposals(context.tx, meeting))


def _between(context: Context, meeting: Meeting) -> tuple[queries.BetweenView, ...]:
    found = []
    for each in store.go_betweens(context.tx, meeting.id):
        member = members.find(context.tx, each.member)
        if member is not None:
            found.append(
                queries.BetweenView(
                    member=each.member, name=member.name, met_before=each.met_before is not None, met_after=each.met_after is not None
                )
            )
    return tuple(found)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {queries.TheAttendance: the_attendance}
