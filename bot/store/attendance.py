"""Answers to invitations, measures put to the recipient beforehand, and those who meet the recipient before and after.

Here: statements about them. Not here: what an answer leads to (`bot.services.attendance`). Guarantees: one answer for each person and
meeting, the last one given; what somebody wrote is sealed with the case's key; no more than two go between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.attendance import Attendance, Reply
from bot.domain.ids import MeetingId, MemberId, PersonId
from bot.domain.meetings import Meeting
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

TWO = 2
"""Two of the members meet the recipient (J01: Lund § 11.4, Alternativ organisering)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A measure put to the recipient beforehand (J04). `yes` is None while it waits."""

    id: int
    words: str
    yes: bool | None
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoBetween:
    """A member who meets the recipient before and after (J01, J02). Moments are aware; None while it has not happened."""

    id: int
    member: MemberId
    met_before: datetime | None
    met_after: datetime | None


def _answer(meeting: MeetingId, person: PersonId) -> Field:
    return Field("attendance", f"words/{person}", meeting)


def answer(tx: Tx, meeting: Meeting, person: PersonId, reply: Reply, words: str | None, *, by: PersonId) -> None:
    """What somebody says; it replaces what they said before."""
    sealed = None if not words else tx.seal(_answer(meeting.id, person), KeyOwner("case", meeting.case), words)
    tx.execute(
        "INSERT INTO attendance (meeting, person, reply, words, sequence, by_phone, noted_by, at)"
        " VALUES (:meeting, :person, :reply, :words, :sequence, :by_phone, :by, :now)"
        " ON CONFLICT (meeting, person) DO UPDATE SET reply = excluded.reply, words = excluded.words, sequence = excluded.sequence,"
        " by_phone = excluded.by_phone, noted_by = excluded.noted_by, at = excluded.at",
        meeting=meeting.id,
        person=person,
        reply=reply,
        words=sealed,
        sequence=meeting.sequence,
        by_phone=int(by != person),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(meeting.case)


def of_meeting(tx: Tx, meeting: Meeting) -> dict[PersonId, Attendance]:
    """Every answer, by who gave it."""
    rows = tx.all("SELECT * FROM attendance WHERE meeting = :meeting ORDER BY person", meeting=meeting.id)
    return {PersonId(row["person"]): _attendance(tx, meeting, row) for row in rows}


def _attendance(tx: Tx, meeting: Meeting, row: Row) -> Attendance:
    person = PersonId(row["person"])
    sealed = row["words"]
    return Attendance(
        meeting=meeting.id,
        person=person,
        reply=Reply(row["reply"]),
        words=None if sealed is None else tx.open(_answer(meeting.id, person), KeyOwner("case", meeting.case), sealed),
        sequence=row["sequence"],
        by_phone=bool(row["by_phone"]),
        at=moment(row["at"]),
    )


def ask_anew(tx: Tx, meeting: Meeting) -> None:
    """Time or place is another: answers to an earlier invitation count no more (G19)."""
    tx.execute(
        "INSERT INTO invitations (meeting, asked_since, asked_at) VALUES (:meeting, :sequence, :now)"
        " ON CONFLICT (meeting) DO UPDATE SET asked_since = excluded.asked_since, asked_at = excluded.asked_at",
        meeting=meeting.id,
        sequence=meeting.sequence,
        now=stamp(tx.now),
    )
    tx.touch(meeting.case)


def asked_since(tx: Tx, meeting: MeetingId) -> int:
    """The `sequence` of the last invitation that asked for an answer."""
    row = tx.one("SELECT asked_since FROM invitations WHERE meeting = :meeting", meeting=meeting)
    return 0 if row is None else int(row["asked_since"])


def asked_at(tx: Tx, meeting: MeetingId) -> datetime | None:
    """When the last invitation that asked for an answer went out; None where none has."""
    row = tx.one("SELECT asked_at FROM invitations WHERE meeting = :meeting", meeting=meeting)
    return None if row is None else moment(row["asked_at"])


def _proposal(number: int) -> Field:
    return Field("proposals", "words", number)


def put(tx: Tx, meeting: Meeting, measures: Iterable[str], *, by: PersonId) -> tuple[int, ...]:
    """Put measures to the recipient; their numbers."""
    numbers = []
    for words in measures:
        number = tx.next_id("proposals")
        tx.execute(
            "INSERT INTO proposals (id, meeting, words, put_by, put_at) VALUES (:id, :meeting, :words, :by, :now)",
            id=number,
            meeting=meeting.id,
            words=tx.seal(_proposal(number), KeyOwner("case", meeting.case), words),
            by=by,
            now=stamp(tx.now),
        )
        numbers.append(number)
    tx.touch(meeting.case)
    return tuple(numbers)


def proposals(tx: Tx, meeting: Meeting) -> tuple[Proposal, ...]:
    """Every measure put to the recipient, oldest first."""
    rows = tx.all("SELECT * FROM proposals WHERE meeting = :meeting ORDER BY id", meeting=meeting.id)
    return tuple(
        Proposal(
            id=row["id"],
            words=tx.open(_proposal(row["id"]), KeyOwner("case", meeting.case), row["words"]),
            yes=None if row["yes"] is None else bool(row["yes"]),
            answered_at=moment_or_none(row["answered_at"]),
        )
        for row in rows
    )


def decide(tx: Tx, meeting: Meeting, proposal: int, *, yes: bool, by: PersonId) -> bool:
    """The recipient's yes or no to one measure; it can be changed. False where there is no such measure in this meeting."""
    tx.touch(meeting.case)
    return (
        tx.execute(
            "UPDATE proposals SET yes = :yes, answered_by = :by, answered_at = :now WHERE id = :id AND meeting = :meeting",
            yes=int(yes),
            by=by,
            now=stamp(tx.now),
            id=proposal,
            meeting=meeting.id,
        )
        == 1
    )


def choose_two(tx: Tx, meeting: Meeting, chosen: Iterable[MemberId]) -> None:
    """These meet the recipient before and after; who was chosen before and is not among them is free again (J06)."""
    now_chosen = tuple(dict.fromkeys(chosen))[:TWO]
    for each in go_betweens(tx, meeting.id):
        if each.member not in now_chosen:
            tx.execute("UPDATE go_betweens SET ended_at = :now WHERE id = :id", now=stamp(tx.now), id=each.id)
    for member in now_chosen:
        tx.execute(
            "INSERT INTO go_betweens (meeting, member) VALUES (:meeting, :member) ON CONFLICT DO NOTHING", meeting=meeting.id, member=member
        )
    tx.touch(meeting.case)


def go_betweens(tx: Tx, meeting: MeetingId) -> tuple[GoBetween, ...]:
    """Who meets the recipient before and after now."""
    rows = tx.all("SELECT * FROM go_betweens WHERE meeting = :meeting AND ended_at IS NULL ORDER BY id", meeting=meeting)
    return tuple(
        GoBetween(
            id=row["id"],
            member=MemberId(row["member"]),
            met_before=moment_or_none(row["met_before"]),
            met_after=moment_or_none(row["met_after"]),
        )
        for row in rows
    )


def note_met(tx: Tx, meeting: Meeting, member: MemberId, *, after: bool) -> bool:
    """They have met, before or after the meeting; False where this member does not go between."""
    column = "met_after" if after else "met_before"
    done = tx.execute(
        f"UPDATE go_betweens SET {column} = :now WHERE meeting = :meeting AND member = :member AND ended_at IS NULL",  # noqa: S608
        now=stamp(tx.now),
        meeting=meeting.id,
        member=member,
    )
    tx.touch(meeting.case)
    return done == 1


def note_in_tool(tx: Tx, meeting: Meeting, *, by: PersonId) -> None:
    """The invitation as it is now stands in the planning tool too."""
    tx.execute(
        "UPDATE invitations SET tool_sequence = :sequence, tool_by = :by, tool_at = :now WHERE meeting = :meeting",
        sequence=meeting.sequence,
        by=by,
        now=stamp(tx.now),
        meeting=meeting.id,
    )
    tx.touch(meeting.case)


def in_tool(tx: Tx, meeting: Meeting) -> bool:
    """Does the invitation stand in the planning tool as it is now? A change takes the tick away."""
    row = tx.one("SELECT tool_sequence FROM invitations WHERE meeting = :meeting", meeting=meeting.id)
    return row is not None and row["tool_sequence"] == meeting.sequence
