"""A case as files for the municipality's record system: what is not journalled here must be there (T03, T04).

Here: the two files and that they were made. Not here: writing them to a disk (`bot.cli_records`), nor destroying the case afterwards
(`bot.services.retention`). Guarantees: every row of the case is in them, every word opened, people by name; the audit and the digest of
the files stay here, so that one can see later what was handed over.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from bot.domain.documents import Document, Table
from bot.domain.ids import CaseId, PersonId
from bot.domain.my_data import Kind
from bot.engine.texts import Text, t, verbatim
from bot.pdf import pdf
from bot.services.municipality import Municipality
from bot.services.my_data import IN_CASE, Part
from bot.services.my_data_files import WHEN, WHO, said, sections
from bot.store import audit, cases, holdings, people, purging, roster
from bot.store.database import Tx
from bot.store.held_in_case import FOR_RECORDS

MOST: Final = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """The two files. `digest` is the SHA-256 of both, one after the other, as hexadecimal digits."""

    number: int
    json: bytes
    pdf: bytes
    digest: str


def export(tx: Tx, municipality: Municipality, number: int) -> CaseFile | None:
    """The case with this number, recorded as handed over; None where there is none, or its content is destroyed."""
    case = roster.case_numbered(tx, number)
    if case is None or cases.find(tx, case) is None:
        return None
    parts = [_part(tx, held, case, number) for held in (*IN_CASE, *FOR_RECORDS) if held.whole or ":me" not in held.find]
    audit.record(tx, "case.exported", actor=None, case=case)
    events = [{"at": entry.at.isoformat(), "who": _name(tx, entry.actor), "what": entry.action} for entry in audit.of_case(tx, case, MOST)]
    content = json.dumps(
        {"case": number, "made_at": tx.now.isoformat(), "stored": [said(part) for part in parts if part.entries], "audit": events},
        ensure_ascii=False,
        indent=1,
    ).encode()
    language = municipality.profile.municipality.language
    printed = pdf(_document(tx, municipality, number, parts, case), language, municipality.catalogs, tx.now)
    digest = hashlib.sha256(content + printed).hexdigest()
    purging.record_export(tx, case, digest)
    return CaseFile(number=number, json=content, pdf=printed, digest=digest)


def _name(tx: Tx, who: PersonId | None) -> str:
    return "Samråd" if who is None else people.person(tx, who).name or f"#{who}"


def _part(tx: Tx, held: holdings.Held, case: CaseId, number: int) -> Part:
    whole = holdings.for_records(held)
    entries = holdings.entries(tx, whole, me=PersonId(0), case=case, told=lambda who: _name(tx, who))
    return Part(held=whole, case=number, entries=tuple(entries))


def _document(tx: Tx, municipality: Municipality, number: int, parts: list[Part], case: CaseId) -> Document:
    events: list[tuple[Text, ...]] = [
        (t("{moment}", moment=entry.at), verbatim(_name(tx, entry.actor)), verbatim(entry.action))
        for entry in reversed(audit.of_case(tx, case, MOST))
    ]
    return Document(
        title=t("Case {number}", number=str(number)),
        author=verbatim(municipality.profile.municipality.display_name),
        marker=t("Printed {moment}", moment=tx.now),
        parts=(
            *(piece for kind in Kind for piece in sections(kind, [part for part in parts if part.held.kind is kind])),
            Table(columns=(WHEN, WHO, t("What")), rows=tuple(events)),
        ),
    )
