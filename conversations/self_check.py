"""The coordinator's own ticks: leader, training, need, cooperation, services, resources.

Requirement row: D21. Source: Rana, Koordinatorrollen. They are the coordinator's own; nobody else ticks them.
"""

from bot.domain.ids import CaseId
from bot.domain.startup import SelfCheck
from bot.domain.startup_commands import TickSelf
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from conversations.startup_talk import startup_view
from conversations.startup_words import SELF_CHECKS


async def self_check(ask: Ask) -> None:
    """Begun from a button."""
    await self_check_of(ask, CaseId(int(ask.given["case"])))


async def self_check_of(ask: Ask, case: CaseId) -> None:
    """What is in place, and what is now."""
    view = await startup_view(ask, case)
    if view is None:
        return
    lines = [t("✓ {item}", item=words) if item in view.checked else t("• {item}", item=words) for item, words in SELF_CHECKS.items()]
    await ask.say(joined(*lines, by="\n"), sensitivity=Sensitivity.PERSONAL)
    open_ = {str(item): words for item, words in SELF_CHECKS.items() if item not in view.checked}
    if not open_:
        await ask.say(t("Everything on the list is done. Well done!"), sensitivity=Sensitivity.PERSONAL)
        return
    ticked = await ask.choices("now", t("What is in place now?"), open_, none=t("Nothing new"), sensitivity=Sensitivity.PERSONAL)
    for item in ticked:
        await ask.do(f"tick/{item}", TickSelf(case=case, item=SelfCheck(item)))
    if len(ticked) < len(open_):
        await ask.say(t("Is something missing? Talk to your leader, or ask us for guidance."), sensitivity=Sensitivity.PERSONAL)
    else:
        await ask.say(t("Everything on the list is done. Well done!"), sensitivity=Sensitivity.PERSONAL)
