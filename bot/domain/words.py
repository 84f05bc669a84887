"""A municipality's own words, in both written standards.

Here: one value. Not here: the project's own texts, which are msgids (`bot.engine.texts`). Guarantee: no words without both standards.
"""

from dataclasses import dataclass

from bot.engine.texts import Language, Text, verbatim


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The municipality's own words in both written standards. They are not translated, and never put through a parse mode."""

    nb: str
    nn: str

    def in_language(self, language: Language) -> str:
        """The words in the reader's written standard."""
        return self.nn if language == Language.NN else self.nb

    def text(self, language: Language) -> Text:
        """The words as a text that is shown as it is, for a reader of `language`."""
        return verbatim(self.in_language(language))
