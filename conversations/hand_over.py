"""The card a professional shows or forwards to someone who may need a coordinator, and the tick for "I have told them".

Requirement rows: A01 (all professionals inform: Lund §§ 6, 11.4), A16. The card is in both written forms at once, since it is read by
someone whose choice we do not know. The tick counts that it was done, nothing about whom.
"""

from bot.domain.commands import NoteInformed
from bot.domain.phone_numbers import readable
from bot.domain.queries import TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim


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
    await ask.say(two_language_card(profile, ask.given.get("link")), sensitivity=Sensitivity.PUBLIC)


def two_language_card(profile: Profile, link: str | None) -> Text:
    """The card in Bokmål and Nynorsk: the right, the children's coordinator, and how to make contact oneself."""
    phone = profile.contact.best_phone()
    where = link or profile.links.home
    age = profile.application.children_until_age
    by_phone = f"\nTelefon: {readable(phone)}" if phone else ""
    in_nb = (
        "Trenger du hjelp fra flere tjenester over tid?\n"
        "Du kan ha rett til en koordinator og en individuell plan. "
        f"Venter du barn eller har du barn under {age} år, kan familien ha rett til en barnekoordinator.\n"
        "Du kan ta kontakt selv:\n"
        f"{_unit(profile, Language.NB)}{by_phone}\n{where}"
    )
    in_nn = (
        "Treng du hjelp frå fleire tenester over tid?\n"
        "Du kan ha rett til ein koordinator og ein individuell plan. "
        f"Ventar du barn eller har du barn under {age} år, kan familien ha rett til ein barnekoordinator.\n"
        "Du kan ta kontakt sjølv:\n"
        f"{_unit(profile, Language.NN)}{by_phone}\n{where}"
    )
    return verbatim(f"{in_nb}\n\n{in_nn}")


def _unit(profile: Profile, language: Language) -> str:
    return f"{profile.municipality.unit.in_language(language)}, {profile.municipality.display_name}"
