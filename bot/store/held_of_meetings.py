"""What is held about the meetings of a case.

Here: one statement for each table. Not here: the case itself (`held_in_case`). Guarantee: what others have answered about themselves, such
as why they cannot come, is not handed out.
"""

from typing import Final

from bot.domain.my_data import Kind
from bot.store.holdings import Held, as_json
from bot.store.seal import Field

OURS: Final = "our own numbers"
OF_MEETING: Final = "meeting IN (SELECT id FROM meetings WHERE case_id = :case)"

MEETINGS: Final[tuple[Held, ...]] = (
    Held(
        table="meetings",
        kind=Kind.MEETINGS,
        find="case_id = :case",
        shown=(
            *("kind", "state", "place", "proposals", "refused", "at", "minutes", "notice_days", "short", "first"),
            *("created_at", "called_at", "ended_at"),
        ),
        sealed={"words": as_json},
        people=("chair", "writer", "proposed_by"),
        kept_back=("id", "case_id", "uid", "sequence", "leader_knows"),
        why=OURS,
        when="created_at",
    ),
    Held(
        table="meeting_people",
        kind=Kind.MEETINGS,
        find=OF_MEETING,
        shown=("meeting", "part", "member", "needed", "points", "out"),
        people=("person",),
    ),
    Held(
        table="meeting_votes",
        kind=Kind.MEETINGS,
        find=f"person = :me AND {OF_MEETING}",
        shown=("meeting", "suits", "at"),
        kept_back=("person",),
        why="which times suit others is their own",
        when="at",
    ),
    Held(
        table="attendance",
        kind=Kind.MEETINGS,
        find=f"person = :me AND {OF_MEETING}",
        whole=OF_MEETING,
        shown=("meeting", "reply", "sequence", "by_phone", "at"),
        sealed={"words": str},
        people=("person", "noted_by"),
        when="at",
        place=lambda row, _column: Field("attendance", f"words/{row['person']}", row["meeting"]),
    ),
    Held(
        table="proposals",
        kind=Kind.MEETINGS,
        find=OF_MEETING,
        shown=("meeting", "put_at", "yes", "answered_at"),
        sealed={"words": str},
        people=("put_by", "answered_by"),
        kept_back=("id",),
        why=OURS,
        when="put_at",
    ),
    Held(
        table="go_betweens",
        kind=Kind.MEETINGS,
        find=OF_MEETING,
        shown=("meeting", "member", "met_before", "met_after", "ended_at"),
        kept_back=("id",),
        why=OURS,
        when="met_before",
    ),
    Held(
        table="minutes",
        kind=Kind.MEETINGS,
        find="case_id = :case AND state = 'sent'",
        whole="case_id = :case",
        shown=("meeting", "state", "next_on", "begun_at", "sent_at", "archived_at"),
        sealed={"points": as_json, "why_not": str},
        people=("writer",),
        kept_back=("id", "case_id", "present", "edition"),
        why="our own numbers; a draft is nobody's minutes yet",
        when="begun_at",
    ),
    Held(
        table="minutes_answers",
        kind=Kind.MEETINGS,
        find="person = :me AND minutes IN (SELECT id FROM minutes WHERE case_id = :case)",
        whole="minutes IN (SELECT id FROM minutes WHERE case_id = :case)",
        shown=("minutes", "right", "at"),
        sealed={"words": str},
        people=("person",),
        when="at",
        place=lambda row, _column: Field("minutes_answers", f"words/{row['person']}", row["minutes"]),
    ),
    Held(
        table="member_tasks",
        kind=Kind.MEETINGS,
        find="case_id = :case",
        shown=("meeting", "code", "due_on", "state", "longer", "given_at", "ended_at"),
        sealed={"words": str},
        inner={"why": str},
        people=("owner", "given_by"),
        kept_back=("id", "case_id", "why"),
        why="why somebody could not do it is their own",
        when="given_at",
    ),
    Held(
        table="groups",
        kind=Kind.CIRCLE,
        find="case_id = :case",
        shown=("state", "until", "chair_until", "begun_at", "evaluated_on", "ended_at", "ended_why"),
        sealed={"words": as_json},
        people=("chair", "begun_by"),
        kept_back=("id", "case_id", "turns"),
        why=OURS,
        when="begun_at",
    ),
)
