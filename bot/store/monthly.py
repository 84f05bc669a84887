"""Counting a month, and keeping what was published of it.

Here: counts over whole tables between two moments. Not here: what of it may be shown (`bot.domain.monthly`). Guarantees: nothing that is
counted leaves this module with a case's or a person's number; what was published is kept as it was.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cases import DecisionKind, Source, TaskKind
from bot.domain.monthly import Counts, Figure, Series
from bot.domain.reminders import day_of
from bot.store.database import Tx
from bot.store.times import moment, stamp

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From one moment, which is in it, to another, which is not. Both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a municipality asks for: contact within so many days, so many meetings a year; `departments`: those of its profile."""

    contact_days: int
    meetings_a_year: int
    departments: tuple[str, ...]


class _Month:
    """The statements of one month."""

    def __init__(self, tx: Tx, span: Span, wanted: Wanted) -> None:
        self._tx, self._wanted = tx, wanted
        self._between = {"start": stamp(span.start), "end": stamp(span.end)}
        self._end = {"end": stamp(span.end)}
        self._year_before = stamp(span.end - YEAR)

    def number(self, sql: str, **params: object) -> int:
        """One count between the two moments."""
        row = self._tx.one(f"SELECT count(*) AS n FROM {sql}", **self._between, **params)  # noqa: S608 (fixed statements)
        return 0 if row is None else int(row["n"])

    def by(self, keys: Iterable[str], column: str, sql: str) -> dict[str, int]:
        """Counts by a column, each of the keys, with 0 where there is none."""
        rows = self._tx.all(f"SELECT {column} AS key, count(*) AS n FROM {sql} GROUP BY {column}", **self._between)  # noqa: S608
        found = {row["key"]: int(row["n"]) for row in rows}
        return {str(key): found.get(key, 0) for key in keys}

    def decisions(self) -> tuple[dict[str, int], int, list[int]]:
        """By kind; how many came after the promised day; days from the application to each."""
        rows = self._tx.all(
            "SELECT kind, coalesce(confirmed_at, decisions.decided_at) AS at, received_at, coalesce(delay_until, answer_by) AS due"
            " FROM decisions JOIN cases ON cases.id = decisions.case_id WHERE decisions.state = 'final'"
            " AND coalesce(confirmed_at, decisions.decided_at) >= :start AND coalesce(confirmed_at, decisions.decided_at) < :end",
            **self._between,
        )
        kinds = [row["kind"] for row in rows]
        late = sum(day_of(moment(row["at"])) > date.fromisoformat(row["due"]) for row in rows)
        days = [(day_of(moment(row["at"])) - day_of(moment(row["received_at"]))).days for row in rows]
        return {kind.value: kinds.count(kind) for kind in DecisionKind}, late, days

    def appointed(self) -> list[int]:
        """Days from the application to each coordinator's yes, where it was the case's first."""
        rows = self._tx.all(
            "SELECT min(answered_at) AS at, received_at FROM assignments JOIN cases ON cases.id = assignments.case_id"
            " WHERE assignments.state IN ('accepted', 'ended') AND answered_at IS NOT NULL GROUP BY case_id"
            " HAVING min(answered_at) >= :start AND min(answered_at) < :end",
            **self._between,
        )
        return [(day_of(moment(row["at"])) - day_of(moment(row["received_at"]))).days for row in rows]

    def contacts(self) -> tuple[int, int]:
        """First contacts of a coordinator, and how many of them came after the days there are."""
        rows = self._tx.all(
            "SELECT answered_at, min(contacts.at) AS at FROM assignments JOIN contacts ON contacts.case_id = assignments.case_id"
            " AND contacts.at >= answered_at WHERE assignments.state IN ('accepted', 'ended') GROUP BY assignments.id"
            " HAVING min(contacts.at) >= :start AND min(contacts.at) < :end",
            **self._between,
        )
        days = [(day_of(moment(row["at"])) - day_of(moment(row["answered_at"]))).days for row in rows]
        return len(days), sum(each > self._wanted.contact_days for each in days)

    def stock(self) -> dict[str, int]:
        """Living cases at the end: before the decision, without a coordinator, with one."""
        rows = self._tx.all(
            "SELECT (decided_at IS NOT NULL AND decided_at < :end) AS decided, EXISTS (SELECT 1 FROM assignments"
            " WHERE case_id = cases.id AND state IN ('accepted', 'ended') AND answered_at < :end"
            " AND (assignments.ended_at IS NULL OR assignments.ended_at >= :end)) AS held FROM cases"
            " WHERE received_at < :end AND (ended_at IS NULL OR ended_at >= :end)"
            " AND NOT (state = 'refused' AND decided_at < :end)",
            **self._end,
        )
        stands = ["held" if row["held"] else "without" if row["decided"] else "undecided" for row in rows]
        return {key: stands.count(key) for key in ("undecided", "without", "held")}

    def meetings_year(self) -> dict[str, int]:
        """Cases that have had a coordinator for a year: with as many meetings in it as are asked for, and with fewer."""
        rows = self._tx.all(
            "SELECT (SELECT count(*) FROM meetings WHERE meetings.case_id = cases.id AND state = 'held' AND at >= :year AND at < :end) AS n"
            " FROM cases WHERE received_at < :year AND (ended_at IS NULL OR ended_at >= :end) AND EXISTS (SELECT 1 FROM assignments"
            " WHERE case_id = cases.id AND state IN ('accepted', 'ended') AND answered_at < :year"
            " AND (assignments.ended_at IS NULL OR assignments.ended_at >= :end))",
            year=self._year_before,
            **self._end,
        )
        enough = sum(row["n"] >= self._wanted.meetings_a_year for row in rows)
        return {"enough": enough, "fewer": len(rows) - enough}

    def coordinators(self) -> dict[str, int]:
        sql = "roles WHERE role = 'coordinator' AND since < :end AND (until IS NULL OR until >= :end) AND :start IS NOT NULL"
        return self.by(self._wanted.departments, "department", sql)

    def department_cases(self) -> dict[str, int]:
        """Cases by the department of who coordinates."""
        sql = (
            "assignments JOIN roles ON roles.person = candidate AND role = 'coordinator' WHERE state IN ('accepted', 'ended')"
            " AND answered_at < :end AND (ended_at IS NULL OR ended_at >= :end) AND :start IS NOT NULL"
        )
        return self.by(self._wanted.departments, "roles.department", sql)

    def department_work(self) -> dict[str, int]:
        """What coordinators did: contacts, meetings held, tasks done."""
        sql = (
            "(SELECT person, at FROM contacts UNION ALL SELECT coalesce(chair, proposed_by), ended_at FROM meetings WHERE state = 'held'"
            " UNION ALL SELECT owner, ended_at FROM member_tasks WHERE state = 'done') AS deeds"
            " JOIN roles ON roles.person = deeds.person AND role = 'coordinator' WHERE deeds.at >= :start AND deeds.at < :end"
        )
        return self.by(self._wanted.departments, "roles.department", sql)

    def tasks(self, *kinds: TaskKind) -> int:
        names = {f"kind{place}": kind for place, kind in enumerate(kinds)}
        listed = ", ".join(f":{name}" for name in names)
        return self.number(f"ke_tasks WHERE kind IN ({listed}) AND created_at >= :start AND created_at < :end", **names)


def counts(tx: Tx, span: Span, wanted: Wanted) -> Counts:
    """Everything of one month."""
    month = _Month(tx, span, wanted)
    decided, late, days = month.decisions()
    appointed = month.appointed()
    contacted, contacted_late = month.contacts()
    return Counts(
        came_in=month.by(Source, "source", "cases WHERE received_at >= :start AND received_at < :end"),
        decided=decided,
        decided_late=late,
        days_to_decision=days,
        appointed=len(appointed),
        days_to_coordinator=appointed,
        contacted=contacted,
        contacted_late=contacted_late,
        meetings=month.number("meetings WHERE state = 'held' AND at >= :start AND at < :end"),
        ended=month.number("cases WHERE state IN ('closed', 'withdrawn') AND ended_at >= :start AND ended_at < :end"),
        stock=month.stock(),
        meetings_year=month.meetings_year(),
        coordinators=month.coordinators(),
        department_cases=month.department_cases(),
        department_work=month.department_work(),
        asked_for_help=month.tasks(TaskKind.COORDINATOR_HELP, TaskKind.GUIDANCE),
        no_time=month.tasks(TaskKind.NO_TIME),
    )


def kept(tx: Tx, month: str) -> tuple[Figure, ...] | None:
    """What was published of a month (YYYY-MM), or None where nothing was yet."""
    row = tx.one("SELECT picture FROM monthly_pictures WHERE month = :month", month=month)
    if row is None:
        return None
    return tuple(Figure(series=Series(series), key=key, value=value) for series, key, value in json.loads(row["picture"]))


def keep(tx: Tx, month: str, figures: Iterable[Figure]) -> None:
    """Publish a month."""
    picture = json.dumps([[each.series, each.key, each.value] for each in figures], separators=(",", ":"))
    tx.execute(
        "INSERT INTO monthly_pictures (month, picture, made_at) VALUES (:month, :picture, :now)",
        month=month,
        picture=picture,
        now=stamp(tx.now),
    )


def first_case(tx: Tx) -> datetime | None:
    """When the first case came in."""
    row = tx.one("SELECT min(received_at) AS at FROM cases")
    return None if row is None or row["at"] is None else moment(row["at"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A living case as the register shows it, beside the case itself."""

    group: bool
    plan: bool
    own_decision: bool


def entry(tx: Tx, case: int) -> Entry:
    """Whether a case has a group and a plan, and whether its department decided by itself (Rana, KE og saksbehandling)."""
    row = tx.one(
        "SELECT source = :department AS own, EXISTS (SELECT 1 FROM groups WHERE case_id = cases.id AND state = 'active') AS grp,"
        " EXISTS (SELECT 1 FROM plans WHERE case_id = cases.id) AS plan FROM cases WHERE id = :case",
        case=case,
        department=Source.DEPARTMENT,
    )
    assert row is not None
    return Entry(group=bool(row["grp"]), plan=bool(row["plan"]), own_decision=bool(row["own"]))
