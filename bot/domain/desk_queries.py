"""What only the desk on the secure page looks up: the coming talks, a search, and what has happened in a case.

Here: queries as values, answered by `bot.services`. Not here: SQL and rights. Guarantee: whoever may not see the answer gets nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.cases import Place, TalkKind, TalkState
from bot.domain.ids import CaseId
from bot.domain.meeting_queries import MeetingLine
from bot.domain.queries import CaseLine
from bot.engine.ask import Query
from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkLine:
    """A talk in the calendar. `at` is aware, or None while times are only offered. `over`: the time has passed and nothing is noted."""

    case: CaseId
    number: int
    initials: str
    kind: TalkKind
    state: TalkState
    place: Place
    at: datetime | None
    offered: tuple[datetime, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class ComingTalks(Query[tuple[TalkLine, ...]]):
    """KE: every open talk. A coordinator: those of the people one coordinates for. Agreed ones first, earliest first; empty for others."""


@dataclass(frozen=True, slots=True)
class ComingMeetings(Query[tuple[MeetingLine, ...]]):
    """KE: every meeting that is planned or called in a living case. A coordinator: those of one's own people. The earliest first."""


@dataclass(frozen=True, slots=True)
class CasesFound(Query[tuple[CaseLine, ...]]):
    """Living cases by initials or by number: KE among all, a coordinator among one's own. The search is recorded, not the words."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened in a case, or is to come. `at` is aware; `who` is as far as the reader may know; `day`: a day as a whole."""

    at: datetime
    what: Text
    who: Text
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TheTimeline(Query[tuple[Event, ...]]):
    """What happened in a case, oldest first, as far as the reader may know it; empty for who may not see what is in the case."""

    case: CaseId
