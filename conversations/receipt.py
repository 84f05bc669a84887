"""The receipt: the number, what happens next, when, and how to reach us directly.

Requirement rows: A04 (both sentences are in every receipt: Lund § 5), B03 (single services one applies for oneself: Rana, KE og
saksbehandling; Ringerike, Koordinator skal), B11, B13. The times come from the profile.
"""

from bot.domain.cases import ForWhom
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t
from conversations.cards import SINGLE_SERVICES, SINGLE_SERVICES_FOR_ANOTHER
from conversations.contact_card import contact_card


async def say_receipt(ask: Ask, number: int, whom: ForWhom) -> None:
    """To the one who has sent something in."""
    at_work = whom is ForWhom.AT_WORK
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(t("We have received this. Your number is {number}.", number=str(number)), sensitivity=Sensitivity.NEUTRAL)
    await ask.say(next_steps(profile, at_work=at_work), sensitivity=Sensitivity.PERSONAL)
    await ask.say(
        t("Anyone who needs several services over time may have the right to a coordinator and an individual plan."),
        sensitivity=Sensitivity.PUBLIC,
    )
    if at_work:
        await ask.say(
            t("Please tell the person this too. You can see where it stands, but not what is in it."), sensitivity=Sensitivity.PERSONAL
        )
    else:
        await ask.say(single_services(profile, for_me=whom is ForWhom.ME), sensitivity=Sensitivity.PUBLIC)
    await ask.say(t("You can contact us directly at any time:"), sensitivity=Sensitivity.PUBLIC)
    await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)


def next_steps(profile: Profile, *, at_work: bool) -> Text:
    """First the talk, then the answer, with the profile's times."""
    days, months = profile.deadlines.clarifying_talk_working_days, profile.deadlines.answer_months
    if at_work:
        talk = nt(
            "Next we contact the person for a talk, within {n} working day.",
            "Next we contact the person for a talk, within {n} working days.",
            days,
        )
    else:
        talk = nt(
            "Next we contact you for a talk, within {n} working day.", "Next we contact you for a talk, within {n} working days.", days
        )
    answer = nt(
        "The answer comes within {n} month. If it takes longer, we tell you why.",
        "The answer comes within {n} months. If it takes longer, we tell you why.",
        months,
    )
    return joined(talk, answer, by=" ")


def single_services(profile: Profile, *, for_me: bool) -> Text:
    """That one applies for single services oneself, with the page where the profile has one. Nothing is promised."""
    link, words = profile.links.apply_for_services, SINGLE_SERVICES if for_me else SINGLE_SERVICES_FOR_ANOTHER
    if link is None:
        return words
    return joined(words, t("Apply here: {link}", link=link), by="\n")
