"""Calendar files read back by two parsers that share nothing with the one that wrote them: Python's `ical`, and `ical.js` run by node.

Here: every life of a meeting (RFC 5545, 5546), the days on which the clock is put forward and back, and words that try to break out.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.calendar_file import Address, CalendarFile, calendar_file
from bot.clock import OSLO
from bot.domain.attendance import Reply
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, MeetingId, PersonId
from bot.domain.meetings import AgendaLine, Meeting, MeetingKind, MeetingPlace, MeetingState
from bot.engine.texts import Language, t
from bot.i18n import Catalogs

HERE: Final = Path(__file__).parent
INSTALLED: Final = Path(sys.prefix) / "calendar"
"""Where `make setup` puts ical.js."""
WHY_NOT: Final = "ical.js is not there: install node and npm, and run `make setup`"
NOW: Final = datetime(2027, 3, 1, 8, tzinfo=UTC)
UID: Final = "00112233445566778899aabbccddeeff"
UNIT: Final = Address(email="ke@example.org", name="Prøve kommune")
SOLVEIG: Final = Address(email="solveig@example.org", name="Solveig Prøve")


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What a parser found in a file. Moments are aware."""

    method: str | None
    uid: str
    sequence: int
    status: str
    summary: str
    description: str | None
    location: str
    organizer: str | None
    attendees: tuple[tuple[str, str], ...]
    begins: datetime
    ends: datetime
    stamp: datetime


def read_by_python(files: Sequence[str]) -> list[Read]:
    found = []
    for text in files:
        calendar = IcsCalendarStream.calendar_from_ics(text)
        (event,) = calendar.events
        assert event.organizer is None or event.organizer.uri is not None
        assert isinstance(event.dtstart, datetime)
        assert isinstance(event.dtend, datetime)
        assert isinstance(event.dtstamp, datetime)
        found.append(
            Read(
                method=calendar.method,
                uid=event.uid or "",
                sequence=event.sequence or 0,
                status=str(event.status.value) if event.status else "",
                summary=event.summary or "",
                description=event.description,
                location=event.location or "",
                organizer=None if event.organizer is None else str(event.organizer.uri),
                attendees=tuple((str(each.uri), str(each.status)) for each in event.attendees),
                begins=event.dtstart.astimezone(UTC),
                ends=event.dtend.astimezone(UTC),
                stamp=event.dtstamp.astimezone(UTC),
            )
        )
    return found


def read_by_node(files: Sequence[str]) -> list[Read]:
    command = ["node", str(HERE / "read.mjs"), str(INSTALLED)]
    done = subprocess.run(command, input=json.dumps(files), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return [_from_node(each) for each in json.loads(done.stdout)]


def _from_node(said: dict[str, Any]) -> Read:
    (event,) = said["events"]
    moments: dict[str, Any] = {name: datetime.fromisoformat(event.pop(name)) for name in ("begins", "ends", "stamp")}
    attendees = tuple((who, stand) for who, stand in event.pop("attendees"))
    assert said["zones"] == ["Europe/Oslo"]
    return Read(method=said["method"], attendees=attendees, **moments, **event)


def node_reads() -> bool:
    return shutil.which("node") is not None and (INSTALLED / "node_modules" / "ical.js").is_dir()


@pytest.fixture(params=["python", "node"])
def read(request: pytest.FixtureRequest) -> Callable[[Sequence[str]], list[Read]]:
    if request.param == "python":
        return read_by_python
    if not node_reads():
        assert not os.environ.get("CI"), WHY_NOT
        pytest.skip(WHY_NOT)
    return read_by_node


@pytest.fixture(scope="module")
def catalogs() -> Catalogs:
    return Catalogs.load()


def meeting(at: datetime, **more: Any) -> Meeting:
    """A called meeting at a moment."""
    usual: dict[str, Any] = {
        "id": MeetingId(1),
        "case": CaseId(1),
        "kind": MeetingKind.GROUP,
        "state": MeetingState.CALLED,
        "purpose": "Snakke om medisinen",
        "place": MeetingPlace.OFFICE,
        "where": "Rådhuset, rom 3",
        "link": None,
        "proposals": (at,),
        "refused": (),
        "at": at,
        "minutes": 90,
        "participants": (),
        "agenda": (AgendaLine(code=None, words="Diagnosen", by=PersonId(1)),),
        "chair": None,
        "writer": None,
        "notice_days": 14,
        "short_reason": None,
        "leader_knows": False,
        "first": False,
        "sequence": 0,
        "uid": UID,
        "proposed_by": PersonId(1),
        "created_at": NOW,
        "called_at": NOW,
        "ended_at": None,
    }
    return Meeting(**(usual | more))


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Makes files as a municipality at level `notice` does, unless it is told otherwise."""

    catalogs: Catalogs

    def __call__(self, of: Meeting, **more: Any) -> CalendarFile:
        usual: dict[str, Any] = {
            "number": 1001,
            "language": Language.NN,
            "level": PrivacyLevel.NOTICE,
            "organizer": UNIT,
            "attendee": SOLVEIG,
            "reply": None,
            "url": "https://samrad.example.org/meeting/1",
            "now": NOW,
        }
        return calendar_file(of, catalogs=self.catalogs, **(usual | more))


@pytest.fixture(scope="module")
def make(catalogs: Catalogs) -> Maker:
    return Maker(catalogs=catalogs)


def oslo(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), OSLO).astimezone(UTC)


def test_every_life_of_a_meeting(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    at, later = oslo(date(2027, 4, 1), 10), oslo(date(2027, 4, 8), 13)
    called = meeting(at)
    moved = replace(called, at=later, sequence=1)
    elsewhere = replace(moved, place=MeetingPlace.VIDEO, where=None, link="https://video.example.org/x", sequence=2)
    off = replace(elsewhere, state=MeetingState.CANCELLED, sequence=3, ended_at=NOW)
    lives = [make(called), make(called, reply=Reply.COMING), make(moved), make(elsewhere, reply=Reply.CANNOT), make(off)]
    found = read([each.text for each in lives])
    assert {each.uid for each in found} == {f"{UID}@samrad"}, "one meeting is one event, whatever becomes of it"
    assert [each.method for each in lives] == [each.method for each in found] == ["REQUEST"] * 4 + ["CANCEL"]
    assert [each.sequence for each in found] == [0, 0, 1, 2, 3]
    assert [each.status for each in found] == ["CONFIRMED"] * 4 + ["CANCELLED"]
    assert [each.begins for each in found] == [at, at, later, later, later]
    assert all(each.ends - each.begins == timedelta(minutes=90) for each in found)
    assert all(each.stamp == NOW for each in found)
    who = f"mailto:{SOLVEIG.email}"
    stands = ["NEEDS-ACTION", "ACCEPTED", "NEEDS-ACTION", "DECLINED", "NEEDS-ACTION"]
    assert [each.attendees for each in found] == [((who, stand),) for stand in stands]
    assert {each.organizer for each in found} == {f"mailto:{UNIT.email}"}
    assert found[2].location != found[3].location


@pytest.mark.parametrize(
    ("reply", "stand"),
    [
        (Reply.COMING, "ACCEPTED"),
        (Reply.BY_VIDEO, "ACCEPTED"),
        (Reply.MAYBE, "TENTATIVE"),
        (Reply.SOMEONE_ELSE, "DELEGATED"),
        (Reply.CANNOT, "DECLINED"),
        (None, "NEEDS-ACTION"),
    ],
)
def test_H01_each_reply_stands_in_the_readers_own_calendar(
    make: Maker, read: Callable[[Sequence[str]], list[Read]], reply: Reply | None, stand: str
) -> None:
    (found,) = read([make(meeting(oslo(date(2027, 4, 1), 10)), reply=reply).text])
    assert found.attendees == ((f"mailto:{SOLVEIG.email}", stand),)


def test_the_hour_is_right_on_every_day_the_clock_is_put(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    """Some years: the days the clock is put forward and back, the days round them, and one in each month."""
    days = [date(2027, month, 15) for month in range(1, 13)]
    for year in range(2026, 2033):
        for month in (3, 10):
            sunday = max(day for day in (date(year, month, number) for number in range(25, 32)) if day.weekday() == 6)
            days += [sunday + timedelta(days=shift) for shift in (-1, 0, 1)]
    moments = [oslo(day, hour) for day in days for hour in (1, 4, 10)]
    found = read([make(meeting(at)).text for at in moments])
    assert [each.begins for each in found] == moments


@pytest.mark.parametrize("level", [PrivacyLevel.OFF, PrivacyLevel.NOTICE, PrivacyLevel.PRACTICAL])
def test_T07_below_full_the_file_says_nothing_about_anybody(
    make: Maker, read: Callable[[Sequence[str]], list[Read]], level: PrivacyLevel
) -> None:
    file = make(meeting(oslo(date(2027, 4, 1), 10), place=MeetingPlace.OTHER, where="Heime hos Kari"), level=level)
    (found,) = read([file.text])
    assert found.description is None
    assert "1001" in found.summary
    for told in ("medisin", "Diagnos", "Kari", "ansvarsgruppe"):
        assert told.casefold() not in file.text.replace("\r\n ", "").casefold()


def test_at_full_the_file_holds_place_purpose_and_agenda(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    (found,) = read([make(meeting(oslo(date(2027, 4, 1), 10)), level=PrivacyLevel.FULL).text])
    assert "Rådhuset, rom 3" in found.location
    assert found.description is not None
    assert "medisinen" in found.description
    assert "1. Diagnosen" in found.description


def test_G20_each_reader_gets_the_file_in_their_own_language(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    at = oslo(date(2027, 4, 1), 10)
    at_school = meeting(at, place=MeetingPlace.SCHOOL)
    nb, nn = read([make(at_school, language=language).text for language in (Language.NB, Language.NN)])
    assert (nb.location, nn.location) == ("På skolen eller i barnehagen", "På skulen eller i barnehagen")
    assert (nb.begins, nb.ends, nb.uid) == (nn.begins, nn.ends, nn.uid)


HOSTILE: Final = 'Rom 3\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Annet;"x",\\n\x00'


def test_nothing_that_was_written_breaks_out_of_its_line(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    agenda = (AgendaLine(code=None, words=HOSTILE, by=PersonId(1)),)
    of = meeting(oslo(date(2027, 4, 1), 10), where=HOSTILE, purpose=HOSTILE, agenda=agenda)
    file = make(of, level=PrivacyLevel.FULL, organizer=Address(email="ke@example.org\r\nX:", name=HOSTILE))
    (found,) = read([file.text])
    assert found.summary == make.catalogs.render(t("Meeting, no. {number}", number="1001"), Language.NN)
    assert file.text.replace("\r\n ", "").split("\r\n").count("BEGIN:VEVENT") == 1
    assert found.organizer == "mailto:ke@example.orgX:"


def test_without_an_address_it_is_something_to_keep(make: Maker, read: Callable[[Sequence[str]], list[Read]]) -> None:
    of = meeting(oslo(date(2027, 4, 1), 10))
    kept, bare = read([make(of, attendee=None).text, make(of, attendee=None, organizer=None).text])
    assert (kept.method, kept.attendees, kept.organizer) == ("PUBLISH", (), "mailto:ke@example.org")
    assert (bare.method, bare.attendees, bare.organizer) == (None, (), None)


def test_what_nobody_was_called_to_has_no_file(make: Maker) -> None:
    with pytest.raises(ValueError, match="nobody was called"):
        make(meeting(oslo(date(2027, 4, 1), 10), called_at=None))


def test_lines_are_as_calendars_want_them(make: Maker) -> None:
    text = make(meeting(oslo(date(2027, 4, 1), 10)), level=PrivacyLevel.FULL).text
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\n" in text
