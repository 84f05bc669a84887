"""The municipality's own agendas: its points, in the order it wants them, read by each in their own form, also when the profile changes.

Here: rows F03, F04, F07, F11, G07, G16, I02, I04 as far as a municipality sets them. Not here: mistakes in a profile (`tests/profile`), the
points that come with Samråd (`test_calling_meetings`, `test_templates`).
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import pytest

from bot.domain.agenda import LINES, is_first, offered, usual, words_of
from bot.domain.agenda_rules import AgendaPoint, AgendaRules, PointOf, UsualAgendas
from bot.domain.ids import PersonId
from bot.domain.meeting_commands import ChangeMeeting
from bot.domain.meeting_queries import TheMeeting
from bot.domain.meetings import AgendaLine, MeetingKind
from bot.domain.minutes import Outcome, Point
from bot.domain.minutes_commands import Then
from bot.domain.minutes_queries import TheMinutes, TheRunSheet
from bot.domain.reminders import OSLO
from bot.domain.words import Words
from bot.engine.texts import Language, Text, t
from bot.profile import load_profile
from bot.services import invitation_document
from bot.services.municipality import Municipality
from bot.store import meetings, people
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import Chat, World

NB, NN = "Har vi forstått beslutningene likt?", "Har vi forstått avgjerdene likt?"
LUNDS = load_profile("lund").agenda
ALIKE = "understood_alike"


@pytest.mark.parametrize(
    ("municipality", "kind", "first", "expected"),
    [
        ("as", MeetingKind.GROUP, False, ["own_words", "who_leads", "since_last", "how_it_goes", "measures", "next_meeting"]),
        ("lund", MeetingKind.STARTUP, True, ["own_words", "situation", "goals", "plan_or_minutes", "who_does_what", "next_meeting"]),
        ("heroy", MeetingKind.PLAN, False, ["plan_goals", "since_last", "plan_gone_through", "measures", "evaluation", "dates_ahead"]),
        ("ringerike", MeetingKind.PLAN, False, ["own_words", "plan_used", "since_last", "measures", "evaluation", "next_meeting"]),
        ("rana", MeetingKind.GROUP, False, ["own_words", "since_last", "changes_in_services", "how_it_goes", "measures", "next_meeting"]),
    ],
)
def test_G16_each_municipality_has_the_agenda_its_handbook_asks_for(
    municipality: str, kind: MeetingKind, first: bool, expected: list[str]
) -> None:
    ready = usual(kind, load_profile(municipality).agenda, first=first)
    assert [code for code in ready if code in expected] == expected
    assert ready != usual(kind, AgendaRules(), first=first), "the profile was looked at"


@pytest.mark.parametrize("municipality", ["as", "lund", "heroy", "ringerike", "rana"])
def test_F03_F04_the_first_meeting_of_a_group_decides_what_the_handbooks_say(municipality: str) -> None:
    ready = usual(MeetingKind.GROUP, load_profile(municipality).agenda, first=True)
    assert {"expectations_work", "expectations_coordinator", "fixed_members", "who_leads", "goals", "who_does_what"} <= set(ready)
    assert ready[0] == "own_words"


def point(code: str, **more: object) -> AgendaPoint:
    given: dict[str, object] = {"words": Words(nb=f"{code} på bokmål", nn=f"{code} på nynorsk"), "kinds": (MeetingKind.GROUP,)}
    return AgendaPoint(id=code, **(given | {"meetings": PointOf.EVERY, "put_on_at_once": True} | more))  # type: ignore[arg-type]


def test_G16_a_point_of_ones_own_stands_where_it_is_put_at_the_meetings_it_is_for() -> None:
    later = point("later", meetings=PointOf.LATER, after="since_last")
    after_that = point("after_that", meetings=PointOf.LATER, after="later")
    rules = AgendaRules(points=(later, after_that, point("first", meetings=PointOf.FIRST), point("to_choose", put_on_at_once=False)))
    assert usual(MeetingKind.GROUP, rules, first=False) == (
        *("own_words", "since_last", "later", "after_that", "how_it_goes", "measures", "next_meeting"),
    )
    assert usual(MeetingKind.GROUP, rules, first=True)[-2:] == ("first", "next_meeting")
    assert {"later", "to_choose"} <= set(offered(MeetingKind.GROUP, rules, first=False))
    assert "later" not in offered(MeetingKind.GROUP, rules, first=True)
    assert not {"later", "first", "to_choose"} & set(offered(MeetingKind.PLAN, rules, first=False)), "another kind of meeting"


def test_F07_a_list_leaves_out_and_reorders_and_a_plan_still_brings_its_goals() -> None:
    rules = AgendaRules(points=(point("ours"),), usual=UsualAgendas(group=("own_words", "measures", "ours", "since_last")))
    assert usual(MeetingKind.GROUP, rules, first=False) == ("own_words", "measures", "ours", "since_last")
    assert usual(MeetingKind.GROUP, rules, first=False, has_plan=True)[:3] == ("own_words", "plan_goals", "measures")
    assert "how_it_goes" in offered(MeetingKind.GROUP, rules, first=False), "what is left out can be chosen"
    assert usual(MeetingKind.GROUP, rules, first=True)[-2:] == ("ours", "next_meeting"), "the first meeting has a list of its own"


def test_F03_F13_after_a_start_up_meeting_the_group_still_has_its_first() -> None:
    group, plan, startup = MeetingKind.GROUP, MeetingKind.PLAN, MeetingKind.STARTUP
    assert is_first(group, ())
    assert is_first(group, {startup, MeetingKind.COOPERATION})
    assert not is_first(group, {plan}), "a meeting on the plan is the group's too"
    assert not is_first(plan, {group})
    assert not is_first(startup, {startup})
    assert is_first(startup, {group})


def test_a_point_whose_words_nobody_has_any_more_keeps_its_place() -> None:
    assert words_of(AgendaLine(code="no_such_point", words=None, by=PersonId(1))) == t("Other matters")


@pytest.fixture
async def table(world: World) -> Table:
    """Nora, who reads Nynorsk, writes; Trond reads Nynorsk, and Solveig and Kari read Bokmål. The agendas are Lund's."""
    world.starts_with(agenda=LUNDS)
    table = await Table.of(world)
    for who, language in ((table.nora, Language.NN), (table.trond, Language.NN), (table.solveig, Language.NB), (table.kari, Language.NB)):
        person = await world.person(who)
        await world.read(lambda tx, person=person, language=language: people.set_language(tx, person, language))  # type: ignore[misc]
    return table


async def test_G07_the_municipalitys_points_are_put_on_when_a_meeting_is_called_by_hand(table: Table) -> None:
    await table.plans_by_hand()
    shown = table.nora.text()
    assert f"– {NN}" in shown
    assert "– Kor lenge gruppa skal arbeide saman" in shown
    assert NB not in shown


async def test_G07_where_the_agenda_is_another_by_now_it_is_asked_again(table: Table) -> None:
    await table.plans_by_hand()
    asks_for_own = t("Other points? One a line.")
    assert await table.world.says(table.nora, asks_for_own, last=1)
    table.world.starts_with(agenda=AgendaRules())
    await table.world.press(table.nora, "No more points")
    assert NN not in table.nora.last.text
    assert not await table.world.says(table.nora, asks_for_own, last=1)
    await table.world.press(table.nora, "Use this")
    assert await table.world.says(table.nora, asks_for_own, last=1)


async def test_G07_before_it_goes_out_time_and_agenda_stand_there_in_full_and_the_day_can_be_changed(table: Table) -> None:
    world, nora = table.world, table.nora
    await table.plans_by_hand()
    await world.write(nora, "Ferien")
    await world.press(nora, "No, all of them for all of it")
    await world.press(nora, nora.last.labels[0])
    await world.press(nora, nora.last.labels[1])
    day = table.at(30).astimezone(OSLO).date()
    assert await world.says(nora, Text("{day}", {"day": day}), last=1)
    shown = nora.last.text
    assert shown.index(f"– {NN}") < shown.index("– Ferien") < shown.index("– Når vi møtest igjen")
    await world.press(nora, "Change an answer", "Day")
    other = day + timedelta(days=7)
    await world.write(nora, other.strftime("%d.%m.%Y"))
    assert await world.says(nora, Text("{day}", {"day": other}), last=1)
    await world.press(nora, "Yes, this is right")
    (planned,) = await world.read(lambda tx: meetings.of_case(tx, FIRST))
    assert planned.proposals == (table.at(37),)


def texts(found: object) -> Iterator[Text]:
    if isinstance(found, Text):
        yield found
    elif isinstance(found, list | tuple):
        for each in found:
            yield from texts(each)
    elif is_dataclass(found):
        for field in fields(found):
            yield from texts(getattr(found, field.name))


def rendered(municipality: Municipality, found: object, language: Language) -> str:
    return "\n".join(municipality.catalogs.render(each, language) for each in texts(found))


async def test_F11_G16_I04_everybody_reads_it_in_their_own_form_also_when_the_profile_has_dropped_it(table: Table) -> None:
    world = table.world
    held = await Held.of(table, codes=("own_words", ALIKE, "next_meeting"))
    nora = await world.person(table.nora)
    await held.writes(points=(_decided(table, await table.look(table.nora, TheRunSheet(held.meeting))),), then=Then.SEND)

    async def everywhere(who: Chat, language: Language) -> None:
        mine, others = (NB, NN) if language is Language.NB else (NN, NB)
        person = await world.person(who)
        municipality = world.municipality
        paper, file = await world.read(
            lambda tx: (
                invitation_document.document(replace(table.around.context(tx), actor=person), held.meeting, leaves=False),
                invitation_document.calendar(replace(table.around.context(tx), actor=person), held.meeting),
            )
        )
        assert paper is not None
        assert file is not None
        minutes = await held.minutes()
        views = await table.look(who, TheMeeting(held.meeting)), await table.look(who, TheMinutes(held.meeting))
        assert minutes.points[0].code == ALIKE
        for found in (paper, *views):
            assert mine in rendered(municipality, found, language)
            assert others not in rendered(municipality, found, language)
        assert mine in file.text.replace("\r\n ", "")

    await everywhere(table.solveig, Language.NB)
    await everywhere(table.trond, Language.NN)
    assert nora == (await held.minutes()).writer
    world.starts_with(agenda=AgendaRules())
    await everywhere(table.solveig, Language.NB)
    await everywhere(table.trond, Language.NN)


def _decided(table: Table, sheet: object) -> Point:
    """The municipality's own point, taken over into the minutes from the run-sheet."""
    place, line = next((place, each) for place, each in enumerate(sheet.agenda) if each.code == ALIKE)  # type: ignore[attr-defined]
    assert table.world.municipality.catalogs.render(line.words, Language.NN) == NN
    return Point(place=place, code=line.code, title=line.title, outcome=Outcome.DECIDED, words="Ja.", local=line.local)


async def test_G19_a_point_that_the_profile_has_dropped_stays_when_the_agenda_is_changed(table: Table) -> None:
    meeting = await table.calls(table.at(31), codes=("own_words", ALIKE, "next_meeting"))
    table.world.starts_with(agenda=AgendaRules())
    view = await table.look(table.nora, TheMeeting(meeting))
    assert view is not None
    assert [code for code, _ in view.ready] == ["own_words", ALIKE, "next_meeting"]
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals", ALIKE, "next_meeting", "how_long"), lines=("Ferien",)))
    changed = await table.meeting(meeting)
    assert [each.code or each.words for each in changed.agenda] == ["goals", ALIKE, "Ferien", "next_meeting"], "and no new one it has not"
    assert table.world.municipality.catalogs.render(words_of(changed.agenda[1]), Language.NN) == NN
    assert all(code in LINES for code in ("goals", "next_meeting"))


async def test_a_meeting_from_before_there_were_points_of_ones_own_reads_as_before(table: Table) -> None:
    meeting = await table.calls(table.at(31), codes=("own_words", "goals"))

    def as_it_was(tx: Tx) -> None:
        field, owner = Field("meetings", "words", meeting), KeyOwner("case", FIRST)
        row = tx.one("SELECT words FROM meetings WHERE id = :id", id=meeting)
        assert row is not None
        told = json.loads(tx.open(field, owner, row["words"]))
        told["agenda"] = [{key: value for key, value in each.items() if key != "local"} for each in told["agenda"]]
        tx.execute("UPDATE meetings SET words = :words WHERE id = :id", words=tx.seal(field, owner, json.dumps(told)), id=meeting)

    await table.world.read(as_it_was)
    assert [words_of(each) for each in (await table.meeting(meeting)).agenda] == [LINES["own_words"], LINES["goals"]]


async def test_G19_by_hand_what_stands_there_can_stay_in_the_words_it_has(table: Table) -> None:
    await table.calls(table.at(31), codes=("own_words", ALIKE, "next_meeting"))
    table.world.starts_with(agenda=AgendaRules())
    nora, world = table.nora, table.world
    await world.press(nora, "Open the meeting", "Change it", "The agenda")
    assert any(NN in label for label in nora.last.labels)
    await world.press(nora, NN, "Done", "None of these", "No more points")
    (found,) = await world.read(lambda tx: meetings.of_case(tx, FIRST))
    assert [each.code for each in found.agenda] == [ALIKE]
