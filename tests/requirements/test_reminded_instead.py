"""Who is reminded while a coordinator is away.

Here: rows N17 and N18 (Ås, Bytte av koordinator): whoever stands in, else the unit. Not here: when something falls due
(`tests/domain`), nor who may stand in (`test_substitutes.py`).
"""

from datetime import timedelta

import pytest

from bot.domain.ids import NudgeId
from bot.domain.nudges import NudgeState
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.substitute_commands import SayAway
from bot.engine.texts import Text, t
from bot.services.municipality import Context
from bot.services.reminders import FIRE
from bot.services.visible import NOBODY
from bot.store import nudges as nudge_store
from bot.store.database import Tx
from tests.requirements.handing_over_walks import NUMBER, Desk
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World

LATE = t("Case {number}: it is too long since the last meeting.", number=NUMBER)
CALL = t("Case {number}: it is too long since the last meeting. Please call one.", number=NUMBER)
LOOK = t("Case {number}: take a look at your own work. It is four questions.", number=NUMBER)


@pytest.fixture
async def desk(world: World) -> Desk:
    return await Desk.of(world)


async def fires(desk: Desk, kind: ReminderKind, who: Chat, thing: int | None = None) -> None:
    """A reminder to this person falls due in the first case."""
    person, now = await desk.world.person(who), desk.world.clock.now()

    def work(tx: Tx) -> None:
        reminder = Reminder(key=f"{kind}/{now}", kind=kind, due_at=now, useful_until=None, case=FIRST, person=person, object=thing)
        FIRE[kind](Context(tx=tx, municipality=desk.world.municipality, actor=NOBODY), reminder)

    await desk.world.read(work)
    await desk.world.deliver()


async def times(desk: Desk, chat: Chat, text: Text) -> int:
    words = await desk.world.words(chat, text)
    return sum(message.text == words or message.text.startswith(f"{words}\n") for message in chat.messages)


async def away(desk: Desk) -> None:
    await desk.does(desk.town.nora, SayAway(first=desk.day(0), last=desk.day(20)))


async def test_N18_nobody_stands_in_the_unit_hears_it_once_and_the_coordinator_nothing(desk: Desk) -> None:
    await away(desk)
    await fires(desk, ReminderKind.MEETING_OVERDUE, desk.town.nora)
    assert await times(desk, desk.town.nora, CALL) == 0
    assert (await times(desk, desk.town.anne, LATE), await times(desk, desk.town.anne, CALL)) == (1, 0)


async def test_N17_whoever_stands_in_is_reminded_and_of_their_own_work_only_the_coordinator(desk: Desk) -> None:
    await desk.stands_in(desk.town.nils, 0, 21)
    await fires(desk, ReminderKind.MEETING_OVERDUE, desk.town.nora)
    assert (await times(desk, desk.town.nora, CALL), await times(desk, desk.town.nils, CALL)) == (1, 0), "at work she hears it herself"
    await away(desk)
    desk.world.clock.turn(timedelta(minutes=1))
    await fires(desk, ReminderKind.MEETING_OVERDUE, desk.town.nora)
    assert (await times(desk, desk.town.nora, CALL), await times(desk, desk.town.nils, CALL)) == (1, 1)
    await fires(desk, ReminderKind.OWN_LOOK, desk.town.nora)
    assert (await times(desk, desk.town.nora, LOOK), await times(desk, desk.town.nils, LOOK)) == (1, 0)


async def test_N17_a_substitute_who_is_away_too_is_not_reminded(desk: Desk) -> None:
    await desk.stands_in(desk.town.nils, 0, 21)
    await away(desk)
    await desk.does(desk.town.nils, SayAway(first=desk.day(0), last=desk.day(3)))
    await fires(desk, ReminderKind.MEETING_OVERDUE, desk.town.nora)
    assert await times(desk, desk.town.nils, CALL) == 0
    assert await times(desk, desk.town.anne, LATE) == 1


async def test_N17_a_reminder_nobody_answers_goes_on_to_whoever_stands_in_and_no_leader_hears_of_it(desk: Desk) -> None:
    await desk.stands_in(desk.town.nils, 0, 21)
    await fires(desk, ReminderKind.MEETING_OVERDUE, desk.town.nora)
    nora = await desk.world.person(desk.town.nora)
    nudge = await desk.world.read(lambda tx: tx.all("SELECT id FROM nudges WHERE person = :nora", nora=nora)[-1]["id"])
    await away(desk)
    before = len(desk.town.lars.messages)
    await fires(desk, ReminderKind.NUDGE_LEADER, desk.town.nora, nudge)
    assert len(desk.town.lars.messages) == before
    words = await desk.world.words(desk.town.nora, CALL)
    assert any(words in message.text for message in desk.town.nils.messages)
    ended = await desk.world.read(lambda tx: nudge_store.find(tx, NudgeId(nudge)))
    assert ended is not None
    assert ended.state is NudgeState.OVER


async def test_N17_a_meeting_that_is_near_is_told_whoever_stands_in(world: World) -> None:
    table = await Table.of(world)
    desk = Desk(table.town, table.kari, table.town.lars)
    await table.calls(table.at(30))
    await desk.stands_in(desk.town.nils, 1, 60)
    await desk.does(desk.town.nora, SayAway(first=desk.day(2), last=desk.day(50)))
    seen = len(desk.town.nora.messages)
    await world.turn(table.at(30, 11) - world.clock.now())
    told = [message.text for message in desk.town.nora.messages[seen:]]
    near = t("Case {number}: the meeting begins now. Here is what you need, and where you write.", number=NUMBER)
    assert told == [await world.words(desk.town.nora, LOOK)], "only what nobody else can do"
    assert await times(desk, desk.town.nils, near) == 1
