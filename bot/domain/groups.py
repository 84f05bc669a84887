"""A responsibility group: the people around a person who meet regularly, with the person.

Here: the group as a value and its steps. Not here: who is in it (`bot.domain.circle`), its meetings (`bot.domain.meetings`), SQL.
Guarantees: no group without a consent to sharing in force (E01: Ås, Ansvarsgruppe); a leader who is not the coordinator has an end date
where there is no coordinator (F03: Lund § 11.4); a group is dissolved with a reason, never by silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, GroupId, PersonId
from bot.domain.meetings import MeetingKind


class GroupState(StrEnum):
    """Whether the group works."""

    ACTIVE = "active"
    DISSOLVED = "dissolved"


class Dissolved(StrEnum):
    """Why a group ended (Lund § 11.4, Oppløsning). Only the first asks for a joint evaluation before (L08)."""

    NO_NEED = "no_need"
    PERSON_WANTS = "person_wants"
    CONSENT_ENDED = "consent_ended"
    CASE_CLOSED = "case_closed"


COUNTED: Final = frozenset({MeetingKind.GROUP, MeetingKind.PLAN})
"""Kinds of meetings that keep the rhythm of a group."""
NEEDS_EVALUATION: Final = frozenset({Dissolved.NO_NEED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group. `until`: the last day of a time-limited one, on which it is evaluated (F09); None: long-term.

    `chair_until`: how long somebody leads where there is no coordinator. `turns`: who writes, in turn (G15). Moments are aware.
    """

    id: GroupId
    case: CaseId
    state: GroupState
    purpose: str
    goals: str | None
    until: date | None
    chair: PersonId | None
    chair_until: date | None
    turns: tuple[PersonId, ...]
    begun_by: PersonId
    begun_at: datetime
    evaluated_on: date | None
    ended_at: datetime | None
    ended_why: Dissolved | None


def next_writer(turns: Sequence[PersonId], last: PersonId | None, here: Sequence[PersonId]) -> PersonId | None:
    """Whose turn it is to write: the next in the list after whoever wrote last, among those who are to come; None without a list."""
    if not turns:
        return None
    start = turns.index(last) + 1 if last in turns else 0
    return next((each for each in (*turns[start:], *turns[:start]) if each in here), None)
