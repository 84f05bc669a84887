"""What is stored about the one who asks: in short, in full, and as files to keep.

Here: gathering it by the statements of `bot.store.holdings`, and the deeds: correct, delete, ask. Not here: which table holds what, and
showing it. Guarantees: nobody gets what is another's: a case is in it only for those who may see what is in it today; every read and
every file is in the audit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.domain.access import Action, may
from bot.domain.cases import TaskKind
from bot.domain.channel import Unlink
from bot.domain.ids import CaseId, PersonId
from bot.domain.my_data import (
    AskForCopy,
    AskForCorrection,
    CorrectContact,
    DeleteMine,
    Kind,
    KindView,
    LookView,
    MyData,
    MyDataView,
)
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, t
from bot.phone import as_stored
from bot.services import channel, due, notices, stored
from bot.services.municipality import Context
from bot.store import audit, cases, holdings, people, sessions, tasks
from bot.store.held_around_case import AROUND_CASE
from bot.store.held_by_person import BY_PERSON, NOT_HANDED_OUT
from bot.store.held_in_case import CASE, KEPT_BACK
from bot.store.held_of_evaluation import EVALUATION
from bot.store.held_of_meetings import MEETINGS
from bot.store.held_of_phases import PHASES
from bot.store.held_of_plan import PLAN
from bot.store.held_of_startup import STARTUP
from bot.store.holdings import Entry, Held

IN_CASE: Final = (*CASE, *AROUND_CASE, *MEETINGS, *PLAN, *PHASES, *EVALUATION, *STARTUP)
NOT_INCLUDED: Final = {**NOT_HANDED_OUT, **KEPT_BACK}
LOOKS_SHOWN: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The rows of one table. `case` is its number, None for what belongs to the person alone."""

    held: Held
    case: int | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Everything:
    """All that is stored about a person, for that person. `at` is aware."""

    at: datetime
    parts: tuple[Part, ...]
    looks: tuple[stored.Look, ...]


def deadline(context: Context) -> date:
    """The last day for an answer to a request of today (personvernforordningen art. 12)."""
    months = context.municipality.law(context.today).data_months
    year, month = divmod(context.today.month - 1 + months, 12)
    return _day_in(context.today.year + year, month + 1, context.today.day)


def _day_in(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def view(context: Context, _query: MyData) -> MyDataView:
    """What is stored, in short."""
    tx, about = context.tx, stored.about(context)
    kinds: dict[Kind, KindView] = {}
    counted: set[tuple[Kind, CaseId | None]] = set()
    for held, case in _mine(context):
        number, since = holdings.count(tx, held, me=context.actor, case=case)
        before = kinds.get(held.kind, KindView(kind=held.kind, count=0, since=None))
        oldest = min((day for day in (before.since, since) if day is not None), default=None)
        # A message stands in two tables, a meeting in five: what is counted is the first of them that has something.
        more = 0 if (held.kind, case) in counted else number
        counted |= {(held.kind, case)} if number else set()
        kinds[held.kind] = KindView(kind=held.kind, count=before.count + more, since=oldest)
    return MyDataView(
        name=about.name,
        phone=about.phone,
        since=about.since,
        chat=about.chat != "none",
        drafts=len(_drafts(context)),
        kinds=tuple(kinds[kind] for kind in Kind if kind in kinds and kinds[kind].count),
        looks=tuple(LookView(at=each.at, number=each.number, who=each.who, what=each.what) for each in about.looks[:LOOKS_SHOWN]),
        page=context.municipality.page_url is not None,
    )


def _drafts(context: Context) -> list[sessions.Session]:
    """Conversations left half way, apart from the one that is going on."""
    return [each for each in sessions.parked_of(context.tx, context.actor) if each.conversation != "privacy"]


def everything(context: Context, *, form: str) -> Everything:
    """All of it, for a file or a page. `form` is which, for the audit."""
    about = stored.about(context)
    found = [
        Part(held=held, case=None if case is None else cases.get(context.tx, case).number, entries=tuple(_entries(context, held, case)))
        for held, case in _mine(context)
    ]
    audit.record(context.tx, "stored.exported", actor=context.actor, form=form)
    for case in stored.open_to(context):
        audit.record(context.tx, "case.exported_to_person", actor=context.actor, case=case, form=form)
    return Everything(at=context.tx.now, parts=tuple(part for part in found if part.entries), looks=about.looks)


def _mine(context: Context) -> Iterator[tuple[Held, CaseId | None]]:
    """Every statement that applies to the one who asks, with the case it applies in."""
    yield from ((held, None) for held in BY_PERSON)
    standing = people.standing_roles(context.tx, context.actor)
    for case in cases.of_party(context.tx, context.actor):
        roles, state = cases.roles_in(context.tx, case, context.actor, standing), cases.get(context.tx, case).state
        for held in IN_CASE:
            if may(held.needs, roles, state) and (held.roles is None or held.roles & roles):
                yield held, case


def _entries(context: Context, held: Held, case: CaseId | None) -> list[Entry]:
    language = people.person(context.tx, context.actor).language

    def told(who: PersonId) -> str:
        return context.municipality.words(stored.who(context, case, who), language, context.tx.now)

    return holdings.entries(context.tx, held, me=context.actor, case=case, told=told)


def correct_contact(context: Context, command: CorrectContact) -> None:
    """The person's own name or number: corrected at once."""
    context.require(Action.OWN_SETTINGS)
    phone = as_stored(command.phone) if command.phone else None
    people.describe(context.tx, context.actor, name=command.name, phone=phone)
    audit.record(context.tx, "stored.corrected", actor=context.actor, name=command.name is not None, phone=phone is not None)


def ask_for_correction(context: Context, command: AskForCorrection) -> None:
    """Something else is wrong: a task at KE, by the law's time."""
    _ask(context, TaskKind.CORRECT_DATA, t("Please correct this: {words}", words=command.words))


def ask_for_copy(context: Context, _command: AskForCopy) -> None:
    """A copy of everything, where there is no page: a task at KE, by the law's time."""
    _ask(context, TaskKind.COPY_OF_DATA, t("I want a copy of all that is stored about me."))


def delete_mine(context: Context, command: DeleteMine) -> None:
    """Delete at once what nothing binds us to keep; for the rest, a task at KE."""
    context.require(Action.OWN_SETTINGS)
    if command.drafts:
        for session in _drafts(context):
            sessions.set_state(context.tx, session.id, "deleted")
            due.of_session(context.tx, context.municipality, replace(session, state="deleted"))
    if command.phone:
        people.forget_phone(context.tx, context.actor)
    done = {"drafts": command.drafts, "phone": command.phone, "chat": command.chat, "rest": command.rest}
    audit.record(context.tx, "stored.deleted", actor=context.actor, what=",".join(sorted(what for what, yes in done.items() if yes)))
    if command.rest:
        _ask(context, TaskKind.DELETE_DATA, t("Please delete this: {words}", words=command.words or t("all that can be deleted")))
    if command.chat:
        channel.unlink(context, Unlink())


def _ask(context: Context, kind: TaskKind, text: Text) -> None:
    context.require(Action.ASK_HUMAN)
    tx = context.tx
    words = context.municipality.words(text, people.person(tx, context.actor).language, tx.now)
    inquiry = tasks.receive_inquiry(tx, context.actor, words, phone=None, case=None)
    tasks.add(tx, kind, due_on=deadline(context), inquiry=inquiry)
    notices.tell_ke(
        context,
        t("Somebody asks about what is stored about them."),
        buttons=[notices.begin(t("Read and answer"), "answer_inquiry", inquiry=inquiry)],
        dedupe_key=f"inquiry/{inquiry}",
    )
    audit.record(tx, "stored.asked", actor=context.actor, kind=kind, inquiry=inquiry)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {MyData: view}
HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    CorrectContact: correct_contact,
    AskForCorrection: ask_for_correction,
    AskForCopy: ask_for_copy,
    DeleteMine: delete_mine,
}
