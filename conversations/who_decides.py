"""Who can decide for you: told to the person, and to those who act for the person. A child from 12 can ask that parents do not read.

Requirement rows: E03, E15. Sources: Herøy, Koordinator og planeigar; pbrl §§ 3-4, 4-3 and 4-4.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.ids import CaseId
from bot.domain.rights import Gap, Needed
from bot.domain.standing import AskForShield, WhoDecides, WhoDecidesView
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t

WAITING: Final[Mapping[Gap, Text]] = {
    Gap.AGE_NOT_RECORDED: t("We must see the birth date first. Then we know who decides. Nothing is shared yet."),
    Gap.PERSON_NOT_KNOWN: t("The person decides. We will ask the person. Nothing is shared yet."),
    Gap.NOBODY_FOR_CHILD: t("We must first see who has parental responsibility. Nothing is shared yet."),
    Gap.NOBODY_AFTER_LAPSE: t("We are finding out who can decide. Nothing is shared meanwhile."),
}
NOT_SEEN_YET: Final = t("We must first see that you act for the person. We will ask you. Until then you see what you told us.")


async def who_decides(ask: Ask, case: CaseId) -> str:
    """Says who decides about sharing, and offers a child to ask for privacy. "done" when that was asked for."""
    view = await ask.look(WhoDecides(case))
    if view is None:
        await ask.say(t("Ask us, and we tell you who can decide."), sensitivity=Sensitivity.PERSONAL)
        return "more"
    await ask.say(told(view), sensitivity=Sensitivity.PERSONAL)
    if view.role is Role.YOUTH:
        if view.heard:
            await ask.say(t("What you think counts. We will always ask you first."), sensitivity=Sensitivity.PERSONAL)
        if view.shielded:
            await ask.say(t("Your parents cannot read what is in your case."), sensitivity=Sensitivity.HEALTH)
    return await ask_shield(ask, case) if view.may_ask_shield else "more"


async def ask_shield(ask: Ask, case: CaseId) -> str:
    """The child's own wish. Nothing is promised: people talk with the child first."""
    wanted = await ask.choice(
        "shield",
        t("Is there something you do not want your parents to read here?"),
        {"no": t("No"), "yes": t("Yes, talk with me about it")},
        sensitivity=Sensitivity.HEALTH,
    )
    if wanted == "no":
        return "more"
    words = await ask.text(
        "shield_words", t("You can tell us why. You do not have to."), skip=t("Skip this"), sensitivity=Sensitivity.HEALTH
    )
    await ask.do("ask_shield", AskForShield(case=case, words=words))
    await ask.say(
        t("Thank you for telling us. We will talk with you first. Your parents do not hear that you asked."), sensitivity=Sensitivity.HEALTH
    )
    return "done"


def told(view: WhoDecidesView) -> Text:
    """One or two sentences about who says yes to sharing."""
    if view.role is Role.APPLICANT:
        return NOT_SEEN_YET
    if view.gap is not None:
        return WAITING[view.gap]
    names = [t("you") if each.me else t("{name}", name=each.name or t("somebody without a name here")) for each in view.deciders]
    if len(view.deciders) == 1:
        if view.deciders[0].me:
            return t("You decide who gets to know things. Nobody else can say yes.")
        return t("{name} decides who gets to know things.", name=names[0])
    if view.deciders[0].needed is Needed.ALL:
        return t("These must all say yes before we share anything: {people}.", people=names)
    return t("One of these can say yes before we share anything: {people}.", people=names)
