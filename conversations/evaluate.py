"""How is it going? The person answers, or whoever acts for the person; a child in a short form of its own.

Requirement rows: L01, L04, L06, L07, L09. Sources: Herøy, Evaluering and Arbeidsoppgåver; Lund §§ 7.13, 9; Rana, Klage på koordinator. The
person chooses who reads it. Everything is asked before anything is sent.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.evaluation import (
    LOW,
    QUESTIONS,
    AfterLow,
    Evaluate,
    EvaluationView,
    GoesOn,
    Mark,
    OwnAnswer,
    Point,
    QuestionSet,
    ReadBy,
    TheEvaluation,
)
from bot.domain.evaluation_rules import AnswerKind, EvaluationRules, OwnQuestion
from bot.domain.ids import CaseId
from bot.domain.queries import TheProfile
from bot.domain.words import Words
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t, verbatim
from conversations.evaluation_words import CHILDS_MARKS, GOES_ON, MARKS, READ_BY
from conversations.which_case import which_case

AFTER_LOW: Final = {
    AfterLow.CALL: t("Yes, phone me"),
    AfterLow.COMPLAIN: t("I want to complain"),
    AfterLow.NOTHING: t("No, this is enough"),
}


async def evaluate(ask: Ask) -> None:
    """Begun from a notice, or from one's case."""
    await evaluate_case(ask, await which_case(ask))


async def evaluate_case(ask: Ask, case: CaseId | None) -> None:
    """The same from the case."""
    view = None if case is None else await ask.look(TheEvaluation(case))
    if view is None or not view.may_answer:
        await ask.say(t("There is nothing to answer here now."), sensitivity=Sensitivity.NEUTRAL)
        return
    profile = await ask.look(TheProfile())
    if view.child:
        await _child(ask, view, profile.evaluation)
        return
    await ask.say(t("You say how it is going. There is no wrong answer."), sensitivity=Sensitivity.PERSONAL)
    if profile.links.evaluation_form is not None:
        await ask.say(t("There is a paper form too: {link}", link=verbatim(profile.links.evaluation_form)), sensitivity=Sensitivity.PUBLIC)
    about = {QuestionSet.PLAN: t("Goals and services"), QuestionSet.COOPERATION: t("Those who help me, and meetings")}
    which = QuestionSet(
        await ask.choice("about", t("What do you want to say something about?"), {str(key): words for key, words in about.items()})
    )
    marks = await _marks(ask, profile.evaluation.built_in(which), MARKS)
    own = await _own(ask, profile.evaluation.own(which), MARKS)
    words = await ask.text(
        "words",
        t("What is good, and what must change? Use your own words."),
        skip=t("Nothing to add"),
        sensitivity=Sensitivity.HEALTH,
        max_length=2000,
    )
    goes_on = None
    if which is QuestionSet.PLAN:
        options = {str(each): label for each, label in GOES_ON.items()}
        goes_on = GoesOn(await ask.choice("goes_on", t("Do you still need coordination?"), options, sensitivity=Sensitivity.HEALTH))
    read_by = await _read_by(ask, view, t("Who may read this? The coordinating unit always can."))
    after, low = AfterLow.NOTHING, _low(marks, own)
    if low:
        options = {str(each): label for each, label in AFTER_LOW.items()}
        after = AfterLow(
            await ask.choice(
                "after", t("Something is not good. Shall somebody at the unit phone you?"), options, sensitivity=Sensitivity.PERSONAL
            )
        )
    await ask.do(
        "send",
        Evaluate(case=view.case, questions=which, marks=marks, words=words, read_by=read_by, goes_on=goes_on, after_low=after, own=own),
    )
    await ask.say(_thanks(after, low), sensitivity=Sensitivity.PERSONAL)


async def _marks(ask: Ask, points: Sequence[Point], faces: Mapping[Mark, Text]) -> tuple[tuple[Point, int], ...]:
    options = {str(mark.value): words for mark, words in faces.items()}
    found = [await ask.choice(f"mark/{point}", QUESTIONS[point], options, sensitivity=Sensitivity.HEALTH) for point in points]
    return tuple((point, int(mark)) for point, mark in zip(points, found, strict=True))


async def _own(ask: Ask, questions: Sequence[tuple[OwnQuestion, Words]], faces: Mapping[Mark, Text]) -> tuple[OwnAnswer, ...]:
    """The municipality's own form. An answer goes by the question's id and kind, so that a form exchanged half way asks what is new."""
    options = {str(mark.value): words for mark, words in faces.items()}
    found: list[OwnAnswer] = []
    for each, asked in questions:
        prompt, key = Text("{question}", {"question": asked}), f"own/{each.kind}/{each.id}"
        if each.kind is AnswerKind.SCALE:
            mark = Mark(int(await ask.choice(key, prompt, options, sensitivity=Sensitivity.HEALTH)))
            found.append(OwnAnswer(id=each.id, question=asked, mark=mark))
        else:
            words = await ask.text(key, prompt, skip=t("Nothing to add"), sensitivity=Sensitivity.HEALTH, max_length=2000)
            found.append(OwnAnswer(id=each.id, question=asked, words=words))
    return tuple(found)


def _low(marks: Sequence[tuple[Point, int]], own: Sequence[OwnAnswer]) -> bool:
    """Is anything bad?"""
    return any(mark <= LOW for mark in (*(mark for _, mark in marks), *(each.mark for each in own if each.mark is not None)))


async def _read_by(ask: Ask, view: EvaluationView, prompt: Text) -> ReadBy:
    """Who may read it (L04); where nobody coordinates, the unit alone."""
    if not view.has_coordinator:
        return ReadBy.UNIT
    options = {str(each): words for each, words in READ_BY.items()}
    return ReadBy(await ask.choice("read_by", prompt, options, sensitivity=Sensitivity.PERSONAL))


def _thanks(after: AfterLow, low: bool) -> Text:
    if after is AfterLow.CALL:
        return t("Thank you. Somebody phones you on the next working day.")
    if low:
        return t("Thank you. What is bad is now a task for somebody who can change it.")
    return t("Thank you. It helps us to do better.")


async def _child(ask: Ask, view: EvaluationView, rules: EvaluationRules) -> None:
    """Three faces, and the child's own words (L06: Lund § 9)."""
    await ask.say(t("You decide what you answer. You can stop when you want."), sensitivity=Sensitivity.PERSONAL)
    marks = await _marks(ask, rules.built_in(QuestionSet.CHILD), CHILDS_MARKS)
    own = await _own(ask, rules.own(QuestionSet.CHILD), CHILDS_MARKS)
    words = await ask.text(
        "childs_words", t("What do you want to be different?"), skip=t("Nothing now"), sensitivity=Sensitivity.HEALTH, max_length=2000
    )
    read_by = await _read_by(ask, view, t("Who may read it? Your parents cannot."))
    after = AfterLow.NOTHING
    if _low(marks, own):
        talk = {str(AfterLow.CALL): t("Yes, please"), str(AfterLow.NOTHING): t("No")}
        after = AfterLow(await ask.choice("after", t("Do you want a grown-up to talk with you?"), talk, sensitivity=Sensitivity.PERSONAL))
    await ask.do(
        "send",
        Evaluate(case=view.case, questions=QuestionSet.CHILD, marks=marks, words=words, read_by=read_by, after_low=after, own=own),
    )
    await ask.say(t("Thank you for telling us."), sensitivity=Sensitivity.NEUTRAL)
