"""Choose the language of everything from now on.

Requirement row: B08 (asked once, used everywhere). Works half way through any other conversation.
"""

from bot.domain.commands import SetLanguage
from bot.domain.fixed_words import which_language
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import WRITTEN_FORMS, Language, t


async def choose_language(ask: Ask) -> Language:
    """Ask, and use the answer from now on. Shared with the welcome."""
    chosen = await ask.language("language", which_language())
    await ask.do("set_language", SetLanguage(language=chosen))
    if chosen not in WRITTEN_FORMS:
        await ask.say(
            t("Letters and decisions on paper are in Norwegian. You can always ask us to explain them."), sensitivity=Sensitivity.PUBLIC
        )
    return chosen


async def language(ask: Ask) -> None:
    """The conversation behind /sprak."""
    await choose_language(ask)
    await ask.say(t("Good. From now on I write like this."), sensitivity=Sensitivity.PUBLIC)
