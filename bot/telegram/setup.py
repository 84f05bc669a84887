"""How the bot presents itself in Telegram.

Here: its name, descriptions and commands in each language, and where updates are brought. Not here: the words; they are handed in.
Guarantee: it says the same to everybody, since it is set for the bot and for no person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, MenuButtonDefault, MenuButtonWebApp, WebAppInfo

from bot.telegram.incoming import ALLOWED_UPDATES

LONGEST_COMMAND_WORDS = 256
WEBHOOK_CONNECTIONS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Presentation:
    """The words in one language. `commands` is name without slash -> what it does; `name` None leaves the name as it is."""

    description: str
    short_description: str
    commands: Mapping[str, str]
    name: str | None = None


async def present(bot: Bot, default: Presentation, by_language: Mapping[str, Presentation]) -> None:
    """Tell Telegram the bot's words: `default` for all, and those for each two-letter language code. Raises `TelegramError`.

    Only what differs is set, since Telegram allows few changes of a name a day.
    """
    for language, words in (("", default), *by_language.items()):
        code = language or None
        if words.name is not None and (await bot.get_my_name(code)).name != words.name:
            await bot.set_my_name(words.name, code)
        if (await bot.get_my_description(code)).description != words.description:
            await bot.set_my_description(words.description, code)
        if (await bot.get_my_short_description(code)).short_description != words.short_description:
            await bot.set_my_short_description(words.short_description, code)
        commands = [BotCommand(name, said[:LONGEST_COMMAND_WORDS]) for name, said in words.commands.items()]
        scope = BotCommandScopeAllPrivateChats()
        if list(await bot.get_my_commands(scope, code)) != commands:
            await bot.set_my_commands(commands, scope, code)


async def offer_page(bot: Bot, url: str | None, words: str) -> None:
    """The button beside the field one writes in opens the secure page inside Telegram; without `url` it is Telegram's usual one again.

    Commands are still listed when somebody types a slash. Raises `TelegramError`.
    """
    wanted = MenuButtonDefault() if url is None else MenuButtonWebApp(text=words, web_app=WebAppInfo(url=url))
    there = await bot.get_chat_menu_button()
    if there != wanted and (url is not None or isinstance(there, MenuButtonWebApp)):
        await bot.set_chat_menu_button(menu_button=wanted)


async def bring_updates(bot: Bot, url: str, secret: str) -> None:
    """Ask Telegram to bring updates to this address. Raises `TelegramError`."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=WEBHOOK_CONNECTIONS)


async def fetch_updates(bot: Bot) -> None:
    """Ask Telegram to keep updates until they are fetched; none is dropped. Raises `TelegramError`."""
    await bot.delete_webhook(drop_pending_updates=False)
