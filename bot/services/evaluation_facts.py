"""What the reminders about evaluations and complaints need to know of a case.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders.evaluation`, `complaint`), nor
what happens when one falls due (`bot.services.reminders`). Guarantee: only a case with a coordinator is asked how it goes; a complaint is
reminded of whatever has become of its case.
"""

from bot.domain.cases import CaseState
from bot.domain.groups import COUNTED
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingState
from bot.domain.reminders import Reminder, complaint, evaluation
from bot.services.municipality import Municipality
from bot.store import assignments, cases, complaints, evaluations, meetings
from bot.store.database import Tx


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about how it goes, and about complaints."""
    open_complaints = (each for each in complaints.of_case(tx, case) if each.answered_at is None)
    wanted = {
        reminder
        for each in open_complaints
        for reminder in complaint.reminders(
            complaint.ComplaintFacts(id=each.id, case=case, handler=each.handler, answer_by=each.answer_by), municipality.rules
        )
    }
    facts = _facts(tx, case)
    return frozenset(wanted if facts is None else wanted | evaluation.reminders(facts, municipality.rules))


def _facts(tx: Tx, case: CaseId) -> evaluation.EvaluationFacts | None:
    held = assignments.accepted(tx, case)
    if cases.get(tx, case).state is not CaseState.ACTIVE or held is None or held.candidate is None or held.answered_at is None:
        return None
    since = held.answered_at
    return evaluation.EvaluationFacts(
        case=case,
        coordinator=held.candidate,
        since=since,
        on=evaluations.day_of(tx, case),
        answered_at=evaluations.last_at(tx, case),
        followed_up_at=evaluations.followed_up_at(tx, case),
        held=tuple(
            (each.id, each.at)
            for each in meetings.of_case(tx, case)
            if each.kind in COUNTED and each.state is MeetingState.HELD and each.at is not None and each.at >= since
        ),
    )
