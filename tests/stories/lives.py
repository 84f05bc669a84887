"""Made-up years: what is known of a case from one moment to the next, with people who forget, leave, fall ill and withdraw.

Here: for each subject of the rules its facts, each from a moment on; None: nothing is known any more, as after a withdrawal. Not here: what
is to be told by them (`tests.stories.naive`). Guarantee: the same seed gives the same year.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.domain.cases import AssignmentState, CaseState, TalkKind, TalkState, Wanted
from bot.domain.changes import ChangeState
from bot.domain.ids import (
    AssignmentId,
    CaseId,
    ChangeAskId,
    ChangeId,
    ConsentId,
    GroupId,
    MeetingId,
    NoticeId,
    NudgeId,
    PersonId,
    SessionId,
    SubstituteId,
    TalkId,
    TaskId,
)
from bot.domain.reminders import AssignmentFacts, CaseFacts, NoticeFacts, SessionFacts, TalkFacts
from bot.domain.reminders.consent import ConsentFacts, HeldFacts
from bot.domain.reminders.group import GroupFacts
from bot.domain.reminders.handing_over import HandingOverFacts, OverlapFacts, SubstituteFacts, TurnFacts
from bot.domain.reminders.minutes import AgreedFacts, MinutesFacts
from bot.domain.reminders.nudging import NudgeFacts
from bot.domain.reminders.standing import StandingFacts
from bot.domain.substitutes import Span, SubstituteState
from tests.stories.naive import OSLO, midnight, oslo

NEW_YEAR = datetime(2026, 1, 1, 11, tzinfo=UTC)
CASE, LEADER, NORA, NILS = CaseId(1), PersonId(2), PersonId(3), PersonId(4)
Life = list[tuple[datetime, Any]]


def moment(random: Random, start: datetime, least: int, most: int) -> datetime:
    """Some days later, between ten and four o'clock, so that nothing happens on the minute at which people are written to."""
    day = oslo(start) + timedelta(days=random.randint(least, most))
    at = datetime(day.year, day.month, day.day, random.randint(10, 13), random.randint(1, 59), tzinfo=OSLO)
    return max(at.astimezone(UTC), start + timedelta(minutes=1))


def ends(random: Random, life: Life, chance: float = 0.1) -> Life:
    """Now and then somebody withdraws, at any time."""
    if random.random() < chance:
        at = moment(random, life[0][0], 1, 200)
        return [*(each for each in life if each[0] < at), (at, None)]
    return life


def case(random: Random) -> Life:
    """From the application to the first contact, or as far as people come."""
    at = moment(random, NEW_YEAR, 0, 250)
    facts = CaseFacts(
        id=CASE,
        state=CaseState.RECEIVED,
        wanted=random.choice(list(Wanted)),
        received_at=at,
        due=oslo(at) + timedelta(days=30),
        talks=(),
        assignments=(),
        contacted=False,
    )
    life: Life = [(at, facts)]

    def step(least: int, most: int, **changes: Any) -> datetime:
        nonlocal at, facts
        at = moment(random, at, least, most)
        facts = replace(facts, **changes)
        life.append((at, facts))
        return at

    talk = TalkFacts(id=TalkId(1), kind=TalkKind.CLARIFYING, state=TalkState.PROPOSED, created_at=at, at=None)
    if random.random() < 0.8:
        talk = replace(talk, created_at=(when := moment(random, at, 0, 9)))
        at = when
        facts = replace(facts, talks=(talk,))
        life.append((at, facts))
        if random.random() < 0.8:
            talk = replace(talk, state=TalkState.BOOKED, at=moment(random, at, 2, 14) + timedelta(days=1))
            step(0, 6, talks=(talk,))
        if random.random() < 0.7:
            step(3, 20, talks=(replace(talk, state=TalkState.HELD),))
    if random.random() < 0.3:
        step(5, 30, due=facts.due + timedelta(days=21))
    if random.random() < 0.85:
        _appointing(random, step)
    return ends(random, life)


def _appointing(random: Random, step: Callable[..., datetime]) -> None:
    """Granted; a leader and a candidate are asked, and forget or answer; one is at work, and forgets or is in touch."""
    at = step(1, 40, state=CaseState.APPOINTING)
    asked = AssignmentFacts(
        id=AssignmentId(1), state=AssignmentState.LEADER_ASKED, leader=LEADER, candidate=NORA, asked_at=at, answered_at=None
    )
    asked = replace(asked, asked_at=step(0, 5, assignments=(asked,)))
    step(0, 0, assignments=(asked,))
    if random.random() < 0.8:
        later = replace(asked, state=AssignmentState.CANDIDATE_ASKED)
        later = replace(later, asked_at=step(1, 12, assignments=(later,)))
        step(0, 0, assignments=(later,))
        if random.random() < 0.8:
            yes = replace(later, state=AssignmentState.ACCEPTED, answered_at=later.asked_at)
            yes = replace(yes, answered_at=step(1, 9, assignments=(yes,), state=CaseState.ACTIVE))
            step(0, 0, assignments=(yes,))
            if random.random() < 0.7:
                step(1, 14, contacted=True)
            if random.random() < 0.2:
                step(5, 60, state=CaseState.CLOSED)


def consents(random: Random) -> Life:
    """Given, renewed, withdrawn, run out; another decides; a task to register one."""
    at, life, held = moment(random, NEW_YEAR, 0, 150), [], []
    facts = ConsentFacts(case=CASE, held=(), lapsed=(), to_register=())
    for number in range(random.randint(1, 4)):
        held.append(
            HeldFacts(
                id=ConsentId(number + 1),
                given_at=at,
                until=oslo(at) + timedelta(days=random.randint(5, 200)),
                text_version=random.choice([0, 1, 1, 1]),
            )
        )
        lapsed = ((ConsentId(9), at),) if random.random() < 0.2 else facts.lapsed
        register = ((TaskId(number + 1), oslo(at) + timedelta(days=3)),) if random.random() < 0.4 else ()
        facts = replace(facts, held=tuple(held), lapsed=lapsed, to_register=register)
        life.append((at, facts))
        at = moment(random, at, 1, 60)
        if random.random() < 0.3:
            held.pop(random.randrange(len(held)))
            facts = replace(facts, held=tuple(held))
            life.append((at, facts))
            at = moment(random, at, 1, 30)
    untils = [each.until for each in held]
    return ends(random, life) if len(set(untils)) == len(untils) else life[:1]


def standing(random: Random) -> Life:
    """Somebody turns 16 or 18 this year; the birth date comes early, late or is corrected; mandates begin and end; somebody dies."""
    at = moment(random, NEW_YEAR, 0, 200)
    born = (NEW_YEAR - timedelta(days=365 * random.choice([15, 16, 17, 18]) + random.randint(0, 364))).date()
    changes = (("guardian/1", oslo(at) + timedelta(days=random.randint(-3, 90)), at),) if random.random() < 0.4 else ()
    facts = StandingFacts(id=CASE, living=True, born_on=born, recorded_at=at, changes=changes)
    life: Life = [(at, facts)]
    if random.random() < 0.2:
        at = moment(random, at, 1, 60)
        life.append((at, facts := replace(facts, born_on=born + timedelta(days=random.randint(-40, 40)), recorded_at=at)))
    if random.random() < 0.1:
        life.append((moment(random, at, 1, 100), replace(facts, living=False)))
    return ends(random, life)


def sessions(random: Random) -> Life:
    """An application, a report or anything else left half way, taken up again or not, kept or not."""
    at = moment(random, NEW_YEAR, 0, 200)
    facts = SessionFacts(id=SessionId(1), last_at=at, keeps=random.random() < 0.8, report=random.random() < 0.3, kept=False)
    life: Life = [(at, facts)]
    for _ in range(random.randint(0, 2)):
        at = moment(random, at, 1, 25)
        life.append((at, facts := replace(facts, last_at=at)))
    if random.random() < 0.2:
        life.append((moment(random, at, 1, 27), replace(facts, kept=True)))
    return ends(random, life, 0.3)


def notices(random: Random) -> Life:
    """Read at last, or not."""
    at = moment(random, NEW_YEAR, 0, 300)
    facts = NoticeFacts(id=NoticeId(1), created_at=at, waits=True)
    read = (moment(random, at, 0, 12), replace(facts, waits=False))
    return [(at, facts), *([read] if random.random() < 0.6 else [])]


def nudges(random: Random) -> Life:
    """Answered, put off, forgotten, or too late to matter."""
    at = moment(random, NEW_YEAR, 0, 300)
    until = moment(random, at, 3, 20) if random.random() < 0.3 else None
    facts = NudgeFacts(id=NudgeId(1), person=NORA, nudged_at=at, useful_until=until, later_on=None, climbs=random.random() < 0.8)
    life: Life = [(at, facts)]
    if random.random() < 0.3:
        put_off = moment(random, at, 0, 6)
        day = oslo(put_off) + timedelta(days=random.randint(1, 30))
        life.append((put_off, replace(facts, later_on=day, climbs=False)))
    elif random.random() < 0.5:
        life.append((moment(random, at, 0, 12), None))
    return life


def groups(random: Random) -> Life:
    """A group for a time, that meets or does not, whose leader's time ends, and that is looked at or not."""
    at = moment(random, NEW_YEAR, 0, 200)
    day = oslo(at)
    facts = GroupFacts(
        id=GroupId(1),
        case=CASE,
        holder=random.choice([NORA, None]),
        chair=random.choice([NILS, NORA, None]),
        chair_until=day + timedelta(days=random.randint(1, 120)),
        until=day + timedelta(days=random.randint(1, 200)) if random.random() < 0.7 else None,
        begun_at=at,
        evaluated_on=None,
        met=False,
    )
    life: Life = [(at, facts)]
    looked: dict[str, Any] = {"evaluated_on": day + timedelta(days=60)}
    steps: list[dict[str, Any]] = [{"met": True}, {"chair": None}, looked, {"until": day + timedelta(days=160)}]
    for change in random.sample(steps, 2):
        at = moment(random, at, 1, 60)
        life.append((at, facts := replace(facts, **change)))
    return ends(random, life)


def changes(random: Random) -> Life:
    """A change of coordinator step by step, each forgotten or answered; substitutes; illness; a coordinator who leaves."""
    at = moment(random, NEW_YEAR, 0, 150)
    none = HandingOverFacts(
        case=CASE,
        turn=None,
        overlap=None,
        tool=None,
        substitutes=(),
        long_since=None,
        gaps=(),
        uncovered=None,
        leader=LEADER,
        without_since=None,
    )
    life: Life = [(at, facts := none)]
    for _ in range(random.randint(1, 6)):
        at = moment(random, at, 1, 25)
        life.append((at, facts := _changed(random, at, facts)))
    return ends(random, life)


def _changed(random: Random, at: datetime, facts: HandingOverFacts) -> HandingOverFacts:
    day = oslo(at)
    first = midnight(day + timedelta(days=random.randint(1, 20)))
    span = Span(starts_at=first, ends_at=first + timedelta(days=random.randint(2, 60)))
    match random.randrange(8):
        case 0 | 1:
            asking = random.random() < 0.5
            turn = TurnFacts(
                id=ChangeId(1),
                state=random.choice(list(ChangeState)),
                since=at,
                people=(NORA, NILS)[: random.randint(0, 2)],
                ask=ChangeAskId(random.randint(1, 3)) if asking else None,
                by_leader=asking and random.random() < 0.5,
                worded=random.random() < 0.5,
            )
            return replace(facts, turn=turn)
        case 2:
            return replace(
                facts, overlap=OverlapFacts(change=ChangeId(1), person=NILS, until=day + timedelta(days=14), met=random.random() < 0.5)
            )
        case 3:
            return replace(facts, tool=(ChangeId(1), at, NORA))
        case 4:
            state = random.choice([SubstituteState.PROPOSED, SubstituteState.ACCEPTED])
            one = SubstituteFacts(id=SubstituteId(len(facts.substitutes) + 1), person=NILS, state=state, time=span, proposed_at=at)
            return replace(facts, substitutes=(*facts.substitutes, one), long_since=facts.long_since or at)
        case 5:
            return replace(facts, gaps=(span,), uncovered=(TaskId(1), day + timedelta(days=random.randint(1, 9))))
        case 6:
            return replace(facts, without_since=at, gaps=())
        case _:
            return replace(facts, turn=None, overlap=None, tool=None, without_since=None, uncovered=None)


def minutes(random: Random) -> Life:
    """A meeting held, its minutes written or not, a next date or none."""
    at = moment(random, NEW_YEAR, 0, 200)
    begins = moment(random, at, 1, 20)
    meeting = MinutesFacts(
        meeting=MeetingId(1),
        at=begins,
        ends_at=begins + timedelta(hours=1),
        at_table=(NORA, NILS),
        sent=False,
        writer=random.choice([NORA, NILS, None]),
        journal=(NILS,),
        next_wanted=True,
        next_on=None,
        notice_days=14,
    )
    facts = AgreedFacts(case=CASE, holder=random.choice([NORA, None]), meetings=(meeting,), tasks=())
    life: Life = [(at, facts)]
    at = begins + timedelta(hours=2)
    if random.random() < 0.7:
        at = moment(random, at, 0, 12)
        meeting = replace(meeting, at_table=(), sent=True, next_on=oslo(at) + timedelta(days=random.randint(20, 120)))
        life.append((at, replace(facts, meetings=(meeting,))))
    if random.random() < 0.5:
        at = moment(random, at, 5, 120)
        life.append((at, replace(facts, meetings=(replace(meeting, next_wanted=False, at_table=()),))))
    return ends(random, life)
