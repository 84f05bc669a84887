"""What the person asks or wishes, and the answer they are promised.

Here: promises, questions for guidance and the coordinator's own look as values. Not here: SQL, nor who may (`bot.domain.access`).
Guarantees: a promise has a day, which the person sees (K18: Rana, Samarbeid); a no and a part say why (K19).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, GuidanceId, PersonId, PromiseId, TaskId
from bot.engine.texts import Text, t


class Answer(StrEnum):
    """What became of a wish (Rana, Samarbeid)."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"


ANSWERS: Final[Mapping[Answer, Text]] = {Answer.YES: t("Yes"), Answer.NO: t("No, because"), Answer.PARTLY: t("In part")}
"""The answers as they are chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """Something to be found out. `due_on` is a day in Oslo; `reply` are the words of the answer."""

    id: PromiseId
    case: CaseId
    words: str
    made_by: PersonId
    made_at: datetime
    due_on: date
    answer: Answer | None
    reply: str | None
    answered_at: datetime | None


class GuidanceKind(StrEnum):
    """Why leader or unit are asked."""

    STUCK = "stuck"
    """The coordinator does not get further (K16: Rana, Det enkle)."""
    LIFTED = "lifted"
    """Something that is not about this person alone is lifted on the person's behalf (K21: Ås, Tips)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guidance:
    """A question to leader and unit. `task` is what the unit has on its list; `answered_at` when that was done."""

    id: GuidanceId
    case: CaseId
    kind: GuidanceKind
    to_leader: bool
    words: str
    asked_by: PersonId
    asked_at: datetime
    task: TaskId
    answered_at: datetime | None


class OwnLook(StrEnum):
    """What the coordinator looks at each month (K10: Rana, Oppfølging)."""

    REACHABLE = "reachable"
    TOGETHER = "together"
    SERVICES = "services"
    EVALUATED = "evaluated"


OWN_LOOKS: Final[Mapping[OwnLook, Text]] = {
    OwnLook.REACHABLE: t("Has the person been able to reach you this month?"),
    OwnLook.TOGETHER: t("Do you invite to meetings together with the person?"),
    OwnLook.SERVICES: t("Have you contacted the services that are needed?"),
    OwnLook.EVALUATED: t("Do you look at the work together when you said you would?"),
}
"""Four questions, each answered in one press."""
