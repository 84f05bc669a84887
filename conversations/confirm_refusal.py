"""A second person looks at a proposed refusal: confirm it, or send it back with a word.

Requirement rows: C13 (a refusal, its reason and the right to complain), S10 (named persons decide). Sources: Rana, KE og saksbehandling;
the dated law profile. That two people stand behind a refusal is the project's own rule.
"""

from bot.domain.cases import BEFORE_DECISION, DecisionState
from bot.domain.commands import ConfirmRefusal
from bot.domain.ids import CaseId, DecisionId
from bot.domain.queries import CaseView, DecisionView, Me
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.case_access import open_case
from conversations.decide import say_complaint
from conversations.words import WANTED


async def confirm_refusal(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await confirm_refusal_of(ask, CaseId(int(ask.given["case"])), DecisionId(int(ask.given["decision"])))


async def confirm_refusal_of(ask: Ask, case: CaseId, decision: DecisionId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, BEFORE_DECISION)
    if view is None:
        return
    proposed = next((each for each in view.decisions if each.decision == decision), None)
    if proposed is None or proposed.state is not DecisionState.PROPOSED:
        await ask.say(t("This refusal no longer waits. Somebody has dealt with it."), sensitivity=Sensitivity.HEALTH)
        return
    me = await ask.look(Me())
    if proposed.by == me.person:
        await ask.say(t("You proposed this refusal. Another person must look at it."), sensitivity=Sensitivity.HEALTH)
        return
    await show_proposal(ask, view, proposed)
    answer = await ask.choice(
        "answer",
        t("Do you confirm the refusal?"),
        {"confirm": t("Confirm the refusal"), "return": t("Send it back")},
        sensitivity=Sensitivity.HEALTH,
    )
    if answer == "return":
        words = await ask.text(
            "words",
            t("What should be looked at again?"),
            sensitivity=Sensitivity.HEALTH,
            max_length=1000,
        )
        await ask.do("answer_back", ConfirmRefusal(decision=decision, confirmed=False, words=words))
        await ask.say(t("Sent back to {name}. Nobody else is told.", name=proposed.by_name), sensitivity=Sensitivity.HEALTH)
        return
    await ask.do("answer_yes", ConfirmRefusal(decision=decision, confirmed=True, words=None))
    await ask.say(
        t("The refusal is confirmed. {name} sends the formal letter.", name=proposed.by_name),
        sensitivity=Sensitivity.HEALTH,
    )


async def show_proposal(ask: Ask, view: CaseView, proposed: DecisionView) -> None:
    """What is proposed, by whom and why, and what the person can do about it."""
    await ask.say(
        t("{initials}, case {number}. Asked for: {what}", initials=view.initials, number=str(view.number), what=WANTED[view.wanted]),
        sensitivity=Sensitivity.HEALTH,
    )
    await ask.say(
        t("{name} proposes to refuse. Reason: {reason}", name=proposed.by_name, reason=proposed.reason), sensitivity=Sensitivity.HEALTH
    )
    await say_complaint(ask, view)
