"""A coordinator who is stuck, or who lifts something on the person's behalf; and the coordinator's own look each month.

Here: what asking leads to, and the questions as one may see them. Not here: the unit's list (`bot.store.tasks`), having no time
(`bot.services.no_time`). Guarantee: a question always reaches the unit's list, with a day; the coordinator learns when it is taken care of
(K16: Rana, Det enkle; Ringerike: they do not ask; K21: Ås, Tips).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, PersonId, TaskId
from bot.domain.plan_commands import AskForGuidance, LookAtOwnWork
from bot.domain.plan_queries import GuidanceOfCase, GuidanceView, TheGuidance
from bot.domain.promises import Guidance, GuidanceKind
from bot.domain.refusal import Refused
from bot.domain.reminders import day_of
from bot.engine.ask import Command, Query
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from bot.services import notices
from bot.services.appointing import leader_of
from bot.services.case_views import initials_of
from bot.services.leaders import leader_now
from bot.services.municipality import Context
from bot.services.training import GUIDANCE_WORKING_DAYS
from bot.store import assignments, audit, cases, people, tasks
from bot.store import promises as store

TASK_KINDS: Final[Mapping[GuidanceKind, TaskKind]] = {
    GuidanceKind.STUCK: TaskKind.GUIDANCE,
    GuidanceKind.LIFTED: TaskKind.LIFTED,
}


def leader(context: Context, case: CaseId, person: PersonId) -> PersonId | None:
    """The leader who was asked in this case, while they lead, else the one of somebody's department; never oneself."""
    accepted = assignments.accepted(context.tx, case)
    if accepted is not None and accepted.candidate == person:
        return leader_now(context.tx, accepted)
    found = leader_of(context, people.person(context.tx, person).department)
    return None if found == person else found


def ask(context: Context, command: AskForGuidance) -> int:
    """The question, on the unit's list; the coordinator's leader reads it too where that is wanted.

    Guidance is given as soon as outside a case; what is lifted to others, by the day on which a leader would answer.
    """
    context.require(Action.ASK_FOR_GUIDANCE, command.case)
    tx, words = context.tx, command.words.strip()
    if not words:
        raise Refused(t("Write what it is about."))
    lifted = command.kind is GuidanceKind.LIFTED
    days = context.municipality.profile.deadlines.leader_answer_working_days if lifted else GUIDANCE_WORKING_DAYS
    due = context.municipality.calendar.add_working_days(context.today, days)
    task = tasks.add(tx, TASK_KINDS[command.kind], due_on=due, case=command.case, words=words)
    assert task is not None
    asked = store.ask(tx, command.case, command.kind, words, task, to_leader=command.to_leader, by=context.actor)
    audit.record(tx, f"guidance.{command.kind}", actor=context.actor, case=command.case, guidance=asked, leader=command.to_leader)
    number, name = str(cases.get(tx, command.case).number), notices.named(people.person(tx, context.actor), t("A coordinator"))
    if command.kind is GuidanceKind.STUCK:
        text = t("Case {number}: {name} is stuck and asks for guidance.", number=number, name=name)
    else:
        text = t("Case {number}: {name} lifts something on the person's behalf.", number=number, name=name)
    told, key = joined(text, t("They wrote: {words}", words=words)), f"guidance/{asked}"
    button = notices.begin(t("Read and answer"), "finish_task", task=task)
    notices.tell_ke(context, told, case=command.case, buttons=[button], dedupe_key=key)
    to = leader(context, command.case, context.actor) if command.to_leader else None
    if to is not None:
        notices.tell(context, to, told, case=command.case, dedupe_key=f"{key}/leader")
    return asked


def taken_care_of(context: Context, task: TaskId, words: str | None) -> None:
    """The unit has finished the task of a question: whoever asked is told, and reads what the unit answers."""
    asked = store.of_task(context.tx, task)
    if asked is None or asked.answered_at is not None:
        return
    store.guided(context.tx, asked)
    number = str(cases.get(context.tx, asked.case).number)
    text = t("Case {number}: the unit has looked at what you asked. Phone us if you need more.", number=number)
    if words:
        text = joined(t("Case {number}: the unit has answered what you asked.", number=number), t("{words}", words=words))
    sensitivity = Sensitivity.HEALTH if words else Sensitivity.PERSONAL
    notices.tell(context, asked.asked_by, text, case=asked.case, sensitivity=sensitivity, dedupe_key=f"guidance/{asked.id}/answered")


def asked_by(context: Context, task: TaskId) -> tuple[PersonId, datetime] | None:
    """Who asked what this task answers, inside a case or outside, and when; None where it answers no such question."""
    about, found = store.of_task(context.tx, task), tasks.find(context.tx, task)
    if about is not None:
        return about.asked_by, about.asked_at
    inquiry = None if found is None or found.inquiry is None else tasks.inquiry(context.tx, found.inquiry)
    return None if inquiry is None else (inquiry.person, inquiry.received_at)


def look_at_own_work(context: Context, command: LookAtOwnWork) -> None:
    """Noted with its day; the next comes after the time the profile sets (K10: Rana, Oppfølging)."""
    context.require(Action.TICK_COORDINATOR, command.case)
    store.note_own_look(context.tx, command.case, command.done, by=context.actor)
    audit.record(context.tx, "coordinator.looked", actor=context.actor, case=command.case)


def the_guidance(context: Context, query: TheGuidance) -> GuidanceOfCase | None:
    """What waits, and whether there is a leader to ask."""
    if not (context.may(Action.ASK_FOR_GUIDANCE, query.case) or context.may(Action.TICK_KE, query.case)):
        return None
    waiting = [each for each in store.guidance_of_case(context.tx, query.case) if each.answered_at is None]
    return GuidanceOfCase(
        case=query.case,
        number=cases.get(context.tx, query.case).number,
        initials=initials_of(context, query.case),
        leader=leader(context, query.case, context.actor) is not None,
        waiting=tuple(_view(context, each) for each in waiting),
    )


def _view(context: Context, each: Guidance) -> GuidanceView:
    name = people.person(context.tx, each.asked_by).name or ""
    return GuidanceView(kind=each.kind, asked_by=name, words=each.words, on=day_of(each.asked_at))


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {AskForGuidance: ask, LookAtOwnWork: look_at_own_work}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheGuidance: the_guidance}
