"""An answer counts for what was shown: where the facts are others by now, the question is asked anew and nothing is done.

Here: conversations with made-up facts that change between the question and the press. Not here: the same through the database.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation, AskInstead
from bot.domain.attendance_queries import AttendanceView, TheAttendance
from bot.domain.circle_messages import MessagesView, TheMessages, WriteMessage
from bot.domain.closing import AnswerClosing, ClosingState, ClosingView, TheClosing
from bot.domain.consent import InfoKind
from bot.domain.consent_commands import PrepareAnswer
from bot.domain.consent_queries import ConsentView, SharingView, TheConsent, TheSharing
from bot.domain.ids import CaseId, ClosingId, ConsentId, MeetingId, MemberId, PersonId
from bot.domain.meeting_commands import AgreeToMeeting
from bot.domain.meeting_queries import MeetingView, TheMeeting
from bot.domain.meetings import MeetingState
from bot.engine.ask import Command, Query
from bot.engine.replay import Conversation, Turn, replay
from conversations.as_shown import as_shown
from conversations.attend import attend
from conversations.circle_messages import circle_messages
from conversations.closing import closing
from conversations.meeting import meeting
from conversations.meeting_plan_answer import meeting_plan_answer
from conversations.my_sharing import my_sharing
from tests.conversations.made_views import GROWN_UP, NOW

Facts = Mapping[type[Query[Any]], object]
GIVEN = {"case": "1", "meeting": "1"}


def looked(query: Query[Any]) -> Any:
    """A made-up answer to a query."""
    return replace(GROWN_UP, looked={}).look(query)


MEETING: MeetingView = replace(
    looked(TheMeeting(MeetingId(1))), answers=True, calls=False, state=MeetingState.CALLED, at=NOW, notice_days=0
)
ATTENDANCE: AttendanceView = replace(
    looked(TheAttendance(MeetingId(1))), open=True, over=False, recipient=False, mine=None, between=(), measures=()
)
CLOSING: ClosingView = looked(TheClosing(CaseId(1)))
assert CLOSING.closing is not None
PROPOSED = replace(CLOSING, closed=False, may_answer=True, may_close=False, closing=replace(CLOSING.closing, state=ClosingState.PROPOSED))
assert PROPOSED.closing is not None
INSTEAD = replace(
    ATTENDANCE,
    replies=tuple(
        replace(ATTENDANCE.replies[0], person=PersonId(person), name=name, reply=Reply.CANNOT, needed=True)
        for person, name in ((2, "Anne"), (3, "Berit"))
    ),
)
TWO = tuple(replace(MEETING.participants[0], person=PersonId(person), member=MemberId(person)) for person in (2, 3))

CONSENT: ConsentView = replace(looked(TheConsent(ConsentId(1))), mine=True, prepared=None)
SHARING: SharingView = replace(looked(TheSharing(CaseId(1))), consents=(CONSENT,))
MESSAGES: MessagesView = replace(looked(TheMessages(CaseId(1))), messages=(), writes=((InfoKind.MEETINGS, ("Anne",)),))


def stands(conversation: Conversation, facts: Facts, stored: Mapping[str, object]) -> tuple[Turn, list[Command[Any]]]:
    """Where it stands with these facts and answers, and what it has done."""
    done: list[Command[Any]] = []

    def look(query: Query[object]) -> object:
        return facts[type(query)] if type(query) in facts else looked(query)

    def do(_key: str, command: Command[object]) -> object:
        done.append(command)
        return None

    return replay(conversation, stored=stored, look=look, do=do, given=GIVEN), done


def answered(conversation: Conversation, facts: Facts, *answers: object) -> dict[str, object]:
    """The answers, each stored under the key of the question that stood there."""
    stored: dict[str, object] = {}
    for answer in answers:
        turn, _ = stands(conversation, facts, stored)
        assert turn.asked is not None
        stored[turn.asked.key] = answer
    return stored


PLAN: Facts = {TheMeeting: MEETING}
INVITED: Facts = {TheMeeting: MEETING, TheAttendance: ATTENDANCE}
CONSENTS: Facts = {TheSharing: SHARING, TheConsent: CONSENT}
WRITING: Facts = {TheMessages: MESSAGES}
ENDING: Facts = {TheClosing: PROPOSED}
ASKING: Facts = {TheMeeting: replace(MEETING, calls=True, participants=TWO), TheAttendance: replace(INSTEAD, replies=INSTEAD.replies[:1])}


@pytest.mark.parametrize(
    ("conversation", "before", "answers", "after", "command"),
    [
        (meeting_plan_answer, PLAN, ["yes"], {TheMeeting: replace(MEETING, at=NOW + timedelta(days=1))}, AgreeToMeeting),
        (meeting_plan_answer, PLAN, ["yes"], {TheMeeting: replace(MEETING, where="Rom 4")}, AgreeToMeeting),
        (meeting_plan_answer, PLAN, ["yes"], {TheMeeting: replace(MEETING, agenda=MEETING.agenda[:1])}, AgreeToMeeting),
        (attend, INVITED, ["coming"], {**INVITED, TheMeeting: replace(MEETING, at=NOW + timedelta(days=1))}, AnswerInvitation),
        (closing, ENDING, ["yes"], {TheClosing: replace(PROPOSED, closing=replace(PROPOSED.closing, id=ClosingId(99)))}, AnswerClosing),
        (meeting, ASKING, ["instead", "colleague"], {**ASKING, TheAttendance: replace(INSTEAD, replies=INSTEAD.replies[1:])}, AskInstead),
        (
            my_sharing,
            CONSENTS,
            ["answer", "no"],
            {**CONSENTS, TheSharing: replace(SHARING, consents=(replace(CONSENT, consent=ConsentId(2)),))},
            PrepareAnswer,
        ),
        (
            circle_messages,
            WRITING,
            ["write", "Hei", "no", True],
            {TheMessages: replace(MESSAGES, writes=((InfoKind.MEETINGS, ("Anne", "Berit")),))},
            WriteMessage,
        ),
    ],
    ids=["time", "place", "agenda", "invitation", "closing", "whom", "consent", "readers"],
)
def test_a_yes_to_what_was_shown_is_no_yes_to_something_else(
    conversation: Conversation, before: Facts, answers: list[object], after: Facts, command: type[Command[Any]]
) -> None:
    stored = answered(conversation, before, *answers)
    _, done = stands(conversation, before, stored)
    assert [type(each) for each in done] == [command]
    turn, done = stands(conversation, after, stored)
    assert done == []
    assert turn.asked is not None


def test_the_name_of_what_was_shown_tells_nothing_of_it_and_is_the_same_for_the_same() -> None:
    assert as_shown("Kari", NOW) == as_shown("Kari", NOW)
    assert as_shown("Kari", NOW) != as_shown("Ola", NOW)
    assert "Kari" not in as_shown("Kari", NOW)
