"""The person objects to what health services may tell each other without consent.

Here: objecting and taking that back. Not here: consent, which is another thing: it allows what would not be allowed, this forbids what
would be (helsepersonelloven § 25, pasient- og brukerrettighetsloven § 5-3). Guarantee: whoever must act on it at the services is told:
Samråd itself tells nobody anything on that ground.
"""

from typing import Final

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.consent import Capacity
from bot.domain.consent_commands import EndObjection, ObjectToSharing
from bot.domain.refusal import Refused
from bot.domain.rights import Matter
from bot.engine.texts import t
from bot.services import consent_asking, standing
from bot.services.consent_answering import to_journal, trust_here
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases, objections, tasks

PASSED_ON_WORKING_DAYS: Final = 1


def object_to_sharing(context: Context, command: ObjectToSharing) -> None:
    """Noted, and passed on to the services by the unit by the next working day."""
    context.require(Action.OBJECT_TO_SHARING, command.case)
    tx, case = context.tx, command.case
    if objections.in_force(tx, case) is not None:
        raise Refused(EARLIER)
    known = [each for each in command.services if context.municipality.profile.service(each) is not None]
    if len(known) < len(command.services):
        raise Refused(EARLIER)
    objection = objections.add(
        tx, case, context.actor, _capacity(context, command), services=command.services, words=command.words, trust=trust_here(context)
    )
    audit.record(tx, "sharing.objected", actor=context.actor, case=case, objection=objection)
    _pass_on(context, command, f"objection/{objection}")


def end(context: Context, command: EndObjection) -> None:
    """The person objects no longer; the services get to know that too."""
    context.require(Action.OBJECT_TO_SHARING, command.case)
    found = objections.in_force(context.tx, command.case)
    if found is None or not objections.end(context.tx, command.case):
        raise Refused(EARLIER)
    audit.record(context.tx, "sharing.objection_ended", actor=context.actor, case=command.case, objection=found.id)
    _pass_on(context, command, f"objection/{found.id}/ended")


def _capacity(context: Context, command: ObjectToSharing) -> Capacity:
    """As what the actor decides. The unit writes it down for the person."""
    capacities = dict(consent_asking.capacities(standing.deciding(context, command.case, Matter.SHARING)))
    if context.actor in capacities:
        return capacities[context.actor]
    try:
        context.require(Action.RECORD_PAPER_CONSENT, command.case)
    except Refused:
        raise Refused(NOT_YOURS) from None
    return Capacity.SELF


def _pass_on(context: Context, command: ObjectToSharing | EndObjection, key: str) -> None:
    case, number = command.case, str(cases.get(context.tx, command.case).number)
    due = context.municipality.calendar.add_working_days(context.today, PASSED_ON_WORKING_DAYS)
    tasks.add(context.tx, TaskKind.OBJECTION, due_on=due, case=case, dedupe_key=key)
    text = t("Case {number}: the person no longer objects to sharing between health services.", number=number)
    if isinstance(command, ObjectToSharing):
        text = t("Case {number}: the person objects to sharing between health services. Tell the services.", number=number)
    consent_asking.staff_told(context, case, text, key)
    to_journal(context, case, f"{key}/journal")
