"""What the unit has found when it checked the service directory.

Here: statements about it. Guarantee: the newest check counts, and says who made it.
"""

from datetime import datetime

from bot.domain.ids import PersonId
from bot.store.database import Tx
from bot.store.times import moment, stamp


def check(tx: Tx, service: str, *, right: bool, by: PersonId) -> None:
    """A number or an address was right, or wrong."""
    tx.execute(
        "INSERT INTO directory_checks (service, right, checked_by, checked_at) VALUES (:service, :right, :by, :now)"
        " ON CONFLICT (service) DO UPDATE SET right = :right, checked_by = :by, checked_at = :now",
        service=service,
        right=int(right),
        by=by,
        now=stamp(tx.now),
    )


def checks(tx: Tx) -> dict[str, tuple[datetime, bool]]:
    """When each service was last checked, and whether it was right."""
    return {row["service"]: (moment(row["checked_at"]), bool(row["right"])) for row in tx.all("SELECT * FROM directory_checks")}
