"""Members called in for single points of a meeting (G11: Herøy, IP-møte).

Here: setting and keeping the points as the agenda is written and changed. Not here: what a point is to somebody (`bot.domain.called_in`).
Guarantee: nobody is called to more than they were called in for because the agenda changed; whoever leads or writes is there for all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.called_in import CalledIn, follow, places
from bot.domain.ids import PersonId
from bot.domain.meetings import AgendaLine, Meeting, Participant
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services.municipality import NOT_YOURS, Context
from bot.store import members


def seated(
    context: Context,
    people: Iterable[Participant],
    agenda: Sequence[AgendaLine],
    chosen: Sequence[CalledIn],
    *,
    whole: Iterable[PersonId | None],
) -> tuple[Participant, ...]:
    """These people, each with the points they are called in for. `whole`: who leads and writes. Raises `Refused`."""
    seats, wanted, all_of_it = tuple(people), {each.member: each for each in chosen}, set(whole)
    if not set(wanted) <= {each.member for each in seats}:
        raise Refused(NOT_YOURS)
    return tuple(
        each if each.member is None or each.member not in wanted else _seat(context, each, agenda, wanted[each.member], all_of_it)
        for each in seats
    )


def _seat(context: Context, each: Participant, agenda: Sequence[AgendaLine], wanted: CalledIn, whole: set[PersonId | None]) -> Participant:
    found = places(agenda, wanted.points)
    if wanted.points and not found:
        raise Refused(t("Choose points for {name} that stand on the agenda.", name=_name(context, each)))
    if len(found) == len(agenda):
        found = ()
    if found and each.person in whole:
        raise Refused(t("{name} leads or writes, and has to be there for all of it.", name=_name(context, each)))
    return replace(each, points=found)


def kept(
    context: Context,
    meeting: Meeting,
    agenda: Sequence[AgendaLine],
    chosen: Sequence[CalledIn] = (),
    *,
    renamed: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Participant, ...]:
    """Everybody's seats on a new agenda. Raises `Refused` where somebody would be left without any of the points they come for."""
    moved, named = follow(meeting.participants, meeting.agenda, agenda, renamed=renamed), {each.member for each in chosen}
    lost = [each for each in meeting.invited if each.member in moved and not moved[each.member] and each.member not in named]
    if lost:
        names = [_name(context, each) for each in lost]
        raise Refused(t("These come for points that are no longer on the agenda: {names}. Choose points for them.", names=names))
    seats = [replace(each, points=moved[each.member]) if each.member in moved else each for each in meeting.participants]
    return seated(context, seats, agenda, chosen, whole=(meeting.chair, meeting.writer))


def _name(context: Context, each: Participant) -> str:
    member = None if each.member is None else members.find(context.tx, each.member)
    return "" if member is None else member.name
