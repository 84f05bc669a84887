"""Meetings, who is to come, and which times suit whom.

Here: statements about them. Not here: who may call one and who is told (`bot.services.meetings`). Guarantees: what anybody wrote is sealed
with the case's key; a meeting moves only along its steps (a trigger as well); a change that those called must know raises `sequence`.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.domain.ids import CaseId, MeetingId, MemberId, PersonId
from bot.domain.meetings import STEPS, AgendaLine, Meeting, MeetingKind, MeetingPlace, MeetingState, Part, Participant
from bot.store import local_words
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

UID_BYTES = 16


def _words(meeting: int) -> Field:
    return Field("meetings", "words", meeting)


def _moments(times: Iterable[datetime]) -> str:
    return json.dumps([stamp(time) for time in times])


def _read_moments(stored: str) -> tuple[datetime, ...]:
    return tuple(moment(each) for each in json.loads(stored))


def propose(
    tx: Tx,
    case: CaseId,
    kind: MeetingKind,
    *,
    purpose: str,
    place: MeetingPlace,
    where: str | None,
    link: str | None,
    proposals: Sequence[datetime],
    minutes: int,
    participants: Iterable[Participant],
    agenda: Iterable[AgendaLine],
    chair: PersonId | None,
    writer: PersonId | None,
    notice_days: int,
    short_reason: str | None,
    leader_knows: bool,
    first: bool,
    by: PersonId,
) -> MeetingId:
    """A new meeting, which the recipient is asked about. With one time only, that is its time."""
    meeting = MeetingId(tx.next_id("meetings"))
    words = _written(purpose, where, link, short_reason, agenda)
    tx.execute(
        "INSERT INTO meetings (id, case_id, kind, state, place, words, proposals, at, minutes, chair, writer, notice_days, short,"
        " leader_knows, first, uid, proposed_by, created_at) VALUES (:id, :case, :kind, 'asked', :place, :words, :proposals, :at,"
        " :minutes, :chair, :writer, :notice_days, :short, :leader_knows, :first, :uid, :by, :now)",
        **{"id": meeting, "case": case, "kind": kind, "place": place, "proposals": _moments(proposals), "minutes": minutes},
        **{"at": stamp(proposals[0]) if len(proposals) == 1 else None, "chair": chair, "writer": writer, "notice_days": notice_days},
        **{"short": int(short_reason is not None), "leader_knows": int(leader_knows), "first": int(first), "by": by},
        words=tx.seal(_words(meeting), KeyOwner("case", case), words),
        uid=secrets.token_hex(UID_BYTES),
        now=stamp(tx.now),
    )
    set_participants(tx, meeting, participants)
    tx.touch(case)
    return meeting


def _written(purpose: str, where: str | None, link: str | None, short: str | None, agenda: Iterable[AgendaLine]) -> str:
    lines = [{"code": each.code, "words": each.words, "by": each.by, "local": local_words.kept(each.local)} for each in agenda]
    return json.dumps({"purpose": purpose, "where": where, "link": link, "short": short, "agenda": lines}, ensure_ascii=False)


def set_participants(tx: Tx, meeting: MeetingId, participants: Iterable[Participant]) -> None:
    """Exactly these are to come from now on."""
    tx.execute("DELETE FROM meeting_people WHERE meeting = :meeting", meeting=meeting)
    for each in participants:
        tx.execute(
            "INSERT INTO meeting_people (meeting, person, part, member, needed, points, out)"
            " VALUES (:meeting, :person, :part, :member, :needed, :points, :out)",
            meeting=meeting,
            person=each.person,
            part=each.part,
            member=each.member,
            needed=int(each.needed),
            points=json.dumps(each.points),
            out=int(each.out),
        )
    _touch(tx, meeting)


def _touch(tx: Tx, meeting: MeetingId) -> None:
    row = tx.one("SELECT case_id FROM meetings WHERE id = :id", id=meeting)
    if row is not None:
        tx.touch(row["case_id"])


def move(tx: Tx, meeting: Meeting, state: MeetingState) -> bool:
    """A step on; False where it does not go that way any more. Calling it counts as the first thing those called are told."""
    if state not in STEPS[meeting.state]:
        return False
    moved = tx.execute(
        "UPDATE meetings SET state = :state,"
        " called_at = CASE WHEN :state = 'called' THEN :now ELSE called_at END,"
        " ended_at = CASE WHEN :state IN ('held', 'cancelled') THEN :now ELSE ended_at END,"
        " sequence = sequence + CASE WHEN :state = 'cancelled' AND called_at IS NOT NULL THEN 1 ELSE 0 END"
        " WHERE id = :id AND state = :from_state",
        state=state,
        now=stamp(tx.now),
        id=meeting.id,
        from_state=meeting.state,
    )
    tx.touch(meeting.case)
    return moved == 1


def pick_time(tx: Tx, meeting: Meeting, at: datetime) -> None:
    """This is the time."""
    tx.execute("UPDATE meetings SET at = :at WHERE id = :id", at=stamp(at), id=meeting.id)
    tx.touch(meeting.case)


def propose_times(tx: Tx, meeting: Meeting, proposals: Sequence[datetime]) -> None:
    """Other times; the votes on the earlier ones are forgotten."""
    tx.execute(
        "UPDATE meetings SET proposals = :proposals, refused = '[]', at = :at WHERE id = :id",
        proposals=_moments(proposals),
        at=stamp(proposals[0]) if len(proposals) == 1 else None,
        id=meeting.id,
    )
    tx.execute("DELETE FROM meeting_votes WHERE meeting = :id", id=meeting.id)
    tx.touch(meeting.case)


def refuse_times(tx: Tx, meeting: Meeting, refused: Iterable[datetime]) -> None:
    """The recipient does not want these times."""
    tx.execute("UPDATE meetings SET refused = :refused WHERE id = :id", refused=_moments(refused), id=meeting.id)
    tx.touch(meeting.case)


def set_agenda(tx: Tx, meeting: Meeting, agenda: Iterable[AgendaLine]) -> None:
    """Exactly these points from now on; while it is planned, nobody has to be told."""
    _write(tx, meeting, _written(meeting.purpose, meeting.where, meeting.link, meeting.short_reason, agenda))


def set_short_reason(tx: Tx, meeting: Meeting, reason: str) -> None:
    """Why the notice is shorter than the profile asks for (G18)."""
    _write(tx, meeting, _written(meeting.purpose, meeting.where, meeting.link, reason, meeting.agenda))
    tx.execute("UPDATE meetings SET short = 1 WHERE id = :id", id=meeting.id)


def _write(tx: Tx, meeting: Meeting, words: str) -> None:
    sealed = tx.seal(_words(meeting.id), KeyOwner("case", meeting.case), words)
    tx.execute("UPDATE meetings SET words = :words WHERE id = :id", words=sealed, id=meeting.id)
    tx.touch(meeting.case)


def change(
    tx: Tx,
    meeting: Meeting,
    *,
    purpose: str,
    place: MeetingPlace,
    where: str | None,
    link: str | None,
    at: datetime | None,
    minutes: int,
    agenda: Iterable[AgendaLine],
    chair: PersonId | None,
    writer: PersonId | None,
    short_reason: str | None,
) -> None:
    """Everything about it as it shall be from now on. Once it has been called, those called are to be told: `sequence` is one higher."""
    words = _written(purpose, where, link, short_reason, agenda)
    tx.execute(
        "UPDATE meetings SET place = :place, words = :words, at = :at, minutes = :minutes, chair = :chair, writer = :writer,"
        " short = :short, sequence = sequence + CASE WHEN state = 'called' THEN 1 ELSE 0 END WHERE id = :id",
        **{"place": place, "at": None if at is None else stamp(at), "minutes": minutes, "chair": chair, "writer": writer},
        words=tx.seal(_words(meeting.id), KeyOwner("case", meeting.case), words),
        short=int(short_reason is not None),
        id=meeting.id,
    )
    tx.touch(meeting.case)


def name_roles(tx: Tx, meeting: Meeting, *, chair: PersonId | None, writer: PersonId | None) -> None:
    """Who leads and who writes."""
    tx.execute("UPDATE meetings SET chair = :chair, writer = :writer WHERE id = :id", chair=chair, writer=writer, id=meeting.id)
    tx.touch(meeting.case)


def vote(tx: Tx, meeting: Meeting, person: PersonId, suits: Iterable[datetime]) -> None:
    """Which of the times suit somebody; what they said before is replaced."""
    tx.execute(
        "INSERT INTO meeting_votes (meeting, person, suits, at) VALUES (:meeting, :person, :suits, :now)"
        " ON CONFLICT (meeting, person) DO UPDATE SET suits = excluded.suits, at = excluded.at",
        meeting=meeting.id,
        person=person,
        suits=_moments(suits),
        now=stamp(tx.now),
    )
    tx.touch(meeting.case)


def votes(tx: Tx, meeting: MeetingId) -> dict[PersonId, tuple[datetime, ...]]:
    """Who has said which times suit."""
    rows = tx.all("SELECT person, suits FROM meeting_votes WHERE meeting = :id ORDER BY person", id=meeting)
    return {PersonId(row["person"]): _read_moments(row["suits"]) for row in rows}


@recalled
def find(tx: Tx, meeting: MeetingId) -> Meeting | None:
    """A meeting by its id."""
    row = tx.one("SELECT * FROM meetings WHERE id = :id", id=meeting)
    return None if row is None else _meeting(tx, row)


@recalled
def of_case(tx: Tx, case: CaseId) -> tuple[Meeting, ...]:
    """Every meeting of a case, oldest first."""
    return tuple(_meeting(tx, row) for row in tx.all("SELECT * FROM meetings WHERE case_id = :case ORDER BY id", case=case))


def of_person(tx: Tx, person: PersonId, *, since: datetime) -> tuple[Meeting, ...]:
    """Meetings that somebody is to come to: called ones that begin after a moment, earliest first, and those whose time is chosen now."""
    rows = tx.all(
        "SELECT meetings.* FROM meetings JOIN meeting_people ON meeting = id"
        " WHERE person = :person AND out = 0 AND (state = 'voting' OR (state = 'called' AND at > :since)) ORDER BY at, id",
        person=person,
        since=stamp(since),
    )
    return tuple(_meeting(tx, row) for row in rows)


def all_open(tx: Tx) -> tuple[Meeting, ...]:
    """Every meeting that is planned or called, in any case: those with a time first, the earliest first."""
    rows = tx.all("SELECT * FROM meetings WHERE state NOT IN ('held', 'cancelled') ORDER BY at IS NULL, at, id")
    return tuple(_meeting(tx, row) for row in rows)


def _meeting(tx: Tx, row: Row) -> Meeting:
    told = json.loads(tx.open(_words(row["id"]), KeyOwner("case", row["case_id"]), row["words"]))
    return Meeting(
        id=MeetingId(row["id"]),
        case=CaseId(row["case_id"]),
        kind=MeetingKind(row["kind"]),
        state=MeetingState(row["state"]),
        purpose=told["purpose"],
        place=MeetingPlace(row["place"]),
        where=told["where"],
        link=told["link"],
        proposals=_read_moments(row["proposals"]),
        refused=_read_moments(row["refused"]),
        at=moment_or_none(row["at"]),
        minutes=row["minutes"],
        participants=_participants(tx, MeetingId(row["id"])),
        agenda=tuple(_line(each) for each in told["agenda"]),
        chair=None if row["chair"] is None else PersonId(row["chair"]),
        writer=None if row["writer"] is None else PersonId(row["writer"]),
        notice_days=row["notice_days"],
        short_reason=told["short"],
        leader_knows=bool(row["leader_knows"]),
        first=bool(row["first"]),
        sequence=row["sequence"],
        uid=row["uid"],
        proposed_by=PersonId(row["proposed_by"]),
        created_at=moment(row["created_at"]),
        called_at=moment_or_none(row["called_at"]),
        ended_at=moment_or_none(row["ended_at"]),
    )


def _line(stored: Mapping[str, Any]) -> AgendaLine:
    return AgendaLine(code=stored["code"], words=stored["words"], by=PersonId(stored["by"]), local=local_words.read(stored.get("local")))


def _participants(tx: Tx, meeting: MeetingId) -> tuple[Participant, ...]:
    rows = tx.all("SELECT * FROM meeting_people WHERE meeting = :id ORDER BY part = 'recipient' DESC, rowid", id=meeting)
    return tuple(
        Participant(
            person=PersonId(row["person"]),
            part=Part(row["part"]),
            member=None if row["member"] is None else MemberId(row["member"]),
            needed=bool(row["needed"]),
            points=tuple(json.loads(row["points"])),
            out=bool(row["out"]),
        )
        for row in rows
    )
