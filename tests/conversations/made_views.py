"""Made-up facts for conversations, built from the types of the queries, so that a new query needs nothing here.

Here: worlds, each answering every query with a value of the right type. Not here: rights and real data. Each world takes the values of
every enumeration in turn, so that together the worlds show all of them; one world has nothing in it.
"""

import sys
import types
from collections import Counter
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from bot.domain.access import Role
from bot.domain.cases import CaseState
from bot.domain.queries import MeView
from bot.domain.rules import Law, Profile
from bot.engine.ask import Command, Query
from bot.profile import load_law, load_profile

NOW = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)
STATES = tuple(CaseState)
PROFILE = load_profile("demo")
LAW = load_law(NOW.date())
LINKS = ("linked", "refused")


class Much(StrEnum):
    """How much of what may be missing is there."""

    ALL = "all"
    SOME = "some"
    NOTHING = "nothing"


@dataclass
class World:
    """One set of facts. `turn` picks the values of enumerations."""

    turn: int
    much: Much
    staff: bool
    seen: Counter[Any] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.much}-{self.turn}-{'staff' if self.staff else 'citizen'}"

    def look(self, query: Query[object]) -> object:
        """Today's facts, the same at each replay."""
        self.seen = Counter()
        return self.made(_answer_type(type(query), Query))

    def do(self, key: str, command: Command[object]) -> object:
        """The result of a command."""
        wanted = _answer_type(type(command), Command)
        if wanted is str:
            return LINKS[self.turn % len(LINKS)]
        return 7 if wanted is int else None

    def made(self, wanted: Any) -> Any:
        """A value of that type."""
        if wanted is Profile:
            return PROFILE
        if wanted is Law:
            return LAW
        if isinstance(wanted, NewType):
            return self.made(wanted.__supertype__)
        origin = get_origin(wanted)
        if origin in (Union, types.UnionType):
            return self._optional(wanted)
        if origin is tuple:
            many = {Much.ALL: 2, Much.SOME: 1, Much.NOTHING: 0}[self.much]
            return tuple(self.made(get_args(wanted)[0]) for _ in range(many))
        if origin is frozenset:
            return frozenset(Role) if self.staff else frozenset()
        if is_dataclass(wanted) and isinstance(wanted, type):
            return self._view(wanted)
        return self._plain(wanted)

    def _optional(self, wanted: Any) -> Any:
        inner = [each for each in get_args(wanted) if each is not type(None)]
        self.seen["optional"] += 1
        there = self.much is Much.ALL or (self.much is Much.SOME and self.seen["optional"] % 2 == 1)
        return self.made(inner[0]) if there else None

    def _view(self, wanted: type) -> object:
        hints = get_type_hints(wanted)
        made = {each.name: self.made(hints[each.name]) for each in fields(wanted)}
        if wanted is MeView and not self.staff:
            made["department"] = None
        return wanted(**made)

    def _plain(self, wanted: Any) -> Any:
        self.seen[wanted] += 1
        number = self.seen[wanted]
        if wanted is CaseState:
            return STATES[self.turn % len(STATES)]
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            members = tuple(wanted)
            return members[(self.turn + number - 1) % len(members)]
        plain: dict[Any, Any] = {
            bool: (self.turn + number) % 2 == 0,
            int: number,
            str: f"Ola {number}",
            date: NOW.date() + timedelta(days=number),
            datetime: NOW + timedelta(days=number),
        }
        return plain[wanted]


def _answer_type(cls: type, base: type) -> Any:
    """What a query or a command is answered with: the argument of its generic base."""
    (argument,) = next(get_args(each) for each in getattr(cls, "__orig_bases__", ()) if get_origin(each) is base)

    def holder() -> None:
        """Only carries the annotation."""

    holder.__annotations__ = {"answer": argument}
    return get_type_hints(holder, vars(sys.modules[cls.__module__]))["answer"]


WORLDS = (
    *(World(turn=turn, much=Much.ALL, staff=True) for turn in range(len(STATES))),
    *(World(turn=turn, much=Much.SOME, staff=True) for turn in range(len(STATES))),
    World(turn=0, much=Much.ALL, staff=False),
    World(turn=1, much=Much.SOME, staff=False),
    World(turn=2, much=Much.NOTHING, staff=False),
    World(turn=3, much=Much.NOTHING, staff=True),
)
