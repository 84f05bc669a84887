"""Objecting to what health services may tell each other without consent. Another thing than consent, and kept apart from it.

Requirement rows: the objection beside E13. Sources: helsepersonelloven § 25 (health personnel who work together may tell each other what is
needed, unless the patient objects); pasient- og brukerrettighetsloven § 5-3.
"""

from bot.domain.consent_commands import EndObjection, ObjectToSharing
from bot.domain.consent_queries import ObjectionView, SharingView, TheSharing
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Profile, Service
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.which_case import which_case


async def object_sharing(ask: Ask) -> None:
    """The conversation begun from the case, or behind its command."""
    await object_sharing_of(ask, await which_case(ask))


async def object_sharing_of(ask: Ask, case: CaseId | None) -> None:
    """The same from the case."""
    view = None if case is None else await ask.look(TheSharing(case))
    if view is None or not view.may_object:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(
        t("Health personnel who work together may tell each other what they need. The law says so. You can object to that."),
        sensitivity=Sensitivity.PUBLIC,
    )
    await ask.say(t("This is not about consent. What you have said yes to stays as it is."), sensitivity=Sensitivity.HEALTH)
    if view.objection is None:
        await objects(ask, view)
    else:
        await ends(ask, view, view.objection)


async def objects(ask: Ask, view: SharingView) -> None:
    """To all of it, to some services, or not after all."""
    what = await ask.choice(
        "what",
        t("Do you want to object?"),
        {"all": t("Yes, to all of them"), "some": t("Yes, to some of them"), "no": t("No")},
        sensitivity=Sensitivity.HEALTH,
    )
    if what == "no":
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    services = await which(ask) if what == "some" else ()
    words = await ask.text("words", t("Do you want to say more about it?"), skip=t("No"), sensitivity=Sensitivity.HEALTH, max_length=600)
    await ask.do("object", ObjectToSharing(case=view.case, services=services, words=words))
    await ask.say(t("It is noted. We tell the services by the next working day."), sensitivity=Sensitivity.HEALTH)


async def which(ask: Ask) -> tuple[str, ...]:
    """Health services of the directory."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    options = {each.id: each.name.text(me.language) for each in health_services(profile)}
    return await ask.choices("services", t("Which services is it about?"), options, sensitivity=Sensitivity.HEALTH)


def health_services(profile: Profile) -> tuple[Service, ...]:
    """Those that keep a health record."""
    return tuple(each for each in profile.services if each.health_and_care)


async def ends(ask: Ask, view: SharingView, objection: ObjectionView) -> None:
    """It stands, or the person no longer objects."""
    await ask.say(objection.words, sensitivity=Sensitivity.HEALTH)
    what = await ask.choice(
        "end", t("Do you still object?"), {"yes": t("Yes, let it stand"), "no": t("No, not any more")}, sensitivity=Sensitivity.HEALTH
    )
    if what == "yes":
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("end_objection", EndObjection(case=view.case))
    await ask.say(t("It is noted. We tell the services by the next working day."), sensitivity=Sensitivity.HEALTH)
