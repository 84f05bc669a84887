"""Training, guidance, and who helps with the planning tool.

Here: noting parts of training, asking the unit for guidance, the monthly question whether help is needed, and who sees whose training.
Not here: gatherings (`bot.services.gatherings`), the task to arrange training (`bot.services.first_steps`). Guarantee: what is asked is
kept, with a task at the unit, before anybody is told that it was received.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.ids import PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.domain.training import (
    AskGuidance,
    GuidanceTopic,
    MySupport,
    NameToolContact,
    NeedHelp,
    NoteTraining,
    TheSupport,
    TheTraining,
    TrainingLine,
    TrainingPart,
)
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import NOT_YOURS, Context
from bot.store import assignments, audit, people, tasks
from bot.store import training as store

GUIDANCE_WORKING_DAYS: Final = 2
"""So soon a need for guidance is to be answered (ours: no handbook names a time)."""


def note_training(context: Context, command: NoteTraining) -> bool:
    """The unit ticks parts, with today's date; with the last one the training is whole, and nobody need arrange it any more."""
    context.require(Action.NOTE_TRAINING)
    tx = context.tx
    if Role.COORDINATOR not in people.standing_roles(tx, command.person):
        raise Refused(NOT_YOURS)
    for part in command.parts:
        store.note(tx, command.person, TrainingPart(part), context.today, by=context.actor)
    audit.record(tx, "training.noted", actor=context.actor, person=command.person, parts="+".join(sorted(command.parts)))
    whole = len(store.taken(tx, command.person)) == len(TrainingPart)
    if whole:
        people.set_trained(tx, command.person, context.today)
        store.no_longer_missing(tx, command.person, by=context.actor)
    return whole


def name_tool_contact(context: Context, command: NameToolContact) -> None:
    """The unit names who helps with the planning tool."""
    context.require(Action.NOTE_TRAINING)
    known = command.department is None or context.municipality.profile.department(command.department) is not None
    if not known or not people.standing_roles(context.tx, command.person):
        raise Refused(NOT_YOURS)
    store.name_tool_contact(context.tx, command.department, command.person)
    audit.record(context.tx, "tool_contact.named", actor=context.actor, person=command.person)
    text = t("You are named as the one who helps others with the planning tool. Tell us if that is wrong.")
    notices.tell(context, command.person, text, message_class=MessageClass.REMINDER)


def ask_guidance(context: Context, command: AskGuidance) -> bool:
    """A need for guidance comes to the unit's list, with a day by which it is answered."""
    context.require(Action.SUPPORT)
    return _ask(context, GuidanceTopic(command.topic), command.words)


def need_help(context: Context, command: NeedHelp) -> None:
    """The one-press answer to the monthly question. A no is not kept: nobody is counted for not needing help."""
    context.require(Action.SUPPORT)
    if command.yes:
        _ask(context, GuidanceTopic.OTHER, None)


def _ask(context: Context, topic: GuidanceTopic, words: str | None) -> bool:
    tx = context.tx
    if store.guidance_waits(tx, context.actor):
        return False
    inquiry = tasks.receive_inquiry(tx, context.actor, words or "", phone=people.person(tx, context.actor).phone, case=None)
    by = context.municipality.calendar.add_working_days(context.today, GUIDANCE_WORKING_DAYS)
    name = people.person(tx, context.actor).name or ""
    tasks.add(tx, TaskKind.COORDINATOR_HELP, due_on=by, inquiry=inquiry, words=name)
    button = notices.begin(t("Read and answer"), "answer_inquiry", inquiry=inquiry)
    text = t("A coordinator asks for guidance. Please answer by {day}.", day=by)
    notices.tell_ke(context, text, buttons=[button], dedupe_key=f"inquiry/{inquiry}")
    audit.record(tx, "guidance.asked", actor=context.actor, inquiry=inquiry, topic=topic)
    return True


def the_training(context: Context, _query: TheTraining) -> tuple[TrainingLine, ...]:
    """Everybody's for the unit; a leader sees one's own people (R08)."""
    if not context.may(Action.SEE_TRAINING):
        return ()
    me = people.person(context.tx, context.actor)
    everywhere = bool(me.roles & {Role.KE, Role.KE_LEADER})
    if not everywhere and me.department is None:
        return ()
    found = people.with_role(context.tx, Role.COORDINATOR, department=None if everywhere else me.department)
    return tuple(sorted((_line(context, who) for who in found), key=lambda line: (line.name, line.person)))


def _line(context: Context, who: PersonId) -> TrainingLine:
    person = people.person(context.tx, who)
    return TrainingLine(
        person=who,
        name=person.name or str(who),
        department=person.department,
        taken=tuple(store.taken(context.tx, who).items()),
        trained=people.trained(context.tx, who),
        load=assignments.load(context.tx, who),
    )


def the_support(context: Context, _query: TheSupport) -> MySupport:
    """One's own training, and who helps with the tool (R09). The phone number only where staff have given it to the unit."""
    tx = context.tx
    person = people.person(tx, context.actor)
    contact = store.tool_contact(tx, person.department) if person.roles else None
    found = None if contact is None or contact == context.actor else people.person(tx, contact)
    return MySupport(
        taken=tuple(store.taken(tx, context.actor)),
        trained=people.trained(tx, context.actor),
        tool_contact=found.name if found else None,
        tool_phone=found.phone if found else None,
    )


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    NoteTraining: note_training,
    NameToolContact: name_tool_contact,
    AskGuidance: ask_guidance,
    NeedHelp: need_help,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheTraining: the_training, TheSupport: the_support}
