"""The same events in other lives: other names, needs, services and ages.

Here: the events, played in a transaction that is undone each time, and what leaves of them through the real adapter down to
python-telegram-bot's request. Not here: what is compared (`test_non_interference…`).
"""

import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations, count
from pathlib import Path
from typing import Any

import pytest
from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram.request import BaseRequest, RequestData

from bot.clock import WorkingCalendar
from bot.domain.access import Role
from bot.domain.cases import AgeGroup, DecisionKind, ForWhom, LadderStep, Place, TalkKind, Wanted
from bot.domain.choices import PrivacyLevel
from bot.domain.commands import (
    AnswerAsCandidate,
    AnswerAsLeader,
    AnswerInquiry,
    AskHuman,
    Decide,
    HoldTalk,
    NoTime,
    PickTime,
    Propose,
    ProposeTalk,
    RecordContact,
    SetName,
    Submit,
    TellOfDelay,
)
from bot.domain.ids import AssignmentId, CaseId, InquiryId, PersonId, TalkId
from bot.domain.incoming import AccountId
from bot.domain.startup import Point, Way
from bot.domain.startup_commands import ChooseWay, FinishStartup, WritePoint
from bot.engine.ask import Command
from bot.engine.texts import Language
from bot.i18n import Catalogs
from bot.profile import load_law, load_profile
from bot.services import commands, guarantees, incoming, reminders
from bot.services.municipality import Context, Municipality
from bot.store import claims, outbox, people
from bot.store.claims import Claimed
from bot.store.database import Database, Tx
from bot.store.seal import Keyring
from bot.telegram.connection import connect
from bot.telegram.incoming import decode
from bot.telegram.rendering import call
from conversations import REGISTRY
from tests.world import FixedClock

LIVES, PAIRS = 200, 500
"""Lives in each written form, and the pairs of them that are compared."""
LEAST_CALLS = 25
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå "
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SERVICES = tuple(service.id for service in load_profile("demo").services)
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}(?:\.\d+)?(?=\")|(?<=/h/)[A-Za-z0-9_-]+")


class Undone(Exception):
    """The transaction was only played."""


class Recorder(BaseRequest):
    """python-telegram-bot's own requests, kept instead of sent."""

    def __init__(self) -> None:
        self.left: list[str] = []

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT_NONE,
        write_timeout: Any = DEFAULT_NONE,
        connect_timeout: Any = DEFAULT_NONE,
        pool_timeout: Any = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        payload = "" if request_data is None else repr(sorted(request_data.json_parameters.items()))
        self.left.append(f"{method} {url} {payload}")
        if url.endswith(("sendMessage", "editMessageText")):
            return 200, b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"}}}'
        return 200, b'{"ok":true,"result":true}'


class Scene:
    """The same events, about other people."""

    def __init__(self, tx: Tx, municipality: Municipality, chance: random.Random, language: Language) -> None:
        self.tx, self.municipality, self.chance, self.language = tx, municipality, chance, language
        self.updates, self.accounts, self.claimed = count(1), count(9001), list[Claimed]()

    def words(self) -> str:
        return "".join(self.chance.choices(LETTERS, k=self.chance.randint(3, 120))).strip() or "ord"

    def phone(self) -> str:
        return f"4{self.chance.randrange(10**7):07d}"

    def staff(self, role: Role, department: str | None = None) -> PersonId:
        who = people.create(self.tx, language=self.language, name=self.words(), phone=f"+47{self.phone()}")
        people.give_role(self.tx, who, role, department)
        people.add_account(self.tx, AccountId(next(self.accounts)), who)
        return who

    def write(self, account: int, text: str) -> None:
        """Somebody types, and everything that waits is taken out."""
        sender = {"id": account, "is_bot": False, "language_code": self.language.value, "first_name": self.words()}
        message = {"message_id": next(self.updates), "date": 1, "chat": {"id": account, "type": "private"}, "from": sender, "text": text}
        incoming.take(self.tx, self.municipality, [decode({"update_id": next(self.updates), "message": message})])
        self.take()

    def does(self, who: PersonId, command: Command[Any]) -> None:
        commands.carry_out(Context(tx=self.tx, municipality=self.municipality, actor=who), command)
        self.take()

    def take(self) -> None:
        """What the sender would send now."""
        while self.tx.one("SELECT 1 FROM outbox WHERE state IN ('ready', 'retry') LIMIT 1") is not None:
            batch = claims.claim(self.tx, limit=100).claimed
            assert batch, "something waits for another day"
            self.claimed += batch
            for each in batch:
                outbox.sent(self.tx, each.id, 7)

    def days(self, days: int) -> None:
        """The clock is turned, and what falls due happens."""
        for _ in range(3):
            self.tx.now += timedelta(days=days) / 3
            reminders.fire_due(self.tx, self.municipality)
        self.take()

    def play(self) -> Sequence[Claimed]:
        """From the first word to a coordinator without time."""
        unit, leader = self.staff(Role.KE), self.staff(Role.LEADER, "hjemmetjenesten")
        candidate, account = self.staff(Role.COORDINATOR, "hjemmetjenesten"), next(self.accounts)
        for text in (
            "/start",
            "/meny",
            "/hjelp",
            "/info",
            "/sok",
            "/menneske",
            "/varsel",
            "/sprak",
            "/ansatt",
            "/sak",
            "/meny",
            self.words() + "x",
        ):
            self.write(account, text)
        citizen = people.of_account(self.tx, AccountId(account))
        assert citizen is not None
        people.set_language(self.tx, citizen, self.language)
        self.does(citizen, SetName(name=self.words(), phone=self.phone()))
        self.does(citizen, self.application())
        case, friday = CaseId(1), datetime(2026, 3, 6, 13, 30, tzinfo=UTC) + timedelta(minutes=15 * self.chance.randrange(12))
        place = self.chance.choice(tuple(Place))
        self.does(unit, ProposeTalk(case=case, kind=TalkKind.CLARIFYING, place=place, times=(friday,)))
        self.does(citizen, PickTime(talk=TalkId(1), choice=0))
        self.write(account, "/sak")
        self.days(7)
        self.does(unit, HoldTalk(case=case, kind=TalkKind.CLARIFYING, note=self.words()))
        self.does(unit, TellOfDelay(case=case, until=date(2026, 4, 20), reason=self.words()))
        self.does(unit, Decide(case=case, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=self.words()))
        asked = Propose(case=case, step=LadderStep.WISH, candidate=candidate, department="hjemmetjenesten", reason=self.words())
        self.does(unit, asked)
        self.does(leader, AnswerAsLeader(assignment=AssignmentId(1), yes=True))
        self.does(candidate, AnswerAsCandidate(assignment=AssignmentId(1), yes=True))
        self.days(11)
        self.does(candidate, RecordContact(case=case, place=place))
        self.does(citizen, WritePoint(case=case, point=Point.MATTERS, words=self.words()))
        self.does(candidate, WritePoint(case=case, point=Point.NEEDS, words=self.words()))
        self.does(candidate, ChooseWay(case=case, way=Way.SIMPLE, words=self.words()))
        self.does(candidate, FinishStartup(case=case, why_not=self.words()))
        self.does(candidate, NoTime(case=case, words=self.words()))
        self.does(citizen, AskHuman(words=self.words(), phone=self.phone(), case=case))
        self.does(unit, AnswerInquiry(inquiry=InquiryId(2), words=self.words()))
        return self.claimed

    def application(self) -> Submit:
        return Submit(
            for_whom=ForWhom.ME,
            wanted=self.chance.choice((Wanted.COORDINATOR, Wanted.BOTH)),
            age_group=self.chance.choice((AgeGroup.UNDER_16, AgeGroup.FROM_16, AgeGroup.ADULT, AgeGroup.ELDERLY)),
            services=tuple(self.chance.sample(SERVICES, self.chance.randint(1, 4))),
            long_lasting=self.chance.choice(("yes", "no", "unsure")),
            subject_name=self.words(),
            applicant_name=self.words(),
            need=self.words(),
            important=self.words(),
            wish=self.words(),
            reach=self.chance.choice(("chat", "phone", "letter", "visit")),
            reach_details=self.words(),
            communication=self.words(),
        )


class Stage:
    """Where scenes are played: one database that is never changed, and one adapter."""

    def __init__(self, database: Database, municipality: Municipality) -> None:
        self.database, self.municipality, self.recorder = database, municipality, Recorder()
        self.bot = connect("1:TEST", api_url="http://127.0.0.1/bot", request=self.recorder)

    async def seen(self, seed: int, language: Language) -> str:
        """What leaves in one scene, byte for byte but for tokens and numbers."""
        found: list[Claimed] = []

        def work(tx: Tx) -> None:
            found.extend(Scene(tx, self.municipality, random.Random(seed), language).play())
            raise Undone

        with pytest.raises(Undone):
            await self.database.transact(work)
        self.recorder.left.clear()
        for each in found:
            await call(self.bot, each.chat, each.outgoing)
        assert len(self.recorder.left) > LEAST_CALLS, len(self.recorder.left)
        return re.sub(r"\d+", "#", TOKEN.sub("token", "\n".join(self.recorder.left)))


@asynccontextmanager
async def stage(path: Path, level: PrivacyLevel) -> AsyncIterator[Stage]:
    """A municipality with a page."""
    municipality = Municipality(
        profile=load_profile("demo"),
        law=cache(load_law),
        catalogs=Catalogs.load(),
        calendar=WorkingCalendar(),
        registry=REGISTRY,
        level=level,
        page_url="https://samrad.example",
    )
    keyring = Keyring(wrapping={"k1": bytes(32)}, mac_key=bytes(32))
    database = await Database.open(path, clock=FixedClock(START), keyring=keyring)
    database.before_commit.append(guarantees.before_commit(municipality))
    try:
        yield Stage(database, municipality)
    finally:
        await database.close()


async def differing(here: Stage, language: Language) -> list[tuple[int, int]]:
    """Among random pairs of lives, those of which something else leaves."""
    lives = [await here.seen(seed, language) for seed in range(LIVES)]
    drawn = random.Random(language.value).sample(list(combinations(range(LIVES), 2)), PAIRS)
    return [(one, other) for one, other in drawn if lives[one] != lives[other]]
