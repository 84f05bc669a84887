"""Ways in without the chat, and what the unit sees to later: own decisions, paper, long-term groups, siblings.

Rows A06, A09, A10, B16 to B18.
"""

from datetime import date, timedelta

import pytest

from bot.domain.cases import CaseState, Source, TaskKind, Wanted
from bot.engine.texts import Language, t
from bot.profile import load_profile, shipped_profiles
from bot.store import talks, tasks
from tests.requirements.town import Town
from tests.requirements.walks import (
    FIRST,
    NUMBER,
    grant,
    how_many,
    open_case,
    open_kinds,
    the_case,
    told,
    unit,
)
from tests.world import Chat, World


async def days(world: World, count: int) -> None:
    await world.turn(timedelta(days=count))


async def test_B16_a_department_that_coordinates_itself_reports_it_in_half_a_minute(world: World) -> None:
    town = await Town.of(world)
    await world.write(town.lars, "/ansatt")
    await world.press(town.lars, "Report our own decision", "Yes")
    await world.write(town.lars, "Ola Prøve")
    await world.press(
        town.lars, "18 to 66", "A coordinator and an individual plan", "Yes, choose a name", "Nora Prøve", "Yes, this is right"
    )
    case = await the_case(world)
    assert (case.source, case.state, case.wanted) == (Source.DEPARTMENT, CaseState.APPOINTING, Wanted.BOTH)
    department = world.municipality.profile.department("hjemmetjenesten")
    assert department is not None
    registered = t(
        "{department} has decided to coordinate by itself. It is registered as case {number}.", department=department.name, number=NUMBER
    )
    assert await world.says(town.anne, registered, last=1)
    assert TaskKind.APPOINT in await open_kinds(world)
    await town.accepts(town.nora)
    assert (await the_case(world)).state is CaseState.ACTIVE


async def test_B16_without_the_persons_yes_nothing_is_reported(world: World) -> None:
    town = await Town.of(world)
    await world.write(town.lars, "/tilsett")
    await world.press(town.lars, "Report our own decision", "No")
    assert await how_many(world, "cases") == 0


async def by_hand(world: World, ke: Chat, source: str) -> None:
    """The unit enters an application from somebody without a chat."""
    await world.write(ke, "/ansatt")
    await world.press(ke, "Register a new case", source, "The one who got in touch")
    await world.write(ke, "Ragnhild Prøve")
    await world.press(ke, "By phone")
    await world.write(ke, "55123456")
    await world.press(ke, "67 or older", "A coordinator", "I don't remember", "I don't know", "Not told", "Not told", "Not told")
    await world.press(ke, "None of these", "Nynorsk", "Yes, this is right")


@pytest.mark.parametrize(
    ("pressed", "source"),
    [("By phone", Source.PHONE), ("On paper", Source.PAPER), ("By a visit", Source.VISIT), ("From a department", Source.DEPARTMENT)],
)
async def test_B17_A06_paper_is_equal_the_unit_enters_it(world: World, pressed: str, source: Source) -> None:
    ke = await unit(world)
    await by_hand(world, ke, pressed)
    case = await the_case(world)
    assert (case.source, case.state, case.language, case.answer_by) == (source, CaseState.RECEIVED, Language.NN, date(2026, 4, 2))
    assert await open_kinds(world) == [TaskKind.CLARIFY]
    assert (await told(world)).reach_details == "+4755123456"


async def test_B18_the_unit_takes_every_step_by_hand_for_somebody_without_a_chat(world: World) -> None:
    town = await Town.of(world)
    ke = town.anne
    await by_hand(world, ke, "On paper")
    await open_case(world, ke)
    await world.press(ke, "The first talk", "Note a time we agreed", "By phone")
    await world.write(ke, "4.3.2026")
    await world.write(ke, "10.00")
    assert TaskKind.REACH_BY_PHONE in await open_kinds(world)
    await days(world, 3)
    await open_case(world, ke)
    await world.press(ke, "The first talk", "Note that it was held", "No note")
    await grant(world, ke)
    await town.asks("Nora Prøve")
    await open_case(world, ke)
    await world.press(ke, "Note something by phone", "An answer to our question", "Yes")
    await open_case(world, ke)
    await world.press(ke, "Note something by phone", "An answer to our question", "Yes")
    assert (await the_case(world)).state is CaseState.ACTIVE
    await open_case(world, ke)
    await world.press(ke, "First steps and lists", "Contact and start-up talk", "I have been in touch", "At home", "Later")
    assert len(await world.read(lambda tx: talks.contacts(tx, FIRST))) == 1
    # What would have been told in a chat is a task with the words to say and the number to phone.
    words = "\n".join(task.words for task in await world.read(tasks.open_tasks) if task.kind is TaskKind.REACH_BY_PHONE)
    assert "Ragnhild Prøve\n55 12 34 56\n" in words
    told_name = await world.read(
        lambda tx: world.municipality.words(
            t("{name} is the coordinator in case {number}.", name="Nora Prøve", number=NUMBER), Language.NN, tx.now
        )
    )
    assert told_name in words


async def test_A09_a_group_that_lasts_half_a_year_is_offered_a_coordinator_and_a_plan(world: World) -> None:
    town = await Town.of(world)
    await town.applied(coordinator="No", plan="No", group="Yes")
    await town.granted(granted="Only a responsibility group")
    await town.asks(step="2. The service most involved")
    await town.leader_agrees()
    await town.accepts(town.nora)
    await open_case(world, town.anne)
    await world.press(town.anne, "First steps and lists", "Contact and start-up talk", "I have been in touch", "At home", "Later")
    offer = t("The group in case {number} has become long-term. Please offer a coordinator and a plan.", number=NUMBER)
    await days(world, 181)
    assert not await world.says(town.nora, offer)
    await days(world, 6)
    assert await world.says(town.nora, offer)
    assert await world.says(town.anne, offer)
    assert (await open_kinds(world)).count(TaskKind.GROUP_OFFER) == 1


async def test_A09_a_case_with_a_coordinator_is_not_a_group_without_one(world: World) -> None:
    town = await Town.of(world)
    await town.appointed()
    await days(world, 200)
    assert TaskKind.GROUP_OFFER not in await open_kinds(world)


async def test_A10_children_and_siblings_are_asked_about_in_the_first_week(world: World) -> None:
    town = await Town.of(world)
    await town.appointed()
    siblings = next(item for item in world.municipality.profile.checklists.first_week if item.id == "siblings")
    await world.press(town.nora, "My first week")
    assert siblings.words.nb in town.nora.last.text
    label = next(label for label in town.nora.last.labels if siblings.words.nb.startswith(label.removeprefix("☐ ").removesuffix("…")))
    await world.press_data(town.nora, world.button(town.nora, label))
    await world.press(town.nora, "Done")
    assert "siblings" in await world.read(lambda tx: tasks.ticks(tx, FIRST, "coordinator"))


@pytest.mark.parametrize("name", shipped_profiles())
def test_A10_every_municipality_asks_about_children_and_siblings(name: str) -> None:
    assert "siblings" in {item.id for item in load_profile(name).checklists.first_week}
