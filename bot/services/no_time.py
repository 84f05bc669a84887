"""A coordinator has no time: the leader is asked to act, and KE counts and follows up.

Guarantee: nobody lets go of a case by saying so; the coordinator stays until another has said yes (Rana, Overføring).
"""

from datetime import datetime

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.commands import NoTime
from bot.domain.ids import CaseId, PersonId
from bot.domain.one_press import TimeFound
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.texts import Text, joined, nt, t
from bot.services import notices
from bot.services.municipality import EARLIER, Context
from bot.store import assignments, audit, cases, people, tasks


def no_time(context: Context, command: NoTime) -> None:
    """The leader is asked, KE gets a task and the count of the year (C22; Ringerike, utfordringer)."""
    context.require(Action.NO_TIME, command.case)
    tx = context.tx
    number = str(cases.get(tx, command.case).number)
    name = notices.named(people.person(tx, context.actor), t("A coordinator"))
    text: Text = t(
        "{name} has no time to coordinate case {number}. Please talk together and find time or somebody else.", name=name, number=number
    )
    if command.words:
        text = joined(text, t("They wrote: {words}", words=command.words))
    leader, in_case = _leader(context, command.case)
    if leader is not None:
        found = [notices.act(t("We have found time"), "TimeFound", case=command.case)] if in_case else []
        notices.tell(context, leader, text, case=command.case, buttons=found)
    days = context.municipality.profile.deadlines.leader_answer_working_days
    due = context.municipality.calendar.add_working_days(context.today, days)
    tasks.add(tx, TaskKind.NO_TIME, due_on=due, case=command.case, words=command.words or "")
    times = tasks.count_since(tx, TaskKind.NO_TIME, datetime(context.today.year, 1, 1, tzinfo=OSLO))
    counted = nt("Coordinators have said this {n} time this year.", "Coordinators have said this {n} times this year.", times)
    notices.tell_ke(context, joined(text, counted), case=command.case)
    audit.record(tx, "coordinator.no_time", actor=context.actor, case=command.case)


def _leader(context: Context, case: CaseId) -> tuple[PersonId | None, bool]:
    """The leader who was asked in this case, who may answer in it, while they lead; else the leader of the coordinator's department."""
    accepted = assignments.accepted(context.tx, case)
    leader = None if accepted is None else accepted.leader
    if leader is not None and Role.LEADER in people.standing_roles(context.tx, leader):
        return leader, True
    department = people.person(context.tx, context.actor).department
    return (next(iter(people.with_role(context.tx, Role.LEADER, department=department)), None) if department else None), False


def time_found(context: Context, command: TimeFound) -> None:
    """The leader has found time: KE's task is done, and the coordinator and KE are told."""
    context.require(Action.ANSWER_NO_TIME, command.case)
    tx = context.tx
    if not any(task.kind is TaskKind.NO_TIME for task in tasks.of_case(tx, command.case)):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, command.case, TaskKind.NO_TIME, by=context.actor)
    number = str(cases.get(tx, command.case).number)
    accepted = assignments.accepted(tx, command.case)
    if accepted is not None and accepted.candidate is not None:
        text = t("Your leader says that you have found time for case {number}. Is that wrong? Tell us again.", number=number)
        again = notices.begin(t("I have no time for this"), "no_time", case=command.case)
        notices.tell(context, accepted.candidate, text, case=command.case, buttons=[again])
    notices.tell_ke(context, t("Case {number}: the leader and the coordinator have found time.", number=number), case=command.case)
    audit.record(tx, "coordinator.time_found", actor=context.actor, case=command.case)
