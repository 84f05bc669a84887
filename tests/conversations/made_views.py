"""Made-up facts for conversations, built from the types of the queries, so that a new query needs nothing here.

Here: worlds, each answering every query with a value of the right type. Not here: rights and real data. Each world takes the values of
every enumeration in turn, so that together the worlds show all of them; one world has nothing in it.
"""

import sys
import types
from collections import Counter
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints
from zlib import crc32

from bot.domain.access import Role
from bot.domain.attendance import Reply
from bot.domain.attendance_queries import AttendanceView
from bot.domain.cases import CaseState, DecisionState, TaskKind
from bot.domain.change_queries import ChangeAskView, ChangeView
from bot.domain.changes import ChangeState
from bot.domain.circle_commands import InviteMember
from bot.domain.circle_queries import ChildrenView
from bot.domain.closing import ClosingState, ClosingView
from bot.domain.commands import UseLinkCode
from bot.domain.complaints import ComplaintView
from bot.domain.consent_commands import PrepareAnswer, RecordConsent, SignConsent
from bot.domain.evaluation import EvaluationView
from bot.domain.figures_queries import MonthView
from bot.domain.group_commands import GroupView
from bot.domain.ids import MemberId, PersonId
from bot.domain.meeting_queries import MeetingPlanView, MeetingView, ParticipantView
from bot.domain.nudges import NudgeLater
from bot.domain.office_hours import WEEKDAYS, OfficeHours
from bot.domain.phase_commands import PhaseView
from bot.domain.queries import CaseView, DecisionView, MeView, TaskView
from bot.domain.rules import Law, Profile, Service
from bot.domain.standing import StandingView
from bot.engine.ask import Command, Query
from bot.engine.texts import Language, Text, verbatim
from bot.profile import load_law, load_profile, shipped_profiles

NOW = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)
STATES = tuple(CaseState)
PROFILES = {name: load_profile(name) for name in ("demo", *shipped_profiles())}
LAW = load_law(NOW.date())


class Much(StrEnum):
    """How much of what may be missing is there."""

    ALL = "all"
    SOME = "some"
    NOTHING = "nothing"


@dataclass
class World:
    """One set of facts. `turn` picks the values of enumerations, apart from the case's state; `profile` is a municipality."""

    turn: int
    much: Much
    staff: bool
    state: CaseState = CaseState.RECEIVED
    profile: str = "demo"
    seen: Counter[Any] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.state}-{self.much}-{self.turn}-{'staff' if self.staff else 'citizen'}-{self.profile}"

    looked: dict[Query[object], object] = field(default_factory=dict, compare=False)

    def remembering(self, looked: dict[Query[object], object]) -> "World":
        """The same world, which keeps what it has answered."""
        return replace(self, looked=looked)

    def look(self, query: Query[object]) -> object:
        """Today's facts, the same at each replay."""
        if query not in self.looked:
            self.seen = Counter()
            self.looked[query] = self.made(_answer_type(type(query), Query))
        return self.looked[query]

    def do(self, key: str, command: Command[object]) -> object:
        """The result of a command. A link code's result stands in the code itself, so that both can be had."""
        if isinstance(command, UseLinkCode):
            return command.code
        if isinstance(command, InviteMember):
            return "" if self.much is Much.SOME else "ACDEF 34797"
        if isinstance(command, PrepareAnswer):
            return ("sign", "sign_on_page", "sign_on_paper", "refused")[self.turn % 4] if command.yes else "refused"
        if isinstance(command, SignConsent | RecordConsent):
            return ("given", "others", "nothing")[self.turn % 3]
        if isinstance(command, NudgeLater):
            return command.day.isoformat()
        return 7 if _answer_type(type(command), Command) is int else None

    def made(self, wanted: Any) -> Any:
        """A value of that type."""
        if wanted is Profile:
            return PROFILES[self.profile]
        if wanted is Law:
            return LAW
        if wanted is OfficeHours:
            return OfficeHours(opens=time(9), closes=time(14), days=(0, 3) if self.turn % 2 else WEEKDAYS)
        if wanted is Service:
            self.seen[Service] += 1
            return PROFILES[self.profile].services[self.seen[Service] % len(PROFILES[self.profile].services)]
        if wanted is Text:
            return verbatim(self.made(str))
        if isinstance(wanted, NewType):
            return self.made(wanted.__supertype__)
        origin = get_origin(wanted)
        if origin in (Union, types.UnionType):
            return self._optional(wanted)
        if origin is tuple and Ellipsis not in get_args(wanted):
            return tuple(self.made(each) for each in get_args(wanted))
        if origin is tuple:
            many = {Much.ALL: 2, Much.SOME: 1, Much.NOTHING: 0}[self.much]
            return tuple(self.made(get_args(wanted)[0]) for _ in range(many))
        if origin is frozenset:
            return self._several(get_args(wanted)[0])
        if wanted is not Text and is_dataclass(wanted) and isinstance(wanted, type):
            return self._view(wanted)
        return self._plain(wanted)

    def _several(self, wanted: Any) -> frozenset[Any]:
        if wanted is Role:
            return frozenset(Role) if self.staff else frozenset()
        many = {Much.ALL: len(wanted), Much.SOME: 2, Much.NOTHING: 0}[self.much]
        return frozenset(tuple(wanted)[:many])

    def _optional(self, wanted: Any) -> Any:
        inner = [each for each in get_args(wanted) if each is not type(None)]
        if len(inner) == len(get_args(wanted)):
            return self.made(inner[0])
        self.seen["optional"] += 1
        there = self.much is Much.ALL or (self.much is Much.SOME and self.seen["optional"] % 2 == 1)
        return self.made(inner[0]) if there else None

    def _view(self, wanted: type) -> object:
        hints = get_type_hints(wanted)
        made = {each.name: self.made(hints[each.name]) for each in fields(wanted)}
        if wanted is MeView:
            # The same person in as many worlds as possible: what does not depend on the case is then walked once, not in each world.
            made["language"] = Language.NB if self.much is Much.ALL else Language.NN
            made["link_confirmed"] = self.much is Much.ALL
            made["department"] = PROFILES[self.profile].departments[0].id if self.staff else None
        self._fitting(wanted, made)
        return wanted(**made)

    def _fitting(self, wanted: type, made: dict[str, Any]) -> None:
        """Values that belong together, so that what hangs on both is met in some world."""
        if wanted is MeetingPlanView and self.much is Much.SOME:
            made["open_meeting"] = None
            made["candidates"] = tuple(replace(each, covered=True, member=MemberId(1)) for each in made["candidates"])
        elif wanted is PhaseView and self.much is Much.ALL:
            made |= {"may_change": True, "transitions": tuple(replace(each, done=False) for each in made["transitions"])}
        elif wanted is MeetingView and self.much is Much.ALL:
            made["calls"] = True
        elif wanted is ChangeAskView:
            self.seen["ask"] += 1
            made["ask"] = self.seen["ask"]
        elif wanted is CaseView and self.state is CaseState.REFUSED and self.much is Much.ALL:
            made |= {"content": True, "talks": ()}
        elif wanted is CaseView and self.state is CaseState.ACTIVE and self.much is Much.ALL and not self.staff:
            made |= {"content": True, "child_path": self.turn == 32}
        elif wanted is ChildrenView and not self.staff:
            made["may_note"] = False
        elif wanted is AttendanceView and self.much is Much.ALL:
            first = replace(made["replies"][0], reply=Reply.CANNOT, needed=True, person=PersonId(2))
            made |= {"recipient": True, "open": True, "over": False, "replies": (first, *made["replies"][1:])}
        elif wanted is ChangeView and self.turn == 20:
            made |= {"state": ChangeState.ASKING, "answers": True}
        elif wanted is GroupView and self.much is Much.SOME:
            made |= {"now": None, "may_change": True, "allowed": True}
        elif wanted is StandingView and self.much is Much.SOME:
            made["gap"] = None
        elif wanted is EvaluationView and self.much is Much.SOME:
            made |= {"child": False, "may_answer": True, "has_coordinator": self.turn % 2 == 0}
        elif wanted is DecisionView and self.turn == 32:
            made |= {"complain_by": NOW.date() - timedelta(days=1), "state": DecisionState.FINAL}
        elif wanted is ClosingView and self.turn == 32:
            agreed = replace(made["closing"], state=ClosingState.AGREED)
            made |= {"closed": False, "may_answer": True, "may_close": False, "closing": agreed}
        elif wanted is ComplaintView and self.turn == 32:
            made["outcome"] = None
        elif wanted is TaskView and self.turn == 20:
            made["kind"] = TaskKind.GUIDANCE
        elif wanted is MonthView:
            self.seen[MonthView] += 1
            made["month"] = date(NOW.year, self.seen[MonthView], 1)
        elif wanted is ParticipantView and self.much is Much.ALL:
            made["person"] = PersonId(2)

    def _plain(self, wanted: Any) -> Any:
        self.seen[wanted] += 1
        number = self.seen[wanted]
        if wanted is CaseState:
            return self.state
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            members = tuple(wanted)
            return members[crc32(f"{wanted.__name__} {self.turn} {number}".encode()) % len(members)]
        plain: dict[Any, Any] = {
            bool: (self.turn + number) % 2 == 0,
            int: number,
            str: f"Ola {number}",
            Text: verbatim(f"Ola {number}"),
            date: NOW.date() + timedelta(days=number),
            datetime: NOW + timedelta(days=number),
            time: time(8 + number % 12),
        }
        return plain[wanted]


def _answer_type(cls: type, base: type) -> Any:
    """What a query or a command is answered with: the argument of its generic base."""
    (argument,) = next(get_args(each) for each in getattr(cls, "__orig_bases__", ()) if get_origin(each) is base)

    def holder() -> None:
        """Only carries the annotation."""

    holder.__annotations__ = {"answer": argument}
    return get_type_hints(holder, vars(sys.modules[cls.__module__]))["answer"]


WORLDS = (
    *(World(turn=turn, much=Much.ALL, staff=True, state=state) for turn, state in enumerate(STATES)),
    *(World(turn=turn, much=Much.SOME, staff=True, state=state) for turn, state in enumerate(STATES, start=len(STATES))),
    *(World(turn=place, much=Much.SOME, staff=False, profile=name) for place, name in enumerate(shipped_profiles())),
    World(turn=2, much=Much.NOTHING, staff=False),
    World(turn=3, much=Much.NOTHING, staff=True),
    World(turn=32, much=Much.ALL, staff=False, state=CaseState.ACTIVE),
)
GROWN_UP = World(turn=33, much=Much.ALL, staff=False, state=CaseState.ACTIVE)
"""Somebody's own case that is not a child's: what only "My case" asks for."""
CASE_WORLDS = (
    *WORLDS,
    *(World(turn=turn, much=Much.ALL, staff=True, state=CaseState.ACTIVE) for turn in range(20, 24)),
    *(World(turn=turn, much=Much.SOME, staff=True, state=CaseState.CLARIFYING) for turn in range(24, 28)),
    *(World(turn=turn, much=Much.ALL, staff=True, state=CaseState.APPOINTING) for turn in range(28, 32)),
)
"""For conversations about one case: more of what a case can hold."""
