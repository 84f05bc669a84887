"""One telling of the story, and everything that could be seen of it from outside.

Here: the place it is told at (database, log, temporary files) and the harvest. Guarantee: the log is at DEBUG, ours and the libraries'.
"""

import logging
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import structlog

from bot.domain.choices import PrivacyLevel
from bot.engine.registry import Entry
from bot.engine.texts import Language
from bot.logs import Log, configure
from conversations import REGISTRY
from tests.privacy.day import told, with_faults
from tests.privacy.made_up import Secrets
from tests.privacy.story import BROKEN, PAGE, START, Story, seen
from tests.privacy.wired import WiredWorld


@contextmanager
def logged(log: Log) -> Iterator[StringIO]:
    """Everything that is logged, at DEBUG, or printed; afterwards the log is as it was."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    handlers, level, stream = root.handlers[:], root.level, StringIO()
    configure("DEBUG", log=log, stream=stream)
    try:
        with redirect_stdout(stream), redirect_stderr(stream):
            yield stream
    finally:
        structlog.reset_defaults()
        logging.captureWarnings(False)
        root.handlers[:], sys.excepthook, threading.excepthook = handlers, *hooks
        root.setLevel(level)


@contextmanager
def temporary_files(folder: Path) -> Iterator[Path]:
    """A folder of our own for temporary files."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        tempfile.tempdir = before


def contents(folder: Path, pattern: str = "*") -> list[bytes]:
    """The names and contents of the files in a folder."""
    return [path.name.encode() + b"\n" + path.read_bytes() for path in sorted(folder.rglob(pattern)) if path.is_file()]


@asynccontextmanager
async def world_at(folder: Path, level: PrivacyLevel, *, page: bool, entries: Iterable[Entry]) -> AsyncIterator[WiredWorld]:
    """A municipality on the wire, with these conversations."""
    url = PAGE if page else None
    world = await WiredWorld.open(folder / "privacy.db", level=level, start=START, page_url=url, registry=with_faults(entries))
    try:
        async with world.connection:
            yield world
    finally:
        await world.database.close()


async def recorded(
    folder: Path,
    level: PrivacyLevel,
    language: Language,
    *,
    page: bool = True,
    whole: bool = True,
    days: bool = True,
    entries: Iterable[Entry] = REGISTRY,
) -> tuple[Secrets, dict[str, list[bytes]]]:
    """Tell the story; the secrets in it, and what could be seen of them by place. The whole of it shows every conversation."""
    secrets = Secrets()
    async with world_at(folder, level, page=page, entries=entries) as world:
        story = Story(world, secrets, language)
        with logged(world.log) as stream, temporary_files(folder / "temporary") as temporary:
            await told(story, whole=whole, days=days)
            files = contents(temporary)
        if whole:
            unseen = {entry.name for entry in world.municipality.registry} - story.shown - {BROKEN}
            assert not unseen, f"nobody in the story could begin {unseen}"
        places = seen(world, {"the log": [stream.getvalue().encode()], "temporary files": files})
    places["the database"] = contents(folder, "privacy.db*")
    return secrets, places
