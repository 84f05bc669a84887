"""What somebody of staff can do without opening a case, and in which room it lies.

Here: the choices by roles. Not here: where each leads (`conversations.staff`). What is offered is a help only; what one may do is asked
again when it is done.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.queries import MeView
from bot.engine.texts import Text, t
from conversations.rooms import Rooms

ROOMS: Final[Rooms] = {
    "mine": (t("My work"), ("meetings", "my_tasks", "away", "office_hours", "look_back", "nudges")),
    "cases": (t("Cases and figures"), ("figures", "own_decision", "left", "check_directory", "protected_address")),
    "training": (t("Training and gatherings"), ("guidance", "training", "gathering", "support")),
}
LAST: Final = ("hand_over",)
NAMES: Final[Mapping[str, str]] = {"meetings": "my_meetings", "left": "staff_left"}
"""Where a drawer is called otherwise than the conversation it begins."""
ROOMS_BY_NAME: Final[Rooms] = {room: (words, tuple(NAMES.get(step, step) for step in steps)) for room, (words, steps) in ROOMS.items()}
"""The same rooms by the names of the conversations, for the secure page."""
UNIT: Final = frozenset({Role.KE, Role.KE_LEADER})


def offers(me: MeView) -> dict[str, Text]:
    """The desk's drawers for someone with these roles: what waits comes first."""
    options: dict[str, Text] = {}
    if me.roles & UNIT:
        options |= {"inbox": t("Open cases"), "tasks": t("Tasks"), "register": t("Register a new case"), "find": t("Find a case by number")}
    if me.roles & {Role.LEADER, Role.COORDINATOR}:
        options["asks"] = t("Questions to me")
    if Role.COORDINATOR in me.roles:
        options |= {"mine": t("Those I coordinate for"), "meetings": t("My meetings"), "my_tasks": t("What I have to do")}
        options |= {"look_back": t("A question each Friday"), "office_hours": t("When I can be reached")}
    if me.roles & {Role.LEADER, Role.COORDINATOR}:
        options["away"] = t("I am away")
    if me.roles & {Role.LEADER, *UNIT}:
        options |= {"uncovered": t("Where nobody stands in"), "complaints": t("Complaints")}
    if me.roles & UNIT:
        options["left"] = t("Somebody has left")
    if me.roles & {Role.LEADER, *UNIT}:
        options |= {"own_decision": t("Report our own decision"), "training": t("Training of coordinators")}
    if me.roles & UNIT:
        options |= {
            "guidance": t("Guidance asked for"),
            "gathering": t("Gatherings of coordinators"),
            "figures": t("The monthly picture, and the register"),
        }
        options |= {"check_directory": t("Check the directory"), "protected_address": t("Protected address")}
    return options | {"support": t("Training and help"), "nudges": t("Reminders"), "hand_over": t("A card to hand over")}
