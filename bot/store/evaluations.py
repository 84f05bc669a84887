"""Evaluations: the day agreed, what was answered, and whether anybody has been in touch.

Here: statements about them. Not here: who reads what (`bot.services.evaluation_views`). Guarantee: answers and words are sealed with the
case's key.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from sqlite3 import Row
from typing import Any

from bot.domain.evaluation import Evaluation, GoesOn, Mark, OwnAnswer, Point, QuestionSet, ReadBy
from bot.domain.ids import CaseId, EvaluationId, PersonId
from bot.store import local_words
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _answers(evaluation: int) -> Field:
    return Field("evaluations", "answers", evaluation)


def agree(tx: Tx, case: CaseId, day: date, *, by: PersonId) -> None:
    """The day of the next evaluation, instead of an earlier one."""
    tx.execute(
        "INSERT INTO evaluation_days (case_id, agreed_on, noted_by, noted_at) VALUES (:case, :day, :by, :now)"
        " ON CONFLICT (case_id) DO UPDATE SET agreed_on = :day, noted_by = :by, noted_at = :now",
        case=case,
        day=day.isoformat(),
        by=by,
        now=stamp(tx.now),
    )
    tx.touch(case)


def day_of(tx: Tx, case: CaseId) -> date | None:
    """The day agreed last, also when it has passed."""
    row = tx.one("SELECT agreed_on FROM evaluation_days WHERE case_id = :case", case=case)
    return None if row is None else date.fromisoformat(row["agreed_on"])


def agreed_at(tx: Tx, case: CaseId) -> datetime | None:
    """When that day was agreed."""
    row = tx.one("SELECT noted_at FROM evaluation_days WHERE case_id = :case", case=case)
    return None if row is None else moment(row["noted_at"])


def add(
    tx: Tx,
    case: CaseId,
    person: PersonId,
    *,
    questions: QuestionSet,
    marks: Iterable[tuple[Point, int]],
    words: str | None,
    read_by: ReadBy,
    goes_on: GoesOn | None,
    own: Iterable[OwnAnswer] = (),
) -> EvaluationId:
    """One person's answers; their id."""
    evaluation = EvaluationId(tx.next_id("evaluations"))
    to_own = [{"id": each.id, "question": local_words.kept(each.question), "mark": each.mark, "words": each.words} for each in own]
    answers = json.dumps({"marks": {str(point): mark for point, mark in marks}, "words": words, "own": to_own}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO evaluations (id, case_id, person, questions, answers, read_by, goes_on, at)"
        " VALUES (:id, :case, :person, :questions, :answers, :read_by, :goes_on, :now)",
        id=evaluation,
        case=case,
        person=person,
        questions=questions,
        answers=tx.seal(_answers(evaluation), KeyOwner("case", case), answers),
        read_by=read_by,
        goes_on=goes_on,
        now=stamp(tx.now),
    )
    tx.touch(case)
    return evaluation


def of_case(tx: Tx, case: CaseId) -> tuple[Evaluation, ...]:
    """Every answer of a case, the newest first."""
    rows = tx.all("SELECT * FROM evaluations WHERE case_id = :case ORDER BY at DESC, id DESC", case=case)
    return tuple(_evaluation(tx, row) for row in rows)


def last_at(tx: Tx, case: CaseId) -> datetime | None:
    """When somebody answered last."""
    row = tx.one("SELECT max(at) AS at FROM evaluations WHERE case_id = :case", case=case)
    return None if row is None else moment_or_none(row["at"])


def _evaluation(tx: Tx, row: Row) -> Evaluation:
    told = json.loads(tx.open(_answers(row["id"]), KeyOwner("case", row["case_id"]), row["answers"]))
    return Evaluation(
        id=EvaluationId(row["id"]),
        case=CaseId(row["case_id"]),
        person=PersonId(row["person"]),
        questions=QuestionSet(row["questions"]),
        marks={Point(point): mark for point, mark in told["marks"].items()},
        words=told["words"],
        read_by=ReadBy(row["read_by"]),
        goes_on=None if row["goes_on"] is None else GoesOn(row["goes_on"]),
        at=moment(row["at"]),
        own=tuple(_own(each) for each in told.get("own", ())),
    )


def _own(stored: Mapping[str, Any]) -> OwnAnswer:
    question = local_words.read(stored["question"])
    assert question is not None
    return OwnAnswer(
        id=stored["id"], question=question, mark=None if stored["mark"] is None else Mark(stored["mark"]), words=stored["words"]
    )


def follow_up(tx: Tx, case: CaseId, person: PersonId, *, in_touch: bool, knows_next: bool, words: str | None) -> int:
    """Whether anybody has been in touch, and whether the person knows what happens next; its id."""
    number = tx.next_id("follow_ups")
    tx.execute(
        "INSERT INTO follow_ups (id, case_id, person, in_touch, knows_next, words, at)"
        " VALUES (:id, :case, :person, :in_touch, :knows_next, :words, :now)",
        id=number,
        case=case,
        person=person,
        in_touch=int(in_touch),
        knows_next=int(knows_next),
        words=None if not words else tx.seal(Field("follow_ups", "words", number), KeyOwner("case", case), words),
        now=stamp(tx.now),
    )
    tx.touch(case)
    return number


def followed_up_at(tx: Tx, case: CaseId) -> datetime | None:
    """When somebody last said whether anybody has been in touch."""
    row = tx.one("SELECT max(at) AS at FROM follow_ups WHERE case_id = :case", case=case)
    return None if row is None else moment_or_none(row["at"])
