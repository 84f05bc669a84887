"""Recording what the right to decide rests on.

Here: what the unit and the coordinator record, each from something seen. Not here: who decides by it (`bot.services.standing`) and
what is shown (`bot.services.standing_views`). Guarantees: that somebody cannot decide is never judged here, only recorded from health
personnel (pbrl § 4-3); whenever somebody else decides from now on, what was agreed to by those who no longer do is looked at again in
the same transaction.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import LIVING, TaskKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.domain.rights import DECIDES_FROM, Gap, Matter, ParentsRole, Representative
from bot.domain.standing import (
    AskForShield,
    EndLapse,
    EndRepresentative,
    RecordBirthDate,
    RecordLapse,
    RecordRepresentative,
    Shield,
)
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services import consents, notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.standing import deciding, rights_of
from bot.store import audit, cases, lapses, people, standings, tasks

EARLIEST_BIRTH: Final = date(1900, 1, 1)
MANDATES: Final = frozenset({Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})


def record_birth_date(context: Context, command: RecordBirthDate) -> None:
    """The birth date has been seen. Only the unit may correct one, since others may decide by it already."""
    context.require(Action.RECORD_BIRTH_DATE, command.case)
    if not EARLIEST_BIRTH <= command.born_on <= context.today:
        raise Refused(t("This cannot be a birth date. Nothing was changed."))
    before = standings.birth(context.tx, command.case)
    if before is not None and before.born_on == command.born_on:
        return
    if before is not None:
        context.require(Action.RECORD_STANDING, command.case)
    standings.set_birth(context.tx, command.case, command.born_on, by=context.actor)
    audit.record(context.tx, "standing.birth_date", actor=context.actor, case=command.case, corrected=before is not None)
    changed(context, command.case)


def record_representative(context: Context, command: RecordRepresentative) -> int:
    """The unit has seen that somebody acts for the person. Somebody new becomes a party of the case."""
    tx, case = context.tx, command.case
    context.require(Action.RECORD_STANDING, case)
    rights_now = rights_of(context, case)
    if command.capacity not in MANDATES or (command.capacity is not Role.PARENT and not command.areas):
        raise Refused(t("Say what it covers. Nothing was changed."))
    if command.capacity is Role.PARENT and rights_now.parents is ParentsRole.ENDED:
        raise Refused(t("The person is 18 or older, so parents no longer decide. Nothing was changed."))
    if command.until is not None and command.until < command.since:
        raise Refused(t("The last day is before the first. Nothing was changed."))
    who = _who(context, command)
    represents = Representative(
        person=who,
        capacity=command.capacity,
        areas=frozenset(() if command.capacity is Role.PARENT else command.areas),
        since=command.since,
        until=command.until,
    )
    number = standings.add_representative(tx, case, represents, seen=command.seen, by=context.actor)
    audit.record(tx, "standing.representative", actor=context.actor, case=case, person=who, capacity=command.capacity, number=number)
    if represents.decides_here(context.today):
        told = t(
            "Case {number}: we have seen that you act for the person. You can read the case here now.",
            number=str(cases.get(tx, case).number),
        )
        button = notices.begin(t("See my case"), "my_case", case=case)
        notices.tell(context, who, told, case=case, buttons=[button], dedupe_key=f"representative/{number}")
    changed(context, case)
    return number


def _who(context: Context, command: RecordRepresentative) -> PersonId:
    """Somebody of the case, or somebody new. Nobody records their own right to decide for another."""
    tx = context.tx
    if command.person is None:
        if not command.name:
            raise Refused(NOT_YOURS)
        who = people.create(tx, language=cases.get(tx, command.case).language, name=command.name)
        cases.add_party(tx, command.case, who, command.capacity)
        return who
    if command.person == context.actor or command.person not in {person for person, _ in cases.parties(tx, command.case)}:
        raise Refused(NOT_YOURS)
    return command.person


def end_representative(context: Context, command: EndRepresentative) -> None:
    """It holds no longer, from this moment."""
    found = standings.representative(context.tx, command.representative)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(Action.RECORD_STANDING, found.case)
    if standings.end_representative(context.tx, command.representative, by=context.actor) is None:
        raise Refused(EARLIER)
    audit.record(context.tx, "standing.representative_ended", actor=context.actor, case=found.case, number=command.representative)
    changed(context, found.case)


def record_lapse(context: Context, command: RecordLapse) -> int:
    """What health personnel have decided, recorded with who, why and when. Never for a child: there the parents decide anyway."""
    context.require(Action.RECORD_STANDING, command.case)
    rights_now = rights_of(context, command.case)
    if rights_now.age is not None and rights_now.age < DECIDES_FROM:
        raise Refused(t("The person is under 16, so the parents decide. Nothing was changed."))
    if not command.decided_by.strip() or not command.why.strip():
        raise Refused(t("Write who decided it, and why. Nothing was changed."))
    if command.decided_on > context.today or (command.until is not None and command.until < command.decided_on):
        raise Refused(t("The days do not fit. Nothing was changed."))
    number = lapses.add(
        context.tx,
        command.case,
        command.matter,
        profession=command.profession,
        decided_by=command.decided_by,
        why=command.why,
        decided_on=command.decided_on,
        until=command.until,
        by=context.actor,
    )
    audit.record(context.tx, "standing.lapse", actor=context.actor, case=command.case, number=number, matter=command.matter)
    changed(context, command.case)
    return number


def end_lapse(context: Context, command: EndLapse) -> None:
    """The person decides again, from this moment."""
    case = lapses.case_of(context.tx, command.lapse)
    if case is None:
        raise Refused(NOT_YOURS)
    context.require(Action.RECORD_STANDING, case)
    if lapses.finish(context.tx, command.lapse, by=context.actor) is None:
        raise Refused(EARLIER)
    audit.record(context.tx, "standing.lapse_ended", actor=context.actor, case=case, number=command.lapse)
    changed(context, case)


def ask_for_shield(context: Context, command: AskForShield) -> None:
    """A child from 12 asks that parents do not see what is in the case. People at the unit talk with the child (pbrl § 3-4)."""
    tx = context.tx
    context.require(Action.ASK_FOR_SHIELD, command.case)
    if not rights_of(context, command.case).can_be_shielded or lapses.shielded(tx, command.case):
        raise Refused(NOT_YOURS)
    due = context.municipality.calendar.add_working_days(context.today, 1)
    tasks.add(tx, TaskKind.SHIELD_ASKED, due_on=due, case=command.case, words=command.words or "")
    number = str(cases.get(tx, command.case).number)
    text = t("Case {number}: the child asks that parents do not read it. Talk with the child today.", number=number)
    notices.tell_ke(context, text, case=command.case, buttons=[notices.begin(t("Open the case"), "inbox", case=command.case)])
    audit.record(tx, "standing.shield_asked", actor=context.actor, case=command.case)


def shield(context: Context, command: Shield) -> None:
    """Parents do not see what is in the case from this moment, or do again. Parents are not told that it was asked for."""
    tx, case = context.tx, command.case
    context.require(Action.RECORD_STANDING, case)
    if command.on and not rights_of(context, case).can_be_shielded:
        raise Refused(t("Only a child from 12 to 15 can be shielded here. Nothing was changed."))
    done = lapses.shield(tx, case, command.reason, by=context.actor) if command.on else lapses.end_shield(tx, case, by=context.actor)
    if not done:
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, case, TaskKind.SHIELD_ASKED, by=context.actor)
    audit.record(tx, "standing.shield", actor=context.actor, case=case, on=command.on)


def changed(context: Context, case: CaseId) -> None:
    """Who decides may be somebody else from now on: consents are looked at again, and a gap becomes a task at the unit."""
    tx = context.tx
    tx.touch(case)
    if cases.get(tx, case).state not in LIVING:
        return
    gaps = {deciding(context, case, matter).gap for matter in (Matter.SHARING, Matter.WISH)}
    if Gap.NOBODY_AFTER_LAPSE in gaps:
        due = context.municipality.calendar.add_working_days(context.today, 3)
        key = f"who-decides/{case}/{max(each.id for each in lapses.of_case(tx, case))}"
        tasks.add(tx, TaskKind.WHO_DECIDES, due_on=due, case=case, dedupe_key=key)
    else:
        tasks.finish_kinds(tx, case, TaskKind.WHO_DECIDES, by=None)
    consents.on_right_to_decide_changed(context, case)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    RecordBirthDate: record_birth_date,
    RecordRepresentative: record_representative,
    EndRepresentative: end_representative,
    RecordLapse: record_lapse,
    EndLapse: end_lapse,
    AskForShield: ask_for_shield,
    Shield: shield,
}
"""Which function carries out which command."""
