"""Opening a case in a conversation, with a kind sentence where that is not possible.

Here: the look and the sentences. Not here: who may see what (`bot.domain.access`). Guarantee: a conversation about a case goes on only
with a case that is in a state where its step makes sense.
"""

from collections.abc import Set as AbstractSet

from bot.domain.cases import LIVING, CaseState
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, TheCase
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.staff_words import CASE_STATES


async def open_case(ask: Ask, case: CaseId, states: AbstractSet[CaseState] = LIVING) -> CaseView | None:
    """The case, or None after having said why not."""
    view = await ask.look(TheCase(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return None
    if view.state not in states:
        await ask.say(
            t("Case {number} has moved on. It stands like this now: {state}.", number=str(view.number), state=CASE_STATES[view.state]),
            sensitivity=Sensitivity.PERSONAL,
        )
        return None
    return view
