"""How things are going, asked of the person: questions, answers, who may read them.

Here: values, commands and queries. Not here: when it is asked (`bot.domain.reminders.evaluation`), SQL. Guarantees: the person chooses who
reads an answer; a bad answer always becomes somebody's task; a child answers in a short form of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from bot.domain.ids import CaseId, EvaluationId, PersonId
from bot.domain.words import Words
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, t


class QuestionSet(StrEnum):
    """Which questions: on the plan (L01), on the cooperation (L04), or the child's own (L06)."""

    PLAN = "plan"
    COOPERATION = "cooperation"
    CHILD = "child"


class Point(StrEnum):
    """One question."""

    GOALS = "goals"
    SERVICES = "services"
    WAY = "way"
    EXPERIENCE = "experience"
    TOGETHER = "together"
    COORDINATOR = "coordinator"
    MEETINGS = "meetings"
    HELP = "help"
    HEARD = "heard"


SETS: Final[Mapping[QuestionSet, tuple[Point, ...]]] = {
    QuestionSet.PLAN: (Point.GOALS, Point.SERVICES, Point.WAY, Point.EXPERIENCE),
    QuestionSet.COOPERATION: (Point.TOGETHER, Point.COORDINATOR, Point.MEETINGS),
    QuestionSet.CHILD: (Point.HELP, Point.HEARD),
}
"""Herøy, Evaluering: the four of `PLAN`; Herøy, Arbeidsoppgåver: the cooperation, the coordinator, the meetings; Lund § 9: the child."""

QUESTIONS: Final[Mapping[Point, Text]] = {
    Point.GOALS: t("How is it going with your goals?"),
    Point.SERVICES: t("How do the services work for you?"),
    Point.WAY: t("How good is the way we work?"),
    Point.EXPERIENCE: t("How has all this been for you?"),
    Point.TOGETHER: t("How well do those who help you work together?"),
    Point.COORDINATOR: t("How well does your coordinator help you?"),
    Point.MEETINGS: t("How good are the meetings?"),
    Point.HELP: t("Do you like the help you get?"),
    Point.HEARD: t("Do the grown-ups listen to you?"),
}


class Mark(IntEnum):
    """One of five steps."""

    VERY_BAD = 1
    BAD = 2
    BETWEEN = 3
    GOOD = 4
    VERY_GOOD = 5


BEST: Final = Mark.VERY_GOOD
LOW: Final = Mark.BAD
"""An answer this bad, or worse, is a no: it becomes a task (L05), and the person is asked whether somebody shall phone (L07)."""


class ReadBy(StrEnum):
    """Who may read an answer (L04)."""

    COORDINATOR = "coordinator"
    """The coordinator and the unit."""
    UNIT = "unit"
    """The unit, and not whoever coordinates."""


class GoesOn(StrEnum):
    """Is further coordination needed (L09: Lund § 7.13)?"""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class AfterLow(StrEnum):
    """What the person wants after a bad answer (L07: Rana, Klage)."""

    CALL = "call"
    COMPLAIN = "complain"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnAnswer:
    """An answer to a question of the municipality's own form, as it was asked. `mark`: on the scale; `words`: None where skipped."""

    id: str
    question: Words
    mark: Mark | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """One person's answers. `marks`: from 1, very bad, to 5, very good. `own`: to the municipality's own questions. `at` is aware."""

    id: EvaluationId
    case: CaseId
    person: PersonId
    questions: QuestionSet
    marks: Mapping[Point, int]
    words: str | None
    read_by: ReadBy
    goes_on: GoesOn | None
    at: datetime
    own: tuple[OwnAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreeEvaluation(Command[None]):
    """The coordinator or KE notes the day agreed for the next evaluation (L02). The person is told."""

    case: CaseId
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluate(Command[None]):
    """The person, or whoever acts for the person, answers. `marks` in the order asked; `own` to the municipality's own questions."""

    case: CaseId
    questions: QuestionSet
    marks: tuple[tuple[Point, int], ...]
    words: str | None
    read_by: ReadBy
    goes_on: GoesOn | None = None
    after_low: AfterLow = AfterLow.NOTHING
    own: tuple[OwnAnswer, ...] = ()

    @property
    def low(self) -> tuple[Text, ...]:
        """The questions whose answer is bad, as they were asked."""
        own = (Text("{question}", {"question": each.question}) for each in self.own if each.mark is not None and each.mark <= LOW)
        return (*(QUESTIONS[point] for point, mark in self.marks if mark <= LOW), *own)


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp(Command[None]):
    """Has anybody been in touch, and does the person know what happens next? A no becomes a task."""

    case: CaseId
    in_touch: bool
    knows_next: bool
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationLine:
    """One person's answers, as one who may read them sees them."""

    evaluation: EvaluationId
    who: str
    mine: bool
    questions: QuestionSet
    marks: tuple[tuple[Point, Mark], ...]
    own: tuple[OwnAnswer, ...]
    words: str | None
    read_by: ReadBy
    goes_on: GoesOn | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationView:
    """The evaluation of a case. `on`: the day agreed, in Oslo. `child`: the one who asks is the child the case is about."""

    case: CaseId
    number: int
    initials: str
    on: date | None
    may_answer: bool
    may_agree: bool
    child: bool
    has_coordinator: bool
    answers: tuple[EvaluationLine, ...]


@dataclass(frozen=True, slots=True)
class TheEvaluation(Query["EvaluationView | None"]):
    """The day agreed and the answers one may read; None for whoever has nothing to do with it. The look is recorded."""

    case: CaseId
