"""The old and the new coordinator work together until the new one has taken hold.

Here: from the new one's yes to the changed roles (Lund § 11.2.5 and 6; Herøy, overlap; Rana and Ås, «før du slipper taket»). Not here: how
somebody was found (`bot.services.change_steps`). Guarantees: the old one has the case until the new one has met the person; rights change
in one transaction, so that there is always exactly one coordinator and never none; the unit hears of the new one by itself.
"""

from datetime import timedelta
from typing import Final

from bot.domain.access import Action, Role
from bot.domain.cases import AssignmentState, LadderStep, TaskKind
from bot.domain.change_commands import LetGo, NoteMet, ToolChanged, WorkTogetherUntil
from bot.domain.changes import Change, ChangeAsk, ChangeAskState, ChangeState, TakingOver, may_let_go
from bot.domain.choices import Tool
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import Text, joined, t
from bot.phone import readable
from bot.services import cover, notices, substitutes
from bot.services.appointing import WITHOUT
from bot.services.change_steps import found, go, key_of
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.services.substitutes import name_of, number_of
from bot.store import alarms, assignments, audit, cases, people, talks, tasks
from bot.store import changes as store

LONGEST: Final = timedelta(days=366)


def begin(context: Context, change: Change, ask: ChangeAsk) -> None:
    """Somebody has said yes: both have the case from now on, and the person is told who and until when (N06, N12)."""
    until = context.today + timedelta(days=context.municipality.profile.hand_over.overlap_days)
    store.begin_taking_over(context.tx, change, ask.person, until)
    change = go(context, change, ChangeState.TAKING_OVER)
    cover.settle(context, change.case)
    number, name, old = number_of(context, change.case), name_of(context, ask.person), name_of(context, change.coordinator)
    key = key_of(change)
    told: Text = joined(
        t("Your new coordinator is {name}.", name=name),
        t(
            "{old} is your coordinator until you and {name} have met. They plan to work together until {day}.",
            old=old,
            name=name,
            day=until,
        ),
    )
    if phone := people.person(context.tx, ask.person).phone:
        told = joined(
            told, t("You reach {name} on {phone}.", name=name, phone=readable(phone, cases.get(context.tx, change.case).language))
        )
    button = notices.begin(t("See my case"), "my_case", case=change.case)
    notices.tell_parties(context, change.case, told, buttons=[button], dedupe_key=key, but_not_reporters=True)
    new = t("You take over case {number} from {old}. Read the pack, and meet the person together.", number=number, old=old)
    pack = notices.begin(t("What I must know"), "hand_over_pack", case=change.case)
    met = notices.begin(t("I have met the person"), "take_over", case=change.case, step="met")
    notices.tell(context, ask.person, new, case=change.case, buttons=[pack, met], dedupe_key=f"{key}/new")
    before = t("{name} takes over case {number}. You have it until {name} has met the person. Plan it together.", name=name, number=number)
    plan = notices.begin(t("Plan the handing over"), "take_over", case=change.case)
    notices.tell(context, change.coordinator, before, case=change.case, buttons=[plan], dedupe_key=f"{key}/old")
    if change.leader is not None and change.leader != context.actor:
        leader = t("{name} takes over case {number} from {old}.", name=name, number=number, old=old)
        notices.tell(context, change.leader, leader, case=change.case, dedupe_key=f"{key}/leader")
    notices.tell_ke(
        context,
        t("Case {number}: {name} takes over from {old}.", number=number, name=name, old=old),
        case=change.case,
        dedupe_key=f"{key}/unit",
    )


def _taking(context: Context, case: CaseId) -> TakingOver:
    context.require(Action.TAKE_OVER, case)
    taking = store.taking_over(context.tx, case)
    if taking is None:
        raise Refused(EARLIER)
    return taking


def _at_unit(context: Context) -> bool:
    return bool(people.standing_roles(context.tx, context.actor) & {Role.KE, Role.KE_LEADER})


def note_met(context: Context, command: NoteMet) -> None:
    """The new one has met the person; only they, or the unit for them, can say so (N14)."""
    taking = _taking(context, command.case)
    if context.actor != taking.person and not _at_unit(context):
        raise Refused(t("Only the one who takes over can say that they have met the person."))
    if not store.met(context.tx, command.case):
        raise Refused(EARLIER)
    talks.record_contact(context.tx, command.case, command.place, by=taking.person)
    audit.record(context.tx, "change.met", actor=doer(context), case=command.case, change=taking.change)
    if context.today > taking.until:
        finish(context, command.case)
        return
    old = found(context, taking.change).coordinator
    text = t("Case {number}: {name} has met the person. You can let go now, or on {day}.", **_about(context, taking))
    button = notices.begin(t("Let go of the case"), "take_over", case=command.case, step="let_go")
    notices.tell(context, old, text, case=command.case, buttons=[button], dedupe_key=f"change/{taking.change}/met/{taking.person}")


def _about(context: Context, taking: TakingOver) -> dict[str, object]:
    return {"number": number_of(context, taking.case), "name": name_of(context, taking.person), "day": taking.until}


def work_together_until(context: Context, command: WorkTogetherUntil) -> None:
    """Another day than planned (N12: as long as possible)."""
    taking = _taking(context, command.case)
    if not context.today <= command.until <= context.today + LONGEST:
        raise Refused(t("Choose a day from today on, within a year. Nothing was changed."))
    store.set_until(context.tx, command.case, command.until)
    audit.record(context.tx, "change.overlap", actor=doer(context), case=command.case, change=taking.change, until=str(command.until))
    old = found(context, taking.change).coordinator
    text = t("Case {number}: you work together until {day}.", number=number_of(context, command.case), day=command.until)
    for who in sorted({old, taking.person} - {context.actor}):
        key = f"change/{taking.change}/until/{command.until}/{who}"
        notices.tell(context, who, text, case=command.case, dedupe_key=key)


def let_go(context: Context, command: LetGo) -> None:
    """The old coordinator lets go before the day planned; never before the new one has met the person (N14)."""
    taking = _taking(context, command.case)
    if context.actor != found(context, taking.change).coordinator and not _at_unit(context):
        raise Refused(EARLIER)
    if not may_let_go(taking):
        raise Refused(t("{name} must meet the person first. Until then the case is with you.", name=name_of(context, taking.person)))
    finish(context, command.case)


def finish(context: Context, case: CaseId) -> None:
    """Step 6: the roles change. The old one's access ends in this transaction (N07), and the unit is told (N16)."""
    tx, taking = context.tx, store.taking_over(context.tx, case)
    assert taking is not None
    change, old = found(context, taking.change), assignments.accepted(tx, case)
    ask = next(each for each in store.asks(tx, change.id) if each.state is ChangeAskState.AGREED)
    if old is not None:
        assignments.move(tx, old, AssignmentState.ENDED)
    appoint(context, change, ask)
    store.end_taking_over(tx, case, "coordinator")
    alarms.over(tx, WITHOUT, f"case {case}")
    go(context, change, ChangeState.DONE)
    substitutes.end_all(context, case)
    cover.settle(context, case)
    _tell_of_end(context, change, taking.person)


def appoint(context: Context, change: Change, ask: ChangeAsk) -> None:
    """The new coordinator's assignment, with the coordinator's checklist empty again."""
    tx, department = context.tx, people.person(context.tx, ask.person).department
    step = LadderStep.WISH if ask.wished else LadderStep.ASKED_DEPARTMENT if change.department else LadderStep.MOST_INVOLVED
    made = assignments.propose(
        tx,
        change.case,
        step=step,
        state=AssignmentState.CANDIDATE_ASKED,
        department=department,
        candidate=ask.person,
        leader=ask.leader,
        over_limit=False,
        criteria=("wish",) if ask.wished else (),
        reason="",
        by=ask.person,
    )
    new = assignments.find(tx, made)
    assert new is not None
    assignments.move(tx, new, AssignmentState.ACCEPTED)
    tasks.clear_ticks(tx, change.case, "coordinator")
    if context.municipality.profile.appointment.training_before_start and people.trained(tx, ask.person) is None:
        due = context.municipality.calendar.add_working_days(context.today, 5)
        tasks.add(tx, TaskKind.TRAINING, due_on=due, case=change.case, dedupe_key=f"training/{ask.person}")


def _tell_of_end(context: Context, change: Change, person: PersonId) -> None:
    number, name, old = number_of(context, change.case), name_of(context, person), name_of(context, change.coordinator)
    key = f"change/{change.id}/done"
    told = t("{name} is your coordinator from today. {old} no longer has your case.", name=name, old=old)
    button = notices.begin(t("See my case"), "my_case", case=change.case)
    notices.tell_parties(context, change.case, told, buttons=[button], dedupe_key=key, but_not_reporters=True)
    if context.actor != change.coordinator and people.standing_roles(context.tx, change.coordinator):
        over = t("Case {number} is with {name} now. You no longer have access. Thank you for what you have done.", number=number, name=name)
        notices.tell(context, change.coordinator, over, case=change.case, dedupe_key=f"{key}/old")
    new: Text = t("You are the coordinator in case {number} now.", number=number)
    buttons = [notices.begin(t("My first week"), "checklist", case=change.case, checklist="coordinator")]
    if uses_tool(context):
        new = joined(new, t("Change the roles in the planning tool too: yours, and that of {old}.", old=old))
        buttons.insert(0, notices.act(t("The roles are changed"), "ToolChanged", change=change.id))
    notices.tell(context, person, new, case=change.case, buttons=buttons, dedupe_key=f"{key}/new")
    ke = t("Case {number}: {name} is the coordinator now, after {old}.", number=number, name=name, old=old)
    notices.tell_ke(context, ke, case=change.case, dedupe_key=f"{key}/unit")
    outside = t("Case {number} has another coordinator now.", number=number)
    notices.tell_reporters(context, change.case, outside, dedupe_key=f"{key}/outside")


def uses_tool(context: Context) -> bool:
    """Does the municipality have a planning tool in which somebody has a role?"""
    return context.municipality.profile.records.tool is not Tool.NONE


def tool_changed(context: Context, command: ToolChanged) -> None:
    """The roles are changed in the planning tool too (N07)."""
    change = found(context, command.change)
    context.require(Action.TAKE_OVER, change.case)
    if not store.tool_changed(context.tx, change):
        raise Refused(EARLIER)
    audit.record(context.tx, "change.tool", actor=doer(context), case=change.case, change=change.id)


def planned_end(context: Context, case: CaseId, key: str) -> None:
    """The day planned is over: the roles change if the new one has met the person; else both are reminded, and go on together."""
    taking = store.taking_over(context.tx, case)
    if taking is None:
        return
    if may_let_go(taking):
        finish(context, case)
        return
    button = notices.begin(t("I have met the person"), "take_over", case=case, step="met")
    new = t("Case {number}: have you met the person yet? {old} has the case until you have.", **_both(context, taking))
    notices.tell(context, taking.person, new, case=case, buttons=[button], dedupe_key=f"{key}/new")
    old = t("Case {number}: {name} has not met the person yet. Plan it together. The case is still with you.", **_about(context, taking))
    notices.tell(context, found(context, taking.change).coordinator, old, case=case, dedupe_key=f"{key}/old")


def _both(context: Context, taking: TakingOver) -> dict[str, object]:
    return {"number": number_of(context, taking.case), "old": name_of(context, found(context, taking.change).coordinator)}
