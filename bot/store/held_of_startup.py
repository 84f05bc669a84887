"""What is held about a person from the start-up talk on, and about those who coordinate.

Here: one statement for each table. Not here: who may see what is in a case (`bot.domain.access`). Guarantee: what somebody of the person's
side wrote to the coordinator is handed out to the one who wrote it, and to the municipality's own record system.
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held

OURS: Final = "our own numbers"

STARTUP: Final[tuple[Held, ...]] = (
    Held(
        table="startup_points",
        kind=Kind.TALKS,
        find="case_id = :case AND (person = :me OR point NOT IN ('matters', 'presentation', 'hopes'))",
        whole="case_id = :case",
        shown=("point", "at"),
        sealed={"words": str},
        people=("person",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
    Held(
        table="startup_ends",
        kind=Kind.TALKS,
        find="case_id = :case",
        shown=("next_on", "task", "noted_at"),
        sealed={"why_not": str},
        people=("owner", "noted_by"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="noted_at",
    ),
    Held(
        table="ways_of_working",
        kind=Kind.FOLLOW_UP,
        find="case_id = :case",
        shown=("way", "chosen_at"),
        sealed={"words": str},
        people=("chosen_by",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="chosen_at",
    ),
    Held(
        table="introductions",
        kind=Kind.CIRCLE,
        find="member IN (SELECT id FROM members WHERE case_id = :case)",
        shown=("member", "sent_at", "answered_at"),
        people=("coordinator",),
        when="sent_at",
    ),
    Held(
        table="self_checks",
        kind=Kind.FOLLOW_UP,
        find="case_id = :case",
        shown=("item", "at"),
        people=("person",),
        kept_back=("case_id",),
        why=OURS,
        when="at",
    ),
)

AT_WORK: Final[tuple[Held, ...]] = (
    Held(
        table="office_hours",
        kind=Kind.WORK,
        find="person = :me",
        shown=("opens", "closes", "days", "set_at"),
        kept_back=("person",),
        why="our own number for you",
        when="set_at",
    ),
)
