"""A coordinator has no time for the task: the leader is told, and the unit counts.

Requirement rows: C22, D17 (do not let it lie), R07 (coordinators seldom ask for help), S07 (the municipality makes it possible), N14 (the
coordinator stays until another has taken over). Sources: Ringerike, Utfordringer; Ås, Tips; Rana, Oppstart and Overføring.
"""

from bot.domain.cases import CaseState
from bot.domain.commands import NoTime
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.case_access import open_case


async def no_time(ask: Ask) -> None:
    """The conversation begun from a button."""
    await no_time_case(ask, CaseId(int(ask.given["case"])))


async def no_time_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, {CaseState.ACTIVE})
    if view is None:
        return
    await ask.say(
        t("Thank you for telling. It is right to tell early. Your leader must help you find time or another coordinator."),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.say(t("You stay the coordinator until another has taken over."), sensitivity=Sensitivity.PERSONAL)
    words = await ask.text(
        "words",
        t("What should your leader know? Write nothing about the person's health."),
        skip=t("Nothing to add"),
        sensitivity=Sensitivity.PERSONAL,
        max_length=800,
    )
    sure = await ask.confirm("sure", t("Shall we tell your leader?"), sensitivity=Sensitivity.PERSONAL)
    if not sure:
        await ask.say(t("Nothing is sent. You can come back at any time."), sensitivity=Sensitivity.PERSONAL)
        return
    await ask.do("tell", NoTime(case=case, words=words))
    await ask.say(t("Your leader is told. We are told too, and can help."), sensitivity=Sensitivity.PERSONAL)
