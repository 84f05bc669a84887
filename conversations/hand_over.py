"""The card a professional shows or forwards to someone who may need a coordinator, and the tick for "I have told them".

Requirement rows: A01 (all professionals inform: Lund §§ 6, 11.4), A16. The card is in each language at once, since it is read by
someone whose choice we do not know. The tick counts that it was done, nothing about whom.
"""

from bot.domain.commands import NoteInformed
from bot.domain.fixed_words import FixedWords
from bot.domain.phone_numbers import readable
from bot.domain.queries import TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, t, verbatim


async def hand_over(ask: Ask) -> None:
    """For everyone of staff."""
    await say_card(ask)
    told = await ask.choice(
        "told",
        t("Have you told someone about this?"),
        {"yes": t("I have told someone"), "not_now": t("Not now")},
        sensitivity=Sensitivity.PUBLIC,
    )
    if told == "yes":
        await ask.do("note_informed", NoteInformed())
        await ask.say(t("Thank you. We count that it was done, nothing about whom."), sensitivity=Sensitivity.PUBLIC)


async def say_card(ask: Ask) -> None:
    """Show the card with a word on how to use it."""
    profile = await ask.look(TheProfile())
    await ask.say(t("Show this card, or forward it:"), sensitivity=Sensitivity.PUBLIC)
    await ask.say(card_in_each_language(profile, ask.given.get("link")), sensitivity=Sensitivity.PUBLIC)


def card_in_each_language(profile: Profile, link: str | None) -> Text:
    """The card in each language: the right, the children's coordinator, and how to make contact oneself."""
    return joined(
        _card(profile, Language.NB, FixedWords.CARD_NB, FixedWords.CARD_NB_END, FixedWords.PHONE, link),
        _card(profile, Language.NN, FixedWords.CARD_NN, FixedWords.CARD_NN_END, FixedWords.PHONE, link),
        _card(profile, Language.EN, FixedWords.CARD_EN, FixedWords.CARD_EN_END, FixedWords.PHONE_EN, link),
    )


def _card(profile: Profile, language: Language, first: FixedWords, then: FixedWords, phoned: FixedWords, link: str | None) -> Text:
    phone = profile.contact.best_phone()
    age = Text("{age}", {"age": profile.application.children_until_age})
    unit = joined(profile.municipality.unit.text(language), verbatim(profile.municipality.display_name), by=", ")
    lines = [joined(first.text(), age, then.text(), by=""), unit]
    if phone:
        lines.append(joined(phoned.text(), verbatim(readable(phone)), by=": "))
    return joined(*lines, verbatim(link or profile.links.home), by="\n")
