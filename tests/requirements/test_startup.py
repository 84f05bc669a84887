"""The start-up talk: its points, how it ends, and how they work together.

Here: rows D03 to D09, D14, D15, D18 and K13. Not here: telling partners (`test_introductions`), quiet cases and hours
(`test_availability`).
"""

from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TalkKind
from bot.domain.commands import HoldTalk
from bot.domain.consent import SharingState
from bot.domain.member_tasks import MemberTaskState
from bot.domain.refusal import Refused
from bot.domain.startup import COORDINATORS, Point, Way
from bot.domain.startup_commands import ChooseWay, FinishStartup, StartupView, TheStartup, WritePoint
from bot.domain.startup_words import DOES, WAYS, YOU_DO
from bot.engine.texts import t
from bot.services import queries
from bot.services.municipality import Context
from bot.store import cases, member_tasks, startups
from bot.store.database import Tx
from conversations.startup_words import ASKED, NO_CONSENT
from tests.requirements.standing_walks import is_parent
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, NUMBER, newcomer
from tests.world import Chat, World

SKIP = "Skip this"


@pytest.fixture
async def town(world: World) -> Town:
    """Nora has just said yes; the person has written what is important in the application."""
    town = await Town.of(world)
    await town.appointed(need="Ro heime.", important="At eg får sove.")
    return town


async def view(town: Town, who: Chat) -> StartupView | None:
    person = await town.world.person(who)

    def look(tx: Tx) -> StartupView | None:
        found = queries.look(Context(tx=tx, municipality=town.world.municipality, actor=person), TheStartup(FIRST))
        assert found is None or isinstance(found, StartupView)
        return found

    return await town.world.read(look)


async def guide(town: Town, *presses: str) -> None:
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for", "KP, sak 1001", "First steps and lists", "The points of the talk", *presses)


async def test_D03_every_point_of_the_mapping_is_asked_and_kept_at_once(town: Town) -> None:
    await guide(town, "Go through the points")
    for number, point in enumerate(COORDINATORS):
        assert await town.world.says(town.nora, ASKED[point], last=2)
        await town.world.write(town.nora, f"Ord {number}")
        kept = await town.world.read(lambda tx: {each.point: each.words for each in startups.points(tx, FIRST)})
        assert kept[point] == f"Ord {number}"
    assert {Point.SITUATION, Point.RESOURCES, Point.GOALS, Point.NEEDS} <= set(kept)


async def test_D03_the_talk_is_broken_off_and_taken_up_where_it_was(town: Town) -> None:
    await guide(town, "Go through the points")
    await town.world.write(town.nora, "Bur aleine.")
    await town.world.write(town.nora, "/avbryt")
    assert await town.world.says(town.nora, "Stopped. What you had saved is kept.", last=1), "and not that nothing was sent"
    await guide(town)
    assert await town.world.says(town.nora, "Bur aleine."), "what was noted is shown"
    await town.world.press(town.nora, "Go through the points")
    assert await town.world.says(town.nora, ASKED[Point.RESOURCES], last=1), "and the next point is asked, not the first"
    await town.world.press(town.nora, *[SKIP] * (len(COORDINATORS) - 1), "Write one point anew", "How it is now")
    await town.world.write(town.nora, "Bur saman med ein ven.")
    points = await town.world.read(lambda tx: startups.points(tx, FIRST))
    assert [each.words for each in points] == ["Bur saman med ein ven."], "a point has one text"


async def test_D03_a_point_of_the_coordinators_has_one_text_whoever_writes_it(town: Town) -> None:
    await town.does(town.anne, WritePoint(case=FIRST, point=Point.GOALS, words="Etter telefonen."))
    await town.does(town.nora, WritePoint(case=FIRST, point=Point.GOALS, words="Etter samtalen."))
    assert [each.words for each in await town.world.read(lambda tx: startups.points(tx, FIRST))] == ["Etter samtalen."]


async def test_D04_the_guide_says_first_that_without_consent_nobody_is_contacted(town: Town) -> None:
    await guide(town)
    assert await town.world.says(town.nora, NO_CONSENT)
    assert (found := await view(town, town.nora)) is not None
    assert found.sharing is SharingState.NOT_ASKED
    await town.world.press(town.nora, "Tell those around")
    assert await town.world.says(town.nora, "Do you want to ask for consent now?", last=1)


async def test_D05_who_makes_contact_next_and_when_becomes_a_dated_task(town: Town) -> None:
    await town.world.press(town.nora, "First contact", "The start-up talk was held", "We have agreed on a day")
    await town.world.press(town.nora, NORA)
    day = (town.world.clock.now() + timedelta(days=6)).date()
    await town.world.write(town.nora, f"{day:%d.%m.%Y}")
    await town.world.write(town.nora, "Ringe skulen om skyss.")
    (task,) = await town.world.read(lambda tx: member_tasks.of_case(tx, FIRST))
    assert (task.owner, task.due_on, task.words) == (await town.world.person(town.nora), day, "Ringe skulen om skyss.")
    assert task.state is MemberTaskState.OPEN
    (applicant,) = town.applicants
    assert await town.world.says(applicant, t("Next: {name} makes contact by {day}.", name=NORA, day=day))


async def test_D05_D06_expectations_both_ways_and_who_does_what_are_points(town: Town) -> None:
    assert {Point.OF_ME, Point.TOGETHER, Point.WHO_DOES} <= set(COORDINATORS)
    (applicant,) = town.applicants
    person = await town.world.person(applicant)
    await town.does(applicant, WritePoint(case=FIRST, point=Point.HOPES, words="At du ringer før du kjem."))
    await guide(town)
    assert await town.world.says(town.nora, "At du ringer før du kjem.")
    assert "If not, who can?" in ASKED[Point.OF_ME].msgid
    assert [each.person for each in await town.world.read(lambda tx: startups.points(tx, FIRST))] == [person]


async def test_D07_the_person_reads_what_a_coordinator_does_in_their_own_language(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    told = await town.world.words(applicant, DOES)
    assert any(told in message.text for message in applicant.messages)
    assert "koordinatoren din" in told.lower(), "in Nynorsk"
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    assert sum(told in message.text for message in applicant.messages) == 1, "once"


async def test_D07_what_the_coordinator_cannot_do_is_said_too(town: Town) -> None:
    await guide(town, "What a coordinator does")
    assert await town.world.says(town.nora, YOU_DO), "said to the coordinator, not as if to the person"
    assert await town.world.says(town.nora, "You cannot give services, and you do not do the others' work.")
    assert Point.MY_LIMITS in COORDINATORS


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"why_not": "   "},
        {"next_on": "tomorrow"},
        {"next_on": "tomorrow", "owner": "nora", "words": " "},
        {"next_on": "yesterday", "owner": "nora", "words": "Ringe."},
    ],
)
async def test_D08_a_talk_does_not_end_without_a_day_or_a_spoken_not_now(town: Town, said: dict[str, str]) -> None:
    nora, today = await town.world.person(town.nora), town.world.clock.now().date()
    days = {"tomorrow": today + timedelta(days=1), "yesterday": today - timedelta(days=1)}
    command = FinishStartup(
        case=FIRST,
        next_on=days[said["next_on"]] if "next_on" in said else None,
        owner=nora if "owner" in said else None,
        words=said.get("words"),
        why_not=said.get("why_not"),
    )
    with pytest.raises(Refused):
        await town.does(town.nora, command)
    with pytest.raises(Refused):
        await town.does(town.nora, HoldTalk(case=FIRST, kind=TalkKind.STARTUP, note="Vi snakka."))
    assert not await town.rows("SELECT * FROM talks WHERE kind = 'startup'")
    assert not await town.rows("SELECT * FROM startup_ends")


async def test_D08_not_now_is_said_with_why(town: Town) -> None:
    await town.world.press(town.nora, "First contact", "The start-up talk was held", "Not now")
    await town.world.write(town.nora, "Ho vil tenkje seg om.")
    end = await town.world.read(lambda tx: startups.last_end(tx, FIRST))
    assert end is not None
    assert (end.next_on, end.why_not) == (None, "Ho vil tenkje seg om.")
    assert await town.rows("SELECT * FROM talks WHERE kind = 'startup' AND state = 'held'")
    assert not await town.world.read(lambda tx: member_tasks.of_case(tx, FIRST))


async def test_D09_what_matters_most_stands_first_in_front_of_the_coordinator(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.write(applicant, "/sak")
    await town.world.press(applicant, "My plan and my wishes", "What matters to me", "What matters most to me")
    await town.world.write(applicant, "Å kome tilbake til koret.")
    assert await town.world.says(town.nora, t("Case {number}: the person has written to you.", number=NUMBER))
    await guide(town)
    shown = await town.world.words(town.nora, t("What is important: «{words}»", words="At eg får sove."))
    assert any(shown in message.text and "Å kome tilbake til koret." in message.text for message in town.nora.messages)


async def test_D09_nobody_else_reads_what_one_of_the_persons_side_wrote(town: Town) -> None:
    (applicant,) = town.applicants
    guardian = await newcomer(town.world)
    person = await town.world.person(guardian)
    await town.world.read(lambda tx: cases.add_party(tx, FIRST, person, Role.GUARDIAN))
    await is_parent(town, guardian, Role.GUARDIAN)
    await town.does(applicant, WritePoint(case=FIRST, point=Point.MATTERS, words="Mitt eige."))
    await town.does(guardian, WritePoint(case=FIRST, point=Point.MATTERS, words="Verja sitt."))
    for who, words in ((applicant, ["Mitt eige."]), (guardian, ["Verja sitt."]), (town.nora, ["Mitt eige.", "Verja sitt."])):
        found = await view(town, who)
        assert found is not None
        assert [each.words for each in found.points] == words
    assert await view(town, town.lars) is None, "a leader does not"


async def test_D03_D09_each_side_writes_its_own_points(town: Town) -> None:
    (applicant,) = town.applicants
    with pytest.raises(Refused):
        await town.does(applicant, WritePoint(case=FIRST, point=Point.GOALS, words="Eg"))
    with pytest.raises(Refused):
        await town.does(town.nora, WritePoint(case=FIRST, point=Point.MATTERS, words="Eg"))
    with pytest.raises(Refused):
        await town.does(town.lars, WritePoint(case=FIRST, point=Point.GOALS, words="Eg"))
    with pytest.raises(Refused):
        await town.does(town.nora, WritePoint(case=FIRST, point=Point.GOALS, words="  "))
    assert not await town.world.read(lambda tx: startups.points(tx, FIRST))


async def test_D14_D15_plan_minutes_or_simple_cooperation_chosen_by_either_and_changed(town: Town) -> None:
    (applicant,) = town.applicants
    await guide(town, "Plan or minutes", "An individual plan")
    assert await town.world.says(applicant, t("Case {number}: this is how you work together now: {way}", number=NUMBER, way=WAYS[Way.PLAN]))
    await town.world.press(applicant, "Change it", "Short messages, no plan yet")
    await town.world.write(applicant, "Vi sender meldingar kvar fredag.")
    assert await town.world.says(town.nora, "Vi sender meldingar kvar fredag.")
    way = await town.world.read(lambda tx: startups.way(tx, FIRST))
    assert way is not None
    assert (way.way, way.words) == (Way.SIMPLE, "Vi sender meldingar kvar fredag.")
    assert [row["way"] for row in await town.rows("SELECT way FROM ways_of_working ORDER BY id")] == ["plan", "simple"], "what was, stays"


@pytest.mark.parametrize("way", [Way.MINUTES, Way.SIMPLE])
async def test_K13_without_a_plan_the_way_of_working_is_agreed_in_words(town: Town, way: Way) -> None:
    with pytest.raises(Refused):
        await town.does(town.nora, ChooseWay(case=FIRST, way=way, words=" "))
    assert await town.world.read(lambda tx: startups.way(tx, FIRST)) is None
    await town.does(town.nora, ChooseWay(case=FIRST, way=way, words="Møte kvar månad, Nora skriv."))
    (applicant,) = town.applicants
    await town.world.deliver()
    assert await town.world.says(applicant, "Møte kvar månad, Nora skriv.")


async def test_D18_one_presents_oneself_with_help_if_wanted(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    await town.world.press(applicant, "Write what matters to me", "About me", "I want help with it")
    assert await town.world.says(town.nora, t("Case {number}: the person wants help to write about themselves.", number=NUMBER))
    await town.world.write(applicant, "/viktig")
    await town.world.press(applicant, "About me", "I write it")
    await town.world.write(applicant, "Eg er Kari. Eg likar å synge.")
    await guide(town)
    assert await town.world.says(town.nora, "Eg er Kari. Eg likar å synge.")


async def test_the_words_are_sealed(town: Town) -> None:
    (applicant,) = town.applicants
    await town.does(applicant, WritePoint(case=FIRST, point=Point.MATTERS, words="Løyndom."))
    await town.does(town.nora, ChooseWay(case=FIRST, way=Way.MINUTES, words="Løyndom."))
    await town.does(town.nora, FinishStartup(case=FIRST, why_not="Løyndom."))
    for table, column in (("startup_points", "words"), ("ways_of_working", "words"), ("startup_ends", "why_not")):
        (row,) = await town.rows(f"SELECT {column} AS said FROM {table}")  # noqa: S608
        assert isinstance(row["said"], bytes)
        assert "Løyndom".encode() not in row["said"]
