"""Somebody is sent from one to another: a leader and the unit hear of it, and one person takes hold of it.

Here: saying so, taking hold, and what waits. Not here: when it is reminded of (`bot.domain.sent_around`). Guarantee: it stays open, with a
task at KE, until somebody with a name has taken it, and the person is told who (O05: Ås, BTI).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.phone_numbers import readable
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, day_of
from bot.domain.sent_around import WORKING_DAYS, SaySentAround, SentAround, SentAroundView, SentAroundWaiting, TakeSentAround
from bot.engine.ask import Command, Query
from bot.engine.texts import joined, nt, t
from bot.services import due, notices
from bot.services.municipality import EARLIER, Context
from bot.services.sent_around_facts import leader_of
from bot.store import audit, cases, people, tasks
from bot.store import sent_around as store


def say(context: Context, command: SaySentAround) -> None:
    """Somebody says so. The leader of whoever coordinates and KE are told at once, and KE has a task (O05)."""
    context.require(Action.SAY_SENT_AROUND)
    if command.case is not None:
        context.require(Action.SEE_CASE, command.case)
    tx = context.tx
    sent = store.say(tx, context.actor, command.words, case=command.case)
    by = context.municipality.calendar.add_working_days(context.today, WORKING_DAYS)
    tasks.add(tx, TaskKind.SENT_AROUND, due_on=by, case=command.case, dedupe_key=task_key(sent))
    text = t("Somebody is being sent from one to another. Take hold of it by {day}.", day=by)
    if command.case is not None:
        number = str(cases.get(tx, command.case).number)
        text = t("In case {number} somebody is being sent from one to another. Take hold of it by {day}.", number=number, day=by)
    times = store.count_since(tx, datetime(context.today.year, 1, 1, tzinfo=OSLO))
    counted = nt("This has been said {n} time this year.", "This has been said {n} times this year.", times)
    button = notices.begin(t("Read and take hold"), "take_sent_around", sent=sent)
    key = f"sent_around/{sent}"
    notices.tell_ke(context, joined(text, counted), case=command.case, buttons=[button], dedupe_key=key)
    if (leader := leader_of(tx, command.case)) is not None:
        notices.tell(context, leader, text, case=command.case, buttons=[button], dedupe_key=f"{key}/leader")
    if command.case is None:
        due.of_unit(tx, context.municipality)
    audit.record(tx, "sent_around.said", actor=context.actor, case=command.case, sent=sent)


def task_key(sent: int) -> str:
    """The key of KE's task about it."""
    return f"sent_around/{sent}/task"


def _may_take(context: Context, sent: SentAround) -> bool:
    at_unit = bool(people.standing_roles(context.tx, context.actor) & {Role.KE, Role.KE_LEADER})
    return at_unit or leader_of(context.tx, sent.case) == context.actor


def take(context: Context, command: TakeSentAround) -> None:
    """One person has it from now on; the one who said so gets the name and a day."""
    context.require(Action.TAKE_SENT_AROUND)
    tx, sent = context.tx, store.find(context.tx, command.sent)
    if sent is None or not _may_take(context, sent) or not store.take(tx, sent, by=context.actor):
        raise Refused(EARLIER)
    tasks.finish_keyed(tx, task_key(sent.id), by=context.actor)
    if sent.case is None:
        due.of_unit(tx, context.municipality)
    by = context.municipality.calendar.add_working_days(context.today, WORKING_DAYS)
    name = notices.named(people.person(tx, context.actor), t("A member of staff"))
    told = t("{name} has taken hold of what you told us. You hear from {name} by {day}.", name=name, day=by)
    if phone := context.municipality.phone:
        told = joined(told, t("If you hear nothing, phone us on {phone}.", phone=phone))
    notices.tell(context, sent.person, told, case=sent.case, dedupe_key=f"sent_around/{sent.id}/taken")
    audit.record(tx, "sent_around.taken", actor=context.actor, case=sent.case, sent=sent.id)


def waiting(context: Context, _query: SentAroundWaiting) -> tuple[SentAroundView, ...]:
    """What nobody has taken, for those who may."""
    if not context.may(Action.TAKE_SENT_AROUND):
        return ()
    found = [each for each in store.waiting(context.tx) if _may_take(context, each)]
    for each in found:
        audit.record(context.tx, "sent_around.read", actor=context.actor, case=each.case, sent=each.id)
    return tuple(_view(context, each) for each in found)


def _view(context: Context, sent: SentAround) -> SentAroundView:
    person = people.person(context.tx, sent.person)
    return SentAroundView(
        sent=sent.id,
        task=tasks.keyed(context.tx, task_key(sent.id)),
        number=None if sent.case is None else cases.get(context.tx, sent.case).number,
        name=person.name,
        phone=readable(person.phone) if person.phone else None,
        words=sent.words,
        said_at=sent.said_at,
        by=context.municipality.calendar.add_working_days(day_of(sent.said_at), WORKING_DAYS),
    )


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {SaySentAround: say, TakeSentAround: take}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {SentAroundWaiting: waiting}
