"""Who can help with what: by one's own words or from the list, and checked by the unit.

Requirement rows: A07, Q01 to Q05, Q07, Q08. Sources: Rana, Oversikt over tjenestetilbud; Lund § 1; Ringerike, map of instances by age.
What somebody is entitled to is never guessed: then a human answers.
"""

from typing import Final

from bot.domain.directory import CheckService, Listed, TheDirectory, asks_about_rights, fits_age, search
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Audience
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim
from conversations.contact_card import contact_card, service_card
from conversations.human import reach_human
from conversations.picking import Line, pick
from conversations.staff_words import shortened

AGES: Final[dict[str, tuple[Text, int, int, Audience]]] = {
    "0-5": (t("A child under 6"), 0, 5, Audience.CHILD),
    "6-12": (t("A child from 6 to 12"), 6, 12, Audience.CHILD),
    "13-17": (t("A youth from 13 to 17"), 13, 17, Audience.CHILD),
    "18": (t("An adult"), 18, 199, Audience.ADULT),
}
"""Ages where what there is changes (Q05)."""
NONE: Final = "none"


async def directory(ask: Ask) -> str:
    """By words, or by age and then the list. "human" when it has led to one."""
    how = await ask.choice(
        "how",
        t("How do you want to find it?"),
        {"list": t("Choose from the list"), "words": t("Write what you need")},
        sensitivity=Sensitivity.PUBLIC,
    )
    if how == "words":
        return await _by_words(ask)
    whom = await ask.choice("age", t("Help for whom?"), {age: words for age, (words, *_) in AGES.items()}, sensitivity=Sensitivity.PUBLIC)
    _, from_age, to_age, audience = AGES[whom]
    listed = await ask.look(TheDirectory())
    wanted = {audience, Audience.BOTH}
    found = [each for each in listed if each.service.audience in wanted and fits_age(each.service, from_age, to_age)]
    return await _one_of(ask, found, t("Who can help? Choose one."))


async def _by_words(ask: Ask) -> str:
    """A free question: the directory, then a human (Q08)."""
    words = await ask.text(
        "words", t("What do you need help with? A word or two is enough."), sensitivity=Sensitivity.HEALTH, max_length=200
    )
    listed = await ask.look(TheDirectory())
    if asks_about_rights(words or ""):
        await ask.say(t("What you are entitled to, a person must answer. It is never guessed here."), sensitivity=Sensitivity.NEUTRAL)
        await reach_human(ask.under("rights"), None)
        return "human"
    fitting = search([each.service for each in listed], words or "")
    if not fitting:
        await ask.say(t("We find nothing by those words. A person can help you further."), sensitivity=Sensitivity.NEUTRAL)
        await reach_human(ask.under("nothing"), None)
        return "human"
    places = {each.service.id: each for each in listed}
    return await _one_of(ask, [places[each.id] for each in fitting], t("Perhaps one of these can help. Choose one."), Sensitivity.HEALTH)


async def _one_of(ask: Ask, found: list[Listed], prompt: Text, sensitivity: Sensitivity = Sensitivity.PUBLIC) -> str:
    """The list, a page at a time, then the card (A07)."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    lines = [Line(value=each.service.id, button=each.service.name.text(me.language)) for each in found]
    chosen = await pick(ask, prompt, [*lines, Line(value=NONE, button=t("None of these"), listed=False)], sensitivity=sensitivity)
    one = next((each for each in found if each.service.id == chosen), None)
    if one is not None:
        await ask.say(service_card(one, me.language), sensitivity=sensitivity)
        return "found"
    await ask.say(t("Not sure who can help? Ask us, and we will show you the way."), sensitivity=Sensitivity.PUBLIC)
    await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)
    return "none"


async def check_directory(ask: Ask) -> None:
    """For the unit: what was checked longest ago first, one line at a time (Q01, Q07)."""
    me, listed = await ask.look(Me()), await ask.look(TheDirectory())
    oldest = sorted((each for each in listed if each.service.phone or each.service.url), key=lambda each: str(each.checked_on or ""))
    if not oldest:
        await ask.say(t("There is nothing to check in the directory."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [
        Line(value=each.service.id, button=verbatim(shortened(name_of(each, me.language), 36)), details=_line(each, me.language))
        for each in oldest
    ]
    chosen = await pick(
        ask, t("Which one have you checked? What was checked longest ago comes first."), lines, sensitivity=Sensitivity.PERSONAL
    )
    one = next(each for each in oldest if each.service.id == chosen)
    await ask.say(service_card(one, me.language, to_check=True), sensitivity=Sensitivity.PUBLIC)
    options = {"right": t("It is right"), "wrong": t("It is wrong"), "later": t("Not checked yet")}
    what = await ask.choice("right", t("Is it right?"), options, sensitivity=Sensitivity.PUBLIC)
    if what == "later":
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("check", CheckService(service=chosen, right=what == "right"))
    if what == "right":
        await ask.say(t("Noted, with today's date."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Noted. It is not shown any more. Ask the operator to correct it."), sensitivity=Sensitivity.NEUTRAL)


def name_of(each: Listed, language: Language) -> str:
    """A service's name in the reader's form."""
    return each.service.name.in_language(language)


def _line(each: Listed, language: Language) -> Text:
    """A service with when it was last checked."""
    name = name_of(each, language)
    if each.checked_on is None:
        return t("{name}, never", name=name)
    return t("{name}, {day}", name=name, day=each.checked_on)
