"""Consents: what was asked of whom, what they said, and what holds now.

Here: statements about them. Not here: who decides and what follows (`bot.services.consents`). Guarantees: the words as shown, a purpose in
somebody's own words and which service it is are sealed with the case's key; a signed answer is never changed, an answered consent never
widened, and what has ended never begins again (triggers as well).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row
from typing import Final, Literal

from bot.domain.cases import LIVING
from bot.domain.consent import Capacity, Consent, ConsentState, ConsentTrust, ConsentType, InfoKind, Purpose, Recipient, Scope
from bot.domain.ids import CaseId, ConsentId, MemberId, PersonId
from bot.store import cases, consent_answers
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp

Why = Literal["withdrawn", "replaced", "left", "lapsed"]
"""Why somebody may know no longer: taken back, asked anew, left the circle, or whoever gave it no longer decides."""
_AS_STATE: Final = {"withdrawn": ConsentState.WITHDRAWN, "replaced": ConsentState.REPLACED, "lapsed": ConsentState.LAPSED}


def ask(
    tx: Tx,
    case: CaseId,
    *,
    type_: ConsentType,
    purpose: Purpose,
    purpose_words: str | None,
    offered: Scope,
    until: date,
    text_version: int,
    asked_by: PersonId | None,
    deciders: Sequence[tuple[PersonId, Capacity]],
    all_must_answer: bool,
) -> ConsentId:
    """A question that waits for its answers. Raises `sqlite3.IntegrityError` where one of this type waits already."""
    consent = ConsentId(tx.next_id("consents"))
    words = None if purpose_words is None else tx.seal(_purpose(consent), KeyOwner("case", case), purpose_words)
    tx.execute(
        "INSERT INTO consents (id, case_id, type, state, purpose, purpose_words, all_must_answer, text_version, until, asked_by, asked_at,"
        " newest_member)"
        " VALUES (:id, :case, :type, 'asked', :purpose, :words, :all, :version, :until, :by, :now,"
        " (SELECT coalesce(max(id), 0) FROM members WHERE case_id = :case))",
        **{"id": consent, "case": case, "type": type_, "purpose": purpose, "words": words, "all": int(all_must_answer)},
        **{"version": text_version, "until": until.isoformat(), "by": asked_by, "now": stamp(tx.now)},
    )
    for recipient, kinds in offered.items():
        number = number_of(tx, case, recipient)
        for kind in sorted(kinds):
            sql = "INSERT INTO consent_scope (consent, recipient, kind) VALUES (:consent, :number, :kind)"
            tx.execute(sql, consent=consent, number=number, kind=kind)
    for person, capacity in deciders:
        consent_answers.expect(tx, consent, person, capacity)
    tx.touch(case)
    return consent


def _purpose(consent: int) -> Field:
    return Field("consents", "purpose_words", consent)


def _service(number: int) -> Field:
    return Field("consent_recipients", "service", number)


@recalled
def recipients(tx: Tx, case: CaseId) -> dict[int, Recipient]:
    """Everybody a consent in this case has ever named, by number. The audit names them so."""
    owner = KeyOwner("case", case)
    return {
        row["id"]: Recipient(
            member=None if row["member"] is None else MemberId(row["member"]),
            service=None if row["service"] is None else tx.open(_service(row["id"]), owner, row["service"]),
        )
        for row in tx.all("SELECT * FROM consent_recipients WHERE case_id = :case ORDER BY id", case=case)
    }


def number_of(tx: Tx, case: CaseId, recipient: Recipient) -> int:
    """A recipient's number in its case, given at the first use."""
    known = next((number for number, each in recipients(tx, case).items() if each == recipient), None)
    if known is not None:
        return known
    number = tx.next_id("consent_recipients")
    service = None if recipient.service is None else tx.seal(_service(number), KeyOwner("case", case), recipient.service)
    sql = "INSERT INTO consent_recipients (id, case_id, member, service) VALUES (:id, :case, :member, :service)"
    tx.execute(sql, id=number, case=case, member=recipient.member, service=service)
    return number


@recalled
def find(tx: Tx, consent: ConsentId) -> Consent | None:
    """A consent by its id."""
    row = tx.one("SELECT * FROM consents WHERE id = :id", id=consent)
    return None if row is None else _consent(tx, row, recipients(tx, CaseId(row["case_id"])))


@recalled
def of_case(tx: Tx, case: CaseId) -> tuple[Consent, ...]:
    """Everything that was ever asked in a case, oldest first."""
    rows = tx.all("SELECT * FROM consents WHERE case_id = :case ORDER BY id", case=case)
    known = recipients(tx, case) if rows else {}
    return tuple(_consent(tx, row, known) for row in rows)


@recalled
def in_force(tx: Tx, case: CaseId, today: date) -> tuple[Consent, ...]:
    """What holds on a day in Oslo, as long as the case lives."""
    if cases.get(tx, case).state not in LIVING:
        return ()
    return tuple(each for each in of_case(tx, case) if each.in_force(today))


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenUntil:
    """A consent that was given and has not been ended, without whom it names."""

    id: ConsentId
    given_at: datetime
    until: date
    text_version: int


@recalled
def given(tx: Tx, case: CaseId) -> tuple[GivenUntil, ...]:
    """What was given and has not been ended, run out or not, without opening anything."""
    sql = "SELECT id, given_at, until, text_version FROM consents WHERE case_id = :case AND state = 'given' ORDER BY id"
    return tuple(
        GivenUntil(
            id=ConsentId(row["id"]),
            given_at=moment(row["given_at"]),
            until=date.fromisoformat(row["until"]),
            text_version=row["text_version"],
        )
        for row in tx.all(sql, case=case)
    )


def lapsed_and_not_asked_since(tx: Tx, case: CaseId) -> tuple[tuple[ConsentId, datetime], ...]:
    """What ended because somebody else decides, with when, where nothing of its type has been asked since."""
    rows = tx.all(
        "SELECT id, max(consent_scope.ended_at) AS at FROM consents JOIN consent_scope ON consent = id AND ended_why = 'lapsed'"
        " WHERE case_id = :case AND NOT EXISTS (SELECT 1 FROM consents AS later WHERE later.case_id = consents.case_id"
        " AND later.type = consents.type AND later.id > consents.id) GROUP BY id ORDER BY id",
        case=case,
    )
    return tuple((ConsentId(row["id"]), moment(row["at"])) for row in rows)


def asked(tx: Tx, case: CaseId, type_: ConsentType) -> Consent | None:
    """What waits for an answer, if anything."""
    return next((each for each in of_case(tx, case) if each.type is type_ and each.state is ConsentState.ASKED), None)


def purpose_words(tx: Tx, consent: Consent) -> str | None:
    """The purpose in the asker's own words, where it is not a ready-made one."""
    row = tx.one("SELECT purpose_words FROM consents WHERE id = :id", id=consent.id)
    return None if row is None or row[0] is None else tx.open(_purpose(consent.id), KeyOwner("case", consent.case), row[0])


def all_must_answer(tx: Tx, consent: ConsentId) -> bool:
    """Must everybody asked say yes, or one of them?"""
    row = tx.one("SELECT all_must_answer FROM consents WHERE id = :id", id=consent)
    return row is not None and bool(row["all_must_answer"])


def give(tx: Tx, consent: Consent, scope: Scope, until: date) -> None:
    """It is in force from now on, with this scope, until this day at the latest. Raises `ValueError` for more than was offered."""
    known = {each: number for number, each in recipients(tx, consent.case).items()}
    for recipient, kinds in scope.items():
        for kind in kinds:
            sql = "UPDATE consent_scope SET allowed = 1 WHERE consent = :consent AND recipient = :number AND kind = :kind"
            if tx.execute(sql, consent=consent.id, number=known[recipient], kind=kind) != 1:
                raise ValueError("nothing can be allowed that was not asked for")
    sql = "UPDATE consents SET state = 'given', given_at = :now, until = :until WHERE id = :id AND state = 'asked'"
    if tx.execute(sql, now=stamp(tx.now), until=min(until, consent.until).isoformat(), id=consent.id) != 1:
        raise ValueError("only what waits for an answer can be given")
    tx.touch(consent.case)


def close(tx: Tx, consent: Consent, state: Literal["refused", "recalled"]) -> bool:
    """A question ends without a consent; False where it had ended already."""
    sql = "UPDATE consents SET state = :state, ended_at = :now WHERE id = :id AND state = 'asked'"
    done = tx.execute(sql, state=state, now=stamp(tx.now), id=consent.id) == 1
    tx.touch(consent.case)
    return done


def end(tx: Tx, consent: Consent, numbers: Iterable[int], why: Why) -> tuple[int, ...]:
    """These recipients may know nothing through this consent any more; whose access that ended. With the last one it ends itself."""
    ended = []
    for number in sorted(set(numbers)):
        held = "consent = :consent AND recipient = :number AND ended_at IS NULL"
        allowed = tx.one(f"SELECT 1 FROM consent_scope WHERE {held} AND allowed = 1", consent=consent.id, number=number)  # noqa: S608
        sql = f"UPDATE consent_scope SET ended_at = :now, ended_why = :why WHERE {held}"  # noqa: S608 (fixed words)
        tx.execute(sql, now=stamp(tx.now), why=why, consent=consent.id, number=number)
        if allowed:
            ended.append(number)
    left = tx.one("SELECT 1 FROM consent_scope WHERE consent = :id AND allowed = 1 AND ended_at IS NULL", id=consent.id)
    if left is None:
        state = _AS_STATE.get(why, ConsentState.LAPSED)
        sql = "UPDATE consents SET state = :state, ended_at = :now WHERE id = :id AND state = 'given'"
        tx.execute(sql, state=state, now=stamp(tx.now), id=consent.id)
    tx.touch(consent.case)
    return tuple(ended)


def _consent(tx: Tx, row: Row, known: dict[int, Recipient]) -> Consent:
    offered: dict[Recipient, set[InfoKind]] = {}
    scope: dict[Recipient, set[InfoKind]] = {}
    for each in tx.all("SELECT * FROM consent_scope WHERE consent = :id ORDER BY recipient", id=row["id"]):
        recipient, kind = known[each["recipient"]], InfoKind(each["kind"])
        if each["ended_why"] is None or (row["state"] != "asked" and each["ended_why"] not in {"replaced", "left"}):
            offered.setdefault(recipient, set()).add(kind)
        if each["allowed"] and each["ended_at"] is None:
            scope.setdefault(recipient, set()).add(kind)
    said = [each for each in consent_answers.signed(tx, ConsentId(row["id"])) if each.yes]
    weakest = min((each.trust for each in said), key=list(ConsentTrust).index, default=None)
    ended = moment_or_none(row["ended_at"])
    return Consent(
        id=ConsentId(row["id"]),
        case=CaseId(row["case_id"]),
        type=ConsentType(row["type"]),
        state=ConsentState(row["state"]),
        purpose=Purpose(row["purpose"]),
        offered={each: frozenset(kinds) for each, kinds in offered.items()},
        scope={each: frozenset(kinds) for each, kinds in scope.items()},
        given_by=said[0].person if said else None,
        capacity=said[0].capacity if said else None,
        trust=weakest,
        language=said[0].language if said else None,
        text_version=row["text_version"],
        text_hash=said[0].text_hash if said else "",
        asked_at=moment(row["asked_at"]),
        newest_member=row["newest_member"],
        given_at=moment_or_none(row["given_at"]),
        until=date.fromisoformat(row["until"]),
        withdrawn_at=ended if row["state"] == "withdrawn" else None,
    )
