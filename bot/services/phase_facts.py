"""What the reminders about a life phase and its changes need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.phase`), nor what happens when one
falls due (`bot.services.reminders.phase`).
"""

from bot.domain.cases import CaseState
from bot.domain.ids import CaseId
from bot.domain.phases import LISTS, CardState, Phase, phase_of
from bot.domain.reminders import Reminder, day_of
from bot.domain.reminders.phase import PhaseFacts, RecordedFacts, reminders
from bot.services.municipality import Municipality
from bot.store import assignments, cases, phases, standings, transitions
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about its life phase. Before there is to be a coordinator nothing is."""
    if cases.get(tx, case).state not in {CaseState.APPOINTING, CaseState.ACTIVE}:
        return frozenset()
    return reminders(phase_facts(tx, municipality, case), municipality.rules)


def phase_now(tx: Tx, municipality: Municipality, case: CaseId) -> Phase | None:
    """The phase set by hand, else the one by age (M04)."""
    birth = standings.birth(tx, case)
    derived = phase_of(None if birth is None else birth.born_on, cases.get(tx, case).age_group, day_of(tx.now), municipality.profile.phases)
    return phases.by_hand(tx, case) or derived


def phase_facts(tx: Tx, municipality: Municipality, case: CaseId) -> PhaseFacts:
    """One case as the rules see it."""
    held, birth, phase = assignments.accepted(tx, case), standings.birth(tx, case), phase_now(tx, municipality, case)
    settled = phases.cards(tx, case)
    return PhaseFacts(
        id=case,
        coordinator=None if held is None else held.candidate,
        since=None if held is None else held.answered_at,
        phase=phase,
        born_on=None if birth is None else birth.born_on,
        seen_at=None if birth is None else birth.recorded_at,
        listed=phase is not None and any(card in settled for card in LISTS[phase]),
        later=tuple((each.card, each.again_on) for each in settled.values() if each.state is CardState.LATER and each.again_on is not None),
        skipped=transitions.skipped(tx, case),
        recorded=tuple(RecordedFacts(id=each.id, kind=each.kind, on=each.on, done=each.done) for each in transitions.of_case(tx, case)),
        outlook_on=phases.outlook_on(tx, case),
        drop_out=transitions.open_drop_out(tx, case),
    )
