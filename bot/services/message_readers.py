"""Who may read a message in a circle now, and what reminds of an answer.

Here: the rule as it holds at this moment, from stored facts. Not here: sending one (`bot.services.circle_messages`). Guarantee: a member
reads a message only while its kind was set for them and a consent in force names it.
"""

from bot.domain.access import Action
from bot.domain.cases import CaseState
from bot.domain.circle import TAKES_PART
from bot.domain.circle_messages import Message
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import Reminder
from bot.domain.reminders.message import MessageFacts, reminders
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY, sees_now
from bot.store import assignments, cases, members, standings, substitutes
from bot.store import circle_messages as store
from bot.store.database import Tx
from bot.store.names import known_as


def members_reading(context: Context, case: CaseId, kind: InfoKind) -> dict[PersonId, str]:
    """The members who take part and may know this kind now, by name."""
    around = members.of_case(context.tx, case)
    return {each.person: each.name for each in around if each.state in TAKES_PART and kind in sees_now(context, each)}


def always_reading(context: Context, case: CaseId) -> dict[PersonId, str]:
    """The person, those who act for the person, the coordinator and whoever stands in, by name."""
    tx = context.tx
    found = [person for person, _ in standings.acting(tx, case)]
    accepted, substitute = assignments.accepted(tx, case), substitutes.active(tx, case)
    found += [accepted.candidate] if accepted is not None and accepted.candidate is not None else []
    found += [substitute.person] if substitute is not None else []
    return {each: known_as(tx, case, each) for each in found if _as(context, each).may(Action.SEE_MESSAGES, case)}


def readers(context: Context, case: CaseId, kind: InfoKind) -> dict[PersonId, str]:
    """Everybody who may read a message of this kind now, by name; the person's side first."""
    members_now = members_reading(context, case, kind)
    return always_reading(context, case) | members_now


def _as(context: Context, person: PersonId) -> Context:
    return Context(tx=context.tx, municipality=context.municipality, actor=person)


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """What a case wants to be reminded of about its messages."""
    if cases.get(tx, case).state is not CaseState.ACTIVE:
        return frozenset()
    context = Context(tx=tx, municipality=municipality, actor=NOBODY)
    found = [_facts(context, each) for each in store.needing_answers(tx, case)]
    return frozenset[Reminder]().union(*(reminders(each, municipality.rules) for each in found))


def _facts(context: Context, message: Message) -> MessageFacts:
    assert message.answer_by is not None
    now = readers(context, message.case, message.kind)
    return MessageFacts(
        id=message.id,
        case=message.case,
        sender=next((each for each in (message.sender, _holder(context, message.case)) if each in now), None),
        sent_at=message.sent_at,
        day=message.answer_by,
        silent=tuple(each.person for each in message.receivers if each.answered_at is None and each.person in now),
    )


def _holder(context: Context, case: CaseId) -> PersonId | None:
    accepted = assignments.accepted(context.tx, case)
    return None if accepted is None else accepted.candidate
