"""Asking for consent, and ending what it allowed.

Here: who is asked, the question on its way, and the one way by which an allowance ends. Not here: answering (`consent_answering`).
Guarantees: only those who decide today are asked; what ends is in the audit in the same transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.domain.access import Action
from bot.domain.calendar import months_after
from bot.domain.consent import MOST_MONTHS, TEXT_VERSION, Capacity, Consent, ConsentState, ConsentType, InfoKind, Purpose, Recipient, Scope
from bot.domain.consent_commands import AskConsent, RecallConsent
from bot.domain.consent_evidence import ENDED, written
from bot.domain.ids import CaseId, ConsentId, PersonId
from bot.domain.refusal import Refused
from bot.domain.rights import Deciding, Gap, Matter, Needed
from bot.engine.texts import Text, t
from bot.services import notices, standing
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import assignments, audit, cases, consent_answers, consents, members, substitutes

GAPS = {
    Gap.AGE_NOT_RECORDED: t("The birth date is not recorded. Record it first: the age decides who is asked."),
    Gap.PERSON_NOT_KNOWN: t("The person has no way to answer here. Use a paper, or give them a code first."),
    Gap.NOBODY_FOR_CHILD: t("Nobody is recorded with parental responsibility. Record them first."),
    Gap.NOBODY_AFTER_LAPSE: t("Nobody is recorded who decides for the person. The unit settles it first."),
}
"""Why nobody can be asked yet."""


def actor(context: Context) -> PersonId | None:
    """Who acts; None where it is Samråd itself."""
    return context.actor or None


def ask(context: Context, command: AskConsent) -> int:
    """Ask those who decide (E01, E04, E08). The consent's id."""
    context.require(Action.ASK_CONSENT, command.case)
    offered = {recipient: kinds for recipient, kinds in command.offers if kinds}
    check(context, command.case, offered, command.until)
    deciding = deciding_or_refuse(context, command.case)
    return send(
        context,
        command.case,
        type_=command.type,
        purpose=command.purpose,
        purpose_words=command.purpose_words,
        offered=offered,
        until=command.until,
        deciding=deciding,
    )


def check(context: Context, case: CaseId, offered: Scope, until: date) -> None:
    """Raise `Refused` unless everybody named is of this case or of the directory, and the time is one we may ask for."""
    if not offered:
        raise Refused(t("Choose at least one to share with, and something to share. Nothing was sent."))
    latest = months_after(context.today, MOST_MONTHS)
    if not context.today < until <= latest:
        raise Refused(t("A consent lasts until {latest} at most. Choose an earlier day.", latest=latest))
    circle = {each.id for each in members.of_case(context.tx, case)}
    for recipient in offered:
        if recipient.member is not None and recipient.member not in circle:
            raise Refused(EARLIER)
        if recipient.service is not None and context.municipality.profile.service(recipient.service) is None:
            raise Refused(EARLIER)


def deciding_or_refuse(context: Context, case: CaseId) -> Deciding:
    """Who decides about sharing today. Raises `Refused` with what has to be settled first where nobody does."""
    found = standing.deciding(context, case, Matter.SHARING)
    if not found.deciders:
        raise Refused(GAPS[found.gap or Gap.PERSON_NOT_KNOWN])
    return found


def capacities(deciding: Deciding) -> tuple[tuple[PersonId, Capacity], ...]:
    """Each of those who decide, once, and as what."""
    return tuple({each.person: Capacity(each.capacity.value) for each in reversed(deciding.deciders)}.items())[::-1]


def send(
    context: Context,
    case: CaseId,
    *,
    type_: ConsentType,
    purpose: Purpose,
    purpose_words: str | None,
    offered: Scope,
    until: date,
    deciding: Deciding,
    quietly_to: frozenset[PersonId] = frozenset(),
) -> ConsentId:
    """The question, to everybody who decides. One that waits already is taken back: nobody answers two at a time.

    `quietly_to`: those who have answered already, on paper or aloud.
    """
    tx = context.tx
    waiting = consents.asked(tx, case, type_)
    if waiting is not None:
        consents.close(tx, waiting, "recalled")
    asked = capacities(deciding)
    consent = consents.ask(
        tx,
        case,
        type_=type_,
        purpose=purpose,
        purpose_words=purpose_words,
        offered=offered,
        until=until,
        text_version=TEXT_VERSION,
        asked_by=actor(context),
        deciders=asked,
        all_must_answer=any(each.needed is Needed.ALL for each in deciding.deciders),
    )
    numbers = {consents.number_of(tx, case, recipient): kinds for recipient, kinds in offered.items()}
    audit.record(tx, "consent.asked", actor=actor(context), case=case, consent=consent, type=type_, scope=written(numbers))
    tell_asked(context, case, consent, [person for person, _ in asked if person not in quietly_to])
    return consent


def tell_asked(context: Context, case: CaseId, consent: ConsentId, whom: Iterable[PersonId]) -> None:
    """Those who are to answer get to know, without haste (E14)."""
    number = str(cases.get(context.tx, case).number)
    text = t("Case {number}: may we share something with others? Read it in peace. You choose freely.", number=number)
    button = notices.begin(t("Read and answer"), "consent", consent=consent)
    for who in whom:
        notices.tell(context, who, text, case=case, buttons=[button], dedupe_key=f"consent/{consent}/asked/{who}")


def ask_anew(context: Context, before: Sequence[Consent], more: Scope) -> bool:
    """Ask those who decide today the same as before and something more; False where nobody decides. What holds goes on meanwhile."""
    case, last = before[0].case, before[-1]
    deciding = standing.deciding(context, case, Matter.SHARING)
    offered: dict[Recipient, frozenset[InfoKind]] = {}
    for scope in (*(each.scope if each.scope else each.offered for each in before), more):
        for recipient, kinds in scope.items():
            offered[recipient] = offered.get(recipient, frozenset()) | kinds
    circle = {each.id for each in members.of_case(context.tx, case)}
    offered = {each: kinds for each, kinds in offered.items() if each.member is None or each.member in circle}
    if not deciding.deciders or not offered:
        return False
    rules = context.municipality.profile.consent
    send(
        context,
        case,
        type_=last.type,
        purpose=last.purpose,
        purpose_words=consents.purpose_words(context.tx, last),
        offered=offered,
        until=max(months_after(context.today, rules.usual_months), context.today + timedelta(days=1)),
        deciding=deciding,
    )
    return True


def asks_others(context: Context, waiting: Consent) -> bool:
    """Are those who were asked others than those who decide today?"""
    asked = {person for person, _ in consent_answers.unanswered(context.tx, waiting.id)}
    asked |= {each.person for each in consent_answers.signed(context.tx, waiting.id)}
    return asked != {each.person for each in standing.deciders(context, waiting.case, Matter.SHARING)}


def recall(context: Context, command: RecallConsent) -> None:
    """A question that nobody needs any more is taken back; those asked are told."""
    tx, found = context.tx, consents.find(context.tx, command.consent)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(Action.ASK_CONSENT, found.case)
    if not consents.close(tx, found, "recalled"):
        raise Refused(EARLIER)
    audit.record(tx, "consent.recalled", actor=actor(context), case=found.case, consent=found.id)
    text = t("Case {number}: you need not answer about sharing any more.", number=str(cases.get(tx, found.case).number))
    for who, _ in consent_answers.unanswered(tx, found.id):
        if who is not None:
            notices.tell(context, who, text, case=found.case, dedupe_key=f"consent/{found.id}/recalled/{who}")


def end(context: Context, consent: Consent, numbers: Iterable[int], why: consents.Why) -> tuple[int, ...]:
    """These recipients may know nothing through this consent any more; whose access it ended. In the audit, by number."""
    tx = context.tx
    ended = consents.end(tx, consent, numbers, why)
    if consent.state is ConsentState.GIVEN and ended:
        names = ",".join(str(each) for each in ended)
        audit.record(tx, ENDED, actor=actor(context), case=consent.case, consent=consent.id, recipients=names, why=why)
    if consent.state is ConsentState.ASKED:
        after = consents.find(tx, consent.id)
        if after is not None and not after.offered:
            consents.close(tx, after, "recalled")
    return ended


def staff_told(context: Context, case: CaseId, text: Text, key: str, *, cannot_wait: bool = False) -> None:
    """The coordinator and the unit get to know. That sharing has stopped cannot wait for a digest."""
    button = notices.begin(t("Open the case"), "inbox", case=case)
    for who in people_at_work(context, case):
        notices.tell(context, who, text, case=case, buttons=[button], dedupe_key=f"{key}/{who}", cannot_wait=cannot_wait)
    notices.tell_ke(context, text, case=case, buttons=[button], dedupe_key=key, cannot_wait=cannot_wait)


def people_at_work(context: Context, case: CaseId) -> tuple[PersonId, ...]:
    """Who coordinates now, and who stands in; not the one who acts."""
    accepted, substitute = assignments.accepted(context.tx, case), substitutes.active(context.tx, case)
    found = (None if accepted is None else accepted.candidate, None if substitute is None else substitute.person)
    return tuple(dict.fromkeys(each for each in found if each is not None and each != context.actor))
