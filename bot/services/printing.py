"""What is printed or kept as a file bears who made it, and when.

Here: that marker, and a decision as a document. Not here: the PDF (`bot.pdf`), nor who may read a decision (`bot.web.case_page`).
Guarantee: a page somebody leaves lying about says whose copy it is (T02).
"""

from collections.abc import Sequence

from bot.domain.documents import Document, Line, Lines, Paragraph
from bot.domain.ids import CaseId
from bot.engine.texts import Text, t, verbatim
from bot.services.municipality import Context
from bot.store import audit, people


def marker(context: Context) -> Text:
    """Who made this copy, and when."""
    name = people.person(context.tx, context.actor).name
    if name is None:
        return t("Printed {moment}", moment=context.tx.now)
    return t("Printed by {name}, {moment}", name=name, moment=context.tx.now)


def letter(context: Context, *, case: CaseId, title: Text, facts: Sequence[tuple[Text, Text]], words: Text, last: Text) -> Document:
    """A decision, or another letter of a case, to print or keep. That a copy was made is in the audit."""
    audit.record(context.tx, "case.printed", actor=context.actor, case=case)
    return Document(
        title=title,
        author=verbatim(context.municipality.profile.municipality.display_name),
        marker=marker(context),
        parts=(
            Lines(lines=tuple(Line(label=label, value=value) for label, value in facts)),
            Paragraph(text=words),
            Paragraph(text=last),
        ),
    )
