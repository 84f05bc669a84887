"""Asking for consent: the coordinator or the unit says what for, to whom, what and until when; those who decide are asked.

Requirement rows: D04, E01, E04, E05, E08 (services that meet without a group), E10, E11, E17. Sources: Rana, Oppstart 5; Ås, Ansvarsgruppe
and Oppgaver; Herøy, Koordinator og planeigar; Lund § 11.4.
"""

from bot.domain.consent import ConsentType
from bot.domain.consent_commands import AskConsent
from bot.domain.consent_queries import Asking, AskingView
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.consent_parts import ask_parts


async def ask_consent(ask: Ask) -> None:
    """The conversation begun from a notice or a button."""
    await ask_consent_case(ask, CaseId(int(ask.given["case"])))


async def ask_consent_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await asking_view(ask, case)
    if view is None:
        return
    if view.gap is not None:
        await ask.say(view.gap, sensitivity=Sensitivity.PERSONAL)
        return
    await say_who_is_asked(ask, view)
    type_ = ConsentType(
        await ask.choice(
            "type",
            t("What do you ask for?"),
            {
                str(ConsentType.SHARING): t("To share with those around"),
                str(ConsentType.COOPERATION): t("To meet without a group"),
            },
            sensitivity=Sensitivity.PERSONAL,
        )
    )
    chosen = await ask_parts(ask, view)
    await ask.summary("send", t("Shall we ask them?"))
    command = AskConsent(
        case=case,
        type=type_,
        purpose=chosen.purpose,
        purpose_words=chosen.purpose_words,
        offers=chosen.offers,
        until=chosen.until,
    )
    await ask.do("ask", command)
    await ask.say(t("They are asked now. You get to know what they answer."), sensitivity=Sensitivity.NEUTRAL)


async def asking_view(ask: Ask, case: CaseId) -> AskingView | None:
    """What is needed to ask, or None after having said why not."""
    view = await ask.look(Asking(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return None
    if not view.possible:
        await ask.say(t("Add those around the person first. Then ask about them."), sensitivity=Sensitivity.NEUTRAL)
        return None
    await ask.say(t("{initials}, case {number}", initials=view.initials, number=str(view.number)), sensitivity=Sensitivity.PERSONAL)
    return view


async def say_who_is_asked(ask: Ask, view: AskingView) -> None:
    """Who decides, and whether one question waits already."""
    names = [each.name or t("The person") for each in view.deciders]
    if view.all_must_answer:
        await ask.say(t("All of these must say yes: {names}.", names=names), sensitivity=Sensitivity.PERSONAL)
    else:
        await ask.say(t("We ask: {names}.", names=names), sensitivity=Sensitivity.PERSONAL)
    if view.waiting is not None:
        await ask.say(t("A question waits for an answer already. This one takes its place."), sensitivity=Sensitivity.NEUTRAL)
