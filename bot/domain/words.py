"""A municipality's own words, in both written forms.

Here: one value. Not here: the project's own texts, which are msgids (`bot.engine.texts`). Guarantee: no words without both forms, and
nobody is left without words: who reads another language gets that one where the municipality has written it, else its own form.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.engine.texts import Language, Text, verbatim


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The municipality's own words. They are not translated, and never put through a parse mode.

    `nb` and `nn` are always there; a further language has a field by its code. `form` is the municipality's own written form.
    """

    nb: str
    nn: str
    en: str | None = None
    form: Language = Language.NB

    def language_for(self, reader: Language) -> Language:
        """The language a reader gets them in."""
        return reader if getattr(self, reader.value, None) else self.form

    def in_language(self, language: Language) -> str:
        """The words as a reader of `language` gets them."""
        words: str = getattr(self, self.language_for(language).value)
        return words

    def text(self, language: Language) -> Text:
        """The words as a text that is shown as it is, for a reader of `language`."""
        given = self.language_for(language)
        return verbatim(self.in_language(language), None if given is language else given)

    def each(self) -> Iterator[str]:
        """The words in every language they exist in."""
        for language in Language:
            if words := getattr(self, language.value, None):
                yield words
