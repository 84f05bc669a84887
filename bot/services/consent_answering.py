"""Answering a question about sharing.

Here: preparing, signing, and what follows when everybody has answered. Not here: what others write down (`consent_recording`).
Guarantees: a no counts at once and nobody asks why (E14); a press in a chat alone signs nothing unless the municipality has chosen that
(E09); with several who decide it holds when all have signed, and then only what all of them allowed.
"""

from datetime import date
from typing import Final

from bot.domain.access import Action
from bot.domain.cases import TaskKind
from bot.domain.choices import Tool
from bot.domain.consent import Answer, Capacity, Consent, ConsentState, ConsentTrust, Scope, agreed, within
from bot.domain.consent_commands import PrepareAnswer, SignConsent
from bot.domain.consent_evidence import GIVEN, numbered, written
from bot.domain.consent_rules import Signature
from bot.domain.ids import CaseId, ConsentId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services import consent_asking as asking
from bot.services import consent_forms, notices
from bot.services.documents_shown import tell_receipt
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases, consent_answers, consents, members, people, tasks
from bot.store.consent_answers import Given, StoredAnswer

TRAINING_WORKING_DAYS: Final = 10
PAPER_WORKING_DAYS: Final = 5


def trust_here(context: Context) -> ConsentTrust:
    """How sure we are of who acts."""
    if context.account is not None:
        return ConsentTrust.CHAT_CONFIRMED if people.is_confirmed(context.tx, context.account) else ConsentTrust.CHAT_UNCONFIRMED
    return ConsentTrust.LOGIN if context.municipality.citizens_log_in else ConsentTrust.PAGE


def signs_here(context: Context) -> bool:
    """Does a signature count where the person is? On the page; in a chat only where the municipality has chosen so, and knows who it is."""
    if context.account is None:
        return True
    if context.municipality.profile.consent.signature is not Signature.CHAT_TOO:
        return False
    return not context.municipality.citizens_log_in or people.is_confirmed(context.tx, context.account)


def _mine(context: Context, number: ConsentId) -> tuple[Consent, int, Capacity]:
    """A question that waits for the actor, the place of the answer, and as what they answer today."""
    found = consents.find(context.tx, number)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(Action.ANSWER_CONSENT, found.case)
    capacity = dict(asking.capacities(asking.deciding_or_refuse(context, found.case))).get(context.actor)
    if capacity is None:
        raise Refused(NOT_YOURS)
    place = consent_answers.place_of(context.tx, number, context.actor)
    if found.state is not ConsentState.ASKED or place is None:
        raise Refused(EARLIER)
    return found, place, capacity


def prepare(context: Context, command: PrepareAnswer) -> str:
    """Keep what the person chose; see the command for what is answered."""
    tx = context.tx
    consent, place, capacity = _mine(context, command.consent)
    chosen = within(dict(command.offers), consent.offered) if command.yes else {}
    until = min(command.until or consent.until, consent.until)
    if chosen and until <= context.today:
        raise Refused(t("The day must be later than today. Nothing was changed."))
    language = people.person(tx, context.actor).language
    words, digest = consent_forms.shown(context, consent, capacity, language)
    given = Given(
        yes=bool(chosen),
        signed=not chosen,
        trust=trust_here(context),
        language=language,
        scope=_numbers(context, consent.case, chosen),
        until=until,
        text_hash=digest,
        words=words,
        answered_on=context.today,
        recorded_by=context.actor,
    )
    consent_answers.store(tx, consent.case, place, given)
    audit.record(
        tx, "consent.answered", actor=context.actor, case=consent.case, consent=consent.id, yes=bool(chosen), signed=not chosen, text=digest
    )
    if not chosen:
        refuse(context, consent)
        return "refused"
    if signs_here(context):
        return "sign"
    return _elsewhere(context, consent)


def _numbers(context: Context, case: CaseId, scope: Scope) -> consent_answers.Numbers:
    return numbered(scope, {each: number for number, each in consents.recipients(context.tx, case).items()})


def _elsewhere(context: Context, consent: Consent) -> str:
    """It is prepared: signed on the page, or on paper where there is no page."""
    number = str(cases.get(context.tx, consent.case).number)
    if context.municipality.page_url is not None:
        text = t("Case {number}: one step is left. Sign on the secure page.", number=number)
        button = notices.begin(t("Read and sign"), "consent", consent=consent.id)
        key = f"consent/{consent.id}/sign/{context.actor}"
        notices.tell(context, context.actor, text, case=consent.case, buttons=[button], dedupe_key=key)
        return "sign_on_page"
    due = context.municipality.calendar.add_working_days(context.today, PAPER_WORKING_DAYS)
    tasks.add(context.tx, TaskKind.CONSENT_ON_PAPER, due_on=due, case=consent.case, dedupe_key=f"consent/{consent.id}/paper")
    return "sign_on_paper"


def sign(context: Context, command: SignConsent) -> str:
    """What was prepared counts from now on; see the command for what is answered."""
    consent, _, _ = _mine(context, command.consent)
    prepared = consent_answers.prepared(context.tx, consent.id, context.actor)
    if prepared is None:
        raise Refused(EARLIER)
    if not signs_here(context):
        raise Refused(t("Sign on the secure page, or on paper. Nothing was changed."))
    consent_answers.sign(context.tx, consent.case, prepared, trust_here(context))
    audit.record(context.tx, "consent.signed", actor=context.actor, case=consent.case, consent=consent.id, trust=trust_here(context))
    return settle(context, consent)


def settle(context: Context, consent: Consent) -> str:
    """Everybody who must has answered, or somebody has not: `given`, `nothing` in common, or `others` are waited for."""
    tx = context.tx
    waits = consents.all_must_answer(tx, consent.id) and consent_answers.unanswered(tx, consent.id)
    if waits:
        return "others"
    known = consents.recipients(tx, consent.case)
    answers = [
        _answer(each, {known[number]: kinds for number, kinds in each.scope.items()}) for each in consent_answers.signed(tx, consent.id)
    ]
    scope = within(agreed(answers), consent.offered)
    if not scope:
        refuse(context, consent)
        return "nothing"
    _give(context, consent, scope, min(each.until for each in answers))
    return "given"


def _answer(stored: StoredAnswer, scope: Scope) -> Answer:
    return Answer(
        person=stored.person,
        capacity=stored.capacity,
        trust=stored.trust,
        language=stored.language,
        yes=stored.yes,
        scope=scope,
        until=stored.until,
        signed=stored.signed,
        at=stored.answered_at,
    )


def _give(context: Context, consent: Consent, scope: Scope, until: date) -> None:
    """It holds from now on. Whom it names is governed by it alone: what an earlier one said about them ends."""
    tx, case = context.tx, consent.case
    numbers = {consents.number_of(tx, case, recipient) for recipient in consent.offered}
    for earlier in consents.in_force(tx, case, context.today):
        if earlier.type is consent.type:
            asking.end(context, earlier, numbers, "replaced")
    consents.give(tx, consent, scope, until)
    audit.record(
        tx,
        GIVEN,
        actor=asking.actor(context),
        case=case,
        consent=consent.id,
        type=consent.type,
        scope=written(_numbers(context, case, scope)),
        until=until.isoformat(),
    )
    now = consents.find(tx, consent.id)
    assert now is not None
    document = consent_forms.keep(context, now)
    tell_receipt(context, now, document)
    number = str(cases.get(tx, case).number)
    said = t("Case {number}: consent is given in part. See who may know what.", number=number)
    if not now.limited:
        said = t("Case {number}: consent is given. See who may know what.", number=number)
    asking.staff_told(context, case, said, f"consent/{consent.id}/given")
    to_journal(context, case, f"consent/{consent.id}/journal")
    _training(context, now)


def to_journal(context: Context, case: CaseId, key: str) -> None:
    """The unit registers it in the journal, where the municipality asks for that (E02: Ås, Ansvarsgruppe)."""
    rules = context.municipality.profile.consent
    if rules.journal:
        due = context.municipality.calendar.add_working_days(context.today, rules.journal_working_days)
        tasks.add(context.tx, TaskKind.CONSENT_JOURNAL, due_on=due, case=case, dedupe_key=key)


def _training(context: Context, consent: Consent) -> None:
    """Whoever is to use the planning tool is shown how, once consent covers them (E07: Herøy, Arbeidsoppgåve)."""
    if context.municipality.profile.records.tool is Tool.NONE:
        return
    due = context.municipality.calendar.add_working_days(context.today, TRAINING_WORKING_DAYS)
    for recipient in consent.scope:
        member = None if recipient.member is None else members.find(context.tx, recipient.member)
        if member is not None:
            key = f"member/{member.id}/tool-training"
            tasks.add(context.tx, TaskKind.TOOL_TRAINING, due_on=due, case=consent.case, words=member.name, dedupe_key=key)


def refuse(context: Context, consent: Consent) -> None:
    """No, or nothing in common: noted without a word more (E14). What holds from before goes on."""
    if not consents.close(context.tx, consent, "refused"):
        raise Refused(EARLIER)
    audit.record(context.tx, "consent.refused", actor=asking.actor(context), case=consent.case, consent=consent.id)
    number = str(cases.get(context.tx, consent.case).number)
    asking.staff_told(
        context,
        consent.case,
        t("Case {number}: the answer about sharing is no. That is noted, and nothing more is shared.", number=number),
        f"consent/{consent.id}/refused",
    )
    text = t("Case {number}: the answer about sharing is no. You need not do anything.", number=number)
    for who in _others(context, consent):
        notices.tell(context, who, text, case=consent.case, dedupe_key=f"consent/{consent.id}/refused/party/{who}")


def _others(context: Context, consent: Consent) -> list[PersonId]:
    """The others who were asked."""
    asked = [person for person, _ in consent_answers.unanswered(context.tx, consent.id)]
    asked += [each.person for each in consent_answers.signed(context.tx, consent.id)]
    return sorted({each for each in asked if each is not None and each != context.actor})
