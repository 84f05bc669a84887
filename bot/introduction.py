"""How the bot introduces itself: its words, its commands and the button beside the field one writes in.

Here: which words, in each language. Not here: telling Telegram (`bot.telegram.setup`). Guarantee: they are the same for everybody and say
nothing about anyone.
"""

from datetime import UTC, datetime

from telegram.error import TelegramError

from bot.domain.choices import PrivacyLevel
from bot.engine.texts import Language, t
from bot.logs import Event, Log
from bot.services.municipality import Municipality
from bot.telegram import setup
from bot.telegram.connection import Connection


async def introduce(connection: Connection, municipality_: Municipality, log: Log) -> None:
    """Set the bot's neutral words, commands and menu button. What fails here is said and does not stop the start."""
    language = municipality_.profile.municipality.language
    try:
        forms = {language.value: presentation(municipality_, language) for language in Language}
        await setup.present(connection, forms[language.value], forms)
        await setup.offer_page(connection, mini_app_url(municipality_), municipality_.words(t("Secure page"), language, datetime.now(UTC)))
    except TelegramError as error:
        log.warning(Event.LIBRARY, error=error)


def mini_app_url(municipality_: Municipality) -> str | None:
    """Where Telegram opens the page inside the app; None where there is none. Telegram opens nothing but https."""
    url = municipality_.page_url
    if url is None or not url.startswith("https://") or municipality_.level is PrivacyLevel.OFF:
        return None
    from bot.web.security import MINI_APP

    return f"{url}{MINI_APP}"


def presentation(municipality_: Municipality, language: Language) -> setup.Presentation:
    """The bot's words in one language. Neutral: they are the same for everybody and say nothing about anyone."""
    now, name = datetime.now(UTC), municipality_.profile.municipality.display_name
    entries = sorted(
        (entry for entry in municipality_.registry if entry.menu is not None and entry.commands), key=lambda entry: entry.menu or 0
    )
    commands = {entry.commands[0]: municipality_.words(entry.title, language, now) for entry in entries}
    for command, title in (("meny", t("Menu")), ("hjelp", t("Help")), ("avbryt", t("Cancel what you are doing"))):
        commands[command] = municipality_.words(title, language, now)
    return setup.Presentation(
        description=municipality_.words(
            t("Messages and information from {municipality}. Press Start to begin.", municipality=name), language, now
        ),
        short_description=municipality_.words(t("Messages and information from {municipality}.", municipality=name), language, now),
        commands=commands,
    )
