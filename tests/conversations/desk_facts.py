"""Made-up facts for the desk, written out by hand: one case, two candidates, a leader, and someone who plays them.

Here: views with sensible values, and `play`, which answers a conversation's questions by the ends of their keys. Not here: rights; those
are the services' and have their own tests. All people are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, AssignmentState, CaseState, DecisionKind, DecisionState, ForWhom, LadderStep, Source, Wanted
from bot.domain.commands import ProposeTalk, ReportOwnDecision, Submit
from bot.domain.ids import AssignmentId, CaseId, DecisionId, PersonId
from bot.domain.queries import AssignmentView, CandidateLine, CaseView, DecisionView, Me, MeView, Now, TheLaw, TheProfile
from bot.domain.training import MySupport, TheSupport
from bot.engine.ask import Command
from bot.engine.questions import Question
from bot.engine.replay import Conversation, replay
from bot.engine.texts import Language
from bot.profile import load_law, load_profile
from tests.conversations.walking import english

NOW = datetime(2027, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
PROFILE = load_profile("demo")
LAW = load_law(NOW.date())
CASE = CaseId(7)
Facts = Mapping[type, object]
"""What each query is answered with, by its type."""
ASKED = AssignmentId(3)
SUPPORT = MySupport(taken=(), trained=None, tool_contact=None, tool_phone=None)


def me(*roles: Role, person: int = 1) -> MeView:
    """The one at the desk."""
    return MeView(
        person=PersonId(person),
        language=Language.NB,
        name="Kari Test",
        phone=None,
        roles=frozenset(roles),
        department=None,
        link_confirmed=True,
    )


def case_view(state: CaseState, **changes: object) -> CaseView:
    """A case of someone who wants a coordinator, changed where a test needs it."""
    facts: dict[str, object] = {
        "case": CASE,
        "number": 1042,
        "state": state,
        "source": Source.PHONE,
        "for_whom": ForWhom.ME,
        "age_group": AgeGroup.ADULT,
        "wanted": Wanted.COORDINATOR,
        "child_path": False,
        "subject_name": "Ola Prøve",
        "initials": "OP",
        "applicant_name": "Ola Prøve",
        "applicant_language": Language.NN,
        "services": (),
        "long_lasting": "unsure",
        "need": None,
        "important": None,
        "wish": "Per fra hjemmetjenesten",
        "reach": "phone",
        "reach_details": "22 22 22 22",
        "communication": None,
        "received_at": datetime(2027, 2, 22, 8, 0, tzinfo=UTC),
        "answer_by": date(2027, 3, 22),
        "late": False,
        "coordinator_name": None,
        "coordinator_contact": None,
        "talks": (),
        "decisions": (),
        "assignments": (),
        "contacts": (),
        "ke_ticks": (),
        "coordinator_ticks": (),
        "open_tasks": (),
        "possible_duplicates": (),
        "delay_until": None,
    }
    return CaseView(**(facts | changes))  # type: ignore[arg-type]


def asked(state: AssignmentState, **changes: object) -> AssignmentView:
    """A candidate who is asked, changed where a test needs it."""
    facts: dict[str, object] = {
        "assignment": ASKED,
        "case": CASE,
        "number": 1042,
        "initials": "OP",
        "state": state,
        "step": LadderStep.WISH,
        "department": None,
        "candidate": PersonId(20),
        "candidate_name": "Per Prøve",
        "candidate_load": 2,
        "leader_name": "Liv Leder",
        "criteria": ("wish",),
        "reason": "They know each other.",
        "over_limit": False,
        "refusal": None,
        "age_group": AgeGroup.ADULT,
        "wanted": Wanted.COORDINATOR,
        "asked_at": NOW,
        "answer_by": date(2027, 3, 11),
    }
    return AssignmentView(**(facts | changes))  # type: ignore[arg-type]


def candidate(person: int = 20, **changes: object) -> CandidateLine:
    """Someone who could be coordinator."""
    facts: dict[str, object] = {
        "person": PersonId(person),
        "name": f"Per Prøve {person}",
        "department": None,
        "load": 2,
        "at_limit": False,
        "trained": date(2026, 5, 4),
        "wished": False,
        "has_leader": True,
    }
    return CandidateLine(**(facts | changes))  # type: ignore[arg-type]


def refusal(by: int = 9, state: DecisionState = DecisionState.PROPOSED) -> DecisionView:
    """A refusal that somebody has proposed."""
    return DecisionView(
        decision=DecisionId(5),
        kind=DecisionKind.REFUSE,
        state=state,
        granted=None,
        reason="Only one service is involved.",
        by=PersonId(by),
        by_name="Nina Test",
        at=NOW - timedelta(days=1),
        complain_by=None,
    )


@dataclass
class Played:
    """What came of a conversation: everything said and asked in English, and the commands in order."""

    said: list[str] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    commands: list[Command[object]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of it as one text."""
        return "\n".join(self.said)


def play(
    conversation: Conversation,
    facts: Facts,
    answers: Mapping[str, object],
    given: Mapping[str, str] | None = None,
) -> Played:
    """Play to the end. `answers` by the end of the key; a question that has none fails the test with its key."""
    played = Played()
    stored: dict[str, object] = {}
    known: dict[type, object] = {TheProfile: PROFILE, TheLaw: LAW, Now: NOW, Me: me(Role.KE), TheSupport: SUPPORT, **facts}

    def do(key: str, command: Command[object]) -> object:
        played.commands.append(command)
        stored[key] = 11 if isinstance(command, Submit | ProposeTalk | ReportOwnDecision) else None
        return stored[key]

    while True:
        turn = replay(
            conversation,
            stored=dict(stored),
            look=lambda query: known[type(query)],
            do=do,
            given={"case": str(CASE)} if given is None else given,
        )
        played.said += [english(each.text) for each in turn.said]
        if turn.asked is None:
            return played
        assert turn.refused is None, f"{turn.asked.key}: {turn.refused}"
        played.said.append(english(turn.asked.prompt))
        played.asked.append(turn.asked)
        ends = [end for end in answers if turn.asked.key == end or turn.asked.key.endswith(f"/{end}")]
        assert ends, f"no answer to {turn.asked.key}, options {[option.value for option in turn.asked.options]}"
        stored[turn.asked.key] = answers[max(ends, key=len)]
