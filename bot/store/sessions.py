"""Where every conversation stands.

Here: sessions and their answers. Not here: replaying them (`bot.engine`). Guarantees: one open conversation in a chat; answers are
sealed with the key of the person who gave them, and gone when the conversation has ended.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Literal

from bot.domain.ids import PersonId, SessionId
from bot.domain.incoming import AccountId
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp

_WRITER = json.JSONEncoder(ensure_ascii=False)
State = Literal["open", "parked", "ended", "cancelled", "expired", "deleted"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One person in one conversation. `asked` is the key asked now; `shown` the outbox row of the message with the question."""

    id: SessionId
    person: PersonId
    sealed_for: PersonId
    account: AccountId | None
    conversation: str
    given: Mapping[str, str]
    state: State
    asked: str | None
    shown: int | None
    kept: bool
    started_at: datetime
    last_at: datetime

    @property
    def owner(self) -> KeyOwner:
        return KeyOwner("person", self.sealed_for)


def begin(tx: Tx, person: PersonId, conversation: str, given: Mapping[str, str], *, account: AccountId | None) -> Session:
    """A new open session. The one that was open must have been parked or ended before."""
    session = SessionId(tx.next_id("sessions"))
    tx.execute(
        "INSERT INTO sessions (id, person, owner, account, conversation, given, state, started_at, last_at)"
        " VALUES (:id, :person, :person, :account, :conversation, :given, 'open', :now, :now)",
        id=session,
        account=account,
        person=person,
        conversation=conversation,
        given=tx.seal(Field("sessions", "given", session), KeyOwner("person", person), json.dumps(dict(given))),
        now=stamp(tx.now),
    )
    found = find(tx, session)
    assert found is not None
    return found


def _session(tx: Tx, row: Row) -> Session:
    return Session(
        id=SessionId(row["id"]),
        person=PersonId(row["person"]),
        sealed_for=PersonId(row["owner"]),
        account=None if row["account"] is None else AccountId(row["account"]),
        conversation=row["conversation"],
        given=json.loads(tx.open(Field("sessions", "given", row["id"]), KeyOwner("person", row["owner"]), row["given"])),
        state=row["state"],
        asked=row["asked"],
        shown=row["shown"],
        kept=bool(row["kept"]),
        started_at=moment(row["started_at"]),
        last_at=moment(row["last_at"]),
    )


@recalled
def find(tx: Tx, session: SessionId) -> Session | None:
    """A session by its id."""
    row = tx.one("SELECT * FROM sessions WHERE id = :id", id=session)
    return None if row is None else _session(tx, row)


@recalled
def open_of(tx: Tx, person: PersonId) -> Session | None:
    """The open session of a person."""
    row = tx.one("SELECT * FROM sessions WHERE person = :person AND state = 'open'", person=person)
    return None if row is None else _session(tx, row)


def parked_of(tx: Tx, person: PersonId) -> list[Session]:
    """Conversations a person left half way, newest first."""
    sql = "SELECT * FROM sessions WHERE person = :person AND state = 'parked' ORDER BY last_at DESC, id DESC"
    return [_session(tx, row) for row in tx.all(sql, person=person)]


def hand_over(tx: Tx, account: AccountId, person: PersonId) -> None:
    """A link code has said who a chat's person is: what was begun there is theirs. What they had open elsewhere waits."""
    elsewhere = "UPDATE sessions SET state = 'parked' WHERE person = :person AND state = 'open' AND account IS NOT :account"
    tx.execute(elsewhere, person=person, account=account)
    tx.execute("UPDATE sessions SET person = :person WHERE account = :account", person=person, account=account)


def set_state(tx: Tx, session: SessionId, state: State) -> None:
    """Park, open again, or end. An ended session's answers are deleted: what they led to is stored elsewhere."""
    tx.execute(
        "UPDATE sessions SET state = :state, asked = CASE WHEN :state IN ('open', 'parked') THEN asked END WHERE id = :id",
        state=state,
        id=session,
    )
    if state not in {"open", "parked"}:
        tx.execute("DELETE FROM answers WHERE session = :id", id=session)
        tx.execute("UPDATE sessions SET draft = NULL, shown = NULL WHERE id = :id", id=session)


def stand_at(tx: Tx, session: SessionId, asked: str | None) -> Session:
    """Note what is asked now, and that the person has just been here. The session as it stands now."""
    sql = "UPDATE sessions SET asked = :asked, draft = NULL, last_at = :now WHERE id = :id RETURNING *"
    row = tx.one(sql, asked=asked, now=stamp(tx.now), id=session)
    assert row is not None
    return _session(tx, row)


def show(tx: Tx, session: SessionId, outbox: int | None) -> None:
    """Note which message holds the question."""
    tx.execute("UPDATE sessions SET shown = :outbox WHERE id = :id", outbox=outbox, id=session)


def keep(tx: Tx, session: SessionId) -> None:
    """The person wants to keep what was left half way."""
    tx.execute("UPDATE sessions SET kept = 1, last_at = :now WHERE id = :id", now=stamp(tx.now), id=session)


def answers(tx: Tx, session: Session) -> dict[str, object]:
    """Every stored answer and result by key."""
    return _answers(tx, session.id, session.owner).copy()


@recalled
def _answers(tx: Tx, session: SessionId, owner: KeyOwner) -> dict[str, object]:
    rows = tx.all("SELECT key, value FROM answers WHERE session = :id", id=session)
    opened = [tx.open(Field("answers", key, session), owner, value) for key, value in rows]
    # Read as one list: one by one takes three times as long.
    return dict(zip((row["key"] for row in rows), json.loads(f"[{','.join(opened)}]"), strict=True))


def has_answers(tx: Tx, session: Session) -> bool:
    """Has anything been answered yet?"""
    return tx.one("SELECT 1 FROM answers WHERE session = :id LIMIT 1", id=session.id) is not None


def answer_to(tx: Tx, session: Session, key: str) -> object:
    """One stored answer, or None. The others stay sealed."""
    row = tx.one("SELECT value FROM answers WHERE session = :id AND key = :key", id=session.id, key=key)
    return None if row is None else json.loads(tx.open(Field("answers", key, session.id), session.owner, row["value"]))


def answer(tx: Tx, session: Session, key: str, value: object) -> None:
    """Store an answer, or the result of a command, under its key."""
    sealed = tx.seal(Field("answers", key, session.id), session.owner, _WRITER.encode(value))
    tx.execute(
        "INSERT INTO answers (session, key, value) VALUES (:id, :key, :value) ON CONFLICT (session, key) DO UPDATE SET value = :value",
        id=session.id,
        key=key,
        value=sealed,
    )


def forget(tx: Tx, session: Session, key: str) -> None:
    """Drop one answer, so that it is asked again."""
    tx.execute("DELETE FROM answers WHERE session = :id AND key = :key", id=session.id, key=key)


def draft(tx: Tx, session: Session) -> list[str]:
    """Ticks of a question with several answers, not yet sent."""
    row = tx.one("SELECT draft FROM sessions WHERE id = :id", id=session.id)
    if row is None or row["draft"] is None:
        return []
    ticked = json.loads(tx.open(Field("sessions", "draft", session.id), session.owner, row["draft"]))
    return [str(each) for each in ticked]


def set_draft(tx: Tx, session: Session, ticked: list[str]) -> None:
    """Keep the ticks."""
    sealed = tx.seal(Field("sessions", "draft", session.id), session.owner, json.dumps(ticked))
    tx.execute("UPDATE sessions SET draft = :draft, last_at = :now WHERE id = :id", draft=sealed, now=stamp(tx.now), id=session.id)


def unfinished_before(tx: Tx, before: datetime) -> list[Session]:
    """Sessions nobody has touched since, oldest first."""
    rows = tx.all(
        "SELECT * FROM sessions WHERE state IN ('open', 'parked') AND last_at <= :before ORDER BY last_at LIMIT 500", before=stamp(before)
    )
    return [_session(tx, row) for row in rows]


def has_ended(tx: Tx, account: AccountId, conversation: str) -> bool:
    """Has this chat been through a conversation before?"""
    sql = "SELECT 1 FROM sessions WHERE account = :account AND conversation = :conversation AND state = 'ended' LIMIT 1"
    return tx.one(sql, account=account, conversation=conversation) is not None


def purge(tx: Tx, before: datetime) -> int:
    """Forget ended sessions, but for the welcome that says a chat is no longer new."""
    sql = "DELETE FROM sessions WHERE state NOT IN ('open', 'parked') AND last_at <= :before AND conversation <> 'welcome'"
    return tx.execute(sql, before=stamp(before))
