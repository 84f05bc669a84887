"""The life phase of a case: which it is, its list, and what matters now and later.

Here: those deeds, and the phase as whoever coordinates sees it. Not here: changes (`bot.services.transitions`), which phase follows from an
age (`bot.domain.phases`). Guarantees: cards reach the person and those who act for them, nobody else; what was said is audited as said,
never with its words.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.ids import CaseId
from bot.domain.phase_commands import (
    CardLine,
    CardsView,
    GiveCards,
    NoteOutlook,
    PhaseView,
    SetCards,
    SetPhase,
    TheCards,
    ThePhase,
)
from bot.domain.phases import LISTS, SPECIALISTS, CardState, Phase, in_order
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import notices, phase_facts, transitions
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.store import audit, cases, members
from bot.store import phases as store
from bot.store import transitions as stored_transitions


def set_phase(context: Context, command: SetPhase) -> None:
    """Another phase than the age says, or the age's own again (M04)."""
    context.require(Action.CHANGE_PHASE, command.case)
    store.set_phase(context.tx, command.case, command.phase, by=context.actor)
    audit.record(context.tx, "phase.set", actor=context.actor, case=command.case, phase=command.phase)


def give(context: Context, command: GiveCards) -> None:
    """The person and those who act for them are told that there is something to read, and how to get what it tells of."""
    context.require(Action.CHANGE_PHASE, command.case)
    if not command.cards:
        return
    store.settle(context.tx, command.case, command.cards, CardState.GIVEN, None, by=context.actor)
    audit.record(context.tx, "cards.given", actor=context.actor, case=command.case, count=len(command.cards))
    text = t("Your coordinator has found something that may be good to know. Case {number}.", number=str(_number(context, command.case)))
    read = notices.begin(t("Read it"), "good_to_know", case=command.case)
    key = f"case/{command.case}/cards/{int(context.tx.now.timestamp())}"
    notices.tell_parties(context, command.case, text, buttons=[read], dedupe_key=key, but_not_reporters=True)


def settle(context: Context, command: SetCards) -> None:
    """Not relevant, or later, with a day to come back to it."""
    context.require(Action.CHANGE_PHASE, command.case)
    if command.state is CardState.LATER and (command.again_on is None or command.again_on <= context.today):
        raise Refused(t("Choose a day to come."))
    again_on = command.again_on if command.state is CardState.LATER else None
    store.settle(context.tx, command.case, command.cards, command.state, again_on, by=context.actor)
    audit.record(context.tx, "cards.settled", actor=context.actor, case=command.case, state=command.state, count=len(command.cards))


def note_outlook(context: Context, command: NoteOutlook) -> None:
    """What was said about now and later (M01)."""
    context.require(Action.CHANGE_PHASE, command.case)
    said = {"usual": command.usual, "special": command.special, "everyday": command.everyday, "wishes": command.wishes}
    store.add_outlook(context.tx, command.case, said, by=context.actor)
    audit.record(context.tx, "outlook.noted", actor=context.actor, case=command.case)


def _number(context: Context, case: CaseId) -> int:
    return cases.get(context.tx, case).number


def the_phase(context: Context, query: ThePhase) -> PhaseView | None:
    """The phase, its list and its changes, for those who coordinate."""
    if not context.may(Action.SEE_PHASE, query.case):
        return None
    tx = context.tx
    phase, settled = phase_facts.phase_now(tx, context.municipality, query.case), store.cards(tx, query.case)
    drop_out = stored_transitions.open_drop_out(tx, query.case)
    listed = () if phase is None else LISTS[phase]
    return PhaseView(
        case=query.case,
        number=_number(context, query.case),
        initials=initials_of(context, query.case),
        phase=phase,
        by_hand=store.by_hand(tx, query.case) is not None,
        cards=tuple(settled.get(card, CardLine(card=card, state=None, again_on=None)) for card in listed),
        transitions=transitions.lines(context, query.case),
        outlook=store.outlook(tx, query.case),
        drop_out=None if drop_out is None else drop_out[0],
        specialists=tuple(_missing(context, query.case, phase)),
        may_change=context.may(Action.CHANGE_PHASE, query.case),
    )


def _missing(context: Context, case: CaseId, phase: Phase | None) -> Iterable[str]:
    """Family doctor and specialists in the directory from whom nobody is around the person (M13, M25)."""
    around = {each.service for each in members.of_case(context.tx, case)}
    for key in () if phase is None else SPECIALISTS[phase]:
        if key not in around and context.municipality.profile.service(key) is not None:
            yield key


def the_cards(context: Context, query: TheCards) -> CardsView | None:
    """What was given to read, in its order."""
    if not context.may(Action.READ_CARDS, query.case):
        return None
    given = frozenset(each.card for each in store.cards(context.tx, query.case).values() if each.state is CardState.GIVEN)
    return CardsView(case=query.case, cards=in_order(given))


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    SetPhase: set_phase,
    GiveCards: give,
    SetCards: settle,
    NoteOutlook: note_outlook,
    **transitions.HANDLERS,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {ThePhase: the_phase, TheCards: the_cards}
