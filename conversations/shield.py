"""Recording that parents do not see what is in a child's case, and that they do again.

Source: pbrl § 3-4: a child from 12 can ask it, for reasons that should be respected. People talk with the child and decide; parents are not
told that it was asked for.
"""

from bot.domain.ids import CaseId
from bot.domain.standing import Shield, StandingView, TheStanding
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def shield(ask: Ask) -> None:
    """The conversation begun from a notice."""
    view = await ask.look(TheStanding(CaseId(int(ask.given["case"]))))
    if view is None or not view.may_record:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await shield_case(ask, view, on=not view.shielded)


async def shield_case(ask: Ask, view: StandingView, *, on: bool) -> None:
    """Why, and once more whether it is right."""
    prompt = t("Why should parents not read it? Write what the child told.") if on else t("Why may parents read it again?")
    reason = await ask.text("reason", prompt, label=t("Why"), sensitivity=Sensitivity.HEALTH, max_length=600)
    sure = t("From now on parents only see how far the case has come. Is that right?")
    again = t("From now on parents can read the case again. Is that right?")
    if not await ask.confirm("sure", sure if on else again, sensitivity=Sensitivity.PERSONAL):
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("shield", Shield(case=view.case, on=on, reason=reason or ""))
    await ask.say(t("Noted. It holds from now on."), sensitivity=Sensitivity.PERSONAL)
