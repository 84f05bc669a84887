"""Ask the coordinator something, and get an answer by a day: "I'll find out".

Requirement rows: K18 (say that you do not know, check, and come back; the person sees the day), K19 (yes, no because, in part). Source:
Rana, Samarbeid. The same for the person, who asks, and for those who coordinate, who promise and answer.
"""

from bot.domain.ids import CaseId
from bot.domain.plan_commands import AnswerPromise, PromiseAnswer
from bot.domain.plan_queries import PromisesView, PromiseView, ThePromises
from bot.domain.promises import ANSWERS, Answer
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t, verbatim
from conversations.picking import Line, pick
from conversations.plan_words import promise_line
from conversations.staff_words import shortened
from conversations.which_case import which_case

LONGEST = 500
NEW = "new"
DONE = "done"


async def promises(ask: Ask) -> None:
    """The conversation behind /sporsmal, and begun from a notice."""
    case = await which_case(ask)
    if case is None:
        await ask.say(t("You have no coordinator here to ask."), sensitivity=Sensitivity.NEUTRAL)
        return
    await promises_of_case(ask, case)


async def promises_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk and from one's own case."""
    view = await ask.look(ThePromises(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    for each in view.promises:
        await ask.say(promise_line(each, to_answer=view.may_answer), sensitivity=Sensitivity.HEALTH)
    lines = [Line(value=NEW, button=_new_words(view), listed=False), Line(value=DONE, button=t("That is all"), listed=False)]
    if view.may_answer:
        lines = [*(Line(value=str(each.promise), button=_short(each)) for each in view.promises if each.answer is None), *lines]
    chosen = await pick(ask, t("What do you want to do?"), lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == NEW:
        await _ask(ask.under(NEW), view)
    elif chosen != DONE:
        found = next(each for each in view.promises if str(each.promise) == chosen)
        await _answer(ask.under(f"promise/{chosen}"), found)


def _new_words(view: PromisesView) -> Text:
    return t("I find something out for them") if view.may_answer else t("Ask something")


def _short(each: PromiseView) -> Text:
    return t("Answer: {words}", words=verbatim(shortened(each.words, 28)))


async def _ask(ask: Ask, view: PromisesView) -> None:
    """A question or a wish; with it the day of the answer."""
    if view.may_answer:
        prompt = t("What do you find out? The person sees it, and the day.")
    else:
        prompt = t("What do you want to know, or wish for? Write it in your own words.")
    words = await ask.text("words", prompt, sensitivity=Sensitivity.HEALTH, max_length=LONGEST)
    await ask.do("promise", PromiseAnswer(case=view.case, words=words or ""))
    if view.may_answer:
        await ask.say(t("The person sees that the answer comes by {day}.", day=view.answer_by))
    else:
        await ask.say(t("Thank you. You get an answer by {day}. If it takes longer, you hear from us.", day=view.answer_by))


async def _answer(ask: Ask, asked: PromiseView) -> None:
    """Yes, no because, or in part: with what can be done as far as possible (K19)."""
    await ask.say(promise_line(asked, to_answer=True), sensitivity=Sensitivity.HEALTH)
    options: dict[str, Text] = {str(each): words for each, words in ANSWERS.items()}
    answer = Answer(await ask.choice("answer", t("What is the answer?"), options, sensitivity=Sensitivity.HEALTH))
    if answer is Answer.YES:
        words = await ask.text(
            "words", t("Do you want to say more?"), skip=t("No, that is all"), sensitivity=Sensitivity.HEALTH, max_length=LONGEST
        )
    else:
        words = await ask.text("why", t("Why, and what can be done instead?"), sensitivity=Sensitivity.HEALTH, max_length=LONGEST)
    await ask.do("give_answer", AnswerPromise(promise=asked.promise, answer=answer, words=words))
    await ask.say(t("The person has the answer now."), sensitivity=Sensitivity.PERSONAL)
