"""What may come to a person in the chat, as the person or KE has chosen.

Here: the rows. Not here: what they lead to (`bot.domain.privacy`). Guarantee: a person without a row has chosen nothing, so times and
places never come to somebody who has not said yes.
"""

from dataclasses import dataclass

from bot.domain.choices import PrivacyLevel
from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.times import stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """One person's choices. `own`: stricter than the municipality's level; `practical`: has said yes to times and places here."""

    own: PrivacyLevel | None = None
    practical: bool = False
    protected: bool = False
    muted: bool = False


@recalled
def of(tx: Tx, person: PersonId) -> Channel:
    """What has been chosen for a person."""
    row = tx.one("SELECT * FROM channels WHERE person = :person", person=person)
    if row is None:
        return Channel()
    return Channel(
        own=None if row["own"] is None else PrivacyLevel(row["own"]),
        practical=row["practical_since"] is not None,
        protected=bool(row["protected"]),
        muted=bool(row["muted"]),
    )


@recalled
def child(tx: Tx, person: PersonId) -> bool:
    """Has the person told, in a case of their own, to be under 16? Whether under the linking age we do not know, so each of them counts."""
    sql = (
        "SELECT 1 FROM parties JOIN cases ON cases.id = parties.case_id WHERE parties.person = :person"
        " AND parties.role IN ('self', 'youth') AND cases.age_group = 'under_16' LIMIT 1"
    )
    return tx.one(sql, person=person) is not None


def accounts(tx: Tx, person: PersonId) -> list[AccountId]:
    """The chats that speak for a person, stopped ones too."""
    return [AccountId(row["id"]) for row in tx.all("SELECT id FROM accounts WHERE person = :person ORDER BY id", person=person)]


def logs_in(tx: Tx, person: PersonId) -> bool:
    """Has the person ever logged in on the secure page, or is a login registered for them?"""
    sql = "SELECT 1 FROM identities WHERE person = :person UNION SELECT 1 FROM staff_logins WHERE person = :person LIMIT 1"
    return tx.one(sql, person=person) is not None


def _row(tx: Tx, person: PersonId) -> None:
    tx.execute("INSERT INTO channels (person) VALUES (:person) ON CONFLICT DO NOTHING", person=person)


def allow_practical(tx: Tx, person: PersonId, yes: bool) -> None:
    """Times and places may come here from now on, or no longer."""
    _row(tx, person)
    since = stamp(tx.now) if yes else None
    tx.execute("UPDATE channels SET practical_since = :since WHERE person = :person", since=since, person=person)


def mute(tx: Tx, person: PersonId, yes: bool) -> None:
    """Notices come without a sound, or with one again."""
    _row(tx, person)
    tx.execute("UPDATE channels SET muted = :yes WHERE person = :person", yes=int(yes), person=person)


def protect(tx: Tx, person: PersonId, yes: bool) -> None:
    """The person lives at a protected address, or no longer."""
    _row(tx, person)
    tx.execute("UPDATE channels SET protected = :yes WHERE person = :person", yes=int(yes), person=person)


def set_own(tx: Tx, person: PersonId, level: PrivacyLevel | None) -> None:
    """A level of their own, stricter than the municipality's; None takes it back. Raises `ValueError` for one that is not strict."""
    if level not in {None, PrivacyLevel.OFF, PrivacyLevel.NOTICE}:
        raise ValueError("a person's own level is off or notice")
    _row(tx, person)
    tx.execute("UPDATE channels SET own = :level WHERE person = :person", level=level, person=person)


def unlink(tx: Tx, account: AccountId, person: PersonId) -> None:
    """From now on the chat speaks for somebody new, of whom nothing is known. Its old buttons and links stop working."""
    tx.execute("UPDATE accounts SET person = :person, link = 'none' WHERE id = :id", person=person, id=account)
    tx.execute("UPDATE keyboards SET expires_at = :now WHERE account = :id AND expires_at > :now", now=stamp(tx.now), id=account)
    tx.execute("UPDATE hand_overs SET used_at = :now WHERE account = :id AND used_at IS NULL", now=stamp(tx.now), id=account)
    tx.execute("UPDATE sessions SET account = NULL, shown = NULL WHERE account = :id AND state IN ('open', 'parked')", id=account)
