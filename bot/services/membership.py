"""Who comes into a circle, who leaves it, and what is set for each.

Here: bringing somebody in, inviting, setting what they may see, their answer, and the end. Not here: what they may see now
(`bot.services.circle`), consent. Guarantees: nobody is invited before a consent covers them; leaving ends all access in the same
transaction; a national identity number is never kept.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle import Ended, Member, MemberKind, MemberState, Reach
from bot.domain.circle_commands import AddMember, AnswerAsMember, EndMembership, InviteMember, SetMember
from bot.domain.identity_numbers import REMOVED
from bot.domain.identity_numbers import find as identity_numbers
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import Text, t
from bot.phone import as_stored
from bot.services import circle, consents, notices, plans
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.staff_file import name_key
from bot.store import assignments, audit, cases, channels, links, logins, members, people

HPR: Final = re.compile(r"[0-9]{5,9}")
"""A number in the register of health personnel. Eleven digits would be a national identity number."""
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def add(context: Context, command: AddMember) -> int:
    """Bring somebody into the circle (F05, F12). They learn nothing yet; whoever decides is asked for consent (Herøy)."""
    context.require(Action.CHANGE_CIRCLE, command.case)
    tx, reach = context.tx, _reach(command)
    _refuse_numbers(command)
    service = None if command.service is None else context.municipality.profile.service(command.service)
    if command.service is not None and service is None:
        raise Refused(t("This service is no longer on the list. Please choose again."))
    when_needed = service is not None and service.when_needed
    kind = command.kind or (MemberKind.WHEN_NEEDED if when_needed else MemberKind.FIXED)
    member = members.add(
        tx,
        command.case,
        _person(context, command.name, reach),
        name=command.name,
        title=command.title,
        service=command.service,
        service_words=command.service_words,
        reach=reach,
        kind=kind,
        sees=command.sees,
        by=context.actor,
    )
    if member is None:
        raise Refused(t("{name} is already among those around the person.", name=command.name))
    audit.record(tx, "member.added", actor=context.actor, case=command.case, member=member, kind=kind)
    consents.on_member_added(context, command.case, member)
    return member


def _reach(command: AddMember) -> Reach:
    email, phone, hpr = (None if each is None else each.strip() or None for each in (command.email, command.phone, command.hpr))
    if email is None and phone is None:
        raise Refused(t("Please write an e-mail address or a phone number."))
    if email is not None and not EMAIL.fullmatch(email):
        raise Refused(t("This is not an e-mail address. Please write it again."))
    if hpr is not None and not HPR.fullmatch(hpr):
        raise Refused(t("The HPR number has five to nine digits. Never write a national identity number here."))
    return Reach(email=email, phone=None if phone is None else as_stored(phone) or phone, hpr=hpr)


def _refuse_numbers(command: AddMember) -> None:
    """F12 asks for one or the other number; ours is always the register's, never the person's own."""
    written = (command.name, command.title, command.service_words, command.email, command.phone, command.hpr)
    if any(each is not None and (REMOVED in each or identity_numbers(each)) for each in written):
        raise Refused(t("There is a national identity number in this. We never keep it. Please write it without."))


def _person(context: Context, name: str, reach: Reach) -> PersonId:
    """One professional is one person in every circle, known by e-mail address and name together; else somebody new."""
    tx = context.tx
    if reach.email is not None:
        same = [*members.with_email(tx, reach.email), *filter(None, [logins.staff_login(tx, reach.email)])]
        for who in same:
            if name_key(people.person(tx, who).name or "") == name_key(name):
                return who
    return people.create(tx, language=context.municipality.profile.municipality.language, name=name, phone=reach.phone)


def _open(context: Context, member: MemberId, action: Action) -> Member:
    found = members.find(context.tx, member)
    if found is None:
        raise Refused(NOT_YOURS)
    context.require(action, found.case)
    return found


def invite(context: Context, command: InviteMember) -> str:
    """Ask a member whether they take part, where a consent covers them (E04). A code for whoever has no chat and no login here."""
    tx, member = context.tx, _open(context, command.member, Action.CHANGE_CIRCLE)
    if not circle.sees_now(context, member):
        raise Refused(t("No consent covers {name} yet. Ask for consent first. Nothing was sent.", name=member.name))
    if member.state is MemberState.ADDED and not members.move(tx, member, MemberState.INVITED):
        raise Refused(EARLIER)
    invited = members.find(tx, member.id)
    if invited is None or invited.state not in circle.ASKED:
        raise Refused(EARLIER)
    known = people.person(tx, member.person).account is not None or channels.logs_in(tx, member.person)
    if member.state is MemberState.ADDED:
        text = t("You are asked to take part in case {number}.", number=str(cases.get(tx, member.case).number))
        button = notices.begin(t("Read and answer"), "member", member=member.id)
        circle.tell_member(context, invited, text, None, dedupe_key=f"member/{member.id}/invited", buttons=[button])
    audit.record(tx, "member.invited", actor=context.actor, case=member.case, member=member.id)
    if known:
        return ""
    code = links.issue(tx, member.person)
    audit.record(tx, "link.issued", actor=context.actor, person=member.person)
    return code.spoken


def set_member(context: Context, command: SetMember) -> None:
    """What one member may see from now on (E05), and of which kind they are (F05). What they may no longer see is held."""
    member = _open(context, command.member, Action.CHANGE_CIRCLE)
    if member.ended_at is not None:
        raise Refused(EARLIER)
    members.set_sees(context.tx, member, sees=command.sees, kind=command.kind)
    circle.hold(context, member.case)
    kinds = "+".join(sorted(each.value for each in command.sees))
    audit.record(context.tx, "member.set", actor=context.actor, case=member.case, member=member.id, kind=command.kind, sees=kinds)


def answer(context: Context, command: AnswerAsMember) -> None:
    """A member's yes or no. Only the member answers, or the unit for them; the coordinator and the person are told."""
    tx, member = context.tx, _open(context, command.member, Action.ANSWER_AS_MEMBER)
    if member.person != context.actor:
        context.require(Action.CHANGE_CIRCLE, member.case)
    if command.yes and not circle.sees_now(context, member):
        raise Refused(t("This is not shared with you any more. Nothing was changed."))
    to = MemberState.JOINED if command.yes else MemberState.DECLINED
    if not members.move(tx, member, to, by=context.actor):
        raise Refused(EARLIER)
    audit.record(tx, "member.answered", actor=context.actor, case=member.case, member=member.id, yes=command.yes)
    if command.yes:
        told = t("{name} takes part from {day}.", name=member.name, day=context.today)
        plans.tell_procedure(context, member)
    else:
        told = t("{name} does not take part.", name=member.name)
        _gone(context, member)
    _tell(context, member, told, f"member/{member.id}/answered")


def end_membership(context: Context, command: EndMembership) -> None:
    """Leave by oneself, or be taken out."""
    found = members.find(context.tx, command.member)
    own = found is not None and found.person == context.actor
    member = _open(context, command.member, Action.LEAVE_CIRCLE if own else Action.CHANGE_CIRCLE)
    end(context, member, Ended.LEFT if own else Ended.REMOVED)
    left = t("{name} has left.", name=member.name) if own else t("{name} does not take part any more.", name=member.name)
    _tell(context, member, left, f"member/{member.id}/ended")


def end(context: Context, member: Member, why: Ended) -> None:
    """All access ends now: roles, what was on its way, buttons, a code not used yet. Raises `Refused` where it had ended."""
    if not members.move(context.tx, member, MemberState.ENDED, by=context.actor or None, why=why):
        raise Refused(EARLIER)
    audit.record(context.tx, "member.ended", actor=context.actor or None, case=member.case, member=member.id, why=why)
    _gone(context, member)


def _gone(context: Context, member: Member) -> None:
    circle.hold(context, member.case)
    if not members.of_person(context.tx, member.person) and not people.standing_roles(context.tx, member.person):
        links.revoke(context.tx, member.person)
    consents.on_member_left(context, member.case, member.id)


def end_all(context: Context, case: CaseId) -> None:
    """The case has ended: nobody is of its circle any more."""
    for member in members.of_case(context.tx, case):
        end(context, member, Ended.REMOVED)


def _tell(context: Context, member: Member, text: Text, key: str) -> None:
    """Tell the person, the coordinator and, where neither did it, nobody twice."""
    number = str(cases.get(context.tx, member.case).number)
    told = t("Case {number}: {news}", number=number, news=text)
    button = notices.begin(t("See who is around you"), "circle", case=member.case)
    notices.tell_parties(context, member.case, told, buttons=[button], dedupe_key=key, but_not_reporters=True)
    accepted = assignments.accepted(context.tx, member.case)
    if accepted is not None and accepted.candidate is not None and accepted.candidate != context.actor:
        see = notices.begin(t("See the circle"), "circle", case=member.case)
        notices.tell(context, accepted.candidate, told, case=member.case, buttons=[see], dedupe_key=f"{key}/coordinator")


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    AddMember: add,
    InviteMember: invite,
    SetMember: set_member,
    AnswerAsMember: answer,
    EndMembership: end_membership,
}
