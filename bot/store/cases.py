"""Cases and their parties.

Here: statements about cases. Not here: what happens in a case (`talks`, `decisions`, `assignments`, `tasks`). Guarantees: what a person
has told is sealed with the case's own key; every change marks the case as touched, so that what must hold is checked before the commit.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import LIVING, STEPS, AgeGroup, CaseState, ForWhom, Place, Source, Wanted
from bot.domain.circle import MemberState
from bot.domain.ids import CaseId, PersonId
from bot.engine.texts import Language
from bot.store import members, standings, stands
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

FIRST_NUMBER: Final = 1000
_LIVING: Final = ", ".join(f"'{state}'" for state in sorted(LIVING))


_KEPT: Final = "NOT EXISTS (SELECT 1 FROM data_keys WHERE owner_kind = 'case' AND owner = cases.id AND wrapped IS NULL)"
"""Its content is there: also after a backup was put back that is older than the destruction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What was told, sealed as a whole."""

    subject_name: str | None
    applicant_name: str | None
    services: tuple[str, ...]
    long_lasting: str
    need: str | None
    important: str | None
    wish: str | None
    reach: str
    reach_details: str | None
    communication: str | None
    told: bool | None
    meeting_place: str | None = None
    """Where the recipient would like to meet the coordinator first, once it has been said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A case without what was told. Moments are aware; `answer_by` and `delay_until` are days in Oslo."""

    id: CaseId
    number: int
    state: CaseState
    source: Source
    for_whom: ForWhom
    age_group: AgeGroup
    wanted: Wanted
    language: Language
    received_at: datetime
    answer_by: date
    delay_until: date | None
    decided_at: datetime | None
    active_at: datetime | None

    @property
    def due(self) -> date:
        """The day by which the applicant has been promised an answer."""
        return self.delay_until or self.answer_by


def _owner(case: int) -> KeyOwner:
    return KeyOwner("case", case)


def _subject(tx: Tx, name: str | None) -> bytes | None:
    words = " ".join(sorted((name or "").casefold().split()))
    return tx.mac("case-subject", words) if " " in words else None


def create(
    tx: Tx,
    content: Content,
    *,
    state: CaseState,
    source: Source,
    for_whom: ForWhom,
    age_group: AgeGroup,
    wanted: Wanted,
    language: Language,
    answer_by: date,
) -> CaseId:
    """A new case with a number never given before."""
    case = CaseId(tx.next_id("cases"))
    tx.execute(
        "INSERT INTO cases (id, number, state, source, for_whom, age_group, wanted, language, content, subject_mac, received_at, answer_by)"
        " VALUES (:id, :number, :state, :source, :for_whom, :age_group, :wanted, :language, :content, :subject, :now, :answer_by)",
        id=case,
        number=FIRST_NUMBER + case,
        state=state,
        source=source,
        for_whom=for_whom,
        age_group=age_group,
        wanted=wanted,
        language=language,
        content=tx.seal(Field("cases", "content", case), _owner(case), json.dumps(asdict(content), ensure_ascii=False)),
        subject=_subject(tx, content.subject_name),
        now=stamp(tx.now),
        answer_by=answer_by.isoformat(),
    )
    tx.touch(case)
    return case


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@recalled
def find(tx: Tx, case: CaseId) -> Case | None:
    """A case by its id; None also where its content has been destroyed."""
    row = tx.one(f"SELECT * FROM cases WHERE id = :id AND {_KEPT}", id=case)  # noqa: S608 (our own words)
    if row is None:
        return None
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        state=CaseState(row["state"]),
        source=Source(row["source"]),
        for_whom=ForWhom(row["for_whom"]),
        age_group=AgeGroup(row["age_group"]),
        wanted=Wanted(row["wanted"]),
        language=Language(row["language"]),
        received_at=moment(row["received_at"]),
        answer_by=date.fromisoformat(row["answer_by"]),
        delay_until=_day(row["delay_until"]),
        decided_at=moment_or_none(row["decided_at"]),
        active_at=moment_or_none(row["active_at"]),
    )


def get(tx: Tx, case: CaseId) -> Case:
    """A case that must exist. Raises `LookupError`."""
    found = find(tx, case)
    if found is None:
        raise LookupError(f"no case {case}")
    return found


@recalled
def content(tx: Tx, case: CaseId) -> Content:
    """What was told. Raises `KeyDestroyed` after the case has been deleted."""
    row = tx.one("SELECT content FROM cases WHERE id = :id", id=case)
    if row is None:
        raise LookupError(f"no case {case}")
    told = json.loads(tx.open(Field("cases", "content", case), _owner(case), row["content"]))
    return Content(**{**told, "services": tuple(told["services"])})


def move(tx: Tx, case: CaseId, to: CaseState) -> bool:
    """Take a case one step on; False where it is not at a place that leads there, so that only one of two who press gets through."""
    before = [state for state, after in STEPS.items() if to in after]
    names = {f"state{index}": state for index, state in enumerate(before)}
    column = {CaseState.ACTIVE: "active_at", CaseState.APPOINTING: "decided_at", CaseState.REFUSED: "decided_at"}.get(to)
    if to in {CaseState.WITHDRAWN, CaseState.CLOSED}:
        column = "ended_at"
    also = f", {column} = :now" if column else ""
    sql = f"UPDATE cases SET state = :state{also} WHERE id = :id AND state IN ({', '.join(':' + name for name in names)})"  # noqa: S608
    moved = tx.execute(sql, state=to, id=case, now=stamp(tx.now), **names) == 1
    tx.touch(case)
    return moved


def ask_anew(tx: Tx, case: CaseId, *, answer_by: date) -> None:
    """The case begins again: the answer is due by another day, and no delay has been told of yet."""
    tx.execute("UPDATE cases SET answer_by = :by, delay_until = NULL WHERE id = :id", by=answer_by.isoformat(), id=case)
    tx.touch(case)


def set_delay(tx: Tx, case: CaseId, until: date) -> None:
    """The applicant has been told that the answer comes later."""
    tx.execute("UPDATE cases SET delay_until = :until WHERE id = :id", until=until.isoformat(), id=case)
    tx.touch(case)


def set_meeting_place(tx: Tx, case: CaseId, place: Place) -> None:
    """The recipient has said where to meet the coordinator."""
    told = replace(content(tx, case), meeting_place=place)
    sealed = tx.seal(Field("cases", "content", case), _owner(case), json.dumps(asdict(told), ensure_ascii=False))
    tx.execute("UPDATE cases SET content = :content WHERE id = :id", content=sealed, id=case)
    tx.touch(case)


def set_wanted(tx: Tx, case: CaseId, wanted: Wanted) -> None:
    """What was granted is what is looked for from now on."""
    tx.execute("UPDATE cases SET wanted = :wanted WHERE id = :id", wanted=wanted, id=case)


def living(tx: Tx) -> list[CaseId]:
    """Every living case, earliest promise first."""
    rows = tx.all(f"SELECT id FROM cases WHERE state IN ({_LIVING}) AND {_KEPT} ORDER BY coalesce(delay_until, answer_by), id")  # noqa: S608
    return [CaseId(row["id"]) for row in rows]


@recalled
def of_party(tx: Tx, who: PersonId) -> list[CaseId]:
    """Cases someone is a party in, newest first."""
    sql = (
        f"SELECT DISTINCT case_id FROM parties JOIN cases ON cases.id = case_id WHERE person = :who AND until IS NULL AND {_KEPT}"  # noqa: S608
        " ORDER BY case_id DESC"
    )
    rows = tx.all(sql, who=who)
    return [CaseId(row["case_id"]) for row in rows]


def add_party(tx: Tx, case: CaseId, who: PersonId, role: Role) -> None:
    """Make someone a party."""
    tx.execute(
        "INSERT INTO parties (case_id, person, role, since) VALUES (:case, :who, :role, :now) ON CONFLICT DO NOTHING",
        case=case,
        who=who,
        role=role,
        now=stamp(tx.now),
    )


@recalled
def parties(tx: Tx, case: CaseId) -> list[tuple[PersonId, Role]]:
    """Who the parties are."""
    rows = tx.all("SELECT person, role FROM parties WHERE case_id = :case AND until IS NULL ORDER BY since, person", case=case)
    return [(PersonId(row["person"]), Role(row["role"])) for row in rows]


@recalled
def roles_in(tx: Tx, case: CaseId, who: PersonId, standing: Iterable[Role]) -> frozenset[Role]:
    """What someone is in this case today: party by age and record, at work, member; and KE in every case."""
    standing = frozenset(standing)
    found = {role for person, role in standings.acting(tx, case) if person == who} | (standing & {Role.KE, Role.KE_LEADER})
    found |= stands.roles_at_work(tx, case, who, standing)
    if members.state_in(tx, case, who) in {MemberState.INVITED, MemberState.JOINED}:
        found.add(Role.MEMBER)
    return frozenset(found)


def duplicates(tx: Tx, case: CaseId) -> tuple[int, ...]:
    """Numbers of other living cases about someone of the same full name."""
    sql = (
        f"SELECT other.number FROM cases AS mine JOIN cases AS other ON other.subject_mac = mine.subject_mac AND other.id <> mine.id"  # noqa: S608
        f" WHERE mine.id = :id AND other.state IN ({_LIVING}) ORDER BY other.number"
    )
    return tuple(row["number"] for row in tx.all(sql, id=case))
