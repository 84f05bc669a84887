"""Called in for single points of a meeting: who, for what, about when, and what of the minutes they get.

Here: row G11 (Herøy, IP-møte). Not here: calling a meeting otherwise (`tests/requirements/test_calling_meetings.py`).
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.called_in import CalledIn, slot
from bot.domain.choices import PrivacyLevel
from bot.domain.documents import Document
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meeting_commands import AgreeToMeeting, ChangeMeeting
from bot.domain.meeting_places import AT
from bot.domain.meeting_queries import MeetingsOf, TheMeeting
from bot.domain.meetings import AgendaLine
from bot.domain.minutes_commands import Then
from bot.domain.minutes_queries import TheMinutes
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, nt, t, verbatim
from bot.services import invitation_document
from tests.calendar.test_calendar_file import meeting
from tests.requirements.circle_walks import SOLVEIG, TROND
from tests.requirements.conftest import MONDAY
from tests.requirements.mail_walks import MailTable
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.web.visitor import ADDRESS
from tests.world import Chat, World

SECOND_ONLY = ("who_does_what",)


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


def for_trond(table: Table, *points: str) -> dict[str, Any]:
    return {"called_in": (CalledIn(member=table.members[1], points=points or SECOND_ONLY),)}


def told(at: datetime, numbers: list[str]) -> Any:
    words = "You are called in for item {points} only, about {time}.", "You are called in for items {points} only, about {time}."
    return nt(*words, len(numbers), points=numbers, time=at.astimezone(OSLO).time())


async def points_of(table: Table, meeting: MeetingId) -> tuple[int, ...]:
    found = await table.meeting(meeting)
    return next(each.points for each in found.invited if each.member == table.members[1])


async def paper(table: Table, who: Chat, meeting: MeetingId) -> Document:
    person = await table.world.person(who)
    made = await table.world.read(
        lambda tx: invitation_document.document(replace(table.around.context(tx), actor=person), meeting, leaves=True)
    )
    assert made is not None
    return made


async def test_G11_whoever_is_called_in_for_a_point_is_told_which_and_about_when(table: Table) -> None:
    meeting = await table.calls(**for_trond(table))
    at = (await table.meeting(meeting)).at
    assert at is not None
    assert await table.world.says(table.trond, told(at + timedelta(minutes=20), ["2"]), last=1)
    assert not await table.world.says(table.solveig, told(at + timedelta(minutes=20), ["2"]))
    view = await table.look(table.trond, TheMeeting(meeting))
    assert view is not None
    assert (view.only_mine, view.numbers, len(view.agenda)) == (True, (2,), 1), "and reads of nothing else"
    others = await table.look(table.solveig, TheMeeting(meeting))
    assert others is not None
    assert (others.only_mine, others.numbers) == (False, (1, 2, 3))
    assert next(each.points for each in others.participants if each.name == TROND) == (2,)


async def test_G11_it_stands_in_the_invitation_and_in_the_day_before(table: Table) -> None:
    meeting = await table.calls(**for_trond(table))
    at = (await table.meeting(meeting)).at
    assert at is not None
    own, whole = str(await paper(table, table.trond, meeting)), str(await paper(table, table.solveig, meeting))
    assert "You are called in for item" in own
    assert "You are called in for item" not in whole
    assert "item {points}, about {time}" in whole, "the others see for what he comes"
    assert "What you want to bring up" in whole
    assert "What you want to bring up" not in own
    await table.world.press(table.trond, "I come")
    table.trond.messages.clear()
    await table.world.turn(at - table.world.clock.now() - timedelta(hours=12))
    assert await table.world.says(table.trond, told(at + timedelta(minutes=20), ["2"]), last=1)


@pytest.mark.parametrize("level", [PrivacyLevel.NOTICE, PrivacyLevel.FULL])
async def test_G11_the_calendar_and_the_mail_have_their_part_alone(world_by_mail: World, level: PrivacyLevel) -> None:
    world_by_mail.municipality = replace(world_by_mail.municipality, mail=level)
    world_by_mail.intake = type(world_by_mail.intake)(world_by_mail.database, world_by_mail.municipality)
    table = await MailTable.of(world_by_mail)
    meeting = await table.calls(**for_trond(table))
    at = (await table.meeting(meeting)).at
    assert at is not None
    letter = table.letters[-1]
    if level is PrivacyLevel.NOTICE:
        assert letter.calendar is None
        assert "20" not in letter.text.split("http")[0], "at the strictest level only that there is something"
        return
    assert letter.calendar is not None
    assert f"DTSTART;TZID=Europe/Oslo:{at.astimezone(OSLO) + timedelta(minutes=20):%Y%m%dT%H%M%S}" in letter.calendar.file
    assert f"DTEND;TZID=Europe/Oslo:{at.astimezone(OSLO) + timedelta(minutes=40):%Y%m%dT%H%M%S}" in letter.calendar.file
    assert "punkt 2" in letter.text
    assert "kl. 10.20" in letter.text


@pytest.fixture
async def world_by_mail(tmp_path: Any) -> Any:
    opened = await World.open(tmp_path / "samrad.db", start=MONDAY, page_url=ADDRESS, mail=PrivacyLevel.NOTICE)
    yield opened
    await opened.database.close()


async def test_G11_the_points_follow_when_the_agenda_changes(table: Table) -> None:
    meeting = await table.plans(**for_trond(table))
    await table.town.does(table.kari, AgreeToMeeting(meeting=meeting, lines=("Fritida mi", "Skyssen")))
    assert await points_of(table, meeting) == (2,), "two points of the person's own came before it"
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals", "who_does_what"), lines=()))
    assert await points_of(table, meeting) == (3,)
    with pytest.raises(Refused, match="no longer on the agenda"):
        await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals",), lines=()))
    assert await points_of(table, meeting) == (3,), "and never to all of it"
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals",), lines=(), **for_trond(table, "Skyssen")))
    assert await points_of(table, meeting) == (1,)


async def test_G11_whoever_comes_for_what_the_person_brings_up_comes_for_the_persons_own_words(table: Table) -> None:
    meeting = await table.plans(**for_trond(table, "own_words"))
    await table.town.does(table.kari, AgreeToMeeting(meeting=meeting, lines=("Fritida mi", "Skyssen")))
    assert await points_of(table, meeting) == (0, 1)


async def test_G11_points_that_are_not_there_and_who_leads_are_refused(table: Table) -> None:
    with pytest.raises(Refused, match="stand on the agenda"):
        await table.plans(**for_trond(table, "goals"))
    trond = await table.world.person(table.trond)
    with pytest.raises(Refused, match="all of it"):
        await table.plans(**for_trond(table), writer=trond)
    every = await table.plans(**for_trond(table, "own_words", "who_does_what", "next_meeting"))
    assert await points_of(table, every) == (), "every point is all of it"


async def test_G11_minutes_go_to_them_for_those_points_only(world: World) -> None:
    table = await Table.of(world)
    held = await Held.of(table, **for_trond(table))
    present = tuple([await held.who(chat) for chat in (held.kari, held.solveig, held.nora, held.trond)])
    await held.writes(points=(held.point(0, "Kari får skyss."), held.point(1, "Skolen skriver brev.")), present=present, then=Then.SEND)
    theirs = await table.look(held.trond, TheMinutes(held.meeting))
    assert theirs is not None
    assert [each.words for each in theirs.points] == ["Skolen skriver brev."], "a fixed member too, where called for one point"
    whole = await table.look(held.solveig, TheMinutes(held.meeting))
    assert whole is not None
    assert len(whole.points) == 2


async def test_G11_by_hand_in_the_chat(table: Table) -> None:
    world, nora = table.world, table.nora
    await table.plans_by_hand()
    await world.write(nora, "Ferien")
    await world.press(nora, TROND, "Done", "Goals", "Done")
    assert TROND not in nora.last.labels, "whoever leads is there for all of it"
    await world.press(nora, "Nora Prøve", SOLVEIG, "Yes, this is right")
    (line,) = await table.look(nora, MeetingsOf(FIRST))
    assert await points_of(table, line.meeting) == (5,)
    await table.agrees(line.meeting)


@pytest.mark.parametrize(
    ("points", "count", "minutes", "begins", "ends"),
    [((0,), 3, 60, 0, 20), ((2,), 3, 60, 40, 60), ((1,), 7, 90, 10, 30), ((0, 6), 7, 90, 0, 90), ((4,), 5, 50, 40, 50)],
)
def test_G11_every_point_has_the_same_share_rounded_outwards(
    points: tuple[int, ...], count: int, minutes: int, begins: int, ends: int
) -> None:
    at = datetime(2027, 3, 4, 9, tzinfo=UTC)
    line = AgendaLine(code="goals", words=None, by=PersonId(1))
    planned = meeting(at, agenda=(line,) * count, minutes=minutes)
    assert slot(planned, points) == (at + timedelta(minutes=begins), at + timedelta(minutes=ends))
    assert slot(planned, ()) is None


async def test_G11_F02_at_practical_the_part_and_the_routine_pass_through_the_chat(table: Table) -> None:
    meeting = await table.meeting(await table.calls(**for_trond(table)))
    assert meeting.at is not None
    links = table.world.municipality.profile.links
    first = t("This is the first meeting of the group. How groups work here: {link}", link=verbatim(links.routine or links.home))
    asks = t("There is a meeting {time}, {where}. Can you come?", time=meeting.at, where=AT[meeting.place])
    own = told(meeting.at + timedelta(minutes=20), ["2"])
    vocabulary = table.world.municipality.vocabulary(table.around.today)
    for text in (joined(asks, first), joined(asks, first, own), own):
        assert vocabulary.passable(text, Sensitivity.PRACTICAL) is not None
    assert vocabulary.passable(joined(asks, verbatim("Diagnosen")), Sensitivity.PRACTICAL) is None
