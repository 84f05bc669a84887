"""People who press and write, as fast as they can and without waiting for a bot that is away.

Here: what each of them does in the sandbox's chats. Not here: what must have come of it (`tests.stories.accounts`). Every text is unlike
every other, so that it can be found again.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, t, verbatim
from bot.sandbox.chats import Chats
from bot.sandbox.objects import Message
from bot.sandbox.town import FIRST_ACCOUNT, Inhabitant
from bot.services.municipality import Municipality
from conversations.words import REACH

PATIENCE = 1.0
"""Seconds after which somebody who got no answer begins again."""
LOOK = 0.01
TRIES = 5
REPLY = "Dette svarer vi på"
KE, WRITERS, APPLICANTS, CHANGERS = 1, 3, 4, 1
KE_ACCOUNTS = tuple(range(FIRST_ACCOUNT, FIRST_ACCOUNT + KE))

CONTACT, CHAT = t("Ask someone to contact me"), REACH["chat"]
ANSWER, WRITE, RIGHT, CANCEL = t("Read and answer"), t("Write an answer"), t("Yes, this is right"), t("Cancel")


def inhabitants() -> tuple[Inhabitant, ...]:
    """KE first, then everybody who loads the bot."""
    number = KE + WRITERS + APPLICANTS + CHANGERS
    label = verbatim("")
    return tuple(
        Inhabitant(account_id=FIRST_ACCOUNT + place, name=f"Person {place}", role_label=label, language=Language.NB)
        for place in range(number)
    )


@dataclass(slots=True)
class Deeds:
    """What was really done."""

    texts: list[str] = field(default_factory=list)
    submits: list[str] = field(default_factory=list)
    """What the pressed buttons carried that send an application."""
    answers: list[str] = field(default_factory=list)
    """The same for KE's answers."""


class Resident:
    """One person at one phone."""

    def __init__(self, chats: Chats, account: int, labels: Callable[[Text], str], seed: int) -> None:
        self._chats, self.account, self._labels = chats, account, labels
        self.random = random.Random(seed)
        self._seen = 0

    def write(self, words: str) -> None:
        self._seen = self._chats.say(self.account, words).message_id

    def press(self, message: Message, label: Text, *, twice: bool = False) -> str:
        """Press a button once, or twice in a hurry; what it carried."""
        row, column, data = self._button(message, label)
        for _ in range(2 if twice else 1):
            self._chats.press(self.account, message.message_id, row, column)
        self._seen = max(self._seen, message.message_id)
        return data

    def _button(self, message: Message, label: Text) -> tuple[int, int, str]:
        rows = message.keyboard["inline_keyboard"] if message.keyboard else []
        for row, buttons in enumerate(rows):
            for column, button in enumerate(buttons):
                if button["text"] == self._labels(label):
                    return row, column, button["callback_data"]
        raise LookupError(label.msgid)

    def newest(self, *labels: Text) -> tuple[Message, Text] | None:
        """The newest message that has one of these buttons and came after what was last touched, with the first of them it has."""
        for message in reversed(self._chats.chats[self.account].messages.values()):
            if message.message_id <= self._seen:
                return None
            rows = message.keyboard["inline_keyboard"] if message.keyboard and message.sender is None else []
            there = {button["text"] for buttons in rows for button in buttons}
            for label in labels:
                if self._labels(label) in there:
                    return message, label
        return None

    async def wait_for(self, *labels: Text) -> tuple[Message, Text] | None:
        """The same, or None when patience is at its end."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < until:
            if found := self.newest(*labels):
                return found
            await asyncio.sleep(LOOK)
        return None

    async def walk(self, begin: Callable[[], object], *labels: Text, words: str = "") -> str | None:
        """Press whatever is asked until the last button is pressed, sometimes twice; what it carried.

        Where the bot falls silent, begin again: a conversation that is open goes on where it stood. Where only `Cancel` is left, words
        are asked for.
        """
        for _ in range(TRIES):
            begin()
            while found := await self.wait_for(*labels, *([CANCEL] if words else [])):
                message, label = found
                if label is CANCEL:
                    self.write(words)
                    continue
                data = self.press(message, label, twice=label is labels[-1] and self.random.random() < 0.3)
                if label is labels[-1]:
                    return data
        return None


class Load:
    """Everybody at once."""

    def __init__(self, chats: Chats, municipality: Municipality, seed: int) -> None:
        self.deeds = Deeds()
        self._numbers = count(1)
        now = datetime.now(UTC)

        def labels(text: Text) -> str:
            return municipality.words(text, Language.NB, now)

        self._residents = [Resident(chats, each.account_id, labels, seed * 100 + place) for place, each in enumerate(inhabitants())]
        for account in KE_ACCOUNTS:
            chats.chats[account].started = True

    def tasks(self) -> Sequence["asyncio.Task[None]"]:
        """Begin. Cancel them to end."""
        acts = [self._answer] * KE + [self._write] * WRITERS + [self._apply] * APPLICANTS + [self._change] * CHANGERS
        return [asyncio.create_task(self._again(resident, act)) for resident, act in zip(self._residents, acts, strict=True)]

    async def _again(self, resident: Resident, act: Callable[[Resident], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(resident.random.uniform(0.02, 0.2))
            await act(resident)

    async def _write(self, resident: Resident) -> None:
        """Words that answer nothing are a message to a human."""
        words = f"Eg lurer på noko, nummer {next(self._numbers)} frå meg"
        resident.write(words)
        self.deeds.texts.append(words)
        await asyncio.sleep(resident.random.uniform(0.1, 0.3))

    async def _apply(self, resident: Resident) -> None:
        """The shortest application."""
        if data := await resident.walk(lambda: resident.write("/sok"), CONTACT, CHAT):
            self.deeds.submits.append(data)

    async def _change(self, resident: Resident) -> None:
        """There and back again, so that the buttons keep their words."""
        for language in (Language.NN, Language.NB):
            await resident.walk(lambda: resident.write("/sprak"), LANGUAGE_NAMES[language])

    async def _answer(self, resident: Resident) -> None:
        """KE answers the newest message that waits. What KE answers is about rights: it must arrive."""
        waiting = resident.newest(ANSWER)
        if waiting is None:
            return
        notice, words = waiting[0], f"{REPLY} nummer {next(self._numbers)}"
        if data := await resident.walk(lambda: resident.press(notice, ANSWER), WRITE, RIGHT, words=words):
            self.deeds.answers.append(data)
