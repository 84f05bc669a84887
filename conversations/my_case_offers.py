"""What a person can do with their own case, and in which room it lies.

Here: the choices by the case's state. Not here: where each leads (`conversations.my_case`). What is offered is a help only; what one may do
is asked again when it is done.
"""

from datetime import datetime
from typing import Final

from bot.domain.cases import BEFORE_DECISION, LIVING, CaseState
from bot.domain.queries import CaseView
from bot.engine.texts import Text, t
from conversations.case_standing import agreed, waiting
from conversations.rooms import Rooms
from conversations.sent_around import SENT_AROUND
from conversations.words import TALKS

ENDING = t("I do not need it any more")
ROOMS: Final[Rooms] = {
    "together": (t("Meetings and messages"), ("meetings", "minutes", "messages")),
    "people": (t("Those around me"), ("circle", "decides", "sharing", "health")),
    "wishes": (t("My plan and my wishes"), ("words", "children", "plan", "evaluate", "own_pack", "know")),
    "wrong": (t("Something is not right"), ("change", "complain", "sent_around")),
    "end": (t("To end it"), ("closing", "withdraw_active")),
}
LAST: Final = ("phone", "human", "done")


def offers(view: CaseView, now: datetime, *, writes: bool) -> dict[str, Text]:
    """What can be done now. `writes`: the one who asks is the child the case is about (D13)."""
    options: dict[str, Text] = {f"talk_{talk.talk}": t("Choose a time: {talk}", talk=TALKS[talk.kind]) for talk in waiting(view, now)}
    options |= {f"cannot_{talk.talk}": t("I cannot come: {talk}", talk=TALKS[talk.kind]) for talk in agreed(view, now)}
    options |= {"phone": t("Whom can I phone?"), "human": t("Talk to a human")}
    if view.content and view.state in LIVING:
        options |= {"decides": t("Who can decide"), "sharing": t("Who knows what")}
        if view.may_object:
            options["health"] = t("Between health services")
    if view.content and view.state is CaseState.ACTIVE:
        options |= {
            "meetings": t("My meetings"),
            "circle": t("Everybody who takes part"),
            "minutes": t("Minutes"),
            "messages": t("Messages"),
        }
        if writes:
            options["children"] = t("What I want")
        options |= {"words": t("What matters to me"), "know": t("Good to know")}
        options |= {"change": t("Another coordinator"), "evaluate": t("Say how it is going")}
    if view.content:
        options["complain"] = t("Complain")
    if view.content and view.state in (CaseState.ACTIVE, CaseState.CLOSED):
        options |= {"own_pack": t("My contacts and dates"), "closing": ENDING if view.state is CaseState.ACTIVE else t("Begin again")}
    if view.state in LIVING:
        options["sent_around"] = SENT_AROUND
    if view.content and view.state in LIVING:
        options["plan"] = t("The plan and questions")
    # Before there is a decision, taking it back is two taps away and behind no door (B15).
    # Nobody is offered what they cannot do: what was decided is not a youth's alone to end.
    if view.state in BEFORE_DECISION and view.may_withdraw:
        options["withdraw"] = t("Take it back")
    elif view.state in LIVING and view.content and view.may_withdraw:
        options["withdraw_active"] = t("Stop at once") if view.state is CaseState.ACTIVE else t("Take it back")
    return options | {"done": t("That is all")}
