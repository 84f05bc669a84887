"""A coordinator is away, and back again.

Here: the days, what they leave uncovered, and the leader who is told (N18: Ås, the nearest leader answers for it). Not here: finding a
substitute (`bot.services.substitutes`). Guarantees: why somebody is away is never asked for or kept; every case that nobody stands in for
is with the unit from the moment this is known.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.access import Action
from bot.domain.cases import CaseState
from bot.domain.ids import CaseId
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.domain.substitute_commands import ComeBack, SayAway
from bot.domain.substitutes import Span
from bot.engine.texts import Text, joined, nt, t
from bot.services import cover, notices
from bot.services.appointing import leader_of
from bot.services.municipality import Context
from bot.services.substitutes import name_of
from bot.store import audit, cases, people, stands, substitutes

LONGEST_DAYS: Final = 730


def midnight(day: date) -> datetime:
    """The first moment of a day in Oslo, in UTC."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


def say_away(context: Context, command: SayAway) -> int:
    """From the first day to the last, both included. How many cases nobody stands in for on some of them."""
    context.require(Action.SAY_AWAY)
    tx = context.tx
    if command.last < command.first or command.last < context.today or (command.last - command.first).days > LONGEST_DAYS:
        raise Refused(t("The last day must not be before the first, nor in the past. Nothing was changed."))
    time_away = Span(starts_at=max(midnight(command.first), tx.now), ends_at=midnight(command.last + timedelta(days=1)))
    substitutes.note_absence(tx, context.actor, time_away, by=context.actor)
    audit.record(tx, "coordinator.away", actor=context.actor, first=str(command.first), last=str(command.last))
    uncovered = sum(cover.settle(context, case) for case in _cases(context))
    told: Text = t("{name} is away from {first} to {last}.", name=name_of(context, context.actor), first=command.first, last=command.last)
    if uncovered:
        told = joined(told, nt("Nobody stands in for {n} case yet.", "Nobody stands in for {n} cases yet.", uncovered))
        button = notices.begin(t("See where nobody stands in"), "uncovered")
        who = t("Who can stand in for you while you are away? Somebody who knows the person is best.")
        notices.tell(context, context.actor, who, message_class=MessageClass.REMINDER, buttons=[button])
    _tell_leader(context, told, list_too=bool(uncovered))
    return uncovered


def come_back(context: Context, _command: ComeBack) -> None:
    """Back, or not away after all. Substitutes stay as agreed until they are ended or their time is over."""
    context.require(Action.SAY_AWAY)
    if not substitutes.end_absence(context.tx, context.actor):
        raise Refused(t("You are not noted as away. Nothing was changed."))
    audit.record(context.tx, "coordinator.back", actor=context.actor)
    for case in _cases(context):
        cover.settle(context, case)
    _tell_leader(context, t("{name} is back.", name=name_of(context, context.actor)), list_too=False)


def _cases(context: Context) -> list[CaseId]:
    """Every case the one who is away has a part in, now or from an agreed day on."""
    tx = context.tx
    agreed = {each.case for each in substitutes.of_person(tx, context.actor)}
    return [case for case in sorted({*stands.held_by(tx, context.actor), *agreed}) if cases.get(tx, case).state is CaseState.ACTIVE]


def _tell_leader(context: Context, told: Text, *, list_too: bool) -> None:
    leader = leader_of(context, people.person(context.tx, context.actor).department)
    buttons = [notices.begin(t("See where nobody stands in"), "uncovered")] if list_too else []
    if leader is not None and leader != context.actor:
        notices.tell(context, leader, told, buttons=buttons, dedupe_key=f"away/{context.actor}/{int(context.tx.now.timestamp())}")
    elif list_too:
        notices.tell_ke(context, told, buttons=buttons)
