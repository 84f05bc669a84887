"""Which tool to work with: a plan, minutes, or simple cooperation. Chosen together, and changed at any time.

Requirement rows: D14, D15, K13. Sources: Lund § 7.8; Ås, Enkelt samspill; Herøy, IP-møte.
"""

from bot.domain.ids import CaseId
from bot.domain.startup import Way
from bot.domain.startup_commands import ChooseWay, TheStartup
from bot.domain.startup_words import WAYS
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from conversations.startup_words import WAYS_TOLD, way_line

KEEP = "keep"


async def way_of_working(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await way_of(ask, CaseId(int(ask.given["case"])))


async def way_of(ask: Ask, case: CaseId) -> None:
    """How they work now, and another way."""
    view = await ask.look(TheStartup(case))
    if view is None or not view.chooses:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(way_line(view.way), sensitivity=Sensitivity.HEALTH)
    await ask.say(joined(*WAYS_TOLD.values(), by="\n"), sensitivity=Sensitivity.PUBLIC)
    options = {str(way): words for way, words in WAYS.items()}
    prompt = t("What do you choose together?")
    chosen = await ask.choice("way", prompt, {**options, KEEP: t("Change nothing")}, sensitivity=Sensitivity.PERSONAL)
    if chosen == KEEP:
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    words = None
    if chosen != Way.PLAN:
        words = await ask.text(
            "how",
            t("How do you work then? Write who does it, and how often you have contact."),
            max_length=800,
            sensitivity=Sensitivity.HEALTH,
        )
    await ask.do("choose", ChooseWay(case=case, way=Way(chosen), words=words))
    await ask.say(t("It is noted, and you can change it at any time."), sensitivity=Sensitivity.PERSONAL)
