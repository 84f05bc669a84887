"""Who holds a case now, and whether there will come a day on which nobody does.

Here: the gaps a coordinator's absence leaves, and the unit's task while there is one. Not here: who says so (`bot.services.away`,
`bot.services.substitutes`). Guarantee: as soon as it is known that nobody stands in on some day, now or later, the unit holds the case,
until somebody stands in on all of them; so no turn of the clock leaves a case to nobody.
"""

from dataclasses import replace

from bot.domain.cases import CaseState, TaskKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import OSLO
from bot.domain.substitutes import Span, SubstituteState, gaps
from bot.services.municipality import Context
from bot.store import assignments, cases, changes, substitutes, tasks
from bot.store.database import Tx


def doer(context: Context) -> PersonId | None:
    """Who does it, as the audit and the lists name it: None where it happens by the clock or a file."""
    return context.actor or None


def at_work(tx: Tx, case: CaseId, coordinator: PersonId | None) -> PersonId | None:
    """The coordinator; while they are away whoever stands in or takes over. None where nobody does: the unit has its task of that."""
    if coordinator is None or not _away(tx, coordinator):
        return coordinator
    here = [each.person for each in (substitutes.active(tx, case), changes.taking_over(tx, case)) if each is not None]
    return next((person for person in here if not _away(tx, person)), None)


def on_duty(tx: Tx, case: CaseId | None, who: PersonId) -> PersonId | None:
    """Whoever hears what this person would hear about a case: another one only where they coordinate it, and are away. None: the unit."""
    accepted = None if case is None else assignments.accepted(tx, case)
    if case is None or accepted is None or accepted.candidate != who:
        return who
    return at_work(tx, case, who)


def _away(tx: Tx, person: PersonId) -> bool:
    return any(each.time.holds(tx.now) for each in substitutes.absences(tx, person))


def gaps_in(tx: Tx, case: CaseId) -> tuple[Span, ...]:
    """When, from now on, the coordinator is away and nobody else has the case. Empty where there is no coordinator at all."""
    accepted = assignments.accepted(tx, case)
    if accepted is None or accepted.candidate is None:
        return ()
    away = [each.time for each in substitutes.absences(tx, accepted.candidate)]
    if not away:
        return ()
    here = [
        part
        for each in substitutes.of_case(tx, case)
        if each.state is SubstituteState.ACCEPTED
        for part in _present(tx, each.person, each.time)
    ]
    if (taking := changes.taking_over(tx, case)) is not None:
        here += [part for span in away for part in _present(tx, taking.person, span)]
    return gaps(away, here, tx.now)


def gaps_told(tx: Tx, case: CaseId) -> tuple[Span, ...]:
    """The same, each from its own beginning: one that has begun is told of as the one it was yesterday, and never as a new one."""
    found = gaps_in(tx, case)
    accepted = assignments.accepted(tx, case)
    if not found or found[0].starts_at > tx.now or accepted is None or accepted.candidate is None:
        return found
    begun = [accepted.candidate, *(each.person for each in substitutes.of_case(tx, case) if each.state is SubstituteState.ACCEPTED)]
    since = [each.time.starts_at for person in begun for each in substitutes.absences(tx, person) if each.time.holds(tx.now)]
    covered = substitutes.stood_in_until(tx, case)
    since += [each for each in (covered, accepted.answered_at) if each is not None]
    return (replace(found[0], starts_at=max(since, default=tx.now)), *found[1:])


def _present(tx: Tx, person: PersonId, time: Span) -> tuple[Span, ...]:
    """The parts of this time in which somebody is not away."""
    return gaps([time], [each.time for each in substitutes.absences(tx, person)], tx.now)


def settle(context: Context, case: CaseId) -> bool:
    """Give the unit the case while there is a gap, and take it off their list when there is none; whether there is one."""
    tx = context.tx
    found = gaps_in(tx, case) if cases.get(tx, case).state is CaseState.ACTIVE else ()
    waiting = any(task.kind is TaskKind.NOBODY_STANDS_IN for task in tasks.of_case(tx, case))
    if found and not waiting:
        first = max(found[0].starts_at.astimezone(OSLO).date(), context.today)
        tasks.add(tx, TaskKind.NOBODY_STANDS_IN, due_on=context.municipality.calendar.next_working_day(first), case=case)
    elif not found and waiting:
        tasks.finish_kinds(tx, case, TaskKind.NOBODY_STANDS_IN, by=doer(context))
    tx.touch(case)
    return bool(found)
