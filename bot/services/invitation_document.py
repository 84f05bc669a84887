"""The invitation in writing: to read on the page, to print and keep, and for a calendar.

Here: what stands in it for one reader. Not here: who is told that there is one (`bot.services.invitations`), the PDF (`bot.pdf`) and the
page. Guarantees: only who may see the meeting gets it, and each reading is recorded; it holds everything Lund § 11.4 asks for (G03); a
file that leaves the page bears initials instead of names of the person's side, unless all people are made up.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.access import Action
from bot.domain.agenda import purpose_of, words_of
from bot.domain.attendance import counts
from bot.domain.called_in import shown_to, slot
from bot.domain.choices import PrivacyLevel
from bot.domain.documents import Document, Heading, Line, Lines, Paragraph, Table
from bot.domain.documents import Part as DocumentPart
from bot.domain.ids import MeetingId
from bot.domain.meeting_kinds import KINDS
from bot.domain.meeting_places import PLACE
from bot.domain.meetings import AgendaLine, Meeting, MeetingState, Part, Participant
from bot.engine.texts import Text, joined, nt, t, verbatim
from bot.phone import readable
from bot.services import meeting_views, printing
from bot.services.case_views import initials_of
from bot.services.invitations import day_time, own_part
from bot.services.meeting_facts import holder_of
from bot.services.meeting_views import may_see
from bot.services.municipality import Context
from bot.store import attendance, audit, cases, meetings, members, people

if TYPE_CHECKING:
    from bot.calendar_file import CalendarFile

EVERYTHING = t("all of it")
PARTS = {Part.RECIPIENT: t("the person themselves"), Part.PARTY: t("acts for the person"), Part.COORDINATOR: t("coordinator")}


def called(context: Context, which: MeetingId) -> Meeting | None:
    """A called meeting that the actor may see; None for others, and where there is none."""
    meeting = meetings.find(context.tx, which)
    if meeting is None or meeting.called_at is None or not may_see(context, meeting):
        return None
    return meeting


def document(context: Context, which: MeetingId, *, leaves: bool) -> Document | None:
    """The invitation, or None where the actor may not have it. `leaves`: it is a file that can be passed on."""
    meeting = called(context, which)
    if meeting is None:
        return None
    if leaves:
        audit.record(context.tx, "meeting.printed", actor=context.actor, case=meeting.case, meeting=meeting.id)
    names = not leaves or context.municipality.level is PrivacyLevel.FULL
    return Document(
        title=t("Invitation to a meeting"),
        author=verbatim(context.municipality.profile.municipality.display_name),
        marker=printing.marker(context),
        parts=tuple(_parts(context, meeting, names=names)),
    )


def _parts(context: Context, meeting: Meeting, *, names: bool) -> Iterator[DocumentPart]:
    if meeting.state is MeetingState.CANCELLED:
        yield Paragraph(text=t("The meeting is off."))
    yield Lines(lines=tuple(_facts(context, meeting, names=names)))
    if attendance.go_betweens(context.tx, meeting.id):
        # Lund § 11.4, Alternativ organisering: the same integrity as if the person were there (J03).
        yield Paragraph(text=t("The person does not sit in the meeting. Speak as if they did. Whoever leads answers for that."))
    mine = next((each for each in meeting.invited if each.person == context.actor and each.points), None)
    if mine is not None:
        yield Paragraph(text=own_part(meeting, mine))
    yield Heading(text=t("Who is invited"))
    columns = (t("Name"), t("Title"), t("Where they work, and how to reach them"))
    points = any(each.points for each in meeting.invited)
    rows = tuple(_row(context, meeting, each, names=names, points=points) for each in meeting.invited)
    yield Table(columns=(*columns, t("Called in for")) if points else columns, rows=rows)
    yield Heading(text=t("Agenda"))
    agenda = (Line(label=t("{place}", place=place + 1), value=words_of(each)) for place, each in _agenda(context, meeting))
    yield Lines(lines=tuple(agenda))


def _agenda(context: Context, meeting: Meeting) -> tuple[tuple[int, AgendaLine], ...]:
    """Whoever is called in for single points gets those of the agenda (G11), unless they hold the threads."""
    return tuple(enumerate(meeting.agenda)) if holds(context, meeting) else shown_to(meeting, context.actor)


def _facts(context: Context, meeting: Meeting, *, names: bool) -> Iterator[Line]:
    assert meeting.at is not None
    initials = initials_of(context, meeting.case)
    subject = cases.content(context.tx, meeting.case).subject_name if names else None
    concerns = t("{name}, case {number}", name=subject or initials, number=str(cases.get(context.tx, meeting.case).number))
    yield Line(label=t("Concerns"), value=concerns)
    yield Line(label=t("Kind of meeting"), value=KINDS[meeting.kind])
    yield Line(label=t("What it is for"), value=purpose_of(meeting.purpose))
    yield Line(label=t("When"), value=nt("{time}, for {n} minute", "{time}, for {n} minutes", meeting.minutes, time=meeting.at))
    details = [verbatim(each) for each in (meeting.where, meeting.link) if each]
    yield Line(label=t("Where"), value=joined(PLACE[meeting.place], *details, by=", "))
    for label, person in (
        (t("Called by"), holder_of(context, meeting)),
        (t("Leads"), meeting.chair),
        (t("Writes the minutes"), meeting.writer),
    ):
        name = None if person is None else people.person(context.tx, person).name
        if name:
            yield Line(label=label, value=verbatim(name))
    if meeting.short_reason:
        yield Line(label=t("Shorter notice than usual, because"), value=verbatim(meeting.short_reason))


def _row(context: Context, meeting: Meeting, each: Participant, *, names: bool, points: bool) -> tuple[Text, ...]:
    (view,) = meeting_views.participants(context, meeting.case, [each])
    ours = each.part in {Part.RECIPIENT, Part.PARTY}
    name = view.name if names or not ours else initials_of(context, meeting.case) if each.part is Part.RECIPIENT else ""
    title = verbatim(view.title) if view.title else PARTS.get(each.part, t("member"))
    cells = (verbatim(name) if name else PARTS.get(each.part, t("member")), title, _reach(context, each, view.service))
    if not points:
        return cells
    return (*cells, _points(meeting, each))


def _points(meeting: Meeting, each: Participant) -> Text:
    when, numbers = slot(meeting, each.points), [str(place + 1) for place in each.points]
    return EVERYTHING if when is None else t("item {points}, about {time}", points=numbers, time=day_time(when[0]))


def _reach(context: Context, each: Participant, service: str | None) -> Text:
    """The address a participant has at work. Where the person lives stands in no invitation."""
    member = None if each.member is None else members.find(context.tx, each.member)
    language = people.person(context.tx, context.actor).language
    if member is not None:
        phone = None if member.reach.phone is None else readable(member.reach.phone, language)
        return joined(*(verbatim(part) for part in (service, member.reach.email, phone) if part), by=", ")
    if each.part is Part.COORDINATOR:
        own = people.person(context.tx, each.person).phone
        reach = readable(own, language) if own else context.municipality.phone
        unit = context.municipality.profile.municipality.display_name
        return verbatim(f"{unit}, {reach}" if reach else unit)
    return t("through the coordinator")


def calendar(context: Context, which: MeetingId) -> "CalendarFile | None":
    """The meeting for the actor's own calendar, or None where the actor may not have it."""
    from bot.calendar_file import Address, calendar_file

    meeting = called(context, which)
    if meeting is None:
        return None
    audit.record(context.tx, "meeting.calendar", actor=context.actor, case=meeting.case, meeting=meeting.id)
    municipality, contact = context.municipality.profile.municipality, context.municipality.profile.contact
    person, page = people.person(context.tx, context.actor), context.municipality.page_url
    mine = next((each for each in meeting.invited if each.person == context.actor and each.member is not None), None)
    member = None if mine is None or mine.member is None else members.find(context.tx, mine.member)
    answer = attendance.of_meeting(context.tx, meeting).get(context.actor)
    held = answer is not None and counts(answer, attendance.asked_since(context.tx, meeting.id))
    return calendar_file(
        meeting,
        number=cases.get(context.tx, meeting.case).number,
        language=person.language,
        catalogs=context.municipality.catalogs,
        level=context.municipality.level,
        organizer=None if contact.email is None else Address(email=contact.email, name=municipality.display_name),
        attendee=None if member is None or member.reach.email is None else Address(email=member.reach.email),
        reply=answer.reply if answer is not None and held else None,
        reader=context.actor,
        url=None if page is None else f"{page}/meeting/{meeting.id}",
        now=context.tx.now,
    )


def holds(context: Context, meeting: Meeting) -> bool:
    """Does the actor hold the meeting's threads?"""
    return context.may(Action.CALL_MEETING, meeting.case)
