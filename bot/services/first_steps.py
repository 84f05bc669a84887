"""The first steps after somebody has said yes: who is told, first contact, and checklists.

Here: what Rana (Oppstart), Herøy (arbeidsoppgåver) and Lund (§ 7) ask for right after an appointment. Not here: a coordinator without
time (`bot.services.no_time`). Guarantee: the recipient and the
coordinator hear of each other in the transaction in which the case gets its coordinator.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Action
from bot.domain.cases import Place, TaskKind
from bot.domain.commands import RecordContact, Tick
from bot.domain.one_press import ChoosePlace
from bot.domain.places import WHERE_FOR_STAFF
from bot.domain.refusal import Refused
from bot.domain.startup_words import DOES
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t
from bot.phone import readable
from bot.services import notices
from bot.services.decision_words import copy_for_coordinator
from bot.services.municipality import Context
from bot.services.talks import place_is_settled
from bot.store import assignments, audit, cases, people, talks, tasks
from bot.store.assignments import Assignment

TOOL_WORKING_DAYS: Final = 5
UNIT_KNOWS: Final = "unit_knows"
MEETING_PLACES: Final[Mapping[Place, Text]] = {
    Place.HOME: t("At home"),
    Place.OFFICE: t("At our office"),
    Place.OTHER: t("Another place"),
}
"""What the recipient can choose among (D01: Rana, Oppstart 4)."""


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
    told = joined(told, t("Where would you like to meet first?"))
    buttons = [notices.act(label, "ChoosePlace", case=case.id, place=str(place)) for place, label in MEETING_PLACES.items()]
    buttons.append(notices.begin(t("See my case"), "my_case", case=case.id))
    key = f"assignment/{accepted.id}/appointed"
    notices.tell_parties(context, case.id, told, buttons=buttons, dedupe_key=key, but_not_reporters=True)
    outside = t("Case {number} now has a coordinator.", number=number)
    notices.tell_reporters(context, case.id, outside, dedupe_key=f"{key}/outside")
    _tell_coordinator(context, accepted, number, dedupe_key=f"{key}/coordinator")
    leader = accepted.leader
    if leader is not None and leader != context.actor:
        text = t("{name} has said yes and is the coordinator in case {number}.", name=name, number=number)
        notices.tell(context, leader, text, case=case.id, dedupe_key=f"{key}/leader")
    ke = t("{name} has said yes and is the coordinator in case {number}.", name=name, number=number)
    tool = notices.begin(t("Open the checklist"), "checklist", case=case.id, checklist="ke")
    notices.tell_ke(context, ke, case=case.id, buttons=[tool], dedupe_key=f"{key}/ke")
    _ke_tasks(context, accepted)


def _tell_coordinator(context: Context, accepted: Assignment, number: str, *, dedupe_key: str) -> None:
    """The copy of the decision and the way to the first steps; the duties too, unless the coordinator has just read them (C14, C23)."""
    assert accepted.candidate is not None
    days = context.municipality.profile.deadlines.contact_days
    by_themselves = context.actor == accepted.candidate
    welcome = t("You are the coordinator in case {number}, and the municipality knows it.", number=number)
    if not by_themselves:
        welcome = joined(
            welcome,
            t("You have three main tasks: to follow up, to coordinate, and to see that things move on."),
            nt(
                "First: contact the person within {n} day. Say who you are, and agree on a first talk.",
                "First: contact the person within {n} days. Say who you are, and agree on a first talk.",
                days,
            ),
        )
    if (copy := copy_for_coordinator(context, accepted.case)) is not None:
        welcome = joined(welcome, copy)
    first = notices.begin(t("First contact"), "first_contact", case=accepted.case)
    week = notices.begin(t("My first week"), "checklist", case=accepted.case, checklist="coordinator")
    notices.tell(
        context,
        accepted.candidate,
        welcome,
        sensitivity=Sensitivity.HEALTH,
        case=accepted.case,
        buttons=[first, week],
        dedupe_key=dedupe_key,
    )
    # The unit knows by the yes itself (C15: Rana, Oppstart 3), so nobody has to tick it.
    if UNIT_KNOWS in _items(context):
        tasks.tick(context.tx, accepted.case, "coordinator", UNIT_KNOWS, by=accepted.candidate)


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
    place_is_settled(context, command.case)
    tasks.finish_kinds(tx, command.case, TaskKind.CONTACT_LATE, by=context.actor)
    accepted = assignments.accepted(tx, command.case)
    if accepted is not None and context.actor == accepted.candidate and "contact" in _items(context):
        tasks.tick(tx, command.case, "coordinator", "contact", by=context.actor)
    if accepted is not None:
        _before_the_talk(context, accepted)
    audit.record(tx, "contact.made", actor=context.actor, case=command.case, place=command.place)


def _before_the_talk(context: Context, accepted: Assignment) -> None:
    """Before the first talk the person is told what a coordinator does (D07), and can write what matters most (D09, D18). Told once."""
    text = joined(DOES, t("Before you meet, you can write what matters most to you. You can also leave it for the talk."))
    buttons = [notices.begin(t("Write what matters to me"), "my_words", case=accepted.case)]
    key = f"assignment/{accepted.id}/before-talk"
    notices.tell_parties(context, accepted.case, text, buttons=buttons, dedupe_key=key, but_not_reporters=True)


def choose_place(context: Context, command: ChoosePlace) -> None:
    """The recipient says where to meet; the coordinator is told, and sees it when arranging the talk (D01)."""
    context.require(Action.CHOOSE_PLACE, command.case)
    tx, place = context.tx, Place(command.place)
    cases.set_meeting_place(tx, command.case, place)
    accepted = assignments.accepted(tx, command.case)
    number = str(cases.get(tx, command.case).number)
    text = t("Case {number}: the person would like to meet {where}.", number=number, where=WHERE_FOR_STAFF[place])
    if accepted is not None and accepted.candidate is not None:
        first = notices.begin(t("First contact"), "first_contact", case=command.case)
        notices.tell(context, accepted.candidate, text, case=command.case, buttons=[first])
    audit.record(tx, "place.chosen", actor=context.actor, case=command.case, place=place)


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
