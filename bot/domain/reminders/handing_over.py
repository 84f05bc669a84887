"""Reminders of a change of coordinator, of those who work together, of substitutes, and of days on which nobody stands in.

Here: the facts, and pure rules. Not here: the words (`bot.services.reminders.handing_over`). Guarantee: every step of a change that can
stand still has a reminder to whoever has the turn, and one to the unit after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.changes import ChangeState
from bot.domain.ids import CaseId, ChangeAskId, ChangeId, PersonId, SubstituteId, TaskId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules, day_of
from bot.domain.substitutes import Span, SubstituteState

OVERLAP_LATE_DAYS: Final = 7
WITHOUT_WORKING_DAYS: Final = (2, 5, 10, 15, 20, 30, 40, 50, 60)
"""So often the unit is reminded of a case whose coordinator has left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnFacts:
    """A change under way: whose turn it is, since when. `people`: who is reminded, none where the person the case is about is.

    `ask`: the one asked, at steps 3 and 4; `by_leader`: their leader has the turn. `worded`: the person has told a wish in words.
    """

    id: ChangeId
    state: ChangeState
    since: datetime
    people: tuple[PersonId, ...]
    ask: ChangeAskId | None
    by_leader: bool
    worded: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OverlapFacts:
    """Two who work together, until which day, and whether the new one has met the person."""

    change: ChangeId
    person: PersonId
    until: date
    met: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SubstituteFacts:
    """One who is asked to stand in, or stands in."""

    id: SubstituteId
    person: PersonId
    state: SubstituteState
    time: Span
    proposed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class HandingOverFacts:
    """What the rules need to know of a case.

    `tool`: the change whose roles are not changed in the planning tool yet, since when, and whose task it is. `long_since`: since when
    substitutes have stood in without a day between. `uncovered`: the unit's task while nobody stands in, and the last of those days.
    `without_since`: the case has had no coordinator since then, because theirs left.
    """

    case: CaseId
    turn: TurnFacts | None
    overlap: OverlapFacts | None
    tool: tuple[ChangeId, datetime, PersonId] | None
    substitutes: tuple[SubstituteFacts, ...]
    long_since: datetime | None
    gaps: tuple[Span, ...]
    uncovered: tuple[TaskId, date] | None
    leader: PersonId | None
    without_since: datetime | None


def reminders(facts: HandingOverFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of about handing over."""
    return frozenset(
        (*_turn(facts, rules), *_overlap(facts, rules), *_substitutes(facts, rules), *_away(facts, rules), *_without(facts, rules))
    )


def _turn(facts: HandingOverFacts, rules: Rules) -> Iterator[Reminder]:
    """Whoever has the turn is reminded, and a working day later the unit takes it up (Lund § 11.2; days by profile)."""
    turn, profile = facts.turn, rules.profile
    if turn is None or turn.state in {ChangeState.TAKING_OVER, ChangeState.DONE, ChangeState.STOPPED}:
        return
    match turn.state:
        case ChangeState.PERSON_ASKED:
            days = profile.hand_over.wish_working_days
        case ChangeState.ASKING if not turn.by_leader:
            days = profile.deadlines.candidate_answer_working_days
        case _:
            days = profile.deadlines.leader_answer_working_days
    last = rules.working_days_after(turn.since, days)
    after = rules.calendar.add_working_days(last, 1)
    if turn.state is ChangeState.LEADERS_MEET:
        meeting = profile.deadlines.leaders_meeting_days
        last = rules.calendar.next_working_day(day_of(turn.since) + timedelta(days=meeting // 2))
        after = day_of(turn.since) + timedelta(days=meeting)
    who = f"ask-{turn.ask}-{'leader' if turn.by_leader else 'own'}" if turn.ask is not None else "worded" if turn.worded else "step"
    key = f"change/{turn.id}/{turn.state}/{who}/{int(turn.since.timestamp())}"
    for person in turn.people or (None,):
        yield Reminder(
            key=f"{key}/silent/{person or 0}",
            kind=ReminderKind.CHANGE_SILENT,
            due_at=rules.on(last),
            case=facts.case,
            person=person,
            object=turn.id,
        )
    yield Reminder(
        key=f"{key}/still-silent", kind=ReminderKind.CHANGE_STILL_SILENT, due_at=rules.on(after), case=facts.case, object=turn.id
    )


def _overlap(facts: HandingOverFacts, rules: Rules) -> Iterator[Reminder]:
    """The day after the last one planned: the roles change, or both are reminded (N12, N14); then the unit is told. The tool (N07)."""
    if facts.overlap is not None:
        one = facts.overlap
        key = f"change/{one.change}/overlap/{one.person}/{one.until}/{'met' if one.met else 'not-met'}"
        due = rules.on(one.until + timedelta(days=1))
        yield Reminder(key=f"{key}/ends", kind=ReminderKind.OVERLAP_ENDS, due_at=due, case=facts.case, person=one.person, object=one.change)
        if not one.met:
            late = rules.on(one.until + timedelta(days=1 + OVERLAP_LATE_DAYS))
            yield Reminder(key=f"{key}/late", kind=ReminderKind.OVERLAP_LATE, due_at=late, case=facts.case, object=one.change)
    if facts.tool is not None:
        change, since, person = facts.tool
        due = rules.on(rules.working_days_after(since, 3))
        yield Reminder(key=f"change/{change}/tool", kind=ReminderKind.TOOL_ROLES, due_at=due, case=facts.case, person=person, object=change)


def _substitutes(facts: HandingOverFacts, rules: Rules) -> Iterator[Reminder]:
    """A question not answered, the first day, the end, and months of standing in (N17, N19)."""
    sending = rules.profile.sending
    for one in facts.substitutes:
        key = f"substitute/{one.id}"
        if one.state is SubstituteState.PROPOSED:
            last = rules.working_days_after(one.proposed_at, rules.profile.deadlines.candidate_answer_working_days)
            yield Reminder(
                key=f"{key}/silent",
                kind=ReminderKind.SUBSTITUTE_SILENT,
                due_at=rules.on(last),
                useful_until=one.time.ends_at,
                case=facts.case,
                person=one.person,
                object=one.id,
            )
        if one.state is SubstituteState.ACCEPTED:
            start = rules.calendar.sending_time(one.time.starts_at, earliest=sending.earliest, latest=sending.latest)
            yield Reminder(
                key=f"{key}/begins",
                kind=ReminderKind.SUBSTITUTE_BEGINS,
                due_at=start,
                useful_until=one.time.ends_at,
                case=facts.case,
                person=one.person,
                object=one.id,
            )
        end = rules.calendar.sending_time(one.time.ends_at, earliest=sending.earliest, latest=sending.latest)
        yield Reminder(key=f"{key}/ends", kind=ReminderKind.SUBSTITUTE_ENDS, due_at=end, case=facts.case, person=one.person, object=one.id)
    if facts.long_since is not None:
        day = months_after(day_of(facts.long_since), rules.profile.hand_over.substitute_months)
        key = f"case/{facts.case}/long-substitute/{day_of(facts.long_since)}"
        yield Reminder(key=key, kind=ReminderKind.SUBSTITUTE_LONG, due_at=rules.on(day), case=facts.case)


def _away(facts: HandingOverFacts, rules: Rules) -> Iterator[Reminder]:
    """The leader is reminded the working day before nobody stands in, the unit on that day (N18); at the end the unit's task is done."""
    for gap in facts.gaps[:1]:
        first = day_of(gap.starts_at)
        key = f"case/{facts.case}/gap/{first}/{day_of(gap.ends_at)}"
        before = rules.on(rules.calendar.add_working_days(first, -1))
        yield Reminder(
            key=f"{key}/leader", kind=ReminderKind.GAP_LEADER, due_at=before, useful_until=gap.ends_at, case=facts.case, person=facts.leader
        )
        yield Reminder(key=f"{key}/unit", kind=ReminderKind.GAP_UNIT, due_at=rules.on(first), useful_until=gap.ends_at, case=facts.case)
    if facts.uncovered is not None:
        task, last = facts.uncovered
        due = rules.on(last + timedelta(days=1))
        yield Reminder(key=f"case/{facts.case}/away-over/{task}/{last}", kind=ReminderKind.AWAY_OVER, due_at=due, case=facts.case)


def _without(facts: HandingOverFacts, rules: Rules) -> Iterator[Reminder]:
    """A case whose coordinator has left is brought to the unit's mind until somebody has taken over (never alone)."""
    if facts.without_since is not None:
        for days in WITHOUT_WORKING_DAYS:
            due = rules.on(rules.working_days_after(facts.without_since, days))
            key = f"case/{facts.case}/without/{int(facts.without_since.timestamp())}/{days}"
            yield Reminder(key=key, kind=ReminderKind.WITHOUT_COORDINATOR, due_at=due, case=facts.case)
