"""What is held about how things are going, and about complaints.

Here: one statement for each table. Not here: the case itself (`held_in_case`). Guarantee: each gets what they have said themselves; what
others of the same side have answered or complained of is theirs.
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held, as_json

OURS: Final = "our own numbers"
OWN: Final = "case_id = :case AND person = :me"
IN_CASE: Final = "case_id = :case"

EVALUATION: Final[tuple[Held, ...]] = (
    Held(
        table="evaluation_days",
        kind=Kind.FOLLOW_UP,
        find=IN_CASE,
        shown=("agreed_on", "noted_at"),
        people=("noted_by",),
        kept_back=("case_id",),
        why=OURS,
        when="noted_at",
    ),
    Held(
        table="evaluations",
        kind=Kind.FOLLOW_UP,
        find=OWN,
        whole=IN_CASE,
        shown=("questions", "read_by", "goes_on", "at"),
        sealed={"answers": as_json},
        people=("person",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
    Held(
        table="follow_ups",
        kind=Kind.FOLLOW_UP,
        find=OWN,
        whole=IN_CASE,
        shown=("in_touch", "knows_next", "at"),
        sealed={"words": str},
        people=("person",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
    Held(
        table="complaints",
        kind=Kind.FOLLOW_UP,
        find=OWN,
        whole=IN_CASE,
        shown=("about", "sent_to", "to_unit_at", "late", "received_at", "answer_by", "outcome", "answered_at"),
        sealed={"words": as_json, "answer": str},
        people=("person", "concerned", "handler"),
        kept_back=("id", "case_id", "decision", "task"),
        why=OURS,
        when="received_at",
    ),
)
LOOKING_BACK: Final[tuple[Held, ...]] = (
    Held(table="look_backs", kind=Kind.WORK, find="person = :me", shown=("since",), kept_back=("person",), why=OURS, when="since"),
)
