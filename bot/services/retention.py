"""Deleting what is no longer to be kept.

Here: what is deleted when, with the defaults of `docs/privacy.md`. Not here: cases; they are closed and deleted by decision, not by a
clock. Guarantee: nothing that is still needed to keep a promise is deleted.
"""

from datetime import timedelta
from typing import Final

from bot.store import inbox, keyboards, links, outbox, sessions
from bot.store.database import Tx

SENT_MESSAGES: Final = timedelta(days=90)
ENDED_SESSIONS: Final = timedelta(days=30)


def purge(tx: Tx) -> int:
    """Delete what is old: seen-marks after three days, used link codes, buttons, sent messages after 90 days; how many rows."""
    return (
        inbox.purge(tx)
        + links.purge(tx)
        + keyboards.purge(tx)
        + outbox.purge(tx, tx.now - SENT_MESSAGES)
        + sessions.purge(tx, tx.now - ENDED_SESSIONS)
    )
