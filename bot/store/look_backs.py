"""Who wants a prompt on Fridays to look back.

Here: the wish. Guarantee: nothing of what anybody thinks when looking back is stored.
"""

from bot.domain.ids import PersonId
from bot.store.database import Tx
from bot.store.times import stamp


def want(tx: Tx, person: PersonId, on: bool) -> None:
    """From now on, with a prompt or without."""
    if on:
        tx.execute("INSERT INTO look_backs (person, since) VALUES (:who, :now) ON CONFLICT DO NOTHING", who=person, now=stamp(tx.now))
    else:
        tx.execute("DELETE FROM look_backs WHERE person = :who", who=person)


def wanted_by(tx: Tx) -> tuple[PersonId, ...]:
    """Everybody who wants it."""
    return tuple(PersonId(row["person"]) for row in tx.all("SELECT person FROM look_backs ORDER BY person"))
