"""The desk: what someone at work in the municipality can do here, by their roles.

Requirement rows: A01 (everyone of staff can inform), B16, B18, C01, C03, C20, C22, S10. The menu is the same for everyone, so this opens
for all; who is not at work here gets a kind sentence. Rights are asked again when something is done.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.cases import AssignmentState
from bot.domain.change_queries import ChangesAskedOfMe
from bot.domain.ids import AssignmentId, CaseId
from bot.domain.queries import AsksForMe, AssignmentView, Me, MyCases, TheProfile
from bot.domain.staff_queries import CaseByNumber
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.asked_of_me import answer_one, key_of, line_of
from conversations.away import away, uncovered_cases
from conversations.candidate_answer import candidate_answer_to
from conversations.case_desk import case_desk
from conversations.complaint import complaints
from conversations.desk_offers import LAST, ROOMS, offers
from conversations.directory import check_directory
from conversations.figures import figures
from conversations.gathering import gathering
from conversations.guidance import guidance
from conversations.hand_over import hand_over
from conversations.inbox import case_line, inbox
from conversations.leader_answer import leader_answer_to
from conversations.look_back import look_back
from conversations.my_meetings import my_meetings
from conversations.my_task import my_tasks
from conversations.nudges import nudges
from conversations.office_hours import office_hours
from conversations.own_decision import own_decision
from conversations.picking import Line, pick
from conversations.protected_address import protected_address
from conversations.register import register
from conversations.rooms import choose, in_rooms
from conversations.staff_left import staff_left
from conversations.support import support
from conversations.task_list import task_list
from conversations.training import training


async def staff(ask: Ask) -> None:
    """The conversation behind /ansatt and /tilsett."""
    me = await ask.look(Me())
    if not me.staff:
        profile = await ask.look(TheProfile())
        await ask.say(
            t(
                "This part is for those who work in {municipality}. If you do, ask the coordinating unit for a link. "
                "Everything else is in the menu, and it is for you.",
                municipality=profile.municipality.display_name,
            ),
            sensitivity=Sensitivity.PUBLIC,
        )
        return
    what = await choose(ask.under("desk"), in_rooms(offers(me), ROOMS, LAST), ROOMS)
    await DESK[what](ask.under(what))


async def asks(ask: Ask) -> None:
    """Leader or candidate: what waits for my answer."""
    waiting, others = await ask.look(AsksForMe()), await ask.look(ChangesAskedOfMe())
    if not waiting and not others:
        await ask.say(t("Nothing waits for your answer."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [*(ask_line(each) for each in waiting), *(line_of(each) for each in others)]
    chosen = await pick(ask, t("Which question do you want to answer?"), lines, sensitivity=Sensitivity.PERSONAL)
    other = next((each for each in others if key_of(each) == chosen), None)
    if other is not None:
        await answer_one(ask.under(f"asked/{chosen}"), other)
        return
    one = next(each for each in waiting if str(each.assignment) == chosen)
    room = ask.under(f"asked/{chosen}")
    if one.state is AssignmentState.LEADER_ASKED:
        await leader_answer_to(room, AssignmentId(int(chosen)))
    else:
        await candidate_answer_to(room, AssignmentId(int(chosen)))


def ask_line(asked: AssignmentView) -> Line:
    """A question in a list: initials and number, and by when."""
    number = str(asked.number)
    return Line(
        value=str(asked.assignment),
        button=t("{initials}, no. {number}", initials=asked.initials, number=number),
        details=t("{initials}, no. {number}: answer by {day}", initials=asked.initials, number=number, day=asked.answer_by),
    )


async def mine(ask: Ask) -> None:
    """Coordinator: those I coordinate for."""
    cases = [each for each in await ask.look(MyCases()) if each.as_coordinator]
    if not cases:
        await ask.say(t("You coordinate for nobody now."), sensitivity=Sensitivity.PERSONAL)
        return
    chosen = await pick(ask, t("Which case do you want to open?"), [case_line(each) for each in cases], sensitivity=Sensitivity.PERSONAL)
    await case_desk(ask.under(f"case/{chosen}"), CaseId(int(chosen)))


async def find(ask: Ask) -> None:
    """The unit: any case by its number, in whatever state."""
    written = await ask.text("number", t("Which number does the case have?"), sensitivity=Sensitivity.NEUTRAL, max_length=20)
    digits = "".join(each for each in written or "" if each.isascii() and each.isdigit())
    case = await ask.look(CaseByNumber(int(digits))) if digits else None
    if case is None:
        await ask.say(t("We find no case with that number."), sensitivity=Sensitivity.NEUTRAL)
        return
    await case_desk(ask.under(f"case/{case}"), case)


DESK: Final[Mapping[str, Callable[[Ask], Awaitable[None]]]] = {
    "inbox": inbox,
    "tasks": task_list,
    "register": register,
    "find": find,
    "asks": asks,
    "mine": mine,
    "meetings": my_meetings,
    "my_tasks": my_tasks,
    "office_hours": office_hours,
    "away": away,
    "nudges": nudges,
    "uncovered": uncovered_cases,
    "complaints": complaints,
    "look_back": look_back,
    "left": staff_left,
    "own_decision": own_decision,
    "training": training,
    "gathering": gathering,
    "guidance": guidance,
    "support": support,
    "figures": figures,
    "check_directory": check_directory,
    "protected_address": protected_address,
    "hand_over": hand_over,
}
"""Where each drawer leads."""
