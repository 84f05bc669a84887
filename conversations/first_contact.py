"""The coordinator's first contact and the start-up talk.

Requirement rows: D01 (say that you are the coordinator; the recipient chooses the place), D02 (the start-up talk), D08 (it ends with
what comes next), B18 (the unit can note it by hand). Sources: Rana, Oppstart 4; Lund §§ 7.6 and 11.1.1.
"""

from bot.domain.cases import CaseState, TalkKind
from bot.domain.commands import RecordContact
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.case_access import open_case
from conversations.case_card import talk_line
from conversations.communication import communication_text
from conversations.startup_talk import end_talk, startup_view
from conversations.talk_times import Arranged, arrange, ask_place, ask_times
from conversations.words import PLACES, REACH


async def first_contact(ask: Ask) -> None:
    """The conversation begun from a notice or a button; from the answer under a nudge, the contact is noted at once."""
    case = CaseId(int(ask.given["case"]))
    await (note_contact(ask, case) if ask.given.get("answer") == "contact" else first_contact_case(ask, case))


async def note_contact(ask: Ask, case: CaseId) -> None:
    """The coordinator says they have been in touch: where the talk will be, and when."""
    view = await open_case(ask, case, {CaseState.ACTIVE})
    if view is not None:
        await ask.say(t("{initials}, case {number}", initials=view.initials, number=str(view.number)), sensitivity=Sensitivity.PERSONAL)
        await _place_and_talk(ask, case, contact=True)


async def first_contact_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, {CaseState.ACTIVE})
    if view is None:
        return
    await say_how_to_reach(ask, view)
    what = await ask.choice(
        "what",
        t("What do you want to note?"),
        {
            "contact": t("I have been in touch"),
            "times": t("Arrange the start-up talk"),
            "held": t("The start-up talk was held"),
        },
        sensitivity=Sensitivity.PERSONAL,
    )
    if what == "held":
        talk = await startup_view(ask, case)
        if talk is not None:
            await end_talk(ask, talk)
        return
    await _place_and_talk(ask, case, contact=what == "contact")


async def _place_and_talk(ask: Ask, case: CaseId, *, contact: bool) -> None:
    place = await ask_place(ask)
    arranged = await ask_start_up_times(ask, may_wait=contact)
    if contact:
        await ask.do("contact", RecordContact(case=case, place=place))
        await ask.say(t("Noted: you have been in touch."), sensitivity=Sensitivity.PERSONAL)
    if arranged:
        await arrange(ask, case, TalkKind.STARTUP, place, arranged)


async def say_how_to_reach(ask: Ask, view: CaseView) -> None:
    """Who it is about, by when, and what to keep in mind."""
    profile = await ask.look(TheProfile())
    await ask.say(t("{initials}, case {number}", initials=view.initials, number=str(view.number)), sensitivity=Sensitivity.PERSONAL)
    if not view.contacts:
        await ask.say(
            nt(
                "Get in touch within {n} day of your yes. Say that you are the coordinator.",
                "Get in touch within {n} days of your yes. Say that you are the coordinator.",
                profile.deadlines.contact_days,
            ),
            sensitivity=Sensitivity.PERSONAL,
        )
    if view.reach in REACH:
        await ask.say(t("Wants to be reached: {way}", way=REACH[view.reach]), sensitivity=Sensitivity.PERSONAL)
    if view.meeting_place:
        await ask.say(t("The person would like to meet: {place}", place=PLACES[view.meeting_place]), sensitivity=Sensitivity.PRACTICAL)
    needs = communication_text(view.communication)
    if needs:
        await ask.say(t("Keep in mind: {needs}", needs=needs), sensitivity=Sensitivity.HEALTH)
    for talk in view.talks[-1:]:
        await ask.say(talk_line(talk), sensitivity=Sensitivity.PERSONAL)


async def ask_start_up_times(ask: Ask, *, may_wait: bool) -> Arranged | None:
    """How the start-up talk is arranged; None where it waits."""
    options = {"offer": t("Offer up to three times"), "agreed": t("Note a time we agreed")}
    if may_wait:
        options["later"] = t("Later")
    how = await ask.choice("start_up", t("When is the start-up talk?"), options, sensitivity=Sensitivity.PRACTICAL)
    return None if how == "later" else await ask_times(ask.under(how), agreed=how == "agreed")
