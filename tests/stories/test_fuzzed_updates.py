"""Five thousand updates of every kind in the Bot API, most of them wrong, through decoding and intake into the real database.

Among them are real people with open conversations who press real buttons, so that the fuzz meets something it can break.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.access import Role
from bot.domain.incoming import Incoming
from bot.domain.outgoing import AnswerPress, from_json
from bot.store.database import Tx
from bot.store.outbox import body_of
from bot.store.seal import KeyOwner
from bot.telegram.incoming import decode
from tests.telegram.test_decode import TYPES, made
from tests.world import Chat, World

UPDATES = 5000
START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
BATCH = 50
PEOPLE = 8
SAID = (
    *("/start", "/sok", "/sprak", "/menneske", "/sak", "/info", "/ansatt", "/avbryt", "/meny", "/hjelp", "/start abcdefghijklmnopqrst"),
    *("/start@x y", "/ukjent", "Hei", "Eg treng hjelp", "ja", "12. mai", "kl. 25:99", "31.02.2027", "Bokmål", "Nynorsk", "+47 00 00 00 00"),
    *("", " ", "\x00", "\u202e\u200f", "{name} %s %(x)s {", "<b>&amp;", "🙂" * 500, "x" * 4096, "'; DROP TABLE cases; --", "٣٤٥", "²"),
)


def person(chat: Chat) -> dict[str, object]:
    return {"id": chat.account, "is_bot": False, "first_name": "Test", "language_code": chat.language_code}


def place(chat: Chat) -> dict[str, object]:
    return {"id": chat.account, "type": "private", "first_name": "Test"}


class Fuzz:
    """Makes updates: of any kind, from nowhere or from somebody real, with real buttons or broken ones."""

    def __init__(self, world: World, chats: Sequence[Chat], chance: random.Random) -> None:
        self.world, self.chats, self.chance = world, chats, chance
        self.kinds = [name for name in TYPES["Update"]["fields"] if name != "update_id"]
        self.presses: list[str] = []

    def update(self, number: int) -> dict[str, object]:
        chance, chat = self.chance, self.chance.choice(self.chats)
        if chance.random() < 0.5:
            kind = self.kinds[number % len(self.kinds)]
            part = made(TYPES["Update"]["fields"][kind][0], chance)
            if isinstance(part, dict) and chance.random() < 0.5:
                part.update({"from": person(chat), "chat": place(chat)})
            if kind == "callback_query" and isinstance(part, dict):
                part["id"] = f"fuzz-{number}"
        elif chance.random() < 0.6:
            kind, part = "callback_query", self.press(number, chat)
        else:
            kind = "message"
            part = {"message_id": number, "date": 1, "chat": place(chat), "from": person(chat), "text": chance.choice(SAID)}
        if kind == "callback_query" and isinstance(part, dict):
            self.presses.append(str(part["id"]))
        return {"update_id": number, kind: part}

    def press(self, number: int, chat: Chat) -> dict[str, object]:
        """A press of a button that really stands in somebody's chat, mostly the presser's own, sometimes bent."""
        owner = chat if self.chance.random() < 0.9 else self.chance.choice(self.chats)
        buttons = [data for message in owner.messages[-6:] for row in message.rows for _, data in row] or ["none.0"]
        data = self.chance.choice(buttons)
        if self.chance.random() < 0.1:
            data = self.chance.choice((data[:-1], f"{data}9", data.replace(".", ".-"), "", "x" * 64, "\ud800", f"{data}²"))
        message: Any = {"message_id": 3, "date": 0, "chat": place(chat)} if self.chance.random() < 0.95 else made("Message", self.chance)
        return {"id": f"press-{number}", "from": person(chat), "chat_instance": "x", "message": message, "data": data}


def answered(tx: Tx) -> Counter[str]:
    """Presses that have an answer in the outbox."""
    found: Counter[str] = Counter()
    for row in tx.all("SELECT * FROM outbox WHERE kind = 'answer'"):
        body = from_json(tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"]))
        assert isinstance(body, AnswerPress)
        found[body.press_id] += 1
    return found


async def test_five_thousand_fuzzed_updates(tmp_path: Path) -> None:
    world = await World.open(tmp_path / "fuzz.db", start=START)
    try:
        staff = [
            await world.staff("Torhild Aasen", Role.KE),
            await world.staff("Jonas Berg", Role.COORDINATOR, department="hjemmetjenesten"),
        ]
        chats = [*staff, *(world.newcomer(code) for code in ("nb", "nn", "en", "", "nb", "nn")[: PEOPLE - len(staff)])]
        fuzz, kinds = Fuzz(world, chats, random.Random(2027)), Counter[str]()
        for first in range(0, UPDATES, BATCH):
            batch: list[Incoming] = []
            for number in range(first, first + BATCH):
                batch.append(decode(fuzz.update(number)))
                kinds[type(batch[-1]).__name__] += 1
            await world.intake.take(batch)
            await world.deliver()

        def read(tx: Tx) -> tuple[list[str], Counter[str], int, int]:
            failed = [row["fault"] for row in tx.all("SELECT fault FROM inbox_failed")]
            marks, ended = (
                tx.one(sql) for sql in ("SELECT count(*) AS n FROM inbox", "SELECT count(*) AS n FROM sessions WHERE state = 'ended'")
            )
            assert marks is not None
            assert ended is not None
            return failed, answered(tx), marks["n"], ended["n"]

        failed, answers, marks, ended = await world.database.transact(read)
        assert failed == []
        assert marks == UPDATES
        assert len(kinds) == 9, kinds
        assert len(fuzz.presses) > 1000
        assert set(fuzz.presses) - set(answers) == set()
        assert {press for press, times in answers.items() if times != 1} == set()
        # The fuzz got somewhere: conversations were walked to their ends by chance.
        assert ended > 20
    finally:
        await world.database.close()
