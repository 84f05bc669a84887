"""A case comes to its end: whether it is still needed, what becomes of what is open, the end, and the way back.

Requirement rows: P01 to P06, P08, P10. Sources: Rana, Avslutning; Lund §§ 10, 11.4; Herøy, Varigheit. Two reasons, never silence; the
person decides; who has ended can always begin again.
"""

from typing import Final

from bot.domain.closing import (
    AccountForTask,
    AfterTask,
    AnswerClosing,
    CloseCase,
    Closing,
    ClosingState,
    ClosingView,
    ProposeClosing,
    Reopen,
    TheClosing,
    WhyClosed,
)
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t

WHY: Final = {
    WhyClosed.NOT_WANTED: t("It is not wanted any more"),
    WhyClosed.NOT_NEEDED: t("Long-term coordination is not needed"),
}
OWN_WHY: Final = {
    WhyClosed.NOT_WANTED: t("I do not want it any more"),
    WhyClosed.NOT_NEEDED: t("I manage without it now"),
}
AFTER: Final = {
    AfterTask.DONE: t("It is done"),
    AfterTask.GOES_ON: t("Goes on in their own service"),
    AfterTask.NOT_NEEDED: t("It is not needed any more"),
}


async def closing(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await closing_of_case(ask, CaseId(int(ask.given["case"])))


async def closing_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheClosing(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    if view.closed:
        await _again(ask, view)
    elif view.closing is not None and view.closing.state is ClosingState.PROPOSED:
        await _answer(ask, view)
    elif view.closing is not None and view.closing.state is ClosingState.AGREED and (view.may_close or view.may_answer):
        await (_close(ask, view) if view.may_close else _regret(ask, view, view.closing))
    else:
        await _propose(ask, view)


async def _propose(ask: Ask, view: ClosingView) -> None:
    """It is time to end, said by anybody whose case it is (P10)."""
    if not view.may_propose:
        await ask.say(t("There is nothing to do about the end of this case now."))
        return
    own = not view.may_close
    await ask.say(_who_decides(view))
    reasons, prompt = (OWN_WHY, t("Why do you want to end it?")) if own else (WHY, t("Why does it end?"))
    options = {**{str(each): words for each, words in reasons.items()}, "no": t("No, I want to go on") if own else t("It does not end")}
    why = await ask.choice("why", prompt, options, label=t("Why it ends"))
    if why == "no":
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    prompt, nothing = t("Do you want to add a few words?"), t("Nothing to add")
    words = await ask.text("words", prompt, skip=nothing, label=t("In your words"), max_length=500)
    if not await ask.confirm("sure", t("Shall we end it?") if own else t("Shall we ask the person?")):
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("propose", ProposeClosing(case=view.case, why=WhyClosed(why), words=words))
    await ask.say(_what_follows(view))


def _who_decides(view: ClosingView) -> Text:
    """Said first: by whom it is decided. A youth under 16 says what they want, and does not decide it alone."""
    if view.may_close:
        return t("The person decides. Ask first, and say that it is easy to begin again.")
    if view.may_answer:
        return t("You decide when it is enough. Nothing ends by itself, and you can begin again whenever you want.")
    return t("You can say that it is enough. Those who decide together with you are asked too.")


def _what_follows(view: ClosingView) -> Text:
    if view.may_close:
        return t("The person is asked. You hear from us when there is an answer.")
    if view.may_answer:
        return t("Thank you. Your coordinator sees to the rest, and you hear from us when it has ended.")
    return t("Thank you. We ask those who decide together with you, and your coordinator knows what you want.")


async def _answer(ask: Ask, view: ClosingView) -> None:
    """The person's yes or no (P02), or what those who coordinate note of it."""
    assert view.closing is not None
    await ask.say(t("It has been proposed that this ends. The reason: {why}", why=WHY[view.closing.why]))
    if view.closing.words:
        await ask.say(t("«{words}»", words=view.closing.words))
    if not view.may_answer:
        return
    if view.may_close:
        await ask.say(t("Note only what the person has said to you."))
    prompt = t("Does the person agree to end?") if view.may_close else t("Do you agree? No is a full answer, and nothing changes then.")
    yes, no, later = t("Yes, it can end"), t("No, it goes on"), t("Not answered yet")
    # An answer is to this proposal, and never to one that comes after it.
    ask = ask.under(f"closing/{view.closing.id}")
    answer = await ask.choice("agrees", prompt, {"yes": yes, "no": no, "later": later})
    if answer == "later":
        return
    await ask.do("answer", AnswerClosing(case=view.case, yes=answer == "yes"))
    if answer == "no":
        await ask.say(t("Then it goes on as before."))
    else:
        await ask.say(t("Thank you. It ends when everything that is open has been seen to."))


async def _regret(ask: Ask, view: ClosingView, agreed: Closing) -> None:
    """It is agreed, and has not ended yet: one can still change one's mind (P02)."""
    await ask.say(t("You have said that it can end. Your coordinator sees to the rest."))
    ask = ask.under(f"agreed/{agreed.id}")
    options = {"end": t("Yes, it can end"), "on": t("No, I want to go on")}
    if await ask.choice("still", t("Is that still so?"), options) == "end":
        await ask.say(t("Good. You hear from us when it has ended."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("answer", AnswerClosing(case=view.case, yes=False))
    await ask.say(t("Then it goes on as before."))


async def _close(ask: Ask, view: ClosingView) -> None:
    """Every open task is accounted for by name; then the end (P03 to P06)."""
    await ask.say(t("The person agrees to end."))
    if view.group and view.closing is not None and view.closing.why is WhyClosed.NOT_NEEDED and not view.group_looked_back:
        await ask.say(t("The group has not looked at its work together yet. Do that first, and note the day."))
        return
    become: dict[int, AfterTask] = {}
    for each in view.tasks:
        prompt = t("What becomes of this? {owner}: {words}", owner=each.owner, words=each.words)
        become[each.task] = AfterTask(await ask.choice(f"task/{each.task}", prompt, {str(kind): words for kind, words in AFTER.items()}))
    await ask.say(t("When you close, everybody is told and consents end. You get a list of what to archive."))
    if not await ask.confirm("close", t("Close the case?")):
        await ask.say(t("The case stands as it was."))
        return
    for task, after in become.items():
        await ask.do(f"account/{task}", AccountForTask(task=task, after=after))
    await ask.do("end", CloseCase(case=view.case))
    await ask.say(t("The case is closed. Thank you for what you have done."))


async def _again(ask: Ask, view: ClosingView) -> None:
    """The way back (P02, P08)."""
    await ask.say(t("This case has ended."))
    if not view.may_reopen:
        return
    again, no = t("Begin again"), t("No, leave it")
    if await ask.choice("again", t("Has something changed? You can begin again."), {"again": again, "no": no}) == "again":
        await ask.do("reopen", Reopen(case=view.case))
        await ask.say(t("It begins again. We ask anew who may know what."))
