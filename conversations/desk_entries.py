"""What only those at work in the municipality begin, and that is about no case yet: the desk's drawers.

Here: their part of the list in `conversations`. Not here: which of them somebody is offered (`conversations.desk_offers`).
"""

from typing import Final

from bot.domain.access import Action
from bot.engine.registry import Entry
from bot.engine.texts import t
from conversations.away import away, uncovered_cases
from conversations.complaint import complaints
from conversations.directory import check_directory
from conversations.figures import figures
from conversations.gathering import gathering
from conversations.guidance import guidance
from conversations.hand_over import hand_over
from conversations.inbox import inbox
from conversations.look_back import look_back
from conversations.nudges import nudges
from conversations.office_hours import office_hours
from conversations.own_decision import own_decision
from conversations.protected_address import protected_address
from conversations.register import register
from conversations.staff_left import staff_left
from conversations.support import support
from conversations.training import training

DESK: Final = (
    Entry(name="hand_over", title=t("Card to hand over"), conversation=hand_over, action=Action.NOTE_INFORMED, staff=True),
    # Whoever is told of a case opens it from there, the coordinator too; what waits for the unit only the unit is shown.
    Entry(name="inbox", title=t("Inbox"), conversation=inbox, action=Action.STAFF_MENU, staff=True),
    Entry(name="register", title=t("Register what came in"), conversation=register, action=Action.REGISTER, staff=True),
    Entry(
        name="protected_address",
        title=t("Protected address"),
        conversation=protected_address,
        action=Action.SEE_INBOX,
        commands=("skjermet", "skjerma"),
        staff=True,
    ),
    Entry(
        name="office_hours",
        title=t("When I can be reached"),
        conversation=office_hours,
        action=Action.OFFICE_HOURS,
        commands=("kontortid",),
        staff=True,
    ),
    Entry(
        name="nudges", title=t("Reminders"), conversation=nudges, action=Action.STAFF_MENU, commands=("paminning", "purring"), staff=True
    ),
    Entry(
        name="own_decision",
        title=t("Report our own decision"),
        conversation=own_decision,
        action=Action.REPORT_OWN_DECISION,
        staff=True,
    ),
    Entry(
        name="away",
        title=t("I am away"),
        conversation=away,
        action=Action.SAY_AWAY,
        commands=("borte", "vekke", "away"),
        staff=True,
    ),
    Entry(name="uncovered", title=t("Where nobody stands in"), conversation=uncovered_cases, action=Action.STAFF_MENU, staff=True),
    Entry(name="staff_left", title=t("Somebody has left"), conversation=staff_left, action=Action.END_STAFF, staff=True),
    Entry(name="support", title=t("Training and help"), conversation=support, action=Action.SUPPORT, staff=True),
    Entry(name="training", title=t("Training of coordinators"), conversation=training, action=Action.SEE_TRAINING, staff=True),
    Entry(name="guidance", title=t("Guidance asked for"), conversation=guidance, action=Action.ANSWER_INQUIRY, staff=True),
    Entry(name="figures", title=t("The monthly picture, and the register"), conversation=figures, action=Action.SEE_FIGURES, staff=True),
    Entry(name="gathering", title=t("Gatherings of coordinators"), conversation=gathering, action=Action.CALL_GATHERING, staff=True),
    Entry(
        name="check_directory",
        title=t("Check the directory"),
        conversation=check_directory,
        action=Action.CHECK_DIRECTORY,
        staff=True,
    ),
    Entry(name="complaints", title=t("Complaints"), conversation=complaints, action=Action.ANSWER_COMPLAINTS, staff=True),
    Entry(name="look_back", title=t("A question each Friday"), conversation=look_back, action=Action.LOOK_BACK, staff=True),
)
"""In the order in which the secure page shows them."""
