"""Numbers that are given once and never again: a series for each kind of row that is sealed before it is written.

Here: giving them within one transaction, and noting how far each series has come. Guarantee: no number is given twice. One that was given
in a part that is undone is left out.
"""

import sqlite3


class Series:
    """The numbers that one transaction gives. Ends with it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last: dict[str, int] = {}

    def next(self, name: str) -> int:
        """The next number of a series; the first one is 1."""
        if (last := self._last.get(name)) is None:
            row = self._connection.execute("SELECT last FROM series WHERE name = ?", (name,)).fetchone()
            last = 0 if row is None else int(row[0])
        self._last[name] = last + 1
        return last + 1

    def note(self) -> None:
        """Write down how far each series has come: the last thing before the commit."""
        for name, last in self._last.items():
            self._connection.execute(
                "INSERT INTO series (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last", (name, last)
            )
