"""Deleting what is no longer to be kept.

Here: what is deleted when, with the defaults of `docs/privacy.md`. Not here: closing cases, and handing them to the record system.
Guarantees: nothing that is still needed to keep a promise is deleted; a case is destroyed only after it has ended, was handed over, and 30
days have gone, and only when somebody runs `samrad purge`: the clock alone never does it.
"""

from datetime import timedelta
from typing import Final

from bot.services import sending
from bot.store import (
    answer_links,
    cases,
    fleeting,
    hand_overs,
    held_messages,
    inbox,
    keyboards,
    links,
    logins,
    notices,
    outbox,
    purging,
    sessions,
)
from bot.store.database import Tx

SENT_MESSAGES: Final = timedelta(days=90)
ENDED_SESSIONS: Final = timedelta(days=30)
READ_NOTICES: Final = timedelta(days=90)
EXPORTED_CASES: Final = timedelta(days=30)
FLEETING: Final = timedelta(hours=47)
"""A bot cannot delete its message later than 48 hours after it was sent."""
TOO_OLD: Final = timedelta(hours=48)


def purge(tx: Tx) -> int:
    """Delete what is old: seen-marks after three days, used link codes, buttons, sent messages after 90 days; how many rows."""
    return sum(purged(tx).values())


def purged(tx: Tx) -> dict[str, int]:
    """The same, kind by kind, in operators' words."""
    return {
        "seen-marks of updates, 3 days": inbox.purge(tx),
        "link codes, 72 hours": links.purge(tx),
        "buttons that have expired": keyboards.purge(tx),
        "links to the page, 5 minutes": hand_overs.purge(tx),
        "links in e-mails, to meetings that have begun": answer_links.purge(tx),
        "web sessions and logins under way": logins.purge(tx),
        "words of notices that were read, 90 days": notices.purge(tx, tx.now - READ_NOTICES),
        "bodies of sent messages, 90 days": outbox.purge(tx, tx.now - SENT_MESSAGES),
        "how many messages somebody was sent in a day, 60 days": held_messages.purge(
            tx, (tx.now - timedelta(days=held_messages.KEPT_DAYS)).date()
        ),
        "conversations that have ended, 30 days": sessions.purge(tx, tx.now - ENDED_SESSIONS),
    }


def destroy_cases(tx: Tx) -> list[int]:
    """Destroy the cases that have ended and were handed to the record system 30 days ago; their numbers."""
    done = []
    for case in purging.ripe(tx, tx.now - EXPORTED_CASES):
        done.append(cases.get(tx, case).number)
        purging.destroy(tx, case)
    return done


def take_away(tx: Tx) -> int:
    """Take messages with a time or a place in them out of the chats, after the talk or at 47 hours; how many.

    The outbox keeps that they were sent, and when. What Telegram no longer lets us delete is not tried.
    """
    due = fleeting.due(tx, sent_before=tx.now - FLEETING, sent_after=tx.now - TOO_OLD)
    for row in due:
        sending.take_away(tx, row, until=row.sent_at + TOO_OLD)
    return len(due)
