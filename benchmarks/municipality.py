"""The real database and services, without a network.

Here: opening them, and people with conversations half way. Not here: measuring.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import TurnableClock
from bot.domain.access import Action
from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import AccountId
from bot.engine.ask import Ask
from bot.engine.registry import Entry, Registry
from bot.engine.texts import Language, t, verbatim
from bot.foundation import install, municipality
from bot.services import due
from bot.services.incoming import Intake
from bot.services.municipality import Municipality
from bot.store import people, sessions
from bot.store.database import Database, Tx
from bot.store.seal import Keyring

QUESTIONS = 10
FIRST_ACCOUNT = 1_000_000
AT_ONCE = 1000


async def ten(ask: Ask) -> None:
    """Ten questions, and a word at the end."""
    for number in range(QUESTIONS):
        await ask.text(f"answer{number}", verbatim(f"Question {number}?"))
    await ask.say(verbatim("Thank you."))


REGISTRY = Registry([Entry(name="ten", title=t("Menu"), conversation=ten, action=Action.READ_PUBLIC, commands=("ti",), keeps=True)])


class Standing(TurnableClock):
    """A clock that stands until it is turned: a working day at nine in Oslo."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def turn(self, by: timedelta) -> None:
        self.moment += by


class Place:
    """An open database with its services."""

    def __init__(self, database: Database, municipality_: Municipality, clock: Standing) -> None:
        self.database, self.municipality, self.clock = database, municipality_, clock
        self.intake = Intake(database, municipality_)

    async def half_way(self, first: int, number: int, *, reminded: bool = False) -> None:
        """So many people more, each with five answers given."""

        def make(tx: Tx, start: int, stop: int) -> None:
            for place in range(start, stop):
                account = AccountId(FIRST_ACCOUNT + place)
                who = people.create(tx, language=Language.NN if place % 2 else Language.NB)
                people.add_account(tx, account, who)
                session = sessions.begin(tx, who, "ten", {}, account=account)
                for answered in range(QUESTIONS // 2):
                    sessions.answer(tx, session, f"answer{answered}", "a few words of an answer")
                sessions.stand_at(tx, session.id, f"answer{QUESTIONS // 2}")
                if reminded and (stored := sessions.find(tx, session.id)) is not None:
                    due.of_session(tx, self.municipality, stored)

        for start in range(first, first + number, AT_ONCE):
            stop = min(start + AT_ONCE, first + number)
            await self.database.transact(lambda tx, start=start, stop=stop: make(tx, start, stop))  # type: ignore[misc]


@contextlib.asynccontextmanager
async def opened(path: Path, clock: Standing | None = None) -> AsyncIterator[Place]:
    """A municipality with a database at `path`."""
    clock = clock or Standing()
    municipality_ = replace(municipality("demo", PrivacyLevel.FULL), registry=REGISTRY)
    database = await Database.open(path, clock=clock, keyring=Keyring(wrapping={"k1": bytes(32)}, mac_key=bytes(32)))
    install(database, municipality_)
    try:
        yield Place(database, municipality_, clock)
    finally:
        await database.close()


def size(path: Path) -> int:
    """Bytes on disk, with what is not yet written back."""
    return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
