"""Changes in a life: recorded with who informs whom, set aside, passed on; and a school that is at risk.

Here: those deeds. Not here: which changes are foreseen (`bot.domain.transitions`), when each is raised (`bot.domain.reminders.phase`).
Guarantees: a change is done only when everything has been passed on; a school at risk is told at once, also outside a digest.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, TransitionId
from bot.domain.phase_commands import (
    NoteFollowUpContact,
    PassedOn,
    RecordTransition,
    ReportDropOut,
    SkipTransition,
    TransitionLine,
)
from bot.domain.refusal import Refused
from bot.domain.transitions import TransitionKind, foreseen
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import assignments, audit, cases, standings, tasks
from bot.store import transitions as store


def record(context: Context, command: RecordTransition) -> TransitionId:
    """From where, to where, when, and who informs whom (M02)."""
    context.require(Action.CHANGE_PHASE, command.case)
    transition = store.record(
        context.tx,
        command.case,
        TransitionKind(command.kind),
        on=command.on,
        origin=command.origin,
        target=command.target,
        informs=command.informs,
        by=context.actor,
    )
    store.unskip(context.tx, command.case, TransitionKind(command.kind))
    audit.record(context.tx, "transition.recorded", actor=context.actor, case=command.case, transition=transition, kind=command.kind)
    return transition


def passed_on(context: Context, command: PassedOn) -> None:
    """Everything is passed on and the plan is updated (M15, M30, M44)."""
    found = store.find(context.tx, command.transition)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(Action.CHANGE_PHASE, found.case)
    if not store.passed_on(context.tx, found, by=context.actor):
        raise Refused(EARLIER)
    audit.record(context.tx, "transition.passed_on", actor=context.actor, case=found.case, transition=found.id)


def skip(context: Context, command: SkipTransition) -> None:
    """It does not concern the person, or it does after all."""
    context.require(Action.CHANGE_PHASE, command.case)
    kind = TransitionKind(command.kind)
    if command.skip:
        store.skip(context.tx, command.case, kind, by=context.actor)
    else:
        store.unskip(context.tx, command.case, kind)
    audit.record(context.tx, "transition.skipped", actor=context.actor, case=command.case, kind=kind, skip=command.skip)


def report_drop_out(context: Context, command: ReportDropOut) -> None:
    """The follow-up service is to be contacted today; the coordinator is told at once where somebody else said it (M27)."""
    context.require(Action.CHANGE_PHASE, command.case)
    drop_out = store.report_drop_out(context.tx, command.case, by=context.actor)
    if drop_out is None:
        raise Refused(t("That is noted already. Contact the follow-up service, and note it."))
    audit.record(context.tx, "drop_out.reported", actor=context.actor, case=command.case, drop_out=drop_out)
    held = assignments.accepted(context.tx, command.case)
    number = str(cases.get(context.tx, command.case).number)
    text = t("Case {number}: school is at risk. Talk with the youth, and contact the follow-up service today.", number=number)
    note = notices.begin(t("Open the life phase"), "phase", case=command.case)
    if held is None or held.candidate is None:
        tasks.add(context.tx, TaskKind.FOLLOW_UP_SERVICE, due_on=context.today, case=command.case, dedupe_key=f"drop_out/{drop_out}")
        notices.tell_ke(context, text, case=command.case, buttons=[note], dedupe_key=f"drop_out/{drop_out}")
    elif held.candidate != context.actor:
        notices.tell(context, held.candidate, text, case=command.case, buttons=[note], dedupe_key=f"drop_out/{drop_out}")


def note_contact(context: Context, command: NoteFollowUpContact) -> None:
    """The follow-up service has been contacted."""
    case = store.case_of_drop_out(context.tx, command.drop_out)
    if case is None:
        raise Refused(NOT_YOURS)
    context.require(Action.CHANGE_PHASE, case)
    if not store.contacted(context.tx, command.drop_out, by=context.actor):
        raise Refused(EARLIER)
    tasks.finish_kinds(context.tx, case, TaskKind.FOLLOW_UP_SERVICE, by=context.actor)
    audit.record(context.tx, "drop_out.contacted", actor=context.actor, case=case, drop_out=command.drop_out)


def lines(context: Context, case: CaseId) -> tuple[TransitionLine, ...]:
    """Changes to come, and those that are recorded and not done, by their day; what is recorded stands for what was foreseen."""
    recorded = store.of_case(context.tx, case)
    skipped, birth = store.skipped(context.tx, case), standings.birth(context.tx, case)
    found = [
        TransitionLine(
            kind=each.kind,
            day=each.on,
            transition=each.id,
            origin=each.origin,
            target=each.target,
            informs=each.informs,
            done=each.done,
            skipped=False,
        )
        for each in recorded
        if not each.done or each.on >= context.today
    ]
    known = {each.kind for each in recorded}
    for each in () if birth is None else foreseen(birth.born_on, context.municipality.profile.phases):
        if each.day >= context.today and each.kind not in known:
            found.append(_foreseen(each.kind, each.day, skipped=each.kind in skipped))
    return tuple(sorted(found, key=lambda line: line.day))


def _foreseen(kind: TransitionKind, day: date, *, skipped: bool) -> TransitionLine:
    return TransitionLine(kind=kind, day=day, transition=None, origin=None, target=None, informs=None, done=False, skipped=skipped)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    RecordTransition: record,
    PassedOn: passed_on,
    SkipTransition: skip,
    ReportDropOut: report_drop_out,
    NoteFollowUpContact: note_contact,
}
