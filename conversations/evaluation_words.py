"""Words for answers about how things are going, shared by whoever answers and whoever reads.

Here: the five steps, each with a face and a word, so that it can be read and heard. Not here: the questions (`bot.domain.evaluation`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.evaluation import QUESTIONS, EvaluationLine, GoesOn, Mark, OwnAnswer, QuestionSet, ReadBy
from bot.engine.texts import Text, joined, t

MARKS: Final[Mapping[Mark, Text]] = {
    Mark.VERY_GOOD: t("😀 Very good"),
    Mark.GOOD: t("🙂 Good"),
    Mark.BETWEEN: t("😐 In between"),
    Mark.BAD: t("🙁 Bad"),
    Mark.VERY_BAD: t("😢 Very bad"),
}
CHILDS_MARKS: Final[Mapping[Mark, Text]] = {Mark.VERY_GOOD: t("😀 Yes"), Mark.BETWEEN: t("😐 Sometimes"), Mark.VERY_BAD: t("😢 No")}
"""A child chooses among three (Lund § 9)."""
GOES_ON: Final[Mapping[GoesOn, Text]] = {
    GoesOn.YES: t("Yes, I still need it"),
    GoesOn.NO: t("No, it is enough"),
    GoesOn.UNSURE: t("I do not know"),
}
READ_BY: Final[Mapping[ReadBy, Text]] = {
    ReadBy.COORDINATOR: t("My coordinator too"),
    ReadBy.UNIT: t("Not my coordinator"),
}


def _own(answer: OwnAnswer, marks: Mapping[Mark, Text]) -> Text:
    """An answer to one of the municipality's own questions, as it was asked."""
    if answer.mark is None:
        return t("{question} «{words}»", question=answer.question, words=answer.words or "")
    return t("{question} {answer}", question=answer.question, answer=marks.get(answer.mark, MARKS[answer.mark]))


def answered(line: EvaluationLine) -> Text:
    """One person's answers, in one message."""
    marks = CHILDS_MARKS if line.questions is QuestionSet.CHILD else MARKS
    head = t("Your answers {moment}", moment=line.at) if line.mine else t("{name} answered {moment}", name=line.who, moment=line.at)
    lines = [
        head,
        *(t("{question} {answer}", question=QUESTIONS[point], answer=marks.get(mark, MARKS[mark])) for point, mark in line.marks),
        *(_own(each, marks) for each in line.own if each.mark is not None or each.words),
    ]
    if line.goes_on is not None:
        lines.append(t("Is coordination still needed? {answer}", answer=GOES_ON[line.goes_on]))
    if line.words:
        lines.append(t("«{words}»", words=line.words))
    return joined(*lines, by="\n")
