"""Minutes as a document to print or keep.

Here: the document of one reader. Not here: the file (`bot.pdf`), the address it is given from (`bot.web.documents`), and who may read what
(`bot.services.minutes_views`). Guarantee: the document holds what its reader may read and no more, and says on each page whose copy it is
(T02).
"""

from bot.domain.documents import Bullets, Document, Heading, Line, Lines, Paragraph, Part, Table
from bot.domain.ids import CaseId, MinutesId
from bot.domain.minutes import MinutesState, Outcome
from bot.domain.minutes_queries import MinutesView, PointView, TheMinutes
from bot.engine.texts import Text, t, verbatim
from bot.services import minutes_views
from bot.services.municipality import Context
from bot.services.printing import marker
from bot.store import audit
from bot.store import minutes as store


def document(context: Context, case: CaseId, which: MinutesId) -> Document | None:
    """Minutes that were sent, as the actor may read them; None where they may not, or where they are not there."""
    found = store.find(context.tx, which)
    if found is None or found.case != case or found.state is not MinutesState.SENT:
        return None
    view = minutes_views.the_minutes(context, TheMinutes(found.meeting))
    if view is None:
        return None
    audit.record(context.tx, "minutes.printed", actor=context.actor, case=case, minutes=which)
    parts: list[Part] = [Lines(lines=_facts(view))]
    for point in view.points:
        parts += _point(point)
    return Document(
        title=t("Minutes, case {number}", number=str(view.number)),
        author=verbatim(context.municipality.profile.municipality.display_name),
        marker=marker(context),
        parts=(*parts, *_last(view)),
    )


def _facts(view: MinutesView) -> tuple[Line, ...]:
    facts = [
        Line(label=t("Meeting"), value=Text("{time}", {"time": view.at})),
        Line(label=t("About"), value=verbatim(view.initials)),
        Line(label=t("Present"), value=Text("{names}", {"names": list(view.present)})),
    ]
    if view.absent:
        facts.append(Line(label=t("Not there"), value=Text("{names}", {"names": list(view.absent)})))
    facts.append(Line(label=t("Written by"), value=verbatim(view.writer)))
    if view.next_on is not None:
        facts.append(Line(label=t("Next meeting"), value=Text("{day}", {"day": view.next_on})))
    elif view.why_not:
        facts.append(Line(label=t("No next meeting yet"), value=verbatim(view.why_not)))
    return tuple(facts)


def _point(point: PointView) -> list[Part]:
    parts: list[Part] = [Heading(text=point.title)]
    if point.outcome is Outcome.DECIDED and point.words:
        parts.append(Paragraph(text=t("Decided: {words}", words=point.words)))
    if point.outcome is Outcome.PASSED_ON and point.words:
        parts.append(Paragraph(text=t("Passed on to {whom}: {words}", whom=point.to_whom or "–", words=point.words)))
    if point.tasks:
        rows = tuple((verbatim(each.owner), verbatim(each.words), Text("{day}", {"day": each.due_on})) for each in point.tasks)
        parts.append(Table(columns=(t("Who"), t("What"), t("By")), rows=rows))
    if point.disagreement:
        parts.append(Paragraph(text=t("The services see this differently: {words}", words=point.disagreement)))
    return parts


def _last(view: MinutesView) -> tuple[Part, ...]:
    """What somebody has said is not right stands with the minutes, for those who may read it (I13)."""
    if not view.objections:
        return ()
    said = tuple(
        t("{name}: {words}", name=name, words=words) if words else t("{name} says that it is not right.", name=name)
        for name, words in view.objections
    )
    return (Heading(text=t("Said not to be right")), Bullets(items=said))
