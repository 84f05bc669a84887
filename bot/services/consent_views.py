"""Where sharing stands, as one reader may see it.

Here: views made of what is stored, inside the transaction. Guarantees: whoever may not see gets None or nothing; that somebody looked is
recorded.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, may
from bot.domain.calendar import months_after
from bot.domain.choices import PrivacyLevel
from bot.domain.consent import MOST_MONTHS, Capacity, Consent, ConsentState, ConsentType, InfoKind, Recipient, Scope, standing
from bot.domain.consent_queries import (
    AnswerView,
    Asking,
    AskingView,
    ConsentView,
    DeciderView,
    MayShowNames,
    MySharing,
    ObjectionView,
    PossibleRecipient,
    RecipientView,
    SharingView,
    TheConsent,
    TheSharing,
)
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import OSLO
from bot.domain.rights import Gap, Matter, Needed
from bot.engine.ask import Query
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import case_views, consent_asking, consent_forms, consent_stopping, consents, notices
from bot.services import standing as who_decides
from bot.services.municipality import Context
from bot.store import audit, cases, consent_answers, documents, members, objections, people
from bot.store import consents as store


def may_show_names(context: Context, _query: MayShowNames) -> bool:
    """On the page, as far as this browser may see; in a chat at `full`."""
    if context.account is None:
        return context.most >= Sensitivity.PERSONAL
    return notices.level_of(context, people.person(context.tx, context.actor)) is PrivacyLevel.FULL


def _allowed(context: Context, action: Action, case: CaseId) -> bool:
    found = cases.find(context.tx, case)
    if found is None:
        return False
    roles = cases.roles_in(context.tx, case, context.actor, people.standing_roles(context.tx, context.actor))
    return may(action, roles, found.state)


def _named(context: Context, scope: Scope) -> tuple[RecipientView, ...]:
    return tuple(_recipient(context, recipient, kinds) for recipient, kinds in scope.items())


def _recipient(context: Context, recipient: Recipient, kinds: frozenset[InfoKind]) -> RecipientView:
    name, short = consent_forms.name_of(context, recipient), consent_forms.short_name_of(context, recipient)
    return RecipientView(recipient=recipient, name=name, short=short, kinds=kinds)


def _prepared(context: Context, consent: Consent, stored: consent_answers.StoredAnswer) -> Scope:
    known = store.recipients(context.tx, consent.case)
    return {known[number]: kinds for number, kinds in stored.scope.items() if known[number] in consent.offered}


def _view(context: Context, consent: Consent) -> ConsentView:
    tx, me = context.tx, context.actor
    waiting = consent_answers.unanswered(tx, consent.id) if consent.state is ConsentState.ASKED else ()
    deciding = dict(consent_asking.capacities(who_decides.deciding(context, consent.case, Matter.SHARING)))
    mine = me in deciding and any(person == me for person, _ in waiting)
    prepared = consent_answers.prepared(tx, consent.id, me) if mine else None
    capacity = deciding.get(me)
    return ConsentView(
        consent=consent.id,
        case=consent.case,
        number=cases.get(tx, consent.case).number,
        type=consent.type,
        state=consent.state,
        holds=consent in consents.holding(context, consent.case),
        limited=consent.limited,
        purpose=consent_forms.purpose_of(context, consent),
        asked_on=consent.asked_at.astimezone(OSLO).date(),
        until=consent.until,
        offered=_named(context, consent.offered),
        allowed=_named(context, consent.scope),
        answers=tuple(
            AnswerView(
                name=None if each.person is None else people.person(tx, each.person).name,
                capacity=each.capacity,
                yes=each.yes,
                trust=each.trust,
                on=each.answered_on,
            )
            for each in consent_answers.signed(tx, consent.id)
        ),
        waits_for=len(waiting),
        mine=mine,
        capacity=capacity,
        prepared=None if prepared is None else _named(context, _prepared(context, consent, prepared)),
        prepared_until=None if prepared is None else prepared.until,
        form=consent_forms.form_for(context, consent, capacity or Capacity.SELF),
        documents=tuple(each.id for each in documents.of_case(tx, consent.case) if each.consent == consent.id),
    )


def the_consent(context: Context, query: TheConsent) -> ConsentView | None:
    """One consent."""
    found = store.find(context.tx, query.consent)
    if found is None or not _allowed(context, Action.SEE_SHARING, found.case):
        return None
    audit.record(context.tx, "consent.read", actor=context.actor, case=found.case, consent=found.id)
    return _view(context, found)


def the_sharing(context: Context, query: TheSharing) -> SharingView | None:
    """Everything about sharing in one case (E06)."""
    if not _allowed(context, Action.SEE_SHARING, query.case):
        return None
    audit.record(context.tx, "sharing.read", actor=context.actor, case=query.case)
    return _sharing(context, query.case)


def _sharing(context: Context, case: CaseId) -> SharingView:
    every = store.of_case(context.tx, case)
    return SharingView(
        case=case,
        number=cases.get(context.tx, case).number,
        initials=case_views.initials_of(context, case),
        state=standing(every, context.today),
        consents=tuple(_view(context, each) for each in every if each.state is not ConsentState.RECALLED),
        objection=_objection(context, case),
        may_ask=_allowed(context, Action.ASK_CONSENT, case),
        may_stop=consent_stopping.may_stop(context, case),
        may_object=_allowed(context, Action.OBJECT_TO_SHARING, case),
    )


def _objection(context: Context, case: CaseId) -> ObjectionView | None:
    found = objections.in_force(context.tx, case)
    if found is None:
        return None
    named = (context.municipality.profile.service(each) for each in found.services)
    services = [Text("{service}", {"service": each.name}) for each in named if each is not None]
    since = found.since.astimezone(OSLO).date()
    words = t("You have objected to sharing between health services, since {day}.", day=since)
    if services:
        words = t("You have objected to sharing with {services}, since {day}.", services=services, day=since)
    return ObjectionView(since=since, words=words)


def my_sharing(context: Context, _query: MySharing) -> tuple[SharingView, ...]:
    """In every case of one's own in which one may see it, newest first."""
    return tuple(
        _sharing(context, case) for case in cases.of_party(context.tx, context.actor) if _allowed(context, Action.SEE_SHARING, case)
    )


def asking(context: Context, query: Asking) -> AskingView | None:
    """What is needed to ask, or to write down what came on paper."""
    case, tx = query.case, context.tx
    if not _allowed(context, Action.ASK_CONSENT, case):
        return None
    deciding = who_decides.deciding(context, case, Matter.SHARING)
    waiting = store.asked(tx, case, ConsentType.SHARING)
    return AskingView(
        case=case,
        number=cases.get(tx, case).number,
        initials=case_views.initials_of(context, case),
        possible=_possible(context, case),
        deciders=tuple(_decider(context, person, capacity) for person, capacity in consent_asking.capacities(deciding)),
        all_must_answer=any(each.needed is Needed.ALL for each in deciding.deciders) and len(deciding.deciders) > 1,
        gap=None if deciding.deciders else consent_asking.GAPS[deciding.gap or Gap.PERSON_NOT_KNOWN],
        paper_only=deciding.gap is Gap.PERSON_NOT_KNOWN,
        usual_until=months_after(context.today, context.municipality.profile.consent.usual_months),
        latest=months_after(context.today, MOST_MONTHS),
        waiting=None if waiting is None else waiting.id,
    )


def _decider(context: Context, person: PersonId, capacity: Capacity) -> DeciderView:
    found = people.person(context.tx, person)
    return DeciderView(person=person, name=found.name, capacity=capacity, language=found.language)


def _possible(context: Context, case: CaseId) -> tuple[PossibleRecipient, ...]:
    """Members of the circle, then the services named in the case or with a member in it."""
    circle = members.of_case(context.tx, case)
    found = [
        PossibleRecipient(
            recipient=(each_is := Recipient(member=each.id, service=each.service)),
            name=consent_forms.name_of(context, each_is),
            short=consent_forms.short_name_of(context, each_is),
            sees=each.sees,
            fixed=each.kind == "fixed",
        )
        for each in circle
    ]
    named = (*cases.content(context.tx, case).services, *(each.service for each in circle if each.service))
    for service in dict.fromkeys(named):
        if context.municipality.profile.service(service) is not None:
            to = Recipient(service=service)
            name, short = consent_forms.name_of(context, to), consent_forms.short_name_of(context, to)
            found.append(PossibleRecipient(recipient=to, name=name, short=short, sees=frozenset(), fixed=False))
    return tuple(found)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {
    TheSharing: the_sharing,
    MySharing: my_sharing,
    TheConsent: the_consent,
    MayShowNames: may_show_names,
    Asking: asking,
}
