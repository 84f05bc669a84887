"""Plans, goals, measures and sub-plans as stored.

Here: statements about them. Not here: who may and who is told (`bot.services.plans`), tasks (`bot.store.member_tasks`). Guarantees: what
anybody wrote is sealed with the case's key; a case has one plan; a goal that has ended does not begin again (a trigger as well).
"""

from datetime import date
from sqlite3 import Row

from bot.domain.ids import CaseId, GoalId, MemberId, MemberTaskId, PersonId, SubPlanId
from bot.domain.plans import Goal, GoalState, Plan, PlanStep, SubPlan, SubPlanKind
from bot.store.database import Tx
from bot.store.recollection import recalled
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _tool(case: CaseId) -> Field:
    return Field("plans", "tool", case)


def _goal_words(goal: int) -> Field:
    return Field("goals", "words", goal)


def _owner(sub_plan: int) -> Field:
    return Field("sub_plans", "owner", sub_plan)


def open_plan(tx: Tx, case: CaseId, on: date, tool: str, *, converted: bool, by: PersonId) -> bool:
    """The plan is opened; False where there is one."""
    made = tx.execute(
        "INSERT INTO plans (case_id, opened_on, opened_by, tool, converted, noted_at) VALUES (:case, :on, :by, :tool, :converted, :now)"
        " ON CONFLICT DO NOTHING",
        case=case,
        on=on.isoformat(),
        by=by,
        tool=tx.seal(_tool(case), KeyOwner("case", case), tool),
        converted=int(converted),
        now=stamp(tx.now),
    )
    tx.touch(case)
    return made == 1


@recalled
def of_case(tx: Tx, case: CaseId) -> Plan | None:
    """The plan of a case, where one is opened."""
    row = tx.one("SELECT * FROM plans WHERE case_id = :case", case=case)
    if row is None:
        return None
    return Plan(
        case=case,
        opened_on=date.fromisoformat(row["opened_on"]),
        opened_by=PersonId(row["opened_by"]),
        tool=tx.open(_tool(case), KeyOwner("case", case), row["tool"]),
        converted=bool(row["converted"]),
    )


def tick(tx: Tx, case: CaseId, step: PlanStep, *, by: PersonId) -> None:
    """A step of opening a plan is done; it stays done."""
    tx.execute(
        "INSERT INTO plan_steps (case_id, step, person, at) VALUES (:case, :step, :by, :now) ON CONFLICT DO NOTHING",
        case=case,
        step=step,
        by=by,
        now=stamp(tx.now),
    )


@recalled
def steps(tx: Tx, case: CaseId) -> tuple[PlanStep, ...]:
    """The steps that are done, in their usual order."""
    done = {row["step"] for row in tx.all("SELECT step FROM plan_steps WHERE case_id = :case", case=case)}
    return tuple(step for step in PlanStep if step in done)


def write_goal(tx: Tx, case: CaseId, words: str, *, own: bool, by: PersonId) -> GoalId:
    """A new goal."""
    goal = GoalId(tx.next_id("goals"))
    tx.execute(
        "INSERT INTO goals (id, case_id, state, words, own, written_by, written_at) VALUES (:id, :case, 'open', :words, :own, :by, :now)",
        id=goal,
        case=case,
        words=tx.seal(_goal_words(goal), KeyOwner("case", case), words),
        own=int(own),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return goal


def end_goal(tx: Tx, goal: Goal, state: GoalState) -> bool:
    """A goal has ended; False where it had."""
    ended = tx.execute(
        "UPDATE goals SET state = :state, ended_at = :now WHERE id = :id AND state = 'open'", state=state, now=stamp(tx.now), id=goal.id
    )
    tx.touch(goal.case)
    return ended == 1


def goal(tx: Tx, goal_: GoalId) -> Goal | None:
    """A goal by its id."""
    row = tx.one("SELECT * FROM goals WHERE id = :id", id=goal_)
    return None if row is None else _goal(tx, row)


@recalled
def goals(tx: Tx, case: CaseId) -> tuple[Goal, ...]:
    """Every goal of a case, in the order they came."""
    return tuple(_goal(tx, row) for row in tx.all("SELECT * FROM goals WHERE case_id = :case ORDER BY id", case=case))


def _goal(tx: Tx, row: Row) -> Goal:
    return Goal(
        id=GoalId(row["id"]),
        case=CaseId(row["case_id"]),
        state=GoalState(row["state"]),
        words=tx.open(_goal_words(row["id"]), KeyOwner("case", row["case_id"]), row["words"]),
        own=bool(row["own"]),
        written_by=PersonId(row["written_by"]),
        written_at=moment(row["written_at"]),
        ended_at=moment_or_none(row["ended_at"]),
    )


def add_measure(tx: Tx, goal_: Goal, task: MemberTaskId) -> None:
    """A task works towards a goal."""
    tx.execute("INSERT INTO measures (task, goal) VALUES (:task, :goal)", task=task, goal=goal_.id)
    tx.touch(goal_.case)


def measures(tx: Tx, goal_: GoalId) -> tuple[MemberTaskId, ...]:
    """The tasks towards a goal."""
    return tuple(MemberTaskId(row["task"]) for row in tx.all("SELECT task FROM measures WHERE goal = :goal ORDER BY task", goal=goal_))


@recalled
def measures_of_case(tx: Tx, case: CaseId) -> frozenset[MemberTaskId]:
    """Every task of a case that works towards a goal."""
    rows = tx.all("SELECT task FROM measures WHERE goal IN (SELECT id FROM goals WHERE case_id = :case)", case=case)
    return frozenset(MemberTaskId(row["task"]) for row in rows)


def add_sub_plan(tx: Tx, case: CaseId, kind: SubPlanKind, owner: str, on: date, *, by: PersonId) -> SubPlanId:
    """A service has a plan of its own."""
    added = SubPlanId(tx.next_id("sub_plans"))
    tx.execute(
        "INSERT INTO sub_plans (id, case_id, kind, owner, on_day, added_by, added_at) VALUES (:id, :case, :kind, :owner, :on, :by, :now)",
        id=added,
        case=case,
        kind=kind,
        owner=tx.seal(_owner(added), KeyOwner("case", case), owner),
        on=on.isoformat(),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return added


def end_sub_plan(tx: Tx, found: SubPlan) -> bool:
    """It is not in use any more; False where it was so already."""
    ended = tx.execute("UPDATE sub_plans SET ended_at = :now WHERE id = :id AND ended_at IS NULL", now=stamp(tx.now), id=found.id)
    tx.touch(found.case)
    return ended == 1


def sub_plan(tx: Tx, sub_plan_: SubPlanId) -> SubPlan | None:
    """A sub-plan in use, by its id."""
    row = tx.one("SELECT * FROM sub_plans WHERE id = :id AND ended_at IS NULL", id=sub_plan_)
    return None if row is None else _sub_plan(tx, row)


@recalled
def sub_plans(tx: Tx, case: CaseId) -> tuple[SubPlan, ...]:
    """The sub-plans in use, in the order they came."""
    rows = tx.all("SELECT * FROM sub_plans WHERE case_id = :case AND ended_at IS NULL ORDER BY id", case=case)
    return tuple(_sub_plan(tx, row) for row in rows)


def _sub_plan(tx: Tx, row: Row) -> SubPlan:
    return SubPlan(
        id=SubPlanId(row["id"]),
        case=CaseId(row["case_id"]),
        kind=SubPlanKind(row["kind"]),
        owner=tx.open(_owner(row["id"]), KeyOwner("case", row["case_id"]), row["owner"]),
        on_day=date.fromisoformat(row["on_day"]),
    )


def read_progress(tx: Tx, member: MemberId) -> bool:
    """A member has read how progress is asked for; whether that is new."""
    done = tx.execute(
        "INSERT INTO progress_read (member, read_at) VALUES (:member, :now) ON CONFLICT DO NOTHING", member=member, now=stamp(tx.now)
    )
    return done == 1


def has_read_progress(tx: Tx, member: MemberId) -> bool:
    """Has a member read how progress is asked for?"""
    return tx.one("SELECT 1 FROM progress_read WHERE member = :member", member=member) is not None
