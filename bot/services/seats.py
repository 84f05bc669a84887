"""Who has a seat at a meeting by what they are to the case, kept as things stand now.

Here: the recipient's side and the coordinator of meetings that are not over. Not here: members, whom the coordinator chooses and a consent
allows (`bot.services.meetings`). Guarantees: the recipient's side is always there (F18: Lund § 2); whoever no longer coordinates, or no
longer acts for the person, is asked and reminded of nothing, and whoever came after them has their seat, to lead and to write as well.
"""

from dataclasses import replace

from bot.domain.access import Action
from bot.domain.ids import CaseId, PersonId
from bot.domain.meetings import FOR_ANOTHER, FOR_THEMSELVES, OPEN, Meeting, MeetingKind, Part, Participant
from bot.services import meeting_roles
from bot.services.municipality import Context, Municipality
from bot.services.visible import NOBODY
from bot.store import assignments, meetings, standings
from bot.store.database import Tx


def persons_side(tx: Tx, case: CaseId) -> dict[PersonId, Participant]:
    """The person, and those who act for the person today."""
    found = dict[PersonId, Participant]()
    for person, role in standings.acting(tx, case):
        if role in FOR_THEMSELVES:
            found[person] = Participant(person=person, part=Part.RECIPIENT, needed=True)
        elif role in FOR_ANOTHER:
            found.setdefault(person, Participant(person=person, part=Part.PARTY, needed=True))
    return found


def settle(tx: Tx, municipality: Municipality, case: CaseId) -> None:
    """Before every commit that changed a case: the seats of its open meetings as they should be now."""
    context = Context(tx=tx, municipality=municipality, actor=NOBODY)
    for meeting in meetings.of_case(tx, case):
        if meeting.state not in OPEN:
            continue
        seats = _seats(context, meeting)
        if set(seats) != set(meeting.participants):
            meetings.set_participants(tx, meeting.id, seats)
        before = {each.person for each in meeting.participants}
        new = (each.person for each in seats if each.part is Part.COORDINATOR and each.person not in before)
        meeting_roles.hand_over(context, replace(meeting, participants=seats), new=next(new, None))


def _seats(context: Context, meeting: Meeting) -> tuple[Participant, ...]:
    side = persons_side(context.tx, meeting.case) if meeting.kind is not MeetingKind.SETTLE else {}
    found = {seat.person: seat for each in meeting.participants if (seat := _seat(context, meeting, each, side)) is not None}
    found = {**{person: each for person, each in side.items() if person not in found}, **found}
    held = assignments.accepted(context.tx, meeting.case)
    if held is not None and held.candidate is not None and held.candidate not in found:
        found[held.candidate] = Participant(person=held.candidate, part=Part.COORDINATOR, needed=True)
    return tuple(found.values())


def _seat(context: Context, meeting: Meeting, each: Participant, side: dict[PersonId, Participant]) -> Participant | None:
    """This seat as it should be now; None where it is nobody's any more."""
    if each.part is Part.MEMBER:
        return each
    if each.part is Part.COORDINATOR:
        still = Context(tx=context.tx, municipality=context.municipality, actor=each.person)
        return each if still.may(Action.CALL_MEETING, meeting.case) else None
    return replace(side[each.person], out=each.out, points=each.points) if each.person in side else None
