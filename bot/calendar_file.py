"""A called meeting as a file that every calendar reads.

Here: RFC 5545 and 5546 through `icalendar`. Not here: who gets the file (`bot.services.mailing`, `bot.services.invitation_document`).
Guarantees: the same meeting has the same UID for good, and a change a higher SEQUENCE; the title says nothing about anybody; nobody but
the reader stands in it; what anybody wrote stands there at `full` alone, where all people are made up.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from bot.clock import OSLO
from bot.domain.agenda import purpose_of, words_of
from bot.domain.attendance import Reply
from bot.domain.called_in import own_points, shown_to, slot
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import PersonId
from bot.domain.meeting_places import PLACE
from bot.domain.meetings import Meeting, MeetingState
from bot.engine.texts import Language, Text, joined, t, verbatim
from bot.i18n import Catalogs

PRODUCT: Final = "-//Samråd//Samråd//NO"
ZONE: Final = "Europe/Oslo"
UNPRINTED: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""No sign of these may stand in a calendar's text (RFC 5545 § 3.1); a new line is written otherwise."""
PARTSTAT: Final = {
    None: "NEEDS-ACTION",
    Reply.COMING: "ACCEPTED",
    Reply.BY_VIDEO: "ACCEPTED",
    Reply.MAYBE: "TENTATIVE",
    Reply.SOMEONE_ELSE: "DELEGATED",
    Reply.CANNOT: "DECLINED",
}
"""What the reader has answered, as calendars say it (RFC 5545 § 3.2.12)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Somebody's e-mail address, with the name beside it."""

    email: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarFile:
    """The file as text with CRLF between lines, and the `method` in it: `REQUEST`, `PUBLISH`, `CANCEL`, or None where nobody sends it."""

    text: str
    method: str | None


def calendar_file(
    meeting: Meeting,
    *,
    number: int,
    language: Language,
    catalogs: Catalogs,
    level: PrivacyLevel,
    organizer: Address | None,
    attendee: Address | None,
    reply: Reply | None,
    url: str | None,
    now: datetime,
    reader: PersonId | None = None,
) -> CalendarFile:
    """The meeting for one reader. `number` is the case's, `url` leads to the secure page, `now` is aware.

    Whoever is called in for single points has the time of those set aside, and no other point in it (G11); `reader` says who it is.

    With `attendee` it is an invitation to that reader (`REQUEST`), without one something to keep (`PUBLISH`); a meeting that is off is
    taken out (`CANCEL`). Without `organizer` no method can be named (RFC 5546 asks for one), and the file is only read in. Raises
    ValueError for a meeting that has never been called.
    """
    if meeting.at is None or meeting.ends_at is None or meeting.called_at is None:
        raise ValueError("a meeting that nobody was called to has no place in a calendar")

    def say(text: Text) -> str:
        return UNPRINTED.sub("", catalogs.render(text, language, now=now))

    off = meeting.state is MeetingState.CANCELLED
    method = None if organizer is None else "CANCEL" if off else "REQUEST" if attendee is not None else "PUBLISH"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method)
    calendar.add_component(_oslo())
    event = _event(meeting, reader, now)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("summary", say(t("Meeting, no. {number}", number=str(number))), parameters={"language": language.value})
    event.add("location", say(_where(meeting, level)), parameters={"language": language.value})
    if level is PrivacyLevel.FULL:
        event.add("description", say(_about(meeting, reader)), parameters={"language": language.value})
    if url is not None:
        event.add("url", url)
    if organizer is not None:
        event.add("organizer", _address(organizer))
        if attendee is not None:
            event.add("attendee", _attendee(attendee, reply))
    calendar.add_component(event)
    return CalendarFile(text=calendar.to_ical().decode(), method=method)


def _event(meeting: Meeting, reader: PersonId | None, now: datetime) -> Event:
    assert meeting.at is not None
    assert meeting.ends_at is not None
    begins, ends = slot(meeting, () if reader is None else own_points(meeting, reader)) or (meeting.at, meeting.ends_at)
    event = Event()
    event.add("uid", f"{meeting.uid}@samrad")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", begins.astimezone(OSLO))
    event.add("dtend", ends.astimezone(OSLO))
    # Where a calendar is shared with colleagues, they see that the time is taken and no more.
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if meeting.state is MeetingState.CANCELLED else "OPAQUE")
    return event


def _where(meeting: Meeting, level: PrivacyLevel) -> Text:
    """The kind of place; at `full` its address or link as well."""
    if level is not PrivacyLevel.FULL:
        return PLACE[meeting.place]
    return joined(PLACE[meeting.place], *(verbatim(each) for each in (meeting.where, meeting.link) if each), by=", ")


def _about(meeting: Meeting, reader: PersonId | None) -> Text:
    agenda = enumerate(meeting.agenda) if reader is None else shown_to(meeting, reader)
    lines = (t("{place}. {line}", place=place + 1, line=words_of(line)) for place, line in agenda)
    return joined(t("What it is for: {purpose}", purpose=purpose_of(meeting.purpose)), t("Agenda:"), *lines, by="\n")


def _address(who: Address) -> vCalAddress:
    address = vCalAddress(f"mailto:{''.join(UNPRINTED.sub(' ', who.email).split())}")
    if who.name:
        # A quotation mark cannot stand in a parameter (RFC 5545 § 3.2); nothing else is lost.
        address.params["CN"] = vText(" ".join(UNPRINTED.sub(" ", who.name).replace('"', "'").split()))
    return address


def _attendee(who: Address, reply: Reply | None) -> vCalAddress:
    """The reader alone. No answer is asked for by calendar: nobody reads those (`bot.services.letters`)."""
    address = _address(who)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(PARTSTAT[reply])
    address.params["RSVP"] = vText("FALSE")
    return address


def _oslo() -> Timezone:
    """Oslo's clock by the rule that has held since 1996, in the form every calendar reads: no list of years that ends."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    one, two = timedelta(hours=1), timedelta(hours=2)
    for part, name, begins, before, after, month in (
        (summer, "CEST", datetime(1996, 3, 31, 2), one, two, 3),  # noqa: DTZ001 (local by definition: RFC 5545 § 3.6.5)
        (winter, "CET", datetime(1996, 10, 27, 3), two, one, 10),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(part)
    return zone
