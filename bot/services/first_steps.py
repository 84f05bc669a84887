"""The first steps after somebody has said yes: who is told, first contact, checklists, and "I have no time".

Here: what Rana (Oppstart), Herøy (arbeidsoppgåver) and Lund (§ 7) ask for right after an appointment. Guarantee: the recipient and the
coordinator hear of each other in the transaction in which the case gets its coordinator.
"""

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.commands import NoTime, RecordContact, Tick
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, nt, t
from bot.phone import readable
from bot.services import notices
from bot.services.municipality import Context
from bot.store import assignments, audit, cases, people, talks, tasks
from bot.store.assignments import Assignment

TOOL_WORKING_DAYS = 5


def begin(context: Context, accepted: Assignment) -> None:
    """Tell the recipient, the coordinator, the leader and KE; give KE the checklist of the tool (C14 to C16, C23, B04)."""
    tx = context.tx
    assert accepted.candidate is not None
    case, content = cases.get(tx, accepted.case), cases.content(tx, accepted.case)
    coordinator = people.person(tx, accepted.candidate)
    number, name = str(case.number), notices.named(coordinator, t("A member of staff"))
    days = context.municipality.profile.deadlines.contact_days
    told: Text = t("{name} is the coordinator in case {number}.", name=name, number=number)
    if content.wish:
        told = joined(told, t("You wished for: {wish}. We have looked at your wish first.", wish=content.wish))
    told = joined(told, nt("{name} contacts you within {n} day.", "{name} contacts you within {n} days.", days, name=name))
    if phone := context.municipality.phone:
        told = joined(told, t("If you hear nothing, phone us on {phone}.", phone=readable(phone, case.language)))
    see = notices.begin(t("See my case"), "my_case", case=case.id)
    key = f"assignment/{accepted.id}/appointed"
    notices.tell_parties(context, case.id, told, buttons=[see], dedupe_key=key, but_not_reporters=True)
    outside = t("Case {number} now has a coordinator.", number=number)
    notices.tell_reporters(context, case.id, outside, dedupe_key=f"{key}/outside")
    welcome = joined(
        t("Thank you. You are the coordinator in case {number}, and the municipality knows it.", number=number),
        t("You have three main tasks: to follow up, to coordinate, and to see that things move on."),
        nt(
            "First: contact the person within {n} day. Say who you are, and agree on a first talk.",
            "First: contact the person within {n} days. Say who you are, and agree on a first talk.",
            days,
        ),
    )
    first = notices.begin(t("First contact"), "first_contact", case=case.id)
    week = notices.begin(t("My first week"), "checklist", case=case.id, checklist="coordinator")
    notices.tell(context, accepted.candidate, welcome, case=case.id, buttons=[first, week], dedupe_key=f"{key}/coordinator")
    leader = accepted.leader
    if leader is not None and leader != context.actor:
        text = t("{name} has said yes and is the coordinator in case {number}.", name=name, number=number)
        notices.tell(context, leader, text, case=case.id, dedupe_key=f"{key}/leader")
    ke = t("{name} has said yes and is the coordinator in case {number}.", name=name, number=number)
    tool = notices.begin(t("Open the checklist"), "checklist", case=case.id, checklist="ke")
    notices.tell_ke(context, ke, case=case.id, buttons=[tool], dedupe_key=f"{key}/ke")
    _ke_tasks(context, accepted)


def _ke_tasks(context: Context, accepted: Assignment) -> None:
    tx, calendar, profile = context.tx, context.municipality.calendar, context.municipality.profile
    due = calendar.add_working_days(context.today, TOOL_WORKING_DAYS)
    if profile.checklists.after_appointment:
        tasks.add(tx, TaskKind.TOOL, due_on=due, case=accepted.case, dedupe_key=f"assignment/{accepted.id}/tool")
    assert accepted.candidate is not None
    if profile.appointment.training_before_start and people.trained(tx, accepted.candidate) is None:
        tasks.add(tx, TaskKind.TRAINING, due_on=due, case=accepted.case, dedupe_key=f"training/{accepted.candidate}")


def record_contact(context: Context, command: RecordContact) -> None:
    """The coordinator has been in touch; the person has chosen where to meet (D01)."""
    context.require(Action.FIRST_CONTACT, command.case)
    tx = context.tx
    talks.record_contact(tx, command.case, command.place, by=context.actor)
    tasks.finish_kinds(tx, command.case, TaskKind.CONTACT_LATE, by=context.actor)
    accepted = assignments.accepted(tx, command.case)
    if accepted is not None and context.actor == accepted.candidate and "contact" in _items(context):
        tasks.tick(tx, command.case, "coordinator", "contact", by=context.actor)
    audit.record(tx, "contact.made", actor=context.actor, case=command.case, place=command.place)


def _items(context: Context) -> set[str]:
    return {item.id for item in context.municipality.profile.checklists.first_week}


def tick(context: Context, command: Tick) -> None:
    """Tick an item of KE's or the coordinator's checklist; when KE's is complete, the task is done (C16)."""
    tx, checklists = context.tx, context.municipality.profile.checklists
    if command.checklist == "ke":
        context.require(Action.TICK_KE, command.case)
        known = {item.id for item in checklists.after_appointment}
        tasks.tick(tx, command.case, "ke", _known(command.item, known), by=context.actor)
        if known <= set(tasks.ticks(tx, command.case, "ke")):
            tasks.finish_kinds(tx, command.case, TaskKind.TOOL, by=context.actor)
    else:
        context.require(Action.TICK_COORDINATOR, command.case)
        tasks.tick(tx, command.case, "coordinator", _known(command.item, _items(context)), by=context.actor)
    audit.record(tx, "checklist.ticked", actor=context.actor, case=command.case, checklist=command.checklist, item=command.item)


def _known(item: str, known: set[str]) -> str:
    if item not in known:
        raise Refused(t("This is no longer on the list. Nothing was changed."))
    return item


def no_time(context: Context, command: NoTime) -> None:
    """A coordinator has no time: the leader is asked to act, and KE counts and follows up (C22; Ringerike, utfordringer)."""
    context.require(Action.NO_TIME, command.case)
    tx = context.tx
    accepted = assignments.accepted(tx, command.case)
    number = str(cases.get(tx, command.case).number)
    name = notices.named(people.person(tx, context.actor), t("A coordinator"))
    text: Text = t(
        "{name} has no time to coordinate case {number}. Please talk together and find time or somebody else.", name=name, number=number
    )
    if command.words:
        text = joined(text, t("They wrote: {words}", words=command.words))
    leader = accepted.leader if accepted else None
    if leader is None:
        department = people.person(tx, context.actor).department
        leader = next(iter(people.with_role(tx, Role.LEADER, department=department)), None) if department else None
    if leader is not None:
        notices.tell(context, leader, text, case=command.case)
    due = context.municipality.calendar.add_working_days(context.today, context.municipality.profile.deadlines.leader_answer_working_days)
    tasks.add(tx, TaskKind.NO_TIME, due_on=due, case=command.case, words=command.words or "")
    notices.tell_ke(context, text, case=command.case)
    audit.record(tx, "coordinator.no_time", actor=context.actor, case=command.case)
