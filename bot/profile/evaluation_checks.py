"""What a municipality's own evaluation form must keep to.

Here: its questions and how they stand to those that come with Samråd. Not here: types, missing words and unknown kinds
(`bot.profile.reading`), days (`bot.profile.checks`). Guarantee: each broken rule gives one sentence with the key and what to do.
"""

from collections.abc import Iterator
from typing import Final

from bot.domain.evaluation import Point, QuestionSet
from bot.domain.evaluation_rules import EvaluationRules, OwnQuestion
from bot.domain.rules import Profile
from bot.profile.ids import id_mistakes

LONGEST: Final = 120
"""A question that is read on a phone."""
MOST: Final = 8
"""More than so many nobody answers."""
MOST_FOR_CHILD: Final = 3
"""A child's form is short (Lund § 9)."""


def evaluation_mistakes(profile: Profile) -> Iterator[str]:
    """Every rule the form breaks, as sentences without the file's name."""
    rules = profile.evaluation
    yield from id_mistakes("evaluation.questions", (each.id for each in rules.questions))
    yield from _form(rules)
    for number, question in enumerate(rules.questions, start=1):
        yield from (f"evaluation.questions[{number}]{what}" for what in _question(question))


def _form(rules: EvaluationRules) -> Iterator[str]:
    if rules.questions and rules.own_form is None:
        yield 'evaluation.own_form is missing. Write own_form = "after" or "instead": how the questions stand to those of Samråd.'
    if rules.own_form is not None and not rules.questions:
        yield "evaluation.own_form is there, but no question. Add [[evaluation.questions]], or delete the line."
    for which, most in ((QuestionSet.PLAN, MOST), (QuestionSet.COOPERATION, MOST), (QuestionSet.CHILD, MOST_FOR_CHILD)):
        if (count := len(rules.own(which))) > most:
            who = "for a child" if which is QuestionSet.CHILD else f'about "{which}"'
            yield f"evaluation.questions has {count} {who}, but at most {most} are answered. Choose the most important."


def _question(question: OwnQuestion) -> Iterator[str]:
    if question.id in set(Point):
        yield f'.id is "{question.id}", which comes with Samråd. Choose another id.'
    if question.about is QuestionSet.CHILD:
        yield '.about is "child". Write about = "plan" or "cooperation", and for_child with the words for a child.'
    for key, given in (("words", question.words), ("for_child", question.for_child)):
        for words in () if given is None else given.each():
            if len(words) > LONGEST:
                yield f".{key} has {len(words)} characters in «{words}», but at most {LONGEST} are read. Make it shorter."
            if "\n" in words:
                yield f".{key} has more than one line. Write it on one."
