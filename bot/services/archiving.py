"""A case has ended: its papers are archived, and the time until it is destroyed can begin.

Here: KE's list and its task. Not here: handing the case to the record system (`bot.services.case_file`), and destroying it
(`bot.services.retention`). Guarantee: while something on the list is open, so is the task, and a case with an open task is not destroyed.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.archiving import Archive, ArchiveView, TheArchive
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.domain.reminders import day_of
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.store import archiving as store
from bot.store import audit, cases, tasks


def begin(context: Context, case: CaseId) -> None:
    """A case has just ended: KE has a task with a day (P11)."""
    days = context.municipality.profile.closing.archive_working_days
    due = context.municipality.calendar.add_working_days(context.today, days)
    tasks.add(context.tx, TaskKind.ARCHIVE, due_on=due, case=case)


def archive(context: Context, command: Archive) -> None:
    """One thing is done; with the last one the task is."""
    context.require(Action.ARCHIVE, command.case)
    items = [each.id for each in context.municipality.profile.checklists.archiving]
    if command.item not in items:
        raise Refused(t("This is no longer on the list. Nothing was changed."))
    store.done(context.tx, command.case, command.item, by=context.actor)
    audit.record(context.tx, "case.archived", actor=context.actor, case=command.case, item=command.item)
    if set(items) <= set(store.of_case(context.tx, command.case)):
        tasks.finish_kinds(context.tx, command.case, TaskKind.ARCHIVE, by=context.actor)


def the_archive(context: Context, query: TheArchive) -> ArchiveView | None:
    """The list, for KE."""
    if not context.may(Action.ARCHIVE, query.case):
        return None
    done, exported = store.of_case(context.tx, query.case), store.exported(context.tx, query.case)
    waiting = [each for each in tasks.of_case(context.tx, query.case) if each.kind is TaskKind.ARCHIVE]
    return ArchiveView(
        case=query.case,
        number=cases.get(context.tx, query.case).number,
        initials=initials_of(context, query.case),
        steps=tuple((each.id, _day(done.get(each.id))) for each in context.municipality.profile.checklists.archiving),
        by=waiting[0].due_on if waiting else None,
        exported_on=_day(exported),
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day_of(moment)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {Archive: archive}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheArchive: the_archive}
