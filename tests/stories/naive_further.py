"""The naive reading of what was agreed, of promises, of how it is going, of complaints, of messages, of the start and of the end."""

from datetime import timedelta

from bot.domain.reminders.closing import ClosingFacts
from bot.domain.reminders.complaint import ComplaintFacts
from bot.domain.reminders.evaluation import EvaluationFacts
from bot.domain.reminders.message import MessageFacts
from bot.domain.reminders.minutes import AgreedFacts
from bot.domain.reminders.plan import PlanFacts
from bot.domain.reminders.school import SchoolFacts
from bot.domain.reminders.startup import StartupFacts
from bot.domain.rules import Profile
from tests.stories.naive import Reading, Told, after, midnight, months, nine, not_later, oslo, working


def tasks(facts: AgreedFacts, profile: Profile) -> Reading:
    """Whoever has a task, again, their leader and whoever coordinates, the unit."""
    ladder = profile.progress
    for task in facts.tasks:
        day, mark = task.due_on, f"{task.due_on}"
        late = {
            "task_late": (max(1, ladder.owner_day), task.has),
            "task_again": (ladder.again_day, task.has),
            "task_still_late": (ladder.leader_day, facts.holder),
            "task_unit": (ladder.unit_day, facts.holder),
        }
        if task.leader is not None:
            late["task_leader"] = (ladder.leader_day, task.leader)
        yield Told("task_soon", task.has, task.task, nine(working(day, -2)), mark, nine(day))
        for kind, (days, who) in late.items():
            yield Told(kind, who, task.task, nine(day + timedelta(days=days)), mark)


def plan(facts: PlanFacts, profile: Profile) -> Reading:
    """An answer that was promised, goals before a meeting, and a look at one's own work."""
    rules = profile.progress
    for promise in facts.promises:
        day = promise.due_on
        yield Told("promise_soon", facts.holder, promise.promise, nine(day - timedelta(days=1)), last=nine(day))
        yield Told("promise_late", facts.holder, promise.promise, nine(day + timedelta(days=1)))
    for meeting in facts.meetings:
        for owner in meeting.owners:
            due = nine(oslo(meeting.at) - timedelta(days=rules.before_meeting_days))
            yield Told("plan_up_to_date", owner, meeting.meeting, due, str(oslo(meeting.at)), meeting.at)
    if facts.looked_at is not None and facts.holder is not None:
        yield Told("own_look", facts.holder, None, after(facts.looked_at, rules.own_look_days), str(oslo(facts.looked_at)))


def evaluation(facts: EvaluationFacts, profile: Profile) -> Reading:
    """The day agreed, no day at all, after each meeting, and whether anybody has been in touch."""
    rules, answered = profile.evaluation, facts.answered_at
    waits = False
    if facts.on is not None:
        waits = answered is None or oslo(answered) < facts.on - timedelta(days=rules.nudge_days)
    if facts.on is not None and waits:
        soon = not_later(facts.on - timedelta(days=rules.nudge_days))
        yield Told("evaluation_soon", facts.coordinator, None, soon, str(facts.on), midnight(facts.on + timedelta(days=1)))
        yield Told("evaluation_day", None, None, nine(facts.on), str(facts.on), midnight(facts.on + timedelta(days=15)))
    since = oslo(facts.since) if facts.on is None else max(oslo(facts.since), facts.on)
    since += timedelta(days=14 if waits else 0)
    for who, days in ((facts.coordinator, rules.without_date_days), (None, 2 * rules.without_date_days)):
        yield Told("evaluation_no_date", who, None, nine(since + timedelta(days=days)), f"{facts.on}/{oslo(facts.since)}")
    for meeting, at in facts.held if rules.after_each_meeting else ():
        if answered is None or answered < at:
            yield Told("evaluation_meeting", None, meeting, after(at, 1), last=midnight(oslo(at) + timedelta(days=8)))
    for days in rules.follow_up_days:
        due = after(facts.since, days)
        if facts.followed_up_at is None or facts.followed_up_at < due - timedelta(days=14):
            last = midnight(oslo(due) + timedelta(days=15))
            yield Told("follow_up", None, None, due, f"{oslo(facts.since)}/{days}", last)


def complaint(facts: ComplaintFacts, profile: Profile) -> Reading:
    """The day by which a complaint is answered."""
    del profile
    late = nine(facts.answer_by + timedelta(days=1))
    soon = nine(working(facts.answer_by, -3))
    yield Told("complaint_soon", facts.handler, facts.id, soon, str(facts.answer_by), late)
    yield Told("complaint_late", facts.handler, facts.id, late, str(facts.answer_by))


def message(facts: MessageFacts, profile: Profile) -> Reading:
    """A message that needs an answer."""
    del profile
    if not_later(facts.day) > facts.sent_at:
        for who in facts.silent:
            yield Told("message_answer", who, facts.id, not_later(facts.day), last=midnight(facts.day + timedelta(days=1)))
    if facts.silent:
        yield Told("message_unanswered", facts.sender, facts.id, nine(facts.day + timedelta(days=1)))


def startup(facts: StartupFacts, profile: Profile) -> Reading:
    """Those around are told who coordinates; nothing happens for long; the person's own part, each year."""
    rules = profile.startup
    if facts.untold and facts.untold_since is not None:
        due = after(facts.untold_since, rules.introduce_days)
        yield Told("introduce", facts.coordinator, None, due, str(facts.untold))
    quiet = facts.quiet_since + timedelta(days=rules.quiet_days)
    yield Told("quiet_case", facts.coordinator, None, nine(quiet), str(facts.quiet_since))
    yield Told("quiet_leader", facts.leader, None, nine(quiet + timedelta(days=rules.quiet_leader_days)), str(facts.quiet_since))
    for year in range(max(1, facts.years), facts.years + 2) if rules.yearly_part else ():
        due = nine(months(oslo(facts.since), 12 * year))
        asked = [oslo(nine(months(facts.active_on, turn * profile.closing.ask_months))) for turn in range(1, 50)] if facts.active_on else []
        if any(abs((day - oslo(due)).days) <= 60 for day in asked):
            continue
        yield Told("your_part", None, None, due, f"{oslo(facts.since)}/{year}", due + timedelta(days=60))


def closing(facts: ClosingFacts, profile: Profile) -> Reading:
    """Still needed? No answer to a question about ending. Not archived."""
    if facts.since is not None and facts.proposed is None:
        for turn in (facts.asked, facts.asked + 1):
            if turn:
                day = months(facts.since, turn * profile.closing.ask_months)
                yield Told("still_needed", None, None, nine(day), f"{facts.since}/{turn}", midnight(day + timedelta(days=60)))
    if facts.proposed is not None:
        number, at, who = facts.proposed
        yield Told("closing_unanswered", who, number, after(at, 14))
    if facts.archive is not None:
        task, day = facts.archive
        yield Told("archive_late", None, task, nine(day + timedelta(days=1)))


def school(facts: SchoolFacts, profile: Profile) -> Reading:
    """Nobody comes from the kindergarten or the school."""
    del profile
    for days in (14, 42):
        yield Told("school_contact", facts.coordinator, None, after(facts.since, days), str(days))
