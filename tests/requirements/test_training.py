"""Training, guidance and gatherings of coordinators, in the real database.

Rows R01 to R11, R13.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.gatherings import AnswerGathering, GatheringReply
from bot.domain.ids import GatheringId
from bot.domain.refusal import Refused
from bot.domain.training import AskGuidance, GuidanceTopic, NeedHelp, NoteTraining, TrainingPart
from bot.engine.texts import Text, nt, t
from bot.profile import load_profile, shipped_profiles
from bot.services import due, guarantees
from bot.store import people, tasks, training
from conversations.lessons import LESSONS, PARTS
from tests.requirements.town import NILS, NORA, Town
from tests.requirements.walks import how_many, numbered, open_kinds, was_told
from tests.world import Chat, Message, World


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


@pytest.fixture
async def strict(world: World) -> Town:
    """The same town, where training comes before starting, as in Rana and Ås."""
    profile = world.municipality.profile
    municipality = replace(
        world.municipality, profile=replace(profile, appointment=replace(profile.appointment, training_before_start=True))
    )
    world.database.before_commit[-1] = guarantees.before_commit(municipality)
    return await Town.of(World(world.database, municipality, world.clock))


async def opens(town: Town, who: Chat, *labels: Text | str) -> Message:
    """From the desk, through the room in which it lies where there are many drawers."""
    await town.world.write(who, "/ansatt")
    if not await town.world.offers(who, labels[0]):
        await town.world.press(who, "Training and gatherings")
    return await town.world.press(who, *labels)


def line(place: int, name: str) -> Text:
    return t("{place}. {line}", place=place, line=name)


async def ticks(town: Town, *parts: TrainingPart) -> None:
    """Anne notes parts of Nora's training."""
    await opens(town, town.anne, "Training of coordinators", line(3, NORA), "Note training", *(PARTS[part] for part in parts), "Done")


async def test_R01_R02_six_parts_are_ticked_and_the_unit_need_not_arrange_training_any_more(strict: Town) -> None:
    town = strict
    await town.appointed()
    assert TaskKind.TRAINING in await open_kinds(town.world)
    assert await was_told(town.world, town.nora, "The coordinating unit arranges training for you before you start.")
    await ticks(town, *list(TrainingPart)[:5])
    nora = await town.world.person(town.nora)
    assert await town.world.read(lambda tx: people.trained(tx, nora)) is None
    assert TaskKind.TRAINING in await open_kinds(town.world)
    await ticks(town, TrainingPart.RESPONSIBILITY)
    assert await town.world.says(town.anne, "Noted. The training is complete.", last=1)
    assert TaskKind.TRAINING not in await open_kinds(town.world)
    taken = await town.world.read(lambda tx: training.taken(tx, nora))
    assert list(taken) == list(TrainingPart)
    assert set(taken.values()) == {date(2026, 3, 2)}
    assert await town.world.read(lambda tx: people.trained(tx, nora)) == date(2026, 3, 2)


async def test_R01_whoever_is_trained_gives_the_unit_nothing_to_arrange(strict: Town) -> None:
    town = strict
    await ticks(town, *TrainingPart)
    await town.appointed()
    assert not await was_told(town.world, town.nora, "The coordinating unit arranges training for you before you start.")
    assert TaskKind.TRAINING not in await open_kinds(town.world)


async def test_R02_only_the_unit_notes_training_and_only_of_a_coordinator(town: Town) -> None:
    nora, anne = await town.world.person(town.nora), await town.world.person(town.anne)
    for who, command in (
        (town.lars, NoteTraining(person=nora, parts=(TrainingPart.LAW,))),
        (town.nora, NoteTraining(person=nora, parts=(TrainingPart.LAW,))),
        (town.anne, NoteTraining(person=anne, parts=(TrainingPart.LAW,))),
    ):
        with pytest.raises(Refused):
            await town.does(who, command)
    assert await how_many(town.world, "training_parts") == 0


async def calls(town: Town, audience: str = "All coordinators", day: str = "20.3.2026") -> None:
    """Anne calls a gathering."""
    await opens(town, town.anne, "Gatherings of coordinators")
    if await town.world.offers(town.anne, "Call a new one"):
        await town.world.press(town.anne, "Call a new one")
    await town.world.press(town.anne, audience)
    for words in (day, "12.30", "Rådhuset, møterom 2", "Erfaringer med ansvarsgrupper"):
        await town.world.write(town.anne, words)
    await town.world.press(town.anne, "Yes, this is right")


async def replies(town: Town) -> dict[str, str | None]:
    rows = await town.rows("SELECT person, reply FROM gathering_people")
    names = {}
    for row in rows:
        names[await town.world.read(lambda tx, who=row["person"]: people.person(tx, who).name or "")] = row["reply"]  # type: ignore[misc]
    return names


async def test_R03_a_gathering_is_answered_in_one_press_and_the_answer_can_be_changed(town: Town) -> None:
    await calls(town)
    assert await town.world.says(town.anne, nt("{n} person is invited.", "{n} people are invited.", 3), last=1)
    assert await replies(town) == {NORA: None, NILS: None, "Kim Prøve": None}
    await town.world.press(town.nora, "I come")
    assert (await replies(town))[NORA] == "coming"
    await town.world.press(town.nora, "I take part by video")
    assert (await replies(town))[NORA] == "by_video"
    await town.world.press(town.nils, "I cannot come")
    shown = (await opens(town, town.anne, "Gatherings of coordinators", numbered("fredag 20. mars kl. 12.30"))).text
    assert await town.world.words(town.anne, t("Coming: {names}", names=[NORA])) in shown
    assert await town.world.words(town.anne, t("Cannot: {names}", names=[NILS])) in shown
    assert await town.world.words(town.anne, t("No answer yet: {names}", names=["Kim Prøve"])) in shown


async def test_R03_only_the_silent_are_asked_again_and_only_those_who_come_are_reminded(town: Town) -> None:
    world = town.world
    await calls(town)
    await world.press(town.nora, "I come")
    await world.press(town.nils, "I cannot come")
    await world.turn(timedelta(days=14))
    again, tomorrow = t("Do you come to the gathering? Please answer."), t("The gathering is tomorrow.")
    assert [await was_told(world, each, again) for each in (town.nora, town.nils, town.kim)] == [False, False, True]
    await world.turn(timedelta(days=4))
    assert [await was_told(world, each, tomorrow) for each in (town.nora, town.nils, town.kim)] == [True, False, False]


async def test_R03_off_is_told_to_all_but_those_who_had_said_no_and_nobody_is_reminded_of_it(town: Town) -> None:
    world = town.world
    await calls(town)
    await world.press(town.nils, "I cannot come")
    await opens(town, town.anne, "Gatherings of coordinators", numbered("fredag 20. mars kl. 12.30"), "Call it off")
    off = await world.words(
        town.nora, t("The gathering {time} is off.", time=(await world.read(lambda tx: tx.now)).replace(day=20, hour=11, minute=30))
    )
    assert [off in each.text() for each in (town.nora, town.nils, town.kim)] == [True, False, True]
    await world.turn(timedelta(days=20))
    assert not await was_told(world, town.nora, "The gathering is tomorrow.")
    with pytest.raises(Refused):
        await town.does(town.nora, AnswerGathering(gathering=GatheringId(1), reply=GatheringReply.COMING))


async def test_R03_two_a_year_are_brought_to_mind_until_they_are_called(town: Town) -> None:
    world = town.world
    await world.read(lambda tx: due.of_unit(tx, world.municipality))
    await world.turn(timedelta(days=180))
    assert TaskKind.PLAN_GATHERING in await open_kinds(world)
    assert await was_told(world, town.anne, "It is time to plan a gathering for coordinators.")
    await calls(town, day="20.9.2026")
    assert TaskKind.PLAN_GATHERING not in await open_kinds(world)
    assert all(load_profile(name).meetings.gatherings_a_year == 2 for name in shipped_profiles())


async def test_R04_everybody_known_can_be_called_across_departments_and_services(town: Town) -> None:
    nav = await town.world.staff("Siri Prøve", Role.REPORTER, department="nav")
    await calls(town, audience="Coordinators and leaders")
    assert "Siri Prøve" not in await replies(town)
    assert "Lars Prøve" in await replies(town)
    await calls(town, audience="Everybody known at work", day="27.3.2026")
    assert "Siri Prøve" in await replies(town)
    await town.world.press(nav, "I come")
    assert (await replies(town))["Siri Prøve"] == "coming"
    departments = {row["department"] for row in await town.rows("SELECT department FROM roles JOIN gathering_people USING (person)")}
    assert {"hjemmetjenesten", "fysio_ergo", "nav"} <= departments


async def test_R03_R04_whoever_is_not_asked_cannot_answer(town: Town) -> None:
    await calls(town)
    with pytest.raises(Refused):
        await town.does(town.lars, AnswerGathering(gathering=GatheringId(1), reply=GatheringReply.COMING))


async def test_R05_a_need_for_guidance_comes_to_the_unit_and_is_answered(town: Town) -> None:
    world = town.world
    await opens(town, town.nora, "Training and help", "Ask for guidance", "My role")
    await world.write(town.nora, "Hvordan får jeg skolen med?")
    found = [each for each in await world.read(tasks.open_tasks) if each.kind is TaskKind.COORDINATOR_HELP]
    assert [(each.words, each.due_on) for each in found] == [(NORA, date(2026, 3, 4))]
    await world.press(town.anne, "Read and answer")
    assert "Hvordan får jeg skolen med?" in town.anne.last.text
    await world.press(town.anne, "Write an answer")
    await world.write(town.anne, "Ring rektor, jeg blir med.")
    await world.press(town.anne, "Yes, this is right")
    assert "Ring rektor, jeg blir med." in town.nora.text()
    assert TaskKind.COORDINATOR_HELP not in await open_kinds(world)


async def test_R05_one_question_waits_at_a_time(town: Town) -> None:
    for _ in range(2):
        await town.does(town.nora, AskGuidance(topic=GuidanceTopic.TOOL, words="Hvor er planen?"))
    assert await how_many(town.world, "inquiries") == 1


@pytest.mark.parametrize("part", list(TrainingPart))
async def test_R06_each_part_can_be_read_in_a_minute(town: Town, part: TrainingPart) -> None:
    shown = (await opens(town, town.nora, "Training and help", "Learn something in a minute", PARTS[part])).text
    words = await town.world.words(town.nora, LESSONS[part])
    assert words in shown
    assert len(words.split()) <= 130, "more than a minute at 130 words"


async def test_R07_coordinators_at_work_are_asked_each_month_and_one_press_is_enough(town: Town) -> None:
    world = town.world
    await town.appointed()
    await world.read(lambda tx: due.of_unit(tx, world.municipality))
    await world.turn(timedelta(days=31))
    question = "Do you need help with this work? We gladly help you."
    assert [await was_told(world, each, question) for each in (town.nora, town.nils)] == [True, False]
    await world.press(town.nora, "Yes, phone me")
    assert TaskKind.COORDINATOR_HELP in await open_kinds(world)
    before = len(town.nora.messages)
    await world.read(lambda tx: due.of_unit(tx, world.municipality))
    await world.turn(timedelta(days=31))
    later = [each.text for each in town.nora.messages[before:]]
    assert await world.words(town.nora, question) not in later, "who waits for an answer is not asked again"


async def test_R07_a_no_is_not_kept(town: Town) -> None:
    await town.appointed()
    rows = await how_many(town.world, "audit")
    await town.does(town.nora, NeedHelp(yes=False, month="2026-04"))
    assert (await how_many(town.world, "inquiries"), await how_many(town.world, "audit")) == (0, rows)


async def test_R08_a_leader_sees_the_training_of_their_own_and_changes_nothing(town: Town) -> None:
    await ticks(town, TrainingPart.LAW)
    shown = (await opens(town, town.lars, "Training of coordinators")).text
    assert await town.world.words(town.lars, t("{name}: {n} of {all} parts", name=NORA, n=1, all=6)) in shown
    assert "Kim Prøve" not in shown
    last = await town.world.press(town.lars, line(2, NORA))
    assert await town.world.words(town.lars, PARTS[TrainingPart.LAW]) in last.text
    assert not await town.world.offers(town.lars, "Note training")


async def help_with_tool(town: Town, who: Chat) -> str:
    return (await opens(town, who, "Training and help", "Who helps with the planning tool?")).text


async def test_R09_the_one_who_helps_with_the_tool_is_named(town: Town) -> None:
    assert await town.world.words(town.nora, "The coordinating unit helps you with the planning tool.") in await help_with_tool(
        town, town.nora
    )
    await opens(town, town.anne, "Training of coordinators", line(2, NILS), "Helps others with the planning tool", "Hjemmetjenesten")
    named = t("{name} helps you with the planning tool.", name=NILS)
    assert await town.world.words(town.nora, named) in await help_with_tool(town, town.nora)
    assert NILS not in await help_with_tool(town, town.kim), "another department"
    await opens(town, town.anne, "Training of coordinators", line(2, NILS), "Helps others with the planning tool", "In all departments")
    assert NILS in await help_with_tool(town, town.kim)
    await town.appointed()
    assert await was_told(town.world, town.nora, named), "in what a new coordinator is told first"


@pytest.mark.parametrize("name", shipped_profiles())
def test_R11_every_municipality_links_to_handbook_and_guidelines_with_the_version_where_there_is_one(name: str) -> None:
    guides = load_profile(name).guides
    assert len(guides) >= 2
    assert all(each.url.startswith("https://") for each in guides)
    assert {each.version for each in load_profile("lund").guides} == {"2022-08", None}


async def test_R11_they_are_read_in_the_chat(town: Town) -> None:
    shown = (await opens(town, town.nora, "Training and help", "Courses and handbooks")).text
    for each in town.world.municipality.profile.guides:
        assert each.url in shown
    assert (
        await town.world.words(town.nora, t("{name}, version {version}", name="Solviks håndbok for koordinatorer", version="2026-01"))
        in shown
    )


async def test_R13_the_welcome_tells_what_one_gains(town: Town) -> None:
    await town.appointed()
    words = t(
        "Thank you! You are the coordinator for {initials}. "
        "You will get to know people and services well. That is useful all your working life.",
        initials="KP",
    )
    assert await was_told(town.world, town.nora, words)


async def test_A15_C17_what_is_due_this_morning_is_not_lost_before_the_morning_has_come(world: World) -> None:
    await world.read(lambda tx: due.of_unit(tx, world.municipality))
    for _ in range(24 * 7 + 5):
        world.clock.turn(timedelta(hours=1))
        await world.read(lambda tx: due.of_unit(tx, world.municipality))
        await world.tick()
    found = [each for each in await world.read(tasks.open_tasks) if each.kind is TaskKind.WEEKLY_SERVICES]
    assert [each.due_on for each in found] == [date(2026, 3, 9)]
