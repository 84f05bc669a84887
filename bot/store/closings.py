"""Proposals to end a case, and what stops all sending.

Here: statements about them. Not here: what happens then (`bot.services.closing`, `bot.services.halts`). Guarantees: one proposal at a
time; a halt takes what waits to leave with it.
"""

from sqlite3 import Row

from bot.domain.closing import Closing, ClosingState, WhyClosed, WhyHalted
from bot.domain.ids import CaseId, ClosingId, PersonId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _words(closing: int) -> Field:
    return Field("closings", "words", closing)


def propose(tx: Tx, case: CaseId, why: WhyClosed, words: str | None, *, by: PersonId) -> ClosingId | None:
    """A proposal; None where one waits already."""
    if open_of(tx, case) is not None:
        return None
    closing = ClosingId(tx.next_id("closings"))
    tx.execute(
        "INSERT INTO closings (id, case_id, state, why, words, proposed_by, proposed_at)"
        " VALUES (:id, :case, 'proposed', :why, :words, :by, :now)",
        id=closing,
        case=case,
        why=why,
        words=None if not words else tx.seal(_words(closing), KeyOwner("case", case), words),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return closing


def answer(tx: Tx, closing: Closing, state: ClosingState, *, by: PersonId) -> bool:
    """The answer to a proposal; False where it had been answered."""
    done = tx.execute(
        "UPDATE closings SET state = :state, answered_by = :by, answered_at = :now WHERE id = :id AND state = 'proposed'",
        state=state,
        by=by,
        now=stamp(tx.now),
        id=closing.id,
    )
    tx.touch(closing.case)
    return done == 1


def recall(tx: Tx, case: CaseId, *, by: PersonId) -> None:
    """The case goes on or begins again: what was proposed or agreed before is no answer for the next time."""
    tx.execute(
        "UPDATE closings SET state = 'recalled', answered_by = coalesce(answered_by, :by), answered_at = coalesce(answered_at, :now)"
        " WHERE case_id = :case AND state IN ('proposed', 'agreed')",
        by=by,
        now=stamp(tx.now),
        case=case,
    )
    tx.touch(case)


def open_of(tx: Tx, case: CaseId) -> Closing | None:
    """The proposal that waits for an answer."""
    row = tx.one("SELECT * FROM closings WHERE case_id = :case AND state = 'proposed'", case=case)
    return None if row is None else _closing(tx, row)


def last(tx: Tx, case: CaseId) -> Closing | None:
    """The newest proposal, whatever became of it."""
    row = tx.one("SELECT * FROM closings WHERE case_id = :case ORDER BY id DESC LIMIT 1", case=case)
    return None if row is None else _closing(tx, row)


def _closing(tx: Tx, row: Row) -> Closing:
    sealed = row["words"]
    return Closing(
        id=ClosingId(row["id"]),
        case=CaseId(row["case_id"]),
        state=ClosingState(row["state"]),
        why=WhyClosed(row["why"]),
        words=None if sealed is None else tx.open(_words(row["id"]), KeyOwner("case", row["case_id"]), sealed),
        proposed_by=PersonId(row["proposed_by"]),
        proposed_at=moment(row["proposed_at"]),
        answered_at=moment_or_none(row["answered_at"]),
    )


def halt(tx: Tx, case: CaseId, why: WhyHalted, *, by: PersonId) -> bool:
    """Nothing about the case leaves from now on, and what waited to leave does not; False where it was so already."""
    halted = tx.execute(
        "INSERT INTO halts (case_id, why, noted_by, noted_at) VALUES (:case, :why, :by, :now) ON CONFLICT DO NOTHING",
        case=case,
        why=why,
        by=by,
        now=stamp(tx.now),
    )
    tx.execute(
        "UPDATE outbox SET state = 'dead', finished_at = :now, last_error = 'the case was halted'"
        " WHERE case_id = :case AND kind IN ('send', 'edit') AND state IN ('ready', 'retry')",
        case=case,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return halted == 1


def unhalt(tx: Tx, case: CaseId) -> bool:
    """It was a mistake; False where nothing was halted."""
    tx.touch(case)
    return tx.execute("DELETE FROM halts WHERE case_id = :case", case=case) == 1


@recalled
def halted(tx: Tx, case: CaseId) -> WhyHalted | None:
    """Why nothing about the case leaves; None where it does."""
    row = tx.one("SELECT why FROM halts WHERE case_id = :case", case=case)
    return None if row is None else WhyHalted(row["why"])
