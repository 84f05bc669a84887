"""Looking at a database without changing it.

Here: what an operator's check asks of the file. Not here: opening it for work, which also brings it up to date (`bot.store.database`).
Guarantee: nothing is written, so that it can be looked at while the bot runs, and before an upgrade.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.store.database import DatabaseUnusable, migrations

MOST_FAULTS: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """What was found. `pending`: migrations not yet applied; `unknown`: applied ones that this version does not have.

    `faults`: what SQLite's own integrity check says, nothing where all is well. `wrapped_by`: the ids of the keys this database needs.
    `open_alarms`: how many alarms nobody has seen yet. `newest_half`: the highest number of a key's half that this database needs.
    """

    pending: tuple[str, ...]
    unknown: tuple[int, ...]
    faults: tuple[str, ...]
    wrapped_by: frozenset[str]
    open_alarms: int
    newest_half: int = 0


def pending(path: Path) -> tuple[str, ...]:
    """The names of the migrations that an existing database still needs. Raises `DatabaseUnusable`."""
    return _looked(path, deep=False).pending


def inspect(path: Path) -> Inspection:
    """Look at all of an existing database; reads every page of it. Raises `DatabaseUnusable`."""
    return _looked(path, deep=True)


def _looked(path: Path, *, deep: bool) -> Inspection:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0)) as raw:
            return _inspection(raw, deep)
    except sqlite3.Error as error:
        raise DatabaseUnusable(
            f"SAMRAD_DATABASE_URL: {path} cannot be read ({error}); check its owner and mode, or put back a backup"
        ) from error


def _inspection(raw: sqlite3.Connection, deep: bool) -> Inspection:
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied = {row[0] for row in raw.execute("SELECT number FROM migrations")} if "migrations" in tables else set()
    known = migrations()
    faults = [row[0] for row in raw.execute(f"PRAGMA integrity_check({MOST_FAULTS})")] if deep else ["ok"]
    keys = raw.execute("SELECT DISTINCT wrapped_by FROM data_keys WHERE wrapped IS NOT NULL") if "data_keys" in tables else ()
    alarms = raw.execute("SELECT count(*) FROM alarms WHERE seen_at IS NULL").fetchone()[0] if "alarms" in tables else 0
    has_halves = "data_keys" in tables and any(row[1] == "half" for row in raw.execute("PRAGMA table_info(data_keys)"))
    newest_half = raw.execute("SELECT coalesce(max(half), 0) FROM data_keys").fetchone()[0] if has_halves else 0
    return Inspection(
        pending=tuple(name for number, name, _ in known if number not in applied),
        unknown=tuple(sorted(applied - {number for number, _, _ in known})),
        faults=() if faults == ["ok"] else tuple(faults),
        wrapped_by=frozenset(row[0] for row in keys),
        open_alarms=alarms,
        newest_half=newest_half,
    )
