"""A life phase and the changes in it: the list to go through, changes that come, what is to be passed on, and a school that is at risk.

Here: the rules, each with its source. Not here: the days of the changes (`bot.domain.transitions`), gathering the facts
(`bot.services.phase_facts`), nor the words (`bot.services.reminders.phase`). Guarantees: a change is raised before its day and never after
it; one that is set aside is not raised; a corrected birth date makes the reminders anew, and its own day stands in no key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.ids import CaseId, DropOutId, PersonId, TransitionId
from bot.domain.phases import Card, Phase, began_on
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of
from bot.domain.rights import OF_AGE, birthday
from bot.domain.transitions import NUMBERS, Foreseen, TransitionKind, foreseen

PASSED_ON_DAYS: Final = (-14, 14)
"""Before and after the day of a change: is everything passed on? (our default for Herøy, Livsfaser: all information passed on)."""
DROP_OUT_WORKING_DAYS: Final = (1, 2)
"""The coordinator is asked again, after having been told at once (M27: our default for «take contact» without delay)."""
DROP_OUT_UNIT_WORKING_DAYS: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedFacts:
    """A change that has been recorded, on a day in Oslo. `done`: everything is passed on."""

    id: TransitionId
    kind: TransitionKind
    on: date
    done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseFacts:
    """What the rules need to know of a case. Days are in Oslo, moments aware.

    `coordinator` None: the unit. `since`: when they took over. `seen_at`: when the birth date was recorded. `listed`: a card of this phase
    has been settled. `later`: cards put off, each with its day. `skipped`: changes set aside. `drop_out`: school is at risk, and the
    follow-up service has not been contacted.
    """

    id: CaseId
    coordinator: PersonId | None
    since: datetime | None
    phase: Phase | None
    born_on: date | None
    seen_at: datetime | None
    listed: bool
    later: tuple[tuple[Card, date], ...]
    skipped: frozenset[TransitionKind]
    recorded: tuple[RecordedFacts, ...]
    outlook_on: date | None
    drop_out: tuple[DropOutId, datetime] | None


def reminders(facts: PhaseFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a life phase wants to be reminded of."""
    return frozenset((*_list(facts, rules), *_changes(facts, rules), *_recorded(facts, rules), *_drop_out(facts, rules)))


def _list(facts: PhaseFacts, rules: Rules) -> Iterator[Reminder]:
    """The list of the phase is gone through, what was put off comes back, and once a year one asks what matters (M01, M10 to M44)."""
    ours = rules.profile.phases
    if facts.since is not None and facts.phase is not None:
        begun = max(day_of(facts.since), began_on(facts.born_on, facts.phase, ours) or date.min)
        if not facts.listed:
            yield _reminder(facts, ReminderKind.PHASE_LIST, f"{facts.phase}", rules.on(begun + timedelta(days=ours.list_days)))
        last = max(day_of(facts.since), facts.outlook_on or date.min)
        yield _reminder(facts, ReminderKind.PHASE_OUTLOOK, f"{last}", rules.on(months_after(last, ours.outlook_months)))
    for day in sorted({day for _, day in facts.later}):
        yield _reminder(facts, ReminderKind.PHASE_LATER, f"{day}", rules.on(day))


def _changes(facts: PhaseFacts, rules: Rules) -> Iterator[Reminder]:
    """What can be seen coming is raised in good time, and the unit knows of it (M02, M03, M05, M14, M22, M26, M28, M29)."""
    if facts.born_on is None or facts.seen_at is None:
        return
    for change in foreseen(facts.born_on, rules.profile.phases):
        if change.kind not in facts.skipped and _midnight(change.day) > facts.seen_at:
            if facts.since is not None:
                yield from _raised(facts, change, facts.seen_at, max(facts.seen_at, facts.since), rules)
            yield from _unit(facts, change, facts.seen_at, rules)


def _raised(facts: PhaseFacts, change: Foreseen, seen_at: datetime, known_at: datetime, rules: Rules) -> Iterator[Reminder]:
    """On each of its days, to the coordinator; where they or the birth date came later than some of them, once, as soon as may be.

    `known_at`: when there was both a birth date and this coordinator. It stands in no key: what another was told is not told again.
    """
    if any(each.kind is change.kind and each.done for each in facts.recorded):
        return
    days = [(name, rules.on(day)) for name, day in change.raised]
    late = [name for name, due in days if due <= known_at]
    if late:
        days = [(late[-1], rules.on(day_of(known_at))), *((name, due) for name, due in days if name not in late)]
    for name, due in days:
        yield _of_change(facts, ReminderKind.TRANSITION, change, seen_at, name, due)


def _unit(facts: PhaseFacts, change: Foreseen, seen_at: datetime, rules: Rules) -> Iterator[Reminder]:
    """The unit is told half a year before (M03: Ås, Oppgaver); before 18, who goes on after the children's coordinator (M05: Ringerike)."""
    ours = rules.profile.phases
    if change.kind in {TransitionKind.SIXTEEN, TransitionKind.OWN_HOME}:
        return
    if change.kind is TransitionKind.EIGHTEEN:
        day = birthday(facts.born_on or change.day, OF_AGE) - timedelta(days=ours.child_coordinator_days)
        kind = ReminderKind.CHILD_COORDINATOR
    else:
        day, kind = months_after(change.day, -ours.unit_months), ReminderKind.TRANSITION_UNIT
    yield _of_change(facts, kind, change, seen_at, "unit", max(rules.on(day), rules.on(day_of(seen_at))))


def _recorded(facts: PhaseFacts, rules: Rules) -> Iterator[Reminder]:
    """Before and after the day: has everybody told what they were to tell, and is the plan updated (M02, M15, M30, M44)?"""
    for each in facts.recorded:
        for days in () if each.done else PASSED_ON_DAYS:
            due = rules.on(each.on + timedelta(days=days))
            until = _midnight(each.on) if days < 0 else None
            yield _reminder(facts, ReminderKind.PASSED_ON, f"{each.id}/{each.on}/{days}", due, until=until, object=each.id)


def _drop_out(facts: PhaseFacts, rules: Rules) -> Iterator[Reminder]:
    """School is at risk: asked the next working days, and then it is the unit's (M27: Herøy, Koordinator for ungdom)."""
    if facts.drop_out is None:
        return
    number, at = facts.drop_out
    for days in DROP_OUT_WORKING_DAYS:
        yield _reminder(facts, ReminderKind.DROP_OUT, f"{number}/{days}", rules.on(rules.working_days_after(at, days)), object=number)
    unit = rules.on(rules.working_days_after(at, DROP_OUT_UNIT_WORKING_DAYS))
    yield _reminder(facts, ReminderKind.DROP_OUT_UNIT, f"{number}", unit, object=number)


def _of_change(facts: PhaseFacts, kind: ReminderKind, change: Foreseen, seen_at: datetime, name: str, due: datetime) -> Reminder:
    key = f"{change.kind}/{int(seen_at.timestamp())}/{name}"
    return _reminder(facts, kind, key, due, until=_midnight(change.day), object=NUMBERS.index(change.kind))


def _reminder(
    facts: PhaseFacts, kind: ReminderKind, key: str, due: datetime, *, until: datetime | None = None, object: int | None = None
) -> Reminder:
    return Reminder(
        key=f"case/{facts.id}/{kind}/{key}",
        kind=kind,
        due_at=due,
        useful_until=until,
        case=facts.id,
        person=facts.coordinator,
        object=object,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO).astimezone(UTC)
