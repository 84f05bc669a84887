"""Consent that came on paper or was said aloud.

Here: writing it down for those who gave it. Not here: their own answers (`consent_answering`). Guarantees: only for those who decide today;
when, where and by whom it was given is kept, and who wrote it down (E12: Tynset; B17: Rana).
"""

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.consent import Capacity, ConsentTrust, Scope
from bot.domain.consent_commands import RecordConsent, Recorded
from bot.domain.consent_evidence import numbered
from bot.domain.ids import CaseId, ConsentId
from bot.domain.refusal import Refused
from bot.domain.rights import Deciding, Gap, Matter
from bot.engine.texts import Language, joined, t
from bot.services import consent_asking as asking
from bot.services import consent_forms, standing
from bot.services.consent_answering import settle
from bot.services.municipality import Context
from bot.store import audit, cases, consent_answers, consents, people, tasks
from bot.store.consent_answers import Given


def record(context: Context, command: RecordConsent) -> str:
    """Write down a consent; see the command for what is answered."""
    paper = command.how is Recorded.PAPER
    context.require(Action.RECORD_PAPER_CONSENT if paper else Action.RECORD_ORAL_CONSENT, command.case)
    offered = {recipient: kinds for recipient, kinds in command.offers if kinds}
    asking.check(context, command.case, offered, command.until)
    if command.on > context.today:
        raise Refused(t("The day must be {day} or earlier. Nothing was changed.", day=context.today))
    deciding = standing.deciding(context, command.case, Matter.SHARING)
    _check_signers(deciding, command)
    consent = _waiting(context, command, offered) or asking.send(
        context,
        command.case,
        type_=command.type,
        purpose=command.purpose,
        purpose_words=command.purpose_words,
        offered=offered,
        until=command.until,
        deciding=deciding,
        quietly_to=frozenset(command.signers),
    )
    capacities = dict(asking.capacities(deciding))
    for person in command.signers:
        place = consent_answers.place_of(context.tx, consent, person)
        assert place is not None
        language = people.person(context.tx, person).language
        _store(context, command, consent, place, offered, capacities[person], language, None)
    if command.other is not None:
        name, capacity = command.other
        place = consent_answers.expect(context.tx, consent, None, capacity)
        _store(context, command, consent, place, offered, capacity, cases.get(context.tx, command.case).language, name)
    trust = ConsentTrust.PAPER if paper else ConsentTrust.ORAL
    audit.record(context.tx, "consent.recorded", actor=context.actor, case=command.case, consent=consent, how=trust)
    tasks.finish_kinds(context.tx, command.case, TaskKind.CONSENT_ON_PAPER, by=context.actor)
    found = consents.find(context.tx, consent)
    assert found is not None
    return settle(context, found)


def _waiting(context: Context, command: RecordConsent, offered: Scope) -> ConsentId | None:
    """The question that waits for these answers already, so that what the others have answered to it stays."""
    found = consents.asked(context.tx, command.case, command.type)
    if found is None or command.other is not None or command.until > found.until:
        return None
    unanswered = {person for person, _ in consent_answers.unanswered(context.tx, found.id)}
    asked_too = all(kinds <= found.offered.get(recipient, frozenset()) for recipient, kinds in offered.items())
    return found.id if asked_too and set(command.signers) <= unanswered else None


def _check_signers(deciding: Deciding, command: RecordConsent) -> None:
    """Raise `Refused` unless whoever gave it decides today."""
    decide = {each.person for each in deciding.deciders}
    unknown = command.other is not None and command.other[1] is Capacity.SELF and deciding.gap is Gap.PERSON_NOT_KNOWN
    if not deciding.deciders and not unknown:
        raise Refused(asking.GAPS[deciding.gap or Gap.PERSON_NOT_KNOWN])
    if not set(command.signers) <= decide or (command.other is not None and not unknown) or not (command.signers or unknown):
        raise Refused(t("Only somebody who decides for the person can consent. Nothing was changed."))


def _store(
    context: Context,
    command: RecordConsent,
    consent: ConsentId,
    place: int,
    offered: Scope,
    capacity: Capacity,
    language: Language,
    name: str | None,
) -> None:
    found = consents.find(context.tx, consent)
    assert found is not None
    words, digest = consent_forms.shown(context, found, capacity, language)
    said = t("Where the paper is: {place}", place=command.place)
    if command.how is Recorded.ORAL:
        said = t("Where it was said: {place}", place=command.place)
    noted = said if name is None else joined(t("Name: {name}", name=name), said, by="\n")
    details = context.municipality.words(noted, language, context.tx.now)
    given = Given(
        yes=True,
        signed=True,
        trust=ConsentTrust.PAPER if command.how is Recorded.PAPER else ConsentTrust.ORAL,
        language=language,
        scope=_numbers(context, command.case, offered),
        until=command.until,
        text_hash=digest,
        words=words,
        answered_on=command.on,
        recorded_by=context.actor,
        details=details,
    )
    consent_answers.store(context.tx, command.case, place, given)


def _numbers(context: Context, case: CaseId, scope: Scope) -> consent_answers.Numbers:
    return numbered(scope, {each: number for number, each in consents.recipients(context.tx, case).items()})
