"""My contacts and my dates: what the person needs to keep track by themselves.

Here: the pack from today's facts, and as a document. Not here: the file (`bot.pdf`) and its address (`bot.web.documents`). Guarantees: it
holds nothing the person may not see; a member's own phone and e-mail never stand in it, only their service's public number; it can still
be had after the case has ended.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import LIVING, TalkState
from bot.domain.circle import TAKES_PART, Member, MemberState
from bot.domain.documents import Bullets, Document, Heading, Line, Lines, Paragraph
from bot.domain.documents import Part as DocumentPart
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingState, Part
from bot.domain.member_tasks import MemberTaskState, words_of
from bot.domain.own_pack import MEETINGS, TALKS, OwnPackView, PackContact, TheOwnPack
from bot.domain.phone_numbers import readable
from bot.engine.ask import Query
from bot.engine.texts import Text, t, verbatim
from bot.services import consents
from bot.services.municipality import Context
from bot.services.printing import marker
from bot.store import assignments, audit, cases, meetings, member_tasks, members, people, talks
from bot.store.database import Tx


def the_own_pack(context: Context, query: TheOwnPack) -> OwnPackView | None:
    """The pack; None where one may not have it."""
    tx, case = context.tx, query.case
    if not context.may(Action.OWN_PACK, case):
        return None
    audit.record_look(tx, "pack.read", actor=context.actor, case=case)
    return OwnPackView(
        case=case,
        number=cases.get(tx, case).number,
        contacts=tuple(_contacts(context, case)),
        meetings=tuple(sorted((each for each in _moments(tx, case) if each[0] > tx.now), key=lambda each: each[0])),
        days=tuple(sorted(_days(context, case), key=lambda each: each[0])),
    )


def _moments(tx: Tx, case: CaseId) -> Iterator[tuple[datetime, Text]]:
    """What is agreed with the person's side, and what happens there. Services that meet among themselves do not call them."""
    for meeting in meetings.of_case(tx, case):
        theirs = any(each.part in {Part.RECIPIENT, Part.PARTY} for each in meeting.invited)
        if theirs and meeting.state is MeetingState.CALLED and meeting.at is not None:
            yield meeting.at, MEETINGS[meeting.kind]
    for talk in talks.of_case(tx, case):
        if talk.state is TalkState.BOOKED and talk.at is not None:
            yield talk.at, TALKS[talk.kind]


def _contacts(context: Context, case: CaseId) -> Iterator[PackContact]:
    language = people.person(context.tx, context.actor).language
    accepted = assignments.accepted(context.tx, case)
    if accepted is not None and accepted.candidate is not None:
        name = people.person(context.tx, accepted.candidate).name or ""
        yield PackContact(name=name, what=t("your coordinator"), phone=context.municipality.phone)
    for member in _around(context, case):
        service = context.municipality.profile.service(member.service) if member.service else None
        phone = readable(service.phone) if service is not None and service.phone else None
        where = verbatim(member.title)
        if service is not None:
            where = t("{title}, {service}", title=member.title, service=service.name.in_language(language))
        yield PackContact(name=member.name, what=where, phone=phone)
    unit = context.municipality.profile.municipality
    yield PackContact(name=unit.unit.in_language(language), what=t("can help you further"), phone=context.municipality.phone)


def _around(context: Context, case: CaseId) -> tuple[Member, ...]:
    """Those who take part; where the case has ended, those who did so until then."""
    if cases.get(context.tx, case).state in LIVING:
        return tuple(each for each in members.of_case(context.tx, case) if each.state in TAKES_PART)
    every = [each for each in members.of_case(context.tx, case, ended_too=True) if each.state is MemberState.ENDED and each.joined_at]
    last = max((each.ended_at for each in every if each.ended_at is not None), default=None)
    return tuple(each for each in every if each.ended_at == last)


def _days(context: Context, case: CaseId) -> Iterator[tuple[date, Text]]:
    for consent in consents.holding(context, case):
        yield consent.until, t("The last day of what you have said yes to share. After that it ends by itself.")
    for task in member_tasks.of_case(context.tx, case):
        if task.state is MemberTaskState.OPEN and task.owner == context.actor:
            yield task.due_on, t("You do this: {words}", words=words_of(task.code, task.words))


def document(context: Context, case: CaseId) -> Document | None:
    """The pack to print or keep; None where one may not have it."""
    view = the_own_pack(context, TheOwnPack(case))
    if view is None:
        return None
    parts: list[DocumentPart] = [Heading(text=t("Who you can turn to")), Lines(lines=tuple(_line(each) for each in view.contacts))]
    if view.meetings or view.days:
        days = [t("{moment}: {what}", moment=at, what=what) for at, what in view.meetings]
        days += [t("{day}: {what}", day=day, what=what) for day, what in view.days]
        parts += [Heading(text=t("Days to remember")), Bullets(items=tuple(days))]
    parts.append(Paragraph(text=t("If something changes, you can begin again whenever you want. One press or one phone call is enough.")))
    return Document(
        title=t("My contacts and dates, case {number}", number=str(view.number)),
        author=verbatim(context.municipality.profile.municipality.display_name),
        marker=marker(context),
        parts=tuple(parts),
    )


def _line(each: PackContact) -> Line:
    value = each.what if each.phone is None else t("{what}, phone {phone}", what=each.what, phone=each.phone)
    return Line(label=verbatim(each.name), value=value)


ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheOwnPack: the_own_pack}
