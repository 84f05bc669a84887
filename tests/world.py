"""A whole municipality in a test: the real database, the real services, and a wire that only remembers.

Here: people who press and write, and what reaches them. Not here: Telegram; the adapters have tests of their own. Everything a person
sees comes out of the outbox, as the sender would take it.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.clock import TurnableClock, WorkingCalendar
from bot.domain.access import Role
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import PersonId
from bot.domain.incoming import Account, AccountId, CommandGiven, Incoming, Pressed, TextTyped
from bot.domain.outgoing import AnswerPress, DeleteMessage, EditMessage, SendMail, SendMessage, from_json
from bot.engine.registry import Registry
from bot.engine.texts import Language, Text, t
from bot.i18n import Catalogs, language_from_telegram
from bot.profile import load_law, load_profile
from bot.services import guarantees, reminders
from bot.services.incoming import Intake
from bot.services.municipality import Municipality
from bot.store import people
from bot.store import reminders as reminder_store
from bot.store.database import Database, Tx, migrate
from bot.store.outbox import body_of
from bot.store.seal import Halves, KeyOwner, Keyring
from bot.store.times import stamp
from conversations import REGISTRY
from tests import ways

T = TypeVar("T")
DECORATION = re.compile(r"^(?:☐ |☑ |\d+\. )")
"""What stands before the words of a button: a tick, or a place in a list."""


PROFILES, LAWS, CATALOGS = cache(load_profile), cache(load_law), cache(Catalogs.load)
"""Read once for all worlds: nobody changes them."""


@cache
def new_database() -> bytes:
    """A database with every migration and nothing else, as a file: made once, so that a world begins with a copy."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(raw, datetime(2027, 1, 1, tzinfo=UTC))
        return raw.serialize()
    finally:
        raw.close()


def begin(path: Path) -> None:
    """Put a new database at `path`, unless one is there already."""
    if not path.exists():
        path.write_bytes(new_database())


class FixedClock(TurnableClock):
    """A clock that stands still until it is turned, so that a test reads the same every day."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def turn(self, by: timedelta) -> None:
        self._now += by

    def turn_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


@dataclass
class Message:
    """A message as it stands in somebody's chat now."""

    id: int
    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label, _ in row]


@dataclass
class Chat:
    """One person's chat: what stands in it, and the short words over it."""

    account: AccountId
    language_code: str
    messages: list[Message] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)

    @property
    def last(self) -> Message:
        return self.messages[-1]

    def text(self) -> str:
        return "\n\n".join(message.text for message in self.messages)


class World:
    """A municipality with people in it."""

    def __init__(self, database: Database, municipality: Municipality, clock: FixedClock) -> None:
        self.database, self.municipality, self.clock = database, municipality, clock
        self.intake = Intake(database, municipality)
        self.chats: dict[AccountId, Chat] = {}
        self.letters: list[SendMail] = []
        self._updates, self._messages, self._accounts = count(1000), count(1), count(9001)
        self.place: ways.Place | None = None
        """Where it stands among the ways that are walked once, as long as nothing else has been done."""

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        profile: str = "demo",
        level: PrivacyLevel = PrivacyLevel.FULL,
        start: datetime,
        page_url: str | None = None,
        registry: Registry = REGISTRY,
        halves: Halves | None = None,
        mail: PrivacyLevel | None = None,
    ) -> Self:
        clock = FixedClock(start)
        keyring = Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32), halves=halves)
        begin(path)
        database = await Database.open(path, clock=clock, keyring=keyring)
        municipality = Municipality(
            profile=PROFILES(profile),
            law=LAWS,
            catalogs=CATALOGS(),
            calendar=WorkingCalendar(),
            registry=registry,
            level=level,
            page_url=page_url,
            mail=mail,
        )
        database.before_commit.append(guarantees.before_commit(municipality))
        world = cls(database, municipality, clock)
        if halves is None and registry is REGISTRY:
            await ways.opened(world, profile, level, start, page_url, mail)
        return world

    def starts_with(self, **parts: Any) -> None:
        """As after a start with a changed profile: these parts of it are others from now on."""
        self.municipality = replace(self.municipality, profile=replace(self.municipality.profile, **parts))
        self.intake = Intake(self.database, self.municipality)

    async def staff(self, name: str, *roles: Role, department: str | None = None, language: Language = Language.NB) -> Chat:
        """Someone of staff with a linked chat."""
        chat = self.newcomer(language.value)

        def make(tx: Tx) -> None:
            who = people.create(tx, language=language, name=name)
            for role in roles:
                people.give_role(tx, who, role, department)
            people.add_account(tx, chat.account, who)

        await self.database.transact(make)
        return chat

    def newcomer(self, language_code: str = "nb") -> Chat:
        """Somebody Samråd has never seen."""
        return self.known(AccountId(next(self._accounts)), language_code)

    def known(self, account: AccountId, language_code: str) -> Chat:
        """A chat by its number."""
        self.chats[account] = Chat(account, language_code)
        return self.chats[account]

    async def person(self, chat: Chat) -> PersonId:
        found = await self.database.transact(lambda tx: people.of_account(tx, chat.account))
        assert found is not None
        return found

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Something from the database as it stands now."""
        return await self.database.transact(work)

    async def words(self, chat: Chat, text: Text | str) -> str:
        """A text, or an English msgid without values, as this person reads it now."""
        who = await self.database.transact(lambda tx: people.of_account(tx, chat.account))
        if who is None:
            language = language_from_telegram(chat.language_code, self.municipality.profile.municipality.language)
        else:
            language = (await self.database.transact(lambda tx: people.person(tx, who))).language
        return self.municipality.words(t(text) if isinstance(text, str) else text, language, self.clock.now())

    async def says(self, chat: Chat, text: Text | str, *, last: int | None = None) -> bool:
        """Whether this stands in the chat, in the reader's language; with `last`, among so many of the newest messages."""
        words = await self.words(chat, text)
        return any(words in message.text for message in (chat.messages if last is None else chat.messages[-last:]))

    async def offers(self, chat: Chat, label: Text | str) -> bool:
        """Whether the newest message has a button with these words."""
        words = await self.words(chat, label)
        return any(words in {each, DECORATION.sub("", each)} for each in chat.last.labels)

    async def hand_in(self, *updates: Incoming) -> None:
        """Updates, as the poller hands them in; then everything that leaves is delivered."""
        await self.intake.take(updates)
        await self.deliver()

    def _account(self, chat: Chat) -> Account:
        return Account(id=chat.account, language_code=chat.language_code)

    async def write(self, chat: Chat, text: str) -> Message:
        """Write words, or a command."""
        number, message_id = next(self._updates), next(self._messages)
        update: Incoming
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            update = CommandGiven(
                update_id=number, account=self._account(chat), chat=chat.account, message_id=message_id, name=name, argument=argument
            )
        else:
            update = TextTyped(update_id=number, account=self._account(chat), chat=chat.account, message_id=message_id, text=text)
        await self.hand_in(update)
        return chat.last

    def button(self, chat: Chat, label: str, message: Message | None = None) -> str:
        """What the newest button with this label carries. Raises AssertionError with what there is instead."""
        for each in [message] if message else reversed(chat.messages):
            for found, data in [button for row in each.rows for button in row]:
                if label in {found, DECORATION.sub("", found)}:
                    return data
        raise AssertionError(f"no button {label!r}; the last message is {chat.last.text!r} with {chat.last.labels}")

    async def carried(self, chat: Chat, label: Text | str) -> str:
        """What the newest button with these words carries, to be pressed once more when it is gone: a second press that was on its way."""
        return self.button(chat, await self.words(chat, label))

    async def press(self, chat: Chat, *labels: Text | str) -> Message:
        """Press one button after the other: the newest with these words, given as texts or English msgids and read in the language now."""
        for label in labels:
            await self.press_data(chat, self.button(chat, await self.words(chat, label)))
        return chat.last

    async def press_data(self, chat: Chat, data: str) -> Message:
        """Press a button by what it carries."""
        number = next(self._updates)
        press = Pressed(
            update_id=number, account=self._account(chat), chat=chat.account, press_id=f"press-{number}", data=data, message_id=None
        )
        await self.hand_in(press)
        assert f"press-{number}" in chat.answered, "a press was left waiting"
        return chat.last

    async def turn(self, by: timedelta) -> None:
        """Turn the clock and let everything that falls due happen, reminder by reminder."""
        target = self.clock.now() + by
        while (due := await self.database.transact(reminder_store.next_due)) is not None and due <= target:
            self.clock.turn_to(due)
            await self.tick()
        self.clock.turn_to(target)
        await self.tick()

    async def tick(self) -> None:
        while await self.database.transact(lambda tx: reminders.fire_due(tx, self.municipality)) >= reminders.BATCH:
            pass
        await self.deliver()

    async def deliver(self) -> None:
        """Bring what waits in the outbox to the chats, in order."""
        for account, message in await self.database.transact(self._taken):
            self._arrive(account, message)

    def _taken(self, tx: Tx) -> Sequence[tuple[AccountId | None, tuple[int, object]]]:
        found: list[tuple[AccountId | None, tuple[int, object]]] = []
        for row in tx.all("SELECT * FROM outbox WHERE state = 'ready' AND due_at <= :now ORDER BY id", now=stamp(tx.now)):
            body = tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"])
            found.append((row["account"], (row["id"], from_json(body))))
            tx.execute("UPDATE outbox SET state = 'sending', attempt = 1 WHERE id = :id", id=row["id"])
            tx.execute(
                "UPDATE outbox SET state = 'sent', finished_at = :now, message_id = id WHERE id = :id", id=row["id"], now=row["due_at"]
            )
        return found

    def _arrive(self, account: AccountId | None, message: tuple[int, object]) -> None:
        number, outgoing = message
        if isinstance(outgoing, SendMail):
            self.letters.append(outgoing)
        chat = self.chats.get(account) if account is not None else None
        if chat is None:
            return
        match outgoing:
            case SendMessage():
                chat.messages.append(Message(number, outgoing.text, _rows(outgoing)))
            case EditMessage():
                # A test may have put away what it has read.
                for edited in (each for each in chat.messages if each.id == (outgoing.of or outgoing.message_id)):
                    edited.text, edited.rows = outgoing.text or edited.text, _rows(outgoing)
            case AnswerPress():
                chat.answered.append(outgoing.press_id)
                if outgoing.text:
                    chat.toasts.append(outgoing.text)
            case DeleteMessage():
                chat.deleted.append(outgoing.message_id or 0)


def _rows(outgoing: SendMessage | EditMessage) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(tuple((button.label, button.data or button.url or "") for button in row) for row in outgoing.rows)
