"""My contacts and my dates: to keep track by oneself, before a case ends and after it.

Requirement row: P09. Source: Rana, Avslutning: the coordinator helps the person to take over.
"""

from bot.domain.ids import CaseId
from bot.domain.own_pack import PackContact, TheOwnPack
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t


async def own_pack(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await own_pack_case(ask, CaseId(int(ask.given["case"])))


async def own_pack_case(ask: Ask, case: CaseId) -> None:
    """The same from the case: the pack in words, with where the paper is."""
    view = await ask.look(TheOwnPack(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(joined(t("Who you can turn to:"), *(contact(each) for each in view.contacts), by="\n"))
    days = [t("• {moment}: {what}", moment=at, what=what) for at, what in view.meetings]
    days += [t("• {day}: {what}", day=day, what=what) for day, what in view.days]
    if days:
        await ask.say(joined(t("Days to remember:"), *days, by="\n"))
    await ask.say(t("You find this on the secure page too, with your case. There you can print it."), sensitivity=Sensitivity.NEUTRAL)


def contact(each: PackContact) -> Text:
    """One line."""
    if each.phone is None:
        return t("• {name}, {what}", name=each.name, what=each.what)
    return t("• {name}, {what}: {phone}", name=each.name, what=each.what, phone=each.phone)
