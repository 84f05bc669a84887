"""What is told waits for no digest beyond its use, and goes to whoever it concerns on the day it is told.

Here: Lund's rules at level `full`, where a coordinator hears once a week, or has left since. Not here: the digest itself
(`tests.requirements.test_nudges`). The clock begins on Monday 2 March 2026 at ten.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import Place, TalkKind
from bot.domain.circle_commands import EndMembership
from bot.domain.circle_messages import WriteMessage
from bot.domain.closing import CloseCase, ProposeClosing, TheClosing, WhyClosed
from bot.domain.commands import NoTime
from bot.domain.consent import InfoKind
from bot.domain.gatherings import AnswerGathering, Audience, CallGathering, CancelGathering, GatheringReply
from bot.domain.ids import GatheringId
from bot.domain.looking_back import RemindToLookBack
from bot.domain.member_tasks import TaskCode, words_of
from bot.domain.minutes_commands import GiveTask
from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import ChooseHowOften, NudgeDone
from bot.domain.own_pack import TheOwnPack
from bot.domain.plan_commands import AskForGuidance
from bot.domain.promises import GuidanceKind
from bot.domain.reminders import OSLO
from bot.domain.staff_commands import EndStaffRoles
from bot.engine.texts import t
from bot.store import held_messages, member_tasks, nudges, talks
from bot.store.database import Tx
from tests.requirements.conftest import MONDAY
from tests.requirements.meeting_walks import Table
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = await World.open(tmp_path / "lund.db", start=MONDAY, profile="lund")
    yield world
    await world.database.close()


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def to(town: Town, day: date, clock: time = time(12)) -> None:
    await town.world.turn(datetime.combine(day, clock, OSLO) - town.world.clock.now())


async def came(town: Town, chat: Chat, day: date, clock: time = time(12)) -> list[str]:
    """What comes into a chat while the clock is turned to that moment."""
    before = len(chat.messages)
    await to(town, day, clock)
    return [message.text for message in chat.messages[before:]]


async def weekly(town: Town) -> None:
    """Nora hears once a week, and coordinates one case in which she has been in touch."""
    await town.does(town.nora, ChooseHowOften(how_often=HowOften.WEEKLY))
    await town.loaded(town.nora, 1)
    person = await town.world.person(town.nora)
    await town.world.read(lambda tx: talks.record_contact(tx, FIRST, by=person, place=Place.OFFICE))


async def talks_on(town: Town, day: date, clock: time = time(13)) -> None:
    """A start-up talk that day."""
    person = await town.world.person(town.nora)

    def agree(tx: Tx) -> None:
        talk = talks.propose(tx, FIRST, TalkKind.STARTUP, Place.OFFICE, (datetime.combine(day, clock, OSLO),), by=person)
        assert talks.pick(tx, talk, 0)

    await town.world.read(agree)


async def test_H07_who_hears_once_a_week_hears_of_tomorrows_talk_before_it(town: Town) -> None:
    await weekly(town)
    await talks_on(town, date(2026, 3, 5))
    (text,) = await came(town, town.nora, date(2026, 3, 4))
    assert "5. mars" in text


@pytest.mark.parametrize(("clock", "comes"), [(time(7), 1), (time(13), 0)], ids=["before the next morning", "after it"])
async def test_H07_on_a_day_that_is_full_only_what_is_too_late_the_next_morning_comes(town: Town, clock: time, comes: int) -> None:
    await weekly(town)
    await talks_on(town, date(2026, 3, 5), clock)
    person, most = await town.world.person(town.nora), town.world.municipality.profile.nudges.most_a_day
    sql = "INSERT INTO sent_days (person, day, number) VALUES (:who, '2026-03-04', :most)"
    await town.world.read(lambda tx: tx.execute(sql, who=person, most=most))
    assert len(await came(town, town.nora, date(2026, 3, 4))) == comes


async def test_K05_the_warning_leaves_before_the_leader_is_told_also_where_one_hears_once_a_week(town: Town) -> None:
    await weekly(town)
    await talks_on(town, date(2026, 3, 6))
    # Asked on Monday the 9th after that morning's digest was made: the next digest and the leader would fall on the same morning.
    await to(town, date(2026, 3, 16), time(8, 59))
    before = len(town.nora.messages)
    assert not [each for each in town.lars.messages if "Nora Prøve" in each.text]
    assert any("lederen din" in each.text for each in town.nora.messages[:before]), [each.text for each in town.nora.messages]


async def test_K05_a_warning_that_waits_is_not_told_once_the_nudge_is_answered(town: Town) -> None:
    await weekly(town)
    await town.does(town.nora, ChooseHowOften(how_often=HowOften.DAILY))
    await talks_on(town, date(2026, 3, 6))
    await to(town, date(2026, 3, 12), time(8, 30))
    nora = await town.world.person(town.nora)
    # The day is full before the warning comes, so that it waits for the next morning.
    for _ in range(3):
        await town.world.read(lambda tx: held_messages.count(tx, nora, date(2026, 3, 12)))
    assert await came(town, town.nora, date(2026, 3, 12)) == []
    assert await town.rows("SELECT 1 FROM held_messages") != []
    (nudge,) = await town.world.read(lambda tx: nudges.of_person(tx, nora))
    await town.does(town.nora, NudgeDone(nudge=nudge.id))
    assert await came(town, town.nora, date(2026, 3, 13)) == []


async def test_I01_the_run_sheet_comes_when_the_meeting_begins_and_not_with_the_next_digest(world: World) -> None:
    table = await Table.of(world)
    await table.calls(table.at(21))
    await world.turn(table.at(21) - world.clock.now() + timedelta(minutes=5))
    begins = t("Case {number}: the meeting begins now. Here is what you need, and where you write.", number="1001")
    assert await world.says(table.nora, begins)


async def test_K05_the_second_question_about_a_task_leaves_before_the_leader_is_told(world: World) -> None:
    table = await Table.of(world)
    await table.town.does(table.nora, ChooseHowOften(how_often=HowOften.WEEKLY))
    # Its second Tuesday is Easter's, when the week's digest comes as late as the leader hears of it.
    nora, due = await world.person(table.nora), date(2026, 3, 24)
    await table.town.does(table.nora, GiveTask(case=FIRST, owner=nora, words="Ringe NAV", due_on=due))
    leader = due + timedelta(days=world.municipality.profile.progress.leader_day)
    await to(table.town, leader, time(8, 59))
    warned = t("Those who help have a duty to do their part. Where this is not settled by {day}, your leader is told.", day=leader)
    assert await world.says(table.nora, warned)


async def test_N14_a_leader_who_leads_no_more_hears_no_more_of_the_case_and_whoever_leads_now_does(world: World) -> None:
    """No first contact, a silent case, no time, and the end: each is told to the leader of today."""
    town = await Town.of(world)
    kari = await town.appointed("Bokmål")
    lars = await world.person(town.lars)
    ida = await world.staff("Ida Prøve", Role.LEADER, department="hjemmetjenesten")
    await town.does(town.anne, EndStaffRoles(person=lars))
    before = len(town.lars.messages)
    await world.turn(timedelta(days=world.municipality.profile.deadlines.leader_told_day + 5))
    late = t("{name} has not yet been in touch with the person in case {number}. Please talk together.", name=NORA, number="1001")
    assert await world.says(ida, late)
    await world.turn(timedelta(days=60))
    assert any("gang" in each.text or "skjedd" in each.text for each in ida.messages[1:]), [each.text for each in ida.messages]
    await town.does(town.nora, NoTime(case=FIRST, words=None))
    await town.does(town.nora, AskForGuidance(case=FIRST, kind=GuidanceKind.STUCK, words="Jeg står fast.", to_leader=True))
    await world.deliver()
    stuck = t("Case {number}: {name} is stuck and asks for guidance.", number="1001", name=NORA)
    assert await world.says(ida, stuck, last=1)
    await town.does(kari, ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED))
    await town.does(town.nora, CloseCase(case=FIRST))
    await world.deliver()
    assert await world.says(ida, t("Case {number} is closed. You do not have to do anything more.", number="1001"))
    assert len(town.lars.messages) == before


async def test_P02_who_coordinates_now_is_told_that_nobody_answered_whether_it_can_end(world: World) -> None:
    table = await Table.of(world)
    await table.town.does(table.nora, ProposeClosing(case=FIRST, why=WhyClosed.NOT_NEEDED))
    await table.town.does(table.town.anne, EndStaffRoles(person=await world.person(table.nora)))
    before = len(table.nora.messages)
    await world.turn(timedelta(days=20))
    waits = t("Case {number}: the person has not answered whether it can end. Talk about it. No answer is not a yes.", number="1001")
    assert len(table.nora.messages) == before
    assert await world.says(table.town.anne, waits)


async def test_R03_whoever_works_here_no_more_is_asked_and_reminded_of_no_gathering(world: World) -> None:
    town = await Town.of(world)
    called = CallGathering(audience=Audience.COORDINATORS, at=world.clock.now() + timedelta(days=30), where="Rådhuset", about="Rollen")
    await town.does(town.anne, called)
    await town.does(town.nils, AnswerGathering(gathering=GatheringId(1), reply=GatheringReply.COMING))
    for chat in (town.nora, town.nils):
        await town.does(town.anne, EndStaffRoles(person=await world.person(chat)))
    await world.deliver()
    before = [len(chat.messages) for chat in (town.nora, town.nils)]
    await world.turn(timedelta(days=29, hours=12))
    await town.does(town.anne, CancelGathering(gathering=GatheringId(1)))
    await world.deliver()
    assert [len(chat.messages) for chat in (town.nora, town.nils)] == before


async def test_O04_the_question_of_a_friday_comes_on_the_friday(town: Town) -> None:
    await town.does(town.nora, RemindToLookBack(on=True))
    assert len(await came(town, town.nora, date(2026, 3, 6), time(13, 1))) == 1


async def test_D15_whoever_has_left_is_not_told_who_has_not_answered_them_and_whoever_coordinates_is(world: World) -> None:
    table = await Table.of(world)
    day = table.around.today + timedelta(days=8)
    await table.town.does(table.trond, WriteMessage(case=FIRST, kind=InfoKind.MEETINGS, words="Kommer dere fredag?", answer_by=day))
    await table.town.does(table.trond, EndMembership(member=table.members[1]))
    await world.deliver()
    before = len(table.trond.messages)
    await world.turn(timedelta(days=12))
    assert len(table.trond.messages) == before
    assert await world.says(table.nora, t("Case {number}: not everybody has answered your message.", number="1001"))


async def test_P05_P09_a_task_that_always_comes_is_read_in_ones_own_words_at_the_end_too(world: World) -> None:
    table = await Table.of(world)
    kari, nora = await world.person(table.kari), await world.person(table.nora)

    def give(tx: Tx) -> None:
        for owner in (kari, nora):
            member_tasks.add(tx, FIRST, owner=owner, words="", due_on=date(2026, 3, 20), by=nora, code=TaskCode.ARCHIVE)

    await world.read(give)
    closing, pack = await table.look(table.nora, TheClosing(FIRST)), await table.look(table.kari, TheOwnPack(FIRST))
    assert closing is not None
    assert pack is not None
    assert [each.words for each in closing.tasks] == [words_of(TaskCode.ARCHIVE, "")] * 2
    assert (date(2026, 3, 20), t("You do this: {words}", words=words_of(TaskCode.ARCHIVE, ""))) in pack.days
