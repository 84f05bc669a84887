"""People, their chats and their standing roles.

Here: statements about people. Not here: the codes that link a chat to a person (`bot.store.links`). Guarantee: names and phone numbers
are sealed with the person's own key.
"""

from datetime import date, datetime

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.domain.people import Person
from bot.engine.texts import Language
from bot.store import sessions
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, stamp


def _owner(person: int) -> KeyOwner:
    return KeyOwner("person", person)


def create(tx: Tx, *, language: Language, name: str | None = None, phone: str | None = None) -> PersonId:
    """A new person."""
    person = PersonId(tx.next_id("people"))
    tx.execute(
        "INSERT INTO people (id, language, created_at) VALUES (:id, :language, :now)", id=person, language=language, now=stamp(tx.now)
    )
    describe(tx, person, name=name, phone=phone)
    return person


def describe(tx: Tx, person: PersonId, *, name: str | None = None, phone: str | None = None) -> None:
    """Set the name or the phone number; what is None stays as it is."""
    for column, words in (("name", name), ("phone", phone)):
        if words is not None:
            sealed = tx.seal(Field("people", column, person), _owner(person), words)
            tx.execute(f"UPDATE people SET {column} = :sealed WHERE id = :id", sealed=sealed, id=person)  # noqa: S608 (two fixed names)


def forget_phone(tx: Tx, person: PersonId) -> None:
    """Delete a phone number, and where it stands in messages to the unit that have been answered."""
    tx.execute("UPDATE people SET phone = NULL WHERE id = :id", id=person)
    tx.execute("UPDATE inquiries SET phone = NULL WHERE person = :id AND answered_at IS NOT NULL", id=person)


def set_language(tx: Tx, person: PersonId, language: Language) -> None:
    """From now on everything in this written form."""
    tx.execute("UPDATE people SET language = :language WHERE id = :id", language=language, id=person)


@recalled
def of_account(tx: Tx, account: AccountId) -> PersonId | None:
    """The person behind a chat account."""
    row = tx.one("SELECT person FROM accounts WHERE id = :id", id=account)
    return None if row is None else PersonId(row["person"])


def add_account(tx: Tx, account: AccountId, person: PersonId) -> None:
    """A chat account seen for the first time."""
    tx.execute("INSERT INTO accounts (id, person, created_at) VALUES (:id, :person, :now)", id=account, person=person, now=stamp(tx.now))


def link(tx: Tx, account: AccountId, person: PersonId) -> None:
    """Let this chat speak for the person KE gave a code to."""
    tx.execute("UPDATE accounts SET person = :person, link = 'unconfirmed', stopped_at = NULL WHERE id = :id", person=person, id=account)
    sessions.hand_over(tx, account, person)


def is_confirmed(tx: Tx, account: AccountId) -> bool:
    """Has the person shown by a login that this chat is theirs?"""
    return tx.one("SELECT 1 FROM accounts WHERE id = :id AND link = 'confirmed'", id=account) is not None


def stop_account(tx: Tx, account: AccountId) -> bool:
    """Nothing more is sent there; whether that is new."""
    return tx.execute("UPDATE accounts SET stopped_at = :now WHERE id = :id AND stopped_at IS NULL", now=stamp(tx.now), id=account) == 1


def resume_account(tx: Tx, account: AccountId) -> None:
    """The person writes again, so the chat is open again."""
    tx.execute("UPDATE accounts SET stopped_at = NULL WHERE id = :id AND stopped_at IS NOT NULL", id=account)


@recalled
def person(tx: Tx, who: PersonId) -> Person:
    """A person with roles and chat. Raises `LookupError` for an id that does not exist."""
    row = tx.one("SELECT * FROM people WHERE id = :id", id=who)
    if row is None:
        raise LookupError(f"no person {who}")
    roles = tx.all("SELECT role, department FROM roles WHERE person = :id AND (until IS NULL OR until > :now)", id=who, now=stamp(tx.now))
    chat = tx.one("SELECT id, link FROM accounts WHERE person = :id AND stopped_at IS NULL ORDER BY created_at DESC, id LIMIT 1", id=who)
    return Person(
        id=who,
        name=None if row["name"] is None else tx.open(Field("people", "name", who), _owner(who), row["name"]),
        phone=None if row["phone"] is None else tx.open(Field("people", "phone", who), _owner(who), row["phone"]),
        language=Language(row["language"]),
        roles=frozenset(Role(each["role"]) for each in roles),
        department=next((each["department"] for each in roles if each["department"]), None),
        account=None if chat is None else AccountId(chat["id"]),
        link_confirmed=chat is not None and chat["link"] == "confirmed",
    )


def known_since(tx: Tx, who: PersonId) -> datetime:
    """When a person was first stored. Raises `LookupError` for an id that does not exist."""
    row = tx.one("SELECT created_at FROM people WHERE id = :id", id=who)
    if row is None:
        raise LookupError(f"no person {who}")
    return moment(row["created_at"])


@recalled
def standing_roles(tx: Tx, who: PersonId) -> frozenset[Role]:
    """What someone is in the municipality today."""
    rows = tx.all("SELECT role FROM roles WHERE person = :id AND (until IS NULL OR until > :now)", id=who, now=stamp(tx.now))
    return frozenset(Role(row["role"]) for row in rows)


def give_role(tx: Tx, who: PersonId, role: Role, department: str | None) -> None:
    """Give a standing role, or change its department."""
    tx.execute(
        "INSERT INTO roles (person, role, department, since) VALUES (:person, :role, :department, :now)"
        " ON CONFLICT (person, role) DO UPDATE SET department = :department, until = NULL",
        person=who,
        role=role,
        department=department,
        now=stamp(tx.now),
    )


def with_role(tx: Tx, *roles: Role, department: str | None = None) -> list[PersonId]:
    """Everybody who has one of the roles today, in the department where one is given."""
    names = {f"role{index}": role for index, role in enumerate(roles)}
    rows = tx.all(
        f"SELECT DISTINCT person FROM roles WHERE role IN ({', '.join(':' + name for name in names)})"  # noqa: S608 (only parameter names)
        " AND (until IS NULL OR until > :now) AND (:department IS NULL OR department = :department) ORDER BY person",
        now=stamp(tx.now),
        department=department,
        **names,
    )
    return [PersonId(row["person"]) for row in rows]


def set_trained(tx: Tx, who: PersonId, day: date) -> None:
    """The day of the coordinator training (Rana, Opplæring)."""
    tx.execute(
        "INSERT INTO training (person, taken_on) VALUES (:person, :day) ON CONFLICT (person) DO UPDATE SET taken_on = :day",
        person=who,
        day=day.isoformat(),
    )


def trained(tx: Tx, who: PersonId) -> date | None:
    """The day of the coordinator training, or None."""
    row = tx.one("SELECT taken_on FROM training WHERE person = :person", person=who)
    return None if row is None else date.fromisoformat(row["taken_on"])


def note_informed(tx: Tx, who: PersonId, month: str) -> None:
    """Count one more time that a professional told someone about the rights (Lund § 6). `month` is YYYY-MM."""
    tx.execute(
        "INSERT INTO informed (month, person, times) VALUES (:month, :person, 1)"
        " ON CONFLICT (month, person) DO UPDATE SET times = times + 1",
        month=month,
        person=who,
    )
