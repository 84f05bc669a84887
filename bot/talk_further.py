"""What can have happened to a case that has a coordinator, before a conversation about it is played.

Here: people around, consents, meetings and minutes, substitutes, another coordinator, a child. Each is a branch of its own, from the
coordinator's yes. Not here: the way to a coordinator (`bot.talk_setting`). Guarantee: only by the commands people give.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from bot.domain.change_commands import (
    AnswerChange,
    AnswerChangeAsLeader,
    HandToUnit,
    LeaderOnChange,
    NameCoordinator,
    StartChange,
    WishCoordinator,
)
from bot.domain.changes import OPEN_ASK, Change, ChangeAskState, ChangeReason, ChangeState
from bot.domain.circle_commands import AddMember, AnswerAsMember, InviteMember
from bot.domain.closing import CloseCase, ProposeClosing, WhyClosed
from bot.domain.commands import UseLinkCode
from bot.domain.complaints import About, Complain, SentTo
from bot.domain.consent import ConsentType, InfoKind, Purpose, Recipient
from bot.domain.consent_commands import AskConsent, RecordConsent, Recorded
from bot.domain.ids import CaseId, ConsentId, MeetingId, MemberId
from bot.domain.meeting_commands import AgreeToMeeting, ProposeMeeting
from bot.domain.meetings import MeetingKind, MeetingPlace
from bot.domain.minutes import Assigned, Outcome, Point
from bot.domain.minutes_commands import Then, WriteMinutes
from bot.domain.reminders import OSLO
from bot.domain.sent_around import SaySentAround
from bot.domain.standing import RecordBirthDate
from bot.domain.substitute_commands import ProposeSubstitute, SayAway
from bot.domain.substitutes import SubstituteScope
from bot.domain.training import AskGuidance, GuidanceTopic
from bot.store import changes, consents, meetings, member_tasks
from bot.talk_cast import NAMES, Deeds, Far, Player

ALL: Final = tuple(InfoKind)
CONSENT: Final = timedelta(days=300)
MEETING: Final = timedelta(days=30)
CODES: Final = ("own_words", "who_does_what", "next_meeting")
Facts = dict[str, str]


def bring_further(deeds: Deeds, far: Far, case: CaseId) -> Facts:
    """From the coordinator's yes to `far`; what there is to begin a conversation with, by name."""
    return BRANCHES[far](deeds, case)


def held(deeds: Deeds, case: CaseId, meeting: MeetingId) -> Facts:
    """The minutes of a meeting that has begun: written, sent, with a task for the member."""
    member = deeds.person(Player.MEMBER)
    task = Assigned(owner=member, words="Find a quiet room at school.", due_on=deeds.today + timedelta(days=10))
    point = Point(place=0, code=CODES[0], title=None, outcome=Outcome.DECIDED, words="A quiet room is tried out.", tasks=(task,))
    command = WriteMinutes(
        meeting=meeting,
        edition=None,
        present=(deeds.person(Player.CITIZEN), deeds.person(Player.COORDINATOR), member),
        points=(point,),
        next_on=deeds.today + timedelta(days=90),
        why_not=None,
        then=Then.SEND,
    )
    deeds.by(Player.COORDINATOR, command)
    return {"task": str(member_tasks.of_case(deeds.tx, case)[-1].id)}


def begins(deeds: Deeds, meeting: MeetingId) -> datetime:
    """When a meeting that is called begins."""
    found = meetings.find(deeds.tx, meeting)
    assert found is not None
    assert found.at is not None
    return found.at


def _ended(deeds: Deeds, case: CaseId) -> dict[str, str]:
    """The person has said that it is enough, and the coordinator has ended it."""
    deeds.by(Player.CITIZEN, ProposeClosing(case=case, why=WhyClosed.NOT_WANTED))
    deeds.by(Player.COORDINATOR, CloseCase(case=case))
    return {}


def _sent_around(deeds: Deeds, case: CaseId) -> dict[str, str]:
    deeds.by(Player.CITIZEN, SaySentAround(case=case, words="Three offices have sent me on."))
    return {}


def _guidance(deeds: Deeds, _case: CaseId) -> Facts:
    deeds.by(Player.COORDINATOR, AskGuidance(topic=next(iter(GuidanceTopic)), words="How do I begin?"))
    return {}


def _complained(deeds: Deeds, case: CaseId) -> Facts:
    command = Complain(case=case, about=About.COORDINATOR, sent_to=SentTo.UNIT, words="Nobody answers when I write.")
    return {"complaint": str(deeds.by(Player.CITIZEN, command))}


def _nothing_more(_deeds: Deeds, _case: CaseId) -> Facts:
    return {}


def _added(deeds: Deeds, case: CaseId) -> MemberId:
    command = AddMember(
        case=case, name=NAMES[Player.MEMBER], title="Teacher", sees=ALL, service_words="The school", email="trond.lie@skolen.example"
    )
    return MemberId(deeds.by(Player.COORDINATOR, command))


def _consent_asked(deeds: Deeds, case: CaseId) -> Facts:
    ask = AskConsent(
        case=case,
        type=ConsentType.SHARING,
        purpose=Purpose.TOGETHER,
        purpose_words=None,
        offers=((Recipient(member=_added(deeds, case)), frozenset(ALL)),),
        until=deeds.today + CONSENT,
    )
    return {"consent": str(deeds.by(Player.COORDINATOR, ask))}


def _invited(deeds: Deeds, case: CaseId) -> Facts:
    """On the list, named in a consent on paper, asked, and linked to the chat by the code."""
    member = _added(deeds, case)
    paper = RecordConsent(
        case=case,
        how=Recorded.PAPER,
        on=deeds.today,
        place="In the archive",
        signers=(deeds.person(Player.CITIZEN),),
        other=None,
        purpose=Purpose.TOGETHER,
        purpose_words=None,
        offers=((Recipient(member=member), frozenset(ALL)),),
        until=deeds.today + CONSENT,
    )
    deeds.by(Player.KE, paper)
    code = deeds.by(Player.COORDINATOR, InviteMember(member=member))
    deeds.by(Player.MEMBER, UseLinkCode(code=code))
    consent = max(ConsentId(each.id) for each in consents.of_case(deeds.tx, case))
    return {"member": str(member), "consent": str(consent)}


def _around(deeds: Deeds, case: CaseId) -> Facts:
    facts = _invited(deeds, case)
    deeds.by(Player.MEMBER, AnswerAsMember(member=MemberId(int(facts["member"])), yes=True))
    return facts


def _planned(deeds: Deeds, case: CaseId, times: int = 1) -> Facts:
    facts = _around(deeds, case)
    first = datetime.combine(deeds.today + MEETING, time(10), OSLO)
    command = ProposeMeeting(
        case=case,
        kind=MeetingKind.GROUP,
        purpose="together",
        place=MeetingPlace.OFFICE,
        where="The town hall, room 3",
        times=tuple(first + timedelta(days=each) for each in range(times)),
        minutes=60,
        members=(MemberId(int(facts["member"])),),
        codes=CODES,
    )
    return facts | {"meeting": str(deeds.by(Player.COORDINATOR, command))}


def _agreed(deeds: Deeds, case: CaseId, times: int = 1) -> Facts:
    facts = _planned(deeds, case, times)
    deeds.by(Player.CITIZEN, AgreeToMeeting(meeting=MeetingId(int(facts["meeting"]))))
    return facts


def _times_open(deeds: Deeds, case: CaseId) -> Facts:
    return _agreed(deeds, case, times=3)


def _substitute_asked(deeds: Deeds, case: CaseId) -> Facts:
    command = ProposeSubstitute(
        case=case,
        person=deeds.person(Player.COLLEAGUE),
        scope=SubstituteScope.PERIOD,
        starts_at=deeds.tx.now + timedelta(days=2),
        ends_at=deeds.tx.now + timedelta(days=9),
        note="The meeting at school is on Wednesday.",
    )
    return {"substitute": str(deeds.by(Player.COORDINATOR, command))}


def _away(deeds: Deeds, _case: CaseId) -> Facts:
    deeds.by(Player.COORDINATOR, SayAway(first=deeds.today + timedelta(days=1), last=deeds.today + timedelta(days=8)))
    return {}


def _child(deeds: Deeds, case: CaseId) -> Facts:
    deeds.by(Player.KE, RecordBirthDate(case=case, born_on=deeds.today - timedelta(days=13 * 366)))
    return {}


def _change_to(goal: ChangeState) -> Callable[[Deeds, CaseId], Facts]:
    """Another coordinator is found, as far as `goal`, or where the municipality's own way leads instead."""

    def work(deeds: Deeds, case: CaseId) -> Facts:
        deeds.by(Player.COORDINATOR, StartChange(case=case, reason=ChangeReason.NEW_JOB))
        change = _now(deeds, case)
        for _ in ChangeState:
            waiting = [each for each in changes.asks(deeds.tx, change.id) if each.state in OPEN_ASK]
            # Where the unit decides, the first leader who is asked is the new one's.
            leads = goal is ChangeState.LEADER_ASKED and any(each.state is ChangeAskState.LEADER_ASKED for each in waiting)
            if leads or change.state in {goal, ChangeState.TAKING_OVER}:
                break
            _step(deeds, change, goal)
            change = _now(deeds, case)
        return {"ask": str(waiting[0].id)} if waiting else {}

    return work


def _now(deeds: Deeds, case: CaseId) -> Change:
    found = changes.last_in(deeds.tx, case)
    assert found is not None
    return found


def _step(deeds: Deeds, change: Change, goal: ChangeState) -> None:
    """One answer. The unit decides where the one asked says no, and the leaders cannot agree."""
    to_unit, colleague = goal is ChangeState.UNIT_DECIDES, deeds.person(Player.COLLEAGUE)
    match change.state:
        case ChangeState.LEADER_ASKED:
            deeds.by(Player.LEADER, LeaderOnChange(change=change.id, yes=True))
        case ChangeState.PERSON_ASKED:
            deeds.by(Player.CITIZEN, WishCoordinator(change=change.id, order=(colleague,)))
        case ChangeState.ASKING:
            ask = next(each for each in changes.asks(deeds.tx, change.id) if each.state in OPEN_ASK)
            if ask.state is ChangeAskState.ASKED:
                deeds.by(Player.COLLEAGUE, AnswerChange(ask=ask.id, yes=not to_unit))
            else:
                deeds.by(Player.LEADER, AnswerChangeAsLeader(ask=ask.id, yes=True))
        case ChangeState.LEADERS_MEET | ChangeState.DEPARTMENT_NAMES if to_unit:
            deeds.by(Player.LEADER, HandToUnit(change=change.id))
        case ChangeState.UNIT_DECIDES:
            deeds.by(Player.KE, NameCoordinator(change=change.id, person=colleague))
        case _:
            deeds.by(Player.LEADER, NameCoordinator(change=change.id, person=colleague))


BRANCHES: Final[Mapping[Far, Callable[[Deeds, CaseId], Facts]]] = {
    Far.ACCEPTED: _nothing_more,
    Far.CONSENT_ASKED: _consent_asked,
    Far.INVITED: _invited,
    Far.AROUND: _around,
    Far.MEETING_PLANNED: _planned,
    Far.TIMES_OPEN: _times_open,
    Far.MEETING_CALLED: _agreed,
    Far.MEETING_BEGUN: _agreed,
    Far.MINUTES_SENT: _agreed,
    Far.SUBSTITUTE_ASKED: _substitute_asked,
    Far.AWAY: _away,
    Far.CHANGE_BEGUN: _change_to(ChangeState.LEADER_ASKED),
    Far.WISH_ASKED: _change_to(ChangeState.PERSON_ASKED),
    Far.CHANGE_ASKED: _change_to(ChangeState.ASKING),
    Far.UNIT_DECIDES: _change_to(ChangeState.UNIT_DECIDES),
    Far.TAKING_OVER: _change_to(ChangeState.TAKING_OVER),
    Far.CHILD: _child,
    Far.COMPLAINED: _complained,
    Far.ENDED: _ended,
    Far.SENT_AROUND: _sent_around,
    Far.GUIDANCE: _guidance,
}
