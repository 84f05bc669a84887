"""Complaints: about a coordinator, and about a decision.

Here: values, commands and queries. Not here: the law's time limits (`bot.domain.law`), when somebody is reminded
(`bot.domain.reminders.complaint`), SQL. Guarantees: the one complained of never reads it (O01: Rana, Klage på koordinator); a late one is
received like any other (O02); each has a day by which it is answered, and the person knows the day (O03).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, ComplaintId, DecisionId, PersonId
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, t


class About(StrEnum):
    """What is complained about."""

    COORDINATOR = "coordinator"
    DECISION = "decision"


class SentTo(StrEnum):
    """Who gets it: the coordinator's nearest leader or the unit, as the person chooses (Rana, Klage på koordinator)."""

    LEADER = "leader"
    UNIT = "unit"


class Outcome(StrEnum):
    """How a complaint ended. A decision is changed or the complaint is sent on to those who decide complaints."""

    PUT_RIGHT = "put_right"
    ANOTHER = "another"
    EXPLAINED = "explained"
    CHANGED = "changed"
    SENT_ON = "sent_on"
    WITHDRAWN = "withdrawn"


OUTCOMES: Final[Mapping[About, tuple[Outcome, ...]]] = {
    About.COORDINATOR: (Outcome.PUT_RIGHT, Outcome.ANOTHER, Outcome.EXPLAINED),
    About.DECISION: (Outcome.CHANGED, Outcome.SENT_ON),
}
"""What can be answered. A complaint about a decision that is not changed is always sent on."""

OUTCOME_WORDS: Final[Mapping[Outcome, Text]] = {
    Outcome.PUT_RIGHT: t("We change what was wrong."),
    Outcome.ANOTHER: t("You can have another coordinator."),
    Outcome.EXPLAINED: t("We have looked into it, and explain how we see it."),
    Outcome.CHANGED: t("The decision is changed."),
    Outcome.SENT_ON: t("We have not changed the decision. We have sent your complaint on."),
    Outcome.WITHDRAWN: t("You took it back."),
}
"""How it ended, in words for whoever complained."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    """A complaint. `concerned`: who is complained of; `handler`: who has it, None: the unit has it, and nobody has taken it yet.

    `to_unit_at`: the leader did not answer in time, and the unit has it since. Moments are aware, `answer_by` is a day in Oslo.
    """

    id: ComplaintId
    case: CaseId
    person: PersonId
    about: About
    decision: DecisionId | None
    concerned: PersonId | None
    sent_to: SentTo
    to_unit_at: datetime | None
    handler: PersonId | None
    words: str
    wish: str | None
    late_why: str | None
    late: bool
    received_at: datetime
    answer_by: date
    outcome: Outcome | None
    answer: str | None
    answered_at: datetime | None

    @property
    def at_unit(self) -> bool:
        """Whether the unit has it."""
        return self.sent_to is SentTo.UNIT or self.to_unit_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Complain(Command[int]):
    """Complain. Its id. `late_why`: why a complaint about a decision comes late, if the person wants to say."""

    case: CaseId
    about: About
    sent_to: SentTo
    words: str
    wish: str | None = None
    decision: DecisionId | None = None
    late_why: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawComplaint(Command[None]):
    """Whoever complained takes it back."""

    complaint: ComplaintId


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeComplaint(Command[None]):
    """Somebody at the unit takes it: from now on it has an owner, whose name the person sees."""

    complaint: ComplaintId


@dataclass(frozen=True, kw_only=True, slots=True)
class DelayComplaint(Command[None]):
    """It takes longer: a new day, and why. The person is told."""

    complaint: ComplaintId
    until: date
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerComplaint(Command[None]):
    """The answer, in words for the person."""

    complaint: ComplaintId
    outcome: Outcome
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintView:
    """A complaint as whoever complained, or whoever answers it, sees it. `who`: the name of whoever complained."""

    complaint: ComplaintId
    case: CaseId
    number: int
    initials: str
    who: str
    about: About
    concerned: str | None
    sent_to: SentTo
    at_unit: bool
    handler: str | None
    words: str
    wish: str | None
    late: bool
    late_why: str | None
    received_at: datetime
    answer_by: date
    overdue: bool
    outcome: Outcome | None
    answer: str | None
    mine: bool
    handled_by_me: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintStart:
    """What somebody can complain about in a case, and to whom. `coordinator` and `leader`: their names; None: there is none to name."""

    case: CaseId
    number: int
    coordinator: str | None
    leader: str | None
    has_leader: bool
    to_unit: bool
    mine: tuple[ComplaintView, ...]


@dataclass(frozen=True, slots=True)
class ToComplain(Query["ComplaintStart | None"]):
    """What one can complain about; None for whoever cannot."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class TheComplaint(Query["ComplaintView | None"]):
    """One complaint, for whoever complained and whoever answers it. None for all others, first of all the one complained of."""

    complaint: ComplaintId


@dataclass(frozen=True, slots=True)
class ComplaintsToAnswer(Query[tuple[ComplaintView, ...]]):
    """What waits for the answer of whoever asks, the earliest day first."""
