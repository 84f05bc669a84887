"""The circle around a person: who takes part, since when, and what each may see.

Here: a member as a value, and the one rule for what a member may see. Not here: what a consent covers (`bot.domain.consent`), who may
change the circle (`bot.domain.access`). Guarantee: a member sees what was set for that member and what a consent names, never one alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId, PersonId


class MemberKind(StrEnum):
    """Fixed members, and those who are called in when needed (Ås, Ansvarsgruppe; Lund § 11.4)."""

    FIXED = "fixed"
    WHEN_NEEDED = "when_needed"


class MemberState(StrEnum):
    """How far it has come with one member. Nobody is invited before a consent covers them (E04: Herøy)."""

    ADDED = "added"
    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    ENDED = "ended"


IN_CIRCLE: Final = frozenset({MemberState.ADDED, MemberState.INVITED, MemberState.JOINED})
"""Still of the circle, whether or not they have been asked yet."""
TAKES_PART: Final = frozenset({MemberState.JOINED})


class Ended(StrEnum):
    """Why a membership ended: the member's own wish, the coordinator or the unit, or the person who no longer shares."""

    LEFT = "left"
    REMOVED = "removed"
    STOPPED_SHARING = "stopped_sharing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How a member is reached. `hpr`: the number in the register of health personnel; a national identity number is never kept (F12)."""

    email: str | None = None
    phone: str | None = None
    hpr: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One member of the circle. `service` is an id of the profile's directory, or None where `service_words` say it freely.

    `sees`: what was set for this member; what they may see now is that and what a consent names. Moments are aware.
    """

    id: MemberId
    case: CaseId
    person: PersonId
    name: str
    title: str
    service: str | None
    service_words: str | None
    reach: Reach
    kind: MemberKind
    sees: frozenset[InfoKind]
    state: MemberState
    added_at: datetime
    invited_at: datetime | None
    joined_at: datetime | None
    ended_at: datetime | None


def visible(sees: Iterable[InfoKind], covered: Iterable[InfoKind]) -> frozenset[InfoKind]:
    """What a member may see now: what was set for them one by one (E05) and what a consent in force names (E04, E06)."""
    return frozenset(sees) & frozenset(covered)


STEPS: Final = {
    MemberState.ADDED: frozenset({MemberState.INVITED, MemberState.ENDED}),
    MemberState.INVITED: frozenset({MemberState.JOINED, MemberState.DECLINED, MemberState.ENDED}),
    MemberState.JOINED: frozenset({MemberState.ENDED}),
    MemberState.DECLINED: frozenset[MemberState](),
    MemberState.ENDED: frozenset[MemberState](),
}
"""Where a member can go from where they are. Whoever comes back is added anew, so that consent is asked for anew."""
