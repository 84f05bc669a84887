"""What an invitation must hold before it goes out.

Here: what Lund § 11.4 (Innkalling) asks for, held against one meeting. Not here: the invitation itself
(`bot.services.invitation_document`). Guarantee: an invitation that lacks one of these goes to nobody (G03).
"""

from collections.abc import Iterator, Sequence

from bot.domain.ids import CaseId
from bot.domain.meetings import AgendaLine, MeetingPlace, Participant
from bot.domain.refusal import Refused
from bot.engine.texts import Text, t
from bot.services.case_views import initials_of
from bot.services.municipality import Context
from bot.store import members


def require_all(
    context: Context, case: CaseId, *, place: MeetingPlace, where: str | None, people: Sequence[Participant], agenda: Sequence[AgendaLine]
) -> None:
    """Raise `Refused` with everything that is missing."""
    lacks = list(missing(context, case, place=place, where=where, people=people, agenda=agenda))
    if lacks:
        raise Refused(t("The invitation cannot go out yet. This is missing: {what}", what=lacks))


def missing(
    context: Context, case: CaseId, *, place: MeetingPlace, where: str | None, people: Sequence[Participant], agenda: Sequence[AgendaLine]
) -> Iterator[Text]:
    """Whom it concerns, the participants with title, name and address, the place, and the agenda. The time is asked for elsewhere."""
    if not initials_of(context, case).strip():
        yield t("whom it concerns")
    for each in people:
        member = None if each.member is None else members.find(context.tx, each.member)
        if member is None:
            continue
        if not member.name.strip() or not member.title.strip():
            yield t("name and title of everyone who is to come")
        if not (member.reach.email or member.reach.phone):
            yield t("e-mail or phone of {name}", name=member.name)
    if place is MeetingPlace.OTHER and not (where or "").strip():
        yield t("the place")
    if not agenda:
        yield t("the agenda")
