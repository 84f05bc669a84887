"""Partners are told who coordinates, once a consent lets them know, and it is seen who has answered.

Here: rows D04 and D10. Not here: what a consent is (`test_consent`), the start-up talk itself (`test_startup`).
"""

from datetime import timedelta

import pytest

from bot.domain.consent import InfoKind
from bot.domain.ids import MemberId
from bot.domain.refusal import Refused
from bot.domain.startup import Point
from bot.domain.startup_commands import AnswerIntroduction, Introduce, NoteIntroduced, WritePoint
from bot.engine.texts import t
from bot.services.reminders import fire_due
from bot.store import introductions
from bot.store.introductions import Introduction
from tests.requirements.circle_walks import ALL, SOLVEIG, TROND, Around
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import World

TOLD = t("{name} is the coordinator for {initials}, case {number}.", name=NORA, initials="KP", number=NUMBER)
SECRET = "Eg er redd for å vere åleine."


@pytest.fixture
async def around(world: World) -> Around:
    return await Around.of(await Town.of(world))


async def told(around: Around) -> dict[MemberId, Introduction]:
    nora = await around.town.world.person(around.town.nora)
    return await around.town.world.read(lambda tx: introductions.of_case(tx, FIRST, nora))


async def test_D04_before_consent_nobody_is_contacted(around: Around) -> None:
    solveig = await around.add()
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, Introduce(case=FIRST))
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, NoteIntroduced(member=solveig))
    assert await told(around) == {}


async def test_D04_a_consent_that_does_not_name_contact_opens_nothing(around: Around) -> None:
    solveig = await around.add()
    await around.consent({solveig: ALL})
    chat = await around.joined(solveig)
    trond = await around.add(TROND)
    await around.consent({solveig: (InfoKind.MEETINGS,), trond: (InfoKind.MEETINGS,)})
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, Introduce(case=FIRST))
    assert not await around.town.world.says(chat, TOLD)


async def test_D10_every_partner_is_told_who_coordinates_and_it_is_seen_who_has_answered(around: Around) -> None:
    town, solveig, trond = around.town, await around.add(), await around.add(TROND)
    await around.consent({solveig: ALL, trond: ALL})
    one, other = await around.joined(solveig), await around.joined(trond)
    await town.does(around.kari, WritePoint(case=FIRST, point=Point.MATTERS, words=SECRET))
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for", "KP, sak 1001", "First steps and lists", "Tell those around")
    assert await town.world.says(town.nora, t("• {name}: not told yet", name=SOLVEIG))
    await town.world.press(town.nora, "Tell those who do not know")
    for chat in (one, other):
        assert await town.world.says(chat, TOLD)
        assert await town.world.says(chat, "Please tell the coordinator when something changes in what you do.")
        assert not await town.world.says(chat, SECRET), "neutral"
    await town.world.press(one, "I have read it")
    await town.world.write(town.nora, "/ansatt")
    await town.world.press(town.nora, "Those I coordinate for", "KP, sak 1001", "First steps and lists", "Tell those around")
    today = town.world.clock.now().date()
    assert await town.world.says(town.nora, t("✓ {name}: knows it since {day}", name=SOLVEIG, day=today))
    assert await town.world.says(town.nora, t("• {name}: told {day}, no answer yet", name=TROND, day=today))
    await town.world.press(town.nora, "I have told one by phone", TROND)
    assert all(each.answered_at is not None for each in (await told(around)).values())


async def test_D10_nobody_is_told_twice_and_only_the_partner_answers(around: Around) -> None:
    solveig = await around.add()
    await around.consent({solveig: ALL})
    chat = await around.joined(solveig)
    assert await around.town.does(around.town.nora, Introduce(case=FIRST)) == 1
    assert await around.town.does(around.town.nora, Introduce(case=FIRST)) == 0
    with pytest.raises(Refused):
        await around.town.does(around.town.nora, AnswerIntroduction(member=solveig))
    await around.town.does(chat, AnswerIntroduction(member=solveig))
    with pytest.raises(Refused):
        await around.town.does(chat, AnswerIntroduction(member=solveig))


async def test_D10_whoever_has_not_said_yes_to_take_part_is_not_told(around: Around) -> None:
    solveig, trond = await around.add(), await around.add(TROND)
    await around.consent({solveig: ALL, trond: ALL})
    chat = await around.invited(trond)
    await around.joined(solveig)
    assert await around.town.does(around.town.nora, Introduce(case=FIRST)) == 1
    assert not await around.town.world.says(chat, TOLD)
    assert set(await told(around)) == {solveig}


async def test_D10_the_coordinator_is_reminded_of_those_who_do_not_know_and_no_more_when_they_do(around: Around) -> None:
    town, solveig = around.town, await around.add()
    await around.consent({solveig: ALL})
    await around.joined(solveig)
    text = t("Case {number}: some of those around do not know yet that you are the coordinator.", number=NUMBER)
    await town.world.turn(timedelta(days=6))
    assert not await town.world.says(town.nora, text)
    await town.world.turn(timedelta(days=3))
    assert await town.world.says(town.nora, text)
    await town.world.press(town.nora, "Tell them", "Tell those who do not know")
    wanted = await town.rows("SELECT * FROM reminders WHERE kind = 'introduce' AND state = 'pending'")
    assert wanted == []
    assert await town.world.read(lambda tx: fire_due(tx, town.world.municipality)) == 0
