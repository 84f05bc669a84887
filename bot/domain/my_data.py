"""What is stored about a person, for that person: what they can ask, and what they get to see.

Here: the kinds of data in plain words, queries and commands. Not here: which table belongs to which kind (`bot.store.holdings`), and the
documents made of it (`bot.services.my_data`). Guarantee: what people can ask for here is about themselves alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.engine.ask import Command, Query
from bot.engine.texts import Text, t


class Kind(StrEnum):
    """A kind of data, as people think of it."""

    YOU = "you"
    CHANNEL = "channel"
    LOGINS = "logins"
    DRAFTS = "drafts"
    MESSAGES = "messages"
    INQUIRIES = "inquiries"
    CASES = "cases"
    TALKS = "talks"
    DECISIONS = "decisions"
    COORDINATOR = "coordinator"
    CONSENTS = "consents"
    CIRCLE = "circle"
    STANDING = "standing"
    MEETINGS = "meetings"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    WORK = "work"
    LOOKS = "looks"


KIND_WORDS: Final[Mapping[Kind, Text]] = {
    Kind.YOU: t("You, and how to reach you"),
    Kind.CHANNEL: t("What may come to you in the chat"),
    Kind.LOGINS: t("Logins and links"),
    Kind.DRAFTS: t("What you left half way"),
    Kind.MESSAGES: t("Messages to you"),
    Kind.INQUIRIES: t("What you have written to us"),
    Kind.CASES: t("Your cases"),
    Kind.TALKS: t("Talks"),
    Kind.DECISIONS: t("Decisions"),
    Kind.COORDINATOR: t("Your coordinator"),
    Kind.CONSENTS: t("What you have agreed to share"),
    Kind.CIRCLE: t("The people around you"),
    Kind.STANDING: t("Who decides for whom"),
    Kind.MEETINGS: t("Meetings"),
    Kind.PLAN: t("Plan and goals"),
    Kind.FOLLOW_UP: t("What we remind of and follow up"),
    Kind.WORK: t("Your work in the municipality"),
    Kind.LOOKS: t("Who has opened or changed something"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class KindView:
    """How much there is of one kind, and since which day in Oslo."""

    kind: Kind
    count: int
    since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LookView:
    """Somebody opened or changed a case. `at` is aware; `number` is the case's."""

    at: datetime
    number: int
    who: Text
    what: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class MyDataView:
    """What is stored, in short. `page`: there is a secure page to read all of it on."""

    name: str | None
    phone: str | None
    since: datetime
    chat: bool
    drafts: int
    kinds: tuple[KindView, ...]
    looks: tuple[LookView, ...]
    page: bool


@dataclass(frozen=True, slots=True)
class MyData(Query[MyDataView]):
    """What is stored about me? Recorded like every other read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectContact(Command[None]):
    """The person's own name or phone number is another. None: it stays. Done at once."""

    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForCorrection(Command[None]):
    """Something else that is stored is wrong: a human at the unit corrects it, or says why not, within the law's time."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForCopy(Command[None]):
    """A copy of everything, where there is no secure page to fetch it on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeleteMine(Command[None]):
    """Delete at once what nothing binds us to keep; the rest is decided by a human, within the law's time."""

    drafts: bool = False
    phone: bool = False
    chat: bool = False
    rest: bool = False
    words: str | None = None
