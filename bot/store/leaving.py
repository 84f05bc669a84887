"""What somebody who no longer works here has been told about cases, and what was on its way.

Here: taking it back. Not here: what they were in cases (`bot.store.stands`, `bot.services.staff_leave`). Guarantee: nothing about
somebody else's case can be read, pressed or received by them from this moment, neither on the page nor in the chat.
"""

from typing import Final

from bot.domain.ids import PersonId
from bot.store.database import Tx
from bot.store.times import stamp

_CASES: Final = "case_id IS NOT NULL AND case_id NOT IN (SELECT case_id FROM parties WHERE person = :who AND until IS NULL)"
_THEIRS: Final = "(account IN (SELECT id FROM accounts WHERE person = :who) OR (channel = 'mail' AND chat = :who))"
_ROWS: Final = f"SELECT id FROM outbox WHERE {_THEIRS} AND {_CASES}"  # noqa: S608 (fixed words)


def take_back(tx: Tx, who: PersonId) -> None:
    """Words, buttons and messages about cases in which the person is not a party themselves."""
    now = stamp(tx.now)
    sql = f"UPDATE notices SET words = NULL, actions = NULL, read_at = coalesce(read_at, :now) WHERE person = :who AND {_CASES}"  # noqa: S608
    tx.execute(sql, who=who, now=now)
    tx.execute(f"UPDATE keyboards SET expires_at = :now WHERE expires_at > :now AND outbox IN ({_ROWS})", who=who, now=now)  # noqa: S608
    sql = f"UPDATE outbox SET state = 'dead', finished_at = :now, last_error = 'no longer of staff' WHERE id IN ({_ROWS})"  # noqa: S608
    tx.execute(f"{sql} AND state IN ('ready', 'retry')", who=who, now=now)
