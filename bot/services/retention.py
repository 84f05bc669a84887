"""Deleting what is no longer to be kept.

Here: what is deleted when, with the defaults of `docs/privacy.md`. Not here: cases; they are closed and deleted by decision, not by a
clock. Guarantee: nothing that is still needed to keep a promise is deleted.
"""

from datetime import timedelta
from typing import Final

from bot.services import sending
from bot.store import fleeting, hand_overs, inbox, keyboards, links, logins, notices, outbox, sessions
from bot.store.database import Tx

SENT_MESSAGES: Final = timedelta(days=90)
ENDED_SESSIONS: Final = timedelta(days=30)
READ_NOTICES: Final = timedelta(days=90)
FLEETING: Final = timedelta(hours=47)
"""A bot cannot delete its message later than 48 hours after it was sent."""
TOO_OLD: Final = timedelta(hours=48)


def purge(tx: Tx) -> int:
    """Delete what is old: seen-marks after three days, used link codes, buttons, sent messages after 90 days; how many rows."""
    return (
        inbox.purge(tx)
        + links.purge(tx)
        + keyboards.purge(tx)
        + hand_overs.purge(tx)
        + logins.purge(tx)
        + notices.purge(tx, tx.now - READ_NOTICES)
        + outbox.purge(tx, tx.now - SENT_MESSAGES)
        + sessions.purge(tx, tx.now - ENDED_SESSIONS)
    )


def take_away(tx: Tx) -> int:
    """Take messages with a time or a place in them out of the chats, after the talk or at 47 hours; how many.

    The outbox keeps that they were sent, and when. What Telegram no longer lets us delete is not tried.
    """
    due = fleeting.due(tx, sent_before=tx.now - FLEETING, sent_after=tx.now - TOO_OLD)
    for row in due:
        sending.take_away(tx, row, until=row.sent_at + TOO_OLD)
    return len(due)
