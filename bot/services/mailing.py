"""Who gets an e-mail, and how much may stand in it.

Here: the choice for one notice. Not here: the e-mail itself (`bot.services.letters`), and what becomes of one that does not arrive
(`bot.services.ladder`). Guarantees: an address is used only where its owner is of the circle of the case it is about; what the
municipality's level for e-mail does not allow is replaced by the hint that there is something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.attendance import counts, open_for_answers
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, MeetingId
from bot.domain.meetings import Meeting
from bot.domain.outgoing import CalendarPart, MessageClass
from bot.domain.people import Person
from bot.domain.privacy import stricter
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import hints, letters
from bot.services.municipality import Context
from bot.services.passage import Line, Message, NoticeButton, Page, message
from bot.store import attendance, channels, meetings, members
from bot.store.seal import KeyOwner

TRIED_FOR: Final = timedelta(days=3)
"""A mail server that is away is tried for so long; then somebody phones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosed:
    """The meeting that a notice is about. `calendar`: it is an invitation, a change of one, or that it is off."""

    meeting: MeetingId
    calendar: bool = False


def address_of(context: Context, person: Person, case: CaseId | None) -> str | None:
    """Where this person gets e-mail about this case; None where they do not."""
    if context.municipality.mail is None or case is None:
        return None
    member = members.in_circle(context.tx, case, person.id)
    return None if member is None else member.reach.email


def level_of(context: Context, person: Person) -> PrivacyLevel:
    """What may stand in an e-mail to this person: e-mail is not secure, so a person's own stricter choice for the chat holds here too."""
    level, channel = context.municipality.mail or PrivacyLevel.NOTICE, channels.of(context.tx, person.id)
    careful = channel.protected or channel.own is not None or channels.child(context.tx, person.id)
    return stricter(level, PrivacyLevel.NOTICE) if careful else level


def send(
    context: Context,
    person: Person,
    text: Text,
    *,
    address: str,
    sensitivity: Sensitivity,
    message_class: MessageClass,
    owner: KeyOwner,
    case: CaseId | None,
    dedupe_key: str | None,
    not_before: datetime | None = None,
    useful_until: datetime | None = None,
    enclosed: Enclosed | None = None,
) -> int | None:
    """Send one person the text by e-mail, or the hint that there is something; the row in the outbox, or None where it was there before."""
    number, level = hints.number_of(context, case), level_of(context, person)
    meeting = None if enclosed is None else meetings.find(context.tx, enclosed.meeting)
    rows = [*_answer(context, person, meeting), *hints.to_the_page(context)]
    what = message(context, level, [Line(text, sensitivity)], rows) or _hint(context, level, number, rows)
    to = letters.MailTo(
        address=address,
        person=person.id,
        language=person.language,
        owner=owner,
        message_class=message_class,
        case=case,
        number=number,
        dedupe_key=dedupe_key,
        not_before=not_before,
        useful_until=min(useful_until or context.tx.now + TRIED_FOR, (not_before or context.tx.now) + TRIED_FOR),
    )
    part = None
    if meeting is not None and enclosed is not None and enclosed.calendar and level is not PrivacyLevel.NOTICE:
        part = _calendar(context, meeting, person, address=address, level=level, number=number)
    return letters.post(context, to, what, part)


def _calendar(
    context: Context, meeting: Meeting, person: Person, *, address: str, level: PrivacyLevel, number: int | None
) -> CalendarPart | None:
    """The meeting as their calendar takes it in; it holds a time and a place, so there is none at `notice`."""
    from bot.calendar_file import Address, calendar_file

    unit, municipality = context.municipality.profile.contact.email, context.municipality
    if unit is None or number is None or meeting.at is None:
        return None
    answer = attendance.of_meeting(context.tx, meeting).get(person.id)
    holds = answer is not None and counts(answer, attendance.asked_since(context.tx, meeting.id))
    made = calendar_file(
        meeting,
        number=number,
        language=person.language,
        catalogs=municipality.catalogs,
        level=level,
        organizer=Address(email=unit, name=municipality.profile.municipality.display_name),
        attendee=Address(email=address),
        reply=answer.reply if answer is not None and holds else None,
        url=municipality.page_url,
        reader=person.id,
        now=context.tx.now,
    )
    return None if made.method is None else CalendarPart(file=made.text, method=made.method)


def _hint(context: Context, level: PrivacyLevel, number: int | None, rows: Sequence[Sequence[NoticeButton]]) -> Message:
    found = message(context, level, [Line(hints.hint(context, number))], rows)
    assert found is not None, "the hint passes at every level at which there is e-mail"
    return found


def _answer(context: Context, person: Person, meeting: Meeting | None) -> list[list[NoticeButton]]:
    """A personal link, where this person can still answer."""
    if meeting is None or context.municipality.page_url is None:
        return []
    if not meeting.takes_part(person.id) or not open_for_answers(meeting, context.tx.now):
        return []
    return [[NoticeButton(label=t("Say whether the time suits, without logging in"), meaning={}, page=Page(answers=meeting.id))]]
