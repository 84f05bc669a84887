"""The law profile: sections, time limits and plain explanations as dated data, so that a change in the law is a new file.

Here: frozen values. Not here: reading `profiles/law/*.toml` (`bot.profile`). Guarantee: no time limit of the law is written in code.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.words import Words


class DecisionType(StrEnum):
    """Types of decision that can be complained about; the time limit for each stands in the law profile."""

    COORDINATOR = "coordinator"
    CHILDREN_COORDINATOR = "children_coordinator"
    INDIVIDUAL_PLAN = "individual_plan"
    OTHER = "other"


class Right(StrEnum):
    """What the public information explains, each with its section in the law profile."""

    COORDINATOR = "coordinator"
    CHILDREN_COORDINATOR = "children_coordinator"
    INDIVIDUAL_PLAN = "individual_plan"
    COORDINATING_UNIT = "coordinating_unit"


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section of an act, as people cite it («helse- og omsorgstjenesteloven § 7-2»), with a plain explanation for the public."""

    right: Right
    cited: Words
    explained: Words
    since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    """How long one can complain, from when one got to know. `cited`: the section that gives the right;
    `limit_cited`: the one with the limit.

    A late complaint is always received; the bot never turns one away (O02).
    """

    decision: DecisionType
    weeks: int
    cited: Words
    limit_cited: Words
    sent_to: Words
    decided_by: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """An act or regulation the handbooks stand on (U01 to U05), with what has become of it since."""

    row: str
    cited: str
    today: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """The law profile in force on a day. `answer_months`: within this time an answer, or a message about the delay and why.

    `data_months`: within this time an answer to whoever asks what is stored about them, or to have it corrected or deleted.
    `checked`: the day the facts were last compared with the law. `review_by`: when somebody must do so again; the profile stays in
    force after that day, since a bot that falls silent helps nobody, and `samrad check` says so.
    """

    id: str
    valid_from: date
    checked: date
    review_by: date
    answer_months: int
    answer_cited: Words
    data_months: int
    sections: tuple[Section, ...]
    complaints: tuple[Complaint, ...]
    citations: tuple[Citation, ...]

    def section(self, right: Right) -> Section:
        """The section for a right; each right has one, which the loader has made sure of."""
        return next(section for section in self.sections if section.right == right)

    def complaint(self, decision: DecisionType) -> Complaint:
        """The rule for complaints by decision type; each type has one, which the loader has made sure of."""
        return next(complaint for complaint in self.complaints if complaint.decision == decision)

    def needs_review(self, today: date) -> bool:
        """Whether somebody must compare the profile with the law again."""
        return today > self.review_by
