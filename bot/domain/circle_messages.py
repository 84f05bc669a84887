"""Short messages among those around a person (Ås, Enkelt samspill).

Here: words for them. Not here: who may read which (`bot.services.circle_messages`), nor when somebody is reminded of an answer
(`bot.domain.reminders.message`). Guarantees: a message has a kind, and whoever may know that kind may read it, while they may; the person
and those who act for the person read all of them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MessageId, PersonId
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """One of those a message went to: when they read it, and when they answered. Moments are aware."""

    person: PersonId
    read_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A message. `answers` is the one it answers; `answer_by` a day in Oslo by which the sender needs an answer."""

    id: MessageId
    case: CaseId
    sender: PersonId
    answers: MessageId | None
    kind: InfoKind
    words: str
    answer_by: date | None
    sent_at: datetime
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteMessage(Command[None]):
    """Send a message to everybody around the person who may know that kind. An answer has the kind of what it answers."""

    case: CaseId
    kind: InfoKind
    words: str
    answer_by: date | None = None
    answers: MessageId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadMessages(Command[None]):
    """I have read what there is, up to and with this message."""

    case: CaseId
    up_to: MessageId


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageView:
    """A message as one person may read it. `asked`: an answer from this person is needed, and has not come.

    `read`, `waiting`: who has read it and who has not, for the sender alone; `answered`: who has answered.
    """

    message: MessageId
    sender: str
    mine: bool
    kind: InfoKind
    words: str
    sent_at: datetime
    answer_by: date | None
    asked: bool
    read: tuple[str, ...]
    waiting: tuple[str, ...]
    answered: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MessagesView:
    """The messages of one circle, oldest first. `writes`: the kinds one may write about, each with those who would read it."""

    case: CaseId
    number: int
    initials: str
    messages: tuple[MessageView, ...]
    writes: tuple[tuple[InfoKind, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TheMessages(Query["MessagesView | None"]):
    """The messages of a case as the actor may read them now; None for whoever may read none."""

    case: CaseId
