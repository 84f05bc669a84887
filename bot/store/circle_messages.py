"""Messages in a circle, and who has read and answered them.

Here: statements about them. Not here: who may read which (`bot.services.circle_messages`). Guarantees: the words are sealed with the case's
key, so they are gone when that is destroyed; that somebody has read or answered is noted once, and never taken back.
"""

from collections.abc import Iterable
from datetime import date
from sqlite3 import Row

from bot.domain.circle_messages import Message, Receiver
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MessageId, PersonId
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from bot.store.times import moment, moment_or_none, stamp


def _words(message: int) -> Field:
    return Field("circle_messages", "words", message)


def write(
    tx: Tx,
    case: CaseId,
    words: str,
    kind: InfoKind,
    *,
    sender: PersonId,
    receivers: Iterable[PersonId],
    answer_by: date | None,
    answers: MessageId | None,
) -> MessageId:
    """A message to these people. What it answers is answered by its sender."""
    message = MessageId(tx.next_id("circle_messages"))
    tx.execute(
        "INSERT INTO circle_messages (id, case_id, sender, answers, kind, words, answer_by, sent_at)"
        " VALUES (:id, :case, :sender, :answers, :kind, :words, :by, :now)",
        id=message,
        case=case,
        sender=sender,
        answers=answers,
        kind=kind,
        words=tx.seal(_words(message), KeyOwner("case", case), words),
        by=None if answer_by is None else answer_by.isoformat(),
        now=stamp(tx.now),
    )
    for person in sorted(set(receivers)):
        tx.execute("INSERT INTO circle_receivers (message, person) VALUES (:message, :person)", message=message, person=person)
    if answers is not None:
        tx.execute(
            "UPDATE circle_receivers SET answered_at = :now, read_at = coalesce(read_at, :now)"
            " WHERE message = :message AND person = :person AND answered_at IS NULL",
            now=stamp(tx.now),
            message=answers,
            person=sender,
        )
    tx.touch(case)
    return message


def read(tx: Tx, messages: Iterable[Message], person: PersonId) -> None:
    """Somebody has read these."""
    for each in messages:
        tx.execute(
            "UPDATE circle_receivers SET read_at = :now WHERE message = :message AND person = :person AND read_at IS NULL",
            now=stamp(tx.now),
            message=each.id,
            person=person,
        )


def find(tx: Tx, message: MessageId) -> Message | None:
    """A message by its id."""
    row = tx.one("SELECT * FROM circle_messages WHERE id = :id", id=message)
    return None if row is None else _message(tx, row)


def of_case(tx: Tx, case: CaseId, last: int = 1000) -> tuple[Message, ...]:
    """The newest messages of a case, oldest first."""
    rows = tx.all("SELECT * FROM circle_messages WHERE case_id = :case ORDER BY id DESC LIMIT :last", case=case, last=last)
    return tuple(_message(tx, row) for row in reversed(rows))


def needing_answers(tx: Tx, case: CaseId) -> tuple[Message, ...]:
    """Messages that need an answer by a day, and that somebody has not answered."""
    rows = tx.all(
        "SELECT * FROM circle_messages WHERE case_id = :case AND answer_by IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM circle_receivers WHERE message = circle_messages.id AND answered_at IS NULL) ORDER BY id",
        case=case,
    )
    return tuple(_message(tx, row) for row in rows)


def _message(tx: Tx, row: Row) -> Message:
    rows = tx.all("SELECT * FROM circle_receivers WHERE message = :id ORDER BY person", id=row["id"])
    return Message(
        id=MessageId(row["id"]),
        case=CaseId(row["case_id"]),
        sender=PersonId(row["sender"]),
        answers=None if row["answers"] is None else MessageId(row["answers"]),
        kind=InfoKind(row["kind"]),
        words=tx.open(_words(row["id"]), KeyOwner("case", row["case_id"]), row["words"]),
        answer_by=None if row["answer_by"] is None else date.fromisoformat(row["answer_by"]),
        sent_at=moment(row["sent_at"]),
        receivers=tuple(
            Receiver(
                person=PersonId(each["person"]), read_at=moment_or_none(each["read_at"]), answered_at=moment_or_none(each["answered_at"])
            )
            for each in rows
        ),
    )
