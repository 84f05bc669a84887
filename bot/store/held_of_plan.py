"""What is held about a person's plan and the work around it.

Here: one statement for each table. Not here: tasks (`held_of_meetings`), nor who may see what is in a case (`bot.domain.access`).
Guarantee: what a coordinator asks leader and unit for help with is the coordinator's own; the record system gets it.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held
from bot.store.seal import Field

OURS: Final = "our own numbers"

PLAN: Final[tuple[Held, ...]] = (
    Held(
        table="plans",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("opened_on", "converted", "noted_at"),
        sealed={"tool": str},
        people=("opened_by",),
        kept_back=("case_id",),
        why=OURS,
        when="noted_at",
        place=lambda row, column: Field("plans", column, row["case_id"]),
    ),
    Held(
        table="plan_steps",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("step", "at"),
        people=("person",),
        kept_back=("case_id",),
        why=OURS,
        when="at",
    ),
    Held(
        table="goals",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("id", "state", "own", "written_at", "ended_at"),
        sealed={"words": str},
        people=("written_by",),
        kept_back=("case_id",),
        why=OURS,
        when="written_at",
    ),
    Held(
        table="measures",
        kind=Kind.PLAN,
        find="goal IN (SELECT id FROM goals WHERE case_id = :case)",
        shown=("goal",),
        kept_back=("task",),
        why="our own number; the task stands among the tasks",
    ),
    Held(
        table="sub_plans",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("kind", "on_day", "added_at", "ended_at"),
        sealed={"owner": str},
        people=("added_by",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="added_at",
    ),
    Held(
        table="promises",
        kind=Kind.PLAN,
        find="case_id = :case",
        shown=("due_on", "answer", "made_at", "answered_at"),
        sealed={"words": str, "reply": str},
        people=("made_by", "answered_by"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="made_at",
    ),
    Held(
        table="progress_read",
        kind=Kind.CIRCLE,
        find="member IN (SELECT id FROM members WHERE case_id = :case)",
        shown=("member", "read_at"),
        when="read_at",
    ),
    Held(
        table="own_looks",
        kind=Kind.FOLLOW_UP,
        find="case_id = :case",
        shown=("at", "done"),
        people=("person",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
)

PLAN_FOR_RECORDS: Final[tuple[Held, ...]] = (
    Held(
        table="guidance",
        kind=Kind.FOLLOW_UP,
        find="case_id = :case",
        shown=("kind", "to_leader", "asked_at", "answered_at"),
        sealed={"words": str},
        people=("asked_by",),
    ),
)
"""What the record system gets besides."""

PLAN_KEPT_BACK: Final[Mapping[str, str]] = {
    "guidance": "what a coordinator asks leader and unit for help with is the coordinator's own",
}
"""Tables about the plan that are not in an export, each with why."""
