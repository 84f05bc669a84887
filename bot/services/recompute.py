"""Computing every case's reminders anew, after the municipality's rules have changed.

Here: one batch at a time, and how far it has come. Not here: what a case wants (`bot.services.due`). Guarantees: what is interrupted is
taken up where it stopped; the same rules are not gone through twice; trying changes nothing; what has been told is not told again, since
a reminder that has fired keeps its key.
"""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bot.domain.ids import CaseId
from bot.domain.reminder_rules import RULES
from bot.domain.reminders import ReminderKind
from bot.services import due
from bot.services.municipality import Municipality
from bot.store import recomputing as store
from bot.store import reminders, sessions
from bot.store.database import Tx

BATCH: Final = 50


class _Undone(Exception):
    """Puts back what was only tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How many cases were gone through in this batch, how many of their reminders changed, and how many cases are left."""

    cases: int
    changed: int
    left: int
    cursor: int


def digest(municipality: Municipality) -> str:
    """What the reminders are computed by: the whole profile, which kinds this version knows, and its rules with their own numbers."""
    kinds = ",".join(sorted(ReminderKind))
    return sha256(f"{municipality.profile!r}\n{kinds}\n{list(RULES.values())!r}".encode()).hexdigest()


def needed(tx: Tx, municipality: Municipality) -> bool:
    """Have the rules changed since the reminders were last computed, or was that not finished?"""
    last = store.state(tx)
    return last is None or last.digest != digest(municipality) or not last.finished


def begin(tx: Tx, municipality: Municipality, *, anew: bool = False) -> int:
    """Take up what was interrupted, or begin with the first case; how many cases there are to go through. `anew`: from the first one."""
    last, now = store.state(tx), digest(municipality)
    if anew or last is None or last.digest != now or last.finished:
        store.begin(tx, now)
        return store.left(tx, 0)
    return store.left(tx, last.cursor)


def step(tx: Tx, municipality: Municipality, limit: int = BATCH) -> Progress:
    """The next cases; with the last of them, conversations left half way and the unit's own tasks. Raises `LookupError` before `begin`."""
    last = store.state(tx)
    if last is None:
        raise LookupError("nothing has been begun")
    cases = store.cases_after(tx, last.cursor, limit)
    changed = sum(_one(tx, municipality, case) for case in cases)
    cursor = cases[-1] if cases else CaseId(last.cursor)
    store.advance(tx, cursor, changed)
    left = store.left(tx, cursor)
    if left == 0:
        _others(tx, municipality)
        store.finish(tx)
    return Progress(cases=len(cases), changed=changed, left=left, cursor=cursor)


def _one(tx: Tx, municipality: Municipality, case: CaseId) -> int:
    before = reminders.planned(tx, case)
    due.of_case(tx, municipality, case)
    return len(before ^ reminders.planned(tx, case))


def _others(tx: Tx, municipality: Municipality) -> None:
    for each in store.sessions_reminded(tx):
        session = sessions.find(tx, each)
        if session is not None:
            due.of_session(tx, municipality, session)
    due.of_unit(tx, municipality)


def tried(tx: Tx, municipality: Municipality, after: int, limit: int = BATCH) -> Progress:
    """The same as `step` for the cases after that one, and everything put back as it was."""
    cases, changed = store.cases_after(tx, after, limit), 0
    with suppress(_Undone), tx.savepoint():
        changed = sum(_one(tx, municipality, case) for case in cases)
        raise _Undone
    cursor = cases[-1] if cases else CaseId(after)
    return Progress(cases=len(cases), changed=changed, left=store.left(tx, cursor), cursor=cursor)
