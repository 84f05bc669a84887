"""Whoever cannot be told any other way is phoned: a task for KE, with what is to be said.

Here: those tasks. Not here: when nothing else reaches somebody (`bot.services.notices`). Guarantee: the same thing gives one task.
"""

from typing import Final

from bot.domain.cases import ForWhom, TaskKind
from bot.domain.ids import CaseId
from bot.domain.people import Person
from bot.engine.texts import Text
from bot.phone import readable
from bot.services.municipality import Context
from bot.store import cases, tasks

THE_PERSONS_OWN: Final = frozenset({ForWhom.ME, ForWhom.AT_WORK})
"""Where the number or address in the case is that of the person it is about."""


def tell(context: Context, person: Person, words: str, case: CaseId | None, dedupe_key: str | None) -> None:
    """KE phones this person, and says this."""
    _task(context, case, (person.name, person.phone and readable(person.phone, person.language), words), dedupe_key)


def reach(context: Context, case: CaseId, text: Text, dedupe_key: str | None) -> None:
    """KE reaches the person a case is about as the report says: none of the parties may be told.

    Only who reports at work says how to reach the person. Whoever else wrote left their own number, and would hear what is not theirs.
    """
    content, found = cases.content(context.tx, case), cases.get(context.tx, case)
    details = content.reach_details if found.for_whom in THE_PERSONS_OWN else None
    if details and content.reach == "phone":
        details = readable(details, found.language)
    _task(context, case, (content.subject_name, details, context.municipality.words(text, found.language, context.tx.now)), dedupe_key)


def _task(context: Context, case: CaseId | None, words: tuple[str | None, ...], dedupe_key: str | None) -> None:
    tasks.add(
        context.tx,
        TaskKind.REACH_BY_PHONE,
        due_on=context.municipality.calendar.next_working_day(context.today),
        case=case,
        words="\n".join(part for part in words if part),
        dedupe_key=f"reach/{dedupe_key}" if dedupe_key else None,
    )
