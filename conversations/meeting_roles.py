"""Who leads a meeting and who writes: asked when it is called, and named anew later.

Here: the questions. Not here: the call (`conversations.meeting`), turns (`conversations.group`). Requirement rows: G13, G14, G15. Sources:
Ås, Møteavholdelse; Rana, Oppstart; Lund § 11.4 (Referat).
"""

from collections.abc import Collection
from itertools import count
from typing import Final

from bot.domain.ids import MemberId, PersonId
from bot.domain.meeting_commands import NameRoles
from bot.domain.meeting_queries import MeetingPlan, MeetingPlanView, MeetingView
from bot.engine.ask import Ask
from bot.engine.texts import t, verbatim

IN_THE_MEETING: Final = "in_the_meeting"


async def ask_roles(ask: Ask, plan: MeetingPlanView, all_of_it: Collection[MemberId]) -> tuple[PersonId | None, PersonId | None]:
    """Who leads and who writes; not the same person (G13 to G15), and of those around only who comes, and for all of it."""
    others = {each.person for each in plan.candidates if each.member not in all_of_it}
    options = {str(person): verbatim(name) for person, name in plan.people if person not in others}
    options |= {IN_THE_MEETING: t("We decide in the meeting")}
    chair = await ask.choice("chair", t("Who leads the meeting?"), options, label=t("Leads"))
    if plan.last_writer:
        await ask.say(t("Last time {name} wrote.", name=plan.last_writer))
    if plan.turn:
        await ask.say(t("It is {name}'s turn to write.", name=plan.turn))
    for turn in count():
        writer = await ask.choice(f"writer/{turn}", t("Who writes the minutes?"), options, label=t("Writes"))
        if writer == IN_THE_MEETING or writer != chair or turn:
            break
        await ask.say(t("It is hard to lead and write at once. Choose another if you can; else choose the same again."))
    return _person(chair), _person(writer)


def _person(chosen: str) -> PersonId | None:
    return None if chosen == IN_THE_MEETING else PersonId(int(chosen))


async def name_anew(ask: Ask, view: MeetingView) -> NameRoles | None:
    """Somebody else leads or writes; None where the one who asks no longer calls meetings here."""
    plan = await ask.look(MeetingPlan(view.case))
    if plan is None:
        return None
    all_of_it = {each.member for each in view.participants if each.member is not None and not (each.points or each.out)}
    chair, writer = await ask_roles(ask, plan, all_of_it)
    return NameRoles(meeting=view.meeting, chair=chair, writer=writer)
