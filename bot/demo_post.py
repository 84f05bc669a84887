"""The demo's e-mail: the real sender, and a mail server of its own to send to.

Here: both put together. Not here: the server (`bot.demo_mail`). Guarantee: no e-mail leaves this machine; where the server is not installed
(`make demo` does that), the demo has no e-mail and runs all the same.
"""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.domain.choices import PrivacyLevel
from bot.mail.message import From
from bot.mail.server import Encryption, MailServer
from bot.mail_service import Post
from bot.sandbox.controls import MailLine
from bot.services.municipality import Municipality
from bot.store.database import Database

ADDRESS: Final = "samrad@solvik.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoMail:
    """What has been taken, newest first, and where it is taken; no `server`: there is no e-mail."""

    server: MailServer | None = None
    taken: Sequence[MailLine] = ()

    @property
    def level(self) -> PrivacyLevel | None:
        """What may stand in an e-mail: all people are made up."""
        return None if self.server is None else PrivacyLevel.FULL

    def post(self, database: Database, municipality: Municipality, clock: Clock) -> Post | None:
        """E-mail to run with the bot."""
        if self.server is None:
            return None
        ours = From(address=ADDRESS, name=municipality.profile.municipality.display_name)
        return Post(database, municipality, server=self.server, ours=ours, clock=clock, returned=None)


@contextlib.asynccontextmanager
async def mail_server(clock: Clock) -> AsyncIterator[DemoMail]:
    """A mail server while this lasts."""
    try:
        from bot.demo_mail import HOST, mail_box
    except ModuleNotFoundError:
        yield DemoMail()
        return
    async with mail_box(clock) as box:
        yield DemoMail(server=MailServer(host=HOST, port=box.port, encryption=Encryption.NONE), taken=box.lines)
