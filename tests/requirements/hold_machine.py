"""A case through random weeks: people away and back, substitutes, changes of coordinator, staff who leave and come back.

Here: the moves, the runs, and who holds the case, written down a second time from the tables alone. Not here: how many weeks
(`test_never_alone_at_random`, `test_handing_on`). The moves go through the same commands as people's; most are refused at any one moment,
and that is as it should be. Whatever is found bears the seed and the moves that led there.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from bot.domain.access import Role
from bot.domain.cases import LadderStep, Place
from bot.domain.change_commands import (
    AnswerChange,
    AnswerChangeAsLeader,
    DecideDepartment,
    HandToUnit,
    LeaderOnChange,
    LetGo,
    NameCoordinator,
    NoteMet,
    StartChange,
    StopChange,
    WishCoordinator,
    WorkTogetherUntil,
)
from bot.domain.changes import ChangeReason
from bot.domain.commands import AnswerAsCandidate, AnswerAsLeader, Propose
from bot.domain.ids import AssignmentId, ChangeAskId, ChangeId, PersonId, SubstituteId
from bot.domain.refusal import Refused
from bot.domain.staff_commands import EndStaffRoles
from bot.domain.substitute_commands import AnswerSubstitute, ComeBack, EndSubstitute, ProposeSubstitute, SayAway
from bot.domain.substitutes import SubstituteScope
from bot.engine.ask import Command
from bot.services import commands
from bot.services.guarantees import CaseLeftAlone
from bot.services.municipality import Context
from bot.store import cases, people
from bot.store.database import Tx
from bot.store.times import moment, stamp
from tests.requirements.conftest import MONDAY
from tests.requirements.handing_over_walks import Desk
from tests.requirements.walks import FIRST
from tests.world import Chat, World

STEPS = 150
M = TypeVar("M", bound="Machine")
STAFF = ("nora", "nils", "kim", "lars", "mona", "anne")


class LeftAlone(AssertionError):
    """Nobody holds the case, or somebody still has a part in it who should not."""


class Machine:
    """One case and those who work with it. `done`: how often each move took effect."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.random = desk, Random(seed)
        self.moves: list[str] = []
        self.done: Counter[str] = Counter()
        self._ids: dict[str, PersonId] = {}

    def chat(self, name: str) -> Chat:
        return {"mona": self.desk.mona, "ola": self.desk.ola}.get(name) or getattr(self.desk.town, name)

    async def person(self, name: str) -> PersonId:
        if name not in self._ids:
            self._ids[name] = await self.desk.world.person(self.chat(name))
        return self._ids[name]

    async def run(self, steps: int) -> None:
        for _ in range(steps):
            await self.step()
            try:
                await self.look()
            except LeftAlone as found:
                found.add_note("\n".join(self.moves[-30:]))
                raise

    async def step(self) -> None:
        """One move: the clock, somebody back in the staff, or a command by somebody."""
        dice = self.random.random()
        if dice < 0.15:
            hours = self.random.choice((1, 5, 24, 24 * 3, 24 * 9, 24 * 20))
            self.moves.append(f"{hours} hours go by")
            await self.desk.world.turn(timedelta(hours=hours))
            self.done["clock"] += 1
            return
        if dice < 0.22:
            await self.comes_back()
            return
        who, command = self.random.choice((*STAFF, "ola", "nora", "nils", "anne", "lars")), await self.command()
        if dice < 0.45 and (forward := await self.forward()) is not None:
            who, command = forward
        try:
            await self.does(who, command)
        except Refused:
            return
        self.done[type(command).__name__] += 1
        self.moves.append(f"{who}: {command}")

    async def does(self, who: str, command: Command[object]) -> None:
        person = await self.person(who)

        def carry_out(tx: Tx) -> object:
            return commands.carry_out(Context(tx=tx, municipality=self.desk.world.municipality, actor=person), command)

        await self.desk.world.read(carry_out)

    async def comes_back(self) -> None:
        """Somebody who had left works here again."""
        name = self.random.choice(STAFF)
        role = {"lars": Role.LEADER, "mona": Role.LEADER, "anne": Role.KE}.get(name, Role.COORDINATOR)
        department = None if name == "anne" else "hjemmetjenesten" if name in {"nora", "nils", "lars"} else "fysio_ergo"
        person = await self.person(name)
        await self.desk.world.read(lambda tx: people.give_role(tx, person, role, department))
        self.moves.append(f"{name} works here")
        self.done["returns"] += 1

    async def command(self) -> Command[object]:
        """A command with ids that exist, most often the newest."""
        ids = await self.desk.world.read(self._newest)
        change, ask, substitute, asked = ChangeId(ids[0]), ChangeAskId(ids[1]), SubstituteId(ids[2]), AssignmentId(ids[3])
        some = [await self.person(name) for name in ("nora", "nils", "kim", "lars")]
        person, yes, first = self.random.choice(some), self.random.random() < 0.7, self.random.randrange(0, 6)
        days = self.random.randrange(1, 15)
        choices: tuple[Command[object], ...] = (
            SayAway(first=self.desk.day(first), last=self.desk.day(first + days)),
            ComeBack(),
            ProposeSubstitute(
                case=FIRST,
                person=person,
                scope=SubstituteScope.PERIOD,
                starts_at=self.desk.at(first),
                ends_at=self.desk.at(first + days),
                note=None,
            ),
            AnswerSubstitute(substitute=substitute, yes=yes),
            AnswerSubstitute(substitute=substitute, yes=True),
            EndSubstitute(substitute=substitute),
            StartChange(case=FIRST, reason=ChangeReason.NEW_JOB),
            LeaderOnChange(change=change, yes=yes),
            WishCoordinator(change=change, order=tuple(self.random.sample(some, self.random.randrange(0, 3)))),
            AnswerChange(ask=ask, yes=yes, reason="Ja."),
            AnswerChange(ask=ask, yes=True, reason="Ja."),
            AnswerChangeAsLeader(ask=ask, yes=yes),
            NameCoordinator(change=change, person=person),
            HandToUnit(change=change),
            DecideDepartment(change=change, department=self.random.choice(("fysio_ergo", "hjemmetjenesten"))),
            NoteMet(case=FIRST, place=Place.HOME),
            LetGo(case=FIRST),
            WorkTogetherUntil(case=FIRST, until=self.desk.day(days)),
            Propose(case=FIRST, step=LadderStep.WISH, candidate=person, department=None, reason="", criteria=()),
            AnswerAsLeader(assignment=asked, yes=yes),
            AnswerAsCandidate(assignment=asked, yes=True, reason="Ja."),
        )
        if self.random.random() < 0.06:
            return EndStaffRoles(person=person)
        if self.random.random() < 0.03:
            return StopChange(change=change)
        return self.random.choice(choices)

    async def forward(self) -> tuple[str, Command[object]] | None:
        """What takes a change or an appointment that is under way a step on, noted by the unit or done by whoever has the turn."""
        if await self.desk.coordinator() is None:
            return "anne", await self.towards_a_coordinator()
        rows = await self.desk.town.rows("SELECT id, state FROM changes WHERE ended_at IS NULL")
        if not rows:
            return "nora", StartChange(case=FIRST, reason=ChangeReason.NEW_JOB)
        change = ChangeId(rows[0]["id"])
        asks = await self.desk.town.rows(
            "SELECT id, state FROM change_asks WHERE change = :c AND state IN ('asked', 'leader_asked')", c=change
        )
        nils = await self.person("nils")
        match rows[0]["state"]:
            case "leader_asked":
                return "anne", LeaderOnChange(change=change, yes=True)
            case "person_asked":
                return "ola", WishCoordinator(change=change, order=(nils,))
            case "asking" if asks and asks[0]["state"] == "asked":
                return "anne", AnswerChange(ask=ChangeAskId(asks[0]["id"]), yes=True)
            case "asking" if asks:
                return "anne", AnswerChangeAsLeader(ask=ChangeAskId(asks[0]["id"]), yes=True)
            case "taking_over":
                return "anne", self.random.choice((NoteMet(case=FIRST, place=Place.HOME), LetGo(case=FIRST)))
        return "anne", NameCoordinator(change=change, person=nils)

    async def towards_a_coordinator(self) -> Command[object]:
        """The next step of an appointment, as the unit takes or notes it."""
        sql = "SELECT id, state FROM assignments WHERE case_id = 1 AND state IN ('leader_asked', 'candidate_asked')"
        open_now = await self.desk.town.rows(sql)
        if not open_now:
            nils = await self.person("nils")
            return Propose(case=FIRST, step=LadderStep.WISH, candidate=nils, department=None, reason="", criteria=())
        asked = AssignmentId(open_now[0]["id"])
        if open_now[0]["state"] == "leader_asked":
            return AnswerAsLeader(assignment=asked, yes=True)
        return AnswerAsCandidate(assignment=asked, yes=True)

    def _newest(self, tx: Tx) -> tuple[int, int, int, int]:
        open_ask = tx.one("SELECT id FROM change_asks WHERE state IN ('asked', 'leader_asked')")
        row = tx.one(
            "SELECT (SELECT max(id) FROM changes) AS a, (SELECT max(id) FROM change_asks) AS b,"
            " (SELECT max(id) FROM substitutes) AS c, (SELECT max(id) FROM assignments) AS d"
        )
        assert row is not None
        newest = [row[name] or 0 for name in "abcd"]
        return newest[0], open_ask["id"] if open_ask else newest[1], newest[2], newest[3]

    async def look(self) -> None:
        """Held now, and at every moment at which something known today begins or ends."""
        await self.desk.world.read(self._look)

    def _look(self, tx: Tx) -> None:
        turning = tx.all(
            "SELECT starts_at AS at FROM absences UNION SELECT ends_at FROM absences"
            " UNION SELECT starts_at FROM substitutes UNION SELECT ends_at FROM substitutes"
        )
        moments = [tx.now, *(moment(row["at"]) for row in turning if row["at"] > stamp(tx.now))]
        for at in moments:
            if not held_at(tx, at):
                raise LeftAlone(f"nobody holds the case at {at}")
        accepted = tx.all("SELECT candidate FROM assignments WHERE case_id = 1 AND state = 'accepted'")
        if len(accepted) > 1:
            raise LeftAlone("two coordinators")
        for row in tx.all("SELECT id FROM people"):
            person = PersonId(row["id"])
            standing = people.standing_roles(tx, person)
            if not standing and cases.roles_in(tx, FIRST, person, standing) - {Role.SELF}:
                raise LeftAlone(f"person {person} has left and still has a part in the case")


def held_at(tx: Tx, at: datetime) -> bool:
    """Does somebody hold the case at this moment, as far as is known today? From the tables alone."""
    if tx.one("SELECT 1 FROM ke_tasks WHERE case_id = 1 AND done_at IS NULL"):
        return True
    sql = """
        SELECT candidate AS person FROM assignments WHERE case_id = 1 AND state = 'accepted'
        UNION SELECT person FROM taking_over WHERE case_id = 1 AND ended_at IS NULL
        UNION SELECT person FROM substitutes WHERE case_id = 1 AND state = 'accepted' AND starts_at <= :at AND ends_at > :at
    """
    here = """
        SELECT 1 FROM roles WHERE person = :who AND (until IS NULL OR until > :now)
        AND NOT EXISTS (SELECT 1 FROM absences WHERE person = :who AND starts_at <= :at AND ends_at > :at)
    """
    return any(tx.one(here, who=row["person"], at=stamp(at), now=stamp(tx.now)) for row in tx.all(sql, at=stamp(at)))


@asynccontextmanager
async def weeks(kind: Callable[[Desk, int], M], folder: Path, seed: int) -> AsyncIterator[M]:
    """A machine of this kind in a database of its own."""
    world = await World.open(folder / f"{seed}.db", start=MONDAY)
    try:
        yield kind(await Desk.of(world), seed)
    finally:
        await world.database.close()


async def run_all(kind: Callable[[Desk, int], Machine], folder: Path, seeds: int) -> Counter[str]:
    """How often each move took effect in so many runs. Raises where somebody is left alone, with the seed."""
    done: Counter[str] = Counter()
    for seed in range(seeds):
        async with weeks(kind, folder, seed) as here:
            try:
                await here.run(STEPS)
            except (LeftAlone, CaseLeftAlone) as found:
                found.add_note(f"seed {seed}")
                raise
            done += here.done
    return done


async def found_out(kind: Callable[[Desk, int], Machine], folder: Path, seeds: int) -> bool:
    """Is somebody left alone in one of so many runs?"""
    try:
        await run_all(kind, folder, seeds)
    except (LeftAlone, CaseLeftAlone):
        return True
    return False
