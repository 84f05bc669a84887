"""For the tests of the secure page: a municipality with its page, and browsers on it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.store import logins, people
from bot.store.database import Tx
from bot.store.logins import Trust
from bot.web.app import page
from bot.web.page_settings import PageSettings, citizens, staff
from tests.web.visitor import ADDRESS, Visitor
from tests.world import World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9"
"""A login service that is named and never asked."""
SETTINGS = PageSettings(public_url=ADDRESS, citizen=citizens(NOWHERE, "samrad", None), staff=staff(NOWHERE, "samrad", None))


@dataclass
class Place:
    """A municipality with its page."""

    world: World
    app: Starlette
    visitors: list[Visitor] = field(default_factory=list)

    def visitor(self, language: str = "nb", *, broken: bool = False) -> Visitor:
        """A browser that nobody knows."""
        made = Visitor(self.app, language=language, broken=broken)
        self.visitors.append(made)
        return made

    async def person(self, name: str, *roles: Role, department: str | None = None, language: Language = Language.NB) -> PersonId:
        """Somebody known here, without a chat."""

        def make(tx: Tx) -> PersonId:
            who = people.create(tx, language=language, name=name)
            for role in roles:
                people.give_role(tx, who, role, department)
            return who

        return await self.world.read(make)

    async def logged_in(self, who: PersonId, trust: Trust = "citizen", *, handed: int | None = None) -> Visitor:
        """A browser in which this person has logged in."""
        token = await self.world.read(lambda tx: logins.begin(tx, who, trust, handed=handed, proved_at=tx.now))
        visitor = self.visitor()
        visitor.client.cookies.set("__Host-samrad", token, domain="samrad.solvik.example", path="/")
        return visitor


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    world = await World.open(tmp_path / "page.db", start=MONDAY)
    ticking = iter(range(10**9))
    tick: Callable[[], float] = lambda: float(next(ticking))  # noqa: E731  (every request a second after the one before: no limit is reached)
    made = Place(world=world, app=page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=tick))
    yield made
    for visitor in made.visitors:
        await visitor.client.aclose()
    await world.database.close()
