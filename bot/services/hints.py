"""That there is something, and nothing about what.

Here: the words and the button that lead to the secure page, in a chat and in an e-mail alike. Not here: who gets them
(`bot.services.notices`, `bot.services.mailing`). Guarantee: nothing here says why anybody is written to (T07).
"""

from bot.domain.ids import CaseId
from bot.engine.texts import Text, t
from bot.services.municipality import Context
from bot.services.passage import NoticeButton, Page
from bot.store import cases


def number_of(context: Context, case: CaseId | None) -> int | None:
    """The number that the reader sees."""
    return None if case is None else cases.get(context.tx, case).number


def hint(context: Context, number: int | None) -> Text:
    """Only that there is something, from whom, and a number: it says nothing about why."""
    name, phone = context.municipality.profile.municipality.display_name, context.municipality.phone
    text = t("You have a new message from {municipality}.", municipality=name)
    if number is not None:
        text = t("You have a new message from {municipality}, no. {number}.", municipality=name, number=str(number))
    if phone and context.municipality.page_url is None:
        text = t("{message} Please phone us on {phone}.", message=text, phone=phone)
    return text


def to_the_page(context: Context) -> list[list[NoticeButton]]:
    """The way to the secure page, where there is one."""
    if context.municipality.page_url is None:
        return []
    return [[NoticeButton(label=t("Read it on the secure page"), meaning={}, page=Page())]]
