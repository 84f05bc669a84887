"""Choose Bokmål or Nynorsk for everything from now on.

Requirement row: B08 (asked once, used everywhere). Works half way through any other conversation.
"""

from bot.domain.commands import SetLanguage
from bot.domain.fixed_words import FixedWords
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t

IN_BOTH_FORMS: Text = FixedWords.WHICH_LANGUAGE.text()
"""The question stands in both forms at once, since we do not know yet which one the reader wants."""


async def choose_language(ask: Ask) -> Language:
    """Ask, and use the answer from now on. Shared with the welcome."""
    chosen = await ask.language("language", IN_BOTH_FORMS)
    await ask.do("set_language", SetLanguage(language=chosen))
    return chosen


async def language(ask: Ask) -> None:
    """The conversation behind /sprak."""
    await choose_language(ask)
    await ask.say(t("Good. From now on I write like this."), sensitivity=Sensitivity.PUBLIC)
