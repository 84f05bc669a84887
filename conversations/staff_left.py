"""The unit notes that somebody no longer works here.

Requirement rows: N14, C18 (no case is alone), T05 (access ends at once). Sources: Rana, Overføring av IP; Lund §§ 2, 3.
"""

from bot.domain.ids import PersonId
from bot.domain.queries import Me, TheProfile
from bot.domain.staff_commands import EndStaffRoles
from bot.domain.staff_queries import OwnPeople
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.candidate_lines import pick_candidate


async def staff_left(ask: Ask) -> None:
    """Who, what follows, and the yes."""
    me, profile, found = await ask.look(Me()), await ask.look(TheProfile()), await ask.look(OwnPeople())
    if not found:
        await ask.say(t("Nobody is registered."), sensitivity=Sensitivity.NEUTRAL)
        return
    one = await pick_candidate(ask.under("who"), t("Who no longer works here?"), found, profile, me.language)
    await ask.say(t("Their access ends at once. Questions that wait for them go to somebody else."), sensitivity=Sensitivity.PERSONAL)
    if one.load:
        await ask.say(
            nt(
                "They coordinate for {n} person, who is told that we find somebody else. You get a task for it.",
                "They coordinate for {n} people, who are told that we find somebody else. You get a task for each.",
                one.load,
            ),
            sensitivity=Sensitivity.PERSONAL,
        )
    if not await ask.confirm(f"sure/{one.person}", t("Does {name} no longer work here?", name=one.name), sensitivity=Sensitivity.PERSONAL):
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("left", EndStaffRoles(person=PersonId(one.person)))
    await ask.say(t("Noted. {name} has no access any more.", name=one.name), sensitivity=Sensitivity.PERSONAL)
