"""Nudges of those who work with a case: what they can answer, when a digest goes, and when a leader hears of one left unanswered.

Here: nudges as values, commands and queries, and pure counting. Not here: what is nudged about (`bot.domain.reminders`), rows
(`bot.store.nudges`), nor sending (`bot.services.digests`). Guarantees: a digest goes in the morning of a working day, never at night nor
on a holiday; nobody's leader is told before the one who was nudged has been told that it will happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, NudgeId
from bot.domain.nudge_rules import HowOften
from bot.domain.reminders.facts import ReminderKind, Rules, day_of
from bot.engine.ask import Command, Query

TELLS_ONLY: Final = frozenset(
    {
        ReminderKind.TALK_TOMORROW,
        ReminderKind.CONTACT_LEADER,
        ReminderKind.QUIET_LEADER,
        ReminderKind.SUBSTITUTE_BEGINS,
        ReminderKind.SUBSTITUTE_ENDS,
        ReminderKind.OVERLAP_ENDS,
        ReminderKind.CONSENT_ENDED,
        ReminderKind.RIGHTS_SOON,
        ReminderKind.RIGHTS_CHANGED,
        ReminderKind.TRANSITION_UNIT,
        ReminderKind.MEETING_WEEK,
        ReminderKind.MEETING_TOMORROW,
        ReminderKind.MEETING_WHO_COMES,
        ReminderKind.MINUTES_BEGIN,
        ReminderKind.MINUTES_JOURNAL,
        ReminderKind.GATHERING_TOMORROW,
        ReminderKind.YOUR_PART,
        ReminderKind.NUDGE_WARNED,
        ReminderKind.NUDGE_LEADER,
        ReminderKind.NUDGE_AGAIN,
    }
)
"""What asks nobody for anything, so that there is nothing to answer. Every other kind is a nudge when it goes to staff."""
OWN_LADDER: Final = frozenset(
    {
        ReminderKind.LEADER_SILENT,
        ReminderKind.CANDIDATE_SILENT,
        ReminderKind.CONTACT_NUDGE,
        ReminderKind.CONTACT_LATE,
        ReminderKind.CONSENT_ENDS,
        ReminderKind.CHANGE_SILENT,
        ReminderKind.SUBSTITUTE_SILENT,
        ReminderKind.GAP_LEADER,
        ReminderKind.MEETING_DUE,
        ReminderKind.MINUTES_WRITE,
        ReminderKind.TASK_SOON,
        ReminderKind.TASK_LATE,
        ReminderKind.TASK_STILL_LATE,
        ReminderKind.QUIET_CASE,
        ReminderKind.OWN_LOOK,
    }
)
"""What climbs by a rule of its own where nothing happens: its next step is another reminder, so nobody's leader hears of it twice.

And what never climbs: a consent that ends, since nobody is pressed for one (E14), and the look at one's own work (K10).
"""
JULY: Final = 7
SOFTER: Final = {HowOften.AT_ONCE: HowOften.DAILY, HowOften.DAILY: HowOften.WEEKLY, HowOften.WEEKLY: HowOften.WEEKLY}
LATE_TICK: Final = timedelta(minutes=30)
"""What the clock comes to so much later belongs to the same morning."""
LATEST_DAYS: Final = 90
"""So far ahead a nudge can be put off (our default): longer is the same as saying that it is not needed, with a reason."""


STEPS_BEFORE: Final[Mapping[ReminderKind, frozenset[ReminderKind]]] = {
    ReminderKind.CLARIFY_LATE: frozenset({ReminderKind.CLARIFY_SOON}),
    ReminderKind.ANSWER_LATE: frozenset({ReminderKind.ANSWER_SOON}),
    ReminderKind.CONTACT_LATE: frozenset({ReminderKind.CONTACT_NUDGE}),
}
"""What the later nudge about one and the same thing takes the place of: one thing waits for one answer."""


SAID_BY_CONTACT: Final = frozenset({ReminderKind.CONTACT_NUDGE, ReminderKind.CONTACT_LATE})
"""What is done when the first contact is noted, and not before: else whoever says so is late all the same, to the unit and the leader."""


BY_ANSWER: Final = frozenset({"nudges", "first_contact"})
"""The conversations that an answer under a nudge begins."""


def is_answer(meaning: Mapping[str, object]) -> bool:
    """Is this one of the three answers that stand under every nudge, and not what the nudge is about?"""
    given = meaning.get("given")
    return meaning.get("act") == "NudgeDone" or (meaning.get("begin") in BY_ANSWER and isinstance(given, Mapping) and "answer" in given)


class NudgeState(StrEnum):
    """What was done about a nudge."""

    OPEN = "open"
    LATER = "later"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    OVER = "over"
    """What it was about is so no longer, so nobody need answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeView:
    """A nudge that waits for its receiver's answer, in the words they were told. `leader_on`: the day on which the leader is told.

    `latest`: the last day to which it can be put off, at most `LATEST_DAYS` ahead and before it is of no use; today where it cannot wait.
    """

    nudge: NudgeId
    case: CaseId
    number: int
    words: str
    nudged_on: date
    leader_on: date | None
    latest: date
    by_contact: bool = False
    """It is done by noting the first contact."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgesView:
    """How often I want to be reminded, and what waits for my answer, oldest first. `staff`: whether I work here at all."""

    staff: bool
    how_often: HowOften
    leader_working_days: int
    nudges: tuple[NudgeView, ...]


@dataclass(frozen=True, slots=True)
class MyNudges(Query[NudgesView]):
    """What have I been reminded of and not answered?"""


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeDone(Command[None]):
    """I have done what I was reminded of."""

    nudge: NudgeId


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeLater(Command[str]):
    """Remind me again on that day, in Oslo. The day on which it comes, as 2027-01-04: nobody is reminded when offices are closed."""

    nudge: NudgeId
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeNotNeeded(Command[None]):
    """This is not needed, and why."""

    nudge: NudgeId
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseHowOften(Command[None]):
    """So often I want to be reminded from now on."""

    how_often: HowOften


def how_often_on(day: date, chosen: HowOften, rules: Rules) -> HowOften:
    """What holds on that day: one step less often in July, where the municipality has chosen so."""
    return SOFTER[chosen] if rules.profile.nudges.softer_in_july and day.month == JULY else chosen


def digest_time(since: datetime, now: datetime, last: datetime | None, chosen: HowOften, rules: Rules) -> datetime | None:
    """When a nudge that fell due at `since` is told: None at once, `now` with the digest of today, else the morning of another.

    `last`: when this person last had a digest. Moments are aware; answers lie within the hours the profile allows.
    """
    today = day_of(now)
    often = how_often_on(today, chosen, rules)
    if often is HowOften.AT_ONCE and day_of(since) >= today:
        return None
    start = _first_day(today, often, rules)
    opens = rules.on(start)
    if since <= opens + LATE_TICK and (last is None or day_of(last) < start):
        return max(now, opens)
    return next_digest(now, often, rules)


def next_digest(now: datetime, often: HowOften, rules: Rules) -> datetime:
    """The morning of the next digest after today's: a weekly one comes on the first working day of the week."""
    today = day_of(now)
    if often is HowOften.WEEKLY:
        return rules.on(_first_day(today + timedelta(days=7), often, rules))
    return rules.on(rules.calendar.next_working_day(today + timedelta(days=1)))


def _first_day(day: date, often: HowOften, rules: Rules) -> date:
    first = day - timedelta(days=day.weekday()) if often is HowOften.WEEKLY else day
    return rules.calendar.next_working_day(first)


def patient_day(day: date, count: int, rules: Rules) -> date:
    """The working day so many working days after that one; days of July do not count where the municipality is softer then."""
    for _ in range(count):
        day = rules.calendar.add_working_days(day, 1)
        while rules.profile.nudges.softer_in_july and day.month == JULY:
            day = rules.calendar.add_working_days(day, 1)
    return day


def leader_day(nudged_on: date, rules: Rules) -> date:
    """The day on which a leader hears of a nudge without an answer."""
    return patient_day(nudged_on, rules.profile.nudges.leader_working_days, rules)


def warned_day(nudged_on: date, rules: Rules) -> date:
    """The day on which whoever was nudged is told that the leader will hear of it."""
    nudges = rules.profile.nudges
    return patient_day(nudged_on, nudges.leader_working_days - nudges.warned_working_days, rules)
