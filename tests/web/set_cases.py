"""Places on the page with a case as `samrad talk` sets it, each made once and then copied.

Here: the places and who plays whom. Not here: what is asserted.
"""

import shutil
from datetime import datetime
from pathlib import Path

from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.store import people
from bot.talk_cast import Far, Player
from bot.talk_setting import Setting, settle
from bot.web.app import page
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.world import World


def with_page(world: World) -> Place:
    """The page of a municipality, on which every request comes a second after the one before."""
    ticking = iter(range(10**9))
    app = page(world.database, world.municipality, settings=SETTINGS, clock=world.clock, monotonic=lambda: float(next(ticking)))
    return Place(world=world, app=app)


async def close(place: Place) -> None:
    for visitor in place.visitors:
        await visitor.client.aclose()
    await place.world.database.close()


class Settings:
    """Databases with a case as `samrad talk` sets it, each made once and then copied."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, dict[Far, tuple[datetime, Setting]]()

    async def opened(self, far: Far, path: Path) -> tuple[Place, Setting]:
        """A copy, at the time at which it was made."""
        made = self._folder / f"{far}.db"
        if far not in self._made:
            world = await World.open(made, start=MONDAY)
            setting = await settle(world.database, world.clock, world.municipality, Language.NB, far)
            await world.database.close()
            self._made[far] = world.clock.now(), setting
        shutil.copy(made, path)
        start, setting = self._made[far]
        return with_page(await World.open(path, start=start)), setting


async def whose(place: Place, setting: Setting, player: Player) -> PersonId:
    """Whose chat the player's is now."""
    found = await place.world.read(lambda tx: people.of_account(tx, setting.cast.accounts[player]))
    assert found is not None
    return found
