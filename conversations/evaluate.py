"""How is it going? The person answers, or whoever acts for the person; a child in a short form of its own.

Requirement rows: L01, L04, L06, L07, L09. Sources: Herøy, Evaluering and Arbeidsoppgåver; Lund §§ 7.13, 9; Rana, Klage på koordinator. The
person chooses who reads it. Everything is asked before anything is sent.
"""

from typing import Final

from bot.domain.evaluation import (
    LOW,
    QUESTIONS,
    SETS,
    AfterLow,
    Evaluate,
    EvaluationView,
    GoesOn,
    Point,
    QuestionSet,
    ReadBy,
    TheEvaluation,
)
from bot.domain.ids import CaseId
from bot.domain.queries import TheProfile
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
    if view.child:
        await _child(ask, view)
        return
    profile = await ask.look(TheProfile())
    await ask.say(t("You say how it is going. There is no wrong answer."), sensitivity=Sensitivity.PERSONAL)
    if profile.links.evaluation_form is not None:
        await ask.say(t("There is a paper form too: {link}", link=verbatim(profile.links.evaluation_form)), sensitivity=Sensitivity.PUBLIC)
    about = {QuestionSet.PLAN: t("Goals and services"), QuestionSet.COOPERATION: t("Those who help me, and meetings")}
    which = QuestionSet(
        await ask.choice("about", t("What do you want to say something about?"), {str(key): words for key, words in about.items()})
    )
    marks = tuple([(point, int(await _mark(ask, point))) for point in SETS[which]])
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
    after = AfterLow.NOTHING
    if any(mark <= LOW for _, mark in marks):
        options = {str(each): label for each, label in AFTER_LOW.items()}
        after = AfterLow(
            await ask.choice(
                "after", t("Something is not good. Shall somebody at the unit phone you?"), options, sensitivity=Sensitivity.PERSONAL
            )
        )
    await ask.do(
        "send",
        Evaluate(case=view.case, questions=which, marks=marks, words=words, read_by=read_by, goes_on=goes_on, after_low=after),
    )
    await ask.say(_thanks(after, any(mark <= LOW for _, mark in marks)), sensitivity=Sensitivity.PERSONAL)


async def _mark(ask: Ask, point: Point) -> str:
    options = {str(mark.value): words for mark, words in MARKS.items()}
    return await ask.choice(f"mark/{point}", QUESTIONS[point], options, sensitivity=Sensitivity.HEALTH)


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


async def _child(ask: Ask, view: EvaluationView) -> None:
    """Three faces, and the child's own words (L06: Lund § 9)."""
    await ask.say(t("You decide what you answer. You can stop when you want."), sensitivity=Sensitivity.PERSONAL)
    options = {str(mark.value): words for mark, words in CHILDS_MARKS.items()}
    marks = tuple(
        [
            (point, int(await ask.choice(f"mark/{point}", QUESTIONS[point], options, sensitivity=Sensitivity.HEALTH)))
            for point in SETS[QuestionSet.CHILD]
        ]
    )
    words = await ask.text(
        "childs_words", t("What do you want to be different?"), skip=t("Nothing now"), sensitivity=Sensitivity.HEALTH, max_length=2000
    )
    read_by = await _read_by(ask, view, t("Who may read it? Your parents cannot."))
    after = AfterLow.NOTHING
    if any(mark <= LOW for _, mark in marks):
        talk = {str(AfterLow.CALL): t("Yes, please"), str(AfterLow.NOTHING): t("No")}
        after = AfterLow(await ask.choice("after", t("Do you want a grown-up to talk with you?"), talk, sensitivity=Sensitivity.PERSONAL))
    await ask.do("send", Evaluate(case=view.case, questions=QuestionSet.CHILD, marks=marks, words=words, read_by=read_by, after_low=after))
    await ask.say(t("Thank you for telling us."), sensitivity=Sensitivity.NEUTRAL)
