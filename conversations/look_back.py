"""A few minutes on Fridays to look back, for the coordinator alone.

Requirement rows: O04. Source: Rana, Etiske dilemmaer: taking part, respect, trust and power; best with a colleague. Nothing is
written here, and nothing is stored but whether the prompt is wanted.
"""

from bot.domain.looking_back import LooksBack, RemindToLookBack
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def look_back(ask: Ask) -> None:
    """From the desk, or from under a prompt."""
    on = await ask.look(LooksBack())
    await ask.say(t("Each Friday you can get one question about your week. You answer only to yourself."), sensitivity=Sensitivity.NEUTRAL)
    wanted, kept = (t("No more questions"), t("Go on as now")) if on else (t("Yes, each Friday"), t("No, thank you"))
    what = await ask.choice("what", t("Do you want it?"), {"change": wanted, "keep": kept}, sensitivity=Sensitivity.NEUTRAL)
    if what == "keep":
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("remind", RemindToLookBack(on=not on))
    if on:
        await ask.say(t("You get no more of these questions."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Good. The first one comes on the next Friday."), sensitivity=Sensitivity.NEUTRAL)
