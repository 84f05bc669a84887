"""From the command to the first fetch of updates, and the memory held then. With an empty database and with a large one."""

import asyncio
import contextlib
import os
import re
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure, at_most
from bot.clock import SystemClock
from bot.keyfile import load_or_create
from bot.sandbox.server import Sandbox
from bot.store.database import Database, Tx
from bot.store.seal import Keyring

OF = "cold start"
ROWS, ROW = 100_000, 10_000
FILLED = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number)
INSERT INTO outbox (id, channel, chat, lane, class, kind, owner_kind, owner, body, state, created_at, due_at, finished_at)
SELECT 1000000 + i, 'telegram', 7, 'notice', 'answer', 'send', 'unit', 0, randomblob(:bytes), 'sent', :at, :at, :at FROM n"""


async def measure(folder: Path, quick: bool) -> list[Figure]:
    """Seconds and megabytes."""
    for name in ("empty", "large"):
        (folder / name).mkdir()
    figures = await _start(folder / "empty", "an empty database", filled=False)
    if not quick:
        figures += await _start(folder / "large", f"a database of {ROWS * ROW / 1e9:.0f} GB", filled=True)
    return figures


async def _start(folder: Path, words: str, *, filled: bool) -> list[Figure]:
    if filled:
        await _fill(folder)
    sandbox, polled = Sandbox(), asyncio.Event()
    poll = sandbox.updates.poll

    async def noted(**asked: object) -> object:
        polled.set()
        return await poll(**asked)  # type: ignore[arg-type]

    sandbox.updates.poll = noted  # type: ignore[method-assign,assignment]
    await sandbox.start()
    settings = {
        "SAMRAD_BOT_TOKEN": sandbox.token,
        "SAMRAD_BOT_API_URL": sandbox.api_url,
        "SAMRAD_PROFILE": "demo",
        "SAMRAD_DATABASE_URL": f"sqlite:///{folder / 'samrad.db'}",
        "SAMRAD_KEY_FILE": str(folder / "samrad.key"),
    }
    start = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=os.environ | settings, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await asyncio.wait_for(polled.wait(), 60)
        took = perf_counter() - start
        held = _resident(process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await sandbox.stop()
    figures = [at_most(OF, f"to the first poll, {words}", took, "s", 2.0)]
    if held is not None:
        figures.append(at_most(OF, f"resident memory, {words}", held, "MB", 120))
    return figures


def _resident(pid: int) -> float | None:
    """Megabytes a process holds; None where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    return int(found[1]) / 1024 if found else None


async def _fill(folder: Path) -> None:
    """A database made by the same key file as the bot will use."""
    keys = load_or_create(folder / "samrad.key", database_exists=False)
    keyring = Keyring(wrapping={key.id: key.secret for key in keys.wrapping}, mac_key=keys.mac_key)
    clock = SystemClock()
    database = await Database.open(folder / "samrad.db", clock=clock, keyring=keyring)

    def fill(tx: Tx) -> int:
        return tx.execute(FILLED, number=ROWS, bytes=ROW, at=f"{clock.now():%Y-%m-%dT%H:%M:%S.%fZ}")

    try:
        await database.transact(fill)
    finally:
        await database.close()
