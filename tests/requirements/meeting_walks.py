"""Ways that tests of meetings need: a circle with consent, a meeting planned, agreed to and called.

Here: commands as the coordinator and the person give them. Not here: what is asserted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar, cast

from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, MemberId
from bot.domain.meeting_commands import AgreeToMeeting, ProposeMeeting
from bot.domain.meeting_queries import MeetingPlan
from bot.domain.meetings import Meeting, MeetingKind, MeetingPlace
from bot.domain.reminders import OSLO
from bot.engine.ask import Query
from bot.engine.texts import Text
from bot.services import queries
from bot.services.municipality import Context
from bot.store import meetings
from bot.store.database import Tx
from tests.requirements.circle_walks import SOLVEIG, TROND, Around
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.ways import led
from tests.world import Chat, World

T = TypeVar("T")


@dataclass
class Table:
    """Kari has Nora as coordinator; Solveig and Trond take part, and a consent names meetings for both."""

    around: Around
    solveig: Chat
    trond: Chat
    members: tuple[MemberId, MemberId]
    called: list[MeetingId] = field(default_factory=list)

    @classmethod
    async def of(cls, world: World) -> "Table":
        return await cls.within(await Town.of(world))

    @classmethod
    async def within(cls, town: Town) -> "Table":
        """The same in a town that is there already."""
        return await led(town.world, "table", lambda: cls._within(town))

    @classmethod
    async def _within(cls, town: Town) -> "Table":
        around = await Around.of(town)
        first, second = await around.add(), await around.add(TROND, title="Lærer", service=None, service_words="Skolen")
        shared = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS, InfoKind.CONTACT)
        await around.consent({first: shared, second: shared})
        return cls(around, await around.joined(first), await around.joined(second), (first, second))

    @property
    def town(self) -> Town:
        return self.around.town

    @property
    def world(self) -> World:
        return self.town.world

    @property
    def kari(self) -> Chat:
        return self.around.kari

    @property
    def nora(self) -> Chat:
        return self.town.nora

    def at(self, days: int, hour: int = 10) -> datetime:
        """So many days from today, at an hour in Oslo."""
        return datetime.combine(self.around.today + timedelta(days=days), time(hour), OSLO).astimezone(UTC)

    async def plans(self, *times: datetime, by: Chat | None = None, members: Iterable[MemberId] | None = None, **more: Any) -> MeetingId:
        """Nora plans a meeting; Kari is asked."""
        given: dict[str, Any] = {
            "case": FIRST,
            "kind": MeetingKind.GROUP,
            "purpose": "together",
            "place": MeetingPlace.OFFICE,
            "where": "Rådhuset, rom 3",
            "times": times or (self.at(30),),
            "minutes": 60,
            "members": tuple(self.members if members is None else members),
            "codes": ("own_words", "who_does_what", "next_meeting"),
        }
        made = await self.town.does(by or self.nora, ProposeMeeting(**(given | more)))
        assert isinstance(made, int)
        return MeetingId(made)

    async def plans_by_hand(self) -> None:
        """Nora plans a meeting in the chat, question by question, as far as the points of her own."""
        world, nora = self.world, self.nora
        await world.write(nora, "/ansatt")
        await world.press(nora, "Those I coordinate for")
        kind, purpose = "Responsibility group", "See how it goes, and go on"
        await world.press(nora, nora.last.labels[0], "Meetings and tasks", "Call a meeting", kind, purpose)
        await world.press(nora, nora.last.labels[0], nora.last.labels[1], "Done", "No, nobody", "At our office")
        await world.write(nora, "Rådhuset, rom 3")
        await world.press(nora, "Yes, I have a time")
        plan = await self.look(nora, MeetingPlan(FIRST))
        assert plan is not None
        assert await world.offers(nora, Text("{day}", {"day": self.world.municipality.calendar.next_working_day(plan.first_day)}))
        assert not await world.offers(nora, Text("{day}", {"day": plan.first_day - timedelta(days=1)})), (
            "what keeps the notice stands first"
        )
        await world.write(nora, self.at(30).astimezone(OSLO).strftime("%d.%m.%Y"))
        await world.write(nora, "10.00")
        await world.press(nora, "Use this")

    async def agrees(self, meeting: MeetingId, by: Chat | None = None, **more: Any) -> None:
        """Kari says yes."""
        await self.town.does(by or self.kari, AgreeToMeeting(meeting=meeting, **more))

    async def calls(self, *times: datetime, **more: Any) -> MeetingId:
        """Planned, agreed to, and called."""
        meeting = await self.plans(*times, **more)
        await self.agrees(meeting)
        await self.world.deliver()
        self.called.append(meeting)
        return meeting

    async def meeting(self, meeting: MeetingId) -> Meeting:
        found = await self.world.read(lambda tx: meetings.find(tx, meeting))
        assert found is not None
        return found

    async def look(self, who: Chat, query: Query[T]) -> T:
        """What this person gets to see now."""
        person = await self.world.person(who)

        def work(tx: Tx) -> T:
            return cast(T, queries.look(Context(tx=tx, municipality=self.world.municipality, actor=person), query))

        return await self.world.read(work)


__all__ = ["SOLVEIG", "TROND", "Table"]
