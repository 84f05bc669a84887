"""Taking consent back.

Here: stopping, and an honest list of what had been shared. Not here: what holds (`consents`). Guarantees: it takes effect in the same
transaction, for everything that has not been read yet as well; it works from a chat that nobody has confirmed; one of those who decide is
enough; nothing is asked about why.
"""

from collections.abc import Iterable
from typing import Final

from bot.domain.access import Action, Role, may
from bot.domain.consent import ConsentState, Recipient
from bot.domain.consent_commands import StopSharing
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.domain.rights import Matter
from bot.engine.texts import Text, joined, nt, t
from bot.services import circle, consent_asking, notices, standing
from bot.services.consent_answering import to_journal
from bot.services.consent_forms import name_of
from bot.services.municipality import NOT_YOURS, Context
from bot.store import audit, cases, consent_answers, consents, members, people

READ: Final = frozenset({"circle.read_as_member", "case.read", "document.read"})
MOST: Final = 5000


def may_stop(context: Context, case: CaseId) -> bool:
    """The person, any of those who decide or who have said yes, and, for them, the coordinator and the unit."""
    tx = context.tx
    roles = cases.roles_in(tx, case, context.actor, people.standing_roles(tx, context.actor))
    if not may(Action.STOP_SHARING, roles, cases.get(tx, case).state):
        return False
    if roles & {Role.SELF, Role.KE, Role.KE_LEADER, Role.COORDINATOR, Role.SUBSTITUTE}:
        return True
    if context.actor in {each.person for each in standing.deciders(context, case, Matter.SHARING)}:
        return True
    held = consents.in_force(tx, case, context.today)
    return any(each.person == context.actor for consent in held for each in consent_answers.signed(tx, consent.id))


def mine(context: Context) -> list[CaseId]:
    """The cases in which the actor can stop sharing for themselves or for whom they act."""
    return [case for case in cases.of_party(context.tx, context.actor) if may_stop(context, case)]


def stop(context: Context, command: StopSharing) -> int:
    """Sharing stops (E13); how many lost what they could know."""
    if command.case is None:
        return sum(_stop(context, case, None) for case in mine(context))
    if cases.find(context.tx, command.case) is None or not may_stop(context, command.case):
        raise Refused(NOT_YOURS)
    return _stop(context, command.case, command.recipient)


def _stop(context: Context, case: CaseId, only: Recipient | None) -> int:
    tx, known = context.tx, consents.recipients(context.tx, case)
    numbers = [number for number, each in known.items() if only is None or _meant(context, only, each)]
    ended: set[int] = set()
    for consent in consents.of_case(tx, case):
        if consent.state is ConsentState.GIVEN:
            ended |= set(consent_asking.end(context, consent, numbers, "withdrawn"))
        elif consent.state is ConsentState.ASKED:
            consent_asking.end(context, consent, numbers, "withdrawn")
    audit.record(tx, "consent.stopped", actor=context.actor, case=case, whole=only is None, ended=len(ended))
    tx.touch(case)
    circle.hold(context, case)  # first, so that what they never got is not told as something they know
    _tell(context, case, ended, shared_already(context, case, [known[number] for number in numbers]), only)
    return len(ended)


def _meant(context: Context, only: Recipient, each: Recipient) -> bool:
    """Whoever is meant by a name: the person, wherever named; and their service, else they would still know through it."""
    if only.member is not None and each.member is not None:
        return each.member == only.member
    service = _service(context, only)
    return service is not None and _service(context, each) == service


def _service(context: Context, recipient: Recipient) -> str | None:
    if recipient.service is not None or recipient.member is None:
        return recipient.service
    member = members.find(context.tx, recipient.member)
    return None if member is None else member.service


def _tell(context: Context, case: CaseId, ended: Iterable[int], told: tuple[Text, ...], only: Recipient | None) -> None:
    """The coordinator and the unit, and everybody who decides: with what had been shared, since that cannot be made undone."""
    tx, number = context.tx, str(cases.get(context.tx, case).number)
    at = audit.head(tx).number  # that of this deed
    known = consents.recipients(tx, case)
    names = [name_of(context, known[each]) for each in sorted(ended)]
    if names:
        whom = joined(*names, by="; ")
        said = t("Case {number}: sharing has been stopped. They may know nothing more: {whom}.", number=number, whom=whom)
        consent_asking.staff_told(context, case, said, f"case/{case}/stopped/{at}", cannot_wait=True)
        to_journal(context, case, f"case/{case}/stopped/{at}/journal")
    first = t("Case {number}: sharing has been stopped.", number=number)
    if only is not None:
        first = t("Case {number}: sharing with {who} has been stopped.", number=number, who=name_of(context, only))
    text = joined(
        first,
        t("What they had been told before:") if told else t("Nobody had been told anything."),
        *told,
        *((t("We cannot make that undone. You can ask them what they keep, and to delete it."),) if told else ()),
    )
    for who in sorted(_deciding(context, case)):
        notices.tell(context, who, text, case=case, dedupe_key=f"case/{case}/stopped/{at}/{who}", cannot_wait=True)


def _deciding(context: Context, case: CaseId) -> set[PersonId]:
    found = {each.person for each in standing.deciders(context, case, Matter.SHARING)}
    parties = {person for person, _ in cases.parties(context.tx, case)}
    return found | ({context.actor} & parties)


def shared_already(context: Context, case: CaseId, recipients: Iterable[Recipient]) -> tuple[Text, ...]:
    """For each person named: how much they were told, and when they looked last. From the audit, so nothing is left out."""
    entries = audit.of_case(context.tx, case, MOST)
    lines = []
    for each in _persons(context, case, recipients):
        member = members.find(context.tx, each)
        assert member is not None
        held = sum(entry.action == "member.held" and entry.detail.get("member") == each for entry in entries)
        told = [entry.at for entry in entries if entry.action == "member.told" and entry.detail.get("member") == each]
        read = [entry.at for entry in entries if entry.action in READ and entry.actor == member.person]
        if len(told) <= held and not read:
            continue
        last = max((*told, *read)).astimezone(OSLO).date()
        name = name_of(context, Recipient(member=each))
        count = max(len(told) - held, 0)
        lines.append(
            t(
                "{who}: {told}, {read}. The last time was {day}.",
                who=name,
                told=nt("{n} message", "{n} messages", count),
                read=nt("has looked {n} time", "has looked {n} times", len(read)),
                day=last,
            )
        )
    return tuple(lines)


def _persons(context: Context, case: CaseId, recipients: Iterable[Recipient]) -> tuple[MemberId, ...]:
    """Everybody of the circle, now or before, who is meant."""
    wanted = list(recipients)
    every = members.of_case(context.tx, case, ended_too=True)
    return tuple(each.id for each in every if any(_meant(context, named, Recipient(member=each.id)) for named in wanted))
