"""Some hundreds of made-up meetings played through the whole program, day by day, against a naive reading of the rules.

Here: who got which reminder on which day, in their chat, while answers come and change, consents are taken back, meetings are moved and
called off. The rules themselves, ten thousand meetings long, are held against the same reading in `tests.domain.test_meeting_reminders`.
Rows G19, H02, H06, H07, E05.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.domain.attendance import Reply, Standing, standing
from bot.domain.attendance_commands import AnswerInvitation
from bot.domain.consent import InfoKind, Recipient
from bot.domain.consent_commands import StopSharing
from bot.domain.ids import MeetingId
from bot.domain.meeting_commands import CancelMeeting, ChangeMeeting
from bot.domain.meetings import MeetingPlace, Participant
from bot.domain.reminders import OSLO
from bot.domain.reminders import meeting as rules
from bot.engine.texts import Language, Text, nt, t
from bot.services import guarantees, meeting_facts
from tests.domain.test_meeting_reminders import earlier, later, morning, working_day_before, works
from tests.requirements.conftest import MONDAY
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import World

PARTS, MORE_PARTS, WORLDS, MEETINGS = range(3), range(3, 25), 5, 8
"""A hundred and twenty meetings, and a thousand in `make soak`: parts of so many towns, each with so many meetings one after the other."""
NOON = time(12)
SHARED = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS, InfoKind.CONTACT)
COMES = frozenset({Reply.COMING, Reply.BY_VIDEO, Reply.MAYBE})
"""Who has said this is reminded; a colleague who comes instead is not known to us."""
ANSWER, WEEK, TOMORROW, WHO = "answer", "week", "tomorrow", "who comes"
Told = Counter[tuple[str, str]]
"""Who was told what: a name and a kind."""


@dataclass
class Made:
    """A meeting as the test has made it: when it is, when people were last asked, who has said what when, whom a consent covers."""

    at: datetime
    asked: datetime
    said: dict[str, tuple[Reply, datetime]] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    off: bool = False

    def expected(self, day: date, nudge_days: tuple[int, ...]) -> Told:
        """Who is to hear what in the morning of this day, as the rows say it."""
        told, meets = Told(), self.at.astimezone(OSLO).date()
        if self.off or not works(day) or self.asked >= morning(day) or day >= meets:
            return told
        nudges = {later(self.asked.astimezone(OSLO).date() + timedelta(days=each)) for each in nudge_days}
        for who in ("kari", "nora", "solveig", "trond"):
            if who in self.outside:
                continue
            if who not in self.said:
                told[who, ANSWER] += day in nudges | {earlier(meets - timedelta(days=3))}
            elif self.said[who][0] in COMES and self.said[who][1] < morning(day):
                told[who, WEEK] += day == earlier(meets - timedelta(days=7))
                told[who, TOMORROW] += day == working_day_before(meets, 1)
        told["nora", WHO] += day == working_day_before(meets, 2)
        return +told


@dataclass
class Play:
    """One town through many meetings. `heard` counts what was told."""

    table: Table
    chance: random.Random
    read: dict[str, int] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    begins: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.table.world

    @property
    def day(self) -> date:
        return self.world.clock.now().astimezone(OSLO).date()

    async def prefixes(self) -> Mapping[str, tuple[str, ...]]:
        """How the messages of each kind begin, at whatever time and place; the same all the time, so found once."""
        if self.begins:
            return self.begins
        nora, rest = self.table.nora, {"time": "@", "where": "@"}
        texts: dict[str, list[Text]] = {
            ANSWER: [t("We have not heard whether you come to the meeting {time}, {where}.", **rest)],
            WEEK: [t("Next week there is a meeting: {time}, {where}.", **rest)],
            TOMORROW: [t("Do you remember the meeting {time}, {where}? If you cannot come, please say so.", **rest)],
            WHO: [
                nt(
                    "Case {number}: {n} comes to the meeting {time}.",
                    "Case {number}: {n} come to the meeting {time}.",
                    n,
                    number="1001",
                    time="@",
                )
                for n in range(5)
            ],
        }
        self.begins = {kind: tuple([(await self.world.words(nora, each)).split("@")[0] for each in every]) for kind, every in texts.items()}
        return self.begins

    async def hear(self, made: Made) -> Told:
        """What has come since the last time; each names the time of today."""
        told, when = Told(), self.world.municipality.words(Text("{time}", {"time": made.at}), Language.NB, self.world.clock.now())
        begins = await self.prefixes()
        for who in ("kari", "nora", "solveig", "trond"):
            messages = getattr(self.table, who).messages
            for message in messages[self.read.get(who, 0) :]:
                for kind, starts in begins.items():
                    if message.text.startswith(starts):
                        assert when in message.text, f"{who} was told of another time: {message.text}"
                        told[who, kind] += 1
                        self.heard[kind] += 1
            self.read[who] = len(messages)
        return told

    async def to_noon(self, day: date) -> None:
        await self.world.turn(datetime.combine(day, NOON, OSLO).astimezone(UTC) - self.world.clock.now())

    def somewhen(self, days: int) -> datetime:
        """A quarter of some hour of the day, so many days from today."""
        clock = time(self.chance.randrange(8, 17), self.chance.choice((0, 15, 30, 45)))
        return datetime.combine(self.day + timedelta(days=days), clock, OSLO).astimezone(UTC)

    async def meeting(self) -> None:
        """One meeting from the call until the day after it."""
        await self.table.around.consent(dict.fromkeys(self.table.members, SHARED))
        at = self.somewhen(self.chance.randrange(1, 45))
        meeting = await self.table.calls(at, short_reason="Det haster.", place=self.chance.choice((MeetingPlace.OFFICE, MeetingPlace.HOME)))
        asked = self.world.clock.now()
        made = Made(at=at, asked=asked, said=dict.fromkeys(("kari", "nora"), (Reply.COMING, asked)))
        assert not await self.hear(made)
        while self.day <= made.at.astimezone(OSLO).date() and not (made.off and self.chance.random() < 0.1):
            day = self.day + timedelta(days=1)
            await self.to_noon(day)
            expected = made.expected(day, self.world.municipality.profile.meetings.answer_nudge_days)
            assert await self.hear(made) == expected, (day, made)
            if self.world.clock.now() < made.at and not made.off:
                await self.something(meeting, made)
                assert not await self.hear(made), "nobody is reminded of what has just been said"

    async def something(self, meeting: MeetingId, made: Made) -> None:
        """What may happen on a day."""
        now, roll = self.world.clock.now(), self.chance.random()
        if roll < 0.25:
            who, reply = self.chance.choice(("kari", "nora", "solveig", "trond")), self.chance.choice(list(Reply))
            if who not in made.outside:
                await self.table.town.does(getattr(self.table, who), AnswerInvitation(meeting=meeting, reply=reply, words="Vikar Prøve"))
                made.said[who] = (reply, now)
        elif roll < 0.29:
            which = self.chance.randrange(2)
            name, recipient = ("solveig", "trond")[which], Recipient(member=self.table.members[which])
            if name not in made.outside:
                await self.table.town.does(self.table.kari, StopSharing(case=FIRST, recipient=recipient))
                made.outside.add(name)
        elif roll < 0.32:
            made.at = self.somewhen(self.chance.randrange(1, 30))
            await self.table.town.does(self.table.nora, ChangeMeeting(meeting=meeting, at=made.at, short_reason="Noen er syk."))
            made.asked, made.said = now, {"nora": (Reply.COMING, now)}
        elif roll < 0.33:
            await self.table.town.does(self.table.nora, CancelMeeting(meeting=meeting))
            made.off = True
        await self.world.deliver()


def each_at_once(world: World) -> None:
    """No message waits for a digest here: what is held against the rules is the day on which each falls due (K06 has tests of its own)."""
    profile = world.municipality.profile
    nudges = replace(profile.nudges, most_a_day=None, softer_in_july=False)
    world.municipality = replace(world.municipality, profile=replace(profile, nudges=nudges))
    world.database.before_commit[:] = [guarantees.before_commit(world.municipality)]


async def play(folder: Path, seed: int, meetings: int) -> Counter[str]:
    world = await World.open(folder / f"{seed}.db", start=MONDAY)
    try:
        each_at_once(world)
        played = Play(await Table.of(world), random.Random(seed))
        for _ in range(meetings):
            await played.meeting()
        return played.heard
    finally:
        await world.database.close()


async def several(folder: Path, part: int) -> Counter[str]:
    """The towns of one part."""
    heard = Counter[str]()
    for seed in range(part * WORLDS, (part + 1) * WORLDS):
        heard += await play(folder, seed, MEETINGS)
    return heard


@pytest.mark.parametrize("part", [*PARTS, *(pytest.param(part, marks=pytest.mark.soak) for part in MORE_PARTS)])
async def test_H02_H06_H07_G19_E05_each_hears_what_the_rules_say_on_the_day_they_say(tmp_path: Path, part: int) -> None:
    heard = await several(tmp_path, part)
    assert all(heard[kind] > 5 for kind in (ANSWER, WEEK, TOMORROW, WHO)), heard


def _nobody_has_answered(invited: Iterable[Participant], _given: object, since: int) -> Standing:
    return standing(invited, {}, since)


@pytest.mark.parametrize(("what", "broken"), [("standing", _nobody_has_answered), ("before", None)])
async def test_H02_broken_on_purpose_it_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, broken: Callable[..., object] | None
) -> None:
    """Those who have answered are asked again; what comes before a meeting comes on the day itself, holiday or not."""
    if broken is not None:
        monkeypatch.setattr(meeting_facts, what, broken)
    else:
        monkeypatch.setattr(rules, what, lambda given, day: given.on(day))
    with pytest.raises(AssertionError):
        await several(tmp_path, 0)
