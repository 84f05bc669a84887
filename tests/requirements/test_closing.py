"""The end of a case: with the person's yes, everything accounted for, and a way back; and what stops every message at once.

Here: rows P01 to P06, P08 and P12. Not here: what is kept afterwards and how long.
"""

from datetime import date, timedelta

import pytest

from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.closing import (
    AccountForTask,
    AfterTask,
    AnswerClosing,
    CloseCase,
    Halt,
    ProposeClosing,
    Reopen,
    Unhalt,
    WhyClosed,
    WhyHalted,
)
from bot.domain.commands import Withdraw
from bot.domain.consent import ConsentState
from bot.domain.group_commands import NoteEvaluated, SetUpGroup
from bot.domain.ids import NoticeId, PersonId
from bot.domain.meeting_queries import TheMeeting
from bot.domain.meetings import MeetingState
from bot.domain.queries import TheCase
from bot.domain.refusal import Refused
from bot.engine.texts import Language, t
from bot.services import notices
from bot.services.municipality import Context
from bot.store import consents, groups, member_tasks, members
from bot.store.database import Tx
from conversations.case_card import case_card
from tests.requirements.meeting_walks import Table
from tests.requirements.standing_walks import a_parent, born, is_parent, the_youth
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World

NOT_WANTED = ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED)
NOT_NEEDED = ProposeClosing(case=FIRST, why=WhyClosed.NOT_NEEDED)


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def state(table: Table) -> CaseState:
    return (await table.town.case()).state


async def closes(table: Table) -> None:
    """Kari wants to end, and Nora ends it."""
    await table.town.does(table.kari, NOT_WANTED)
    await table.town.does(table.nora, CloseCase(case=FIRST))
    await table.world.deliver()


async def test_P01_a_case_ends_for_one_of_two_reasons_and_never_by_silence(table: Table) -> None:
    await table.town.does(table.nora, NOT_NEEDED)
    await table.world.turn(timedelta(days=200))
    assert await state(table) is CaseState.ACTIVE, "no answer is not a yes"
    with pytest.raises(Refused, match="must agree"):
        await table.town.does(table.nora, CloseCase(case=FIRST))


async def test_P02_the_person_agrees_or_says_no(table: Table) -> None:
    await table.town.does(table.nora, NOT_NEEDED)
    await table.world.deliver()
    await table.world.press(table.kari, "Read and answer", "No, it goes on")
    assert await table.world.says(table.nora, t("Case {number}: the person wants to go on. Nothing ends.", number="1001"), last=1)
    with pytest.raises(Refused):
        await table.town.does(table.nora, CloseCase(case=FIRST))
    await table.town.does(table.nora, NOT_NEEDED)
    await table.town.does(table.kari, AnswerClosing(case=FIRST, yes=True))
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert await state(table) is CaseState.CLOSED


async def test_P02_a_youth_under_16_says_what_they_want_and_those_who_decide_answer(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await born(town, date(2013, 5, 1))
    await is_parent(town, parent)
    youth = await the_youth(town)
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await town.accepts(town.nora)
    with pytest.raises(Refused):
        await town.does(youth, Withdraw(case=FIRST, reason=None))
    await town.does(youth, NOT_WANTED)
    await world.deliver()
    assert await world.says(parent, t("Case {number}: the youth wants the coordination to end. Do you agree?", number="1001"), last=1)
    talk = t("Case {number}: the youth wants it to end. Talk with those who decide too.", number="1001")
    assert await world.says(town.nora, talk, last=1)
    for command in (AnswerClosing(case=FIRST, yes=True), NOT_WANTED):
        with pytest.raises(Refused):
            await town.does(youth, command)
    with pytest.raises(Refused, match="must agree"):
        await town.does(town.nora, CloseCase(case=FIRST))
    await town.does(parent, AnswerClosing(case=FIRST, yes=True))
    await town.does(town.nora, CloseCase(case=FIRST))
    assert (await town.case()).state is CaseState.CLOSED


async def test_P02_what_the_person_said_face_to_face_is_noted_by_whoever_coordinates_and_nobody_else(table: Table) -> None:
    await table.town.does(table.nora, NOT_NEEDED)
    for other in (table.solveig, table.town.lars, table.town.nils):
        with pytest.raises(Refused):
            await table.town.does(other, AnswerClosing(case=FIRST, yes=True))
    await table.town.does(table.nora, AnswerClosing(case=FIRST, yes=True))
    await table.town.does(table.town.anne, CloseCase(case=FIRST))
    assert await state(table) is CaseState.CLOSED


async def test_P03_P04_P05_coordinator_leader_unit_and_partners_are_told_neutrally(table: Table) -> None:
    await closes(table)
    neutral = t("Case {number} is closed. You do not have to do anything more.", number="1001")
    for chat in (table.nora, table.town.lars, table.solveig, table.trond):
        assert await table.world.says(chat, neutral), chat
    assert await table.world.says(table.town.anne, t("Case {number} is closed. Please archive what is to be kept.", number="1001"))
    assert await table.world.says(table.kari, t("Coordination in case {number} has ended, as you wished.", number="1001"))
    assert TaskKind.ARCHIVE in await table.town.to_do()


async def test_P05_consents_memberships_and_the_assignment_end_with_it(table: Table) -> None:
    meeting = await table.calls()
    await closes(table)

    def held(tx: Tx) -> tuple[list[ConsentState], int]:
        return [each.state for each in consents.of_case(tx, FIRST)], len(members.of_case(tx, FIRST))

    states, around = await table.world.read(held)
    assert ConsentState.GIVEN not in states
    assert around == 0
    assert [each.state for each in await table.town.asked()] == [AssignmentState.ENDED]
    assert (await table.meeting(meeting)).state is MeetingState.CANCELLED
    assert await table.look(table.solveig, TheMeeting(meeting)) is None


async def test_P05_every_open_task_is_accounted_for_by_name(table: Table) -> None:
    owner = await table.world.person(table.solveig)
    nora = await table.world.person(table.nora)
    due = table.around.today + timedelta(days=20)

    def give(tx: Tx) -> int:
        return member_tasks.add(tx, FIRST, owner=owner, words="Sende rapporten", due_on=due, by=nora)

    task = await table.world.read(give)
    await table.town.does(table.kari, NOT_WANTED)
    with pytest.raises(Refused, match="tasks are open"):
        await table.town.does(table.nora, CloseCase(case=FIRST))
    with pytest.raises(Refused):
        await table.town.does(table.solveig, AccountForTask(task=task, after=AfterTask.DONE))
    await table.town.does(table.nora, AccountForTask(task=task, after=AfterTask.GOES_ON))
    await table.world.deliver()
    goes_on = t("Case {number} ends. You go on with what you have promised, in your own service.", number="1001")
    assert await table.world.says(table.solveig, goes_on, last=1)
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert await state(table) is CaseState.CLOSED


async def test_P06_where_there_is_no_more_need_the_group_looks_back_first_and_where_the_person_wants_it_it_need_not(table: Table) -> None:
    await table.town.does(table.nora, SetUpGroup(case=FIRST, purpose="Se til at alt henger sammen"))
    await table.town.does(table.nora, NOT_NEEDED)
    await table.town.does(table.kari, AnswerClosing(case=FIRST, yes=True))
    with pytest.raises(Refused, match="looked at its work"):
        await table.town.does(table.nora, CloseCase(case=FIRST))
    await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today))
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert await table.world.read(lambda tx: groups.active(tx, FIRST)) is None


async def test_P06_a_group_ends_at_once_where_the_person_wants_it(table: Table) -> None:
    await table.town.does(table.nora, SetUpGroup(case=FIRST, purpose="Se til at alt henger sammen"))
    await closes(table)
    assert await state(table) is CaseState.CLOSED


async def test_P02_P08_the_person_begins_again_with_one_press_and_everything_is_asked_for_anew(table: Table) -> None:
    await closes(table)
    await table.world.turn(timedelta(days=45))
    await table.world.press(table.kari, "Begin again", "Begin again")
    assert await state(table) is CaseState.RECEIVED
    assert (await table.town.case()).answer_by >= table.around.today, "the month to answer runs anew: nothing is late from the first day"
    assert TaskKind.CLARIFY in await table.town.to_do()
    assert not await table.town.alone()
    assert not await table.world.read(lambda tx: consents.in_force(tx, FIRST, table.around.today))
    for other in (table.solveig, table.nora):
        with pytest.raises(Refused):
            await table.town.does(other, Reopen(case=FIRST))


async def test_P01_when_it_has_begun_again_the_old_yes_does_not_end_it_a_second_time(table: Table) -> None:
    await closes(table)
    await table.town.does(table.kari, Reopen(case=FIRST))
    await table.town.granted()
    with pytest.raises(Refused, match="must agree"):
        await table.town.does(table.town.anne, CloseCase(case=FIRST))
    assert await state(table) is CaseState.APPOINTING


async def newest(table: Table) -> int:
    (row,) = await table.town.rows("SELECT coalesce(max(id), 0) AS id FROM outbox")
    return int(row["id"])


async def left_since(table: Table, row: int) -> list[str]:
    rows = await table.town.rows("SELECT kind, state FROM outbox WHERE id > :row AND kind = 'send' AND case_id = 1", row=row)
    return [each["state"] for each in rows]


async def test_P12_what_waits_does_not_leave_and_nothing_new_is_said_to_anybody(table: Table) -> None:
    await table.calls(table.at(20))
    person = await table.world.person(table.kari)

    def waits(tx: Tx) -> None:
        context = Context(tx=tx, municipality=table.world.municipality, actor=person)
        notices.tell(context, person, t("Done"), case=FIRST, dedupe_key="waits")

    await table.world.read(waits)
    before = {id(chat): len(chat.messages) for chat in everybody(table)}
    await table.town.does(table.town.anne, Halt(case=FIRST, why=WhyHalted.DIED))
    row = await newest(table)
    await table.world.deliver()
    await table.world.turn(timedelta(days=400))
    assert {id(chat): len(chat.messages) for chat in everybody(table)} == before, "not even reminders, for more than a year"
    assert await left_since(table, row) == []
    assert TaskKind.HALTED in await table.town.to_do()


async def test_P12_nobody_is_phoned_about_what_was_told_before_and_it_begins_again_only_when_messages_do(table: Table) -> None:
    await closes(table)
    (notice,) = await table.town.rows("SELECT max(id) AS id FROM notices WHERE case_id = 1 AND person = 7")
    await table.town.does(table.town.anne, Halt(case=FIRST, why=WhyHalted.DIED))
    await table.world.read(lambda tx: notices.phone_unread(_by_the_clock(table, tx), NoticeId(notice["id"])))
    assert TaskKind.REACH_BY_PHONE not in await table.town.to_do()
    for who in (table.kari, table.town.anne):
        with pytest.raises(Refused, match="phone us"):
            await table.town.does(who, Reopen(case=FIRST))
    await table.town.does(table.town.anne, Unhalt(case=FIRST))
    await table.town.does(table.kari, Reopen(case=FIRST))
    assert await state(table) is CaseState.RECEIVED


def _by_the_clock(table: Table, tx: Tx) -> Context:
    return Context(tx=tx, municipality=table.world.municipality, actor=PersonId(0))


def everybody(table: Table) -> tuple[Chat, ...]:
    return (table.kari, table.solveig, table.trond, table.nora, table.town.lars)


async def test_P12_whoever_opens_the_case_reads_first_that_nothing_leaves(table: Table) -> None:
    await table.town.does(table.town.anne, Halt(case=FIRST, why=WhyHalted.MOVED))
    for who, tells in ((table.town.anne, True), (table.nora, True), (table.kari, False)):
        view = await table.look(who, TheCase(FIRST))
        assert view is not None
        assert view.halted is tells
        stopped = t("All messages about this case are stopped.")
        first = case_card(view, table.world.municipality.profile, Language.NB)[0]
        assert (await table.world.words(who, first)).startswith(await table.world.words(who, stopped)) is tells


async def test_P12_a_mistake_is_taken_back_and_what_comes_after_is_told_again(table: Table) -> None:
    await table.town.does(table.nora, Halt(case=FIRST, why=WhyHalted.MOVED))
    for other in (table.kari, table.solveig, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, Unhalt(case=FIRST))
    await table.town.does(table.town.anne, Unhalt(case=FIRST))
    meeting = await table.calls(table.at(25))
    assert await table.world.says(
        table.solveig, t("There is a meeting {time}, {where}. Can you come?", time=table.at(25), where=t("at our office"))
    )
    assert (await table.meeting(meeting)).at is not None
    assert TaskKind.HALTED not in await table.town.to_do()


async def test_P02_whoever_agreed_can_still_go_on_until_it_has_ended(table: Table) -> None:
    await table.town.does(table.kari, ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED))
    await table.world.write(table.kari, "/sak")
    await table.world.press(table.kari, "To end it", "I do not need it any more")
    assert await table.world.says(table.kari, "You have said that it can end. Your coordinator sees to the rest.", last=1)
    await table.world.press(table.kari, "No, I want to go on")
    assert await table.world.says(table.nora, t("Case {number}: the person wants to go on. Nothing ends.", number="1001"))
    with pytest.raises(Refused):
        await table.town.does(table.nora, CloseCase(case=FIRST))
    await table.world.write(table.kari, "/sak")
    await table.world.press(table.kari, "To end it", "I do not need it any more", "I manage without it now", "Nothing to add", "Yes")
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert await state(table) is CaseState.CLOSED
