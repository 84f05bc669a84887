"""Two who work together: the pack, the day until which, having met the person, and letting go.

Requirement rows: N07 (roles change at one moment), N12 (overlap as long as possible), N13 (the pack, nothing from the chat), N14 (nobody
lets go before the new one has met the person). Sources: Herøy, Skifte av koordinator; Rana, Overføring av IP; Ås, Bytte and BTI.
"""

from datetime import timedelta

from bot.domain.cases import Place
from bot.domain.change_commands import LetGo, NoteMet, WorkTogetherUntil
from bot.domain.change_queries import ChangeView, HandOverView, TheChange, TheHandOver
from bot.domain.changes import ChangeState
from bot.domain.ids import CaseId
from bot.domain.places import WHERE_FOR_STAFF
from bot.domain.queries import Me, Now, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.case_access import open_case
from conversations.circle_words import kinds
from conversations.words import PLACES, TALKS


async def hand_over_pack(ask: Ask) -> None:
    """The conversation begun from a notice: what one must know."""
    await hand_over_pack_of(ask, CaseId(int(ask.given["case"])))


async def hand_over_pack_of(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await ask.look(TheHandOver(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    for part in await pack(ask, view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)


async def pack(ask: Ask, view: HandOverView) -> list[Text]:
    """Who is around the person, what is shared, what is agreed and what is to be done."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    head = t("{initials}, case {number}: what you must know", initials=view.initials, number=str(view.number))
    parts = [joined(head, t("Note for you: {words}", words=view.note), by="\n") if view.note else head]
    around = [
        joined(
            t("• {name}, {title}", name=each.name, title=each.title),
            *([t("phone {phone}", phone=each.phone)] if each.phone else []),
            t("may know: {kinds}", kinds=kinds(each.knows)) if each.knows else t("may know nothing now"),
            by=", ",
        )
        for each in view.members
    ]
    parts.append(joined(t("Those around the person:"), *around, by="\n") if around else t("Nobody else is around the person yet."))
    shared = nt("{n} consent is in force.", "{n} consents are in force.", view.consents)
    if view.consent_until is not None:
        shared = joined(shared, t("The first one ends on {day}.", day=view.consent_until), by=" ")
    parts.append(shared if view.consents else t("No consent is in force. Share nothing before there is one."))
    agreed = [
        t("• {talk} {moment}, {place}", talk=TALKS[each.kind], moment=each.at, place=WHERE_FOR_STAFF[each.place]) for each in view.talks
    ]
    parts.append(joined(t("Agreed:"), *agreed, by="\n") if agreed else t("No talk is agreed."))
    items = {item.id: item.words.text(me.language) for item in profile.checklists.first_week}
    to_do = [t("• {item}", item=items[each]) for each in view.to_do if each in items]
    if to_do:
        parts.append(joined(t("Not done yet:"), *to_do, by="\n"))
    if view.tasks_of_unit:
        parts.append(
            nt("The coordinating unit has {n} task in the case.", "The coordinating unit has {n} tasks in the case.", view.tasks_of_unit)
        )
    return parts


async def take_over(ask: Ask) -> None:
    """The conversation begun from a notice: the handing over itself, or at once the step that its button names."""
    await take_over_in(ask, CaseId(int(ask.given["case"])), ask.given.get("step"))


async def take_over_in(ask: Ask, case: CaseId, step: str | None = None) -> None:
    """The same from the desk. `step`: one of the `offers`, if it has been chosen already."""
    if await open_case(ask, case) is None:
        return
    change = await ask.look(TheChange(case))
    if change is None or change.state is not ChangeState.TAKING_OVER or change.overlap_until is None:
        await ask.say(t("Nobody takes over this case now."), sensitivity=Sensitivity.PERSONAL)
        return
    await say_how_far(ask, change)
    options = offers(change)
    what = step if step in options else await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    match what:
        case "pack":
            await hand_over_pack_of(ask.under("pack"), case)
        case "met":
            places = {str(each): words for each, words in PLACES.items()}
            place = await ask.choice("place", t("Where did you meet?"), places, sensitivity=Sensitivity.PRACTICAL)
            await ask.do("met", NoteMet(case=case, place=Place(place)))
            await ask.say(t("Noted. {name} can let go now.", name=change.coordinator_name), sensitivity=Sensitivity.PERSONAL)
        case "until":
            await ask_until(ask.under("until"), change)
        case "let_go":
            await let_go(ask.under("let_go"), change)
        case _:
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def say_how_far(ask: Ask, change: ChangeView) -> None:
    """Who takes over from whom, until when, and whether they have met the person."""
    await ask.say(
        t(
            "Case {number}: {name} takes over from {old}. Both work together until {day}.",
            number=str(change.number),
            name=change.next_name or "?",
            old=change.coordinator_name,
            day=change.overlap_until,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    met = (
        t("{name} has met the person.", name=change.next_name or "?")
        if change.met
        else t(
            "{name} has not met the person yet. Until then, {old} has the case.", name=change.next_name or "?", old=change.coordinator_name
        )
    )
    await ask.say(met, sensitivity=Sensitivity.PERSONAL)


def offers(change: ChangeView) -> dict[str, Text]:
    """What each of the two, and the unit, can do now. Letting go only when the new one has met the person."""
    options = {"pack": t("What one must know")}
    if not change.met and (change.next_is_me or not change.coordinates):
        options["met"] = t("I have met the person") if change.next_is_me else t("Note that they have met")
    options["until"] = t("Choose another day")
    if change.met and not change.next_is_me:
        options["let_go"] = t("Let go of the case") if change.coordinates else t("Change the roles now")
    return options | {"done": t("That is all")}


async def ask_until(ask: Ask, change: ChangeView) -> None:
    """So long both work together."""
    now = await ask.look(Now())
    day = await ask.date(
        "day",
        t("Until which day do you work together? As long as possible is best."),
        earliest=now.date(),
        latest=now.date() + timedelta(days=365),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.do("until", WorkTogetherUntil(case=change.case, until=day or now.date()))
    await ask.say(t("Noted: you work together until {day}.", day=day or now.date()), sensitivity=Sensitivity.PERSONAL)


async def let_go(ask: Ask, change: ChangeView) -> None:
    """The roles change at once."""
    name = verbatim(change.next_name or "?")
    sure = t("Shall {name} be the coordinator from now? {old} has no access after that.", name=name, old=change.coordinator_name)
    if change.coordinates:
        sure = t("Shall {name} be the coordinator from now? You have no access after that.", name=name)
    if not await ask.confirm("sure", sure, sensitivity=Sensitivity.PERSONAL):
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("let_go", LetGo(case=change.case))
    await ask.say(t("{name} is the coordinator now. Everybody it concerns is told.", name=name), sensitivity=Sensitivity.PERSONAL)
