"""Links by which somebody without a chat says whether a meeting's time suits.

Here: issuing and finding them. Not here: what an answer does (`bot.services.attendance`) and the page behind the link
(`bot.web.answer_link`). Guarantees: a link holds a random code and nothing else; only its keyed code is stored; it works until the meeting
begins, whenever that is by then; unknown and expired look the same. Whether the person may still answer is asked of today's facts.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from bot.domain.ids import MeetingId, PersonId
from bot.store.database import Tx
from bot.store.times import stamp

CODE_BYTES: Final = 24
PURPOSE: Final = "answer-link"
PATH: Final = "/a/"
"""Where links lead to on the page: this and the code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerLink:
    """Whose answer to which meeting. `sequence`: the meeting's when the link was made."""

    person: PersonId
    meeting: MeetingId
    sequence: int


def issue(tx: Tx, person: PersonId, meeting: MeetingId, *, sequence: int) -> str:
    """A new code. It is put in an e-mail now and never shown again. Earlier ones go on working: an old e-mail is answered too."""
    code = secrets.token_urlsafe(CODE_BYTES)
    tx.execute(
        "INSERT INTO answer_links (mac, meeting, person, sequence, issued_at) VALUES (:mac, :meeting, :person, :sequence, :now)",
        mac=tx.mac(PURPOSE, code),
        meeting=meeting,
        person=person,
        sequence=sequence,
        now=stamp(tx.now),
    )
    return code


def find(tx: Tx, code: str) -> AnswerLink | None:
    """What a code is for; None for anything else. The meeting may have been moved since, so its own time counts, not the link's."""
    row = tx.one("SELECT person, meeting, sequence FROM answer_links WHERE mac = :mac", mac=tx.mac(PURPOSE, code))
    if row is None:
        return None
    return AnswerLink(person=PersonId(row["person"]), meeting=MeetingId(row["meeting"]), sequence=row["sequence"])


def used(tx: Tx, code: str) -> None:
    """Somebody has answered by it."""
    tx.execute("UPDATE answer_links SET used_at = :now WHERE mac = :mac", now=stamp(tx.now), mac=tx.mac(PURPOSE, code))


def purge(tx: Tx) -> int:
    """Forget links to meetings that have begun, by their time today, or are over."""
    return tx.execute(
        "DELETE FROM answer_links WHERE NOT EXISTS"
        " (SELECT 1 FROM meetings WHERE meetings.id = answer_links.meeting AND meetings.ended_at IS NULL AND meetings.at > :now)",
        now=stamp(tx.now),
    )
