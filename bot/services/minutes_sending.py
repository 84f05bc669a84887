"""Who gets the minutes, and what comes of them.

Here: those present asked whether it is right, the receivers, and the tasks that begin when minutes are sent. Not here: writing them
(`bot.services.minutes`). Guarantees: a member is told only through the circle's own gate, so only while a consent names minutes; whoever
was called in for part of it gets that part; others get nothing (I06).
"""

from datetime import timedelta
from typing import Final

from bot.domain.cases import Wanted
from bot.domain.choices import Archive
from bot.domain.circle import TAKES_PART, MemberKind
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.meetings import Meeting, MeetingKind, Part
from bot.domain.member_tasks import TaskCode, words_of
from bot.domain.minutes import Minutes, MinutesState, Outcome, gets_all, points_for
from bot.domain.outgoing import MessageClass
from bot.engine.texts import joined, nt, t
from bot.services import circle, member_tasks, notices
from bot.services.municipality import Context
from bot.store import audit, cases, members

ARCHIVED_WITHIN_DAYS: Final = 7
PLAN_WITHIN_DAYS: Final = 14
BROUGHT_ON_WITHIN_DAYS: Final = 14
WITH_A_PLAN: Final = frozenset({Wanted.PLAN, Wanted.BOTH})


def fixed(context: Context, case: CaseId) -> frozenset[PersonId]:
    """The fixed members of the circle now (Lund § 11.4; Ås, Ansvarsgruppe)."""
    every = members.of_case(context.tx, case)
    return frozenset(each.person for each in every if each.kind is MemberKind.FIXED and each.state in TAKES_PART)


def concerned(context: Context, minutes: Minutes, meeting: Meeting, person: PersonId) -> bool:
    """Do these minutes concern somebody who was called, and may they know of them now?"""
    part = next((each.part for each in meeting.invited if each.person == person), None)
    if part is None or (part is Part.MEMBER and InfoKind.MINUTES not in circle.may_see(context, meeting.case, person)):
        return False
    own = fixed(context, meeting.case)
    return gets_all(meeting, person, own) or bool(points_for(minutes, meeting, person, own))


def asked(context: Context, minutes: Minutes, meeting: Meeting) -> tuple[PersonId, ...]:
    """Those present who are asked whether it was understood rightly: whom it concerns, but for the one who wrote it (I05)."""
    return tuple(each for each in minutes.present if each != minutes.writer and concerned(context, minutes, meeting, each))


def receivers(context: Context, minutes: Minutes, meeting: Meeting) -> tuple[PersonId, ...]:
    """Everybody who gets them, whether they were there or not (I06)."""
    return tuple(each.person for each in meeting.invited if concerned(context, minutes, meeting, each.person))


def ask_those_present(context: Context, minutes: Minutes, meeting: Meeting) -> None:
    """The read-back screen, for each of those present (I05)."""
    text = t("Is this what was decided in the meeting {time}? Please read it and say.", time=meeting.at)
    button = notices.begin(t("Read and answer"), "minutes_read", meeting=meeting.id)
    for person in asked(context, minutes, meeting):
        key = f"minutes/{minutes.id}/right/{minutes.edition}/{int(context.tx.now.timestamp())}"
        member_tasks.tell(context, meeting.case, person, text, InfoKind.MINUTES, key=key, buttons=[button])


def send(context: Context, minutes: Minutes, meeting: Meeting) -> None:
    """Each gets what concerns them, and each task becomes its owner's own (I06, I12)."""
    read = notices.begin(t("Read the minutes"), "minutes_read", meeting=meeting.id)
    wrong = notices.begin(t("That is not right"), "minutes_read", meeting=meeting.id, wrong="yes")
    side = member_tasks.of_persons_side(context, meeting.case)
    text = t("The minutes of the meeting {time} are here.", time=meeting.at)
    for person in receivers(context, minutes, meeting):
        if person == context.actor:
            continue
        buttons = [read, wrong] if person in side else [read]
        rights = MessageClass.RIGHTS if person in side else MessageClass.REMINDER
        key = f"minutes/{minutes.id}/sent"
        member_tasks.tell(context, meeting.case, person, text, InfoKind.MINUTES, key=key, buttons=buttons, message_class=rights)
    audit.record(context.tx, "minutes.receivers", actor=context.actor, case=meeting.case, minutes=minutes.id, people=len(minutes.present))
    for point in minutes.points:
        for task in point.tasks:
            member_tasks.add(context, meeting.case, owner=task.owner, words=task.words, due_on=task.due_on, meeting=meeting.id)
    _for_the_coordinator(context, minutes, meeting)


def _for_the_coordinator(context: Context, minutes: Minutes, meeting: Meeting) -> None:
    """What always follows: archived (I09), the plan brought up to date (I11), and what was passed on is followed up (F08)."""
    coordinator, case = member_tasks.holder(context, meeting.case), meeting.case
    if coordinator is None:
        return
    new = [(TaskCode.ARCHIVE, "", ARCHIVED_WITHIN_DAYS)]
    if cases.get(context.tx, case).wanted in WITH_A_PLAN and meeting.kind is not MeetingKind.SETTLE:
        by_hand = context.municipality.profile.records.archive is Archive.BY_HAND
        new += [(TaskCode.ARCHIVE_PLAN, "", PLAN_WITHIN_DAYS)] if by_hand else []
        new.append((TaskCode.UPDATE_PLAN, "", PLAN_WITHIN_DAYS))
    passed_on = [each for each in minutes.points if each.outcome is Outcome.PASSED_ON]
    new += [(TaskCode.BRING_ON, f"{each.to_whom}: {each.words}", BROUGHT_ON_WITHIN_DAYS) for each in passed_on]
    for code, words, days in new:
        due_on = context.today + timedelta(days=days)
        member_tasks.add(context, case, owner=coordinator, words=words, due_on=due_on, meeting=meeting.id, code=code, quietly=True)
    if coordinator != context.actor:
        number = str(cases.get(context.tx, case).number)
        text = nt(
            "Case {number}: {n} thing to do after the meeting.",
            "Case {number}: {n} things to do after the meeting.",
            len(new),
            number=number,
        )
        names = [words_of(code, words) for code, words, _ in new]
        shown = joined(text, *(t("– {line}", line=each) for each in names), by="\n")
        see = notices.begin(t("What I have to do"), "my_tasks")
        notices.tell(context, coordinator, shown, case=case, buttons=[see], dedupe_key=f"minutes/{minutes.id}/follow-up")


def readable(context: Context, minutes: Minutes, meeting: Meeting) -> bool:
    """May the actor read any of it now? While those present are asked, only they and the writer; then those whom it concerns."""
    if minutes.state is MinutesState.READ_BACK and context.actor not in {*minutes.present, minutes.writer}:
        return False
    return minutes.state is not MinutesState.DRAFT and concerned(context, minutes, meeting, context.actor)
