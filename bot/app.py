"""The composition root: the one place that knows all parts, starts them in order and stops them in reverse.

Here: making the parts from the settings and running them. Not here: what any part does. Guarantee: what cannot start says why and what
to do before anything has been sent or confirmed; stopping waits for what is being written down.
"""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from time import monotonic

from telegram.error import InvalidToken, TelegramError

from bot import mail_service, packages
from bot.clock import Clock, SystemClock
from bot.domain.incoming import AccountId, Incoming
from bot.foundation import StartRefused, install, municipality_of, open_database
from bot.introduction import introduce
from bot.logs import Event, Log, configure
from bot.metrics import Metrics, Surface
from bot.services import desk, ladder
from bot.services.circle import WhenTheDayTurns
from bot.services.incoming import Intake
from bot.services.municipality import Context, Municipality
from bot.settings import Settings
from bot.store import alarms, people
from bot.store.database import Database, Tx
from bot.telegram import setup
from bot.telegram.connection import Connection, connect
from bot.telegram.pacer import Pacer
from bot.telegram.poller import Poller
from bot.telegram.sender import Sender
from bot.ticks import Ticks

WEBHOOK_PATH = "/telegram"
FIRST_CALL_TRIES = 5


class Bot:
    """The running bot: intake, outbox and clock around one database. `async with` it, then `run`."""

    def __init__(
        self,
        database: Database,
        municipality_: Municipality,
        connection: Connection,
        *,
        clock: Clock,
        log: Log,
        mail: mail_service.Post | None = None,
    ) -> None:
        self.database, self.municipality, self.connection, self.log, self.mail = database, municipality_, connection, log, mail
        self.metrics = Metrics()
        self._intake = Intake(database, municipality_)
        self.sender = Sender(
            connection,
            database,
            pacer=Pacer(monotonic),
            clock=clock,
            alarm=self._alarm_in,
            on_link_dead=self._on_link_dead,
            before_claiming=WhenTheDayTurns(municipality_),
        )
        returned = None if mail is None else mail.look_for_returned
        self.ticks = Ticks(database, municipality_, log=log, fired=self.wake, show=self.metrics.show, look_for_returned=returned)
        self._stopped = asyncio.Event()

    def wake(self) -> None:
        """Something was put in the outbox."""
        self.sender.wake()
        if self.mail is not None:
            self.mail.sender.wake()

    def stop(self) -> None:
        """End `run`."""
        self._stopped.set()

    def taker(self, surface: Surface) -> Callable[[Sequence[Incoming]], Awaitable[None]]:
        """Where updates are handed in; it returns when they are committed."""

        async def take(batch: Sequence[Incoming]) -> None:
            await self._intake.take(batch)
            self.metrics.update_taken(surface, len(batch))
            self.wake()

        return take

    def _alarm_in(self, tx: Tx, kind: str, detail: str) -> None:
        alarms.raise_alarm(tx, kind, detail)

    async def alarm(self, kind: str, sentence: str) -> None:
        """An alarm from outside a transaction."""
        self.log.error(Event.ALARM_RAISED)
        await self.database.transact(lambda tx: alarms.raise_alarm(tx, kind, sentence))

    def _on_link_dead(self, tx: Tx, account: AccountId) -> None:
        """A chat is closed: nothing more is sent there, and KE is asked to use another way."""
        who = people.of_account(tx, account)
        if who is not None and people.stop_account(tx, account):
            context = Context(tx=tx, municipality=self.municipality, actor=who, account=account)
            desk.reach_otherwise(context, who)
            ladder.chat_closed(context, who, account)

    async def run(self, receive: "Receive") -> None:
        """Receive, send and tick until `stop`, or until one of them ends. Raises what ended it, if that was an error."""
        await self.ticks.start()
        sending = asyncio.create_task(self.sender.run(), name="sender")
        stopped = asyncio.create_task(self._stopped.wait(), name="stop")
        try:
            async with mail_service.sending(self.mail), receive(self) as receiving:
                ended, _ = await asyncio.wait({sending, receiving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.ticks.stop()
            self.sender.stop()
            stopped.cancel()
            await asyncio.gather(sending, stopped, return_exceptions=True)
        for task in ended - {stopped}:
            task.result()


Receive = Callable[[Bot], contextlib.AbstractAsyncContextManager[asyncio.Task[None]]]
"""A way in: fetching updates, or having them brought."""


@contextlib.asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[asyncio.Task[None]]:
    """Fetch updates."""
    await setup.fetch_updates(bot.connection)
    poller = Poller(bot.connection, bot.taker(Surface.POLL), alarm=bot.alarm, on_conflict=lambda: bot.sender.hold(30.0))
    task = asyncio.create_task(poller.run(), name="poller")
    bot.log.info(Event.POLLING)
    try:
        yield task
    finally:
        poller.stop()
        await asyncio.gather(task, return_exceptions=True)


def brought(settings: Settings) -> Receive:
    """Have updates brought. Raises `StartRefused` where a setting it needs is missing."""
    secret, public = settings.webhook_secret, settings.public_url
    if secret is None or public is None:
        raise StartRefused(
            "--webhook needs SAMRAD_PUBLIC_URL (where Telegram reaches this machine) and SAMRAD_WEBHOOK_SECRET (openssl rand -hex 32)."
        )
    address = settings.webhook_address
    import uvicorn

    from bot.telegram.webhook import webhook_app

    @contextlib.asynccontextmanager
    async def receive(bot: Bot) -> AsyncIterator[asyncio.Task[None]]:
        app = webhook_app(secret.get_secret_value(), bot.taker(Surface.WEBHOOK), path=WEBHOOK_PATH)
        config = uvicorn.Config(
            app, host=address.host, port=address.port, log_config=None, access_log=False, lifespan="off", server_header=False
        )
        server = uvicorn.Server(config)
        # Signals are ours: uvicorn's own handlers would stop the web server and leave the rest running.
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        task = asyncio.create_task(server.serve(), name="webhook")
        await setup.bring_updates(bot.connection, f"{public}{WEBHOOK_PATH}", secret.get_secret_value())
        bot.log.info(Event.WEBHOOK_SET, port=address.port)
        try:
            yield task
        finally:
            server.should_exit = True
            await asyncio.gather(task, return_exceptions=True)

    return receive


async def first_call(connection: Connection) -> None:
    """Is the token right? A network that is away for a moment is waited for. Raises `StartRefused`."""
    for attempt in range(1, FIRST_CALL_TRIES + 1):
        try:
            await connection.initialize()
            return
        except InvalidToken as error:
            raise StartRefused("Telegram refuses the token: correct SAMRAD_BOT_TOKEN.") from error
        except TelegramError as error:
            if attempt == FIRST_CALL_TRIES:
                raise StartRefused(
                    f"Telegram cannot be reached ({type(error).__name__}): check the network and SAMRAD_BOT_API_URL."
                ) from error
            await asyncio.sleep(2.0**attempt / 2)


async def run(settings: Settings, *, webhook: bool) -> None:
    """Run the real thing until SIGINT or SIGTERM. Raises `StartRefused` and what `open_database` and `municipality_of` raise."""
    if settings.bot_token is None:
        raise StartRefused("SAMRAD_BOT_TOKEN is not set: get a token from @BotFather and set it.")
    if absent := packages.absent():
        raise StartRefused(*absent)
    receive = brought(settings) if webhook else polling
    log, clock = Log(), SystemClock()
    configure(settings.log_level, log=log)
    municipality_ = municipality_of(settings)
    database = await open_database(settings, clock, alone=True)
    connection = connect(settings.bot_token.get_secret_value(), api_url=settings.bot_api_url)
    try:
        install(database, municipality_)
        mail = mail_service.post(settings, database, municipality_, clock)
        bot = Bot(database, municipality_, connection, clock=clock, log=log, mail=mail)
        log.info(Event.STARTED, privacy=municipality_.level)
        await first_call(connection)
        await introduce(connection, municipality_, log)
        with _signals(bot.stop), _metrics(bot, settings):
            async with _secure_page(bot, settings, clock):
                await bot.run(receive)
        if bot.sender.refused:
            raise StartRefused("Telegram refuses the token: correct SAMRAD_BOT_TOKEN.")
    finally:
        await connection.shutdown()
        await database.close()
        log.info(Event.STOPPED)


@contextlib.asynccontextmanager
async def _secure_page(bot: Bot, settings: Settings, clock: Clock) -> AsyncIterator[None]:
    address = settings.page_address
    if address is None:
        yield
        return
    # A third of what is loaded is the page's: without one it takes no memory.
    from bot.page_server import listen, page_settings, serving
    from bot.web.app import page

    wanted = page_settings(settings)
    if wanted is None:
        yield
        return
    served = page(bot.database, bot.municipality, settings=wanted, clock=clock, log=bot.log, changed=bot.wake)
    async with serving(served, listen(address)):
        bot.log.info(Event.PAGE_SERVED, port=address.port)
        yield


@contextlib.contextmanager
def _metrics(bot: Bot, settings: Settings) -> Iterator[None]:
    if settings.metrics_address is None:
        yield
        return
    page = bot.metrics.serve(settings.metrics_address.host, settings.metrics_address.port)
    try:
        yield
    finally:
        page.close()


@contextlib.contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
