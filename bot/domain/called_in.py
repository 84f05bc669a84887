"""Called in for single points of a meeting, and not for all of it.

Here: which points somebody comes for, about when, and what becomes of that when the agenda changes. Not here: who is called at all
(`bot.domain.meetings`). Source: Herøy, IP-møte (who takes part follows from the agenda). Guarantee: whoever was called in for a point is
never, by a change of the agenda, called to another one or to all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.ids import MemberId, PersonId
from bot.domain.meetings import AgendaLine, Meeting, Participant

ROUNDED_TO_MINUTES: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledIn:
    """A member and the points they come for. A point is named by its code, or by its words where somebody wrote it; none: all of it."""

    member: MemberId
    points: tuple[str, ...]


def name_of(line: AgendaLine) -> str:
    """By what a point is named in a command: its code, else its words."""
    return line.code if line.code is not None else line.words or ""


def places(agenda: Sequence[AgendaLine], names: Iterable[str]) -> tuple[int, ...]:
    """Where these points stand on the agenda, the first as 0; names that are not on it are left out."""
    wanted = set(names)
    return tuple(place for place, line in enumerate(agenda) if name_of(line) in wanted)


def own_points(meeting: Meeting, person: PersonId) -> tuple[int, ...]:
    """The points somebody is called in for; none where they are there for all of it."""
    return next((each.points for each in meeting.invited if each.person == person), ())


def shown_to(meeting: Meeting, person: PersonId) -> tuple[tuple[int, AgendaLine], ...]:
    """The agenda as one reader gets it, each point with its place: whoever comes for single points gets those (GDPR art. 5 (1) c)."""
    own = own_points(meeting, person)
    return tuple((place, line) for place, line in enumerate(meeting.agenda) if not own or place in own)


def slot(meeting: Meeting, points: Sequence[int]) -> tuple[datetime, datetime] | None:
    """About when these points come, from and to, aware; None for all of it, and before the time is picked.

    Every point is given the same share of the meeting, rounded outwards to five minutes; whoever leads may do otherwise.
    """
    if not points or meeting.at is None or not meeting.agenda:
        return None
    count, step = len(meeting.agenda), ROUNDED_TO_MINUTES
    first = meeting.minutes * min(points) // count // step * step
    last = -(-meeting.minutes * (max(points) + 1) // (count * step)) * step
    return meeting.at + timedelta(minutes=first), meeting.at + timedelta(minutes=min(last, meeting.minutes))


def follow(
    participants: Iterable[Participant],
    before: Sequence[AgendaLine],
    after: Sequence[AgendaLine],
    *,
    renamed: Mapping[str, Sequence[str]] | None = None,
) -> dict[MemberId, tuple[int, ...]]:
    """Where the points of those called in stand on a new agenda. None left is an empty tuple, which is never to be read as all of it.

    `renamed`: a point that others have taken the place of, by its name: what the person wants to bring up, once they have written it.
    """
    found = {}
    for each in participants:
        if each.member is not None and each.points:
            kept = [name_of(before[place]) for place in each.points if place < len(before)]
            now = [name for one in kept for name in (renamed or {}).get(one, (one,))]
            found[each.member] = places(after, now)
    return found
