"""What a municipality sets itself about evaluation, follow-up and complaints.

Here: frozen values and nothing else. Not here: the law's own time limits (`bot.domain.law`), nor the rest of the profile
(`bot.domain.rules`). Guarantee: what handbooks answer differently is a value in this tree; each value's source stands beside it in
`profiles/*.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.evaluation import SETS, Point, QuestionSet
from bot.domain.words import Words


class OwnForm(StrEnum):
    """Where the municipality's own questions come: instead of those that come with Samråd, or after them."""

    INSTEAD = "instead"
    AFTER = "after"


class AnswerKind(StrEnum):
    """How a question is answered: on the scale with faces, or in words."""

    SCALE = "scale"
    WORDS = "words"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnQuestion:
    """A question of the municipality's own form. `id` is its name and never changes; another question gets another id.

    `about`: asked with the questions on the plan, or with those on the cooperation. `for_child`: the same to a child; None: a child is not
    asked it.
    """

    id: str
    about: QuestionSet
    kind: AnswerKind
    words: Words
    for_child: Words | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationRules:
    """When it is asked how things are going, and what is asked. Days are calendar days.

    `without_date_days`: so long after a coordinator said yes, a day for the evaluation must be agreed (L02). `nudge_days`: so long before
    that day both are reminded. `after_each_meeting`: the person is asked after each meeting of the group as well (L03).
    `follow_up_days`: so long after a coordinator said yes the person is asked whether anybody has been in touch. `change_working_days`:
    by then something is done about each bad answer (L05). `complaint_working_days`: by then a complaint about a coordinator is answered.
    `questions`: the municipality's own form; `own_form`: how it stands to the questions that come with Samråd.
    """

    without_date_days: int
    nudge_days: int
    after_each_meeting: bool
    follow_up_days: tuple[int, ...]
    change_working_days: int
    complaint_working_days: int
    own_form: OwnForm | None = None
    questions: tuple[OwnQuestion, ...] = ()

    def own(self, which: QuestionSet) -> tuple[tuple[OwnQuestion, Words], ...]:
        """The municipality's own questions that are asked here, each with the words it is asked in."""
        if which is QuestionSet.CHILD:
            return tuple((each, each.for_child) for each in self.questions if each.for_child is not None)
        return tuple((each, each.words) for each in self.questions if each.about is which)

    def built_in(self, which: QuestionSet) -> tuple[Point, ...]:
        """The questions that come with Samråd and are asked here. A child's own two are always asked (L06: Lund § 9)."""
        instead = self.own_form is OwnForm.INSTEAD and which is not QuestionSet.CHILD and bool(self.own(which))
        return () if instead else SETS[which]
