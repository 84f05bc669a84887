"""The naive reading of changes of coordinator, substitutes and days away, of groups, of minutes and of what was agreed."""

from datetime import datetime, time, timedelta

from bot.domain.reminders.group import GroupFacts
from bot.domain.reminders.handing_over import HandingOverFacts
from bot.domain.reminders.minutes import AgreedFacts, MinutesFacts
from bot.domain.rules import Profile
from tests.stories.naive import OSLO, Reading, Told, after, hour, midnight, months, nine, not_later, oslo, working


def handing_over(facts: HandingOverFacts, profile: Profile) -> Reading:
    """Whoever has the turn, two who work together, substitutes, days on which nobody stands in, and a case whose coordinator left."""
    yield from _turn(facts, profile)
    if facts.overlap is not None:
        one = facts.overlap
        mark = f"{one.person}/{one.until}/{one.met}"
        yield Told("overlap_ends", one.person, one.change, nine(one.until + timedelta(days=1)), mark)
        if not one.met:
            yield Told("overlap_late", None, one.change, nine(one.until + timedelta(days=8)), mark)
    if facts.tool is not None:
        change, since, person = facts.tool
        yield Told("tool_roles", person, change, nine(working(oslo(since), 3)))
    for sub in facts.substitutes:
        end = sub.time.ends_at
        if sub.state == "proposed":
            due = nine(working(oslo(sub.proposed_at), profile.deadlines.candidate_answer_working_days))
            yield Told("substitute_silent", sub.person, sub.id, due, last=end)
        if sub.state == "accepted":
            yield Told("substitute_begins", sub.person, sub.id, hour(sub.time.starts_at), last=end)
        yield Told("substitute_ends", sub.person, sub.id, hour(end))
    if facts.long_since is not None:
        day = oslo(facts.long_since)
        yield Told("substitute_long", None, None, nine(months(day, profile.hand_over.substitute_months)), str(day))
    if facts.gaps:
        gap = facts.gaps[0]
        first, mark = oslo(gap.starts_at), f"{oslo(gap.starts_at)}/{oslo(gap.ends_at)}"
        yield Told("gap_leader", facts.leader, None, nine(working(first, -1)), mark, gap.ends_at)
        yield Told("gap_unit", None, None, nine(first), mark, gap.ends_at)
    if facts.uncovered is not None:
        task, last = facts.uncovered
        yield Told("away_over", None, None, nine(last + timedelta(days=1)), f"{task}/{last}")
    if facts.without_since is not None:
        for days in (2, 5, 10, 15, 20, 30, 40, 50, 60):
            due = nine(working(oslo(facts.without_since), days))
            yield Told("without_coordinator", None, None, due, f"{facts.without_since}/{days}")


def _turn(facts: HandingOverFacts, profile: Profile) -> Reading:
    turn = facts.turn
    if turn is None or turn.state in {"taking_over", "done", "stopped"}:
        return
    since, limits = oslo(turn.since), profile.deadlines
    days = limits.leader_answer_working_days
    if turn.state == "person_asked":
        days = profile.hand_over.wish_working_days
    if turn.state == "asking" and not turn.by_leader:
        days = limits.candidate_answer_working_days
    first = working(since, days)
    second = nine(working(first, 1))
    if turn.state == "leaders_meet":
        first, second = since + timedelta(days=limits.leaders_meeting_days // 2), nine(since + timedelta(days=limits.leaders_meeting_days))
    mark = f"{turn.state}/{turn.since}/{turn.ask}/{turn.by_leader}/{turn.worded if turn.ask is None else ''}"
    for person in turn.people or (None,):
        yield Told("change_silent", person, turn.id, nine(first), mark)
    yield Told("change_still_silent", None, turn.id, second, mark)


def group(facts: GroupFacts, profile: Profile) -> Reading:
    """Its first meeting, who leads it, its last day."""
    del profile
    if not facts.met:
        for days in (7, 21):
            yield Told("group_first", facts.holder, facts.id, after(facts.begun_at, days), str(days))
    if facts.chair is not None and facts.chair_until is not None:
        day = facts.chair_until
        for who in {facts.holder, facts.chair}:
            soon = not_later(day - timedelta(days=14))
            yield Told("group_chair", who, facts.id, soon, str(day), midnight(day + timedelta(days=1)))
        yield Told("group_chair_over", facts.holder, facts.id, nine(day + timedelta(days=1)), str(day))
    if facts.until is not None:
        day = facts.until
        if facts.evaluated_on is None or (day - facts.evaluated_on).days > 28:
            soon = not_later(day - timedelta(days=14))
            yield Told("group_evaluate", facts.holder, facts.id, soon, str(day), midnight(day + timedelta(days=1)))
        yield Told("group_over", facts.holder, facts.id, nine(day + timedelta(days=1)), str(day))


def agreed(facts: AgreedFacts, profile: Profile) -> Reading:
    """Minutes written in time, one's own journal, and the next date."""
    del profile
    for meeting in facts.meetings:
        yield from _minutes(facts, meeting)


def _minutes(facts: AgreedFacts, meeting: MinutesFacts) -> Reading:
    what = meeting.meeting
    for person in meeting.at_table:
        yield Told("minutes_begin", person, what, hour(meeting.at), str(meeting.at), meeting.ends_at + timedelta(hours=3))
    if not meeting.sent:
        for days in (3, 7):
            yield Told("minutes_write", meeting.writer, what, after(meeting.ends_at, days), str(days))
        if meeting.writer != facts.holder:
            yield Told("minutes_late", facts.holder, what, after(meeting.ends_at, 7))
    for person in meeting.journal:
        yield Told("minutes_journal", person, what, after(meeting.ends_at, 2), last=after(meeting.ends_at, 9))
    if not meeting.next_wanted:
        return
    since, mark = meeting.ends_at, str(oslo(meeting.ends_at))
    if meeting.next_on is not None:
        call = meeting.next_on - timedelta(days=meeting.notice_days + 14)
        due = max(nine(call), after(meeting.ends_at, 1))
        yield Told("minutes_next", facts.holder, what, due, str(meeting.next_on), midnight(meeting.next_on))
        since, mark = datetime.combine(meeting.next_on, time(12), OSLO), str(meeting.next_on)
    for turn in range(1, 14):
        due, last = after(since, 28 * turn), after(since, 28 * (turn + 1))
        yield Told("minutes_no_next", facts.holder, what, due, f"{mark}/{turn}", last)
