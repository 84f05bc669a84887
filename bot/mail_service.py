"""E-mail as a part of what runs: from the settings to a sender that is started and stopped, and what comes back.

Here: putting it together. Not here: the sending (`bot.mail`), who is told of what does not arrive (`bot.services.ladder`). Guarantee: it
stops with the bot, after what it was handing over has been written down.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.clock import Clock
from bot.mail import bounces
from bot.mail.message import From
from bot.mail.sender import MailSender
from bot.mail.server import Connection, Encryption, MailServer
from bot.services import ladder
from bot.services.circle import WhenTheDayTurns
from bot.services.municipality import Municipality
from bot.settings import Settings
from bot.store import alarms
from bot.store.database import Database, Tx


def mail_server(settings: Settings) -> MailServer | None:
    """The mail server of the settings; None where no e-mail is wanted."""
    address = settings.smtp_address
    if address is None:
        return None
    return MailServer(
        host=address.host,
        port=address.port,
        encryption=Encryption(address.scheme),
        user=settings.smtp_user,
        password=None if settings.smtp_password is None else settings.smtp_password.get_secret_value(),
        ca_file=settings.smtp_ca_file,
    )


class Post:
    """E-mail while it runs: a sender, and the folder of what came back where there is one."""

    def __init__(
        self,
        database: Database,
        municipality: Municipality,
        *,
        server: MailServer,
        ours: From,
        clock: Clock,
        returned: bounces.Folder | None,
    ) -> None:
        self._database, self._municipality, self._returned = database, municipality, returned
        self.sender = MailSender(
            Connection(server),
            database,
            ours=ours,
            clock=clock,
            alarm=_alarm,
            on_failed=lambda tx, row, sure: ladder.mail_failed(tx, municipality, row, sure=sure),
            before_claiming=WhenTheDayTurns(municipality),
        )

    async def look_for_returned(self) -> int:
        """Read what came back since the last look; how many e-mails did not arrive."""
        if self._returned is None:
            return 0
        folder, count = self._returned, 0
        for each in await asyncio.to_thread(folder.new):
            known = await self._database.transact(lambda tx, each=each: self._take(tx, each))  # type: ignore[misc]
            await asyncio.to_thread(folder.done, each, known)
            count += known and each.failed
        return count

    def _take(self, tx: Tx, returned: bounces.Returned) -> bool:
        """Whether it is one of ours; one that did not arrive is told about, once."""
        row = bounces.ours(tx, returned)
        if row is not None and returned.failed:
            ladder.mail_came_back(tx, self._municipality, row, returned.status)
        return row is not None


def _alarm(tx: Tx, kind: str, detail: str) -> None:
    alarms.raise_alarm(tx, kind, detail)


def post(settings: Settings, database: Database, municipality: Municipality, clock: Clock) -> Post | None:
    """E-mail as the settings want it; None where they want none."""
    server = mail_server(settings)
    if server is None or settings.mail_from is None:
        return None
    name = municipality.profile.municipality.display_name
    ours = From(address=settings.mail_from, name=name, returns=settings.bounce_maildir is not None)
    returned = None if settings.bounce_maildir is None else bounces.Folder(settings.bounce_maildir)
    return Post(database, municipality, server=server, ours=ours, clock=clock, returned=returned)


@contextlib.asynccontextmanager
async def sending(service: Post | None) -> AsyncIterator[None]:
    """Let e-mail be sent while this lasts."""
    if service is None:
        yield
        return
    running = asyncio.create_task(service.sender.run(), name="mail sender")
    try:
        yield
    finally:
        service.sender.stop()
        await asyncio.gather(running, return_exceptions=True)
