"""The same year through the real database: every reminder once, in its hours, and nobody flooded, in both written forms.

Here: a municipality at `full` by its own profile, where coordinators forget, put off and answer, fall ill and have somebody stand in, and
one of them leaves; where sharing stops and begins again, and people want no coordinator any more. Not here: whether each rule fires on
its day, which is compared in `tests.stories.test_year`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.cases import CaseState, Place, TalkKind
from bot.domain.commands import Withdraw
from bot.domain.consent import InfoKind
from bot.domain.consent_commands import StopSharing
from bot.domain.ids import CaseId, SubstituteId
from bot.domain.nudges import NudgeDone, NudgeLater, NudgeNotNeeded
from bot.domain.reminders import AT_ONCE, OSLO
from bot.domain.staff_commands import EndStaffRoles
from bot.domain.substitute_commands import AnswerSubstitute, ProposeSubstitute, SayAway
from bot.domain.substitutes import SubstituteScope
from bot.services import guarantees
from bot.store import assignments, cases, nudges, people, substitutes, talks
from bot.store.database import Tx
from bot.store.times import moment, stamp
from tests.requirements.meeting_walks import Table
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = 364


@dataclass
class Around:
    """What has been seen of those who fall ill, stop sharing and withdraw: how often, and what came to whom in the meantime."""

    table: Table
    random: Random
    ill: int = 0
    stood_in: int = 0
    stopped: int = 0
    quiet: list[int] | None = None
    withdrawn: dict[int, datetime] = field(default_factory=dict)

    def came(self) -> list[int]:
        """How many messages have come to each of those around Kari."""
        return [len(chat.messages) for chat in (self.table.solveig, self.table.trond)]

    async def lives(self, day: date) -> None:
        """What illness and second thoughts do on one day. While nothing is shared, nothing comes to those around."""
        assert self.quiet is None or self.came() == self.quiet
        town, chance = self.table.town, self.random.random()
        if chance < 0.02:
            await self.falls_ill(self.random.choice([town.nora, town.nils]), day)
        elif chance < 0.04 and self.quiet is None:
            await town.does(self.table.kari, StopSharing(case=FIRST))
            await town.world.deliver()
            self.stopped, self.quiet = self.stopped + 1, self.came()
        elif chance < 0.07 and self.quiet is not None:
            shared = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS)
            await self.table.around.consent(dict.fromkeys(self.table.members, shared))
            self.quiet = None
        elif chance < 0.09 and self.quiet is None and await self.active(FIRST):
            await self.table.calls(self.table.at(self.random.randint(20, 40)))
        elif chance < 0.095 and len(self.withdrawn) < 2:
            await self.withdraws(CaseId(self.random.randint(2, 7)))

    async def active(self, case: CaseId) -> bool:
        return (await self.table.town.case(case)).state is CaseState.ACTIVE

    async def falls_ill(self, who: Chat, day: date) -> None:
        """Some days away; often a colleague stands in for one of the cases."""
        town, random = self.table.town, self.random
        person, days = await town.world.person(who), random.randint(2, 20)
        held = await town.world.read(lambda tx: assignments.coordinated_by(tx, person))
        if not held:
            return
        await town.does(who, SayAway(first=day, last=day + timedelta(days=days)))
        self.ill += 1
        other = town.nils if who is town.nora else town.nora
        case, colleague = random.choice(held), await town.world.person(other)
        free = await town.world.read(lambda tx: substitutes.active(tx, case) is None and bool(people.standing_roles(tx, colleague)))
        if free and random.random() < 0.7:
            times = {"starts_at": town.world.clock.now(), "ends_at": town.world.clock.now() + timedelta(days=days)}
            asked = ProposeSubstitute(case=case, person=colleague, scope=SubstituteScope.PERIOD, note="Ring moren", **times)
            number = await town.does(who, asked)
            assert isinstance(number, int)
            await town.does(other, AnswerSubstitute(substitute=SubstituteId(number), yes=True))
            self.stood_in += 1

    async def withdraws(self, case: CaseId) -> None:
        """Somebody phones, and wants no coordinator any more."""
        if await self.active(case):
            await self.table.town.does(self.table.town.anne, Withdraw(case=case, reason=None))
            self.withdrawn[case] = self.table.world.clock.now()


async def lives(town: Town, random: Random, day: date) -> None:
    """What people do on one day: mostly nothing."""
    for chat in (town.nora, town.nils):
        if random.random() < 0.25:
            await answers(town, chat, random, day)
    if random.random() < 0.06:
        case = CaseId(random.randint(1, 7))
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
    around = Around(await Table.within(town), Random(f"around {profile}"))
    await town.loaded(town.nora, 3)
    await town.loaded(town.nils, 3)
    for number in range(DAYS):
        await world.turn(timedelta(days=1))
        day = (START + timedelta(days=number + 1)).date()
        await lives(town, random, day)
        await around.lives(day)
        if number == 200:
            left = await world.person(town.nils)
            await town.does(town.anne, EndStaffRoles(person=left))
    await check(town)
    await check_around(around)
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
    # The first day is set up by presses, and what comes of one's own is an answer.
    sql = "SELECT account, due_at FROM outbox WHERE lane <> 'press' AND class <> 'answer' AND account IS NOT NULL AND created_at > :first"
    sent = await town.rows(sql, first=stamp(START + timedelta(hours=1)))
    days = Counter((row["account"], moment(row["due_at"]).astimezone(OSLO).date()) for row in sent)
    most = world.municipality.profile.nudges.most_a_day
    assert most is not None
    assert {who: number for who, number in days.items() if number > most} == {}
    assert await world.read(lambda tx: [case for case in range(1, 8) if guarantees.alone(tx, CaseId(case))]) == []
    languages(town)


async def check_around(around: Around) -> None:
    """Of whoever withdrew nothing is said since, but that the case is to be archived; and all of it has happened at all."""
    told = await around.table.town.rows("SELECT case_id, kind, settled_at FROM reminders WHERE outcome = 'told' AND case_id IS NOT NULL")
    since = [row for row in told if row["case_id"] in around.withdrawn and moment(row["settled_at"]) > around.withdrawn[row["case_id"]]]
    print(
        f"{around.ill} times ill, {around.stood_in} stood in for, {around.stopped} times sharing stopped, {len(around.withdrawn)} withdrew"
    )
    assert {row["kind"] for row in since} <= {"archive_late"}
    assert min(around.ill, around.stood_in, around.stopped, len(around.withdrawn)) > 0


def languages(town: Town) -> None:
    """Lars reads Nynorsk, Nora Bokmål."""
    assert "Du har" in town.nora.text()
    assert " ikke " not in town.lars.text()
    assert " ikkje " not in town.nora.text()
