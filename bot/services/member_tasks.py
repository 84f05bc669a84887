"""Tasks of those around a person: given, done, put off, given up, handed on.

Here: what each step leads to. Not here: minutes (`bot.services.minutes`), reminders. Guarantees: a task is only given to somebody who may
know of it; whoever may not know of it any more, or has left, does not have it: then it is with whoever coordinates; it ends as done, as
not possible with a reason, or as no longer needed, never by silence (I12, F10).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.circle import TAKES_PART
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MeetingId, MemberTaskId, PersonId
from bot.domain.meetings import FOR_ANOTHER, FOR_THEMSELVES
from bot.domain.member_tasks import MemberTask, MemberTaskState, TaskCode, words_of
from bot.domain.minutes_commands import DropTask, GiveTask, HandOnTask, TaskCannot, TaskDone, TaskLonger
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, joined, t
from bot.services import circle, notices
from bot.services.leaders import leader_now
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.passage import NoticeButton
from bot.store import assignments, audit, cases, members, minutes, people, standings
from bot.store import member_tasks as store


def holder(context: Context, case: CaseId) -> PersonId | None:
    """Who coordinates now."""
    accepted = assignments.accepted(context.tx, case)
    return None if accepted is None else accepted.candidate


def of_persons_side(context: Context, case: CaseId) -> tuple[PersonId, ...]:
    """The person and those who act for them today."""
    acting = standings.acting(context.tx, case)
    return tuple(dict.fromkeys(person for person, role in acting if role in FOR_THEMSELVES | FOR_ANOTHER))


def may_have(context: Context, case: CaseId, person: PersonId) -> bool:
    """May this person have a task here now? The person's side, whoever coordinates, and members whom a consent covers for tasks."""
    if person == holder(context, case) or person in of_persons_side(context, case):
        return True
    member = members.in_circle(context.tx, case, person)
    return member is not None and member.state in TAKES_PART and InfoKind.TASKS in circle.may_see(context, case, person)


def owners(context: Context, case: CaseId) -> tuple[tuple[PersonId, str], ...]:
    """Everybody who can be given a task, with their names."""
    tx, coordinator = context.tx, holder(context, case)
    found = list(of_persons_side(context, case)) + ([] if coordinator is None else [coordinator])
    found += [each.person for each in members.of_case(tx, case) if may_have(context, case, each.person)]
    return tuple((person, name_in(context, case, person)) for person in dict.fromkeys(found))


def name_in(context: Context, case: CaseId, person: PersonId) -> str:
    """Somebody's name as those around the person know them."""
    own = members.name_of(context.tx, case, person) or people.person(context.tx, person).name
    if own is None and person in of_persons_side(context, case):
        own = cases.content(context.tx, case).subject_name
    return own or "–"


def has(context: Context, task: MemberTask) -> PersonId:
    """Who has the task now: its owner, or whoever coordinates where the owner may not have it any more."""
    if may_have(context, task.case, task.owner):
        return task.owner
    return holder(context, task.case) or task.owner


def leader_of_owner(context: Context, case: CaseId, owner: PersonId) -> PersonId | None:
    """The leader of whoever has a task for work: nobody's where the person's side has it, or a leader has it in hand alone (K05)."""
    if owner in of_persons_side(context, case):
        return None
    accepted = assignments.accepted(context.tx, case)
    if accepted is not None and accepted.candidate == owner:
        return leader_now(context.tx, accepted)
    department = people.person(context.tx, owner).department
    found = None if department is None else next(iter(people.with_role(context.tx, Role.LEADER, department=department)), None)
    return None if found == owner else found


def tell(
    context: Context,
    case: CaseId,
    person: PersonId,
    text: Text,
    info: InfoKind,
    *,
    key: str,
    buttons: Sequence[NoticeButton] = (),
    message_class: MessageClass = MessageClass.REMINDER,
    useful_until: datetime | None = None,
) -> None:
    """Tell one person something about tasks or minutes, a member only through the circle's own gate."""
    unit = bool(people.standing_roles(context.tx, person) & {Role.KE, Role.KE_LEADER})
    if person == holder(context, case) or person in of_persons_side(context, case) or unit:
        own = f"{key}/{person}"
        notices.tell(
            context, person, text, case=case, buttons=buttons, dedupe_key=own, message_class=message_class, useful_until=useful_until
        )
    else:
        only = frozenset({person})
        circle.tell_members(context, case, text, info, dedupe_key=key, buttons=buttons, only=only, useful_until=useful_until)


def buttons(task: MemberTaskId) -> list[NoticeButton]:
    """Done in one press; the rest needs a word (I12)."""
    return [
        notices.act(t("It is done"), "TaskDone", task=task),
        notices.begin(t("I need longer"), "my_task", task=task, how="longer"),
        notices.begin(t("I cannot do it"), "my_task", task=task, how="cannot"),
    ]


def add(
    context: Context,
    case: CaseId,
    *,
    owner: PersonId,
    words: str,
    due_on: date,
    meeting: MeetingId | None = None,
    code: TaskCode | None = None,
    quietly: bool = False,
) -> MemberTaskId:
    """A new task, of which its owner is told, unless `quietly`. Raises `Refused` where they may not have it."""
    if not may_have(context, case, owner):
        raise Refused(t("No consent covers {name} for tasks. Choose somebody else.", name=name_in(context, case, owner)))
    task = store.add(context.tx, case, owner=owner, words=words, due_on=due_on, by=context.actor, meeting=meeting, code=code)
    audit.record(context.tx, "task.given", actor=context.actor, case=case, task=task, owner=owner)
    # Whoever writes the minutes gets the buttons under their own tasks too.
    if (owner != context.actor or meeting is not None) and not quietly:
        _tell_given(context, case, task, owner, words_of(code, words), due_on)
    return task


def _tell_given(context: Context, case: CaseId, task: MemberTaskId, owner: PersonId, words: Text, due_on: date) -> None:
    number = str(cases.get(context.tx, case).number)
    text = t("Something for you to do in case {number}, by {day}: {words}", number=number, day=due_on, words=words)
    tell(context, case, owner, text, InfoKind.TASKS, key=f"task/{task}/given/{owner}/{due_on}", buttons=buttons(task))


def _open(context: Context, which: MemberTaskId, *, coordinates: bool = False) -> MemberTask:
    """An open task that is the actor's now, or one of a case that they coordinate."""
    task = store.find(context.tx, which)
    if task is None:
        raise Refused(NOT_YOURS)
    if coordinates or has(context, task) != context.actor:
        context.require(Action.WRITE_MINUTES, task.case)
    if task.state is not MemberTaskState.OPEN:
        raise Refused(EARLIER)
    return task


def done(context: Context, command: TaskDone) -> None:
    """It is done (I12). Where it was to archive the minutes, they are archived now (I09)."""
    task = _open(context, command.task)
    _end(context, task, MemberTaskState.DONE)
    found = None if task.meeting is None else minutes.of_meeting(context.tx, task.meeting)
    if task.code is TaskCode.ARCHIVE and found is not None:
        minutes.archive(context.tx, found)
        audit.record(context.tx, "minutes.archived", actor=context.actor, case=task.case, minutes=found.id)


def _end(context: Context, task: MemberTask, state: MemberTaskState, why: str | None = None) -> None:
    if not store.end(context.tx, task, state, why):
        raise Refused(EARLIER)
    audit.record(context.tx, f"task.{state}", actor=context.actor, case=task.case, task=task.id)


def longer(context: Context, command: TaskLonger) -> None:
    """More time; whoever coordinates is told."""
    task = _open(context, command.task)
    if command.due_on <= context.today:
        raise Refused(t("Choose a later day."))
    if not store.later(context.tx, task, command.due_on):
        raise Refused(EARLIER)
    audit.record(context.tx, "task.longer", actor=context.actor, case=task.case, task=task.id)
    text = t("Case {number}: {name} needs until {day} for this: {words}", **_about(context, task), day=command.due_on)
    _tell_holder(context, task, text, command.words, f"longer/{command.due_on}")


def cannot(context: Context, command: TaskCannot) -> None:
    """It is not possible; whoever coordinates finds another way."""
    task = _open(context, command.task)
    _end(context, task, MemberTaskState.CANNOT, command.why)
    text = t("Case {number}: {name} cannot do this: {words}", **_about(context, task))
    _tell_holder(context, task, text, command.why, "cannot", notices.begin(t("Find another way"), "case_tasks", case=task.case))


def _about(context: Context, task: MemberTask) -> dict[str, object]:
    number = str(cases.get(context.tx, task.case).number)
    return {"number": number, "name": name_in(context, task.case, has(context, task)), "words": words_of(task.code, task.words)}


def _tell_holder(context: Context, task: MemberTask, text: Text, why: str | None, what: str, *more: NoticeButton) -> None:
    coordinator = holder(context, task.case)
    if why:
        text = joined(text, t("They wrote: {words}", words=why))
    if coordinator is not None and coordinator != context.actor:
        notices.tell(context, coordinator, text, case=task.case, buttons=more, dedupe_key=f"task/{task.id}/{what}")


def give(context: Context, command: GiveTask) -> int:
    """Whoever coordinates gives a task between meetings."""
    context.require(Action.WRITE_MINUTES, command.case)
    if command.due_on < context.today:
        raise Refused(t("Choose a later day."))
    return add(context, command.case, owner=command.owner, words=command.words, due_on=command.due_on)


def hand_on(context: Context, command: HandOnTask) -> None:
    """Somebody else takes it; both are told."""
    task = _open(context, command.task, coordinates=True)
    if not may_have(context, task.case, command.owner):
        raise Refused(NOT_YOURS)
    before = has(context, task)
    if not store.hand_on(context.tx, task, command.owner):
        raise Refused(EARLIER)
    audit.record(context.tx, "task.handed_on", actor=context.actor, case=task.case, task=task.id, owner=command.owner)
    _no_longer(context, task, before)
    if command.owner != context.actor:
        _tell_given(context, task.case, task.id, command.owner, words_of(task.code, task.words), task.due_on)


def _no_longer(context: Context, task: MemberTask, person: PersonId) -> None:
    if person != context.actor:
        text = t("You need not do this any more: {words}", words=words_of(task.code, task.words))
        key = f"task/{task.id}/not-yours/{person}/{int(context.tx.now.timestamp())}"
        tell(context, task.case, person, text, InfoKind.TASKS, key=key)


def drop(context: Context, command: DropTask) -> None:
    """It is no longer needed."""
    task = _open(context, command.task, coordinates=True)
    before = has(context, task)
    _end(context, task, MemberTaskState.DROPPED)
    _no_longer(context, task, before)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    TaskDone: done,
    TaskLonger: longer,
    TaskCannot: cannot,
    GiveTask: give,
    HandOnTask: hand_on,
    DropTask: drop,
}
