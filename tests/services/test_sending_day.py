"""Nobody is sent more messages in a day than the profile sets, and nothing that waits is lost: a random week in Lund."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.ids import MeetingId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO
from bot.engine.texts import t
from bot.services import notices
from bot.services.mailing import Enclosed
from bot.services.municipality import Context
from bot.store.database import Tx
from tests.requirements.conftest import MONDAY
from tests.requirements.town import Town
from tests.world import World

MOST = 3
MEETING = Enclosed(meeting=MeetingId(1))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world = await World.open(tmp_path / "lund.db", start=MONDAY, profile="lund")
    yield await Town.of(world)
    await world.database.close()


async def tell(town: Town, who: PersonId, number: int, *, by: int = 0, **how: Any) -> None:
    def work(tx: Tx) -> None:
        context = Context(tx=tx, municipality=town.world.municipality, actor=PersonId(by))
        text = t("Case {number}: have you been in touch with the person yet?", number=str(number))
        notices.tell(context, who, text, dedupe_key=f"told/{number}", **how)

    await town.world.read(work)
    await town.world.deliver()


async def days_of(town: Town, account: int) -> Counter[str]:
    """How many messages left for a chat on each day in Oslo, but for answers."""
    rows = await town.rows("SELECT due_at FROM outbox WHERE account = :account AND lane <> 'press'", account=account)
    return Counter(str(datetime.fromisoformat(row["due_at"]).astimezone(OSLO).date()) for row in rows)


@pytest.mark.parametrize("seed", range(12))
async def test_at_most_three_a_day_over_a_random_week_and_everything_is_told_at_last(town: Town, seed: int) -> None:
    random, nora, told = Random(seed), await town.world.person(town.nora), []
    for number in range(40):
        how: dict[str, Any] = random.choice(
            [{}, {"nudged_at": town.world.clock.now()}, {"message_class": MessageClass.REMINDER}, {"by": 3}]
        )
        await tell(town, nora, number, **how)
        told.append(number)
        await town.world.turn(timedelta(minutes=random.choice([1, 5, 90, 600])))
    await town.world.turn(timedelta(days=20))
    days = await days_of(town, town.nora.account)
    assert max(days.values()) <= MOST, days
    said = town.nora.text()
    assert [number for number in told if f"Sak {number}:" not in said] == []
    assert await town.rows("SELECT * FROM held_messages") == []


async def test_the_fourth_waits_for_the_next_mornings_digest(town: Town) -> None:
    nora = await town.world.person(town.nora)
    for number in range(6):
        await tell(town, nora, number, by=3)
    assert len(town.nora.messages) == MOST
    await town.world.turn(timedelta(hours=20))
    assert len(town.nora.messages) == MOST
    await town.world.turn(timedelta(hours=4))
    assert len(town.nora.messages) == MOST + 1
    assert all(f"Sak {number}:" in town.nora.last.text for number in (3, 4, 5))


async def test_what_cannot_wait_leaves_at_once(town: Town) -> None:
    nora = await town.world.person(town.nora)
    for number in range(MOST):
        await tell(town, nora, number, by=3)
    soon = town.world.clock.now() + timedelta(hours=6)
    ways: list[dict[str, Any]] = [{"by": nora}, {"cannot_wait": True}, {"useful_until": soon}, {"over_at": soon}, {"enclosed": MEETING}]
    for number, how in enumerate(ways, start=10):
        before = len(town.nora.messages)
        await tell(town, nora, number, **how)
        assert len(town.nora.messages) == before + 1, how
    await tell(town, nora, 20, by=3, useful_until=town.world.clock.now() + timedelta(days=5))
    assert "Sak 20:" not in town.nora.text()


async def test_a_decision_does_not_wait(town: Town) -> None:
    applicant = await town.applied()
    person = await town.world.person(applicant)
    for number in range(MOST + 1):
        await tell(town, person, number, by=3)
    await town.granted()
    granted = t("Your application {number} is granted.", number="1001")
    assert await town.world.says(applicant, granted)
    assert f"Sak {MOST}:" not in applicant.text()


async def test_an_answer_to_ones_own_deed_does_not_count(town: Town) -> None:
    nora = await town.world.person(town.nora)
    for number in range(9):
        await tell(town, nora, number, by=nora)
    await tell(town, nora, 10, by=3)
    assert len(town.nora.messages) == 10


async def test_what_has_been_read_on_the_page_meanwhile_is_not_in_the_digest(town: Town) -> None:
    nora = await town.world.person(town.nora)
    for number in range(5):
        await tell(town, nora, number, by=3)
    await town.world.read(lambda tx: tx.execute("UPDATE notices SET read_at = created_at WHERE dedupe_key = 'told/3'"))
    await town.world.turn(timedelta(hours=24))
    assert "Sak 4:" in town.nora.last.text
    assert "Sak 3:" not in town.nora.last.text
