"""Tables of TOML into frozen values, driven by the values' own types.

Here: types, missing and unknown keys. Not here: ranges and what keys mean together (`bot.profile.checks`). Guarantee: reading goes on
after a mistake, so that all of them are reported together, and nothing is guessed: a missing key is only None where the type says so.
"""

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

V = TypeVar("V")

KINDS: Final[Mapping[type, tuple[str, str]]] = {
    str: ("text in quotes", '"…"'),
    int: ("a whole number", "7"),
    bool: ("true or false", "true"),
    date: ("a date without quotes", "2026-01-31"),
    time: ("a time of day without quotes", "08:00:00"),
}


class _Invalid:
    """Stands where a value could not be read; its mistake is already noted."""


INVALID: Final = _Invalid()


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word somebody probably meant, or None."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return close[0] if close else None


@dataclass(kw_only=True, slots=True)
class Reader:
    """Reads one file. `mistakes` grows while reading; a sentence names the file and the key as `table.key` or `table[2].key`."""

    file: str
    mistakes: list[str] = field(default_factory=list)
    given_for: Mapping[type, Mapping[str, object]] = field(default_factory=dict)
    """What values of a type are given besides what stands in the file."""

    def read(self, kind: type[V], table: Mapping[str, Any], given: Mapping[str, object]) -> V | None:
        """The whole file as one value; `given` holds what does not stand in the file. None when a mistake was noted."""
        value = self._table(kind, table, "", given)
        return value if isinstance(value, kind) else None

    def phones_allowed(self, listed: object) -> frozenset[str]:
        """The list of numbers a municipality answers for as its own, not a staff member's."""
        if isinstance(listed, list) and all(isinstance(number, str) for number in listed):
            return frozenset(listed)
        return self._wrong(
            "institutional_mobiles", "must be a list of numbers", 'Write institutional_mobiles = ["+4741234567"].', frozenset()
        )

    def _wrong(self, where: str, what: str, remedy: str, value: V) -> V:
        self.mistakes.append(f"{self.file}: {where} {what}. {remedy}")
        return value

    def _table(self, kind: type, table: object, where: str, given: Mapping[str, object]) -> object:
        if not isinstance(table, dict):
            heading = f"[{where}]" if where else "a table"
            return self._wrong(where or "the file", "must be a table", f"Write {heading} on a line of its own and its keys below.", INVALID)
        hints = _hints(kind)
        known = [one.name for one in fields(kind) if one.name not in given]
        for key in table:
            if key not in known:
                self._unknown(key, where, known)
        values: dict[str, object] = dict(given)
        for one in fields(kind):
            if one.name in given:
                continue
            place = f"{where}.{one.name}" if where else one.name
            if one.name in table:
                values[one.name] = self._value(hints[one.name], table[one.name], place)
            elif one.default is not MISSING:
                values[one.name] = one.default
            else:
                values[one.name] = self._missing(hints[one.name], place)
        return INVALID if any(value is INVALID for value in values.values()) else kind(**values)

    def _unknown(self, key: str, where: str, known: list[str]) -> None:
        guess = nearest(key, known)
        remedy = f"Did you mean {guess}?" if guess else f"Known here: {', '.join(known)}."
        self._wrong(f"{where}.{key}" if where else key, "is not known", f"{remedy} Correct or delete it.", None)

    def _missing(self, hint: Any, where: str) -> object:
        if _optional(hint):
            return None
        if is_dataclass(hint):
            return self._wrong(f"[{where}]", "is missing", "Add the table; every shipped profile has it.", INVALID)
        if typing.get_origin(hint) is tuple:
            entry = f"[[{where}]]" if is_dataclass(typing.get_args(hint)[0]) else f"{where.rsplit('.', 1)[-1]} = [2, 7]"
            return self._wrong(where, "is missing", f"Add {entry}; every shipped profile has it.", INVALID)
        example = KINDS.get(hint, ("", "…"))[1]
        return self._wrong(where, "is missing", f"Add {where.rsplit('.', 1)[-1]} = {example}.", INVALID)

    def _value(self, hint: Any, raw: object, where: str) -> object:
        inner = _optional(hint)
        if inner is not None:
            return self._value(inner, raw, where)
        if typing.get_origin(hint) is tuple:
            return self._list(typing.get_args(hint)[0], raw, where)
        if isinstance(hint, type) and is_dataclass(hint):
            return self._table(hint, raw, where, self.given_for.get(hint, {}))
        if issubclass(hint, StrEnum):
            return self._choice(hint, raw, where)
        return self._plain(hint, raw, where)

    def _list(self, hint: Any, raw: object, where: str) -> object:
        if not isinstance(raw, list):
            return self._wrong(where, "must be a list", f"Write {where} = [ … ], or [[{where}]] for each entry.", INVALID)
        values = [self._value(hint, one, f"{where}[{number}]") for number, one in enumerate(raw, start=1)]
        return INVALID if any(value is INVALID for value in values) else tuple(values)

    def _choice(self, kind: type[StrEnum], raw: object, where: str) -> object:
        choices = [choice.value for choice in kind]
        if isinstance(raw, str) and raw in choices:
            return kind(raw)
        guess = nearest(raw, choices) if isinstance(raw, str) else None
        meant = f'Did you mean "{guess}"? ' if guess else ""
        return self._wrong(where, f"is {raw!r}, which is not a choice", f"{meant}Choose one of {', '.join(choices)}.", INVALID)

    def _plain(self, kind: type, raw: object, where: str) -> object:
        wanted, example = KINDS[kind]
        if type(raw) is not kind:  # exactly: a bool is an int, and a datetime is a date
            key = where.rsplit(".", 1)[-1]
            return self._wrong(where, f"is {raw!r}, but must be {wanted}", f"Write for instance {key} = {example}.", INVALID)
        if isinstance(raw, str) and not raw.strip():
            return self._wrong(where, "is empty", "Fill it in, or delete the line where it is not needed.", INVALID)
        return raw


_hints: Final = cache(typing.get_type_hints)
"""What the fields of a type are, found once for each type: a profile has hundreds of tables of the same few."""


def _optional(hint: Any) -> Any:
    """The type inside `X | None`, or None where None is not allowed."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return None
    return next(one for one in typing.get_args(hint) if one is not type(None))
