"""An opened case: its card, and what can be done with it now.

Requirement rows: C01, C11, B12, B15, B18, D01, D02, C16, C22, C23. Sources: Lund §§ 7 and 11; Rana, KE og saksbehandling and Oppstart.
What is offered is a help only; what one may do is asked again when it is done.
"""

from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Final

from bot.domain.cases import BEFORE_DECISION, CaseState
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from conversations.add_member import add_member_to
from conversations.appoint import appoint_case
from conversations.archive import archive_case
from conversations.ask_consent import ask_consent_case
from conversations.case_access import open_case
from conversations.case_card import case_card
from conversations.case_offers import LAST, ROOMS, offers
from conversations.case_tasks import case_tasks_of
from conversations.checklist import COORDINATOR, KE, checklist_of
from conversations.children import children_of
from conversations.circle import circle_of
from conversations.circle_messages import circle_messages_of
from conversations.clarify import clarify_case
from conversations.closing import closing_of_case
from conversations.confirm_refusal import confirm_refusal_of
from conversations.decide import decide_case, refusal_waiting
from conversations.delay import delay_case
from conversations.evaluation import evaluation_of_case
from conversations.first_contact import first_contact_case
from conversations.group import group_of_case
from conversations.halt import halt_case
from conversations.handing_over import handing_over
from conversations.introduce import introduce_of
from conversations.meeting import meeting_of_case
from conversations.minutes_read import minutes_of_case
from conversations.my_sharing import my_sharing_of
from conversations.no_time import no_time_case
from conversations.own_look import own_look_of
from conversations.own_pack import own_pack_case
from conversations.paper_consent import paper_consent_case
from conversations.phase import phase_of_case
from conversations.phone_answers import phone_answers
from conversations.plan import plan_of_case
from conversations.promises import promises_of_case
from conversations.rooms import choose, in_rooms
from conversations.self_check import self_check_of
from conversations.standing import standing_case
from conversations.start_line import start_line_at_work
from conversations.startup_talk import startup_talk_of
from conversations.stuck import stuck_in_case
from conversations.way_of_working import way_of


async def case_desk(ask: Ask, case: CaseId) -> None:
    """Show the case, and go on with what is chosen. Reading all of it comes back here."""
    view = await open_case(ask, case, frozenset(CaseState))
    if view is None:
        return
    me = await ask.look(Me())
    profile = await ask.look(TheProfile())
    for part in case_card(view, profile, me.language):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    rooms = in_rooms(offers(view, me), ROOMS, LAST)
    for turn in count():
        what = await choose(ask.under(f"{turn}") if turn else ask, rooms, ROOMS)
        if what != "read":
            break
        await read_all(ask.under(f"read/{turn}"), view)
    if what == "done":
        await ask.say(t("The case is closed again. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await STEPS[what](ask.under(what), case)


async def read_all(ask: Ask, view: CaseView) -> None:
    """The person's own words in full, one message each."""
    told = (
        (t("What would help"), view.need),
        (t("What is important"), view.important),
        (t("Wished as coordinator"), view.wish),
    )
    texts = [(label, words) for label, words in told if words]
    if not texts:
        await ask.say(t("They have left it for the talk."), sensitivity=Sensitivity.HEALTH)
    for number, (label, words) in enumerate(texts):
        if number:
            await ask.choice(f"next/{number}", t("There is more to read."), {"next": t("Go on")}, sensitivity=Sensitivity.NEUTRAL)
        await ask.say(joined(label, t("«{words}»", words=words), by="\n"), sensitivity=Sensitivity.HEALTH)


async def _confirm(ask: Ask, case: CaseId) -> None:
    view = await open_case(ask, case, BEFORE_DECISION)
    proposed = refusal_waiting(view) if view else None
    if proposed:
        await confirm_refusal_of(ask, case, proposed.decision)


async def _coordinator_list(ask: Ask, case: CaseId) -> None:
    await checklist_of(ask, case, COORDINATOR)


async def _ke_list(ask: Ask, case: CaseId) -> None:
    await checklist_of(ask, case, KE)


STEPS: Final[Mapping[str, Callable[[Ask, CaseId], Awaitable[None]]]] = {
    "clarify": clarify_case,
    "decide": decide_case,
    "confirm_refusal": _confirm,
    "delay": delay_case,
    "appoint": appoint_case,
    "first_contact": first_contact_case,
    "startup_talk": startup_talk_of,
    "introduce": introduce_of,
    "way_of_working": way_of,
    "self_check": self_check_of,
    "checklist": _coordinator_list,
    "ke_checklist": _ke_list,
    "no_time": no_time_case,
    "plan": plan_of_case,
    "promises": promises_of_case,
    "own_look": own_look_of,
    "start_line": start_line_at_work,
    "stuck": stuck_in_case,
    "handing_over": handing_over,
    "phone": phone_answers,
    "sharing": my_sharing_of,
    "ask_consent": ask_consent_case,
    "paper_consent": paper_consent_case,
    "standing": standing_case,
    "circle": circle_of,
    "circle_messages": circle_messages_of,
    "meeting": meeting_of_case,
    "minutes_read": minutes_of_case,
    "case_tasks": case_tasks_of,
    "group": group_of_case,
    "evaluation": evaluation_of_case,
    "add_member": add_member_to,
    "children": children_of,
    "phase": phase_of_case,
    "closing": closing_of_case,
    "halt": halt_case,
    "archive": archive_case,
    "own_pack": own_pack_case,
}
"""Where each choice leads."""
