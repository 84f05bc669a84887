"""What consent covers, for everybody who is about to tell somebody something.

Here: the questions the rest of the services ask of consent. Not here: asking for it, answering it and taking it back (the modules beside
this one). Guarantee: where no consent in force names somebody, the answer is that they may know nothing.
"""

from bot.domain.consent import ConsentType, InfoKind, SharingState, shared_with, standing
from bot.domain.ids import CaseId, MemberId
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services.municipality import Context
from bot.store import consents, members


def covers(context: Context, case: CaseId, member: MemberId) -> frozenset[InfoKind]:
    """What this member may be told today.

    Where the municipality asks anew for everybody who comes (Herøy), a consent to a service covers only those who were of the circle
    when it was given.
    """
    found = members.find(context.tx, member)
    if found is None or found.case != case:
        return frozenset()
    holding = consents.in_force(context.tx, case, context.today)
    if context.municipality.profile.consent.renew_when_added:
        holding = tuple(each for each in holding if each.given_at is not None and found.added_at <= each.given_at)
    return shared_with(holding, member, found.service, context.today)


def require_covered(context: Context, case: CaseId, member: MemberId, kind: InfoKind) -> None:
    """Raise `Refused` unless this member may be told this kind of thing (E04: Herøy, Individuell plan – møte)."""
    if kind not in covers(context, case, member):
        raise Refused(t("No consent covers this person yet. Ask for consent first. Nothing was sent."))


def group_allowed(context: Context, case: CaseId) -> bool:
    """May a responsibility group be set up? Only with a consent to sharing in force (E01: Ås, Ansvarsgruppe)."""
    return any(each.type is ConsentType.SHARING for each in consents.in_force(context.tx, case, context.today))


def cooperation_allowed(context: Context, case: CaseId) -> bool:
    """May services meet about the person without a group? With a consent to that, or to the sharing itself (E08: Lund § 11.4)."""
    return bool(consents.in_force(context.tx, case, context.today))


def sharing_state(context: Context, case: CaseId) -> SharingState:
    """Where consent stands in a case (E17)."""
    return standing(consents.of_case(context.tx, case), context.today)
