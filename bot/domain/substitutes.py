"""Standing in for a coordinator, and the days nobody stands in.

Here: a substitute and an absence as values, and what follows from their times. Not here: SQL (`bot.store.substitutes`), nor who may
propose whom (`bot.domain.access`). Guarantee: a gap is found wherever a coordinator is away and nobody stands in, now or later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.ids import CaseId, PersonId, SubstituteId

OSLO: Final = ZoneInfo("Europe/Oslo")


class SubstituteScope(StrEnum):
    """For one meeting, or for a longer period (Ås, Bytte av koordinator)."""

    MEETING = "meeting"
    PERIOD = "period"


class SubstituteState(StrEnum):
    """How far it has come with one substitute."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECALLED = "recalled"
    ENDED = "ended"


OPEN_SUBSTITUTE: Final = frozenset({SubstituteState.PROPOSED, SubstituteState.ACCEPTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From a moment until just before another. Moments are aware."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, moment: datetime) -> bool:
        """Is this moment within it?"""
        return self.starts_at <= moment < self.ends_at

    def shown(self) -> tuple[date | datetime, date | datetime]:
        """From and to as people say it: first and last day where it is whole days in Oslo, else the moments."""
        first, after = self.starts_at.astimezone(OSLO), self.ends_at.astimezone(OSLO)
        if after.time() != time():
            return self.starts_at, self.ends_at
        return first.date(), (after - timedelta(days=1)).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Substitute:
    """Somebody who stands in for the coordinator. Access is for exactly `time`, once accepted. Moments are aware."""

    id: SubstituteId
    case: CaseId
    person: PersonId
    instead_of: PersonId
    scope: SubstituteScope
    state: SubstituteState
    time: Span
    proposed_by: PersonId
    proposed_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """When somebody is away."""

    person: PersonId
    time: Span


def gaps(away: Iterable[Span], covered: Iterable[Span], now: datetime) -> tuple[Span, ...]:
    """When, from now on, somebody is away and nobody stands in; earliest first."""
    found: list[Span] = []
    cover = sorted(covered, key=lambda each: each.starts_at)
    for span in sorted(away, key=lambda each: each.starts_at):
        start = max(span.starts_at, now)
        for each in cover:
            if each.ends_at <= start or each.starts_at >= span.ends_at:
                continue
            if each.starts_at > start:
                found.append(Span(starts_at=start, ends_at=each.starts_at))
            start = max(start, each.ends_at)
        if start < span.ends_at:
            found.append(Span(starts_at=start, ends_at=span.ends_at))
    return tuple(found)


def standing_in_since(substitutes: Iterable[Substitute], now: datetime) -> datetime | None:
    """Since when substitutes have stood in without a day between, where one stands in now; None where nobody does."""
    taken = [each for each in substitutes if each.answered_at is not None and each.time.starts_at <= now]
    since = next((each.time.starts_at for each in taken if each.state is SubstituteState.ACCEPTED and each.time.holds(now)), None)
    while since is not None:
        before = [each.time.starts_at for each in taken if each.time.starts_at < since <= each.time.ends_at and each.state in _STOOD_IN]
        if not before:
            break
        since = min(before)
    return since


_STOOD_IN: Final = frozenset({SubstituteState.ACCEPTED, SubstituteState.ENDED})
