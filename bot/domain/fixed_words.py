"""Words that stand in several languages at once, and so are never translated.

Here: each of them, as a closed list. Not here: texts with a msgid. They say nothing about anybody, so they may pass at every level but
`off` (`bot.domain.passing`).
"""

from enum import StrEnum

from bot.engine.texts import Language, Text, joined, verbatim


class FixedWords(StrEnum):
    """Asked or shown where we do not know which language the reader wants."""

    WHICH_NB = "Hvilket språk vil du ha?"
    WHICH_NN = "Kva språk vil du ha?"
    WHICH_EN = "Which language do you want?"
    CARD_NB = (
        "Trenger du hjelp fra flere tjenester over tid?\n"
        "Du kan ha rett til en koordinator og en individuell plan. Venter du barn eller har du barn under "
    )
    CARD_NB_END = " år, kan familien ha rett til en barnekoordinator.\nDu kan ta kontakt selv:"
    CARD_NN = (
        "Treng du hjelp frå fleire tenester over tid?\n"
        "Du kan ha rett til ein koordinator og ein individuell plan. Ventar du barn eller har du barn under "
    )
    CARD_NN_END = " år, kan familien ha rett til ein barnekoordinator.\nDu kan ta kontakt sjølv:"
    CARD_EN = (
        "Do you need help from several services over time?\n"
        "You may have the right to a coordinator (koordinator) and an individual plan (individuell plan). "
        "If you are expecting a child or have a child under "
    )
    CARD_EN_END = ", the family may have the right to a children's coordinator (barnekoordinator).\nYou can get in touch yourself:"
    PHONE = "Telefon"
    PHONE_EN = "Phone"

    def text(self) -> Text:
        """The words as a text, marked with their language where they are in one alone."""
        return verbatim(self.value, next((each for each in Language if f"_{each.name}" in self.name), None))


def which_language() -> Text:
    """The question in each language at once, since we do not know yet which one the reader wants."""
    return joined(*(each.text() for each in FixedWords if each.name.startswith("WHICH_")), by="\n")
