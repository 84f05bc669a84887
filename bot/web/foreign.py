"""Words on a page that are in another language than its reader's, such as the municipality's own.

Here: marking them, so that a screen reader says them right (WCAG 3.1.2). Not here: which language somebody reads. Guarantee: every piece
of a text is escaped, whoever wrote it.
"""

from datetime import datetime

from markupsafe import Markup, escape

import bot.formats as formats
from bot.engine.texts import Language, Text
from bot.i18n import Catalogs


def marked(catalogs: Catalogs, text: Text, reader: Language, now: datetime) -> Markup:
    """The text for a reader, as HTML. A mark never goes over the end of a line."""

    def piece(words: str, language: Language | None) -> str:
        if language is None or language is reader:
            return str(escape(words))
        way = "" if formats.direction(language) == formats.direction(reader) else f' dir="{formats.direction(language)}"'
        begin = f'<span lang="{language.value}"{way}>'
        return "\n".join(f"{begin}{escape(line)}</span>" if line.strip() else line for line in words.split("\n"))

    # Everything in it has been escaped above, piece by piece.
    return Markup(catalogs.render(text, reader, now=now, shown=piece))  # noqa: S704
