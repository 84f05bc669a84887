"""Made-up years of what was agreed, of promises, of how it is going, of complaints, of messages, of the start and of the end.

Here: as in `tests.stories.lives`, subject by subject.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.domain.ids import ClosingId, ComplaintId, MeetingId, MemberId, MemberTaskId, MessageId, PromiseId, TaskId
from bot.domain.reminders.closing import ClosingFacts
from bot.domain.reminders.complaint import ComplaintFacts
from bot.domain.reminders.evaluation import EvaluationFacts
from bot.domain.reminders.message import MessageFacts
from bot.domain.reminders.minutes import AgreedFacts, TaskFacts
from bot.domain.reminders.plan import ComingFacts, PlanFacts, PromiseFacts
from bot.domain.reminders.school import SchoolFacts
from bot.domain.reminders.startup import StartupFacts
from tests.stories.lives import CASE, LEADER, NEW_YEAR, NILS, NORA, Life, ends, moment
from tests.stories.naive import oslo


def tasks(random: Random) -> Life:
    """Tasks given, done, forgotten, put off or handed on."""
    at, life = moment(random, NEW_YEAR, 0, 200), []
    facts = AgreedFacts(case=CASE, holder=random.choice([NORA, None]), meetings=(), tasks=())
    for number in range(1, random.randint(2, 5)):
        day = oslo(at) + timedelta(days=random.randint(1, 40))
        task = TaskFacts(task=MemberTaskId(number), has=NILS, due_on=day, leader=random.choice([LEADER, None]))
        life.append((at, facts := replace(facts, tasks=(*facts.tasks, task))))
        at = moment(random, at, 1, 40)
        if random.random() < 0.5:
            first, *others = facts.tasks
            changed = random.choice([(), (replace(first, due_on=first.due_on + timedelta(days=21)),), (replace(first, leader=None),)])
            life.append((at, facts := replace(facts, tasks=(*changed, *others))))
            at = moment(random, at, 1, 20)
    return ends(random, life)


def plans(random: Random) -> Life:
    """Promises kept or not, meetings with goals to bring up to date, looks at one's own work."""
    at = moment(random, NEW_YEAR, 0, 200)
    promise = PromiseFacts(promise=PromiseId(1), due_on=oslo(at) + timedelta(days=random.randint(0, 10)))
    coming = ComingFacts(meeting=MeetingId(1), at=moment(random, at, 2, 40), owners=(NORA, NILS))
    facts = PlanFacts(case=CASE, holder=NORA, promises=(promise,), meetings=(coming,), looked_at=at)
    life: Life = [(at, facts)]
    for _ in range(random.randint(0, 3)):
        at = moment(random, at, 1, 45)
        changed = random.choice([{"promises": ()}, {"looked_at": at}, {"meetings": ()}, {"meetings": (replace(coming, owners=(NORA,)),)}])
        life.append((at, facts := replace(facts, **changed)))  # type: ignore[arg-type]
    return ends(random, life)


def evaluations(random: Random) -> Life:
    """A day agreed, kept, forgotten or answered early; meetings held; somebody in touch or not."""
    at = moment(random, NEW_YEAR, 0, 120)
    facts = EvaluationFacts(case=CASE, coordinator=NORA, since=at, on=None, answered_at=None, followed_up_at=None, held=())
    life: Life = [(at, facts)]
    for number in range(random.randint(1, 5)):
        at = moment(random, at, 1, 40)
        day = oslo(at) + timedelta(days=random.randint(5, 60))
        held = (*facts.held, (MeetingId(number + 1), at))
        changed = random.choice([{"on": day}, {"answered_at": at}, {"followed_up_at": at}, {"held": held}])
        life.append((at, facts := replace(facts, **changed)))  # type: ignore[arg-type]
    return ends(random, life)


def complaints(random: Random) -> Life:
    """Taken, answered in time, late or never."""
    at = moment(random, NEW_YEAR, 0, 300)
    facts = ComplaintFacts(id=ComplaintId(1), case=CASE, handler=random.choice([LEADER, None]), answer_by=oslo(at) + timedelta(days=14))
    life: Life = [(at, facts)]
    if random.random() < 0.3:
        life.append((at := moment(random, at, 1, 10), facts := replace(facts, answer_by=facts.answer_by + timedelta(days=7))))
    if random.random() < 0.6:
        life.append((moment(random, at, 1, 25), None))
    return life


def messages(random: Random) -> Life:
    """Answered by some, by all, or by nobody."""
    at = moment(random, NEW_YEAR, 0, 320)
    facts = MessageFacts(
        id=MessageId(1), case=CASE, sender=NORA, sent_at=at, day=oslo(at) + timedelta(days=random.randint(0, 9)), silent=(NILS, LEADER)
    )
    life: Life = [(at, facts)]
    if random.random() < 0.7:
        life.append((at := moment(random, at, 0, 6), facts := replace(facts, silent=(LEADER,))))
    if random.random() < 0.5:
        life.append((moment(random, at, 0, 6), replace(facts, silent=())))
    return ends(random, life)


def starts(random: Random) -> Life:
    """Those around are told or not; things happen, or for long nothing does."""
    at = moment(random, NEW_YEAR - timedelta(days=330), 0, 430)
    facts = StartupFacts(
        case=CASE,
        coordinator=NORA,
        leader=LEADER,
        since=at,
        untold=(MemberId(1),),
        untold_since=at,
        quiet_since=oslo(at),
        years=0,
        active_on=random.choice((oslo(at) - timedelta(days=random.randint(0, 400)), None)),
    )
    life: Life = [(at, facts)]
    for number in range(random.randint(0, 6)):
        at = moment(random, at, 1, 60)
        changed = random.choice([{"quiet_since": oslo(at)}, {"untold": ()}, {"untold": (MemberId(number + 2),), "untold_since": at}])
        life.append((at, facts := replace(facts, **changed)))  # type: ignore[arg-type]
    return ends(random, life)


def closings(random: Random) -> Life:
    """Asked each year; a question about ending that waits; an archive that does."""
    at = moment(random, NEW_YEAR - timedelta(days=340), 0, 440)
    facts = ClosingFacts(case=CASE, since=oslo(at), asked=0, proposed=None, archive=None)
    life: Life = [(at, facts)]
    for number in range(random.randint(0, 4)):
        at = moment(random, at, 1, 120)
        archive = (TaskId(number + 1), oslo(at) + timedelta(days=14))
        changed = random.choice(
            [{"proposed": (ClosingId(number + 1), at, NORA)}, {"proposed": None}, {"archive": archive}, {"archive": None}]
        )
        life.append((at, facts := replace(facts, **changed)))  # type: ignore[arg-type]
    return ends(random, life)


def schools(random: Random) -> Life:
    """A child around whom somebody comes from school, or nobody does."""
    at = moment(random, NEW_YEAR - timedelta(days=330), 0, 600)
    life: Life = [(at, SchoolFacts(case=CASE, coordinator=NORA, since=at))]
    return ends(random, life, 0.5)
