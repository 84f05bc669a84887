"""Words of a meeting's page.

Here: texts as values, used by name in the template. Not here: the words of the invitation (`bot.services.invitation_document`).
"""

from typing import Final

from bot.domain.attendance import Reply
from bot.engine.texts import Text, nt, t

ANSWERS: Final = t("Who comes")
CHART: Final = t("Answers to the invitation")
YOUR_ANSWER: Final = t("Your answer")
NOT_ANSWERED: Final = t("You have not answered.")
DO: Final = t("What do you want to do?")
KEEP: Final = t("Keep it")
PDF: Final = t("The invitation as a file (PDF)")
CALENDAR: Final = t("Put it in your calendar")
CALENDAR_HINT: Final = t("The file for your calendar holds the time and a number. It says nothing about anybody.")
COMES: Final = t("I come")
CANNOT: Final = t("I cannot come")
OTHERWISE: Final = t("Answer otherwise")
OPEN: Final = t("Change, or note an answer")
MEASURES: Final = t("What is proposed")
WAITS: Final = t("waits for an answer")
YES: Final = t("yes")
NO: Final = t("no")
IN_TOOL_DONE: Final = t("It stands in the planning tool as it is now.")
THE_PERSON: Final = t("The person")
READ: Final = t("Read the invitation and answer")
MEETINGS: Final = t("My meetings")
REPLIES: Final = {
    Reply.COMING: t("comes"),
    Reply.BY_VIDEO: t("by video"),
    Reply.SOMEONE_ELSE: t("sends someone else"),
    Reply.MAYBE: t("does not know yet"),
    Reply.CANNOT: t("cannot come"),
    None: t("has not answered"),
}
OWN: Final = {
    Reply.COMING: t("I come"),
    Reply.BY_VIDEO: t("I take part by video"),
    Reply.SOMEONE_ELSE: t("Someone comes instead of me"),
    Reply.MAYBE: t("I do not know yet"),
    Reply.CANNOT: t("I cannot come"),
}


def put_in_tool(tool: str) -> Text:
    """The coordinator's tick (G08)."""
    return t("I have put it into {tool}", tool=tool)


def coming(count: int) -> Text:
    """How many come."""
    return nt("{n} comes", "{n} come", count)


def cannot(count: int) -> Text:
    """How many cannot."""
    return nt("{n} cannot", "{n} cannot", count)


def maybe(count: int) -> Text:
    """How many do not know yet."""
    return nt("{n} does not know yet", "{n} do not know yet", count)


def silent(count: int) -> Text:
    """How many have not answered."""
    return nt("{n} has not answered", "{n} have not answered", count)


def answered(count: int, everybody: int) -> Text:
    """The chart in words."""
    return t("{answered} of {all} have answered.", answered=count, all=everybody)
