"""What can be asked for about a responsibility group, in the imperative.

Here: commands and queries as values. Not here: what they do (`bot.services.groups`) and who may.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.groups import Dissolved, Group
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUpGroup(Command[None]):
    """Set a group up on the person's need, also without a plan (F01), where consent allows (E01).

    `until`: the last day of a time-limited one; then it needs goals (F09). `chair_until` is demanded for a leader who is not the
    coordinator where there is no coordinator (F03). `turns`: who writes, in turn (G15).
    """

    case: CaseId
    purpose: str
    goals: str | None = None
    until: date | None = None
    chair: PersonId | None = None
    chair_until: date | None = None
    turns: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeGroup(Command[None]):
    """What the group is for, how long it lasts, who leads, who writes: as it shall be from now on."""

    case: CaseId
    purpose: str
    goals: str | None
    until: date | None
    chair: PersonId | None
    chair_until: date | None
    turns: tuple[PersonId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteEvaluated(Command[None]):
    """The group has looked at its work together, on this day in Oslo (L08: Lund § 11.4, Oppløsning)."""

    case: CaseId
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DissolveGroup(Command[None]):
    """End the group. Where there is no more need, only after a joint evaluation; the person can end it at any time."""

    case: CaseId
    why: Dissolved


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """The group of a case as one who has to do with it sees it. `now` is None where there is none; `before`: one has ended.

    `allowed`: a consent to sharing is in force. `people`: the coordinator and the members, who can lead and write.
    """

    case: CaseId
    number: int
    initials: str
    now: Group | None
    before: Group | None
    allowed: bool
    may_change: bool
    may_end: bool
    has_coordinator: bool
    chair: str | None
    writers: tuple[str, ...]
    people: tuple[tuple[PersonId, str], ...]


@dataclass(frozen=True, slots=True)
class TheGroup(Query["GroupView | None"]):
    """The group of a case, for those who coordinate it and the person's side. None for others."""

    case: CaseId
