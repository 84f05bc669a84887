"""What is held about how somebody at work is reminded: their choice, what they were reminded of and answered, and how much was sent.

Here: one statement for each table. Not here: the words of a reminder, which are a message like any other (`held_by_person`).
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held, of_its_case

OURS: Final = "our own numbers"

NUDGES: Final[tuple[Held, ...]] = (
    Held(
        table="nudge_choices",
        kind=Kind.CHANNEL,
        find="person = :me",
        shown=("how_often", "chosen_at"),
        kept_back=("person",),
        why="our own number for you",
        when="chosen_at",
    ),
    Held(
        table="nudges",
        kind=Kind.FOLLOW_UP,
        find="person = :me",
        shown=("kind", "nudged_at", "state", "later_on", "answered_at", "useful_until"),
        sealed={"why": str},
        kept_back=("id", "reminder", "case_id", "person", "notice"),
        why=OURS,
        when="nudged_at",
        owner=of_its_case,
    ),
    Held(
        table="held_messages",
        kind=Kind.MESSAGES,
        find="person = :me",
        shown=("due_at", "useful_until"),
        kept_back=("notice", "person"),
        why=OURS,
        when="due_at",
    ),
    Held(
        table="sent_days",
        kind=Kind.MESSAGES,
        find="person = :me",
        shown=("day", "number", "digest_at"),
        kept_back=("person",),
        why="our own number for you",
        when="day",
    ),
)
