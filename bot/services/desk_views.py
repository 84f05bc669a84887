"""What the desk on the secure page shows beyond the lists of the chat: the calendar of talks, and a search.

Here: today's facts as views, inside the transaction. Guarantees: a coordinator finds and sees one's own people only; that somebody searched
is recorded, and the words are not.
"""

from bot.domain.access import Action, may
from bot.domain.desk_queries import CasesFound, ComingMeetings, ComingTalks, TalkLine
from bot.domain.ids import CaseId
from bot.domain.meeting_queries import MeetingLine
from bot.domain.queries import CaseLine
from bot.services import case_views
from bot.services.municipality import Context
from bot.store import audit, cases, meetings, people, stands, talks
from bot.store.talks import Talk


def _at_unit(context: Context) -> bool:
    return may(Action.SEE_INBOX, people.standing_roles(context.tx, context.actor))


def coming_talks(context: Context, _query: ComingTalks) -> tuple[TalkLine, ...]:
    """Every open talk of a living case that is mine to see: agreed ones first, earliest first."""
    everywhere, own = _at_unit(context), set(stands.held_by(context.tx, context.actor))
    living = set(cases.living(context.tx))
    found = (talk for talk in talks.open_talks(context.tx) if talk.case in living and (everywhere or talk.case in own))
    return tuple(_talk(context, talk) for talk in found)


def _talk(context: Context, talk: Talk) -> TalkLine:
    return TalkLine(
        case=talk.case,
        number=cases.get(context.tx, talk.case).number,
        initials=case_views.initials_of(context, talk.case),
        kind=talk.kind,
        state=talk.state,
        place=talk.place,
        at=talk.at,
        offered=talk.proposals if talk.at is None else (),
        over=talk.at is not None and talk.at < context.tx.now,
    )


def coming_meetings(context: Context, _query: ComingMeetings) -> tuple[MeetingLine, ...]:
    """Every open meeting of a living case that is mine to see: called ones first, earliest first."""
    everywhere, own = _at_unit(context), set(stands.held_by(context.tx, context.actor))
    living = set(cases.living(context.tx))
    found = (each for each in meetings.all_open(context.tx) if each.case in living and (everywhere or each.case in own))
    return tuple(
        MeetingLine(
            meeting=each.id,
            case=each.case,
            number=cases.get(context.tx, each.case).number,
            initials=case_views.initials_of(context, each.case),
            kind=each.kind,
            state=each.state,
            at=each.at,
        )
        for each in found
    )


def cases_found(context: Context, query: CasesFound) -> tuple[CaseLine, ...]:
    """Living cases with this number or these initials, earliest deadline first."""
    words = "".join(each for each in query.words.casefold() if each.isalnum())
    if not words:
        return ()
    mine: list[CaseId] = cases.living(context.tx) if _at_unit(context) else stands.held_by(context.tx, context.actor)
    audit.record(context.tx, "case.searched", actor=context.actor)
    lines = (case_views.line(context, case) for case in mine)
    found = [line for line in lines if words in {str(line.number), line.initials.casefold()}]
    return tuple(sorted(found, key=lambda line: line.urgency))
