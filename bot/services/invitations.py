"""Inviting people to a meeting, and telling them what changed.

Here: who is told what about a called meeting. Not here: calling it (`bot.services.meetings`), and answers. Guarantees: a member is told
only through `bot.services.circle`, and so only what a consent names now; nobody whom the recipient does not want there is told anything.
"""

from collections.abc import Sequence
from datetime import datetime, time
from enum import StrEnum
from typing import Final

from bot.domain.attendance import Reply
from bot.domain.called_in import slot
from bot.domain.circle import Member
from bot.domain.consent import InfoKind
from bot.domain.ids import PersonId
from bot.domain.meeting_places import AT
from bot.domain.meetings import Meeting, MeetingKind, Part, Participant
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from bot.services import circle, ladder, notices, replaced
from bot.services.mailing import Enclosed
from bot.services.municipality import Context
from bot.services.passage import NoticeButton
from bot.store import attendance


class Change(StrEnum):
    """What those who are to come are told."""

    CALLED = "called"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"


OLD: Final = {
    Change.MOVED: t("This meeting has been moved. The new time stands in a newer message."),
    Change.CANCELLED: t("This meeting is off."),
}
"""What earlier messages about it say instead, in place."""


def tell_invited(
    context: Context,
    meeting: Meeting,
    text: Text,
    *,
    key: str,
    buttons: Sequence[NoticeButton] = (),
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
    useful_until: datetime | None = None,
    over_at: datetime | None = None,
    hint_buttons: Sequence[NoticeButton] = (),
    but_not_parties: bool = False,
    calendar: bool = False,
    to_actor_too: bool = False,
    comes: PersonId | None = None,
) -> None:
    """Tell everybody who is to come, each in their own language, but for whoever does it. `calendar`: an invitation, or a change of one.

    `to_actor_too`: whoever of the person's side does it is told as well. `comes`: whoever called it, who is told in another way.

    Then a member whom nothing of ours reaches is phoned (H08).
    """
    enclosed = Enclosed(meeting=meeting.id, calendar=calendar)
    ours = {Part.RECIPIENT, Part.PARTY} if to_actor_too else set()
    invited = [each for each in meeting.invited if each.person != comes and (each.person != context.actor or each.part in ours)]
    members = frozenset(each.person for each in invited if each.part is Part.MEMBER)
    own = {each.person: own_part(meeting, each) for each in invited if each.points and each.person in members}
    told: list[Member] = []
    for only, words in ((members - set(own), text), *((frozenset({person}), joined(text, part)) for person, part in own.items())):
        told += circle.tell_members(
            context,
            meeting.case,
            words,
            InfoKind.MEETINGS,
            dedupe_key=key,
            sensitivity=sensitivity,
            buttons=buttons,
            useful_until=useful_until,
            over_at=over_at,
            hint_buttons=hint_buttons,
            only=only,
            enclosed=enclosed,
        )
    if calendar:
        ladder.phone_instead(context, meeting.case, [each.person for each in told], key)
    for each in invited:
        if each.part is Part.COORDINATOR or (each.part in {Part.RECIPIENT, Part.PARTY} and not but_not_parties):
            notices.tell(
                context,
                each.person,
                text,
                sensitivity=sensitivity,
                case=meeting.case,
                buttons=buttons,
                dedupe_key=f"{key}/{each.person}",
                useful_until=useful_until,
                over_at=over_at,
                hint_buttons=hint_buttons,
            )


def own_part(meeting: Meeting, participant: Participant) -> Text:
    """For whoever is called in for single points: which, and about when (G11: Herøy, IP-møte)."""
    numbers, when = [str(place + 1) for place in participant.points], slot(meeting, participant.points)
    if when is None:
        return nt("You are called in for item {points} only.", "You are called in for items {points} only.", len(numbers), points=numbers)
    return nt(
        "You are called in for item {points} only, about {time}.",
        "You are called in for items {points} only, about {time}.",
        len(numbers),
        points=numbers,
        time=day_time(when[0]),
    )


def day_time(moment: datetime) -> time:
    """The time of the day in Oslo."""
    return moment.astimezone(OSLO).time()


def send(
    context: Context, meeting: Meeting, change: Change, *, reason: str | None = None, agreed: bool = False, comes: PersonId | None = None
) -> None:
    """Tell those who are to come. Each change has a key of its own, so that none is told twice and none is left out.

    `agreed`: whoever does it has said yes to this time already, and gets it in writing without the question. `comes`: whoever called it
    is put down as coming, and not asked; they can say no as long as it has not begun.
    """
    assert meeting.at is not None
    words = {
        Change.CALLED: t("There is a meeting {time}, {where}. Can you come?", time=meeting.at, where=AT[meeting.place]),
        Change.MOVED: t("The meeting has been moved. It is {time}, {where}. Can you come?", time=meeting.at, where=AT[meeting.place]),
        Change.CHANGED: t("Something has changed for the meeting {time}.", time=meeting.at),
        Change.CANCELLED: t("The meeting {time} is off.", time=meeting.at),
    }[change]
    first: Text | None = None
    if change is Change.CALLED and meeting.first and meeting.kind is MeetingKind.GROUP:
        # Whoever calls the first meeting hands out the routine (F02: Lund § 11.4, Opprettelse).
        links = context.municipality.profile.links
        routine = verbatim(links.routine or links.home)
        words = joined(words, first := t("This is the first meeting of the group. How groups work here: {link}", link=routine))
    if reason:
        words = joined(words, t("The reason: {words}", words=reason))
    if change in OLD:
        replaced.in_place(context, meeting, OLD[change])
    asks = change in {Change.CALLED, Change.MOVED}
    if asks:
        attendance.ask_anew(context.tx, meeting)
    if comes is not None:
        attendance.answer(context.tx, meeting, comes, Reply.COMING, None, by=comes)
    tell_invited(
        context,
        meeting,
        words,
        key=f"meeting/{meeting.id}/{change}/{meeting.sequence}",
        buttons=answer_buttons(meeting) if asks else [] if change is Change.CANCELLED else [_read(meeting)],
        sensitivity=Sensitivity.PERSONAL if reason else Sensitivity.PRACTICAL,
        over_at=meeting.ends_at,
        hint_buttons=by_number(meeting) if asks else (),
        calendar=True,
        # A yes to the plan is not yet the invitation, which the person gets in writing like everybody else (G02).
        to_actor_too=change is Change.CALLED and not agreed,
        comes=comes,
    )
    if agreed:
        _in_writing(context, meeting, first)


def _in_writing(context: Context, meeting: Meeting, first: Text | None) -> None:
    assert meeting.at is not None
    text = t("You have said yes to the meeting {time}, {where}.", time=meeting.at, where=AT[meeting.place])
    notices.tell(
        context,
        context.actor,
        text if first is None else joined(text, first),
        message_class=MessageClass.ANSWER,  # to what they have just said themselves
        case=meeting.case,
        buttons=answer_buttons(meeting)[1:],
        dedupe_key=f"meeting/{meeting.id}/{Change.CALLED}/{meeting.sequence}/{context.actor}",
        over_at=meeting.ends_at,
        hint_buttons=by_number(meeting)[1:],
    )


def _read(meeting: Meeting) -> NoticeButton:
    return notices.begin(t("Read all of it"), "attend", meeting=meeting.id)


def answer_buttons(meeting: Meeting) -> list[NoticeButton]:
    """One press is an answer; it works until the meeting begins, from an old message too (H01)."""
    return [
        notices.act(t("I come"), "AnswerInvitation", meeting=meeting.id, reply=str(Reply.COMING), words=None),
        notices.act(t("I cannot come"), "AnswerInvitation", meeting=meeting.id, reply=str(Reply.CANNOT), words=None),
        notices.begin(t("Read all of it, or answer otherwise"), "attend", meeting=meeting.id),
    ]


def by_number(meeting: Meeting) -> list[NoticeButton]:
    """Where the chat may say no more than a number: whether it suits. What it is stands on the secure page."""
    return [
        notices.act(t("It suits me"), "Suits", meeting=meeting.id, yes=True),
        notices.act(t("It does not suit me"), "Suits", meeting=meeting.id, yes=False),
    ]
