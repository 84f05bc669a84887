"""Ways that many tests begin with, walked once and then remembered.

Here: where a world stands, and setting another that stands at the same place to where a way led. Not here: the ways (`tests.requirements`).
Guarantee: a world is only set to where a way led if it stands exactly where the way began: opened alike, and nothing done since but ways
that are remembered too. Whatever else was done, the way is walked.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Hashable
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.domain.outgoing import SendMail

if TYPE_CHECKING:
    from tests.world import World

T = TypeVar("T")
COUNTED: Final = ("_updates", "_messages", "_accounts")
MOST: Final = 60
"""So many ways are kept, of about two million bytes each; those after them are walked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Led:
    """Where a way led."""

    database: bytes
    chats: dict[Any, dict[str, Any]]
    counted: dict[str, Any]
    now: datetime
    letters: tuple[SendMail, ...]
    result: object
    stands_for: dict[object, object]
    """The world and its chats by what stands for them in `result`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a world stands: by which ways it came, and what it looked like when it came there."""

    ways: tuple[Hashable, ...]
    mark: Hashable


class StandIn:
    """Something of a world, in what is remembered."""


_LED: dict[tuple[Hashable, ...], Led] = {}


async def opened(world: "World", *how: Hashable) -> None:
    """Note that a world has just been opened, and how."""
    world.place = Place(ways=how, mark=await _mark(world))


async def led(world: "World", name: Hashable, way: Callable[[], Awaitable[T]]) -> T:
    """What `way` gives, walked or remembered."""
    # Somebody who watches every press wants to see them.
    watched = "press_data" in vars(world)
    if world.place is None or watched or world.place.mark != await _mark(world):
        world.place = None
        return await way()
    ways = (*world.place.ways, name)
    if ways in _LED:
        result: T = await _set(world, _LED[ways])  # type: ignore[assignment]
    else:
        result = await way()
        if len(_LED) < MOST:
            _LED[ways] = await _remember(world, result)
    world.place = Place(ways=ways, mark=await _mark(world))
    return result


async def _mark(world: "World") -> Hashable:
    changes = await world.database._on_thread(lambda raw: raw.total_changes)
    chats = tuple((each, len(chat.messages), len(chat.toasts), len(chat.answered)) for each, chat in world.chats.items())
    return changes, world.clock.now(), id(world.municipality), chats, len(world.letters)


async def _remember(world: "World", result: object) -> Led:
    stands_for: dict[object, object] = {StandIn(): "world"} | {StandIn(): account for account in world.chats}
    memo = {id(world if each == "world" else world.chats[each]): stand_in for stand_in, each in stands_for.items()}  # type: ignore[index]
    return Led(
        database=await world.database._on_thread(lambda raw: raw.serialize()),
        chats={account: deepcopy(vars(chat)) for account, chat in world.chats.items()},
        counted={name: copy(vars(world)[name]) for name in COUNTED},
        now=world.clock.now(),
        letters=tuple(world.letters),
        result=deepcopy(result, memo),
        stands_for=stands_for,
    )


async def _set(world: "World", led_to: Led) -> object:
    def put(raw: sqlite3.Connection) -> None:
        there = sqlite3.connect(":memory:")
        try:
            # A database in memory has no write-ahead log. The file keeps its own.
            there.deserialize(led_to.database[:18] + b"\x01\x01" + led_to.database[20:])
            there.backup(raw)
        finally:
            there.close()

    await world.database._on_thread(put)
    world.database._keyring.forget_all()
    world.clock.turn_to(led_to.now)
    world.letters[:] = led_to.letters
    vars(world).update({name: copy(counter) for name, counter in led_to.counted.items()})
    for account, told in led_to.chats.items():
        chat = world.chats[account] if account in world.chats else world.known(account, told["language_code"])
        vars(chat).update(deepcopy(told))
    memo = {id(each): world if account == "world" else world.chats[account] for each, account in led_to.stands_for.items()}  # type: ignore[index]
    return deepcopy(led_to.result, memo)
