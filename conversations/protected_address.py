"""KE notes that someone in a case lives at a protected address: from then on nothing but neutral words comes to their chats.

Requirement row: T06. Sources: our own rules for what may pass through Telegram; forvaltningsloven § 13.
"""

from bot.domain.channel import Protect
from bot.domain.staff_queries import CaseByNumber
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def protected_address(ask: Ask) -> None:
    """For the unit, by the case's number."""
    written = await ask.text("number", t("Which number does the case have?"), sensitivity=Sensitivity.NEUTRAL, max_length=20)
    digits = "".join(each for each in written or "" if each.isascii() and each.isdigit())
    case = await ask.look(CaseByNumber(int(digits))) if digits else None
    if case is None:
        await ask.say(t("We find no case with that number."), sensitivity=Sensitivity.NEUTRAL)
        return
    yes = await ask.confirm("protected", t("Does someone in this case live at a protected address?"), sensitivity=Sensitivity.PERSONAL)
    await ask.do("protect", Protect(case=case, yes=yes))
    await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)
