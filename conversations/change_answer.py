"""Somebody is asked to take over as coordinator: yes or no.

Requirement rows: N04 (asked in the person's order), N05 (their own leader next), C09 (beyond the limit only with a reason). Source: Lund
§ 11.2.3 and 4. What the person needs help with is not told before a yes.
"""

from bot.domain.change_commands import AnswerChange
from bot.domain.change_queries import ChangeAskView, ChangeOfAsk, ChangeView, TheChange
from bot.domain.changes import ChangeAskState
from bot.domain.ids import CaseId, ChangeAskId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.candidate_lines import own_load_words
from conversations.words import AGE_GROUPS, WANTED


async def change_answer(ask: Ask) -> None:
    """The conversation begun from a notice."""
    question = ChangeAskId(int(ask.given["ask"]))
    case = await ask.look(ChangeOfAsk(question))
    await change_answer_in(ask, case, question)


async def change_answer_in(ask: Ask, case: CaseId | None, question: ChangeAskId) -> None:
    """The same from the desk; the unit notes what was said on the phone."""
    change = None if case is None else await ask.look(TheChange(case))
    asked = next((each for each in change.asks if each.ask == question), None) if change is not None else None
    if change is None or asked is None or asked.state is not ChangeAskState.ASKED:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    await say_asked(ask, change, asked)
    # Beyond the limit nobody else can say the yes, so it is not offered where somebody notes it for them.
    yes = {"yes": t("Yes")} if asked.mine or not asked.over_limit else {}
    prompt = t("Can you take over as coordinator?") if asked.mine else t("Can {name} take over? What did they say?", name=asked.name)
    answer = await ask.choice("answer", prompt, {**yes, "no": t("No")}, sensitivity=Sensitivity.PERSONAL)
    if answer == "no":
        reason = await ask.text(
            "reason", t("Do you want to say why?"), skip=t("Nothing to add"), sensitivity=Sensitivity.PERSONAL, max_length=800
        )
        await ask.do("decline", AnswerChange(ask=question, yes=False, reason=reason))
        await ask.say(t("Noted. Somebody else is asked."), sensitivity=Sensitivity.PERSONAL)
        return
    reason = None
    if asked.over_limit:
        reason = await ask.text(
            "own_reason",
            t("This is beyond the limit, so nobody can order it. Why is it a yes all the same?"),
            sensitivity=Sensitivity.PERSONAL,
            max_length=800,
        )
    await ask.do("accept", AnswerChange(ask=question, yes=True, reason=reason))
    await ask.say(t("Thank you! You hear from us what happens next."), sensitivity=Sensitivity.PERSONAL)


async def say_asked(ask: Ask, change: ChangeView, asked: ChangeAskView) -> None:
    """What one needs in order to answer."""
    await ask.say(
        t(
            "{initials}, case {number}. Age: {group}. It is about: {what}",
            initials=change.initials,
            number=str(change.number),
            group=AGE_GROUPS[change.age_group],
            what=WANTED[change.wanted],
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.say(t("You would take over from {name}. First you work together.", name=change.coordinator_name))
    if asked.wished:
        await ask.say(t("The person wishes that it is you."), sensitivity=Sensitivity.PERSONAL)
    await ask.say(own_load_words(asked.load), sensitivity=Sensitivity.PERSONAL)
