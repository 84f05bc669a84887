"""The staff as a list: who is known by name, and what each one is.

Here: what an import and an invitation ask before they change anybody. Not here: the changes themselves (`bot.store.people`), but for a
role that ends. Guarantee: a role that ends keeps its row, so that it can be seen later who was what, and when.
"""

from bot.domain.access import Role
from bot.domain.ids import CaseId, PersonId
from bot.store.database import Tx
from bot.store.seal import Field, KeyDestroyed, KeyOwner
from bot.store.times import stamp


def names(tx: Tx) -> list[tuple[PersonId, str, bool]]:
    """Everybody whose name is known: who, the name, and whether they have or had a standing role. Raises `SealBroken`.

    Names are sealed, so all of them are opened; whoever's key was destroyed has no name any more.
    """
    rows = tx.all("SELECT id, name, EXISTS (SELECT 1 FROM roles WHERE person = people.id) AS staff FROM people WHERE name IS NOT NULL")
    found = []
    for row in rows:
        try:
            name = tx.open(Field("people", "name", row["id"]), KeyOwner("person", row["id"]), row["name"])
        except KeyDestroyed:
            continue
        found.append((PersonId(row["id"]), name, bool(row["staff"])))
    return found


def roles(tx: Tx, who: PersonId) -> dict[Role, str | None]:
    """What someone is today, each role with its department."""
    sql = "SELECT role, department FROM roles WHERE person = :person AND (until IS NULL OR until > :now) ORDER BY role"
    return {Role(row["role"]): row["department"] for row in tx.all(sql, person=who, now=stamp(tx.now))}


def end_role(tx: Tx, who: PersonId, role: Role) -> None:
    """From now on someone is no longer this."""
    tx.execute("UPDATE roles SET until = :now WHERE person = :person AND role = :role", person=who, role=role, now=stamp(tx.now))


def case_numbered(tx: Tx, number: int) -> CaseId | None:
    """The case with the number people know it by, or None."""
    row = tx.one("SELECT id FROM cases WHERE number = :number", number=number)
    return None if row is None else CaseId(row["id"])
