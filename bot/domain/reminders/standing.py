"""When who decides becomes somebody else: birthdays, and mandates and lapses that begin or end.

Here: the rules. Not here: who decides then (`bot.domain.rights`), nor the words. Guarantees: the change itself falls due at midnight in
Oslo, whatever the hour people are written to; what is told about it waits for the morning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.ids import CaseId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of
from bot.domain.rights import DECIDES_FROM, OF_AGE, birthday

ANNOUNCED_DAYS: Final = (90, 30)
YOUTH_DAYS: Final = 60
"""Before the 16th birthday (E15: Herøy, Koordinator og planeigar; our default for the days)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingFacts:
    """What the rules need to know: the birth date with when it was recorded, and days on which something else begins or has ended.

    `changes`: a name for what changes, the day from whose midnight it does, and when that was recorded.
    """

    id: CaseId
    living: bool
    born_on: date | None
    recorded_at: datetime | None
    changes: tuple[tuple[str, date, datetime], ...] = ()


def midnight(day: date) -> datetime:
    """The moment in Oslo at which a day begins, in UTC."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


def reminders(facts: StandingFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything the right to decide in a case wants to be reminded of."""
    if not facts.living:
        return frozenset()
    return frozenset((*_birthdays(facts, rules), *_changes(facts)))


def _birthdays(facts: StandingFacts, rules: Rules) -> Iterator[Reminder]:
    """16 and 18: announced 90 and 30 days before; at 60 days the youth is told; at midnight it holds; in the morning it is told."""
    if facts.born_on is None or facts.recorded_at is None:
        return
    for age in (DECIDES_FROM, OF_AGE):
        day = birthday(facts.born_on, age)
        at = midnight(day)
        if at <= facts.recorded_at:
            continue
        # A corrected birth date is a new fact. Its own day stands in no key.
        key = f"case/{facts.id}/born/{int(facts.recorded_at.timestamp())}/{age}"
        for days, due in _announced(day, facts.recorded_at, rules):
            yield _reminder(f"{key}/{days}", ReminderKind.RIGHTS_SOON, due, facts, age, until=at)
        told = max(rules.on(day - timedelta(days=YOUTH_DAYS)), rules.on(day_of(facts.recorded_at)))
        if age == DECIDES_FROM and told < at:
            yield _reminder(f"{key}/youth", ReminderKind.YOUTH_TOLD, told, facts, age, until=at)
        yield _reminder(f"{key}/holds", ReminderKind.RIGHTS_CHANGE, at, facts, age)
        yield _reminder(f"{key}/told", ReminderKind.RIGHTS_CHANGED, rules.on(day), facts, age)


def _announced(day: date, recorded_at: datetime, rules: Rules) -> Iterator[tuple[int, datetime]]:
    """90 and 30 days before; where the birth date came later than that, once, at the next hour people are written to."""
    due = {days: rules.on(day - timedelta(days=days)) for days in ANNOUNCED_DAYS}
    late = [days for days in ANNOUNCED_DAYS if due[days] <= recorded_at]
    yield from ((days, at) for days, at in due.items() if days not in late)
    soon = rules.on(day_of(recorded_at))
    if late and soon < midnight(day):
        yield min(late), soon


def _changes(facts: StandingFacts) -> Iterator[Reminder]:
    for name, day, recorded_at in facts.changes:
        if midnight(day) > recorded_at:
            yield _reminder(f"case/{facts.id}/standing/{name}", ReminderKind.RIGHTS_CHANGE, midnight(day), facts, None)


def _reminder(
    key: str, kind: ReminderKind, due: datetime, facts: StandingFacts, age: int | None, until: datetime | None = None
) -> Reminder:
    return Reminder(key=key, kind=kind, due_at=due, useful_until=until, case=facts.id, object=age)
