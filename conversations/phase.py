"""The life phase of a case: its list gone through together, what matters now and later, and a school at risk.

Requirement rows: M01, M04, M10 to M13, M16, M20 to M25, M27, M40 to M43. Sources: Herøy, Livsfaser and Koordinator for barn, for ungdom,
for vaksne og eldre; Ringerike, presentation (the four phases). For whoever coordinates.
"""

from datetime import timedelta

from bot.domain.ids import CaseId
from bot.domain.phase_commands import (
    CardLine,
    GiveCards,
    NoteFollowUpContact,
    NoteOutlook,
    Outlook,
    PhaseView,
    ReportDropOut,
    SetCards,
    SetPhase,
    ThePhase,
)
from bot.domain.phases import Card, CardGroup, CardState, Phase
from bot.domain.phone_numbers import readable
from bot.domain.queries import Me, Now, TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, t, verbatim
from conversations.add_member import add_member_to
from conversations.phase_words import PHASES, TITLES, cards_of, groups_of, link_of
from conversations.transitions import transitions_of_view

FOLLOW_UP_SERVICE = "oppfolgingstjenesten"


async def phase(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await phase_of_case(ask, CaseId(int(ask.given["case"])))


async def phase_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(ThePhase(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(shown(view, profile))
    if view.outlook is not None:
        await ask.say(said(view.outlook), sensitivity=Sensitivity.HEALTH)
    if view.drop_out is not None:
        await ask.say(at_risk(profile))
    if not view.may_change:
        return
    what = await ask.choice("what", t("What do you want to do?"), _offers(view))
    room = ask.under(what)
    match what:
        case "list":
            await _list(room, view, profile)
        case "changes":
            await transitions_of_view(room, view)
        case "outlook":
            await _outlook(room, view)
        case "specialists":
            await _specialists(room, view, profile, me.language)
        case "risk":
            await ask.do("risk", ReportDropOut(case=view.case))
            await ask.say(at_risk(profile))
        case "contacted" if view.drop_out is not None:
            await ask.do("contacted", NoteFollowUpContact(drop_out=view.drop_out))
            await ask.say(t("Noted. Agree on what happens next, and who does it."))
        case "set":
            await _set(room, view)


def shown(view: PhaseView, profile: Profile) -> Text:
    """Which phase, how far the list has come, and the national guide for those who work with children (M16)."""
    lines = [t("Case {number}, {initials}", number=str(view.number), initials=view.initials)]
    if view.phase is None:
        lines.append(t("The life phase is not known. Note the birth date, or choose a phase."))
        return joined(*lines, by="\n")
    lines.append(t("Life phase: {phase}", phase=PHASES[view.phase]))
    if view.by_hand:
        lines.append(t("Somebody has chosen it. It does not follow the age."))
    settled = sum(1 for each in view.cards if each.state is not None)
    gone = t("Of the list, {settled} of {all} are gone through.", settled=settled, all=len(view.cards))
    lines.append(gone if settled else t("The list is not gone through yet."))
    lines += [t("{card}: again on {day}", card=TITLES[each.card], day=each.again_on) for each in view.cards if each.again_on]
    if view.phase in {Phase.CHILD, Phase.YOUTH}:
        link = verbatim(profile.phases.guide)
        lines.append(t("Good to read: the national guide on children with habilitation needs. {link}", link=link))
    return joined(*lines, by="\n")


def said(outlook: Outlook) -> Text:
    """What was said the last time."""
    told = (
        (t("Usual at this age"), outlook.usual),
        (t("Special for this person"), outlook.special),
        (t("To manage everyday life"), outlook.everyday),
        (t("Wishes, goals and dreams"), outlook.wishes),
    )
    lines = [joined(label, t("«{words}»", words=words), by=": ") for label, words in told if words]
    return joined(t("Talked about on {day}:", day=outlook.on), *lines, by="\n")


def at_risk(profile: Profile) -> Text:
    """What to do at once (M27), with the number where the directory has it."""
    text = t("School is at risk. Talk with the youth, and contact the follow-up service today.")
    service = profile.service(FOLLOW_UP_SERVICE)
    if service is not None and service.phone:
        return joined(text, t("The follow-up service: phone {phone}", phone=readable(service.phone)), by="\n")
    return joined(text, t("You find the follow-up service here: {link}", link=verbatim(profile.phases.county)), by="\n")


def _offers(view: PhaseView) -> dict[str, Text]:
    options: dict[str, Text] = {}
    if view.drop_out is not None:
        options["contacted"] = t("The follow-up service is contacted")
    if view.cards:
        options["list"] = t("Go through the list")
    options |= {"changes": t("Changes to come"), "outlook": t("Now and later: four questions")}
    if view.specialists:
        options["specialists"] = t("Doctor and specialists")
    if view.drop_out is None and view.phase is Phase.YOUTH:
        options["risk"] = t("School is at risk")
    return options | {"set": t("Choose another phase"), "done": t("That is all")}


async def _list(ask: Ask, view: PhaseView, profile: Profile) -> None:
    """One part of the list: what is given to read, what is not relevant, what comes later."""
    listed = {each.card: each for each in view.cards}
    chosen = await ask.choice("group", t("Which part of the list?"), groups_of(listed))
    group = CardGroup(chosen)
    cards = cards_of(group, listed)
    await ask.say(joined(*(_line(listed[card]) for card in cards), link_of(group, profile), by="\n"))
    what = await ask.choice(
        "what",
        t("Talk about it together. What shall happen?"),
        {
            "give": t("Give something to read"),
            "not_relevant": t("Some of it is not relevant"),
            "later": t("Come back to some of it"),
            "done": t("That is all"),
        },
    )
    if what == "done":
        return
    options = {str(card): TITLES[card] for card in cards}
    picked = tuple(Card(each) for each in await ask.choices("cards", t("Which ones?"), options, none=t("None of these")))
    if not picked:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    if what == "give":
        await ask.do("give", GiveCards(case=view.case, cards=picked))
        await ask.say(t("Sent. The person, and those who act for them, can read it now."))
        return
    day = None
    if what == "later":
        now = await ask.look(Now())
        day = await ask.date("again_on", t("On which day shall we remind you?"), earliest=now.date() + timedelta(days=1))
    state = CardState.LATER if what == "later" else CardState.NOT_RELEVANT
    await ask.do("settle", SetCards(case=view.case, cards=picked, state=state, again_on=day))
    await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)


def _line(each: CardLine) -> Text:
    title = TITLES[each.card]
    if each.state is CardState.GIVEN:
        return t("✓ {card}: given to read", card=title)
    if each.state is CardState.NOT_RELEVANT:
        return t("– {card}: not relevant", card=title)
    if each.again_on is not None:
        return t("{card}: again on {day}", card=title, day=each.again_on)
    return t("• {card}", card=title)


async def _outlook(ask: Ask, view: PhaseView) -> None:
    """The four questions before a plan is gone through (M01)."""
    skip = t("Nothing to note")
    usual = await ask.text("usual", t("What is usual for everybody at this age?"), skip=skip, label=t("Usual at this age"), max_length=600)
    special = await ask.text(
        "special", t("What is special for just this person?"), skip=skip, label=t("Special for this person"), max_length=600
    )
    everyday = await ask.text(
        "everyday",
        t("What does it take to manage everyday life, now and later?"),
        skip=skip,
        label=t("To manage everyday life"),
        max_length=600,
    )
    wishes = await ask.text(
        "wishes", t("What does the person wish for and dream of?"), skip=skip, label=t("Wishes, goals and dreams"), max_length=600
    )
    await ask.summary("right", t("Is this right?"))
    await ask.do("note", NoteOutlook(case=view.case, usual=usual, special=special, everyday=everyday, wishes=wishes))
    await ask.say(t("Noted. Take it along when you go through the plan."))


async def _specialists(ask: Ask, view: PhaseView, profile: Profile, language: Language) -> None:
    """Doctor and specialists nobody around comes from (M13, M25)."""
    services = [profile.service(key) for key in view.specialists]
    names = [service.name.text(language) for service in services if service is not None]
    await ask.say(t("Nobody around the person comes from here: {names}", names=names))
    await ask.say(t("Ask the person first. Then add somebody, and ask for consent."))
    if await ask.confirm("add", t("Do you want to add somebody now?")):
        await add_member_to(ask.under("add"), view.case)


async def _set(ask: Ask, view: PhaseView) -> None:
    """Another phase, or the one that follows from the age (M04)."""
    options = {str(each): words for each, words in PHASES.items()} | {"by_age": t("The one that follows from the age")}
    chosen = await ask.choice("phase", t("Which phase fits?"), options)
    await ask.do("set", SetPhase(case=view.case, phase=None if chosen == "by_age" else Phase(chosen)))
    await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)
