"""What consent covers, and what the people around a case change in that.

Here: the questions the rest of the services ask of consent, and what they tell it. Not here: asking, answering and taking back (the modules
`consent_asking`, `consent_answering`, `consent_stopping`). Guarantees: where no consent in force names somebody, they may know nothing; a
consent given by somebody who no longer decides covers nothing from that midnight, whether or not it has been noted yet.
"""

from bot.domain.consent import TEXT_VERSION, Capacity, Consent, ConsentState, ConsentType, InfoKind, Recipient, SharingState, shared_with
from bot.domain.consent import standing as standing_of
from bot.domain.ids import CaseId, MemberId
from bot.domain.refusal import Refused
from bot.domain.rights import Gap, Matter, Needed
from bot.engine.texts import t
from bot.services import consent_asking, notices, standing
from bot.services.consent_forms import name_of
from bot.services.municipality import Context
from bot.store import consent_answers, consents, lapses, members


def holding(context: Context, case: CaseId) -> tuple[Consent, ...]:
    """What holds today: in force, and given by those who decide today."""
    return tuple(each for each in consents.in_force(context.tx, case, context.today) if still_decided(context, each))


def still_decided(context: Context, consent: Consent) -> bool:
    """Did those who decide today give it? What the person gave before they could no longer decide, holds until its day."""
    tx, case = context.tx, consent.case
    said = [each for each in consent_answers.signed(tx, consent.id) if each.yes]
    themself = any(each.capacity is Capacity.SELF for each in said)
    if themself and Matter.SHARING in lapses.lapsed(tx, case, context.today):
        return True
    now = standing.deciding(context, case, Matter.SHARING)
    if not now.deciders:
        return now.gap is Gap.PERSON_NOT_KNOWN and themself
    if any(each.person is None for each in said) and any(each.capacity.value == Capacity.SELF.value for each in now.deciders):
        return True  # signed on paper by the person, before they were known here
    gave, need = {each.person for each in said}, {each.person for each in now.deciders}
    return need <= gave if now.deciders[0].needed is Needed.ALL else bool(need & gave)


def covers(context: Context, case: CaseId, member: MemberId) -> frozenset[InfoKind]:
    """What this member may be told today.

    Where the municipality asks anew for everybody who comes (Herøy), and where the form has changed since, a consent to a service covers
    only those who were of the circle when it was asked.
    """
    found = members.find(context.tx, member)
    if found is None or found.case != case:
        return frozenset()
    renews = context.municipality.profile.consent.renew_when_added
    held = [each for each in holding(context, case) if member <= each.newest_member or not (renews or each.text_version < TEXT_VERSION)]
    return shared_with(held, member, found.service, context.today)


def require_covered(context: Context, case: CaseId, member: MemberId, kind: InfoKind) -> None:
    """Raise `Refused` unless this member may be told this kind of thing (E04: Herøy, Individuell plan – møte)."""
    if kind not in covers(context, case, member):
        raise Refused(t("No consent covers this person yet. Ask for consent first. Nothing was sent."))


def group_allowed(context: Context, case: CaseId) -> bool:
    """May a responsibility group be set up? Only with a consent to sharing in force (E01: Ås, Ansvarsgruppe)."""
    return any(each.type is ConsentType.SHARING for each in holding(context, case))


def cooperation_allowed(context: Context, case: CaseId) -> bool:
    """May services meet about the person without a group? With a consent to that, or to sharing (E08: Lund § 11.4)."""
    return bool(holding(context, case))


def sharing_state(context: Context, case: CaseId) -> SharingState:
    """Where consent stands in a case (E17)."""
    return standing_of(consents.of_case(context.tx, case), context.today)


def on_member_added(context: Context, case: CaseId, member: MemberId) -> bool:
    """Somebody is new in the circle; whether those who decide have been asked anew.

    With renewal (Herøy) they are asked at once, about everybody. Otherwise the person is told where a consent to the service covers the
    new one (E11), and whoever is not covered is not told anything before the coordinator has asked.
    """
    found = members.find(context.tx, member)
    held = [each for each in holding(context, case) if each.type is ConsentType.SHARING]
    if found is None or not held:
        return False
    if context.municipality.profile.consent.renew_when_added and found.sees:
        new = Recipient(member=member, service=found.service)
        return consent_asking.ask_anew(context, held, {new: found.sees})
    if covers(context, case, member):
        who = name_of(context, Recipient(member=member))
        text = t("{who} is new here. You have said yes to share with this service, so they may know the same.", who=who)
        stop = notices.begin(t("Stop sharing"), "stop_sharing", case=case)
        for decider in standing.deciders(context, case, Matter.SHARING):
            notices.tell(context, decider.person, text, case=case, buttons=[stop], dedupe_key=f"member/{member}/covered/{decider.person}")
    return False


def on_member_left(context: Context, case: CaseId, member: MemberId) -> None:
    """Somebody has left the circle: no consent names them any more. Coming back takes a new yes."""
    numbers = [number for number, each in consents.recipients(context.tx, case).items() if each.member == member]
    for each in consents.of_case(context.tx, case):
        if each.state in {ConsentState.GIVEN, ConsentState.ASKED}:
            consent_asking.end(context, each, numbers, "left")


def on_right_to_decide_changed(context: Context, case: CaseId) -> None:
    """Somebody else may decide from now on: what they did not give ends, and a question to others is taken back.

    They are asked anew in the morning (`bot.domain.reminders.consent`), since a birthday begins at midnight.
    """
    tx = context.tx
    numbers = list(consents.recipients(tx, case))
    for each in consents.of_case(tx, case):
        waits = each.state is ConsentState.ASKED and consent_asking.asks_others(context, each)
        if waits or (each.in_force(context.today) and not still_decided(context, each)):
            consent_asking.end(context, each, numbers, "lapsed")


def on_case_ended(context: Context, case: CaseId) -> None:
    """A case has ended: so has every consent in it, and every question (P05)."""
    numbers = list(consents.recipients(context.tx, case))
    for each in consents.of_case(context.tx, case):
        if each.state is ConsentState.GIVEN:
            consent_asking.end(context, each, numbers, "lapsed")
        elif each.state is ConsentState.ASKED:
            consents.close(context.tx, each, "recalled")
