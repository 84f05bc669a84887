"""The accessibility statement.

Here: what the law asks a statement to say: the page's status, what is not met, how it was tested and when, whom to tell, and where one can
complain (forskrift om universell utforming av IKT-løsninger). Not here: the tests it speaks of (`tests/web/test_accessibility.py`).
"""

from datetime import date
from typing import Final

from bot.engine.texts import Text, t

MADE: Final = date(2026, 11, 23)
"""The day somebody last went through the statement and the page side by side."""
AUTHORITY: Final = "https://www.uutilsynet.no"

HOW_IT_IS: Final = t("How accessible the page is")
STATUS: Final = (
    t("Everyone must be able to use this page. We follow the rules called WCAG 2.2, level AA."),
    t("The page works with a keyboard, with a screen reader, and with large letters."),
    t("It works on small screens, without JavaScript, and in light and dark colours."),
)
NOT_MET_TITLE: Final = t("What is not good enough")
NOT_MET: Final = (
    t("We know of no mistakes against the rules."),
    t("People who use a screen reader every day have not tested the whole page yet. So there may be things we do not know of."),
)
TESTED_TITLE: Final = t("How we tested it")
TESTED: Final = t("Programs look through every page in every new version, in both written forms. They also use it with the keyboard alone.")
CONTACT_TITLE: Final = t("Is something hard to use?")
CONTACT: Final = t("Tell us, and we help you at once and mend it.")
COMPLAIN_TITLE: Final = t("If we do not mend it")
COMPLAIN: Final = t("Then you can complain to Uutilsynet. It is part of the Norwegian Digitalisation Agency.")
COMPLAIN_LINK: Final = t("Go to Uutilsynet")


def about(municipality: str) -> Text:
    """What the statement is about."""
    return t("This statement is about the secure page of {municipality}.", municipality=municipality)


def made() -> Text:
    """When it was made."""
    return t("The statement was made {day}.", day=MADE)
