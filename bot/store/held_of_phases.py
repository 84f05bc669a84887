"""What is held about a person's life phase and the changes in it.

Here: one statement for each table. Not here: the case itself (`held_in_case`). Guarantee: all that was said and agreed is handed out.
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held, as_json
from bot.store.seal import Field

OURS: Final = "our own numbers"

PHASES: Final[tuple[Held, ...]] = (
    Held(
        table="phases",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("phase", "set_at"),
        people=("set_by",),
        kept_back=("case_id",),
        why=OURS,
        when="set_at",
    ),
    Held(
        table="phase_cards",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("set_at",),
        sealed={"words": as_json},
        people=("set_by",),
        kept_back=("case_id",),
        why=OURS,
        when="set_at",
        place=lambda row, column: Field("phase_cards", column, row["case_id"]),
    ),
    Held(
        table="outlooks",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("said_on",),
        sealed={"words": as_json},
        people=("noted_by",),
        kept_back=("id", "case_id"),
        why=OURS,
    ),
    Held(
        table="transitions",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("kind", "on_day", "recorded_at", "passed_on_at"),
        sealed={"words": as_json},
        people=("recorded_by", "passed_on_by"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="recorded_at",
    ),
    Held(
        table="transitions_skipped",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("kind", "set_at"),
        people=("set_by",),
        kept_back=("case_id",),
        why=OURS,
        when="set_at",
    ),
    Held(
        table="drop_outs",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("reported_at", "contacted_at"),
        people=("reported_by", "contacted_by"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="reported_at",
    ),
)
