"""Somebody stands in for a coordinator: asked, briefed, with access for exactly that time, and the person told.

Here: Ås' rule (Bytte av koordinator) from the question to the end of the time. Not here: days away (`bot.services.away`). Guarantees:
nobody stands in without their own yes; the person is told who and how long in the transaction of the yes; when it ends early or by the
clock the coordinator has the case again, or the unit does while the coordinator is away.
"""

from datetime import timedelta
from typing import Final

from bot.domain.access import Action, Role
from bot.domain.ids import CaseId, PersonId, SubstituteId
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.domain.substitute_commands import AnswerSubstitute, EndSubstitute, ProposeSubstitute
from bot.domain.substitutes import OPEN_SUBSTITUTE, Span, Substitute, SubstituteScope, SubstituteState
from bot.engine.texts import Text, joined, t
from bot.phone import readable
from bot.services import cover, notices
from bot.services.appointing import leader_of
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.store import assignments, audit, cases, members, people, stands
from bot.store import substitutes as store

LONGEST: Final = timedelta(days=366)


def number_of(context: Context, case: CaseId) -> str:
    """A case's number, as notices name it."""
    return str(cases.get(context.tx, case).number)


def name_of(context: Context, who: PersonId) -> Text:
    """Somebody of staff by name."""
    return notices.named(people.person(context.tx, who), t("A member of staff"))


def knows(context: Context, case: CaseId, who: PersonId) -> bool:
    """Does somebody know the person already, as one of those around them?"""
    return members.in_circle(context.tx, case, who) is not None


def may_stand_in(context: Context, case: CaseId, who: PersonId) -> bool:
    """Staff with a coordinator's or a leader's role; other professionals of the municipality where they know the person (Ås, Bytte)."""
    standing = people.standing_roles(context.tx, who)
    return bool(standing & {Role.COORDINATOR, Role.LEADER}) or (bool(standing & stands.AT_WORK) and knows(context, case, who))


def propose(context: Context, command: ProposeSubstitute) -> int:
    """Ask somebody to stand in (N17). The substitute's id."""
    context.require(Action.PROPOSE_SUBSTITUTE, command.case)
    tx = context.tx
    accepted = assignments.accepted(tx, command.case)
    # A coordinator may have let go while the question stood there.
    if accepted is None or accepted.candidate is None:
        raise Refused(t("Nobody coordinates here now, so nobody can stand in. Find a coordinator first."))
    time = Span(starts_at=max(command.starts_at, tx.now), ends_at=command.ends_at)
    if time.starts_at >= time.ends_at or time.ends_at - time.starts_at > LONGEST:
        raise Refused(t("The time must end after it begins, and be at most a year. Nothing was changed."))
    if command.person == accepted.candidate or not may_stand_in(context, command.case, command.person):
        raise Refused(t("This person cannot be asked to stand in. Nothing was changed."))
    if any(each.state in OPEN_SUBSTITUTE and _overlap(each.time, time) for each in store.of_case(tx, command.case)):
        raise Refused(t("Somebody has been asked for that time already. Take the question back first."))
    substitute = store.propose(
        tx,
        command.case,
        command.person,
        instead_of=accepted.candidate,
        scope=command.scope,
        time=time,
        note=command.note,
        by=context.actor,
    )
    days = context.municipality.profile.deadlines.candidate_answer_working_days
    by = context.municipality.calendar.add_working_days(context.today, days)
    text = t(
        "You are asked to stand in for {name} in case {number}, from {start} to {end}. Please answer by {day}.",
        name=name_of(context, accepted.candidate),
        number=number_of(context, command.case),
        start=time.shown()[0],
        end=time.shown()[1],
        day=by,
    )
    button = notices.begin(t("Read and answer"), "substitute_answer", substitute=substitute)
    notices.tell(context, command.person, text, case=command.case, buttons=[button], dedupe_key=f"substitute/{substitute}/asked")
    audit.record(tx, "substitute.proposed", actor=doer(context), case=command.case, substitute=substitute, person=command.person)
    return substitute


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def found(context: Context, substitute: SubstituteId) -> Substitute:
    """A substitute by id. Raises `Refused`."""
    one = store.find(context.tx, substitute)
    if one is None:
        raise Refused(EARLIER)
    return one


def answer(context: Context, command: AnswerSubstitute) -> None:
    """The yes or no of the one asked; the unit may note what was said on the phone."""
    asked = found(context, command.substitute)
    context.require(Action.ANSWER_SUBSTITUTE, asked.case)
    tx = context.tx
    ke = people.standing_roles(tx, context.actor) & {Role.KE, Role.KE_LEADER}
    if asked.state is not SubstituteState.PROPOSED or asked.time.ends_at <= tx.now or (context.actor != asked.person and not ke):
        raise Refused(EARLIER)
    audit.record(tx, "substitute.answered", actor=doer(context), case=asked.case, substitute=asked.id, yes=command.yes)
    if command.yes:
        store.move(tx, asked, SubstituteState.ACCEPTED)
        _tell_of_yes(context, asked)
    else:
        store.move(tx, asked, SubstituteState.DECLINED)
        if command.reason:
            store.write(tx, asked, "refusal", command.reason)
        _tell_of_no(context, asked, command.reason)
    cover.settle(context, asked.case)


def _tell_of_yes(context: Context, asked: Substitute) -> None:
    number, name, coordinator = number_of(context, asked.case), name_of(context, asked.person), name_of(context, asked.instead_of)
    told: Text = t(
        "{name} stands in for your coordinator {coordinator}, from {start} to {end}.",
        name=name,
        coordinator=coordinator,
        start=asked.time.shown()[0],
        end=asked.time.shown()[1],
    )
    if phone := people.person(context.tx, asked.person).phone:
        told = joined(told, t("You reach {name} on {phone}.", name=name, phone=readable(phone, cases.get(context.tx, asked.case).language)))
    told = joined(told, t("After that, {old} is there for you again.", old=coordinator))
    button = notices.begin(t("See my case"), "my_case", case=asked.case)
    key = f"substitute/{asked.id}/yes"
    notices.tell_parties(context, asked.case, told, buttons=[button], dedupe_key=key, but_not_reporters=True)
    staff = t(
        "{name} stands in for {old} in case {number}, from {start} to {end}.",
        name=name,
        old=coordinator,
        number=number,
        start=asked.time.shown()[0],
        end=asked.time.shown()[1],
    )
    for who in sorted({asked.instead_of, asked.proposed_by, *_leader(context, asked)} - {asked.person, context.actor}):
        notices.tell(context, who, staff, case=asked.case, dedupe_key=f"{key}/{who}")


def _leader(context: Context, asked: Substitute) -> set[PersonId]:
    leader = leader_of(context, people.person(context.tx, asked.instead_of).department)
    return set() if leader is None else {leader}


def _tell_of_no(context: Context, asked: Substitute, reason: str | None) -> None:
    text: Text = t("Case {number}: {name} cannot stand in.", number=number_of(context, asked.case), name=name_of(context, asked.person))
    if reason:
        text = joined(text, t("They wrote: {words}", words=reason))
    button = notices.begin(t("Ask somebody else"), "substitute", case=asked.case)
    key = f"substitute/{asked.id}/no"
    notices.tell(context, asked.proposed_by, text, case=asked.case, buttons=[button], dedupe_key=key)


def end(context: Context, command: EndSubstitute) -> None:
    """Take the question back, or end it before the time."""
    asked = found(context, command.substitute)
    context.require(Action.END_SUBSTITUTE, asked.case)
    if asked.state not in OPEN_SUBSTITUTE:
        raise Refused(EARLIER)
    end_now(context, asked)


def end_now(context: Context, asked: Substitute) -> None:
    """Whoever was asked need not answer; whoever stood in has no access from this moment, and the person is told."""
    tx, key = context.tx, f"substitute/{asked.id}/ended"
    was_there = asked.state is SubstituteState.ACCEPTED
    if not store.move(tx, asked, SubstituteState.ENDED if was_there else SubstituteState.RECALLED):
        raise Refused(EARLIER)
    audit.record(tx, "substitute.ended", actor=doer(context), case=asked.case, substitute=asked.id)
    number = number_of(context, asked.case)
    if context.actor != asked.person and people.standing_roles(tx, asked.person) & stands.AT_WORK:
        over = t("Thank you for standing in. Case {number} is no longer with you.", number=number)
        recalled = t("You do not have to answer about case {number} any more.", number=number)
        notices.tell(context, asked.person, over if was_there else recalled, case=asked.case, dedupe_key=key)
    uncovered = cover.settle(context, asked.case)
    coordinator = assignments.accepted(tx, asked.case)
    if was_there and coordinator is not None and coordinator.candidate == asked.instead_of:
        _tell_of_end(context, asked, uncovered=uncovered)


def _tell_of_end(context: Context, asked: Substitute, *, uncovered: bool) -> None:
    """The coordinator has the case again; the person hears it, but not the moment after a single meeting, as they were told before."""
    key, coordinator = f"substitute/{asked.id}/ended", name_of(context, asked.instead_of)
    if context.actor != asked.instead_of:
        back = t("Case {number} is with you again. Nobody stands in any more.", number=number_of(context, asked.case))
        notices.tell(context, asked.instead_of, back, case=asked.case, dedupe_key=f"{key}/coordinator")
    name = name_of(context, asked.person)
    told: Text = t("{name} no longer stands in. {coordinator} is your coordinator.", name=name, coordinator=coordinator)
    if uncovered:
        told = t("{name} no longer stands in. Until we have found somebody else, you can turn to us.", name=name)
        if phone := context.municipality.phone:
            told = joined(told, t("Phone us on {phone}.", phone=phone), by=" ")
    if uncovered or asked.scope is SubstituteScope.PERIOD or asked.time.ends_at > context.tx.now:
        notices.tell_parties(context, asked.case, told, dedupe_key=f"{key}/person", but_not_reporters=True)


def end_all(context: Context, case: CaseId) -> None:
    """Nobody stands in any more: the case has ended, or has another coordinator."""
    for each in store.of_case(context.tx, case):
        if each.state in OPEN_SUBSTITUTE:
            end_now(context, each)


def time_is_over(context: Context, asked: Substitute) -> None:
    """By the clock: the coordinator has the case again (N19). Access ended at the moment itself, whenever this is said."""
    if asked.state in OPEN_SUBSTITUTE and asked.time.ends_at <= context.tx.now:
        end_now(context, asked)


def begins(context: Context, asked: Substitute, key: str) -> None:
    """The day it begins: the substitute is reminded, with the way to what they must know (Ås: well informed)."""
    text = t(
        "You stand in in case {number} until {end}. Read what you must know first.",
        number=number_of(context, asked.case),
        end=asked.time.shown()[1],
    )
    button = notices.begin(t("What I must know"), "hand_over_pack", case=asked.case)
    notices.tell(context, asked.person, text, message_class=MessageClass.REMINDER, case=asked.case, buttons=[button], dedupe_key=key)
