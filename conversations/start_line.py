"""How far it has come: the thirteen steps from a need to help that hangs together.

Requirement row: K23. Source: Lund § 7. The person, the coordinator and the unit see the same line.
"""

from bot.domain.ids import CaseId
from bot.domain.plan_queries import TheStart
from bot.domain.start_routine import STEPS
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t


async def start_line_at_work(ask: Ask, case: CaseId) -> None:
    """The same line for those who work with the case: it is written to the person, and that is said."""
    await ask.say(t("This is how the person sees it:"), sensitivity=Sensitivity.NEUTRAL)
    await start_line(ask, case)


async def start_line(ask: Ask, case: CaseId) -> None:
    """What is behind, what comes next, and what is still to come."""
    view = await ask.look(TheStart(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = []
    for step, words in STEPS.items():
        if step in view.done:
            lines.append(t("✓ {item}", item=words))
        elif step is view.next:
            lines.append(t("→ {item}. This comes next.", item=words))
        else:
            lines.append(t("• {item}", item=words))
    done = t("{done} of {all} steps are behind you.", done=len(view.done), all=len(STEPS))
    await ask.say(joined(done, *lines, by="\n"), sensitivity=Sensitivity.HEALTH)
