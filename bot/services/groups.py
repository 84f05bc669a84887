"""Responsibility groups: set up, changed, looked at together, dissolved and set up again.

Here: those deeds, and the group as one may see it. Not here: members (`bot.services.membership`), meetings (`bot.services.meetings`).
Guarantees: no group without a consent in force; a leader where there is no coordinator is for a time; the person can end it at any time.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle import TAKES_PART
from bot.domain.consent import InfoKind
from bot.domain.group_commands import ChangeGroup, DissolveGroup, GroupView, NoteEvaluated, SetUpGroup, TheGroup
from bot.domain.groups import NEEDS_EVALUATION, Dissolved, Group
from bot.domain.ids import CaseId, PersonId
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, t
from bot.services import circle, consents, notices
from bot.services.case_views import initials_of
from bot.services.municipality import EARLIER, Context
from bot.store import assignments, audit, cases, members, people
from bot.store import groups as store

NO_CONSENT: Final = t("A group needs consent to sharing first. Ask for consent.")
CHAIR_UNTIL: Final = t("There is no coordinator, so the one who leads does it for a time. Say until when.")
GOALS: Final = t("A group for a time needs goals. Write what it is to reach.")


def set_up(context: Context, command: SetUpGroup) -> None:
    """A group begins (F01, F03, F09, E01); the person and the members are told."""
    context.require(Action.CHANGE_GROUP, command.case)
    if not consents.group_allowed(context, command.case):
        raise Refused(NO_CONSENT)
    _check(context, command.case, command.goals, command.until, command.chair, command.chair_until)
    group = store.set_up(
        context.tx,
        command.case,
        purpose=command.purpose,
        goals=command.goals,
        until=command.until,
        chair=command.chair,
        chair_until=command.chair_until,
        turns=command.turns,
        by=context.actor,
    )
    if group is None:
        raise Refused(t("There is a group already. You can change it."))
    audit.record(context.tx, "group.begun", actor=context.actor, case=command.case, group=group)
    number = str(cases.get(context.tx, command.case).number)
    _tell(context, command.case, t("A responsibility group is set up in case {number}.", number=number), f"group/{group}/begun")


def _check(context: Context, case: CaseId, goals: str | None, until: date | None, chair: PersonId | None, chair_until: date | None) -> None:
    if until is not None and until <= context.today:
        raise Refused(t("The last day must be later than today."))
    if until is not None and not (goals or "").strip():
        raise Refused(GOALS)
    if chair is not None and chair not in {person for person, _ in _people(context, case)}:
        raise Refused(t("Choose someone who takes part."))
    if chair is not None and chair_until is None and assignments.accepted(context.tx, case) is None:
        raise Refused(CHAIR_UNTIL)


def _people(context: Context, case: CaseId) -> tuple[tuple[PersonId, str], ...]:
    """Who can lead and write: the coordinator and the members who take part."""
    accepted = assignments.accepted(context.tx, case)
    found: dict[PersonId, str] = {}
    if accepted is not None and accepted.candidate is not None:
        found[accepted.candidate] = people.person(context.tx, accepted.candidate).name or ""
    found.update({each.person: each.name for each in members.of_case(context.tx, case) if each.state in TAKES_PART})
    return tuple(found.items())


def _active(context: Context, case: CaseId) -> Group:
    found = store.active(context.tx, case)
    if found is None:
        raise Refused(EARLIER)
    return found


def change(context: Context, command: ChangeGroup) -> None:
    """Purpose, time frame, leader and writers as they shall be from now on."""
    context.require(Action.CHANGE_GROUP, command.case)
    group = _active(context, command.case)
    _check(context, command.case, command.goals, command.until, command.chair, command.chair_until)
    store.change(
        context.tx,
        group,
        purpose=command.purpose,
        goals=command.goals,
        until=command.until,
        chair=command.chair,
        chair_until=command.chair_until,
        turns=command.turns,
    )
    audit.record(context.tx, "group.changed", actor=context.actor, case=command.case, group=group.id)


def note_evaluated(context: Context, command: NoteEvaluated) -> None:
    """The group has evaluated its work together (L08)."""
    context.require(Action.CHANGE_GROUP, command.case)
    group = _active(context, command.case)
    if command.on > context.today:
        raise Refused(t("That day has not come yet."))
    store.evaluated(context.tx, group, command.on)
    audit.record(context.tx, "group.evaluated", actor=context.actor, case=command.case, group=group.id)


def dissolve(context: Context, command: DissolveGroup) -> None:
    """The group ends. Whether services may go on meeting is a question of consent, asked anew (E08)."""
    context.require(Action.END_GROUP, command.case)
    group = _active(context, command.case)
    if command.why in NEEDS_EVALUATION:
        context.require(Action.CHANGE_GROUP, command.case)
        if group.evaluated_on is None:
            raise Refused(t("Look at the work together first, and note the day. Then the group can end."))
    if command.why is Dissolved.CONSENT_ENDED and consents.group_allowed(context, command.case):
        raise Refused(t("There is a consent. Choose another reason."))
    end(context, group, command.why)


def end(context: Context, group: Group, why: Dissolved) -> None:
    """End a group, and tell those of it and the coordinator. Raises `Refused` where it had ended."""
    number = str(cases.get(context.tx, group.case).number)
    text = t("The responsibility group in case {number} has ended.", number=number)
    _tell(context, group.case, text, f"group/{group.id}/ended")
    if not store.dissolve(context.tx, group, why):
        raise Refused(EARLIER)
    audit.record(context.tx, "group.ended", actor=context.actor, case=group.case, group=group.id, why=why)
    accepted = assignments.accepted(context.tx, group.case)
    if why is not Dissolved.CASE_CLOSED and accepted is not None and accepted.candidate is not None:
        ask = notices.begin(t("Ask for consent"), "ask_consent", case=group.case)
        asked = t("Case {number}: the group has ended. If services are still to meet, ask the person for consent to that.", number=number)
        notices.tell(context, accepted.candidate, asked, case=group.case, buttons=[ask], dedupe_key=f"group/{group.id}/ended/coordinator")


def _tell(context: Context, case: CaseId, text: Text, key: str) -> None:
    see = notices.begin(t("See the group"), "group", case=case)
    notices.tell_parties(context, case, text, buttons=[see], dedupe_key=key, but_not_reporters=True)
    circle.tell_members(context, case, text, InfoKind.MEETINGS, dedupe_key=key)


def the_group(context: Context, query: TheGroup) -> GroupView | None:
    """The group of a case as the actor may see it."""
    if not context.may(Action.SEE_MEETINGS, query.case):
        return None
    tx, now = context.tx, store.active(context.tx, query.case)
    ended = [each for each in store.of_case(tx, query.case) if each.ended_at is not None]
    around = _people(context, query.case)
    names = dict(around)
    return GroupView(
        case=query.case,
        number=cases.get(tx, query.case).number,
        initials=initials_of(context, query.case),
        now=now,
        before=ended[-1] if ended else None,
        allowed=consents.group_allowed(context, query.case),
        may_change=context.may(Action.CHANGE_GROUP, query.case),
        may_end=context.may(Action.END_GROUP, query.case),
        has_coordinator=assignments.accepted(tx, query.case) is not None,
        chair=None if now is None or now.chair is None else names.get(now.chair, people.person(tx, now.chair).name),
        writers=() if now is None else tuple(names.get(each, "") for each in now.turns),
        people=around,
    )


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    SetUpGroup: set_up,
    ChangeGroup: change,
    NoteEvaluated: note_evaluated,
    DissolveGroup: dissolve,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheGroup: the_group}
