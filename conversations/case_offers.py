"""What can be done with an opened case, and in which room it lies.

Here: the choices by the case's state and one's roles, for the chat and the page alike. Not here: where each leads
(`conversations.case_desk`). What is offered is a help only; what one may do is asked again when it is done.
"""

from typing import Final

from bot.domain.access import Role
from bot.domain.cases import BEFORE_DECISION, LIVING, CaseState
from bot.domain.queries import CaseView, MeView
from bot.engine.texts import Text, t
from conversations.decide import refusal_waiting
from conversations.rooms import Rooms

ROOMS: Final[Rooms] = {
    "steps": (
        t("First steps and lists"),
        ("first_contact", "startup_talk", "introduce", "way_of_working", "self_check", "checklist", "ke_checklist"),
    ),
    "meetings": (t("Meetings and tasks"), ("meeting", "minutes_read", "case_tasks", "evaluation", "group")),
    "plan": (t("The plan and questions"), ("plan", "promises", "own_look", "start_line")),
    "people": (t("People around"), ("circle", "circle_messages", "add_member", "children", "phase", "handing_over")),
    "agreed": (t("Consent and who decides"), ("sharing", "ask_consent", "paper_consent", "standing")),
    "end": (t("The end of a case"), ("own_pack", "closing", "archive", "halt")),
}
"""The rooms with their steps. What stands in none is offered at once."""
LAST: Final = ("stuck", "no_time", "phone", "halt", "read", "done")
"""What stands at the end, after the rooms: nobody's first choice."""


def offers(view: CaseView, me: MeView) -> dict[str, Text]:
    """What can be done now: by the state of the case and whether one is at the unit or its coordinator."""
    at_unit = bool(me.roles & {Role.KE, Role.KE_LEADER})
    active = view.state is CaseState.ACTIVE
    options: dict[str, Text] = {}
    if at_unit and view.state in BEFORE_DECISION:
        options["clarify"] = t("The first talk")
        if refusal_waiting(view):
            options["confirm_refusal"] = t("Look at the refusal")
        else:
            options["decide"] = t("Decide")
        options["delay"] = t("Tell of a delay")
    if at_unit and view.state is CaseState.APPOINTING:
        options["appoint"] = t("Find a coordinator")
    if active:
        options |= {"first_contact": t("Contact and start-up talk"), "startup_talk": t("The points of the talk")}
        options |= {"introduce": t("Tell those around"), "way_of_working": t("Plan or minutes")}
        if Role.COORDINATOR in me.roles:
            options["self_check"] = t("What I need myself")
        options["checklist"] = t("The coordinator's checklist")
    if at_unit and view.state in (CaseState.APPOINTING, CaseState.ACTIVE):
        options["ke_checklist"] = t("Our checklist")
    if active:
        options |= {"meeting": t("Call a meeting"), "minutes_read": t("Minutes"), "case_tasks": t("Tasks"), "group": t("The group")}
        options["evaluation"] = t("Looking back")
        options |= {"circle": t("Who is around"), "circle_messages": t("Messages")}
        options |= {"add_member": t("Add somebody"), "children": t("Children"), "phase": t("Life phase")}
        options["handing_over"] = t("Substitute or another coordinator")
    if active:
        options |= {"plan": t("Goals and plan"), "promises": t("Questions and answers")}
    if active and Role.COORDINATOR in me.roles:
        options |= {"own_look": t("My own work this month"), "stuck": t("I am stuck")}
    if active or (at_unit and view.state is CaseState.APPOINTING):
        options["start_line"] = t("How far it has come")
    if active or (at_unit and view.state in LIVING):
        options |= {"sharing": t("Who knows what"), "ask_consent": t("Ask for consent"), "paper_consent": t("Write down a consent")}
    if view.state in LIVING:
        options["standing"] = t("Who can decide")
    if Role.COORDINATOR in me.roles and active:
        options["no_time"] = t("I have no time for this")
    if at_unit and view.state in (*BEFORE_DECISION, CaseState.APPOINTING, CaseState.ACTIVE):
        options["phone"] = t("Note something by phone")
    if active:
        options |= {"own_pack": t("Their contacts and dates"), "closing": t("Agree to end the case")}
    if at_unit and view.state in (CaseState.CLOSED, CaseState.WITHDRAWN):
        options |= {"archive": t("Archive"), "closing": t("Begin again")}
    if active or at_unit:
        options["halt"] = t("Stop all messages")
    return options | {"read": t("Read all their words"), "done": t("That is all")}
