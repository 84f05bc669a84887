"""The members of a circle.

Here: statements about members and what they were told. Not here: what they may see now (`bot.services.circle`). Guarantees: what was
written about a member is sealed with the case's key; nobody is twice in one circle; what has ended does not begin again.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Final

from bot.domain.circle import IN_CIRCLE, STEPS, Ended, Member, MemberKind, MemberState, Reach
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId, NoticeId, PersonId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

_OPEN: Final = ", ".join(f"'{state}'" for state in sorted(IN_CIRCLE))


def _about(member: int) -> Field:
    return Field("members", "about", member)


def _email(tx: Tx, email: str | None) -> bytes | None:
    return None if email is None else tx.mac("member-email", email.strip().casefold())


def add(
    tx: Tx,
    case: CaseId,
    person: PersonId,
    *,
    name: str,
    title: str,
    service: str | None,
    service_words: str | None,
    reach: Reach,
    kind: MemberKind,
    sees: Iterable[InfoKind],
    by: PersonId,
) -> MemberId | None:
    """Somebody new in the circle, not yet invited; None where that person is in it already."""
    if tx.one(f"SELECT 1 FROM members WHERE case_id = :c AND person = :p AND state IN ({_OPEN})", c=case, p=person):  # noqa: S608
        return None
    member = MemberId(tx.next_id("members"))
    about = {"name": name, "title": title, "service": service, "service_words": service_words} | asdict(reach)
    tx.execute(
        "INSERT INTO members (id, case_id, person, kind, state, sees, about, email_mac, added_by, added_at)"
        " VALUES (:id, :case, :person, :kind, 'added', :sees, :about, :email, :by, :now)",
        id=member,
        case=case,
        person=person,
        kind=kind,
        sees=_sees(sees),
        about=tx.seal(_about(member), KeyOwner("case", case), json.dumps(about, ensure_ascii=False)),
        email=_email(tx, reach.email),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return member


def _sees(sees: Iterable[InfoKind]) -> str:
    return json.dumps(sorted(each.value for each in sees))


def _member(tx: Tx, row: Row) -> Member:
    about = json.loads(tx.open(_about(row["id"]), KeyOwner("case", row["case_id"]), row["about"]))
    return Member(
        id=MemberId(row["id"]),
        case=CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        name=about["name"],
        title=about["title"],
        service=about["service"],
        service_words=about["service_words"],
        reach=Reach(email=about["email"], phone=about["phone"], hpr=about["hpr"]),
        kind=MemberKind(row["kind"]),
        sees=frozenset(InfoKind(each) for each in json.loads(row["sees"])),
        state=MemberState(row["state"]),
        added_at=moment(row["added_at"]),
        invited_at=moment_or_none(row["invited_at"]),
        joined_at=moment_or_none(row["joined_at"]),
        ended_at=moment_or_none(row["ended_at"]),
    )


@recalled
def find(tx: Tx, member: MemberId) -> Member | None:
    """A member by id, whether still of the circle or not."""
    row = tx.one("SELECT * FROM members WHERE id = :id", id=member)
    return None if row is None else _member(tx, row)


@recalled
def of_case(tx: Tx, case: CaseId, *, ended_too: bool = False) -> tuple[Member, ...]:
    """Who is in the circle now, fixed members first, then in the order they were added. `ended_too`: everybody who ever was."""
    also = "" if ended_too else f" AND state IN ({_OPEN})"
    rows = tx.all(f"SELECT * FROM members WHERE case_id = :case{also} ORDER BY kind, id", case=case)  # noqa: S608 (fixed words)
    return tuple(_member(tx, row) for row in rows)


def of_person(tx: Tx, person: PersonId) -> tuple[Member, ...]:
    """The circles somebody is in now, newest first."""
    rows = tx.all(f"SELECT * FROM members WHERE person = :person AND state IN ({_OPEN}) ORDER BY id DESC", person=person)  # noqa: S608
    return tuple(_member(tx, row) for row in rows)


@recalled
def in_circle(tx: Tx, case: CaseId, person: PersonId) -> Member | None:
    """This person's membership in this case now, or None."""
    row = tx.one(f"SELECT * FROM members WHERE case_id = :case AND person = :who AND state IN ({_OPEN})", case=case, who=person)  # noqa: S608
    return None if row is None else _member(tx, row)


@recalled
def state_in(tx: Tx, case: CaseId, person: PersonId) -> MemberState | None:
    """How far it has come with this person in this case, without opening anything; None where they are not of the circle."""
    row = tx.one(f"SELECT state FROM members WHERE case_id = :case AND person = :who AND state IN ({_OPEN})", case=case, who=person)  # noqa: S608
    return None if row is None else MemberState(row["state"])


def name_of(tx: Tx, case: CaseId, person: PersonId) -> str | None:
    """The name of somebody who is, or has been, of this circle; None for others."""
    row = tx.one("SELECT * FROM members WHERE case_id = :case AND person = :who ORDER BY id DESC LIMIT 1", case=case, who=person)
    return None if row is None else _member(tx, row).name


def with_email(tx: Tx, email: str) -> tuple[PersonId, ...]:
    """Who has been a member by this e-mail address in any case, so that a professional is one person in all of them."""
    rows = tx.all("SELECT DISTINCT person FROM members WHERE email_mac = :email ORDER BY person", email=_email(tx, email))
    return tuple(PersonId(row["person"]) for row in rows)


def set_sees(tx: Tx, member: Member, *, sees: Iterable[InfoKind], kind: MemberKind) -> None:
    """What this member may see from now on, and whether fixed or called when needed."""
    tx.execute("UPDATE members SET sees = :sees, kind = :kind WHERE id = :id", sees=_sees(sees), kind=kind, id=member.id)
    tx.touch(member.case)


def move(tx: Tx, member: Member, to: MemberState, *, by: PersonId | None = None, why: Ended | None = None) -> bool:
    """Take a member one step on from the state they were read in; False where somebody else was first or no step leads there."""
    if to not in STEPS[member.state]:
        return False
    done = tx.execute(
        "UPDATE members SET state = :to,"
        " invited_at = CASE WHEN :to = 'invited' THEN :now ELSE invited_at END,"
        " joined_at = CASE WHEN :to = 'joined' THEN :now ELSE joined_at END,"
        " ended_at = CASE WHEN :to IN ('declined', 'ended') THEN :now END, ended_by = :by, ended_why = :why"
        " WHERE id = :id AND state = :was",
        to=to,
        was=member.state,
        by=by,
        why=why,
        now=stamp(tx.now),
        id=member.id,
    )
    tx.touch(member.case)
    return done == 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A notice that told a member something. `info` None: only that there is a circle. `key`: that of its message in the outbox."""

    notice: NoticeId
    case: CaseId
    member: MemberId
    info: InfoKind | None
    key: str


def note_told(tx: Tx, member: MemberId, key: str, info: InfoKind | None) -> None:
    """Note which kind of information the notice with this key holds. Nothing where that was noted before."""
    tx.execute(
        "INSERT INTO told_members (notice, member, info, told_at) SELECT id, :member, :info, :now FROM notices WHERE dedupe_key = :key"
        " ON CONFLICT DO NOTHING",
        member=member,
        info=info,
        now=stamp(tx.now),
        key=key,
    )


_TOLD: Final = (
    "SELECT notice, members.case_id, member, info, dedupe_key FROM told_members JOIN members ON members.id = told_members.member"
    " JOIN notices ON notices.id = told_members.notice WHERE held_at IS NULL AND"
)


def told(tx: Tx, case: CaseId) -> tuple[Told, ...]:
    """Everything members of a case were told and that has not been taken back."""
    return tuple(_told(row) for row in tx.all(f"{_TOLD} members.case_id = :case ORDER BY notice", case=case))


def told_to(tx: Tx, person: PersonId) -> tuple[Told, ...]:
    """Everything somebody was told as a member, in any case, and that has not been taken back."""
    return tuple(_told(row) for row in tx.all(f"{_TOLD} members.person = :person ORDER BY notice", person=person))


def cases_told(tx: Tx) -> tuple[CaseId, ...]:
    """Cases in which a member was told something that has not been taken back."""
    sql = "SELECT DISTINCT case_id FROM told_members JOIN members ON members.id = member WHERE held_at IS NULL ORDER BY case_id"
    return tuple(CaseId(row["case_id"]) for row in tx.all(sql))


def _told(row: Row) -> Told:
    info = None if row["info"] is None else InfoKind(row["info"])
    notice, case, member = NoticeId(row["notice"]), CaseId(row["case_id"]), MemberId(row["member"])
    return Told(notice=notice, case=case, member=member, info=info, key=row["dedupe_key"])


def told_as_member(tx: Tx, notice: NoticeId) -> bool:
    """Was this told to somebody as a member of a circle, by what a consent names?"""
    return tx.one("SELECT 1 FROM told_members WHERE notice = :notice", notice=notice) is not None


def hold(tx: Tx, told: Told) -> None:
    """Take back what a member was told: the words are gone, its buttons too, and what has not left yet does not leave."""
    now, parts = stamp(tx.now), told.key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "/part%"
    tx.execute("UPDATE told_members SET held_at = :now WHERE notice = :notice AND held_at IS NULL", now=now, notice=told.notice)
    tx.execute("UPDATE notices SET words = NULL, actions = NULL, read_at = coalesce(read_at, :now) WHERE id = :id", now=now, id=told.notice)
    rows = "SELECT id FROM outbox WHERE dedupe_key IN (:key, :key || '/mail') OR dedupe_key LIKE :parts ESCAPE '\\'"
    tx.execute(
        f"UPDATE keyboards SET expires_at = :now WHERE expires_at > :now AND outbox IN ({rows})",  # noqa: S608 (fixed words)
        now=now,
        key=told.key,
        parts=parts,
    )
    sql = f"UPDATE outbox SET state = 'dead', finished_at = :now, last_error = 'no longer shared' WHERE id IN ({rows})"  # noqa: S608
    tx.execute(f"{sql} AND state IN ('ready', 'retry')", now=now, key=told.key, parts=parts)
