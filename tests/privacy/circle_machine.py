"""A case through random weeks: consents given, narrowed, widened and taken back, people coming and going, birthdays, new texts.

Here: what is looked at after each move. Not here: the moves (`tests.privacy.circle_moves`) and what may be known
(`tests.privacy.circle_oracle`). The moves go through the same commands as people's; after each, everything that any member or anybody
outside can read, or that is on its way to them, is held against the oracle. Whatever it finds bears the seed and the moves so far.
"""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import cast

from bot.domain.access import Role
from bot.domain.choices import PrivacyLevel
from bot.domain.circle_queries import MyCircle, MyCircles, TheChildren, TheCircle
from bot.domain.commands import Withdraw
from bot.domain.consent import ConsentType, InfoKind
from bot.domain.desk_queries import TheTimeline
from bot.domain.ids import MemberId, PersonId
from bot.domain.queries import TheCase
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.domain.standing import RecordBirthDate, RecordRepresentative
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import circle, commands, queries
from bot.services.municipality import Context
from bot.store import cases, members, people
from bot.store import consents as stored
from bot.store.database import Tx
from bot.store.outbox import body_of
from bot.store.seal import KeyOwner
from tests.privacy.circle_oracle import Oracle
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, newcomer
from tests.world import Chat, World

CANARY = re.compile(r"KANARI-([a-z]+)-\d+")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SERVICES = ("bup", "nav", "fastlege", None)
NAMES = ("Solveig", "Trond", "Randi", "Jens", "Tuva", "Olav")
KINDS = tuple(InfoKind)
MOST_MEMBERS = 7
ON_ITS_WAY = """
SELECT outbox.* FROM outbox LEFT JOIN accounts ON accounts.id = outbox.account
WHERE (accounts.person = :who OR (channel = 'mail' AND chat = :who)) AND outbox.case_id = :case AND lane <> 'press'
AND outbox.state IN ('ready', 'retry', 'sending')"""


class Leak(AssertionError):
    """Somebody can read, or is about to be sent, what they may not know; or may know what they cannot see."""


class Machine:
    """One case and everybody in it. `moves` is what was done so far."""

    def __init__(self, town: Town, oracle: Oracle, random: Random, parents: list[Chat], child: Chat) -> None:
        self.town, self.world, self.oracle, self.random = town, town.world, oracle, random
        self.parents, self.child = parents, child
        self.before_claiming = circle.WhenTheDayTurns(town.world.municipality)
        self.moves: list[str] = []
        self.done: Counter[str] = Counter()
        """How often each move was one: it was not refused."""
        self.told = self.seen = 0

    @classmethod
    async def at(cls, folder: Path, seed: int, profile: str) -> "Machine":
        """A child a few weeks before its sixteenth birthday, two parents, and a coordinator."""
        random = Random(seed)
        world = await World.open(folder / f"{seed}.db", profile=profile, start=START, mail=PrivacyLevel.FULL)
        town = await Town.of(world)
        mother = await town.appointed("Bokmål", whom="My child", age="Under 16", need="KANARI-needs-0", important="KANARI-needs-1")
        father, child = await newcomer(world), await newcomer(world)
        born = START.date().replace(year=START.year - 16) + timedelta(days=random.randrange(10, 60))
        born = born.replace(day=min(born.day, 28))
        who, dad, mum = [await world.person(each) for each in (child, father, mother)]
        await world.read(lambda tx: cases.add_party(tx, FIRST, who, Role.YOUTH))
        await world.read(lambda tx: cases.add_party(tx, FIRST, dad, Role.PARENT))
        await town.does(town.anne, RecordBirthDate(case=FIRST, born_on=born))
        for person in (mum, dad):
            given = {"areas": (), "since": START.date(), "until": None, "seen": "Folkeregisteret"}
            await town.does(town.anne, RecordRepresentative(case=FIRST, capacity=Role.PARENT, person=person, **given))  # type: ignore[arg-type]
        renews = world.municipality.profile.consent.renew_when_added
        oracle = Oracle(born=born, parents=frozenset({mum, dad}), child=who, renews=renews)
        return cls(town, oracle, random, [mother, father], child)

    @property
    def today(self) -> date:
        return self.world.clock.now().astimezone(OSLO).date()

    async def run(self, steps: int, moves: "Mapping[Move, int]") -> None:
        """So many moves, each followed by a look at everything; then the case ends. `moves`: which, and how often. Raises `Leak`."""
        dice = [move for move, weight in moves.items() for _ in range(weight)]
        for _ in range(steps):
            move = self.random.choice(dice)
            self.moves.append(move.__name__)
            with suppress(Refused):
                await move(self)
                self.done[move.__name__] += 1
            await self.look()
        self.moves.append("withdraw")
        await self.does(self.town.anne, Withdraw(case=FIRST, reason=None))
        self.oracle.ended()
        await self.look()

    async def does(self, who: Chat | PersonId, command: Command[object]) -> object:
        """A command, as on the page after a login."""
        person = await self.world.person(who) if isinstance(who, Chat) else who

        def carry_out(tx: Tx) -> object:
            return commands.carry_out(Context(tx=tx, municipality=self.world.municipality, actor=person, fresh_login=True), command)

        return await self.world.read(carry_out)

    def kinds(self) -> frozenset[InfoKind]:
        return frozenset(self.random.sample(KINDS, self.random.randrange(1, len(KINDS) + 1)))

    def someone(self, *states: str) -> MemberId:
        """A member in one of these states. Raises `Refused` where there is none: then this move is none."""
        found = [each for each, who in self.oracle.members.items() if who.state in states]
        if not found:
            raise Refused(t("Nothing now"))
        return MemberId(self.random.choice(found))

    async def look(self) -> None:
        """Everything that can be read or is on its way, held against the oracle."""
        await self.world.read(self.before_claiming)
        await self.world.read(self._look)

    def _look(self, tx: Tx) -> None:
        waiting = stored.asked(tx, FIRST, ConsentType.SHARING)
        if waiting is not None:
            self.oracle.asked(waiting.id)
        persons: dict[PersonId, list[int]] = {}
        for number in self.oracle.members:
            found = members.find(tx, MemberId(number))
            assert found is not None
            persons.setdefault(found.person, []).append(number)
        for person, numbers in persons.items():
            self._member(tx, person, numbers)
        outside = [people.of_account(tx, each.account) for each in (self.town.lars, self.town.kim)]
        for who in (*persons, *outside):
            assert who is not None
            self._outside(tx, who, member=who in persons)

    def _ask(self, tx: Tx, who: PersonId, query: Query[object]) -> object:
        return queries.look(Context(tx=tx, municipality=self.world.municipality, actor=who), query)

    def _outside(self, tx: Tx, who: PersonId, *, member: bool) -> None:
        """Nobody outside reads the case, and a member reads it through the circle alone."""
        for query in (TheCircle(FIRST), TheChildren(FIRST), TheTimeline(FIRST)):
            self._holds(not self._ask(tx, who, query), f"person {who} reads {type(query).__name__}")
        self._holds(not member or self._ask(tx, who, TheCase(FIRST)) is None, f"member {who} opens the case")
        self._holds(member or self._ask(tx, who, MyCircles()) == (), f"person {who} outside sees a circle")

    def _member(self, tx: Tx, person: PersonId, numbers: list[int]) -> None:
        allowed = {number: self.oracle.may_know(number, self.today) for number in numbers}
        every = frozenset[InfoKind]().union(*allowed.values())
        shown = {each.member: each for each in cast(tuple[MyCircle, ...], self._ask(tx, person, MyCircles()))}
        for number, may in allowed.items():
            view = shown.get(MemberId(number))
            self._holds((view.now if view else frozenset()) == may, f"member {number} sees {view and view.now}, may know {may}")
            if view is not None:
                self.seen += 1
                joined = self.oracle.members[number].state == "joined"
                self._holds(joined or not (view.need or view.coordinator or view.others), f"member {number} sees before the yes")
                self._holds(InfoKind.NEEDS in may or not (view.need or view.important), f"member {number} sees needs")
                self._holds(InfoKind.CONTACT in may or not (view.subject_name or view.others), f"member {number} sees who")
        for row in tx.all(ON_ITS_WAY, who=person, case=FIRST):
            body = tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"])
            self._words(body, every, f"outbox row {row['id']} ({row['channel']}) is on its way to person {person}")
        for notice in circle.readable(Context(tx=tx, municipality=self.world.municipality, actor=person)):
            if notice.case == FIRST and notice.words:
                self._words(notice.words, every, f"person {person} reads a notice")

    def _words(self, words: str, allowed: frozenset[InfoKind], where: str) -> None:
        # That a case has ended is told, in neutral words, to those who could be told something until then.
        self._holds(bool(allowed) or self.oracle.over, f"{where}, who may know nothing: {words}")
        for kind in CANARY.findall(words):
            self._holds(InfoKind(kind) in allowed, f"{where} of {kind}, but may know {sorted(allowed)}")

    def _holds(self, holds: bool, what: str) -> None:
        if not holds:
            raise Leak(f"{what} on {self.today}; moves: {', '.join(self.moves)}")


Move = Callable[[Machine], Awaitable[None]]
"""One thing that happens in a case."""
