"""Answering an invitation by a personal link, without logging in.

Here: what such a link shows and does. Not here: the link itself (`bot.store.answer_links`), the page (`bot.web.answer_link`). Guarantees: a
link shows a time and its reader's own answer, never a name, a place or what it is about; it does nothing but answer that one meeting; who
is no longer invited, or may no longer know, sees the same as with a link that never was; nobody says yes to a time they have not seen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.attendance import Reply, counts
from bot.domain.attendance_commands import AnswerInvitation
from bot.domain.meetings import Meeting
from bot.domain.refusal import Refused
from bot.engine.texts import Language
from bot.services import attendance
from bot.services.municipality import Context
from bot.store import answer_links as store
from bot.store import attendance as answers
from bot.store import audit, people
from bot.store.answer_links import AnswerLink

REPLIES: Final = (Reply.COMING, Reply.BY_VIDEO, Reply.CANNOT)
"""What can be said by a link. Everything else needs words, and so a login."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the page behind a link shows. `at` is aware; `sequence` names the time shown; `moved`: it is another than in the e-mail.

    `reply` is the reader's own answer to that time, None while there is none.
    """

    at: datetime
    sequence: int
    moved: bool
    reply: Reply | None
    language: Language


def asked(context: Context, code: str) -> Asked | None:
    """What a link asks now; None where it asks nothing, for whatever reason."""
    found = _found(context, code)
    return None if found is None else _asked(context, *found)


def answer(context: Context, code: str, reply: Reply, *, sequence: int) -> Asked | None:
    """Answer by a link, and see what stands there now; None as above. Nothing is kept where the time has been moved since it was shown."""
    found = _found(context, code)
    if found is None or reply not in REPLIES:
        return None
    link, meeting = found
    if answers.asked_since(context.tx, meeting.id) > sequence:
        return replace(_asked(context, link, meeting), moved=True)
    by = replace(context, actor=link.person)
    attendance.answer(by, AnswerInvitation(meeting=meeting.id, reply=reply))
    store.used(context.tx, code)
    audit.record(context.tx, "meeting.answered_by_link", actor=link.person, case=meeting.case, meeting=meeting.id)
    return _asked(context, link, meeting)


def _found(context: Context, code: str) -> tuple[AnswerLink, Meeting] | None:
    link = store.find(context.tx, code)
    if link is None:
        return None
    try:
        return link, attendance.open_to(replace(context, actor=link.person), link.meeting)
    except Refused:
        return None


def _asked(context: Context, link: AnswerLink, meeting: Meeting) -> Asked:
    assert meeting.at is not None
    since, given = answers.asked_since(context.tx, meeting.id), answers.of_meeting(context.tx, meeting).get(link.person)
    return Asked(
        at=meeting.at,
        sequence=meeting.sequence,
        moved=link.sequence < since,
        reply=given.reply if given is not None and counts(given, since) else None,
        language=people.person(context.tx, link.person).language,
    )
