"""The clock on the wall: what happens again and again by itself.

Here: APScheduler jobs that only say "look now". Not here: what is due; the tables know that. Guarantee: a tick that comes late, or after
a night without power, finds everything that fell due meanwhile.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import OSLO
from bot.domain.figures import Figures
from bot.logs import Event, Log
from bot.services import due, recompute, reminders, retention
from bot.services.municipality import Municipality
from bot.store.database import Database
from bot.store.figures import figures

LOOK_FOR_REMINDERS: Final = timedelta(seconds=5)
LOOK_FOR_OLD: Final = timedelta(hours=1)
LOOK_AT_FIGURES: Final = timedelta(seconds=30)
LOOK_FOR_RETURNED: Final = timedelta(minutes=1)


async def fire_due(database: Database, municipality: Municipality) -> int:
    """Settle everything that is due, in batches so that a press is never held up for long; how many."""
    done = 0
    while taken := await database.transact(lambda tx: reminders.fire_due(tx, municipality)):
        done += taken
        if taken < reminders.BATCH:
            break
    return done


async def recompute_all(database: Database, municipality: Municipality) -> int:
    """Compute all cases anew where the rules have changed, in batches so that a press is never held up for long; how many cases."""
    if not await database.transact(lambda tx: recompute.needed(tx, municipality)):
        return 0
    await database.transact(lambda tx: recompute.begin(tx, municipality))
    done = 0
    while True:
        progress = await database.transact(lambda tx: recompute.step(tx, municipality))
        done += progress.cases
        if progress.left == 0:
            return done


class Ticks:
    """Starts and stops the jobs. `fired` is called when something was put in the outbox, `show` with the figures.

    `look_for_returned` reads e-mails that came back, where there is a place for them; how many.
    """

    def __init__(
        self,
        database: Database,
        municipality: Municipality,
        *,
        log: Log,
        fired: Callable[[], None],
        show: Callable[[Figures], None],
        look_for_returned: Callable[[], Awaitable[int]] | None = None,
    ) -> None:
        self._look_for_returned = look_for_returned
        self._database, self._municipality, self._log, self._fired, self._show = database, municipality, log, fired, show
        # Its defaults drop a job that is a second late; ours only ever looks at the table, so late is as good as in time.
        self._scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})

    async def start(self) -> None:
        """Look once, and then again and again. What is due by changed rules is known before anything is told."""
        await self.look_at_rules()
        await self.look_for_old()
        await self.look_for_reminders()
        await self.look_at_figures()
        self._scheduler.add_job(self.look_for_reminders, "interval", seconds=LOOK_FOR_REMINDERS.total_seconds())
        self._scheduler.add_job(self.look_for_old, "interval", seconds=LOOK_FOR_OLD.total_seconds())
        self._scheduler.add_job(self.look_at_figures, "interval", seconds=LOOK_AT_FIGURES.total_seconds())
        if self._look_for_returned is not None:
            self._scheduler.add_job(self.look_for_returned, "interval", seconds=LOOK_FOR_RETURNED.total_seconds())
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def look_at_rules(self) -> None:
        """Where the municipality's rules have changed since, compute all cases anew, a batch at a time."""
        try:
            count = await recompute_all(self._database, self._municipality)
        except Exception as error:
            self._log.error(Event.TICK_FAILED, error=error)
            return
        if count:
            self._log.info(Event.CASES_RECOMPUTED, count=count)

    async def look_for_reminders(self) -> None:
        """Fire what is due."""
        try:
            count = await fire_due(self._database, self._municipality)
        except Exception as error:
            self._log.error(Event.TICK_FAILED, error=error)
            return
        if count:
            self._log.info(Event.REMINDERS_FIRED, count=count)
            self._fired()

    async def look_for_old(self) -> None:
        """Delete what is no longer to be kept, and plan KE's own tasks."""
        try:
            count = await self._database.transact(retention.purge)
            await self._database.transact(lambda tx: due.of_unit(tx, self._municipality))
        except Exception as error:
            self._log.error(Event.TICK_FAILED, error=error)
            return
        if count:
            self._log.info(Event.PURGED, count=count)

    async def look_for_returned(self) -> None:
        """Read e-mails that came back."""
        assert self._look_for_returned is not None
        try:
            count = await self._look_for_returned()
        except Exception as error:
            self._log.error(Event.TICK_FAILED, error=error)
            return
        if count:
            self._log.info(Event.MAIL_RETURNED, count=count)
            self._fired()

    async def look_at_figures(self) -> None:
        """Count for the dashboard."""
        try:
            self._show(await self._database.transact(lambda tx: figures(tx, tx.now.astimezone(OSLO).date())))
        except Exception as error:
            self._log.error(Event.TICK_FAILED, error=error)
