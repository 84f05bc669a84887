"""What happens right after a yes: copies, lists, the first contact and the first talk.

Here: rows C14 to C16, C23, D01, D02 and S02. Not here: what the clock does when nothing happens (`test_clock`).
"""

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.domain.cases import Place, TalkKind, TalkState, TaskKind
from bot.domain.commands import FinishTask, PickTime, ProposeTalk, RecordContact, Tick
from bot.domain.ids import PersonId, TalkId, TaskId
from bot.domain.one_press import ChoosePlace
from bot.domain.queries import MyCases
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.texts import Language, t
from bot.services import queries
from bot.services.municipality import Context
from bot.store import notices, talks, tasks
from bot.store.talks import Talk
from conversations.cards import FAQ
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, NUMBER, open_case
from tests.world import Chat, World


@pytest.fixture
async def town(world: World) -> Town:
    """Nora has just said yes."""
    town = await Town.of(world)
    await town.appointed()
    return town


def _items(town: Town, checklist: str, language: Language) -> list[str]:
    lists = town.world.municipality.profile.checklists
    items = lists.after_appointment if checklist == "ke" else lists.first_week
    return [item.words.in_language(language) for item in items]


async def ticks(town: Town, checklist: str) -> dict[str, PersonId]:
    rows = await town.rows("SELECT item, person FROM ticks WHERE case_id = 1 AND checklist = :list", list=checklist)
    return {row["item"]: row["person"] for row in rows}


async def talk_of(town: Town, kind: TalkKind = TalkKind.STARTUP) -> Talk:
    return (await town.world.read(lambda tx: [each for each in talks.of_case(tx, FIRST) if each.kind is kind]))[-1]


async def test_C14_the_coordinator_gets_a_copy_of_the_decision(town: Town) -> None:
    copy = t("Copy of the decision of {day}, by {name}:", day=town.world.clock.now().date(), name="Anne Prøve")
    assert await town.world.says(town.nora, copy)
    assert await town.world.says(town.nora, "The person gets a coordinator.")
    assert not await town.world.says(town.lars, copy), "the leader does not"


async def test_C14_the_reason_is_in_the_copy(world: World) -> None:
    town = await Town.of(world)
    await town.applied()
    await open_case(world, town.anne)
    await world.press(town.anne, "Decide", "Grant in part", "A coordinator and an individual plan")
    await world.write(town.anne, "Du har tre tjenester nå.")
    await world.press(town.anne, "Yes, this is right")
    await town.asks()
    await town.leader_agrees()
    await town.accepts(town.nora)
    assert await world.says(town.nora, t("The reason is: {reason}", reason="Du har tre tjenester nå."))


async def test_C15_the_yes_itself_tells_the_unit(town: Town) -> None:
    for chat in (town.anne, town.berit):
        assert await town.world.says(chat, t("{name} has said yes and is the coordinator in case {number}.", name=NORA, number=NUMBER))
    assert await ticks(town, "coordinator") == {"unit_knows": await town.world.person(town.nora)}, "so nobody has to tell it again"


async def test_C16_the_unit_ticks_the_tool_and_the_register_with_the_date(town: Town) -> None:
    assert TaskKind.TOOL in await town.to_do()
    await town.world.press(town.anne, "Open the checklist")
    items = _items(town, "ke", Language.NB)
    shown = town.anne.last
    assert all(item in shown.text for item in items)
    boxes = [label for label in shown.labels if label.startswith("☐ ")]
    await town.world.press(town.anne, boxes[0], "Done")
    assert TaskKind.TOOL in await town.to_do(), "not all is done"
    day = town.world.clock.now().date()
    await town.world.press(town.anne, "Open the checklist")
    assert await town.world.says(town.anne, t("✓ {item} ({day})", item=items[0], day=day), last=1)
    for label in boxes[1:]:
        await town.world.press(town.anne, label)
    await town.world.press(town.anne, "Done")
    assert TaskKind.TOOL not in await town.to_do()
    with pytest.raises(Refused):
        await town.does(town.nora, Tick(case=FIRST, checklist="ke", item="registered"))


async def test_C23_the_coordinator_gets_the_three_duties_and_a_list_for_the_first_week(town: Town) -> None:
    duties = "You have three main duties. Follow up the person. Make the services work together. Keep the plan moving."
    assert await town.world.says(town.nora, duties)
    await town.world.press(town.nora, "My first week")
    assert all(item in town.nora.last.text for item in _items(town, "coordinator", Language.NB))
    ticked = next(label for label in town.nora.last.labels if label.startswith("☐ ") and "leder" in label)
    await town.world.press(town.nora, ticked, "Done")
    assert set(await ticks(town, "coordinator")) == {"unit_knows", "talk_to_leader"}


async def test_C23_B18_one_who_said_yes_on_the_phone_gets_the_duties_in_the_chat(world: World) -> None:
    town = await Town.of(world)
    await town.applied()
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await town.looks_for()
    await world.press(town.anne, "Note an answer by phone", "Yes")
    assert await world.says(town.nora, "You have three main tasks: to follow up, to coordinate, and to see that things move on.", last=1)
    assert await world.offers(town.nora, "First contact")
    assert await world.offers(town.nora, "My first week")


async def test_D01_the_person_chooses_the_place_and_the_coordinator_sees_it(town: Town) -> None:
    (applicant,) = town.applicants
    assert [await town.world.offers(applicant, each) for each in ("At home", "At our office", "Another place")] == [True, True, True]
    await town.world.press(applicant, "At home")
    assert all(not message.rows for message in applicant.messages[-1:]), "what has been answered has no buttons any more"
    would = t("Case {number}: the person would like to meet {where}.", number=NUMBER, where=t("at the person's home"))
    assert await town.world.says(town.nora, would, last=1)
    await town.world.press(town.nora, "First contact")
    assert await town.world.says(town.nora, t("The person would like to meet: {place}", place=t("At home")), last=1)
    with pytest.raises(Refused):
        await town.does(town.lars, ChoosePlace(case=FIRST, place=Place.OFFICE))


async def offered(town: Town, applicant: Chat) -> Counter[object]:
    """What the person's messages offer on the page: commands and conversations."""
    person = await town.world.person(applicant)
    told = await town.world.read(lambda tx: notices.of(tx, person))
    return Counter(each.meaning.get("act", each.meaning.get("begin")) for notice in told for each in notice.actions)


async def test_D01_D02_the_page_asks_no_more_for_a_place_or_a_time_that_is_agreed(town: Town) -> None:
    (applicant,) = town.applicants
    before = await offered(town, applicant)
    assert before["ChoosePlace"] == 3
    times = (town.world.clock.now() + timedelta(days=1), town.world.clock.now() + timedelta(days=2))
    talk = await town.does(town.nora, ProposeTalk(case=FIRST, kind=TalkKind.STARTUP, place=Place.HOME, times=times))
    assert (await offered(town, applicant))["PickTime"] == 2
    assert isinstance(talk, int)
    await town.does(applicant, PickTime(talk=TalkId(talk), choice=0))
    after = await offered(town, applicant)
    assert (after["ChoosePlace"], after["PickTime"]) == (0, 0)
    assert after["my_case"] == before["my_case"], "what else the message offered stays"


async def test_D01_the_page_asks_no_more_for_a_place_once_they_have_been_in_touch(town: Town) -> None:
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    assert (await offered(town, town.applicants[0]))["ChoosePlace"] == 0


async def test_D01_the_list_of_cases_has_the_coordinators_own_day_and_none_of_the_units(town: Town) -> None:
    person = await town.world.person(town.nora)

    async def due() -> date | None:
        (found,) = await town.world.read(
            lambda tx: queries.my_cases(Context(tx=tx, municipality=town.world.municipality, actor=person), MyCases())
        )
        return found.due

    days = town.world.municipality.profile.deadlines.contact_days
    assert await due() == (town.world.clock.now().astimezone(OSLO) + timedelta(days=days)).date()
    assert await town.to_do(), "the unit has something to do, sooner"
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    assert await due() is None


async def test_D01_contact_made_is_noted_and_ticked(town: Town) -> None:
    await town.world.press(town.nora, "First contact", "I have been in touch", "At home", "Later")
    rows = await town.rows("SELECT place FROM contacts WHERE case_id = 1")
    assert [row["place"] for row in rows] == [Place.HOME]
    assert "contact" in await ticks(town, "coordinator")
    with pytest.raises(Refused):
        await town.does(town.nils, RecordContact(case=FIRST, place=Place.HOME))


async def test_D01_the_person_reads_by_when_and_is_told_plainly_when_it_is_late(town: Town) -> None:
    (applicant,) = town.applicants
    at_the_latest = town.world.clock.now().astimezone(OSLO).date() + timedelta(days=7)
    soon = t("Next: your coordinator gets in touch by {day} at the latest.", day=at_the_latest)
    late = t("Your coordinator should have been in touch by {day}. We are sorry.", day=at_the_latest)
    for days, expected, other in ((7, soon, late), (1, late, soon)):
        await town.world.turn(timedelta(days=days))
        await town.world.write(applicant, "/sak")
        assert await town.world.says(applicant, expected, last=1)
        assert not await town.world.says(applicant, other, last=1)
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    await town.world.write(applicant, "/sak")
    assert await town.world.says(applicant, t("Your coordinator follows this up with you."), last=1)


async def offer(town: Town, by: Chat) -> Talk:
    """Two times for a start-up talk, next Monday and Tuesday, say."""
    await town.world.press(by, "Arrange the start-up talk", "At home", "Offer up to three times")
    for last in (False, True):
        day = by.last.labels[3 if last else 2]
        await town.world.press(by, day, "10.00", "No" if last else "Yes")
    return await talk_of(town)


async def test_D02_the_first_talk_gets_a_date_and_both_are_reminded(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.press(town.nora, "First contact")
    talk = await offer(town, town.nora)
    first = await town.world.words(applicant, t("{time}", time=talk.proposals[0]))
    await town.world.press(applicant, first)
    talk = await talk_of(town)
    assert (talk.state, talk.at) == (TalkState.BOOKED, talk.proposals[0])
    agreed = t("We have agreed on {time}, {where}.", time=talk.at, where=t("at your home"))
    assert await town.world.says(applicant, agreed, last=1)
    number = {"number": NUMBER, "time": talk.at, "where": t("at the person's home")}
    assert await town.world.says(town.nora, t("Case {number}: the talk is agreed for {time}, {where}.", **number), last=1)
    assert talk.at is not None
    await town.world.turn(talk.at - town.world.clock.now() - timedelta(hours=2))
    remember = t("Do you remember our talk? It is {time}, {where}.", time=talk.at, where=t("at your home"))
    assert await town.world.says(applicant, remember, last=1)
    assert await town.world.says(town.nora, t("Case {number}: the talk is {time}, {where}.", **number), last=2)


async def test_D02_a_talk_the_unit_arranges_is_the_coordinators(town: Town) -> None:
    await open_case(town.world, town.anne)
    await town.world.press(town.anne, "First steps and lists", "Contact and start-up talk")
    await town.world.press(town.anne, "Arrange the start-up talk", "At our office", "Note a time we agreed")
    await town.world.press(town.anne, town.anne.last.labels[0], "10.00")
    at = (await talk_of(town)).at
    words = t("Case {number}: the talk is agreed for {time}, {where}.", number=NUMBER, time=at, where=t("at our office"))
    assert await town.world.says(town.nora, words, last=1)
    (applicant,) = town.applicants
    assert await town.world.says(applicant, t("We have agreed on {time}, {where}.", time=at, where=t("at our office")), last=1)
    asked = t("Your coordinator would like a first talk with you, {where}. Which time suits you?", where=t("at our office"))
    assert not await town.world.says(applicant, asked), "nobody is asked for what they have said yes to"


async def test_D02_one_who_cannot_come_says_so_and_the_coordinator_offers_again(town: Town) -> None:
    (applicant,) = town.applicants
    await town.world.press(town.nora, "First contact")
    talk = await offer(town, town.nora)
    time = await town.world.words(applicant, t("{time}", time=talk.proposals[0]))
    chosen = await town.world.carried(applicant, time)
    await town.world.press_data(applicant, chosen)
    await town.world.press(applicant, "See my case", t("I cannot come: {talk}", talk=t("The start-up talk")))
    await town.world.write(applicant, "Helst ein fredag.")
    assert (await talk_of(town)).state is TalkState.CANCELLED
    assert await town.world.says(town.nora, t("They wrote: {words}", words="Helst ein fredag."), last=1)
    await town.world.press_data(applicant, chosen)
    assert await town.world.words(applicant, "This time is no longer open. If you need another, please tell us.") in applicant.toasts
    await town.world.press(town.nora, "Offer other times")
    assert (await offer(town, town.nora)).state is TalkState.PROPOSED


async def test_D02_the_talk_is_noted_as_held_and_is_a_contact_too(town: Town) -> None:
    await town.world.press(town.nora, "First contact", "The start-up talk was held")
    await town.world.press(town.nora, "Not now")
    await town.world.write(town.nora, "x" * 4000)
    await town.world.write(town.nora, "Vi tek til med skulen.")
    assert (await talk_of(town)).state is TalkState.HELD
    assert len(await town.rows("SELECT * FROM contacts WHERE case_id = 1")) == 1


async def test_S02_the_coordinator_owns_no_task_of_the_units_and_does_not_do_it_all(town: Town) -> None:
    (tool,) = [each for each in await town.world.read(tasks.open_tasks) if each.kind is TaskKind.TOOL]
    with pytest.raises(Refused):
        await town.does(town.nora, FinishTask(task=TaskId(tool.id), words=None))
    await town.world.write(town.nora, "/ansatt")
    assert not await town.world.offers(town.nora, "Tasks")
    question, answer = FAQ["do_it_all"]
    (applicant,) = town.applicants
    await town.world.write(applicant, "/info")
    await town.world.press(applicant, "Questions, forms and reading", "Questions and answers", question)
    assert await town.world.says(applicant, answer, last=1)
