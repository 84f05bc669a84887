"""Choices in rooms: what belongs together lies behind one door, so that nobody has to choose among twenty buttons.

Here: sorting choices into rooms, and asking. Not here: which choices there are (`case_offers`, `my_case_offers`, `desk_offers`,
`info`). A room with a single choice has no door: the choice stands outside.
"""

from collections.abc import Mapping
from typing import Final

from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t

Rooms = Mapping[str, tuple[Text, tuple[str, ...]]]
"""The words on each door, and the choices behind it. What stands in none is offered at once."""
AT_ONCE: Final = 8
"""So many choices need no rooms."""
OUTSIDE, LAST = "", "~"
PROMPT: Final = t("What do you want to do?")


def in_rooms(options: Mapping[str, Text], rooms: Rooms, last: tuple[str, ...]) -> dict[str, dict[str, Text]]:
    """The choices by room: those that lie in none under "", and what stands last and in no room under "~". Few choices need no rooms."""
    if len(options) <= AT_ONCE:
        return {OUTSIDE: dict(options)}
    found = {room: {step: options[step] for step in steps if step in options} for room, (_, steps) in rooms.items()}
    behind = {step for steps in found.values() if len(steps) > 1 for step in steps}
    outside = {step: words for step, words in options.items() if step not in behind and step not in last}
    doors = {room: steps for room, steps in found.items() if len(steps) > 1}
    return {OUTSIDE: outside, **doors, LAST: {step: options[step] for step in last if step in options and step not in behind}}


async def choose(
    ask: Ask,
    found: Mapping[str, Mapping[str, Text]],
    rooms: Rooms,
    *,
    prompt: Text = PROMPT,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
) -> str:
    """A choice: one offered at once, or one of a room; whoever opened the wrong door goes back, as from every question."""
    doors = {f"room/{room}": rooms[room][0] for room in found if room in rooms}
    offered = {**found[OUTSIDE], **doors, **found.get(LAST, {})}
    what = await ask.choice("next/0", prompt, offered, sensitivity=sensitivity)
    if not what.startswith("room/"):
        return what
    room = what.removeprefix("room/")
    return await ask.choice("in/0", joined(rooms[room][0], prompt, by="\n"), found[room], sensitivity=sensitivity)
