"""What is held about a person: which rows of which table are whose, and how they are read for the one they are about.

Here: the form of such a statement, and reading by it. Not here: the statements (`held_by_person`, `held_in_case`), nor who may have what
(`bot.services.my_data`). Guarantee: a sealed value that no longer opens is told as gone, and stops nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from sqlite3 import Row
from typing import Final

from bot.domain.access import Action, Role
from bot.domain.ids import CaseId, PersonId
from bot.domain.my_data import Kind
from bot.domain.reminders import OSLO
from bot.store.database import Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner
from bot.store.times import moment

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Entry = dict[str, Value]
"""One row, by column. A sealed JSON object stands under its column as what it was."""


def of_its_case(row: Row) -> KeyOwner:
    return KeyOwner("case", row["case_id"])


def of_the_row(row: Row) -> KeyOwner:
    return KeyOwner(row["owner_kind"], row["owner"])


def as_json(plain: str) -> Value:
    found: Value = json.loads(plain)
    return found


def only(*keys: str) -> Callable[[str], Value]:
    """Of a sealed JSON object, these keys alone."""

    def read(plain: str) -> Value:
        found = json.loads(plain)
        return {key: found[key] for key in keys if key in found}

    return read


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Rows of one table that are about somebody.

    `find`: which, in SQL with `:me` or `:case`. `shown`: columns as they are stored. `sealed`: columns to open, each with how its words
    are read. `people`: columns that name a person; they are told by what that person is, never by number. `kept_back`: columns that are
    not handed out, and `why`. `needs`: what a party of the case must be allowed to do to get it, and `roles`: which of them; None: all.
    `when`: the column that says since when. `owner`: whose key seals it, where that is not the case's or the person's own; `place`: what
    a seal is bound to, where that is not the row's id. `inner` and `whole`: sealed columns, and rows, that only the municipality's own
    record system gets.
    """

    table: str
    kind: Kind
    find: str
    shown: tuple[str, ...] = ()
    sealed: Mapping[str, Callable[[str], Value]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    why: str = ""
    roles: frozenset[Role] | None = None
    needs: Action = Action.SEE_CONTENT
    when: str | None = None
    owner: Callable[[Row], KeyOwner] | None = None
    place: Callable[[Row, str], Field] | None = None
    joined: str = ""
    inner: Mapping[str, Callable[[str], Value]] = field(default_factory=dict)
    whole: str | None = None

    @property
    def columns(self) -> frozenset[str]:
        """Every column that somebody has thought about."""
        return frozenset((*self.shown, *self.sealed, *self.people, *self.kept_back))


def for_records(held: Held) -> Held:
    """The same for the municipality's own record system: every row, and every word."""
    return replace(held, find=held.whole or held.find, sealed={**held.sealed, **held.inner})


GONE: Final = None
"""What stands in place of words whose key is destroyed."""


def count(tx: Tx, held: Held, *, me: PersonId, case: CaseId | None) -> tuple[int, date | None]:
    """How many rows, and the day in Oslo of the oldest."""
    since = f"min({held.when})" if held.when else "NULL"
    row = tx.one(f"SELECT count(*) AS number, {since} AS since FROM {held.table} {held.joined} WHERE {held.find}", **_names(held, me, case))  # noqa: S608 (our own statements)
    assert row is not None
    return row["number"], None if row["since"] is None else _day(row["since"])


def entries(tx: Tx, held: Held, *, me: PersonId, case: CaseId | None, told: Callable[[PersonId], str]) -> list[Entry]:
    """The rows themselves, in the order they came. `told` says who a person is, for the one who reads."""
    rows = tx.all(f"SELECT * FROM {held.table} {held.joined} WHERE {held.find}", **_names(held, me, case))  # noqa: S608 (our own statements)
    return [_entry(tx, held, row, KeyOwner("person", me) if case is None else KeyOwner("case", case), told) for row in rows]


def _names(held: Held, me: PersonId, case: CaseId | None) -> dict[str, object]:
    return {name: value for name, value in (("me", me), ("case", case)) if f":{name}" in held.find}


def _day(text: str) -> date:
    return moment(text).astimezone(OSLO).date() if "T" in text else date.fromisoformat(text)


def _entry(tx: Tx, held: Held, row: Row, owner: KeyOwner, told: Callable[[PersonId], str]) -> Entry:
    entry: Entry = {column: row[column] for column in held.shown}
    entry |= {column: None if row[column] is None else told(PersonId(row[column])) for column in held.people}
    for column, read in held.sealed.items():
        entry[column] = (
            None if row[column] is None else _opened(tx, held, row, owner if held.owner is None else held.owner(row), column, read)
        )
    return entry


def _opened(tx: Tx, held: Held, row: Row, owner: KeyOwner, column: str, read: Callable[[str], Value]) -> Value:
    place = Field(held.table, column, row["id"]) if held.place is None else held.place(row, column)
    try:
        return read(tx.open(place, owner, row[column]))
    except KeyDestroyed:
        return GONE


def tables(tx: Tx) -> dict[str, frozenset[str]]:
    """Every table of the database with its columns."""
    names = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    return {name: frozenset(row["name"] for row in tx.all(f"PRAGMA table_info({name})")) for name in names}
