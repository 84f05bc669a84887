"""Good to know: what the coordinator has sent the person and those who act for them to read, by who stands behind it.

Requirement rows: M10 to M12, M20 to M24, M40 to M43. Source: Herøy, Koordinator for barn, for ungdom, for vaksne og eldre. Nothing here
promises anything: each card says whom to ask.
"""

from itertools import count

from bot.domain.ids import CaseId
from bot.domain.phase_commands import TheCards
from bot.domain.phases import CardGroup
from bot.domain.queries import Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from conversations.human import reach_human
from conversations.phase_words import card_text, cards_of, groups_of, link_of
from conversations.which_case import which_case


async def good_to_know(ask: Ask) -> None:
    """Begun from a notice or a command."""
    case = await which_case(ask)
    if case is None:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    await good_to_know_of(ask, case)


async def good_to_know_of(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheCards(case))
    if view is None:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    if view.cards:
        await ask.say(t("Many ask about this at this age. You choose what you need."))
    else:
        await ask.say(t("Your coordinator has not sent you anything here yet. Ask about what you wonder."))
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    for turn in count(1):
        page = ask.under(str(turn))
        options = groups_of(view.cards) | {"ask": t("Ask us"), "done": t("That is all")}
        prompt = t("What do you want to read about?") if view.cards else t("What do you want to do?")
        chosen = await page.choice("group", prompt, options)
        if chosen == "done":
            return
        if chosen == "ask":
            await reach_human(page, case)
            return
        group = CardGroup(chosen)
        texts = [card_text(card, profile, me.language) for card in cards_of(group, view.cards)]
        await ask.say(joined(*texts, link_of(group, profile), by="\n\n"))
