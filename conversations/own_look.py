"""The coordinator looks at the own work once a month: four questions, one press each.

Requirement row: K10. Source: Rana, Oppfølging. What is missing gets a next step, and no blame.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import CaseState
from bot.domain.ids import CaseId
from bot.domain.plan_commands import LookAtOwnWork
from bot.domain.promises import OWN_LOOKS, OwnLook
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.case_access import open_case

NEXT: Final[Mapping[OwnLook, Text]] = {
    OwnLook.REACHABLE: t("Say how and when you can be reached, and who answers when you cannot."),
    OwnLook.TOGETHER: t("Ask the person who should come before you call the next meeting."),
    OwnLook.SERVICES: t("Contact the service that is missing. Are you stuck? Ask your leader or the unit."),
    OwnLook.EVALUATED: t("Agree on a day to look at the work together."),
}
"""What helps where something is missing."""


async def own_look(ask: Ask) -> None:
    """Begun from a reminder."""
    await own_look_of(ask, CaseId(int(ask.given["case"])))


async def own_look_of(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, {CaseState.ACTIVE})
    if view is None:
        return
    done = []
    for each, words in OWN_LOOKS.items():
        if await ask.choice(str(each), words, {"yes": t("Yes"), "no": t("Not yet")}) == "yes":
            done.append(each)
    await ask.do("look", LookAtOwnWork(case=case, done=tuple(done)))
    missing = [NEXT[each] for each in OWN_LOOKS if each not in done]
    if missing:
        await ask.say(joined(t("This can help:"), *(t("• {item}", item=words) for words in missing), by="\n"))
    else:
        await ask.say(t("All four are in place. Well done!"), sensitivity=Sensitivity.NEUTRAL)
