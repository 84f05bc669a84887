"""The same year through the real database: every reminder once, in its hours, and nobody flooded, in both written forms.

Here: a municipality at `full` by its own profile, where coordinators forget, put off and answer, and one of them leaves.
Not here: whether each rule fires on its day, which is compared in `tests.stories.test_year`.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.cases import CaseState, Place, TalkKind
from bot.domain.ids import CaseId
from bot.domain.nudges import NudgeDone, NudgeLater, NudgeNotNeeded
from bot.domain.reminders import AT_ONCE, OSLO
from bot.domain.staff_commands import EndStaffRoles
from bot.services import guarantees
from bot.store import cases, nudges, talks
from bot.store.database import Tx
from bot.store.times import moment
from tests.requirements.town import Town
from tests.world import Chat, World

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = 364


async def lives(town: Town, random: Random, day: date) -> None:
    """What people do on one day: mostly nothing."""
    for chat in (town.nora, town.nils):
        if random.random() < 0.25:
            await answers(town, chat, random, day)
    if random.random() < 0.06:
        case = CaseId(random.randint(1, 6))
        person = await town.world.person(random.choice([town.nora, town.nils]))

        def changes(tx: Tx) -> None:
            if cases.get(tx, case).state is CaseState.ACTIVE:
                if random.random() < 0.4:
                    talks.record_contact(tx, case, Place.OFFICE, by=person)
                elif random.random() < 0.8:
                    at = datetime.combine(day + timedelta(days=random.randint(1, 10)), time(12), OSLO)
                    talks.pick(tx, talks.propose(tx, case, TalkKind.STARTUP, Place.OFFICE, (at,), by=person), 0)
                else:
                    talks.hold(tx, case, TalkKind.STARTUP, None, by=person)

        await town.world.read(changes)


async def answers(town: Town, chat: Chat, random: Random, day: date) -> None:
    """Somebody answers the oldest of what waits for them."""
    person = await town.world.person(chat)
    waiting = await town.world.read(lambda tx: nudges.of_person(tx, person))
    if waiting:
        one = waiting[0].id
        later = NudgeLater(nudge=one, day=day + timedelta(days=random.randint(1, 20)))
        await town.does(chat, random.choice([NudgeDone(nudge=one), later, NudgeNotNeeded(nudge=one, why="Det er avklart.")]))


@pytest.mark.parametrize("profile", ["lund", "heroy"])
async def test_a_year_in_the_database_fires_each_reminder_once_in_its_hours_and_floods_nobody(tmp_path: Path, profile: str) -> None:
    world, random = await World.open(tmp_path / "year.db", start=START, profile=profile), Random(profile)
    town = await Town.of(world)
    await town.loaded(town.nora, 3)
    await town.loaded(town.nils, 3)
    for number in range(DAYS):
        await world.turn(timedelta(days=1))
        await lives(town, random, (START + timedelta(days=number + 1)).date())
        if number == 200:
            left = await world.person(town.nils)
            await town.does(town.anne, EndStaffRoles(person=left))
    await check(town)
    await world.database.close()


async def check(town: Town) -> None:
    """What holds at the end of the year."""
    world, rows = town.world, await town.rows("SELECT * FROM reminders WHERE state <> 'pending'")
    fired = [row for row in rows if row["outcome"] == "told"]
    print(f"\n{len(fired)} fired, {len(rows) - len(fired)} skipped, kinds {dict(Counter(row['kind'] for row in fired))}")
    assert len(fired) > 100
    assert len({row["key"] for row in rows}) == len(rows)
    assert [row["key"] for row in fired if moment(row["settled_at"]) < moment(row["due_at"])] == []
    hours = [(row["kind"], moment(row["settled_at"]).astimezone(OSLO)) for row in fired]
    calendar, told = world.municipality.calendar, [each for each in hours if each[0] not in AT_ONCE]
    assert [at for _, at in told if not calendar.is_working_day(at.date()) or not time(8) <= at.time() <= time(20)] == []
    now = world.clock.now()
    late = await town.rows("SELECT * FROM reminders WHERE state = 'pending'")
    assert [row["key"] for row in late if moment(row["due_at"]) < now - timedelta(days=4)] == []
    sent = await town.rows("SELECT account, due_at FROM outbox WHERE lane <> 'press' AND account IS NOT NULL")
    days = Counter((row["account"], moment(row["due_at"]).astimezone(OSLO).date()) for row in sent)
    most = world.municipality.profile.nudges.most_a_day
    assert most is not None
    assert {who: number for who, number in days.items() if number > most} == {}
    assert await world.read(lambda tx: [case for case in range(1, 7) if guarantees.alone(tx, CaseId(case))]) == []
    languages(town)


def languages(town: Town) -> None:
    """Lars reads Nynorsk, Nora Bokmål."""
    assert "Du har" in town.nora.text()
    assert " ikke " not in town.lars.text()
    assert " ikkje " not in town.nora.text()
