"""Reminders: a million waiting, ten thousand due at eight o'clock, against APScheduler's own store.

Each of ours that falls due is checked against today's facts, rendered in its reader's language, put in the outbox and audited. Each of
APScheduler's calls an empty function.
"""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.municipality import Place, Standing, opened
from bot.domain.ids import SessionId
from bot.services import due, reminders
from bot.store import sessions
from bot.store.database import Tx

OF = "reminders"
FAR = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number)
INSERT INTO reminders (key, case_id, kind, due_at) SELECT 'far/' || i, i, 'answer_soon', '2029-01-01T07:00:00.000000Z' FROM n"""


async def measure(folder: Path, quick: bool) -> list[Figure]:
    """Start, an empty tick, and the morning."""
    path, clock = folder / "reminders.db", Standing()
    pending, due_ = (100_000, 2_000) if quick else (1_000_000, 10_000)
    async with opened(path, clock) as place:
        await place.half_way(0, due_, reminded=True)
        await place.database.transact(lambda tx: tx.execute(FAR, number=pending))
    start = perf_counter()
    async with opened(path, clock) as place:
        await place.database.transact(lambda tx: reminders.fire_due(tx, place.municipality))
        figures = [at_most(OF, f"start with {pending:,} waiting", perf_counter() - start, "s", 1.0)]
        figures.append(at_most(OF, "a tick with nothing due", await _empty_tick(place) * 1e3, "ms", 1.0))
        figures.append(at_most(OF, "making one equal", await _equal(place) * 1e3, "ms", 2.0))
        clock.turn(timedelta(days=3))
        took, longest, told = await _morning(place)
    goal = 2.0 * due_ / 10_000
    figures.append(Figure(of=OF, name="put in the outbox", value=told, unit=f"of {due_:,} due"))
    figures.append(at_most(OF, f"{due_:,} due, into the outbox", took, "s", goal))
    figures.append(at_most(OF, "longest transaction meanwhile", longest * 1e3, "ms", 100))
    jobs = 1_000 if quick else 10_000
    theirs = await _apscheduler(folder / "apscheduler.db", jobs)
    figures.append(Figure(of=OF, name=f"APScheduler with SQLAlchemyJobStore, {jobs:,} due, last one called", value=theirs, unit="s"))
    figures.append(at_least(OF, "ours / APScheduler, due a second", (due_ / took) / (jobs / theirs), "times", 1.0))
    return figures


async def _empty_tick(place: Place) -> float:
    start = perf_counter()
    for _ in range(200):
        await place.database.transact(lambda tx: reminders.fire_due(tx, place.municipality))
    return (perf_counter() - start) / 200


async def _equal(place: Place) -> float:
    def work(tx: Tx) -> None:
        for number in range(1, 201):
            session = sessions.find(tx, SessionId(number))
            assert session is not None
            due.of_session(tx, place.municipality, session)

    start = perf_counter()
    await place.database.transact(work)
    return (perf_counter() - start) / 200


async def _morning(place: Place) -> tuple[float, float, int]:
    """Seconds in all, seconds of the longest transaction, and messages put in the outbox."""
    longest, start = 0.0, perf_counter()
    while True:
        before = perf_counter()
        taken = await place.database.transact(lambda tx: reminders.fire_due(tx, place.municipality))
        longest = max(longest, perf_counter() - before)
        if taken < reminders.BATCH:
            break
    took = perf_counter() - start
    counted = await place.database.transact(lambda tx: tx.one("SELECT count(*) AS n FROM outbox"))
    assert counted is not None
    return took, longest, counted["n"]


LEFT: list[int] = []
ALL_CALLED = asyncio.Event()


def call() -> None:
    """What a job of APScheduler does. Its store keeps a function's name, so it must be one of a module."""
    LEFT.pop()
    if not LEFT:
        ALL_CALLED.set()


async def _apscheduler(path: Path, number: int) -> float:
    """Seconds from start to the last of so many that are due, added beforehand."""
    # One job a commit is what `add_job` does; its own time is not counted here.
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    LEFT.extend(range(number))
    ALL_CALLED.clear()
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{path}")}, job_defaults={"misfire_grace_time": None}, timezone=UTC
    )

    scheduler.start(paused=True)
    for place in range(number):
        scheduler.add_job(call, "date", run_date=datetime.now(UTC) - timedelta(seconds=1), id=str(place))
    start = perf_counter()
    scheduler.resume()
    await ALL_CALLED.wait()
    took = perf_counter() - start
    scheduler.shutdown(wait=False)
    return took
