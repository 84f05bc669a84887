"""A word on one of our texts.

Requirement rows: O07. Source: Rana, last page: users and staff may comment. The unit reads it; who wrote it is not stored.
"""

from bot.domain.looking_back import GiveFeedback
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def feedback(ask: Ask) -> None:
    """The conversation behind /tilbakemelding."""
    await ask.say(t("You can say what is hard to understand, or wrong. We do not store who you are."), sensitivity=Sensitivity.PUBLIC)
    about = await ask.text(
        "text", t("Which text is it? You can copy it here."), skip=t("I do not know which"), sensitivity=Sensitivity.HEALTH, max_length=1000
    )
    words = await ask.text("better", t("What should be different?"), sensitivity=Sensitivity.HEALTH, max_length=2000)
    await ask.do("send", GiveFeedback(about=about, words=words or ""))
    await ask.say(t("Thank you. We read it, and make the text better."), sensitivity=Sensitivity.NEUTRAL)
