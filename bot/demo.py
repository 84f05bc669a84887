"""The demo: a made-up municipality with people in every role, on a Telegram of its own, with a clock to turn.

Here: the sandbox, the real bot and the people, put together. Not here: anything the real bot does differently; it is the same one.
Guarantee: everything lies in a temporary folder and on loopback, and is gone when the demo ends.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot import demo_post
from bot.addresses import Listen
from bot.app import Bot, polling
from bot.clock import TurnableClock
from bot.demo_words import KINDS, reminder_words
from bot.domain.access import Role
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import PersonId
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, t
from bot.foundation import install, municipality
from bot.introduction import introduce
from bot.keyfile import load_or_create
from bot.logs import Log, configure
from bot.page_server import listen, serving
from bot.sandbox.controls import MailLine, OutboxLine, WaitingLine
from bot.sandbox.server import Sandbox
from bot.sandbox.town import Inhabitant, inhabitants, with_link_codes
from bot.services import due
from bot.services.municipality import Municipality
from bot.store import links, outbox, people, reminders
from bot.store.database import Database, Tx
from bot.store.logins import set_staff_login
from bot.store.mail_returned import MAIL
from bot.store.seal import Keyring
from bot.telegram.connection import connect
from bot.ticks import fire_due
from bot.web.app import page
from bot.web.page_settings import PageSettings, citizens, staff

PROFILE: Final = "demo"
LINES: Final = 40
HOST: Final = "127.0.0.1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What one of the made-up people is in the municipality."""

    roles: tuple[Role, ...]
    department: str | None = None
    trained: date | None = None


# By the place in the town's list. The others are inhabitants who come by themselves.
POSTS: Final = {
    2: Post(roles=(Role.KE,)),
    3: Post(roles=(Role.KE_LEADER,)),
    4: Post(roles=(Role.COORDINATOR,), department="hjemmetjenesten", trained=date(2026, 3, 12)),
    5: Post(roles=(Role.COORDINATOR,), department="hjemmetjenesten"),
    6: Post(roles=(Role.LEADER,), department="hjemmetjenesten"),
    7: Post(roles=(Role.REPORTER,), department="kultur_oppvekst"),
}


class DemoControls:
    """The running bot as the page may touch it."""

    def __init__(self, database: Database, municipality_: Municipality, clock: TurnableClock, names: dict[int, str]) -> None:
        self._database, self._municipality, self._clock, self._names = database, municipality_, clock, names
        self.wake: Callable[[], None] = lambda: None
        self.letters: Sequence[MailLine] = ()
        self._turning = asyncio.Lock()

    def now(self) -> datetime:
        """The demo's time."""
        return self._clock.now()

    async def turn(self, by: timedelta) -> None:
        """Turn the clock from reminder to reminder, so that each happens at its own time and leads to what it leads to."""
        async with self._turning:
            await self._turn_to(self._clock.now() + by)

    async def _turn_to(self, target: datetime) -> None:
        while (next_ := await self._database.transact(reminders.next_due)) is not None and next_ <= target:
            self._forward(next_)
            await fire_due(self._database, self._municipality)
            await self._database.transact(lambda tx: due.of_unit(tx, self._municipality))
            self.wake()
        self._forward(target)
        self.wake()

    def _forward(self, moment: datetime) -> None:
        # Real time goes on meanwhile, so a moment may have passed by the time we get to it.
        left = moment - self._clock.now()
        if left > timedelta():
            self._clock.turn(left)

    async def turn_to_next_reminder(self) -> datetime | None:
        """Turn the clock to the next reminder."""
        async with self._turning:
            next_ = await self._database.transact(reminders.next_due)
            if next_ is not None:
                await self._turn_to(max(next_, self._clock.now()))
            return next_

    async def outbox(self) -> Sequence[OutboxLine]:
        """What is on its way, newest first."""
        lines = await self._database.transact(lambda tx: outbox.lines(tx, LINES))
        return [
            OutboxLine(
                state=line.state,
                to=self._names.get(line.account or 0, "–"),
                kind=KINDS["mail"] if line.channel == MAIL else KINDS.get(line.kind, line.kind),
                when=line.created_at,
            )
            for line in lines
        ]

    async def mails(self) -> Sequence[MailLine]:
        """The e-mails that were sent, newest first."""
        return list(self.letters)

    async def waiting(self) -> Sequence[WaitingLine]:
        """What is to be reminded of."""
        found = await self._database.transact(lambda tx: reminders.waiting(tx, LINES))
        return [WaitingLine(reminder=reminder_words(each.kind), due=each.due_at) for each in found]


def settle_in(tx: Tx) -> dict[int, str]:
    """Make the staff, each with a link code; the codes by account."""
    codes = {}
    for place, post in POSTS.items():
        inhabitant = inhabitants()[place]
        who: PersonId = people.create(tx, language=inhabitant.language, name=inhabitant.name)
        for role in post.roles:
            people.give_role(tx, who, role, post.department)
        if post.trained:
            people.set_trained(tx, who, post.trained)
        codes[inhabitant.account_id] = links.issue(tx, who).code
        set_staff_login(tx, who, email(inhabitant.name))
    return codes


def _come_in(sandbox: Sandbox, municipality_: Municipality, resident: Inhabitant, now: datetime) -> None:
    """Someone of staff presses Start with the code from KE and goes through the welcome, as at a new job."""
    sandbox.chats.start(resident.account_id)
    sandbox.chats.say(resident.account_id, LANGUAGE_NAMES[resident.language].msgid)
    sandbox.chats.say(resident.account_id, municipality_.words(t("Yes, go on"), resident.language, now))
    sandbox.chats.read(resident.account_id)


@contextlib.contextmanager
def logins(page_url: str) -> Iterator[PageSettings]:
    """The page with its login services. Where they are not installed (`make demo` does that), nobody can log in."""
    try:
        from bot import demo_logins
    except ModuleNotFoundError:
        yield PageSettings(public_url=page_url)
        return
    people_ = [each.name for each in inhabitants()]
    with (
        demo_logins.provider([demo_logins.inhabitant(name) for place, name in enumerate(people_) if place not in POSTS]) as citizen_issuer,
        demo_logins.provider([demo_logins.employee(people_[place], email(people_[place])) for place in POSTS]) as staff_issuer,
    ):
        citizen = citizens(citizen_issuer, "samrad-demo", "samrad-demo", made_up_people=True)
        yield PageSettings(public_url=page_url, citizen=citizen, staff=staff(staff_issuer, "samrad-demo", "samrad-demo"))


def email(name: str) -> str:
    """What somebody of the made-up staff logs in with."""
    return f"{name.casefold().replace(' ', '.')}@solvik.example"


@contextlib.asynccontextmanager
async def town(*, port: int, folder: Path, limits: bool = True) -> AsyncIterator["Town"]:
    """The whole demo, running."""
    clock, log = TurnableClock(), Log()
    keys = load_or_create(folder / "demo.key", database_exists=False)
    keyring = Keyring(wrapping={key.id: key.secret for key in keys.wrapping}, mac_key=keys.mac_key)
    listening = listen(Listen(host=HOST, port=0))
    page_url = f"http://{HOST}:{listening.getsockname()[1]}"
    async with contextlib.AsyncExitStack() as parts:
        mailing = await parts.enter_async_context(demo_post.mail_server(clock))
        municipality_ = municipality(PROFILE, PrivacyLevel.FULL, page_url=page_url, mail=mailing.level)
        database = await Database.open(folder / "demo.db", clock=clock, keyring=keyring)
        parts.push_async_callback(database.close)
        parts.callback(listening.close)
        install(database, municipality_)
        residents = with_link_codes(inhabitants(), await database.transact(settle_in))
        controls = DemoControls(database, municipality_, clock, {each.account_id: each.name for each in residents})

        def render(text: Text, language: Language, /) -> str:
            return municipality_.words(text, language, clock.now())

        sandbox = Sandbox(town=residents, controls=controls, render=render, limits=limits, secure_page=page_url)
        await sandbox.start(port)
        parts.push_async_callback(sandbox.stop)
        connection = connect(sandbox.token, api_url=sandbox.api_url)
        parts.push_async_callback(connection.shutdown)
        await connection.initialize()
        controls.letters = mailing.taken
        bot = Bot(database, municipality_, connection, clock=clock, log=log, mail=mailing.post(database, municipality_, clock))
        controls.wake = bot.wake
        await introduce(connection, municipality_, log)
        settings = parts.enter_context(logins(page_url))
        served = page(database, municipality_, settings=settings, clock=clock, log=log, changed=bot.wake)
        await parts.enter_async_context(serving(served, listening))
        running = asyncio.create_task(bot.run(polling), name="demo bot")
        for place in POSTS:
            _come_in(sandbox, municipality_, residents[place], clock.now())
        try:
            yield Town(sandbox=sandbox, bot=bot, clock=clock, controls=controls, running=running, mailing=mailing, page_url=page_url)
        finally:
            bot.stop()
            await asyncio.gather(running, return_exceptions=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """The demo's running parts."""

    sandbox: Sandbox
    bot: Bot
    clock: TurnableClock
    controls: DemoControls
    running: "asyncio.Task[None]"
    mailing: demo_post.DemoMail
    page_url: str
    """Where the secure page is."""


async def demo(*, port: int, announce: Callable[[str, str], None]) -> None:
    """Run the demo until it is cancelled. `announce` gets the addresses of the chats and of the page.

    Raises `OSError` when the port is taken.
    """
    configure("WARNING", log=Log())
    with TemporaryDirectory(prefix="samrad-demo-") as folder:
        async with town(port=port, folder=Path(folder)) as running:
            announce(running.sandbox.page_url, running.page_url)
            await running.running
