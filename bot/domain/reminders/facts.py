"""What the rules for reminders are given, and what they give.

Here: the facts each rule needs, the profile with a calendar to count by, and the reminder itself. Not here: the rules, one module a
subject, in the modules beside this one. Guarantee: every moment given by `Rules` lies within the hours the profile allows.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.cases import AssignmentState, CaseState, TalkKind, TalkState, Wanted
from bot.domain.ids import AssignmentId, CaseId, NoticeId, PersonId, SessionId, TalkId
from bot.domain.rules import Profile

OSLO: Final = ZoneInfo("Europe/Oslo")
MORNING: Final = time(9)


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
    GATHERING_ANSWER = "gathering_answer"
    GATHERING_TOMORROW = "gathering_tomorrow"
    GATHERING_PLAN = "gathering_plan"
    HELP_MONTHLY = "help_monthly"
    CHANGE_SILENT = "change_silent"
    CHANGE_STILL_SILENT = "change_still_silent"
    OVERLAP_ENDS = "overlap_ends"
    OVERLAP_LATE = "overlap_late"
    TOOL_ROLES = "tool_roles"
    SUBSTITUTE_SILENT = "substitute_silent"
    SUBSTITUTE_BEGINS = "substitute_begins"
    SUBSTITUTE_ENDS = "substitute_ends"
    SUBSTITUTE_LONG = "substitute_long"
    GAP_LEADER = "gap_leader"
    GAP_UNIT = "gap_unit"
    AWAY_OVER = "away_over"
    WITHOUT_COORDINATOR = "without_coordinator"
    CONSENT_ENDS = "consent_ends"
    CONSENT_ENDED = "consent_ended"
    CONSENT_TEXT = "consent_text"
    CONSENT_ANEW = "consent_anew"
    CONSENT_REGISTER = "consent_register"
    RIGHTS_SOON = "rights_soon"
    YOUTH_TOLD = "youth_told"
    RIGHTS_CHANGE = "rights_change"
    RIGHTS_CHANGED = "rights_changed"
    MEETING_NOT_CALLED = "meeting_not_called"
    MEETING_VOTE = "meeting_vote"
    MEETING_ANSWER = "meeting_answer"
    MEETING_WEEK = "meeting_week"
    MEETING_TOMORROW = "meeting_tomorrow"
    MEETING_WHO_COMES = "meeting_who_comes"
    MEETING_BETWEEN = "meeting_between"
    MEETING_DUE = "meeting_due"
    MEETING_OVERDUE = "meeting_overdue"
    SCHOOL_CONTACT = "school_contact"
    GROUP_FIRST = "group_first"
    GROUP_CHAIR = "group_chair"
    GROUP_CHAIR_OVER = "group_chair_over"
    GROUP_EVALUATE = "group_evaluate"
    GROUP_OVER = "group_over"
    MINUTES_BEGIN = "minutes_begin"
    MINUTES_WRITE = "minutes_write"
    MINUTES_LATE = "minutes_late"
    MINUTES_JOURNAL = "minutes_journal"
    MINUTES_NEXT = "minutes_next"
    MINUTES_NO_NEXT = "minutes_no_next"
    TASK_SOON = "task_soon"
    TASK_LATE = "task_late"
    TASK_STILL_LATE = "task_still_late"
    TASK_UNIT = "task_unit"
    TASK_AGAIN = "task_again"
    TASK_LEADER = "task_leader"
    PLAN_UP_TO_DATE = "plan_up_to_date"
    PROMISE_SOON = "promise_soon"
    PROMISE_LATE = "promise_late"
    OWN_LOOK = "own_look"
    INTRODUCE = "introduce"
    QUIET_CASE = "quiet_case"
    QUIET_LEADER = "quiet_leader"
    YOUR_PART = "your_part"
    STILL_NEEDED = "still_needed"
    CLOSING_UNANSWERED = "closing_unanswered"
    ARCHIVE_LATE = "archive_late"
    SENT_AROUND_LATE = "sent_around_late"
    MESSAGE_ANSWER = "message_answer"
    MESSAGE_UNANSWERED = "message_unanswered"
    PHASE_LIST = "phase_list"
    PHASE_LATER = "phase_later"
    PHASE_OUTLOOK = "phase_outlook"
    TRANSITION = "transition"
    TRANSITION_UNIT = "transition_unit"
    CHILD_COORDINATOR = "child_coordinator"
    PASSED_ON = "passed_on"
    DROP_OUT = "drop_out"
    DROP_OUT_UNIT = "drop_out_unit"
    NUDGE_WARNED = "nudge_warned"
    NUDGE_LEADER = "nudge_leader"
    NUDGE_AGAIN = "nudge_again"
    EVALUATION_NO_DATE = "evaluation_no_date"
    EVALUATION_SOON = "evaluation_soon"
    EVALUATION_DAY = "evaluation_day"
    EVALUATION_MEETING = "evaluation_meeting"
    FOLLOW_UP = "follow_up"
    COMPLAINT_SOON = "complaint_soon"
    COMPLAINT_LATE = "complaint_late"
    LOOK_BACK = "look_back"


AT_ONCE: Final = frozenset({ReminderKind.RIGHTS_CHANGE})
"""What takes effect at its moment, outside the hours people are written to as well. What is told about it waits."""


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
        sending = self.profile.sending
        return self.calendar.sending_time(_at(day, self.morning), earliest=sending.earliest, latest=sending.latest)

    def after(self, moment: datetime, days: int) -> datetime:
        """The morning so many calendar days after a moment."""
        return self.on(day_of(moment) + timedelta(days=days))

    def working_days_after(self, moment: datetime, days: int) -> date:
        """The working day so many working days after a moment."""
        return self.calendar.add_working_days(day_of(moment), days)


@lru_cache(maxsize=1024)
def _at(day: date, hour: time) -> datetime:
    """That hour of a day in Oslo, in UTC. The same few days are counted to for everybody."""
    return datetime.combine(day, hour, OSLO).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day in Oslo."""
    return moment.astimezone(OSLO).date()
