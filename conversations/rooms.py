"""Choices in rooms: what belongs together lies behind one door, so that nobody has to choose among twenty buttons.

Here: sorting choices into rooms, and asking. Not here: which choices there are (`case_offers`, `my_case_offers`, `desk_offers`,
`info`). A room with a single choice has no door: the choice stands outside.
"""

from collections.abc import Mapping
from itertools import count
from typing import Final

from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t

Rooms = Mapping[str, tuple[Text, tuple[str, ...]]]
"""The words on each door, and the choices behind it. What stands in none is offered at once."""
AT_ONCE: Final = 8
"""So many choices need no rooms."""
OUTSIDE, LAST = "", "~"
BACK: Final = "back"
PROMPT: Final = t("What do you want to do?")


def in_rooms(options: Mapping[str, Text], rooms: Rooms, last: tuple[str, ...]) -> dict[str, dict[str, Text]]:
    """The choices by room: those that lie in none under "", and what stands last under "~". Few choices need no rooms."""
    if len(options) <= AT_ONCE:
        return {OUTSIDE: dict(options)}
    found = {room: {step: options[step] for step in steps if step in options} for room, (_, steps) in rooms.items()}
    behind = {step for steps in found.values() if len(steps) > 1 for step in steps}
    outside = {step: words for step, words in options.items() if step not in behind and step not in last}
    doors = {room: steps for room, steps in found.items() if len(steps) > 1}
    return {OUTSIDE: outside, **doors, LAST: {step: options[step] for step in last if step in options}}


async def choose(
    ask: Ask,
    found: Mapping[str, Mapping[str, Text]],
    rooms: Rooms,
    *,
    prompt: Text = PROMPT,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
) -> str:
    """A choice: one offered at once, or one of a room; whoever opened the wrong door comes back."""
    doors = {f"room/{room}": rooms[room][0] for room in found if room in rooms}
    for turn in count():
        offered = {**found[OUTSIDE], **doors, **found.get(LAST, {})}
        what = await ask.choice(f"next/{turn}", prompt, offered, sensitivity=sensitivity)
        if not what.startswith("room/"):
            return what
        room = what.removeprefix("room/")
        steps = {**found[room], BACK: t("Something else")}
        step = await ask.choice(f"in/{turn}", joined(rooms[room][0], prompt, by="\n"), steps, sensitivity=sensitivity)
        if step != BACK:
            return step
    raise AssertionError("counting never ends")
