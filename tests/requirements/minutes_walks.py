"""Ways that tests of minutes and tasks need: a meeting that is going on, and minutes of it.

Here: commands as the writer gives them. Not here: what is asserted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation
from bot.domain.cases import Wanted
from bot.domain.circle import MemberKind
from bot.domain.circle_commands import SetMember
from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, MemberId, PersonId
from bot.domain.minutes import Minutes, Outcome, Point
from bot.domain.minutes_commands import Then, WriteMinutes
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.services.municipality import Context
from bot.store import cases, minutes
from bot.store.database import Tx
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World

SHARED = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS, InfoKind.CONTACT)
CODES = ("own_words", "who_does_what", "next_meeting")


@dataclass
class Held:
    """A meeting that began ten minutes ago. Kari and Solveig said that they come, Trond that he cannot."""

    table: Table
    meeting: MeetingId

    @classmethod
    async def of(cls, table: Table, **more: Any) -> "Held":
        held = cls(table, await table.calls(table.at(44), **more))
        for member in table.members:
            await held.sees(member, *SHARED)
        for chat, reply in ((table.kari, Reply.COMING), (table.solveig, Reply.COMING), (table.trond, Reply.CANNOT)):
            await held.does(chat, AnswerInvitation(meeting=held.meeting, reply=reply, words=None))
        await held.begins()
        return held

    async def begins(self) -> None:
        """The clock is turned to ten minutes into the meeting."""
        at = (await self.table.meeting(self.meeting)).at
        assert at is not None
        await self.world.turn(at - self.world.clock.now() + timedelta(minutes=10))

    async def again(self) -> "Held":
        """The next meeting, which has begun too."""
        held = Held(self.table, await self.table.calls(self.table.at(42)))
        await held.begins()
        return held

    @property
    def world(self) -> World:
        return self.table.world

    @property
    def kari(self) -> Chat:
        return self.table.kari

    @property
    def nora(self) -> Chat:
        return self.table.nora

    @property
    def solveig(self) -> Chat:
        return self.table.solveig

    @property
    def trond(self) -> Chat:
        return self.table.trond

    @property
    def today(self) -> date:
        return self.world.clock.now().astimezone(OSLO).date()

    def day(self, days: int) -> str:
        """So many days from now, as people write it."""
        return f"{self.today + timedelta(days=days):%d.%m.%Y}"

    async def who(self, chat: Chat) -> PersonId:
        return await self.world.person(chat)

    async def does(self, who: Chat, command: Command[Any]) -> object:
        """A command, and what leaves because of it arrives."""
        done = await self.table.town.does(who, command)
        await self.world.deliver()
        return done

    async def opens(self, who: Chat) -> str:
        """The run-sheet, opened from the notice that comes when the meeting begins; what stands in the chat then."""
        await self.world.press(who, "Open the run-sheet")
        return who.last.text

    def point(self, place: int, words: str) -> Point:
        """A point of the agenda on which something was decided."""
        return Point(place=place, code=CODES[place], title=None, outcome=Outcome.DECIDED, words=words)

    async def writes(self, by: Chat | None = None, **more: Any) -> None:
        """Nora writes the minutes: Kari, Solveig and Nora were there, and there is a next date."""
        present = tuple([await self.who(chat) for chat in (self.kari, self.solveig, self.nora)])
        given: dict[str, Any] = {
            "meeting": self.meeting,
            "edition": None,
            "present": present,
            "points": (self.point(0, "Kari får skyss."),),
            "next_on": self.today + timedelta(days=90),
            "why_not": None,
            "then": Then.KEEP,
        }
        await self.does(by or self.nora, WriteMinutes(**(given | more)))

    async def minutes(self) -> Minutes:
        found = await self.world.read(lambda tx: minutes.of_meeting(tx, self.meeting))
        assert found is not None
        return found

    async def calls_in(self, member: MemberId) -> None:
        """Somebody is a member only when needed from now on."""
        await self.does(self.nora, SetMember(member=member, sees=SHARED, kind=MemberKind.WHEN_NEEDED))

    async def sees(self, member: MemberId, *kinds: InfoKind) -> None:
        """What one member may see from now on."""
        await self.does(self.nora, SetMember(member=member, sees=kinds, kind=MemberKind.FIXED))

    async def wants_a_plan(self) -> None:
        await self.world.read(lambda tx: cases.set_wanted(tx, FIRST, Wanted.BOTH))

    def context(self, tx: Tx, actor: PersonId) -> Context:
        return Context(tx=tx, municipality=self.world.municipality, actor=actor)
