"""Ways that tests of life phases need: a child and a youth with a coordinator, and moments in Oslo.

Here: commands as people and the unit give them. Not here: what is asserted.
"""

from datetime import UTC, date, datetime, time
from typing import TypeVar, cast

from bot.domain.cases import AgeGroup
from bot.domain.ids import CaseId
from bot.domain.phase_commands import PhaseView, ThePhase
from bot.domain.reminders import OSLO, ReminderKind
from bot.engine.ask import Query
from tests.requirements.standing_walks import a_parent, born, is_parent, sees
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World

T = TypeVar("T")


class Phased:
    """Somebody has applied for their child, and Nora coordinates."""

    def __init__(self, town: Town, parent: Chat) -> None:
        self.town, self.parent = town, parent

    @classmethod
    async def of(cls, world: World, born_on: date | None, age: AgeGroup = AgeGroup.UNDER_16) -> "Phased":
        town = await Town.of(world)
        parent = await a_parent(town, age=age)
        await is_parent(town, parent)
        if born_on is not None:
            await born(town, born_on)
        await town.granted()
        await town.asks()
        await town.leader_agrees()
        await town.accepts(town.nora)
        return cls(town, parent)

    @property
    def world(self) -> World:
        return self.town.world

    @property
    def nora(self) -> Chat:
        return self.town.nora

    async def look(self, who: Chat, query: Query[T]) -> T:
        """What this person gets to see now."""
        return cast(T, await sees(self.town, who, query))

    async def view(self, who: Chat | None = None) -> PhaseView:
        """The life phase as Nora sees it."""
        found = await self.look(who or self.nora, ThePhase(FIRST))
        assert found is not None
        return found

    async def until(self, day: date, hour: int = 12) -> None:
        """The clock is turned to this hour in Oslo."""
        moment = datetime.combine(day, time(hour), OSLO).astimezone(UTC)
        await self.world.turn(moment - self.world.clock.now())

    async def planned(self, kind: ReminderKind, case: CaseId = FIRST) -> list[date]:
        """The days on which this is going to be reminded of."""
        rows = await self.town.rows(
            "SELECT due_at FROM reminders WHERE case_id = :case AND kind = :kind AND state = 'pending' ORDER BY due_at",
            case=case,
            kind=kind,
        )
        return [datetime.fromisoformat(row["due_at"]).astimezone(OSLO).date() for row in rows]


__all__ = ["FIRST", "Phased"]
