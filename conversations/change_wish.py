"""Whom the person would like as their new coordinator, first wish first.

Requirement row: N03 (asked in their own language; their order). Sources: Lund § 11.2.2; Herøy, Skifte av koordinator. Nobody has to
choose.
"""

from itertools import count

from bot.domain.change_commands import WishCoordinator
from bot.domain.change_queries import MayTakeOver, TheChange
from bot.domain.changes import ChangeState
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.picking import Line
from conversations.stand_in_lines import pick_stand_in

MOST_WISHES = 5


async def change_wish(ask: Ask) -> None:
    """The conversation begun from a notice."""
    await change_wish_in(ask, CaseId(int(ask.given["case"])))


async def change_wish_in(ask: Ask, case: CaseId) -> None:
    """The same from one's own case; the coordinator and the unit note what the person said."""
    change = await ask.look(TheChange(case))
    if change is None or change.state is not ChangeState.PERSON_ASKED or not (change.answers or change.noting):
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    if change.noting:
        await ask.say(t("You note what the person said. Their first wish first."), sensitivity=Sensitivity.PERSONAL)
        if change.wish:
            await ask.say(t("The person wrote: {words}", words=change.wish), sensitivity=Sensitivity.HEALTH)
    else:
        await ask.say(t("You need not choose. Whoever you choose is asked first, and can say no."), sensitivity=Sensitivity.PERSONAL)
    order = await ask_order(ask.under("order"), case, noting=change.noting)
    words = await ask.text(
        "words",
        t("Is there somebody else, or something we should know?") if order else t("Do you have anybody in mind? Write who it is."),
        skip=t("Nothing to add") if order or change.noting else t("I have no wish"),
        sensitivity=Sensitivity.HEALTH,
        max_length=800,
    )
    await ask.do("wish", WishCoordinator(change=change.change, order=order, words=words))
    if order:
        thanks = t("Thank you. We ask in this order, and you hear who it is.")
    elif words and not change.noting:
        thanks = t("Thank you. We find out who it is, and ask.")
    else:
        thanks = t("Thank you. We look for somebody who fits.")
    await ask.say(thanks, sensitivity=Sensitivity.PERSONAL)


async def ask_order(ask: Ask, case: CaseId, *, noting: bool) -> tuple[PersonId, ...]:
    """One after the other, until it is enough."""
    found = await ask.look(MayTakeOver(case))
    chosen: list[str] = []
    for turn in count():
        left = [each for each in found if str(each.person) not in chosen]
        if not left or turn == MOST_WISHES:
            break
        prompt = t("Whom would you like next?") if chosen else t("Whom would you like?")
        none = t("No wish") if noting else t("I have no wish")
        if noting:
            prompt = t("Whom does the person wish next?") if chosen else t("Whom does the person wish?")
        enough = Line(value="enough", button=t("That is enough") if chosen else none, listed=False)
        one = await pick_stand_in(ask.under(str(turn)), prompt, left, [enough])
        if one == "enough":
            break
        chosen.append(one)
    return tuple(PersonId(int(each)) for each in chosen)
