"""The commands about the database: bringing it up to date, the outbox, the audit, the alarms.

Here: what `samrad migrate`, `outbox`, `audit verify` and `alarms` do, and one transaction for any command. Not here: how it looks
(`bot.cli_output`). Guarantee: a command that only looks never makes a database, and never brings one up to date under a running bot.
"""

import asyncio
from collections.abc import Callable
from typing import Annotated, Final, TypeVar

import typer

from bot import cli_output, foundation, keyfile
from bot.cli_output import mending
from bot.clock import SystemClock
from bot.services.municipality import Municipality
from bot.settings import Settings, load_settings
from bot.store import alarms as alarm_store
from bot.store import audit as audit_store
from bot.store import outbox as outbox_store
from bot.store.database import Tx, migrations
from bot.store.inspection import pending

T = TypeVar("T")
LINES: Final = 100
LOOKED_THROUGH: Final = 100_000


def on_database(settings: Settings, work: Callable[[Tx], T], *, make: bool = False, municipality: Municipality | None = None) -> T:
    """One transaction on the database as it is; with `make`, on a new one too. With `municipality`, what must hold for cases is checked.

    Raises `StartRefused` where it is not there or not up to date, and what `open_database` raises.
    """
    path = settings.database_path
    if not path.exists() and not make:
        raise foundation.StartRefused(f"There is no database at {path}.", "Correct SAMRAD_DATABASE_URL, or make one with samrad migrate.")
    if path.exists() and (lacking := pending(path)):
        raise foundation.StartRefused(f"The database lacks {', '.join(lacking)}.", "Make a backup, then: samrad migrate")

    async def once() -> T:
        database = await foundation.open_database(settings, SystemClock())
        if municipality is not None:
            foundation.install(database, municipality)
        try:
            return await database.transact(work)
        finally:
            await database.close()

    return asyncio.run(once())


@mending()
def migrate() -> None:
    """Bring the database up to date; made where there is none."""
    settings = load_settings()
    path = settings.database_path
    applied = pending(path) if path.exists() else tuple(name for _, name, _ in migrations())

    async def once() -> None:
        await (await foundation.open_database(settings, SystemClock())).close()

    asyncio.run(once())
    for name in applied:
        cli_output.say(f"applied  {name}")
    cli_output.say(f"{path} is up to date.", "bold")


@mending()
def outbox(dead: Annotated[bool, typer.Option("--dead", help="Only what will never be sent, or may not have arrived.")] = False) -> None:
    """What waits to leave and what has left, without content."""

    def work(tx: Tx) -> tuple[dict[str, int], list[outbox_store.Line]]:
        lines = outbox_store.lines(tx, LOOKED_THROUGH if dead else LINES)
        return outbox_store.counts(tx), [line for line in lines if not dead or line.state in {"dead", "unknown"}][:LINES]

    cli_output.outbox(*on_database(load_settings(), work))


@mending()
def verify(
    kept: Annotated[
        str | None, typer.Option(help="A head noted earlier and kept elsewhere: shows whether the end was cut off since.")
    ] = None,
) -> None:
    """Look whether the audit is whole: nothing changed, dropped, moved, put in or cut off. Note the head, and keep it elsewhere."""
    try:
        noted = None if kept is None else audit_store.Head.read(kept)
    except ValueError:
        raise foundation.StartRefused("--kept is no head of an audit.", "Give it as samrad audit verify has shown it.") from None
    (entries, broken), head = on_database(load_settings(), lambda tx: (audit_store.verify(tx, noted), audit_store.head(tx)))
    if broken is not None:
        cli_output.refuse([f"The audit is broken at entry {broken} of {entries}.", "Keep the file as it is, and compare with a backup."])
        raise typer.Exit(1)
    cli_output.say(f"The audit is whole: {entries} entries.")
    cli_output.say(f"Its head is {head}")


@mending()
def alarms(seen: Annotated[int | None, typer.Option(help="Note that somebody has seen this alarm.")] = None) -> None:
    """What an operator must see."""
    settings = load_settings()
    if seen is not None and not on_database(settings, lambda tx: alarm_store.seen(tx, seen)):
        raise foundation.StartRefused(f"There is no open alarm {seen}. samrad alarms lists them.")
    cli_output.alarms([dict(row) for row in on_database(settings, alarm_store.open_alarms)])


@mending()
def add_key() -> None:
    """Put a fresh key first in the key file. The old ones stay, and open what they sealed."""
    settings = load_settings()
    if not settings.database_path.exists():
        raise foundation.StartRefused("There is no database yet, so there is nothing to change keys for.", "samrad migrate makes both.")
    keys = keyfile.load(settings.key_file).add_key()
    cli_output.say(f"{settings.key_file} has {len(keys.wrapping)} keys. From now on the newest seals what is new.")
    cli_output.say("Restart Samråd now: one that runs cannot open what the new key seals. Then make a backup of the key file.", "bold")
    cli_output.say("At that start the keys of all cases are wrapped with the newest, so that an older one opens nothing but older backups.")
