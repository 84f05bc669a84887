"""Training of coordinators, and who helps with the planning tool, as stored.

Here: statements about them. Not here: the day from the staff file (`bot.store.people`), who may note it (`bot.services.training`).
Guarantee: a part noted once keeps its day.
"""

from datetime import date

from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, PersonId, TaskId
from bot.domain.training import TrainingPart
from bot.store import tasks
from bot.store.database import Tx
from bot.store.times import stamp


def taken(tx: Tx, who: PersonId) -> dict[TrainingPart, date]:
    """The parts somebody has had, each with its day, in the order of the parts."""
    rows = {row["part"]: row["taken_on"] for row in tx.all("SELECT part, taken_on FROM training_parts WHERE person = :who", who=who)}
    return {part: date.fromisoformat(rows[part]) for part in TrainingPart if part in rows}


def note(tx: Tx, who: PersonId, part: TrainingPart, day: date, *, by: PersonId) -> None:
    """Somebody has had a part on a day in Oslo."""
    tx.execute(
        "INSERT INTO training_parts (person, part, taken_on, noted_by) VALUES (:who, :part, :day, :by) ON CONFLICT DO NOTHING",
        who=who,
        part=part,
        day=day.isoformat(),
        by=by,
    )


def no_longer_missing(tx: Tx, who: PersonId, *, by: PersonId) -> None:
    """The unit's tasks to arrange this person's training are done."""
    sql = "SELECT id FROM ke_tasks WHERE kind = :kind AND dedupe_key = :key AND done_at IS NULL"
    for row in tx.all(sql, kind=TaskKind.TRAINING, key=f"training/{who}"):
        tasks.finish(tx, TaskId(row["id"]), by=by)


def name_tool_contact(tx: Tx, department: str | None, who: PersonId) -> None:
    """From now on this person helps with the planning tool in the department, or where there is nobody else."""
    tx.execute(
        "INSERT INTO tool_contacts (department, person, since) VALUES (:department, :who, :now)"
        " ON CONFLICT (department) DO UPDATE SET person = :who, since = :now",
        department=department or "",
        who=who,
        now=stamp(tx.now),
    )


def tool_contact(tx: Tx, department: str | None) -> PersonId | None:
    """Who helps with the tool in a department: its own, else the municipality's. Nobody who no longer works here."""
    row = tx.one(
        "SELECT person FROM tool_contacts WHERE department IN ('', :department)"
        " AND EXISTS (SELECT 1 FROM roles WHERE roles.person = tool_contacts.person AND (until IS NULL OR until > :now))"
        " ORDER BY department = '' LIMIT 1",
        department=department or "",
        now=stamp(tx.now),
    )
    return None if row is None else PersonId(row["person"])


def guidance_waits(tx: Tx, who: PersonId) -> bool:
    """Has somebody asked for guidance and not been answered?"""
    sql = (
        "SELECT 1 FROM inquiries JOIN ke_tasks ON ke_tasks.inquiry = inquiries.id AND ke_tasks.inquiry IS NOT NULL"
        " WHERE ke_tasks.kind = :kind AND ke_tasks.done_at IS NULL AND inquiries.person = :who"
    )
    return tx.one(sql, kind=TaskKind.COORDINATOR_HELP, who=who) is not None


def coordinating(tx: Tx) -> list[tuple[PersonId, CaseId]]:
    """Everybody who coordinates now, case by case."""
    rows = tx.all("SELECT candidate, case_id FROM assignments WHERE state = 'accepted' ORDER BY candidate, case_id")
    return [(PersonId(row["candidate"]), CaseId(row["case_id"])) for row in rows]
