"""Partners are told who coordinates, and who has answered; when the coordinator can be reached.

Here: telling whom a consent covers, and nobody else (Rana, Oppstart 5 and "Kontakt alle involverte samarbeidspartnere"). Not here: what a
member may see (`bot.services.circle`). Guarantees: before a consent nobody is contacted (D04); the message is neutral: who coordinates,
in which case, how to reach them, and that changes should be told.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle import IN_CIRCLE, TAKES_PART, Member
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.office_hours import OfficeHours, next_open
from bot.domain.phone_numbers import readable
from bot.domain.refusal import Refused
from bot.domain.startup_commands import AnswerIntroduction, HoursView, Introduce, MyHours, NoteIntroduced, SetOfficeHours, TheHours
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, joined, t
from bot.services import circle, notices
from bot.services.case_views import initials_of
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import assignments, audit, cases, members, people
from bot.store import introductions as store


def coordinator_of(context: Context, case: CaseId) -> PersonId:
    """Who coordinates now. Raises `Refused` where nobody does."""
    accepted = assignments.accepted(context.tx, case)
    if accepted is None or accepted.candidate is None:
        raise Refused(t("There is no coordinator to tell of yet."))
    return accepted.candidate


def covered(context: Context, member: Member) -> bool:
    """May this member know who coordinates now? Only what a consent names counts (D04)."""
    return InfoKind.CONTACT in circle.sees_now(context, member)


def partners(context: Context, case: CaseId) -> tuple[Member, ...]:
    """Everybody of the circle who is still in it."""
    return tuple(each for each in members.of_case(context.tx, case) if each.state in IN_CIRCLE)


def to_tell(context: Context, case: CaseId, coordinator: PersonId) -> tuple[Member, ...]:
    """Those who take part, whom a consent covers, and who have not been told of this coordinator yet."""
    told = store.of_case(context.tx, case, coordinator)
    return tuple(
        each
        for each in partners(context, case)
        if each.state in TAKES_PART and each.person != coordinator and each.id not in told and covered(context, each)
    )


def introduce(context: Context, command: Introduce) -> int:
    """Tell each of them once (D10), through the circle's own gate. Refused before anybody is covered."""
    context.require(Action.FIRST_CONTACT, command.case)
    coordinator = coordinator_of(context, command.case)
    if not any(covered(context, each) for each in partners(context, command.case)):
        raise Refused(t("No consent covers anybody yet. Ask for consent first. Nothing was sent."))
    text, told = _words(context, command.case, coordinator), 0
    for member in to_tell(context, command.case, coordinator):
        read = notices.act(t("I have read it"), "AnswerIntroduction", member=member.id)
        key = f"introduction/{coordinator}/{member.id}"
        if circle.tell_member(context, member, text, InfoKind.CONTACT, dedupe_key=key, buttons=[read]):
            store.introduce(context.tx, command.case, member.id, coordinator)
            told += 1
    audit.record(context.tx, "coordinator.introduced", actor=context.actor, case=command.case, told=told)
    return told


def _words(context: Context, case: CaseId, coordinator: PersonId) -> Text:
    person, number = people.person(context.tx, coordinator), str(cases.get(context.tx, case).number)
    name = notices.named(person, t("A member of staff"))
    text = t("{name} is the coordinator for {initials}, case {number}.", name=name, initials=initials_of(context, case), number=number)
    text = joined(text, t("Please tell the coordinator when something changes in what you do."), by=" ")
    phone = person.phone or context.municipality.profile.contact.best_phone()
    if phone is None:
        return text
    hours = hours_of(context, coordinator)
    return joined(text, t("Phone: {phone}, from {opens} to {closes}", phone=readable(phone), opens=hours.opens, closes=hours.closes))


def _found(context: Context, which: MemberId) -> Member:
    found = members.find(context.tx, which)
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def answer(context: Context, command: AnswerIntroduction) -> None:
    """The partner has read it. Only they can say so, while they take part."""
    member = _found(context, command.member)
    if member.person != context.actor or member.state not in TAKES_PART:
        raise Refused(NOT_YOURS)
    _answered(context, member)


def note(context: Context, command: NoteIntroduced) -> None:
    """The coordinator has told them by phone or face to face, as the consent allows."""
    member = _found(context, command.member)
    context.require(Action.FIRST_CONTACT, member.case)
    if not covered(context, member):
        raise Refused(t("No consent covers {name}. Ask for consent first.", name=member.name))
    store.introduce(context.tx, member.case, member.id, coordinator_of(context, member.case))
    _answered(context, member)


def _answered(context: Context, member: Member) -> None:
    if not store.answered(context.tx, member.case, member.id, coordinator_of(context, member.case)):
        raise Refused(EARLIER)
    audit.record(context.tx, "introduction.answered", actor=context.actor, case=member.case, member=member.id)


def hours_of(context: Context, person: PersonId) -> OfficeHours:
    """As they have set them; else the hours of the unit, from the profile (D16)."""
    contact = context.municipality.profile.contact
    return store.hours(context.tx, person) or OfficeHours(opens=contact.opens, closes=contact.closes)


def set_hours(context: Context, command: SetOfficeHours) -> None:
    """The actor's own hours."""
    context.require(Action.OFFICE_HOURS)
    if command.opens >= command.closes or not command.days:
        raise Refused(t("It must open before it closes, on one day at least. Please choose again."))
    hours = OfficeHours(opens=command.opens, closes=command.closes, days=tuple(sorted(set(command.days))))
    store.set_hours(context.tx, context.actor, hours)
    audit.record(context.tx, "hours.set", actor=context.actor)


def the_hours(context: Context, query: TheHours) -> HoursView | None:
    """When the coordinator can be reached, for those who see what is in the case."""
    accepted = assignments.accepted(context.tx, query.case)
    if accepted is None or accepted.candidate is None or not context.may(Action.SEE_CONTENT, query.case):
        return None
    hours = hours_of(context, accepted.candidate)
    opens = next_open(hours, context.tx.now, context.municipality.calendar)
    return HoursView(hours=hours, open_now=opens == context.tx.now, next_open=opens)


def my_hours(context: Context, _query: MyHours) -> OfficeHours:
    """The reader's own."""
    return hours_of(context, context.actor)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    Introduce: introduce,
    AnswerIntroduction: answer,
    NoteIntroduced: note,
    SetOfficeHours: set_hours,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheHours: the_hours, MyHours: my_hours}
