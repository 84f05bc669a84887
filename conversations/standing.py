"""Who can decide: what the unit and the coordinator have seen, and recording it.

Requirement rows: E03 (parents and others only as the unit has seen it), E15. Sources: Herøy, Koordinator og planeigar; pbrl §§ 3-4, 4-3
and 4-4. What is offered is a help only; what one may do is asked again when it is done.
"""

from bot.domain.access import Role
from bot.domain.ids import CaseId, RepresentativeId
from bot.domain.queries import Now
from bot.domain.standing import EndRepresentative, RecordBirthDate, StandingView, TheStanding
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.lapse import end_lapse, record_lapse
from conversations.representative import record_representative
from conversations.shield import shield_case
from conversations.standing_words import capacity, card


async def standing(ask: Ask) -> None:
    """The conversation begun from a notice."""
    await standing_case(ask, CaseId(int(ask.given["case"])))


async def standing_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await ask.look(TheStanding(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(card(view), sensitivity=Sensitivity.HEALTH)
    what = await ask.choice("what", t("What do you want to record?"), offers(view), sensitivity=Sensitivity.PERSONAL)
    match what:
        case "birth":
            await birth_date(ask, view)
        case "parent" | "guardian" | "attorney":
            await record_representative(ask.under(what), view, Role(what))
        case "end":
            await end_representative(ask, view)
        case "lapse":
            await record_lapse(ask.under(what), view)
        case "end_lapse":
            await end_lapse(ask, view)
        case "shield" | "unshield":
            await shield_case(ask.under(what), view, on=what == "shield")
        case _:
            await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def offers(view: StandingView) -> dict[str, Text]:
    """What can be recorded now."""
    options: dict[str, Text] = {}
    if view.may_record or view.born_on is None:
        options["birth"] = t("The birth date") if view.born_on is None else t("Correct the birth date")
    if view.may_record:
        options |= {"parent": t("Parental responsibility"), "guardian": t("A guardian"), "attorney": t("A power of attorney")}
        if view.representatives:
            options["end"] = t("One of them has ended")
        if view.rights.age is None or view.rights.age >= 16:
            options["lapse"] = t("The person cannot decide")
        if view.lapses:
            options["end_lapse"] = t("The person can decide again")
        if view.shielded:
            options["unshield"] = t("Parents may read it again")
        elif view.rights.can_be_shielded:
            options["shield"] = t("Parents must not read it")
    return options | {"done": t("That is all")}


async def birth_date(ask: Ask, view: StandingView) -> None:
    """The birth date as somebody has seen it. Never the identity number."""
    today = (await ask.look(Now())).date()
    day = await ask.date(
        "born",
        t("Which birth date have you seen? Write the date only, never the identity number."),
        latest=today,
        label=t("Birth date"),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.summary("right", t("Is this right?"))
    await ask.do("birth", RecordBirthDate(case=view.case, born_on=day or today))
    await ask.say(t("Noted. Age decides who can say yes from now on."), sensitivity=Sensitivity.PERSONAL)


async def end_representative(ask: Ask, view: StandingView) -> None:
    """It holds no longer, from now."""
    options = {str(each.representative): t("{name}: {what}", name=each.name, what=capacity(each.capacity)) for each in view.representatives}
    which = await ask.choice("which", t("Which one has ended?"), options, sensitivity=Sensitivity.PERSONAL)
    sure = await ask.confirm(
        "sure", t("From now on this person cannot decide or read the case. Is that right?"), sensitivity=Sensitivity.PERSONAL
    )
    if not sure:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("end", EndRepresentative(representative=RepresentativeId(int(which))))
    await ask.say(t("Noted. It has ended."), sensitivity=Sensitivity.PERSONAL)
