"""Somebody has died or moved away: every message about the case stops.

Requirement row: P12. Nothing is written to anybody by Samråd; KE goes on by hand. A mistake can be taken back.
"""

from bot.domain.closing import Halt, TheClosing, Unhalt, WhyHalted
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def halt(ask: Ask) -> None:
    """Begun from a task."""
    await halt_case(ask, CaseId(int(ask.given["case"])))


async def halt_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheClosing(case))
    if view is None or not view.may_halt:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    if view.halted is not None:
        await ask.say(t("All messages about this case are stopped."))
        if await ask.confirm("again", t("Was it a mistake? Shall messages be sent again?")):
            await ask.do("unhalt", Unhalt(case=case))
            await ask.say(t("Messages are sent again. What was held back in between is not sent."))
        return
    await ask.say(t("Every message about this case stops before the next one. Nobody is written to. The unit goes on by hand."))
    options = {WhyHalted.DIED: t("The person has died"), WhyHalted.MOVED: t("The person has moved away"), "no": t("No, go back")}
    why = await ask.choice("why", t("What has happened?"), {str(each): words for each, words in options.items()})
    if why == "no" or not await ask.confirm("sure", t("Stop all messages now?")):
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("halt", Halt(case=case, why=WhyHalted(why)))
    await ask.say(t("All messages are stopped. The unit has a task to go on by hand."))
