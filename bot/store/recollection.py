"""What a transaction has read already, kept as long as nothing that it was read from has been written.

Here: which statement reads or writes which tables, what is therefore still true, and which sealed texts were opened. Not here: what is
read (each store module marks its own with `recalled`). Guarantee: what is recalled is what would be read now. A table counts as read or
written where a statement as much as names it, and where a trigger or a deletion reaches it, so that too much is read anew and never too
little. A sealed text is recalled by its seal and its place.
"""

import re
import sqlite3
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from bot.store.seal import Field, KeyOwner

T = TypeVar("T")
P = ParamSpec("P")
_WORDS: Final = re.compile(r"\w+")
MOST_KEPT: Final = 20_000
"""So many values; then all are let go, so that a transaction over every case does not hold every case."""
MOST_OPENED: Final = 4096
"""So many opened texts, likewise."""
_COPIED: Final = (list, dict)


class Schema:
    """Which tables there are, and which others are reached by writing to each, and by deleting from it."""

    def __init__(self, written: Mapping[str, frozenset[str]], deleted: Mapping[str, frozenset[str]]) -> None:
        self._deleted = {table: _all_reached(table, deleted) for table in deleted}
        self._written = {table: frozenset({table}).union(*(self._deleted[each] for each in reached)) for table, reached in written.items()}
        self.tables = lru_cache(maxsize=4096)(self._tables)
        self.changed = lru_cache(maxsize=4096)(self._changed)

    def _tables(self, sql: str) -> frozenset[str]:
        return frozenset(self._deleted.keys() & set(_WORDS.findall(sql)))

    def _changed(self, sql: str) -> frozenset[str]:
        """The tables that a statement may change; none for one that only reads. Only what can delete takes the rows of others along."""
        words = _WORDS.findall(sql)
        if words[0] == "SELECT":
            return frozenset()
        reached = self._written if words[0] in {"INSERT", "UPDATE"} and "REPLACE" not in words else self._deleted
        return frozenset().union(*(reached[table] for table in self._tables(sql)))


_KNOWN: Final[dict[tuple[str, ...], Schema]] = {}
"""One for each state of the migrations that was met: what is known of a statement is known for every database of that state."""


def schema_of(raw: sqlite3.Connection) -> Schema:
    """The schema of an open database, with its triggers and with foreign keys that delete or change the rows of other tables."""
    state = tuple(row[0] for row in raw.execute("SELECT digest FROM migrations ORDER BY number"))
    if state not in _KNOWN:
        _KNOWN[state] = Schema(*_reaches(raw))
    return _KNOWN[state]


def _reaches(raw: sqlite3.Connection) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """What writing to each table reaches at once, and what deleting from it does."""
    tables = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    written: dict[str, set[str]] = {name: set() for name in tables}
    deleted: dict[str, set[str]] = {name: {name} for name in tables}
    for table, sql in raw.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        written[table] |= tables.keys() & set(_WORDS.findall(sql))
    for name, sql in tables.items():
        if "REPLACE" in sql:  # A conflict that deletes the older row.
            written[name].add(name)
        for key in raw.execute("SELECT * FROM pragma_foreign_key_list(?)", (name,)).fetchall():
            for reached, action in ((written, key["on_update"]), (deleted, key["on_delete"])):
                if action not in {"NO ACTION", "RESTRICT"}:
                    reached[key["table"]].add(name)
    for name, found in written.items():
        deleted[name] |= found
    return tuple({name: frozenset(found) for name, found in reached.items()} for reached in (written, deleted))  # type: ignore[return-value]


def _all_reached(table: str, reaches: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found, waiting = set[str](), [table]
    while waiting:
        if (each := waiting.pop()) not in found:
            found.add(each)
            waiting.extend(reaches[each])
    return frozenset(found)


class Recollection:
    """What one transaction has read. Ends with it."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._kept: dict[Hashable, tuple[Any, set[str]]] = {}
        self._from: dict[str, set[Hashable]] = {}
        self._reading: list[set[str]] = []
        self._opened: dict[bytes, tuple[Field, KeyOwner, str]] = {}

    def note(self, sql: str) -> frozenset[str]:
        """A statement is about to run: what is being read depends on its tables. The tables it may change are given back, to be let go.

        Raises `RuntimeError` for a change within a read that is to be recalled: it would not be done the second time.
        """
        changed = self._schema.changed(sql)
        if self._reading:
            if changed:
                raise RuntimeError(f"a read that is to be recalled writes to {', '.join(sorted(changed))}")
            self._reading[-1] |= self._schema.tables(sql)
        return changed

    def let_go(self, tables: frozenset[str]) -> None:
        """These tables have changed: what was read from them is read anew."""
        for table in tables:
            for key in self._from.pop(table, ()):
                self._kept.pop(key, None)

    def forget(self) -> None:
        """Everything is read and opened anew from here on, as after a part was undone or a key destroyed."""
        self._kept.clear()
        self._from.clear()
        self._opened.clear()

    def opened(self, field: Field, owner: KeyOwner, sealed: bytes) -> str | None:
        """The text that this seal was found to hold in this place, if it was opened already."""
        known = self._opened.get(sealed)
        return known[2] if known is not None and known[0] == field and known[1] == owner else None

    def keep_opened(self, field: Field, owner: KeyOwner, sealed: bytes, plain: str) -> None:
        """This seal, in this place, holds this text."""
        if len(self._opened) >= MOST_OPENED:
            self._opened.clear()
        self._opened[sealed] = field, owner, plain

    def recall(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` gives, or gave before where that still holds. Not copied: it must be something that nobody changes."""
        if (kept := self._kept.get(key)) is None:
            kept = self._read(key, read)
        if self._reading:
            self._reading[-1] |= kept[1]
        value: T = kept[0]
        return value

    def _read(self, key: Hashable, read: Callable[[], T]) -> tuple[T, set[str]]:
        tables: set[str] = set()
        self._reading.append(tables)
        try:
            value = read()
        finally:
            self._reading.pop()
        if len(self._kept) >= MOST_KEPT:
            self.forget()
        kept = self._kept[key] = value, tables
        for table in tables:
            if (read_from_it := self._from.get(table)) is None:
                self._from[table] = {key}
            else:
                read_from_it.add(key)
        return kept


class Recalls(Protocol):
    """A transaction that recalls what it has read."""

    def recall(self, key: Hashable, read: Callable[[], T]) -> T: ...


R = TypeVar("R", bound=Recalls)


def recalled(read: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Mark a read of a store module as one that a transaction recalls. Its arguments are hashable; a list is handed out as a copy."""

    @wraps(read)
    def again(tx: R, /, *args: P.args, **named: P.kwargs) -> T:
        key = (read, args, tuple(named.items())) if named else (read, args)
        found = tx.recall(key, partial(read, tx, *args, **named))
        return found.copy() if isinstance(found, _COPIED) else found  # type: ignore[return-value]

    return again
