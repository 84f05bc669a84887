"""Who comes to a meeting, and who has not said.

Here: answers as values, and what they come to. Not here: who is invited (`bot.domain.meetings`), SQL. Guarantees: an answer can be changed
until the meeting begins; an answer to another time or place than today's counts as none (G19); silence is never a yes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import MeetingId, PersonId
from bot.domain.meetings import Meeting, Participant


class Reply(StrEnum):
    """What somebody answers to an invitation (H01). `SOMEONE_ELSE`: a colleague comes instead."""

    COMING = "coming"
    BY_VIDEO = "by_video"
    CANNOT = "cannot"
    SOMEONE_ELSE = "someone_else"
    MAYBE = "maybe"


COMES: Final = frozenset({Reply.COMING, Reply.BY_VIDEO, Reply.SOMEONE_ELSE})
"""With these answers somebody sits there for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """One person's answer to one meeting. `sequence` is that of the invitation answered; `words` are a reason or a colleague's name.

    `by_phone`: somebody noted it for them. `at` is aware.
    """

    meeting: MeetingId
    person: PersonId
    reply: Reply
    words: str | None
    sequence: int
    by_phone: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a meeting stands: everybody who is to come, by what they have said."""

    coming: tuple[PersonId, ...]
    cannot: tuple[PersonId, ...]
    maybe: tuple[PersonId, ...]
    silent: tuple[PersonId, ...]

    @property
    def answered(self) -> int:
        """How many have said anything."""
        return len(self.coming) + len(self.cannot) + len(self.maybe)


def counts(answer: Attendance, asked_since: int) -> bool:
    """Does the answer still hold? Only where it was given to the time and place of today: `asked_since` is the last one that asked."""
    return answer.sequence >= asked_since


def standing(invited: Iterable[Participant], answers: Mapping[PersonId, Attendance], asked_since: int) -> Standing:
    """Who comes, who cannot, who may, and who has not said (H03)."""
    coming, cannot, maybe, silent = list[PersonId](), list[PersonId](), list[PersonId](), list[PersonId]()
    for each in invited:
        answer = answers.get(each.person)
        if answer is None or not counts(answer, asked_since):
            silent.append(each.person)
        elif answer.reply in COMES:
            coming.append(each.person)
        elif answer.reply is Reply.CANNOT:
            cannot.append(each.person)
        else:
            maybe.append(each.person)
    return Standing(coming=tuple(coming), cannot=tuple(cannot), maybe=tuple(maybe), silent=tuple(silent))


def open_for_answers(meeting: Meeting, now: datetime) -> bool:
    """Can somebody still say whether they come? Until it begins."""
    return meeting.called_at is not None and meeting.ended_at is None and meeting.at is not None and now < meeting.at
