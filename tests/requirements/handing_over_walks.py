"""A case with a coordinator at work, somebody it is about, and people around them: where substitutes and changes begin.

Here: the cast and what is looked at afterwards. Not here: what is asserted. The case is put straight into the tables; everything after
that is done by commands and presses.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast

from bot.domain.access import Role
from bot.domain.cases import CaseState, Place, TaskKind
from bot.domain.change_commands import AnswerChange, AnswerChangeAsLeader, LeaderOnChange, NoteMet, StartChange, WishCoordinator
from bot.domain.changes import Change, ChangeAsk, ChangeReason, ChangeState
from bot.domain.circle import MemberKind, MemberState, Reach
from bot.domain.ids import PersonId
from bot.domain.substitute_commands import AnswerSubstitute, ProposeSubstitute
from bot.domain.substitutes import Substitute, SubstituteScope
from bot.engine.ask import Command, Query
from bot.engine.texts import Language
from bot.services import guarantees, queries
from bot.services.municipality import Context
from bot.store import assignments, cases, changes, members, people, substitutes
from bot.store.database import Tx
from tests.requirements.town import Town, _coordinated
from tests.requirements.walks import FIRST
from tests.world import Chat, World

T = TypeVar("T")
NUMBER = "1001"


@dataclass
class Desk:
    """Nora coordinates the first case, about Ola, who reads Nynorsk. Nils knows him; Mona leads Kim's department."""

    town: Town
    ola: Chat
    mona: Chat

    @classmethod
    async def of(cls, world: World) -> "Desk":
        town = await Town.of(world)
        ola = await world.staff("Ola Prøve", language=Language.NN)
        mona = await world.staff("Mona Prøve", Role.LEADER, department="fysio_ergo")
        desk = cls(town, ola, mona)
        nora, his = await world.person(town.nora), await world.person(ola)

        def make(tx: Tx) -> None:
            _coordinated(tx, nora, 0)
            cases.add_party(tx, FIRST, his, Role.SELF)

        await world.read(make)
        await desk.around(town.nils)
        return desk

    @property
    def world(self) -> World:
        return self.town.world

    async def around(self, who: Chat) -> None:
        """One more around Ola."""
        person, by = await self.world.person(who), await self.world.person(self.town.nora)

        def add(tx: Tx) -> None:
            member = members.add(
                tx,
                FIRST,
                person,
                name=people.person(tx, person).name or "?",
                title="Ergoterapeut",
                service=None,
                service_words="Ergoterapi",
                reach=Reach(),
                kind=MemberKind.FIXED,
                sees=(),
                by=by,
            )
            assert member is not None
            for state in (MemberState.INVITED, MemberState.JOINED):
                found = members.find(tx, member)
                assert found is not None
                members.move(tx, found, state)

        await self.world.read(add)

    async def does(self, who: Chat, command: Command[T]) -> T:
        """A command. Raises what the service raises."""
        done = await self.town.does(who, command)
        await self.world.deliver()
        return done  # type: ignore[return-value]

    async def looks(self, who: Chat, query: Query[T]) -> T:
        """A query, as this person sees it."""
        person = await self.world.person(who)

        def look(tx: Tx) -> T:
            return cast(T, queries.look(Context(tx=tx, municipality=self.world.municipality, actor=person), query))

        return await self.world.read(look)

    async def roles(self, who: Chat) -> frozenset[Role]:
        """What somebody is in the case now."""
        person = await self.world.person(who)
        return await self.world.read(lambda tx: cases.roles_in(tx, FIRST, person, people.standing_roles(tx, person)))

    async def coordinator(self) -> PersonId | None:
        held = await self.world.read(lambda tx: assignments.accepted(tx, FIRST))
        return None if held is None else held.candidate

    async def change(self) -> Change:
        found = await self.world.read(lambda tx: changes.last_in(tx, FIRST))
        assert found is not None
        return found

    async def asks(self) -> tuple[ChangeAsk, ...]:
        change = await self.change()
        return await self.world.read(lambda tx: changes.asks(tx, change.id))

    async def substitute(self) -> Substitute:
        return (await self.world.read(lambda tx: substitutes.of_case(tx, FIRST)))[-1]

    async def to_do(self) -> set[TaskKind]:
        return await self.town.to_do()

    async def alone(self) -> bool:
        return await self.world.read(lambda tx: guarantees.alone(tx, FIRST))

    def at(self, days: int, hour: int = 8) -> datetime:
        """So many days from today, at an hour in UTC."""
        day = self.world.clock.now().date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def day(self, days: int) -> date:
        return self.world.clock.now().date() + timedelta(days=days)

    async def stands_in(self, who: Chat, first: int, until: int, note: str | None = None, *, yes: bool = True) -> None:
        """Asked by Nora for so many days from today, and answered."""
        command = ProposeSubstitute(
            case=FIRST,
            person=await self.world.person(who),
            scope=SubstituteScope.PERIOD,
            starts_at=self.at(first),
            ends_at=self.at(until),
            note=note,
        )
        made = await self.does(self.town.nora, command)
        await self.does(who, AnswerSubstitute(substitute=(await self.substitute()).id, yes=yes))
        assert made == (await self.substitute()).id

    async def begins_change(self, who: Chat | None = None, reason: ChangeReason = ChangeReason.NEW_JOB) -> None:
        await self.does(who or self.town.nora, StartChange(case=FIRST, reason=reason))

    async def to_the_wish(self) -> None:
        """Begun by Nora, with her leader's yes."""
        await self.begins_change()
        await self.does(self.town.lars, LeaderOnChange(change=(await self.change()).id, yes=True))

    async def wishes(self, *order: Chat, words: str | None = None) -> None:
        people_ = tuple([await self.world.person(each) for each in order])
        await self.does(self.ola, WishCoordinator(change=(await self.change()).id, order=people_, words=words))

    async def answers(self, who: Chat, yes: bool, reason: str | None = None) -> None:
        person = await self.world.person(who)
        ask = next(each for each in await self.asks() if each.person == person)
        await self.does(who, AnswerChange(ask=ask.id, yes=yes, reason=reason))

    async def leader_answers(self, leader: Chat, who: Chat, yes: bool = True) -> None:
        person = await self.world.person(who)
        ask = next(each for each in await self.asks() if each.person == person)
        await self.does(leader, AnswerChangeAsLeader(ask=ask.id, yes=yes))

    async def to_working_together(self) -> None:
        """Nils has said yes, and so has his leader."""
        await self.to_the_wish()
        await self.wishes(self.town.nils)
        await self.answers(self.town.nils, True)
        await self.leader_answers(self.town.lars, self.town.nils)
        assert (await self.change()).state is ChangeState.TAKING_OVER

    async def met(self) -> None:
        await self.does(self.town.nils, NoteMet(case=FIRST, place=Place.HOME))

    async def state(self) -> CaseState:
        return (await self.town.case()).state
