"""The months as published, and the register of coordinators, groups and plans.

Here: publishing a month once it has ended, and who may see what. Not here: counting (`bot.store.monthly`), what is withheld
(`bot.domain.monthly`). Guarantees: a month is published once, so that asking again tells no more; one that has not ended is not published;
whoever opens or exports the register is recorded.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import CaseState
from bot.domain.figures_queries import MonthView, RegisterLine, TheMonths, TheRegister
from bot.domain.ids import CaseId
from bot.domain.monthly import published
from bot.domain.reminders import OSLO, day_of
from bot.engine.ask import Query
from bot.services import case_views
from bot.services.municipality import Context, Municipality
from bot.store import assignments, audit, cases, people
from bot.store import monthly as store
from bot.store.database import Tx

MOST_MONTHS: Final = 12


def after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO).astimezone(UTC)


def of_month(tx: Tx, municipality: Municipality, month: date) -> MonthView | None:
    """A month as published, now or before. None for one that has not ended, and for one before the first case."""
    first, next_first, began = month.replace(day=1), after(month), store.first_case(tx)
    if next_first > day_of(tx.now) or began is None or day_of(began) >= next_first:
        return None
    name = f"{first:%Y-%m}"
    figures = store.kept(tx, name)
    if figures is None:
        profile = municipality.profile
        wanted = store.Wanted(
            contact_days=profile.deadlines.contact_days,
            meetings_a_year=profile.meetings.a_year_at_least,
            departments=tuple(each.id for each in profile.departments),
        )
        counts = store.counts(tx, store.Span(start=_midnight(first), end=_midnight(next_first)), wanted)
        figures = published(counts, (next_first - first).days / 7)
        store.keep(tx, name, figures)
        audit.record(tx, "month.published", actor=None, month=name)
    return MonthView(month=first, figures=figures)


def months(tx: Tx, municipality: Municipality) -> tuple[MonthView, ...]:
    """The months that have ended, the latest first, at most twelve."""
    found: list[MonthView] = []
    month = before(day_of(tx.now))
    while len(found) < MOST_MONTHS and (view := of_month(tx, municipality, month)) is not None:
        found.append(view)
        month = before(month)
    return tuple(found)


def the_months(context: Context, _query: TheMonths) -> tuple[MonthView, ...]:
    """For the unit."""
    return months(context.tx, context.municipality) if context.may(Action.SEE_FIGURES) else ()


def the_register(context: Context, _query: TheRegister) -> tuple[RegisterLine, ...]:
    """For the unit: living cases that are decided on, those without a coordinator first, then by who coordinates."""
    if not context.may(Action.SEE_FIGURES):
        return ()
    lines = [_line(context, case) for case in cases.living(context.tx)]
    audit.record(context.tx, "register.opened", actor=context.actor)
    return tuple(sorted(lines, key=lambda line: (line.coordinator is not None, line.coordinator or "", line.number)))


def _line(context: Context, case: CaseId) -> RegisterLine:
    found, held = cases.get(context.tx, case), assignments.accepted(context.tx, case)
    person = None if held is None or held.candidate is None else people.person(context.tx, held.candidate)
    entry = store.entry(context.tx, case)
    return RegisterLine(
        case=case,
        number=found.number,
        initials=case_views.initials_of(context, case),
        state=CaseState(found.state),
        wanted=found.wanted,
        coordinator=None if person is None else person.name or str(person.id),
        department=None if person is None else person.department,
        since=None if held is None or held.answered_at is None else day_of(held.answered_at),
        own_decision=entry.own_decision,
        group=entry.group,
        plan=entry.plan,
    )


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheMonths: the_months, TheRegister: the_register}
