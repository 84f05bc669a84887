"""What is held in a case by itself, for those who may see what is in it.

Here: one statement for each table, or why its rows are not handed out. Not here: consents, the circle and meetings (`held_around_case`),
nor who may see what is in a case (`bot.domain.access`). Guarantee: what others have told about themselves, such as why somebody could not
be coordinator, is not handed out; each column kept back says why.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.my_data import Kind
from bot.store.held_by_person import messages
from bot.store.held_of_plan import PLAN_FOR_RECORDS, PLAN_KEPT_BACK
from bot.store.holdings import Held, as_json
from bot.store.seal import KeyOwner

OURS: Final = "our own numbers"

CASE: Final[tuple[Held, ...]] = (
    Held(
        table="cases",
        kind=Kind.CASES,
        find="id = :case",
        shown=(
            *("number", "state", "source", "for_whom", "age_group", "wanted", "language", "received_at", "answer_by", "delay_until"),
            *("decided_at", "active_at", "ended_at"),
        ),
        sealed={"content": as_json},
        kept_back=("id", "subject_mac"),
        why="our own number, and a keyed code of the name",
        when="received_at",
    ),
    Held(
        table="parties",
        kind=Kind.CASES,
        find="case_id = :case",
        shown=("role", "since", "until"),
        people=("person",),
        kept_back=("case_id",),
        why=OURS,
        when="since",
    ),
    Held(
        table="archive_steps",
        kind=Kind.CASES,
        find="case_id = :case",
        shown=("item", "done_at"),
        people=("done_by",),
        kept_back=("case_id",),
        why=OURS,
        when="done_at",
    ),
    Held(
        table="talks",
        kind=Kind.TALKS,
        find="case_id = :case",
        shown=("kind", "state", "place", "proposals", "at", "created_at", "held_at"),
        sealed={"note": str},
        people=("proposed_by",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="created_at",
    ),
    Held(
        table="decisions",
        kind=Kind.DECISIONS,
        find="case_id = :case AND state = 'final'",
        whole="case_id = :case",
        shown=("kind", "state", "granted", "decided_at", "confirmed_at", "complain_by"),
        sealed={"reason": str},
        people=("decided_by", "confirmed_by"),
        kept_back=("id", "case_id"),
        why="our own numbers; what nobody has confirmed yet is no decision",
        when="decided_at",
    ),
    Held(
        table="assignments",
        kind=Kind.COORDINATOR,
        find="case_id = :case AND state IN ('accepted', 'ended')",
        whole="case_id = :case",
        inner={"refusal": str, "own_reason": str},
        shown=("step", "state", "department", "criteria", "over_limit", "created_at", "asked_at", "answered_at", "ended_at"),
        sealed={"reason": str},
        people=("candidate", "leader", "proposed_by"),
        kept_back=("id", "case_id", "refusal", "own_reason"),
        why="what staff tell about their own work, and who was asked and said no",
        when="created_at",
    ),
    Held(
        table="contacts",
        kind=Kind.COORDINATOR,
        find="case_id = :case",
        shown=("place", "at"),
        people=("person",),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
    Held(
        table="substitutes",
        kind=Kind.COORDINATOR,
        find="case_id = :case AND state IN ('accepted', 'ended')",
        whole="case_id = :case",
        inner={"refusal": str},
        shown=("scope", "state", "starts_at", "ends_at", "proposed_at", "answered_at", "ended_at"),
        sealed={"note": str},
        people=("person", "instead_of", "proposed_by"),
        kept_back=("id", "case_id", "refusal"),
        why="why somebody could not stand in is their own",
        when="proposed_at",
    ),
    Held(
        table="changes",
        kind=Kind.COORDINATOR,
        find="case_id = :case",
        shown=("state", "reason", "started_as", "department", "at_meeting", "started_at", "since", "tool_at", "ended_at"),
        sealed={"wish": str},
        inner={"words": str},
        people=("started_by", "coordinator", "leader"),
        kept_back=("id", "case_id", "words", "back_to"),
        why="what a coordinator tells about the own life or work",
        when="started_at",
    ),
    Held(
        table="taking_over",
        kind=Kind.COORDINATOR,
        find="case_id = :case",
        shown=("starts_at", "until", "met_at", "ended_at", "ended_as"),
        people=("person",),
        kept_back=("id", "change", "case_id"),
        why=OURS,
        when="starts_at",
    ),
    *messages("case_id = :case"),
    Held(
        table="ticks",
        kind=Kind.FOLLOW_UP,
        find="case_id = :case",
        shown=("checklist", "item", "at"),
        people=("person",),
        kept_back=("case_id",),
        why=OURS,
        when="at",
    ),
    Held(
        table="ke_tasks",
        kind=Kind.FOLLOW_UP,
        # What one of them has said to the unit about how it is going, the others do not find here (L04, L06).
        find="case_id = :case AND kind NOT IN ('evaluation_low', 'evaluation_call', 'follow_up')",
        whole="case_id = :case",
        shown=("kind", "due_on", "created_at", "done_at"),
        inner={"words": str},
        people=("done_by",),
        kept_back=("id", "case_id", "inquiry", "dedupe_key", "words"),
        why="the unit's own working notes; ask the unit for them",
        when="created_at",
    ),
    Held(
        table="closings",
        kind=Kind.CASES,
        find="case_id = :case",
        shown=("state", "why", "proposed_at", "answered_at"),
        sealed={"words": str},
        people=("proposed_by", "answered_by"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="proposed_at",
    ),
    Held(
        table="halts",
        kind=Kind.CASES,
        find="case_id = :case",
        shown=("why", "noted_at"),
        people=("noted_by",),
        kept_back=("case_id",),
        why=OURS,
        when="noted_at",
    ),
    Held(
        table="case_exports",
        kind=Kind.CASES,
        find="case_id = :case",
        shown=("at", "digest"),
        kept_back=("id", "case_id"),
        why=OURS,
        when="at",
    ),
)

FOR_RECORDS: Final[tuple[Held, ...]] = (
    *PLAN_FOR_RECORDS,
    Held(
        table="change_asks",
        kind=Kind.COORDINATOR,
        find="change IN (SELECT id FROM changes WHERE case_id = :case)",
        shown=("change", "place", "wished", "state", "asked_at", "answered_at"),
        sealed={"refusal": str},
        people=("person", "leader"),
    ),
    Held(
        table="inquiries",
        kind=Kind.INQUIRIES,
        find="case_id = :case",
        shown=("received_at", "answered_at"),
        sealed={"words": str, "phone": str},
        people=("person", "answered_by"),
        owner=lambda row: KeyOwner("person", row["person"]),
    ),
)
"""What the record system gets besides."""

KEPT_BACK: Final[Mapping[str, str]] = {
    **PLAN_KEPT_BACK,
    "invitations": "which version of a call to a meeting the answers are counted for",
    "change_asks": "who was asked to take over and said no is theirs; who did take over stands in the file",
}
"""Tables of a case that are not in an export, each with why."""
