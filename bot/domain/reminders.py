"""Case and profile in, reminders out: every rule for when somebody is reminded, each with its source.

Here: pure rules. Not here: the table and the clock (`bot.store.reminders`, `bot.ticks`), nor the words that are sent. Guarantees: the
same facts give the same reminders with the same keys; every due moment lies within the hours the profile allows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar, months_after
from bot.domain.cases import BEFORE_DECISION, AssignmentState, CaseState, TalkKind, TalkState, Wanted
from bot.domain.ids import AssignmentId, CaseId, NoticeId, PersonId, SessionId, TalkId
from bot.domain.rules import Profile

OSLO: Final = ZoneInfo("Europe/Oslo")
MORNING: Final = time(9)
ANSWER_SOON_DAYS: Final = 7
TIMES_SILENT_DAYS: Final = 3
TALK_NOTED_DAYS: Final = 1
SESSION_EXPIRES_DAYS: Final = 14
NOTICE_UNREAD_WORKING_DAYS: Final = 5


class ReminderKind(StrEnum):
    """What is reminded of."""

    CLARIFY_SOON = "clarify_soon"
    CLARIFY_LATE = "clarify_late"
    ANSWER_SOON = "answer_soon"
    ANSWER_LATE = "answer_late"
    TIMES_SILENT = "times_silent"
    TALK_TOMORROW = "talk_tomorrow"
    TALK_NOTED = "talk_noted"
    LEADER_SILENT = "leader_silent"
    LEADER_STILL_SILENT = "leader_still_silent"
    CANDIDATE_SILENT = "candidate_silent"
    CANDIDATE_STILL_SILENT = "candidate_still_silent"
    CONTACT_NUDGE = "contact_nudge"
    CONTACT_LATE = "contact_late"
    CONTACT_LEADER = "contact_leader"
    GROUP_LONG = "group_long"
    UNFINISHED = "unfinished"
    KEEP_OR_DELETE = "keep_or_delete"
    UNFINISHED_DELETED = "unfinished_deleted"
    SESSION_EXPIRES = "session_expires"
    RECURRING = "recurring"
    NOTICE_UNREAD = "notice_unread"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """One reminder. `due_at` and `useful_until` are aware; after `useful_until` it is skipped. `object` is the id the rule is about."""

    key: str
    kind: ReminderKind
    due_at: datetime
    useful_until: datetime | None = None
    case: CaseId | None = None
    session: SessionId | None = None
    notice: NoticeId | None = None
    person: PersonId | None = None
    object: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkFacts:
    """What the rules need to know of a talk."""

    id: TalkId
    kind: TalkKind
    state: TalkState
    created_at: datetime
    at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentFacts:
    """What the rules need to know of a candidate asked or a coordinator."""

    id: AssignmentId
    state: AssignmentState
    leader: PersonId | None
    candidate: PersonId | None
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """What the rules need to know of a case."""

    id: CaseId
    state: CaseState
    wanted: Wanted
    received_at: datetime
    due: date
    talks: tuple[TalkFacts, ...]
    assignments: tuple[AssignmentFacts, ...]
    contacted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionFacts:
    """What the rules need to know of a conversation left half way. `keeps`: it is worth a reminder; `report`: a professional's report."""

    id: SessionId
    last_at: datetime
    keeps: bool
    report: bool
    kept: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeFacts:
    """What the rules need to know of a notice on the secure page. `waits`: it is about rights, and nobody has read it or been phoned."""

    id: NoticeId
    created_at: datetime
    waits: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The profile's rules with a calendar to count by."""

    profile: Profile
    calendar: Calendar
    morning: time = field(default=MORNING)

    def on(self, day: date) -> datetime:
        """The morning of a day, or the next moment at which people are written to."""
        moment = datetime.combine(day, self.morning, OSLO).astimezone(UTC)
        sending = self.profile.sending
        return self.calendar.sending_time(moment, earliest=sending.earliest, latest=sending.latest)

    def after(self, moment: datetime, days: int) -> datetime:
        """The morning so many calendar days after a moment."""
        return self.on(_day(moment) + timedelta(days=days))

    def working_days_after(self, moment: datetime, days: int) -> date:
        """The working day so many working days after a moment."""
        return self.calendar.add_working_days(_day(moment), days)


def _day(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


def reminders(case: CaseFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of, from its facts alone."""
    return frozenset((*_ke_clock(case, rules), *_talks(case, rules), *_answers(case, rules), *_contact(case, rules), *_group(case, rules)))


def _ke_clock(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """The clarifying talk within five working days (our default; Lund § 7.4 asks for the talk), an answer within a month (fvl § 11 a)."""
    if case.state not in BEFORE_DECISION:
        return
    if not any(talk.kind is TalkKind.CLARIFYING and talk.state in {TalkState.BOOKED, TalkState.HELD} for talk in case.talks):
        last = rules.working_days_after(case.received_at, rules.profile.deadlines.clarifying_talk_working_days)
        soon = rules.calendar.add_working_days(last, -1)
        yield Reminder(
            key=f"case/{case.id}/clarify-soon",
            kind=ReminderKind.CLARIFY_SOON,
            due_at=rules.on(soon),
            useful_until=rules.on(last),
            case=case.id,
        )
        late = rules.on(last + timedelta(days=1))
        yield Reminder(key=f"case/{case.id}/clarify-late", kind=ReminderKind.CLARIFY_LATE, due_at=late, case=case.id)
    soon_at = rules.on(case.due - timedelta(days=ANSWER_SOON_DAYS))
    until = datetime.combine(case.due + timedelta(days=1), time(), OSLO).astimezone(UTC)
    # A new promise (a delay the applicant was told of) is a new fact, so it has a key of its own.
    yield Reminder(
        key=f"case/{case.id}/answer-soon/{case.due}", kind=ReminderKind.ANSWER_SOON, due_at=soon_at, useful_until=until, case=case.id
    )
    late_at = rules.on(case.due + timedelta(days=1))
    yield Reminder(key=f"case/{case.id}/answer-late/{case.due}", kind=ReminderKind.ANSWER_LATE, due_at=late_at, case=case.id)


def _talks(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A time offered and not answered; the day before a talk; a talk nobody has noted (Lund §§ 7.4, 7.6; our completion)."""
    for talk in case.talks:
        if talk.state is TalkState.PROPOSED:
            due = rules.after(talk.created_at, TIMES_SILENT_DAYS)
            yield Reminder(key=f"talk/{talk.id}/times-silent", kind=ReminderKind.TIMES_SILENT, due_at=due, case=case.id, object=talk.id)
        if talk.state is TalkState.BOOKED and talk.at is not None:
            stamp = int(talk.at.timestamp())
            before = rules.on(rules.calendar.add_working_days(_day(talk.at), -1))
            yield Reminder(
                key=f"talk/{talk.id}/tomorrow/{stamp}",
                kind=ReminderKind.TALK_TOMORROW,
                due_at=before,
                useful_until=talk.at,
                case=case.id,
                object=talk.id,
            )
            noted = rules.after(talk.at, TALK_NOTED_DAYS)
            yield Reminder(key=f"talk/{talk.id}/noted/{stamp}", kind=ReminderKind.TALK_NOTED, due_at=noted, case=case.id, object=talk.id)


_SILENT: Final = {
    AssignmentState.LEADER_ASKED: (ReminderKind.LEADER_SILENT, ReminderKind.LEADER_STILL_SILENT),
    AssignmentState.CANDIDATE_ASKED: (ReminderKind.CANDIDATE_SILENT, ReminderKind.CANDIDATE_STILL_SILENT),
}


def _answers(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A leader or a candidate who has not answered in time is asked again, and a working day later KE takes over (C03; Lund § 11.1)."""
    for asked in case.assignments:
        if case.state is not CaseState.APPOINTING or asked.state not in _SILENT:
            continue
        first, then = _SILENT[asked.state]
        leader = asked.state is AssignmentState.LEADER_ASKED
        deadlines = rules.profile.deadlines
        days = deadlines.leader_answer_working_days if leader else deadlines.candidate_answer_working_days
        last = rules.working_days_after(asked.asked_at, days)
        key = f"assignment/{asked.id}/{asked.state}/{int(asked.asked_at.timestamp())}"
        person = asked.leader if leader else asked.candidate
        yield Reminder(key=f"{key}/silent", kind=first, due_at=rules.on(last), case=case.id, person=person, object=asked.id)
        after = rules.on(rules.calendar.add_working_days(last, 1))
        yield Reminder(key=f"{key}/still-silent", kind=then, due_at=after, case=case.id, object=asked.id)


def _contact(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """The coordinator's first contact: nudged, late for KE, and then told to the leader (Rana, Oppstart 4; Lund § 7.6; days by profile)."""
    if case.state is not CaseState.ACTIVE or case.contacted:
        return
    for held in case.assignments:
        if held.state is AssignmentState.ACCEPTED and held.answered_at is not None:
            for kind, days, person in (
                (ReminderKind.CONTACT_NUDGE, rules.profile.deadlines.contact_nudge_day, held.candidate),
                (ReminderKind.CONTACT_LATE, rules.profile.deadlines.contact_days, held.candidate),
                (ReminderKind.CONTACT_LEADER, rules.profile.deadlines.leader_told_day, held.leader),
            ):
                key = f"assignment/{held.id}/{kind}"
                yield Reminder(key=key, kind=kind, due_at=rules.after(held.answered_at, days), case=case.id, person=person, object=held.id)


def _group(case: CaseFacts, rules: Rules) -> Iterator[Reminder]:
    """A group that has become long-term: a coordinator and a plan are to be offered (A09; Lund § 11.4; months by profile)."""
    if case.state is not CaseState.ACTIVE or case.wanted is not Wanted.GROUP:
        return
    for held in case.assignments:
        if held.state is AssignmentState.ACCEPTED and held.answered_at is not None:
            day = months_after(_day(held.answered_at), rules.profile.deadlines.group_without_coordinator_months)
            key = f"assignment/{held.id}/{ReminderKind.GROUP_LONG}"
            yield Reminder(key=key, kind=ReminderKind.GROUP_LONG, due_at=rules.on(day), case=case.id, person=held.candidate, object=held.id)


def session_reminders(session: SessionFacts, rules: Rules) -> frozenset[Reminder]:
    """An application left half way (B14): reminded, at last asked to keep or delete. A report not sent (A03). Others just expire."""
    # Keys by the day, so that an answer more on the same day changes nothing.
    start = f"session/{session.id}/{_day(session.last_at)}"

    def one(kind: ReminderKind, days: int) -> Reminder:
        due = rules.after(session.last_at, days)
        return Reminder(key=f"{start}/{kind}/{days}", kind=kind, due_at=due, session=session.id, object=days)

    if not session.keeps:
        expires = rules.after(session.last_at, SESSION_EXPIRES_DAYS)
        return frozenset({Reminder(key=f"{start}/expires", kind=ReminderKind.SESSION_EXPIRES, due_at=expires, session=session.id)})
    deleted = one(
        ReminderKind.UNFINISHED_DELETED, rules.profile.application.kept_days if session.kept else rules.profile.application.keep_days
    )
    if session.kept:
        return frozenset({deleted})
    days = rules.profile.application.unfinished_reminder_days
    found = {
        deleted,
        *(one(ReminderKind.UNFINISHED, each) for each in days[:-1]),
        *(one(ReminderKind.KEEP_OR_DELETE, each) for each in days[-1:]),
    }
    if session.report:
        found.add(one(ReminderKind.UNFINISHED, rules.profile.deadlines.report_draft_nudge_days))
    return frozenset(found)


def notice_reminders(notice: NoticeFacts, rules: Rules) -> frozenset[Reminder]:
    """A notice about rights that has waited unread for five working days: KE phones (our default, so that nobody is left untold)."""
    if not notice.waits:
        return frozenset()
    due = rules.on(rules.working_days_after(notice.created_at, NOTICE_UNREAD_WORKING_DAYS))
    return frozenset({Reminder(key=f"notice/{notice.id}/unread", kind=ReminderKind.NOTICE_UNREAD, due_at=due, notice=notice.id)})
