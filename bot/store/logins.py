"""Who has logged in on the secure page, and what a browser may do there until when.

Here: identities, login attempts and web sessions. Not here: OpenID Connect (`bot.web`) and what a login leads to (`bot.services.page`).
Guarantees: of tokens, subjects and logins only keyed codes are stored, so neither the database nor a backup lets anyone in; an attempt
works once, in the browser it began in; a web session ends after 30 minutes without a visit and after 8 hours in any case.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Final, Literal

from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.store import mini_app
from bot.store.database import Tx
from bot.store.seal import UNIT, Field, KeyOwner
from bot.store.times import moment, stamp

Provider = Literal["citizen", "staff"]
Trust = Literal["visitor", "mini_app", "handed", "citizen", "staff"]
"""How a web session came about: nobody has logged in, the page was opened inside Telegram, a link from the chat, or a login with one of
the two providers."""
LOGGED_IN: Final[frozenset[Trust]] = frozenset({"citizen", "staff"})
FROM_TELEGRAM: Final[frozenset[Trust]] = frozenset({"mini_app", "handed"})
"""The person is taken to be the one the chat speaks for: only what was begun or handed over in this browser is shown."""

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=8)
ATTEMPT: Final = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class WebSession:
    """One browser. `csrf` is the token its forms carry; `handed` the conversation that a link from the chat handed over.

    `proved_at`: when the login service last asked who this is; None where nobody has logged in, or it has not said.
    """

    id: int
    person: PersonId
    trust: Trust
    handed: int | None
    flash: str | None
    csrf: str
    began_at: datetime
    proved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A login under way."""

    provider: Provider
    nonce: str
    verifier: str
    takes: int | None
    goes_to: str
    fresh: bool = False


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def csrf_of(tx: Tx, token: str) -> str:
    """What forms of the browser with this token must carry."""
    return tx.mac("web-csrf", token).hex()


def begin(
    tx: Tx, person: PersonId, trust: Trust, *, identity: int | None = None, handed: int | None = None, proved_at: datetime | None = None
) -> str:
    """A new web session; the token for its cookie, which is not stored."""
    token = new_token()
    tx.execute(
        "INSERT INTO web_sessions (id, token_mac, person, trust, handed, identity, proved_at, began_at, last_at)"
        " VALUES (:id, :token, :person, :trust, :handed, :identity, :proved_at, :now, :now)",
        id=tx.next_id("web_sessions"),
        token=tx.mac("web-session", token),
        person=person,
        trust=trust,
        handed=handed,
        identity=identity,
        proved_at=None if proved_at is None else stamp(proved_at),
        now=stamp(tx.now),
    )
    return token


def find(tx: Tx, token: str) -> WebSession | None:
    """The living web session of a token, and that it has just been used; None for anything else."""
    row = tx.one("SELECT * FROM web_sessions WHERE token_mac = :token", token=tx.mac("web-session", token))
    if row is None:
        return None
    if tx.now - moment(row["last_at"]) > IDLE or tx.now - moment(row["began_at"]) > LONGEST:
        end(tx, row["id"])
        return None
    tx.execute("UPDATE web_sessions SET last_at = :now WHERE id = :id", now=stamp(tx.now), id=row["id"])
    return WebSession(
        id=row["id"],
        person=PersonId(row["person"]),
        trust=row["trust"],
        handed=row["handed"],
        flash=row["flash"],
        csrf=csrf_of(tx, token),
        began_at=moment(row["began_at"]),
        proved_at=None if row["proved_at"] is None else moment(row["proved_at"]),
    )


def end(tx: Tx, session: int) -> None:
    """Log a browser out."""
    tx.execute("DELETE FROM web_sessions WHERE id = :id", id=session)


def end_all_of(tx: Tx, person: PersonId) -> None:
    """Log a person out everywhere: rights have ended."""
    tx.execute("DELETE FROM web_sessions WHERE person = :person", person=person)


def flash(tx: Tx, session: int, code: str | None) -> None:
    """What the next page of this browser says once; None takes it away."""
    tx.execute("UPDATE web_sessions SET flash = :code WHERE id = :id", code=code, id=session)


def now_in(tx: Tx, session: int, conversation: int) -> None:
    """A browser that came from Telegram has begun another conversation."""
    tx.execute("UPDATE web_sessions SET handed = :to WHERE id = :id AND trust IN ('mini_app', 'handed')", to=conversation, id=session)


def came_as(tx: Tx, session: int) -> tuple[PersonId, Trust, int | None] | None:
    """Whose web session this is, how it came about, and the conversation handed over to it; None where it has ended."""
    row = tx.one("SELECT person, trust, handed FROM web_sessions WHERE id = :id", id=session)
    return None if row is None else (PersonId(row["person"]), row["trust"], row["handed"])


def _verifier(state_mac: bytes) -> Field:
    return Field("login_attempts", "verifier", state_mac.hex())


def attempt(tx: Tx, *, state: str, browser: str, wanted: Attempt) -> None:
    """A login begins."""
    mac = tx.mac("login-state", state)
    tx.execute(
        "INSERT INTO login_attempts (state_mac, browser_mac, provider, nonce, verifier, takes, goes_to, fresh, expires_at)"
        " VALUES (:state, :browser, :provider, :nonce, :verifier, :takes, :goes_to, :fresh, :until)",
        state=mac,
        browser=tx.mac("login-browser", browser),
        provider=wanted.provider,
        nonce=wanted.nonce,
        verifier=tx.seal(_verifier(mac), UNIT, wanted.verifier),
        takes=wanted.takes,
        goes_to=wanted.goes_to,
        fresh=int(wanted.fresh),
        until=stamp(tx.now + ATTEMPT),
    )


def take_attempt(tx: Tx, *, state: str, browser: str) -> Attempt | None:
    """The login that a browser comes back with, once; None for unknown, used, too old, or begun in another browser."""
    mac = tx.mac("login-state", state)
    row = tx.one("DELETE FROM login_attempts WHERE state_mac = :state RETURNING *", state=mac)
    if row is None or row["browser_mac"] != tx.mac("login-browser", browser) or row["expires_at"] <= stamp(tx.now):
        return None
    verifier = tx.open(_verifier(mac), UNIT, row["verifier"])
    return Attempt(
        provider=row["provider"],
        nonce=row["nonce"],
        verifier=verifier,
        takes=row["takes"],
        goes_to=row["goes_to"],
        fresh=bool(row["fresh"]),
    )


def _subject(tx: Tx, provider: Provider, subject: str) -> bytes:
    return tx.mac(f"identity-{provider}", subject)


def identity(tx: Tx, provider: Provider, subject: str) -> tuple[int, PersonId] | None:
    """The identity that a provider's subject stands for here, and its person."""
    row: Row | None = tx.one(
        "UPDATE identities SET last_at = :now WHERE provider = :provider AND subject_mac = :subject RETURNING id, person",
        now=stamp(tx.now),
        provider=provider,
        subject=_subject(tx, provider, subject),
    )
    return None if row is None else (row["id"], PersonId(row["person"]))


def add_identity(tx: Tx, provider: Provider, subject: str, person: PersonId) -> int:
    """From now on this subject is this person."""
    number = tx.next_id("identities")
    tx.execute(
        "INSERT INTO identities (id, provider, subject_mac, person, created_at, last_at)"
        " VALUES (:id, :provider, :subject, :person, :now, :now)",
        id=number,
        provider=provider,
        subject=_subject(tx, provider, subject),
        person=person,
        now=stamp(tx.now),
    )
    return number


def has_identity(tx: Tx, person: PersonId) -> bool:
    """Has this person ever logged in?"""
    return tx.one("SELECT 1 FROM identities WHERE person = :person", person=person) is not None


def is_person(tx: Tx, before: PersonId, person: PersonId) -> None:
    """A login turns out to be somebody known here already."""
    tx.execute("UPDATE identities SET person = :person WHERE person = :before", person=person, before=before)
    take_over(tx, before, person)


def _login(tx: Tx, login: str) -> bytes:
    return tx.mac("staff-login", login.strip().casefold())


def staff_login(tx: Tx, login: str) -> PersonId | None:
    """Who of staff logs in by this e-mail address or user name."""
    row = tx.one("SELECT person FROM staff_logins WHERE login_mac = :login", login=_login(tx, login))
    return None if row is None else PersonId(row["person"])


def set_staff_login(tx: Tx, person: PersonId, login: str) -> bool:
    """Who of staff logs in by what; whether that is new. Another login of theirs ends, with what was open by it;
    so does the login of somebody else who had this one before.
    """
    before = staff_login(tx, login)
    if before == person:
        return False
    for who in {person, before} - {None}:
        tx.execute("DELETE FROM staff_logins WHERE person = :person", person=who)
        tx.execute("DELETE FROM web_sessions WHERE person = :person AND trust = 'staff'", person=who)
        tx.execute("DELETE FROM identities WHERE person = :person AND provider = 'staff'", person=who)
    tx.execute("INSERT INTO staff_logins (login_mac, person) VALUES (:login, :person)", login=_login(tx, login), person=person)
    return True


def take_over(tx: Tx, came_as: PersonId, person: PersonId) -> None:
    """Whoever came without a login has said who they are: chats, conversations and cases are that person's. Seals stay as they are."""
    tx.execute("UPDATE sessions SET state = 'parked' WHERE person = :came_as AND state = 'open'", came_as=came_as)
    tx.execute("UPDATE sessions SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE accounts SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE notices SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE OR IGNORE channels SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE OR IGNORE parties SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE OR IGNORE members SET person = :person WHERE person = :came_as", person=person, came_as=came_as)
    tx.execute("UPDATE web_sessions SET person = :person WHERE person = :came_as", person=person, came_as=came_as)


def confirm_chat(tx: Tx, account: AccountId, person: PersonId) -> None:
    """The person has logged in from a link in this chat: the chat is now known to be theirs."""
    tx.execute("UPDATE accounts SET link = 'confirmed' WHERE id = :account AND person = :person", account=account, person=person)


def say_last(tx: Tx, person: PersonId, conversation: str, words: Sequence[str], *, neutral: bool = False) -> None:
    """Keep what a conversation said when it ended, so that the page can be loaded again. `neutral`: it tells nothing about anybody."""
    tx.execute(
        "INSERT INTO last_words (person, conversation, words, neutral, said_at) VALUES (:person, :conversation, :words, :neutral, :now)"
        " ON CONFLICT (person) DO UPDATE SET conversation = :conversation, words = :words, neutral = :neutral, said_at = :now",
        person=person,
        conversation=conversation,
        words=tx.seal(Field("last_words", "words", person), KeyOwner("person", person), json.dumps(list(words), ensure_ascii=False)),
        neutral=int(neutral),
        now=stamp(tx.now),
    )


def last_words(tx: Tx, person: PersonId, conversation: str, *, only_neutral: bool = False) -> list[str] | None:
    """What this conversation said when it ended, if it was the last one."""
    row = tx.one("SELECT words, neutral FROM last_words WHERE person = :person AND conversation = :name", person=person, name=conversation)
    if row is None or (only_neutral and not row["neutral"]):
        return None
    words = json.loads(tx.open(Field("last_words", "words", person), KeyOwner("person", person), row["words"]))
    return [str(each) for each in words]


def purge(tx: Tx) -> int:
    """Forget attempts and web sessions that can no longer matter."""
    mini_app.purge(tx)
    tx.execute("DELETE FROM login_attempts WHERE expires_at <= :now", now=stamp(tx.now))
    tx.execute("DELETE FROM last_words WHERE said_at <= :before", before=stamp(tx.now - LONGEST))
    return tx.execute("DELETE FROM web_sessions WHERE last_at <= :before", before=stamp(tx.now - LONGEST))
