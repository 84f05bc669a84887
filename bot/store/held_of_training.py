"""What is held about somebody at work: training, gatherings, whom others may ask about the planning tool, and checks
of the directory.

Here: one statement for each table. Not here: the rest of what is held about a person (`held_by_person`).
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held, as_json
from bot.store.seal import UNIT

OF_TRAINING: Final[tuple[Held, ...]] = (
    Held(
        table="directory_checks",
        kind=Kind.WORK,
        find="checked_by = :me",
        shown=("service", "right", "checked_at"),
        kept_back=("checked_by",),
        why="our own number for you",
        when="checked_at",
    ),
    Held(
        table="training_parts",
        kind=Kind.WORK,
        find="person = :me",
        shown=("part", "taken_on"),
        people=("noted_by",),
        kept_back=("person",),
        why="our own number for you",
        when="taken_on",
    ),
    Held(
        table="tool_contacts",
        kind=Kind.WORK,
        find="person = :me",
        shown=("department", "since"),
        kept_back=("person",),
        why="our own number for you",
        when="since",
    ),
    Held(
        table="gatherings",
        kind=Kind.WORK,
        find="id IN (SELECT gathering FROM gathering_people WHERE person = :me)",
        shown=("audience", "at", "called_at", "cancelled_at"),
        sealed={"words": as_json},
        people=("called_by",),
        kept_back=("id",),
        why="our own number",
        when="at",
        owner=lambda _row: UNIT,
    ),
    Held(
        table="gathering_people",
        kind=Kind.WORK,
        find="person = :me",
        shown=("reply", "at"),
        kept_back=("gathering", "person"),
        why="our own numbers",
        when="at",
    ),
)
