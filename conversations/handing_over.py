"""From an opened case: a substitute, another coordinator, or what whoever takes over must know.

Here: the three ways. Requirement rows: N01, N13, N17. Sources: Ås, Bytte av koordinator; Herøy, Skifte av koordinator.
"""

from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.change_coordinator import change_coordinator_in
from conversations.substitute import substitute_in
from conversations.take_over import hand_over_pack_of


async def handing_over(ask: Ask, case: CaseId) -> None:
    """Which of them."""
    options = {"substitute": t("Somebody stands in"), "change": t("Another coordinator"), "pack": t("What one must know")}
    what = await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    ways = {"substitute": substitute_in, "change": change_coordinator_in, "pack": hand_over_pack_of}
    await ways[what](ask.under(what), case)
