"""What the reminders about consent need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.consent`), nor what happens when
one falls due (`bot.services.reminders.consent`).
"""

from bot.domain.cases import LIVING, TaskKind
from bot.domain.ids import CaseId
from bot.domain.reminders import Reminder
from bot.domain.reminders.consent import ConsentFacts, HeldFacts, reminders
from bot.services.municipality import Municipality
from bot.store import cases, consents, tasks
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about consent."""
    if cases.get(tx, case).state not in LIVING:
        return frozenset()
    facts = ConsentFacts(
        case=case,
        held=tuple(
            HeldFacts(id=each.id, given_at=each.given_at, until=each.until, text_version=each.text_version)
            for each in consents.given(tx, case)
        ),
        lapsed=consents.lapsed_and_not_asked_since(tx, case),
        to_register=tuple((each.id, each.due_on) for each in tasks.of_case(tx, case) if each.kind is TaskKind.CONSENT_JOURNAL),
    )
    return reminders(facts, municipality.rules)
