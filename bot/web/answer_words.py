"""The words of the page behind a link in an e-mail.

Here: texts. Not here: what the link does (`bot.services.answer_links`). Guarantee: they name nobody and say nothing of what the meeting is
about; whoever holds the link, by right or not, learns a time.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.attendance import Reply
from bot.engine.texts import Text, t
from bot.services.answer_links import Asked

TITLE: Final = t("Does the time suit you?")
OLD_TITLE: Final = t("This link does not work")
OLD: Final = t("The link is wrong, or the meeting has begun or is off. You can log in, or phone us.")
MOVED: Final = t("The meeting has been moved. This is the new time.")
CHANGE: Final = t("You can change your answer until the meeting begins.")
MORE: Final = t("Log in to read all of the invitation, or to answer otherwise.")
LABELS: Final[Mapping[Reply, Text]] = {
    Reply.COMING: t("I come"),
    Reply.BY_VIDEO: t("I take part by video"),
    Reply.CANNOT: t("I cannot come"),
}
ANSWERS: Final[Mapping[Reply, Text]] = {
    **LABELS,
    Reply.SOMEONE_ELSE: t("Someone comes instead of me"),
    Reply.MAYBE: t("I do not know yet"),
}


def when(asked: Asked) -> Text:
    """The time, and nothing else."""
    return Text("{time}", {"time": asked.at})


def answered(asked: Asked) -> Text | None:
    """The reader's own answer now."""
    return None if asked.reply is None else t("Your answer now: {reply}", reply=ANSWERS[asked.reply])
