"""What the reminders about who decides need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.standing`), nor what happens when
one falls due (`bot.services.reminders.standing`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.cases import LIVING
from bot.domain.ids import CaseId
from bot.domain.reminders import Reminder
from bot.domain.reminders.standing import StandingFacts, reminders
from bot.services.municipality import Municipality
from bot.store import cases, lapses, standings
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about who decides."""
    if cases.get(tx, case).state not in LIVING:
        return frozenset()
    birth = standings.birth(tx, case)
    facts = StandingFacts(
        id=case,
        living=True,
        born_on=None if birth is None else birth.born_on,
        recorded_at=None if birth is None else birth.recorded_at,
        changes=tuple(_changes(tx, case)),
    )
    return reminders(facts, municipality.rules)


def _changes(tx: Tx, case: CaseId) -> Iterator[tuple[str, date, datetime]]:
    """A mandate begins on its first day, and has ended the day after its last; so has a lapse."""
    for each in standings.representatives(tx, case):
        yield f"representative-{each.id}-begins", each.as_recorded.since, each.recorded_at
        if each.as_recorded.until is not None:
            yield f"representative-{each.id}-ended", each.as_recorded.until + timedelta(days=1), each.recorded_at
    for lapse in lapses.of_case(tx, case):
        if lapse.until is not None:
            yield f"lapse-{lapse.id}-ended", lapse.until + timedelta(days=1), lapse.recorded_at
